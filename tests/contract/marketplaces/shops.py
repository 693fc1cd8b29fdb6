"""Each marketplace as the suite sees it: our way out of production at one end, its fake gateway at the other."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.gsp import GlobalProducts
from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock, serve
from local.gateway.tokens import TokenServer
from local.gateway.trendyol import FakeTrendyol
from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.marketplaces.channels import channels
from onestop.adapters.marketplaces.iop_channels import iop_channel
from onestop.domain.catalog.product import PictureRole
from onestop.domain.channels.holding import Holding
from onestop.domain.listing.listing import Category, ListedImage, ListedVariant, Listing, ListingStatus, Part, Provenance
from onestop.steps.told_channel import Channel
from tests.contract.marketplaces.memory import AllowedOnly, MemoryTable, PaceInMemory

SELLER, ACCOUNT = "s-1", "900000123"
COUNTRIES = {
    "MY": ("en", "MYR"),
    "US": ("en", "USD"),
    "SG": ("en", "SGD"),
    "VN": ("vi", "VND"),
    "PK": ("en", "PKR"),
    "ES": ("es", "EUR"),
    "TR": ("tr", "TRY"),
}
BLACK, IVORY = "KI-503-BLK", "KI-503-IVR"


class Shown(NamedTuple):
    """What a buyer sees: text, number of pictures, SKU -> price and what may be sold."""

    title: str
    pictures: int
    prices: dict[str, Decimal]
    stock: dict[str, int]
    on_sale: bool


class Pictures(dict[str, bytes]):
    """The adapted pictures, in memory."""

    def read(self, key: str) -> bytes | None:
        """The bytes, or None."""
        return self.get(key)


def listing_for(channel: str, market: str) -> Listing:
    """A tumbler in two colours, ready to go."""
    locale, currency = COUNTRIES[market]
    image = {"width": 1600, "height": 1600, "size_bytes": 9, "role": PictureRole.MAIN}
    prices = ("299000", "315000") if currency == "VND" else ("29.90", "31.50")
    return Listing(
        seller_id=SELLER, sku="KI-503", revision=1, market=market, channel=channel, locale=locale, currency=currency,
        status=ListingStatus.READY, title="Onsaemi Stainless Tumbler 500ml", description_html="<ul><li>500 ml & more</li></ul>",
        highlights=("Keeps hot",), category=Category(source="seller", path="주방>텀블러"),
        variants=(
            ListedVariant(sku=BLACK, options={"Color": "Black"}, price=Decimal(prices[0]), stock=20, weight_g=421, barcode="8809000000017"),
            ListedVariant(sku=IVORY, options={"Color": "Ivory"}, price=Decimal(prices[1]), stock=5, weight_g=421, barcode="8809000000024"),
        ),
        images=tuple(ListedImage(key=f"{SELLER}/media/{name}.jpg", **image) for name in "ab"),
        provenance=Provenance(source_digest="d", rules_version="r"),
    )  # fmt: skip


def changed_listing(listing: Listing, part: Part) -> Listing:
    """The listing with one part that differs."""
    first, *others = listing.variants
    changes: dict[Part, dict[str, Any]] = {
        Part.TEXT: {"title": "Onsaemi Steel Tumbler 500ml"},
        Part.PICTURES: {"images": (*listing.images, listing.images[0].model_copy(update={"key": f"{SELLER}/media/c.jpg"}))},
        Part.PRICE: {"variants": (first.model_copy(update={"price": first.price + 10}), *others)},
        Part.STOCK: {"variants": (first.model_copy(update={"stock": 3}), *others)},
    }
    return listing.model_copy(update=changes[part])


class Shop(ABC):
    """One seller's store at one marketplace.

    Attributes:
        clock: the marketplace's time; ours is ``skew_s`` ahead.
        told_by: part -> the calls that tell it alone, once it is known.
        pages: how the calls that only ask begin.
    """

    channel_name: str
    market: str
    told_by: Mapping[Part, list[str]]
    creates: str
    asks: tuple[str, ...] = ()
    has_token = False
    partial: Part | None = None
    """The part whose call takes the good SKUs beside a bad one; None where a call is all or nothing."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self.clock, self.skew_s = Clock(), 0
        self.listing = listing_for(self.channel_name, self.market)
        self.results = Pictures({f"{SELLER}/media/{name}.jpg": name.encode() for name in "abc"})
        self.keeping = Keeping(MemoryTable(), PaceInMemory(self.clock), self._now, AllowedOnly())
        self._cleanup = ExitStack()
        self._seen = 0

    def __enter__(self) -> "Shop":
        """Open the marketplace."""
        self.document = self.open(self._cleanup)
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self._cleanup.close()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.clock() + self.skew_s, UTC)

    def channel(self) -> Channel:
        """The way out, made anew as in each invocation."""
        found = channels(self.document, self.results, keeping=self.keeping)(self.listing)
        assert found
        return found

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Publish, and look again for as long as the marketplace works on it."""
        holding = self.channel().publish(listing, holding)
        for _ in range(5):
            if not holding.pending:
                return holding
            self.clock.advance(60)
            holding = self.channel().publish(listing, holding)
        raise AssertionError(f"{holding.pending} never ended")

    def told(self) -> tuple[Listing, Holding]:
        """A listing that is on sale, and what the channel holds of it; the calls so far are not counted."""
        holding = self.publish(self.listing, Holding())
        self.review()
        self.new_calls()
        return self.listing, holding

    def new_calls(self) -> list[str]:
        """The calls since this was last asked."""
        new, self._seen = self.calls()[self._seen :], len(self.calls())
        return new

    def new_writes(self) -> list[str]:
        """Those of them that tell something."""
        return [call for call in self.new_calls() if not call.startswith(self.asks)]

    @abstractmethod
    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """Start the gateway; the operator's secret for it."""

    @abstractmethod
    def calls(self) -> list[str]:
        """Every call so far."""

    @abstractmethod
    def shown(self) -> list[Shown]:
        """The items of the store."""

    @abstractmethod
    def review(self) -> None:
        """The marketplace approves what is new."""

    @abstractmethod
    def lose_answer(self, call: str) -> None:
        """The answer to the next such call is lost after the work."""

    @abstractmethod
    def refuse(self, sku: str, reason: str) -> None:
        """The marketplace will not have a SKU."""

    @abstractmethod
    def throttle(self) -> int:
        """Whoever calls now, called too fast before; the seconds that the marketplace tells."""

    def refused_calls(self) -> int:
        """How many calls came too fast."""
        throttle = self.gateway.throttle
        return int(throttle.refused)

    def end_token(self) -> None:
        """The access token ends before its time."""
        raise NotImplementedError("this marketplace knows no tokens")


