"""The product and order API of Lazada, which Daraz and Miravia took over: allow-listed replies, nothing about a buyer."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from onestop.adapters.marketplaces.iop import IopClient, json_text
from onestop.domain.buyers.recipient import Recipient, recipient_of
from onestop.domain.channels.category_facts import CategoryFacts
from onestop.domain.channels.iop_family import Family
from onestop.domain.channels.lazada_payload import Payload, written
from onestop.domain.channels.replies import ListedItem, OrderLine
from onestop.domain.errors import RetryableError
from onestop.domain.reconcile.compare import ShopItem, ShopPage, ShopSku
from onestop.domain.reconcile.place import Page, Place

Json = Mapping[str, Any]
ITEMS_A_PAGE, LAST_OFFSET = 50, 10_000
OFF, REFUSED = frozenset({"inactive", "deleted"}), "rejected"
BRANDS_A_PAGE = 200
BRAND_PAGES = 5
"""A marketplace lists goods without a brand among its first; nobody reads on through a hundred thousand."""


class LazadaClient:
    """One seller's store in one country.

    Every method raises RetryableError for what may pass by itself (no connection, throttling, a backend or token fault) and
    PermanentError with CHANNEL_REJECTED for what the marketplace will not take.
    """

    def __init__(self, client: IopClient) -> None:
        """``client`` calls in the seller's name."""
        self._client = client

    @property
    def family(self) -> Family:
        """What is special about this marketplace."""
        return self._client.gateway.family

    @property
    def channel(self) -> str:
        """The marketplace's name."""
        return self._client.gateway.channel

    def create_product(self, payload: Payload, skus: Collection[str] = ()) -> ListedItem:
        """The new item. Not safe to repeat: ask ``find_by_seller_sku`` first, a create that timed out may have happened."""
        return _item(_data(self._write("/product/create", payload, skus)))

    def update_product(self, payload: Payload, skus: Collection[str] = ()) -> None:
        """Replace what the item says."""
        self._write("/product/update", payload, skus)

    def update_price_quantity(self, payload: Payload, skus: Collection[str] = ()) -> None:
        """Set prices, and quantities where the payload tells them."""
        self._write("/product/price_quantity/update", payload, skus)

    def update_sellable(self, payload: str) -> None:
        """Overwrite how much may still be sold."""
        self._client.call("POST", "/product/stock/sellable/update", {"payload": payload})

    def deactivate(self, item: ListedItem) -> None:
        """Take the whole item off the shelf; one that is off already stays so."""
        request = {"Request": {"Product": {"ItemId": item.item_id}}}
        self._client.call("POST", "/product/deactivate", {"apiRequestBody": json_text(request)})

    def remove(self, item: ListedItem, skus: Iterable[str]) -> None:
        """Delete some of the item's SKUs for good, at most fifty; with the last one the item goes."""
        ids = [f"SkuId_{item.item_id}_{item.sku_ids[sku]}" for sku in skus]
        self._client.call("POST", "/product/remove", {"sku_id_list": json_text(ids)})

    def create_global(self, payload: Payload, skus: Collection[str]) -> None:
        """Hand a global product over; it takes minutes until the countries have it. One that is there already stays."""
        text = written(payload, "xml", self._client.market)
        self._client.call("POST", "/product/global/create", {"payload": text}, skus=skus)

    def has_global(self, seller_sku: str) -> bool:
        """Whether a global product has this SKU."""
        return bool(self._client.call("GET", "/product/global/status/get", {"params": json_text({"sellerSku": seller_sku})}))

    def upload_image(self, content: bytes) -> str:
        """The address at the marketplace of a picture; the same bytes have the same one."""
        reply = self._client.call("POST", "/image/upload", {}, files={"image": ("image.jpg", content, "image/jpeg")})
        url = str((_data(reply).get("image") or {}).get("url", ""))
        if not url:
            raise RetryableError("a picture without an address")
        return url

    def suggest_category(self, title: str) -> str | None:
        """The category that the marketplace would put a title into, or None."""
        reply = self._client.call("GET", "/product/category/suggestion/get", {"product_name": title})
        found = _data(reply).get("categorySuggestions") or [{}]
        return str(found[0]["categoryId"]) if "categoryId" in found[0] else None

    def category_facts(self, category_id: str) -> CategoryFacts:
        """What a category asks of a product."""
        query = {"primary_category_id": category_id, "language_code": self.family.languages.get(self._client.market, "en_US")}
        rows = self._client.call("GET", "/category/attributes/get", query).get("data")
        return CategoryFacts.of_reply(rows if isinstance(rows, list) else [])

    def brand_id(self, name: str) -> str:
        """The id of a brand that stands among the first thousand; empty when it does not.

        Raises:
            RetryableError: an empty page, as the marketplace gives one when it is asked too often.
        """
        for page in range(BRAND_PAGES):
            query = {"startRow": str(page * BRANDS_A_PAGE), "pageSize": str(BRANDS_A_PAGE)}
            rows = _rows(self._client.call("GET", self.family.paths["brands"], query))
            if not rows and not page:
                raise RetryableError("brands: an empty page", wait_s=1)
            found = next((row for row in rows if str(row.get("name", "")).casefold() == name.casefold()), None)
            if found:
                return str(found["brand_id"])
            if len(rows) < BRANDS_A_PAGE:
                break
        return ""

    def find_by_seller_sku(self, *seller_skus: str) -> ListedItem | None:
        """The item that has one of these SKUs, the one with most of them where several have; None where none has."""
        query = {"filter": "all", "sku_seller_list": json_text(list(seller_skus))}
        items = [_item(product) for product in _data(self._client.call("GET", "/products/get", query)).get("products") or []]
        wanted = set(seller_skus)
        return max(
            (item for item in items if wanted & item.sku_ids.keys()), key=lambda item: len(wanted & item.sku_ids.keys()), default=None
        )

    def items(self, after: str) -> ShopPage:
        """What the store shows, fifty items from a place on.

        Source: Lazada Open Platform, GetProducts (limit 50, offset up to 10000, "use date for scrolling query"), read 2026-11-24.
        """
        place = Place.of(after)
        query = {"filter": "all", "limit": str(ITEMS_A_PAGE), "offset": str(place.offset)}
        bounds = {"create_after": place.part.since_s, "create_before": place.part.until_s}
        dates = {name: f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%dT%H:%M:%S%z}" for name, at_s in bounds.items() if at_s is not None}
        data = _data(self._client.call("GET", "/products/get", {**query, **dates}))
        products, total = data.get("products") or [], data.get("total_products")
        page = Page(len(products), ITEMS_A_PAGE, None if total is None else int(total))
        following = place.following(page, reach=LAST_OFFSET + ITEMS_A_PAGE, now_s=int(self._client.gateway.clock()))
        return place.page_of(map(_shop_item, products), following)

    def order_items(self, order_id: str) -> tuple[OrderLine, ...]:
        """The units of an order; never anything about its buyer."""
        units = self._client.call("GET", "/order/items/get", {"order_id": order_id}).get("data") or []
        return tuple(_line(unit) for unit in units)

    def recipient(self, order_id: str) -> Recipient:
        """To whom an order is shipped; for the buyers' function alone."""
        address = _data(self._client.call("GET", "/order/get", {"order_id": order_id})).get("address_shipping")
        return recipient_of(address if isinstance(address, dict) else {})

    def _write(self, path: str, payload: Payload, skus: Collection[str]) -> Json:
        text = written(payload, self.family.payload, self._client.market)
        return self._client.call("POST", path, {"payload": text}, skus=skus)


