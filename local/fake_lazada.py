"""A stand-in for Lazada's gateway on this machine: it checks calls as the real one does, and answers in its words.

It shares no code with the client it is there to prove: the signature check is written on its own, from the documentation.
"""

import hashlib
import hmac
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from defusedxml import ElementTree
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

WINDOW_S = 7200
HOST = "https://sg-live-02.slatic.net/p/"
SIDES = ("length", "width", "height", "weight")
BANNED = re.compile(r'["^~<>|]')
Reply = dict[str, Any]


class RefusedError(Exception):
    """A reply that is not 0."""

    def __init__(self, code: str, message: str = "", *, kind: str = "ISV", detail: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.reply: Reply = {"type": kind, "code": code, "message": message, **({"detail": detail} if detail else {})}


@dataclass
class FakeLazada:
    """A WSGI application that is one seller's store in one country.

    Attributes:
        clock: epoch seconds.
        items: item id -> the product as it was sent, with its SKU ids and stock.
        orders: order id -> SKU of each unit, its price and its status.
        calls: every path that was called, in order.
        ends_reductions: whether a special price of 0 ends one; the documentation does not say.
    """

    app_key: str = "900001"
    app_secret: str = "kr-secret"
    access_token: str = "tok-sg"
    currency: str = "SGD"
    clock: Callable[[], float] = time.time
    items: dict[str, Reply] = field(default_factory=dict)
    orders: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    ends_reductions: bool = True
    _faults: deque[tuple[str, str, bool]] = field(default_factory=deque)

    def fail_next(self, path: str, code: str, *, after_commit: bool = False) -> None:
        """Answer the next call of ``path`` with ``code``; ``after_commit`` does the work first, as a timeout may."""
        self._faults.append((path, code, after_commit))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer one request; HTTP 200 whatever the matter is."""
        request = Request(environ)
        try:
            reply = {"code": "0", **self._answer(request, request.path.removeprefix("/rest"))}
        except RefusedError as refused:
            reply = refused.reply
        response = Response(json.dumps({**reply, "request_id": "2101554016564826049331260"}), mimetype="application/json")
        return response(environ, start_response)

    def _answer(self, request: Request, path: str) -> Reply:
        self.calls.append(path)
        params = {**request.args.to_dict(), **request.form.to_dict()}
        self._authenticate(path, params)
        calls: dict[str, Callable[[dict[str, str]], Reply]] = {
            "/product/create": self._create, "/product/update": self._update, "/product/price_quantity/update": self._price,
            "/product/stock/sellable/update": self._sellable, "/product/deactivate": self._deactivate, "/products/get": self._find,
            "/order/items/get": self._order_items, "/product/category/suggestion/get": _suggest, "/image/upload": partial(_upload, request),
        }  # fmt: skip
        if path not in calls:
            raise RefusedError("InvalidApiPath", "The specified API path is not valid")
        fault = self._faults.popleft() if self._faults and self._faults[0][0] == path else None
        if fault and not fault[2]:
            raise RefusedError(fault[1], "injected", kind="SYSTEM")
        reply = calls[path](params)
        if fault:
            raise RefusedError(fault[1], "injected", kind="SYSTEM")
        return reply

    def _authenticate(self, path: str, params: dict[str, str]) -> None:
        for name in ("app_key", "timestamp", "sign_method", "sign"):
            if name not in params:
                raise RefusedError("MissingParameter", f'The input parameter "{name}" that is mandatory was not provided')
        if params["app_key"] != self.app_key:
            raise RefusedError("InvalidAppKey", "The specified App Key is invalid")
        off_s = abs(self.clock() - int(params["timestamp"]) / 1000)
        signed = sorted((name, value) for name, value in params.items() if name != "sign")
        # The official clients disagree: some sign a parameter without a value, some leave it out.
        ways = (signed, [(name, value) for name, value in signed if value])
        expected = {self._digest(path + "".join(name + value for name, value in way)) for way in ways}
        if off_s > WINDOW_S or params["sign"] not in expected:
            raise RefusedError("IncompleteSignature", "The request signature does not conform to lazop standards")
        if params.get("access_token") != self.access_token:
            raise RefusedError("IllegalAccessToken", "The specified access token is invalid or expired")

    def _digest(self, text: str) -> str:
        return hmac.new(self.app_secret.encode(), text.encode(), hashlib.sha256).hexdigest().upper()

    def _create(self, params: dict[str, str]) -> Reply:
        product = _product(params["payload"])
        _check(product)
        taken = {sku["SellerSku"] for item in self.items.values() for sku in item["Skus"]["Sku"]}
        for sku in product["Skus"]["Sku"]:
            if sku["SellerSku"] in taken:
                raise _overview("500", sku["SellerSku"], "THD_IC_ERR_F_IC_INFRA_PRODUCT_036:The SellerSku is already in use")
        item_id = str(7700000001 + len(self.items))
        for number, sku in enumerate(product["Skus"]["Sku"], 1):
            sku["SkuId"] = f"{item_id}{number:02}"
            sku["sellable"] = int(sku["quantity"])
        self.items[item_id] = {**product, "status": "Pending QC"}
        skus = [{"seller_sku": sku["SellerSku"], "sku_id": int(sku["SkuId"])} for sku in product["Skus"]["Sku"]]
        return {"data": {"item_id": int(item_id), "sku_list": skus, "item_status": "Pending QC"}}

    def _update(self, params: dict[str, str]) -> Reply:
        product = _product(params["payload"])
        _check(product)
        kept = {sku["SkuId"]: sku for sku in self._item(product.get("ItemId"))["Skus"]["Sku"]}
        for sku in product["Skus"]["Sku"]:
            if sku.get("SkuId") not in kept:
                raise _overview("501", sku["SellerSku"], "4216:skuId is mandatory")
            sku["sellable"] = int(sku["quantity"])
            self._reduce(sku, kept[sku["SkuId"]].get("special_price", "0"), sku.get("special_price"))
        self.items[product["ItemId"]] = {**product, "status": "Active"}
        return {"data": {}}

    def _price(self, params: dict[str, str]) -> Reply:
        for row in _product(params["payload"])["Skus"]["Sku"]:
            sku = self._sku(row["ItemId"], row["SkuId"])
            sku["price"] = row["Price"]
            self._reduce(sku, sku.get("special_price", "0"), row.get("SalePrice"))
        return {}

    def _reduce(self, sku: Reply, before: str, told: str | None) -> None:
        """What an update leaves out stays as it was."""
        sku["special_price"] = before if told is None or (told == "0" and not self.ends_reductions) else told

    def _sellable(self, params: dict[str, str]) -> Reply:
        rows = ElementTree.fromstring(params["payload"]).findall("./Product/Skus/Sku")
        for row in rows:
            self._sku(row.findtext("ItemId"), row.findtext("SkuId"))["sellable"] = int(row.findtext("SellableQuantity"))
        return {}

    def _deactivate(self, params: dict[str, str]) -> Reply:
        self._item(_product(params["apiRequestBody"])["ItemId"])["status"] = "InActive"
        return {}

    def _find(self, params: dict[str, str]) -> Reply:
        wanted = set(json.loads(params["sku_seller_list"]))
        found = [
            {
                "item_id": int(item_id), "status": item["status"], "attributes": item["Attributes"],
                "skus": [
                    {
                        "SellerSku": sku["SellerSku"], "SkuId": int(sku["SkuId"]), "Status": "active",
                        "special_price": float(sku.get("special_price", 0)),
                    }
                    for sku in item["Skus"]["Sku"]
                ],
            }
            for item_id, item in self.items.items()
            if wanted & {sku["SellerSku"] for sku in item["Skus"]["Sku"]}
        ]  # fmt: skip
        return {"data": {"total_products": len(found), "products": found}} if found else {"data": {}}

    def _order_items(self, params: dict[str, str]) -> Reply:
        units = self.orders.get(params["order_id"])
        if units is None:
            raise RefusedError("16", "E016: Invalid Order ID")
        return {"data": [self._unit(params["order_id"], number, unit) for number, unit in enumerate(units, 1)]}

    def _unit(self, order_id: str, number: int, unit: tuple[str, str, str]) -> Reply:
        sku, price, status = unit
        address = {"first_name": "Mei Ling", "last_name": "Tan", "phone": "6581234567", "address1": "Blk 12 Bedok North #03-04"}
        return {
            "order_id": int(order_id), "order_item_id": int(f"{order_id[-6:]}{number:03}"), "sku": sku, "status": status,
            "paid_price": float(price), "item_price": float(price), "currency": self.currency, "shipping_amount": 1.49,
            "buyer_id": 100000000042, "personalization": "For Mei Ling", "address_shipping": address,
            "extra_attributes": json.dumps({"phone": address["phone"]}), "name": "Tumbler",
        }  # fmt: skip

    def _item(self, item_id: str | None) -> Reply:
        if item_id not in self.items:
            raise _overview("501", str(item_id), "4136:item does not exist")
        return self.items[item_id]

    def _sku(self, item_id: str | None, sku_id: str | None) -> Reply:
        skus: list[Reply] = self._item(item_id)["Skus"]["Sku"]
        found = next((sku for sku in skus if sku["SkuId"] == sku_id), None)
        if found is None:
            raise _overview("501", str(sku_id), "4216:skuId does not exist")
        return found


def _product(text: str) -> Reply:
    try:
        product: Reply = json.loads(text)["Request"]["Product"]
    except (ValueError, KeyError) as error:
        raise RefusedError("1001", "The payload is not valid") from error
    return product


def _check(product: Reply) -> None:
    images, skus = product.get("Images", {}).get("Image"), product.get("Skus", {}).get("Sku")
    if not isinstance(images, list) or not isinstance(skus, list):
        raise RefusedError("1001", "Images.Image and Skus.Sku must be arrays")
    faults = {
        "4139:Main image is required": not images,
        "4169:Too many images": len(images) > 8,
        "4138:Image host is not allowed": any(not image.startswith(HOST) for image in images),
        "4160:Title is too long": not 0 < len(product["Attributes"]["name"].encode()) <= 255,
        "4118:Price must be more than 0": any(float(sku.get("price", 0)) <= 0 for sku in skus),
        "4157:Special price must be below the price": any(float(sku.get("special_price", 0)) >= float(sku["price"]) for sku in skus),
        "4108:Package is mandatory": any(not sku.get(f"package_{side}") for sku in skus for side in SIDES),
        "4129:Banned characters": any(BANNED.search(value) for sku in skus for value in sku.get("saleProp", {}).values()),
    }
    for message, holds in faults.items():
        if holds:
            raise _overview("501" if "ItemId" in product else "500", skus[0]["SellerSku"], message)


def _overview(code: str, sku: str, message: str) -> RefusedError:
    return RefusedError(code, f"E{code}: failed", kind="ISP", detail=[{"field": sku, "message": message}])


def _suggest(_: dict[str, str]) -> Reply:
    return {"data": {"categorySuggestions": [{"categoryId": 10001958, "categoryName": "Drinkware"}]}}


def _upload(request: Request, _: dict[str, str]) -> Reply:
    if "image" not in request.files:
        raise RefusedError("MissingParameter", "image")
    name = hashlib.md5(request.files["image"].read(), usedforsecurity=False).hexdigest()
    return {"data": {"image": {"url": f"{HOST}{name}.jpg", "hash_code": name}}}


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing: an address holds the access token."""


@contextmanager
def serve(app: Callable[..., Any]) -> Iterator[str]:
    """The loopback address of a WSGI gateway, ending in ``/rest``, for as long as the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/rest"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