LAZADA_CALLS = {
    Part.TEXT: ["/product/update"], Part.PICTURES: ["/image/upload", "/product/update"],
    Part.PRICE: ["/product/price_quantity/update"], Part.STOCK: ["/product/stock/sellable/update"],
}  # fmt: skip
ALIEXPRESS_CALLS = {
    Part.TEXT: ["aliexpress.solution.product.edit"],
    Part.PICTURES: ["aliexpress.photobank.redefining.uploadimageforsdk", "aliexpress.solution.product.edit"],
    Part.PRICE: ["aliexpress.solution.batch.product.price.update"],
    Part.STOCK: ["aliexpress.solution.batch.product.inventory.update"],
}  # fmt: skip
ONE_CALL_FOR_NUMBERS = {**LAZADA_CALLS, Part.STOCK: LAZADA_CALLS[Part.PRICE]}


class LazadaShop(Shop):
    """Lazada, Daraz and Miravia."""

    creates = "/product/create"
    asks = ("/products/get", "/product/item/get", "/category/", "/brands/", "/product/category/", "/auth/")
    told_by = LAZADA_CALLS
    has_token, partial = True, Part.PRICE
    channel_name, market = "lazada", "SG"

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """A store whose seller gave a refresh token."""
        tokens = TokenServer(self.clock)
        tokens.allow("tok", "ref", {self.market.lower(): ACCOUNT})
        self.gateway = FakeLazada(self.market, self.channel_name, clock=self.clock, tokens=tokens)
        address = cleanup.enter_context(serve(self.gateway))
        return {self.channel_name: {
            "app_key": self.gateway.app_key, "app_secret": self.gateway.app_secret, "endpoint": address,
            "sellers": {ACCOUNT: {"seller_id": SELLER, "refresh_token": "ref", "publish": True}},
        }}  # fmt: skip

    def calls(self) -> list[str]:
        """Paths."""
        return self.gateway.calls

    def shown(self) -> list[Shown]:
        """By the shelf."""
        return [
            Shown(
                item["Attributes"]["name"], len(item["Images"]["Image"]),
                {sku["SellerSku"]: Decimal(sku["price"]) for sku in item["Skus"]["Sku"]},
                {sku["SellerSku"]: sku["sellable"] for sku in item["Skus"]["Sku"]}, item["status"] == "Active",
            )
            for item in self.gateway.items.values()
        ]  # fmt: skip

    def review(self) -> None:
        """Quality control says yes."""
        for item_id, item in self.gateway.items.items():
            if item["status"] == "Pending QC":
                self.gateway.review(item_id)

    def lose_answer(self, call: str) -> None:
        """A timeout of the backend."""
        self.gateway.fail_next(call, "ServiceTimeout", after_commit=True)

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.shelf.refused[sku] = reason

    def throttle(self) -> int:
        """Whatever comes next is one call too many."""
        self.gateway.throttle.closed_until = self.clock() + 7
        return 7

    def end_token(self) -> None:
        """As if it had run out."""
        self.gateway.tokens.expire(self.gateway.access_token)


