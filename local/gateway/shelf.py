"""The products of one store at Lazada or a marketplace of its family: created, changed, priced, stocked and taken off.

Source: Lazada Open Platform, docId 120949 (CreateProduct) and 121234 (stock and price); reference/channels.md 2.1, 2.6.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from local.gateway.ask import Api, Ask, RefusedError, Reply
from local.gateway.payload import Document, read_request
from local.gateway.rules import Rules, detail_of, price_faults, product_faults

MAX_SKUS, LAST_OFFSET = 50, 10_000
TAKEN = "THD_IC_ERR_F_IC_INFRA_PRODUCT_036:The SellerSku is already in use"
SKU_LISTED = re.compile(r"SkuId_(\d+)_(\d+)")


@dataclass
class Shelf:
    """Items of one store in one country.

    Attributes:
        takes_json: whether product calls take JSON beside XML; the stock calls never do.
        items: item id -> the product as it was sent, with its SKU ids, what may be sold of each, and its status.
        refused: SellerSku -> what the marketplace says against it, in every call, for as long as it stands here.
        ends_reductions: whether a special price of 0 ends one; the documentation does not say.
    """

    market: str
    rules: Rules
    clock: Any
    takes_json: bool = True
    items: dict[str, Document] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    ends_reductions: bool = True

    def apis(self) -> dict[str, Api]:
        """The calls about products."""
        return {
            "/product/create": self._create, "/product/update": self._update, "/product/price_quantity/update": self._price,
            "/product/stock/sellable/update": self._sellable, "/product/stock/sellable/adjust": self._adjust,
            "/product/deactivate": self._deactivate, "/product/remove": self._remove, "/products/get": self._find,
            "/product/item/get": self._get, "/images/set": self._set_images,
        }  # fmt: skip

    def sku_of(self, seller_sku: str) -> Document:
        """One SKU as it stands in the store, for a test to look at."""
        return next(sku for item in self.items.values() for sku in item["Skus"]["Sku"] if sku["SellerSku"] == seller_sku)

    def put(self, product: Document) -> tuple[str, Document]:
        """Place a product that was found right; its id, and it."""
        item_id = str(7700000001 + len(self.items))
        kept = deepcopy(product)
        for number, sku in enumerate(kept["Skus"]["Sku"], 1):
            sku["SkuId"] = f"{item_id}{number:02}"
            sku |= {"sellable": int(sku.get("quantity", 0)), "Status": "active"}
        self.items[item_id] = {**kept, "status": "Pending QC", "created_s": self.clock()}
        return item_id, self.items[item_id]

    def _create(self, ask: Ask) -> Reply:
        product = self._product(ask)
        skus = product.get("Skus", {}).get("Sku", [])
        if len(skus) > MAX_SKUS:
            raise RefusedError("ServiceTimeout", "The request has timed out", kind="SYSTEM")
        taken = {sku["SellerSku"] for item in self.items.values() for sku in item["Skus"]["Sku"] if sku["Status"] != "deleted"}
        wrong = product_faults(product, self.rules, is_new=True) + self._against(skus)
        wrong += [detail_of(sku["SellerSku"], TAKEN) for sku in skus if sku.get("SellerSku") in taken]
        if wrong:
            raise RefusedError("500", "E500: Create product failed", kind="ISP", detail=wrong)
        item_id, item = self._add(product) if "AssociatedSku" in product else self.put(product)
        return {"data": {"item_id": int(item_id), "sku_list": [self._listed(item_id, sku) for sku in item["Skus"]["Sku"]],
                         "item_status": "Pending QC"}}  # fmt: skip

    def _add(self, product: Document) -> tuple[str, Document]:
        """More SKUs for an item that has sale attributes already."""
        beside = product["AssociatedSku"]
        for item_id, item in self.items.items():
            kept = item["Skus"]["Sku"]
            if any(sku["SellerSku"] == beside and sku.get("saleProp") for sku in kept):
                for sku in product["Skus"]["Sku"]:
                    number = f"{item_id}{len(kept) + 1:02}"
                    kept.append({**sku, "SkuId": number, "sellable": int(sku.get("quantity", 0)), "Status": "active"})
                return item_id, item
        raise RefusedError(
            "500", "E500: Create product failed", kind="ISP", detail=[detail_of(beside, "4136:AssociatedSku does not exist")]
        )

    def _listed(self, item_id: str, sku: Document) -> Reply:
        shop_sku = f"{item_id}_{self.market}AMZ-{sku['SkuId']}"
        return {"shop_sku": shop_sku, "seller_sku": sku["SellerSku"], "sku_id": int(sku["SkuId"])}

    def _update(self, ask: Ask) -> Reply:
        """What an update leaves out stays as it was; a sale attribute cannot be taken away."""
        product = self._product(ask)
        item = self._item(product.get("ItemId"))
        skus = product.get("Skus", {}).get("Sku", [])
        wrong = product_faults(product, self.rules, is_new=False) + self._against(skus)
        known = {sku["SkuId"]: sku for sku in item["Skus"]["Sku"]}
        wrong += [detail_of(sku.get("SellerSku", ""), "4216:skuId is mandatory") for sku in skus if str(sku.get("SkuId")) not in known]
        if wrong:
            raise RefusedError("501", "E501: Update product failed", kind="ISP", detail=wrong)
        item |= {name: product[name] for name in ("PrimaryCategory", "Images") if name in product}
        item["Attributes"] |= product.get("Attributes", {})
        for sku in skus:
            self._merge(known[str(sku["SkuId"])], sku)
        if item["status"] == "InActive" and any(sku.get("Status") == "active" for sku in skus):
            item["status"] = "Active"
        return {"data": {}}

    def _merge(self, kept: Document, told: Document) -> None:
        before = kept.get("special_price", "0")
        kept |= {name: value for name, value in told.items() if name not in {"SkuId", "SellerSku"}}
        if "quantity" in told:
            kept["sellable"] = int(told["quantity"])
        self._reduce(kept, before, told.get("special_price"))

    def _price(self, ask: Ask) -> Reply:
        """Each SKU stands for itself: the good ones are taken beside the bad."""

        def change(row: Document, sku: Document) -> None:
            for _, message in price_faults(row, self.rules, is_new=False):
                raise ValueError(message)
            if "Price" in row:
                sku["price"] = row["Price"]
            self._reduce(sku, sku.get("special_price", "0"), row.get("SalePrice"))
            if row.get("Quantity") not in (None, ""):
                sku["sellable"] = _count(row["Quantity"])

        return self._each(self._product(ask), change)

    def _reduce(self, sku: Document, before: str, told: str | None) -> None:
        sku["special_price"] = before if told is None or (told == "0" and not self.ends_reductions) else told

    def _sellable(self, ask: Ask) -> Reply:
        def change(row: Document, sku: Document) -> None:
            sku["sellable"] = _sellable_of(row)

        return self._each(self._product(ask, takes_json=False), change)

    def _adjust(self, ask: Ask) -> Reply:
        def change(row: Document, sku: Document) -> None:
            sku["sellable"] = max(0, sku["sellable"] + int(row["SellableQuantity"]))

        return self._each(self._product(ask, takes_json=False), change)

    def _each(self, product: Document, change: Any) -> Reply:
        rows = product.get("Skus", {}).get("Sku", [])
        if len(rows) > MAX_SKUS:
            raise RefusedError("204", "E204: Too many SKU in one request")
        wrong = []
        for row in rows:
            sku = self._find_sku(row)
            seller_sku = sku["SellerSku"] if sku else str(row.get("SellerSku") or row.get("SkuId"))
            try:
                if sku is None or seller_sku in self.refused:
                    raise ValueError(self.refused.get(seller_sku, "4216:skuId does not exist"))
                change(row, sku)
            except ValueError as error:
                wrong.append({**detail_of(seller_sku, str(error)), "seller_sku": seller_sku})
        if wrong:
            raise RefusedError("501", "E501: Update product failed", kind="ISP", detail=wrong)
        return {}

    def _find_sku(self, row: Mapping[str, Any]) -> Document | None:
        item = self.items.get(str(row.get("ItemId")), {"Skus": {"Sku": []}})
        by = "SkuId" if row.get("SkuId") else "SellerSku"
        return next((sku for sku in item["Skus"]["Sku"] if sku[by] == str(row.get(by)) and sku["Status"] != "deleted"), None)

    def _deactivate(self, ask: Ask) -> Reply:
        product = read_request(ask.params.get("apiRequestBody", ""), takes_json=True)["Product"]
        item, only = self._item(product.get("ItemId")), [str(one) for one in product.get("Skus", {}).get("SkuId", [])]
        meant = [sku for sku in item["Skus"]["Sku"] if sku["Status"] != "deleted" and (not only or sku["SkuId"] in only)]
        if item["status"] == "InActive" or all(sku["Status"] != "active" for sku in meant):
            raise RefusedError("E0004", "E0004: The product is already offline")
        for sku in meant:
            sku["Status"] = "inactive"
        if all(sku["Status"] != "active" for sku in item["Skus"]["Sku"]):
            item["status"] = "InActive"
        return {"data": {}}

    def _remove(self, ask: Ask) -> Reply:
        listed, wrong = json.loads(ask.params.get("sku_id_list", "[]")), []
        for one in listed[:MAX_SKUS]:
            parts = SKU_LISTED.fullmatch(one)
            sku = self._find_sku({"ItemId": parts[1], "SkuId": parts[2]}) if parts else None
            if sku is None:
                wrong.append(detail_of(one, "4216:skuId does not exist"))
            else:
                sku["Status"] = "deleted"
        for item in self.items.values():
            if all(sku["Status"] == "deleted" for sku in item["Skus"]["Sku"]):
                item["status"] = "Deleted"
        if wrong or not listed:
            raise RefusedError("503", "E503: Remove product failed", kind="ISP", detail=wrong)
        return {"data": {}}

    def _set_images(self, ask: Ask) -> Reply:
        def change(row: Document, sku: Document) -> None:
            images = row.get("Images", {}).get("Image", [])
            if not 0 < len(images) <= 8 or any(not self.rules.hosted(image) for image in images):
                raise ValueError("4138:Image host is not allowed" if images else "4139:Image is mandatory")
            sku["Images"] = {"Image": images}

        return self._each(self._product(ask), change)

    def _find(self, ask: Ask) -> Reply:
        wanted = set(json.loads(ask.params.get("sku_seller_list", "[]")))
        offset, limit = int(ask.params.get("offset", 0)), min(int(ask.params.get("limit", 20)), 50)
        if offset > LAST_OFFSET:
            raise RefusedError("17", "E017: Offset is over 10000")
        since_s, until_s = _moment(ask, "create_after", 0), _moment(ask, "create_before", math.inf)
        found = [shown for shown in self._shown(ask.params.get("filter", "all"))
                 if (not wanted or wanted & {sku["SellerSku"] for sku in shown["skus"]})
                 and since_s <= int(shown["created_time"]) / 1000 <= until_s]  # fmt: skip
        return {"data": {"total_products": len(found), "products": found[offset : offset + limit]}} if found else {"data": {}}

    def _shown(self, state: str) -> Iterator[Reply]:
        states = {"live": "Active", "inactive": "InActive", "pending": "Pending QC", "rejected": "Rejected", "deleted": "Deleted"}
        for item_id, item in self.items.items():
            if item["status"] == states.get(state, item["status"]) and (state == "deleted" or item["status"] != "Deleted"):
                yield _shown(item_id, item)

    def _get(self, ask: Ask) -> Reply:
        by_sku = {sku["SellerSku"]: item_id for item_id, item in self.items.items() for sku in item["Skus"]["Sku"]}
        item_id = ask.params.get("item_id") or by_sku.get(ask.params.get("seller_sku", ""), "")
        return {"data": _shown(item_id, self._item(item_id))}

    def _product(self, ask: Ask, *, takes_json: bool = True) -> Document:
        document = read_request(ask.params.get("payload", ""), takes_json=takes_json and self.takes_json)
        product = document.get("Product")
        if not isinstance(product, dict):
            raise RefusedError("1", "E001: Parameter Product is mandatory")
        return product

    def _against(self, skus: list[Document]) -> list[dict[str, str]]:
        return [detail_of(sku["SellerSku"], self.refused[sku["SellerSku"]]) for sku in skus if sku.get("SellerSku") in self.refused]

    def _item(self, item_id: object) -> Document:
        if str(item_id) not in self.items:
            raise RefusedError("501", "E501: failed", kind="ISP", detail=[detail_of(str(item_id), "4136:item does not exist")])
        return self.items[str(item_id)]


def _shown(item_id: str, item: Document) -> Reply:
    skus = [
        {
            "SellerSku": sku["SellerSku"], "SkuId": int(sku["SkuId"]), "Status": sku["Status"], "price": float(sku.get("price", 0)),
            "special_price": float(sku.get("special_price") or 0), "quantity": sku["sellable"], "Available": sku["sellable"],
            "saleProp": sku.get("saleProp", {}), "Images": sku.get("Images", {}).get("Image", []),
        }
        for sku in item["Skus"]["Sku"]
    ]  # fmt: skip
    return {
        "item_id": int(item_id), "primary_category": int(item["PrimaryCategory"]), "status": item["status"], "skus": skus,
        "attributes": item["Attributes"], "images": item.get("Images", {}).get("Image", []),
        "created_time": str(round(item["created_s"] * 1000)),
        **({"rejectReason": [{"suggestion": item["reason"]}]} if item.get("reason") else {}),
    }  # fmt: skip


def _moment(ask: Ask, name: str, otherwise: float) -> float:
    """A date of ISO 8601 with its offset, as epoch seconds."""
    told = ask.params.get(name)
    if told is None:
        return otherwise
    try:
        return datetime.strptime(told, "%Y-%m-%dT%H:%M:%S%z").timestamp()
    except ValueError as error:
        raise RefusedError("14", f'E014: "{told}" Invalid Offset') from error


def _sellable_of(row: Document) -> int:
    if "MultiWarehouseInventories" in row:
        return sum(_count(one["SellableQuantity"]) for one in row["MultiWarehouseInventories"]["MultiWarehouseInventory"])
    return _count(row["SellableQuantity"])


def _count(value: object) -> int:
    if not re.fullmatch(r"\d{1,9}", str(value)):
        raise ValueError("4107:A number is expected")
    return int(str(value))
