"""The store of each marketplace: how its gateway is opened, looked at and made to fail."""

from collections.abc import Mapping
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.gsp import GlobalProducts
from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.gateway.tokens import TokenServer
from local.gateway.trendyol import FakeTrendyol
from onestop.adapters.marketplaces.iop_channels import iop_channel
from onestop.domain.channels.holding import Holding
from onestop.domain.listing.listing import Listing, Part
from onestop.steps.told_channel import Channel
from tests.contract.marketplaces.shop import ACCOUNT, BLACK, IVORY, SELLER, Shop, Shown

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


class IopShop(Shop):
    """A store at a gateway of the IOP kind: tokens, and a backend that may time out after the work."""

    gateway: FakeLazada | FakeAliexpress
    partial = Part.PRICE

    def account_at(self, address: str) -> dict[str, Any]:
        """The account of a seller who gave a refresh token, as the operator's secret has it."""
        return {
            "app_key": self.gateway.app_key, "app_secret": self.gateway.app_secret, "endpoint": address,
            "sellers": {ACCOUNT: {"seller_id": SELLER, "refresh_token": "ref", "publish": True}},
        }  # fmt: skip

    def tokens_for(self, country: str) -> TokenServer:
        """A token server that knows the seller."""
        tokens = TokenServer(self.clock)
        tokens.allow("tok", "ref", {country: ACCOUNT})
        return tokens

    def calls(self) -> list[str]:
        """Paths, and names of business calls."""
        return self.gateway.calls

    def lose_answer(self, call: str) -> None:
        """A timeout of the backend."""
        self.gateway.fail_next(call, "ServiceTimeout", after_commit=True)

    def throttle(self) -> int:
        """Whatever comes next is one call too many."""
        self.gateway.throttle.closed_until = self.clock() + 7
        return 7

    def end_token(self) -> None:
        """As if it had run out."""
        self.gateway.tokens.expire(self.gateway.access_token)


class LazadaShop(IopShop):
    """Lazada, Daraz and Miravia."""

    creates = "/product/create"
    asks = ("/products/get", "/product/item/get", "/category/", "/brands/", "/product/category/", "/auth/")
    told_by = LAZADA_CALLS
    channel_name, market = "lazada", "SG"

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """A store whose seller gave a refresh token."""
        tokens = self.tokens_for(self.market.lower())
        self.gateway = FakeLazada(self.market, self.channel_name, clock=self.clock, tokens=tokens)
        return {self.channel_name: self.account_at(cleanup.enter_context(serve(self.gateway)))}

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

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.shelf.refused[sku] = reason


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


class AliexpressShop(IopShop):
    """Business calls; every edit brings the whole product, and none while a new one is audited."""

    creates = "aliexpress.solution.product.post"
    asks = ("aliexpress.solution.product.list.get", "/v2.0/categories/suggestion", "/auth/")
    told_by = ALIEXPRESS_CALLS
    channel_name, market = "aliexpress", "US"

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """The audit of what is new ends while we wait for it."""
        holding = self.channel().publish(listing, holding)
        if holding.pending:
            self.review()
        return super().publish(listing, holding) if holding.pending else holding

    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """A store whose seller gave a refresh token."""
        self.gateway = FakeAliexpress(clock=self.clock, tokens=self.tokens_for("us"))
        return {"aliexpress": self.account_at(cleanup.enter_context(serve(self.gateway)))}

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

    def refuse(self, sku: str, reason: str) -> None:
        """Until further notice."""
        self.gateway.refused[sku] = reason


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