class DarazShop(LazadaShop):
    """Payloads in XML; one call for prices and stock."""

    channel_name, market = "daraz", "PK"
    told_by = ONE_CALL_FOR_NUMBERS


class MiraviaShop(LazadaShop):
    """One call for prices and stock."""

    channel_name, market = "miravia", "ES"
    told_by = ONE_CALL_FOR_NUMBERS


class GlobalShop(LazadaShop):
    """Lazada across borders: an item begins as part of a global product, which the home country takes."""

    creates = "/product/global/create"
    asks = (*LazadaShop.asks, "/product/global/status/get")

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """Two countries of one seller, at one address each."""
        tokens = TokenServer(self.clock)
        tokens.allow("tok", "ref", {"sg": ACCOUNT, "my": "900000124"})
        stores = {market: FakeLazada(market, clock=self.clock, tokens=tokens) for market in ("SG", "MY")}
        GlobalProducts(stores, self.clock)
        self.gateway, self.home = stores["SG"], stores["MY"]
        app = DispatcherMiddleware(self.gateway, {f"/{market}": store for market, store in stores.items()})
        address = cleanup.enter_context(serve(app, "/{market}/rest"))
        entry = {"seller_id": SELLER, "refresh_token": "ref", "publish": True, "ids": {"MY": "900000124"}, "settings": {"mode": "gsp"}}
        return {"lazada": {
            "app_key": self.gateway.app_key, "app_secret": self.gateway.app_secret, "endpoint": address, "sellers": {ACCOUNT: entry},
        }}  # fmt: skip

    def channel(self) -> Channel:
        """With the listing of the home country beside it."""
        at_home = {"market": "MY", "currency": "MYR"}
        sisters = lambda one: [one.model_copy(update=at_home)]  # noqa: E731
        found = iop_channel(self.document, self.listing, self.results, self.keeping, sisters=sisters)
        assert found
        return found

    def calls(self) -> list[str]:
        """Of both countries, which are called in turn only while a product is new."""
        return [*self.home.calls, *self.gateway.calls]

    def lose_answer(self, call: str) -> None:
        """A timeout of the backend that takes global products."""
        self.home.fail_next(call, "ServiceTimeout", after_commit=True)

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.shelf.refused[sku] = reason