def _data(body: Json) -> Json:
    data = body.get("data")
    return data if isinstance(data, dict) else {}


def _rows(body: Json) -> list[Json]:
    """A list in ``data`` itself or under ``module``; both are documented."""
    data = body.get("data")
    found = data.get("module") if isinstance(data, dict) else data
    return [row for row in found if isinstance(row, dict) and "brand_id" in row] if isinstance(found, list) else []


def _item(data: Json) -> ListedItem:
    """Create and query spell the same facts in two ways."""
    rows = [row for row in data.get("sku_list") or data.get("skus") or [] if row.get("Status") != "deleted"]
    skus = {str(row.get("seller_sku") or row.get("SellerSku")): str(row.get("sku_id") or row.get("SkuId")) for row in rows}
    if "item_id" not in data:
        raise RetryableError("an item without an id")
    reduced = frozenset(str(row.get("SellerSku")) for row in rows if Decimal(str(row.get("special_price") or 0)) > 0)
    status = str(data.get("item_status") or data.get("status") or "")
    return ListedItem(item_id=str(data["item_id"]), sku_ids=skus, status=status, reduced=reduced)


def _shop_item(product: Json) -> ShopItem:
    skus = {str(row.get("SellerSku")): _shop_sku(row) for row in product.get("skus") or [] if row.get("Status") != "deleted"}
    status, title = str(product.get("status", "")).casefold(), str((product.get("attributes") or {}).get("name", ""))
    return ShopItem(
        item_id=str(product.get("item_id")), title=title, shown=status not in {*OFF, REFUSED}, refused=status == REFUSED, skus=skus
    )


def _shop_sku(row: Json) -> ShopSku:
    """What a buyer pays, which is the special price where there is one, and what may still be sold."""
    special = Decimal(str(row.get("special_price") or 0))
    price = special if special > 0 else Decimal(str(row.get("price") or 0))
    stock = row.get("Available", row.get("quantity"))
    return ShopSku(price=price or None, stock=None if stock is None else int(stock))


def _line(unit: Json) -> OrderLine:
    try:
        return OrderLine(
            line_id=str(unit["order_item_id"]), seller_sku=str(unit["sku"]), paid_price=Decimal(str(unit["paid_price"])),
            currency=str(unit["currency"]), status=str(unit["status"]).lower(),
        )  # fmt: skip
    except (KeyError, ArithmeticError, ValidationError):
        # Not chained: the reply holds a buyer's data, and a traceback would show it.
        raise RetryableError("an order line without the fields that every one has") from None
