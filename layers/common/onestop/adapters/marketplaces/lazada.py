"""Lazada's gateway of one country: signed calls, allow-listed replies, errors as our two kinds. Nothing is logged."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import ValidationError

from onestop.adapters.marketplaces.lazada_facts import raise_for_code
from onestop.domain.channels.iop import sign
from onestop.domain.channels.lazada_payload import Payload
from onestop.domain.channels.replies import ListedItem, OrderLine
from onestop.domain.errors import RetryableError

Json = Mapping[str, Any]


@cache
def _pool() -> Any:
    import urllib3

    # At DEBUG it writes whole addresses, and Lazada wants the access token in them.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
    return urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=15), retries=False)


class LazadaClient:
    """One seller's store in one country.

    Every method raises RetryableError for what may pass by itself (no connection, throttling, a backend or token fault) and
    PermanentError with CHANNEL_REJECTED for what the marketplace will not take.
    """

    def __init__(
        self, endpoint: str, app_key: str, app_secret: str, access_token: str, *, market: str, clock: Callable[[], float] = time.time
    ) -> None:
        """``endpoint`` ends in ``/rest``; ``market`` is for the findings; ``clock`` gives epoch seconds."""
        self._endpoint = endpoint.rstrip("/")
        self._app_key = app_key
        self._app_secret = app_secret
        self._access_token = access_token
        self._market = market
        self._clock = clock

    def create_product(self, payload: Payload) -> ListedItem:
        """The new item. Not safe to repeat: ask ``find_by_seller_sku`` first, a create that timed out may have happened."""
        return _item(_data(self._call("POST", "/product/create", {"payload": _json(payload)})))

    def update_product(self, payload: Payload) -> None:
        """Replace what the item says."""
        self._call("POST", "/product/update", {"payload": _json(payload)})

    def update_price_quantity(self, payload: Payload) -> None:
        """Set prices."""
        self._call("POST", "/product/price_quantity/update", {"payload": _json(payload)})

    def update_sellable(self, payload: str) -> None:
        """Overwrite how much may still be sold."""
        self._call("POST", "/product/stock/sellable/update", {"payload": payload})

    def deactivate(self, item: ListedItem) -> None:
        """Take the whole item off the shelf."""
        request = {"Request": {"Product": {"ItemId": item.item_id}}}
        self._call("POST", "/product/deactivate", {"apiRequestBody": _json(request)})

    def upload_image(self, content: bytes) -> str:
        """The address at Lazada of a picture; the same bytes have the same one."""
        reply = self._call("POST", "/image/upload", {}, {"image": ("image.jpg", content, "image/jpeg")})
        url = str((_data(reply).get("image") or {}).get("url", ""))
        if not url:
            raise RetryableError("a picture without an address")
        return url

    def suggest_category(self, title: str) -> str | None:
        """The category that Lazada would put a title into, or None."""
        reply = self._call("GET", "/product/category/suggestion/get", {"product_name": title})
        found = _data(reply).get("categorySuggestions") or [{}]
        return str(found[0]["categoryId"]) if "categoryId" in found[0] else None

    def find_by_seller_sku(self, seller_sku: str) -> ListedItem | None:
        """The item that has this SKU, or None."""
        query = {"filter": "all", "sku_seller_list": _json([seller_sku])}
        items = [_item(product) for product in _data(self._call("GET", "/products/get", query)).get("products") or []]
        return next((item for item in items if seller_sku in item.sku_ids), None)

    def order_items(self, order_id: str) -> tuple[OrderLine, ...]:
        """The units of an order; never anything about its buyer."""
        units = self._call("GET", "/order/items/get", {"order_id": order_id}).get("data") or []
        return tuple(_line(unit) for unit in units)

    def _call(self, method: str, path: str, params: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] | None = None) -> Json:
        common = {"app_key": self._app_key, "sign_method": "sha256", "access_token": self._access_token}
        # The gateway's two readings of the signature differ for empty values, so none is sent.
        sent = {name: value for name, value in {**common, **params}.items() if value}
        sent["timestamp"] = str(int(self._clock() * 1000))
        sent["sign"] = sign(self._app_secret, path, sent)
        body = _request(method, f"{self._endpoint}{path}", path, {**sent, **(files or {})}, multipart=bool(files))
        raise_for_code(path, self._market, body)
        return body


def _request(method: str, url: str, path: str, fields: Mapping[str, object], *, multipart: bool) -> Json:
    from urllib3.exceptions import HTTPError

    encoding = {} if method == "GET" else {"encode_multipart": multipart}
    try:
        response = _pool().request(method, url, fields=fields, redirect=False, **encoding)
    except HTTPError as error:
        # The exception's text holds the address, and that the token.
        raise RetryableError(f"{path}: {type(error).__name__}") from None
    try:
        document = json.loads(response.data, parse_float=Decimal)
    except ValueError:
        document = None
    if response.status != 200 or not isinstance(document, dict):
        raise RetryableError(f"{path}: HTTP {response.status}")
    return document


def _data(body: Json) -> Json:
    data = body.get("data")
    return data if isinstance(data, dict) else {}


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _item(data: Json) -> ListedItem:
    """Create and query spell the same facts in two ways."""
    rows = data.get("sku_list") or data.get("skus") or []
    skus = {str(row.get("seller_sku") or row.get("SellerSku")): str(row.get("sku_id") or row.get("SkuId")) for row in rows}
    if "item_id" not in data:
        raise RetryableError("an item without an id")
    reduced = frozenset(str(row.get("SellerSku")) for row in rows if Decimal(str(row.get("special_price") or 0)) > 0)
    status = str(data.get("item_status") or data.get("status") or "")
    return ListedItem(item_id=str(data["item_id"]), sku_ids=skus, status=status, reduced=reduced)


def _line(unit: Json) -> OrderLine:
    try:
        return OrderLine(
            line_id=str(unit["order_item_id"]), seller_sku=str(unit["sku"]), paid_price=Decimal(str(unit["paid_price"])),
            currency=str(unit["currency"]), status=str(unit["status"]).lower(),
        )  # fmt: skip
    except (KeyError, ArithmeticError, ValidationError):
        # Not chained: the reply holds a buyer's data, and a traceback would show it.
        raise RetryableError("an order line without the fields that every one has") from None