class AliexpressShop(Shop):
    """Business calls; every edit brings the whole product, and none while a new one is audited."""

    creates = "aliexpress.solution.product.post"
    asks = ("aliexpress.solution.product.list.get", "/v2.0/categories/suggestion", "/auth/")
    told_by = ALIEXPRESS_CALLS
    has_token, partial = True, Part.PRICE
    channel_name, market = "aliexpress", "US"

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """The audit of what is new ends while we wait for it."""
        holding = self.channel().publish(listing, holding)
        if holding.pending:
            self.review()
        return super().publish(listing, holding) if holding.pending else holding

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """A store whose seller gave a refresh token."""
        tokens = TokenServer(self.clock)
        tokens.allow("tok", "ref", {"us": ACCOUNT})
        self.gateway = FakeAliexpress(clock=self.clock, tokens=tokens)
        address = cleanup.enter_context(serve(self.gateway))
        return {"aliexpress": {
            "app_key": self.gateway.app_key, "app_secret": self.gateway.app_secret, "endpoint": address,
            "sellers": {ACCOUNT: {"seller_id": SELLER, "refresh_token": "ref", "publish": True}},
        }}  # fmt: skip

    def calls(self) -> list[str]:
        """Methods and paths."""
        return self.gateway.calls

    def shown(self) -> list[Shown]:
        """By the products."""
        return [
            Shown(
                item["multi_language_subject_list"][0]["subject"], len(item["main_image_urls_list"]),
                {sku["sku_code"]: Decimal(sku["price"]) for sku in item["sku_info_list"]},
                {sku["sku_code"]: sku["inventory"] for sku in item["sku_info_list"]}, item["status"] == "onSelling",
            )
            for item in self.gateway.items.values()
        ]  # fmt: skip

    def review(self) -> None:
        """The audit ends well."""
        for product_id, item in self.gateway.items.items():
            if item["status"] == "auditing":
                self.gateway.review(product_id)

    def lose_answer(self, call: str) -> None:
        """A timeout of the backend."""
        self.gateway.fail_next(call, "ServiceTimeout", after_commit=True)

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.refused[sku] = reason

    def throttle(self) -> int:
        """Whatever comes next is one call too many."""
        self.gateway.throttle.closed_until = self.clock() + 7
        return 7

    def end_token(self) -> None:
        """As if it had run out."""
        self.gateway.tokens.expire(self.gateway.access_token)


BARCODES = {BLACK: "8809000000017", IVORY: "8809000000024"}
TRENDYOL_CALLS = {
    Part.TEXT: ["POST products/content-bulk-update"], Part.PICTURES: ["POST products/content-bulk-update"],
    Part.PRICE: ["POST products/price-and-inventory"], Part.STOCK: ["POST products/price-and-inventory"],
}  # fmt: skip


class TrendyolShop(Shop):
    """Batches; one call for prices and stock, one for words and pictures."""

    channel_name, market = "trendyol", "TR"
    creates = "POST v2/products"
    asks = ("GET ",)
    told_by = TRENDYOL_CALLS
    partial = Part.PRICE

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """A store whose categories and brand the operator has set."""
        self.gateway = FakeTrendyol(clock=self.clock)
        entry = {
            "seller_id": SELLER, "api_key": self.gateway.api_key, "api_secret": self.gateway.api_secret, "publish": True,
            "pictures_url": "https://cdn.example.kr/", "categories": {"주방>텀블러": 411}, "brand_id": 1,
        }  # fmt: skip
        return {"trendyol": {"endpoint": cleanup.enter_context(serve(self.gateway, "")), "sellers": {self.gateway.seller_id: entry}}}

    def calls(self) -> list[str]:
        """Methods and places."""
        return self.gateway.calls

    def shown(self) -> list[Shown]:
        """The variants of a product together."""
        items = list(self.gateway.products.items.values())
        if not items:
            return []
        prices = {one["stockCode"]: Decimal(str(one["salePrice"])) for one in items}
        stock = {one["stockCode"]: one["quantity"] for one in items}
        return [Shown(items[0]["title"], len(items[0]["images"]), prices, stock, not any(one["archived"] for one in items))]

    def review(self) -> None:
        """Products are approved at once here."""

    def lose_answer(self, call: str) -> None:
        """A gateway that times out."""
        self.gateway.fail_next(call, 504, after_commit=True)

    def refused_calls(self) -> int:
        """By Trendyol's own count."""
        return self.gateway.limited

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.products.refused[BARCODES[sku]] = reason

    def throttle(self) -> int:
        """Whatever comes next is one call too many."""
        self.gateway.fail_next("POST products/price-and-inventory", 429)
        return 10


SHOPS: dict[str, type[Shop]] = {
    "lazada": LazadaShop, "lazada-global": GlobalShop, "daraz": DarazShop, "miravia": MiraviaShop, "aliexpress": AliexpressShop,
    "trendyol": TrendyolShop,
}  # fmt: skip
"""Every marketplace that we have a way out to."""
