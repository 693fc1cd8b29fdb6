"""AliExpress' gateway for a seller overseas: the "solution" calls, whose name travels as ``method``, and the system calls.

Source: AliExpress Open Platform, overseas solution; reference/channels.md 3. Refusals are worded
after nobody: no error table is published.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from hashlib import sha256
from typing import Any

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.iop import FakeIop
from local.gateway.orders import Unit
from local.gateway.pushes import Pushes
from local.gateway.solution_rules import product_fault
from local.gateway.tokens import TokenServer

SOLUTION = "aliexpress.solution."
APP_PER_S, SELLER_PER_S = 100, 50
"""Documented rates of posting and editing products."""
MAX_PRODUCTS, MAX_SKUS = 20, 200
SECRET = "ae-secret"
Document = dict[str, Any]
ON_SALE, AUDITING, OFFLINE, REJECTED = SHELVES = "onSelling", "auditing", "offline", "editingRequired"
MOST_A_PAGE = 100


class FakeAliexpress(FakeIop):
    """One seller's store, which sells to every country.

    Attributes:
        items: product id -> the product as it was posted, and its status. A new one is audited and cannot be edited until ``review``.
        orders: order id -> its units.
        refused: SKU code -> what the marketplace says against it, in every call, for as long as it stands here.
        pictures: address in the seller's photobank -> the picture.
        top_errors: whether refusals come in the old envelope ``error_response``.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        tokens: TokenServer | None = None,
        app_key: str = "900004",
        app_secret: str = SECRET,
    ) -> None:
        """``tokens`` default to those of one seller, who has allowed the app before."""
        super().__init__("aliexpress", "ES", clock=clock, tokens=tokens, app_key=app_key, app_secret=app_secret)
        for method in ("product.post", "product.edit"):
            self.throttle.per_s[SOLUTION + method] = SELLER_PER_S
            self.total.per_s[SOLUTION + method] = APP_PER_S
        self.items: dict[str, Document] = {}
        self.orders: dict[str, list[Unit]] = {}
        self.refused: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.top_errors = False
        self.pushes = Pushes(self)

    @property
    def seller_id(self) -> str:
        """The seller's id; the same in every country."""
        return next(iter(self.tokens.grants[0].sellers.values()))

    def apis(self) -> Mapping[str, Api]:
        """Every call that is answered."""
        calls: dict[str, Api] = {
            "product.post": self._post, "product.edit": self._edit, "product.info.get": self._info, "product.list.get": self._list,
            "batch.product.price.update": self._prices, "batch.product.inventory.update": self._inventory, "order.get": self._order,
            "seller.category.tree.query": self._tree, "sku.attribute.query": self._sku_attributes,
        }  # fmt: skip
        old = "aliexpress.postproduct.redefining."
        return {
            **{SOLUTION + name: api for name, api in calls.items()},
            "aliexpress.photobank.redefining.uploadimageforsdk": self._upload,
            "/v2.0/categories/suggestion": self._suggest,
            f"{old}onlineaeproduct": lambda ask: self._shelve(ask, ON_SALE),
            f"{old}offlineaeproduct": lambda ask: self._shelve(ask, OFFLINE),
        }  # fmt: skip

    def wrapped(self, name: str, reply: Reply, ask: Mapping[str, str]) -> Reply:
        """A business reply lies in an object of the call's name, unless ``simplify`` was asked for."""
        if "/" in name or ask.get("simplify") == "true":
            return reply
        return {f"{name.replace('.', '_')}_response": reply}

    def refusal(self, reply: Reply) -> Reply:
        """A refusal in the old envelope, where that is switched on."""
        if not self.top_errors:
            return reply
        return {"error_response": {"code": 15, "msg": reply["message"], "sub_code": reply["code"]}}

    def sku_of(self, sku_code: str) -> Document:
        """One SKU as it stands in the store, for a test to look at."""
        return next(sku for item in self.items.values() for sku in item["sku_info_list"] if sku["sku_code"] == sku_code)

    def review(self, product_id: str, status: str = "APPROVED", reason: str = "") -> None:
        """The audit of a product ends."""
        self.items[product_id] |= {"status": ON_SALE if status == "APPROVED" else REJECTED, "reason": reason}

    def _post(self, ask: Ask) -> Reply:
        product = _document(ask, "post_product_request")
        self._check(product)
        taken = {sku["sku_code"] for item in self.items.values() for sku in item["sku_info_list"] if item["status"] != "deleted"}
        if double := taken & {sku["sku_code"] for sku in product["sku_info_list"]}:
            raise RefusedError("SKU_CODE_EXISTS", f"sku_code {min(double)} is already in use", kind="ISP")
        product_id = str(1005000000000001 + len(self.items))
        self.items[product_id] = {**deepcopy(product), "status": AUDITING, "created_s": self.clock()}
        return {"result": {"product_id": int(product_id)}}

    def _edit(self, ask: Ask) -> Reply:
        """An edit brings the whole product, and is held to all of it."""
        product = _document(ask, "edit_product_request")
        item = self._item(product.get("product_id"))
        if item["status"] == AUDITING:
            raise RefusedError("PRODUCT_IN_AUDIT", "The product is being audited and cannot be edited until that ends", kind="ISP")
        self._check({**item, **product})
        if product.get("language", item["language"]) != item["language"]:
            raise RefusedError("LANGUAGE_CHANGED", "The main language cannot be changed", kind="ISP")
        item |= {name: deepcopy(value) for name, value in product.items() if name != "product_id"}
        return {"result": {"product_id": int(product["product_id"])}}

    def _check(self, product: Document) -> None:
        fault = product_fault(product)
        against = [f"{sku['sku_code']}: {self.refused[sku['sku_code']]}" for sku in product.get("sku_info_list", [])
                   if sku.get("sku_code") in self.refused]  # fmt: skip
        if fault or against:
            raise RefusedError(fault[0] if fault else "SKU_REFUSED", fault[1] if fault else "; ".join(against), kind="ISP")

    def _prices(self, ask: Ask) -> Reply:
        def change(row: Document, sku: Document) -> None:
            price, discount = row["price"], row.get("discount_price")
            if float(price) <= 0 or (discount and float(discount) >= float(price)):
                raise ValueError("price")
            sku["price"] = price
            sku.pop("discount_price", None)  # what is left out is erased
            sku |= {"discount_price": discount} if discount else {}

        return self._each(ask, change)

    def _inventory(self, ask: Ask) -> Reply:
        def change(row: Document, sku: Document) -> None:
            if not re.fullmatch(r"\d{1,6}", str(row["inventory"])):
                raise ValueError("inventory")
            sku["inventory"] = int(row["inventory"])

        return self._each(ask, change)

    def _each(self, ask: Ask, change: Callable[[Document, Document], None]) -> Reply:
        """Products stand for themselves: one that is refused leaves the others done."""
        products = json.loads(ask.params.get("mutiple_product_update_list", "[]"))
        if not 0 < len(products) <= MAX_PRODUCTS or any(len(one["multiple_sku_update_list"]) > MAX_SKUS for one in products):
            raise RefusedError("TOO_MANY", "At most 20 products of 200 SKUs each")
        done, failed = [], []
        for product in products:
            reasons = list(self._changed(product, change))
            product_id = product["product_id"]
            failed += [{"product_id": product_id, "error_code": "SKU_REFUSED", "error_message": "; ".join(reasons)}] if reasons else []
            done += [] if reasons else [{"product_id": product_id}]
        told: Reply = {"update_success": not failed, "update_successful_list": done, "update_failed_list": failed}
        return {**told, "update_error_code": "PARTLY", "update_error_message": "some products failed"} if failed else told

    def _changed(self, product: Document, change: Callable[[Document, Document], None]) -> Iterator[str]:
        item = self.items.get(str(product["product_id"]), {"sku_info_list": []})
        known = {sku["sku_code"]: sku for sku in item["sku_info_list"]}
        for row in product["multiple_sku_update_list"]:
            code = row["sku_code"]
            try:
                if code not in known or code in self.refused:
                    raise ValueError(self.refused.get(code, "no such SKU"))
                change(row, known[code])
            except (KeyError, ValueError) as error:
                yield f"{code}: {error}"

    def _shelve(self, ask: Ask, status: str) -> Reply:
        ids = [one for one in re.split("[;,]", ask.params.get("product_ids", "")) if one]
        for product_id in ids:
            self._item(product_id)["status"] = status
        return {"result": {"success": True, "modify_count": len(ids)}}

    def _info(self, ask: Ask) -> Reply:
        product_id = ask.params.get("product_id", "")
        return {"result": _shown(product_id, self._item(product_id))}

    def _list(self, ask: Ask) -> Reply:
        """Products of one state, a page of them; of their SKUs it says nothing."""
        asked = json.loads(ask.params.get("aeop_a_e_product_list_query", "{}"))
        page, size = asked.get("current_page", 1), asked.get("page_size", 20)
        if asked.get("product_status_type") not in SHELVES or not 0 < size < MOST_A_PAGE or page < 1:
            raise RefusedError("InvalidParameter", "product_status_type, current_page or page_size is invalid")
        found = [(product_id, item) for product_id, item in self.items.items()
                 if item["status"] == asked["product_status_type"]
                 and asked.get("sku_code") in {None, *(sku["sku_code"] for sku in item["sku_info_list"])}]  # fmt: skip
        rows = [{"product_id": int(product_id), "subject": _subject(item), "currency_code": "USD"} for product_id, item in found]
        return {"result": {
            "success": True, "product_count": len(rows), "current_page": page, "total_page": -(-len(rows) // size),
            "aeop_a_e_product_display_d_t_o_list": {"item_display_dto": rows[(page - 1) * size : page * size]},
        }}  # fmt: skip

    def _order(self, ask: Ask) -> Reply:
        order_id = str(json.loads(ask.params.get("param0", "{}")).get("order_id", ask.params.get("order_id", "")))
        if order_id not in self.orders:
            raise RefusedError("ORDER_NOT_FOUND", "The order does not exist", kind="ISP")
        units = [{"child_id": int(f"{order_id[-6:]}{number:03}"), "sku_code": sku, "product_count": 1, "order_status": status,
                  "product_price": {"amount": price, "currency_code": "USD"}}
                 for number, (sku, price, status) in enumerate(self.orders[order_id], 1)]  # fmt: skip
        return {"result": {"order_id": int(order_id), "child_order_list": units, "buyer_signer_fullname": "Mei Ling Tan"}}

    def _tree(self, ask: Ask) -> Reply:  # noqa: ARG002  every call is given what was asked
        leaf = {"children_category_id": 200000346, "is_leaf_category": True, "multi_language_names": '{"en":"Drinkware"}'}
        return {"children_category_list": [leaf], "is_success": True}

    def _suggest(self, ask: Ask) -> Reply:
        return {"data": [{"category_id": 200000346}] if ask.params.get("title") else []}

    def _sku_attributes(self, ask: Ask) -> Reply:  # noqa: ARG002
        return {"result": {"supporting_sku_attribute_list": [{"aliexpress_sku_name": "Color", "required": False}]}}

    def _upload(self, ask: Ask) -> Reply:
        if not ask.files:
            raise RefusedError("MissingParameter", 'The input parameter "image_bytes" that is mandatory was not provided')
        content = next(iter(ask.files.values())).read()
        url = f"https://ae01.alicdn.com/kf/S{sha256(content).hexdigest()[:32]}.jpg"
        self.pictures[url] = content
        return {"result": {"photobank_url": url, "success": True}}

    def _item(self, product_id: object) -> Document:
        if str(product_id) not in self.items:
            raise RefusedError("PRODUCT_NOT_FOUND", "The product does not exist", kind="ISP")
        return self.items[str(product_id)]


def _document(ask: Ask, name: str) -> Document:
    try:
        document = json.loads(ask.params.get(name, ""))
    except ValueError as error:
        raise RefusedError("MissingParameter", f'The input parameter "{name}" that is mandatory was not provided') from error
    if not isinstance(document, dict):
        raise RefusedError("InvalidParameter", f'The input parameter "{name}" is not an object')
    return document


def _subject(item: Document) -> str:
    """In the product's main language."""
    return str({one["language"]: one["subject"] for one in item["multi_language_subject_list"]}[item["language"]])


def _shown(product_id: str, item: Document) -> Reply:
    skus = [
        {
            "sku_code": sku["sku_code"], "sku_price": sku["price"], "currency_code": "USD", "ipm_sku_stock": int(sku["inventory"]),
            "sku_stock": int(sku["inventory"]) > 0, **({"sku_discount_price": sku["discount_price"]} if "discount_price" in sku else {}),
        }
        for sku in item["sku_info_list"]
    ]  # fmt: skip
    return {
        "product_id": int(product_id), "subject": _subject(item), "product_status_type": item["status"], "currency_code": "USD",
        "aeop_ae_product_s_k_us": {"global_aeop_ae_product_sku": skus}, "image_u_r_ls": ";".join(item["main_image_urls_list"]),
    }  # fmt: skip
