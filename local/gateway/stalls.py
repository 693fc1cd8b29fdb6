"""One store of each kind of marketplace as a person looks at it: what is on its shelf, and what happens when a buyer buys."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.lazada import FakeLazada
from local.gateway.pushes import Push
from local.gateway.trendyol import FakeTrendyol
from local.gateway.trendyol_calls import package, webhook_call

REVIEW_S = 5
"""How long a marketplace looks at a new item here; really up to a day."""
WEBHOOK_KEY = "invented-webhook-key"


class Sku(NamedTuple):
    """One variant on a shelf; ``stock`` is what may be sold."""

    code: str
    price: str
    stock: int


class Listed(NamedTuple):
    """One item as a buyer sees it; ``picture`` is its address at the marketplace."""

    market: str
    channel: str
    title: str
    status: str
    currency: str
    picture: str
    skus: tuple[Sku, ...]


@dataclass
class Stall(ABC):
    """A store in one country.

    Attributes:
        market: the country.
        told_at: when pushes say that they were sent, epoch seconds.
        sells: whether a buyer can buy: AliExpress does not publish how it tells a seller of an order.
    """

    market: str
    told_at: Callable[[], float]
    sells = True
    channel = ""

    @property
    @abstractmethod
    def gateway(self) -> Any:
        """What our stack calls."""

    @abstractmethod
    def listed(self) -> Iterator[Listed]:
        """What is on the shelf."""

    @abstractmethod
    def order(self, code: str, number: str) -> Push | None:
        """A buyer orders one piece: the marketplace takes it off its own shelf, and tells our webhook; None when there is none."""

    def review(self) -> Iterator[Push]:
        """The marketplace looks at what is some seconds old; what it tells our webhook of that."""
        yield from ()

    def picture(self, url: str) -> bytes:
        """A picture that the marketplace hosts; empty for one that it does not."""
        del url
        return b""


class LazadaStall(Stall):
    """A store at Lazada, Daraz or Miravia."""

    def __init__(self, store: FakeLazada, told_at: Callable[[], float]) -> None:
        """Its pushes are sent when ``told_at`` says."""
        super().__init__(store.market, told_at)
        self.store, self.channel = store, store.channel
        store.pushes.clock = told_at

    @property
    def gateway(self) -> FakeLazada:
        """The store's."""
        return self.store

    def listed(self) -> Iterator[Listed]:
        """By the shelf."""
        for item in self.store.items.values():
            skus = tuple(
                Sku(sku["SellerSku"], f"{Decimal(_price(sku)):,}", sku["sellable"])
                for sku in item["Skus"]["Sku"]
                if sku["Status"] != "deleted"
            )
            picture = next(iter(item.get("Images", {}).get("Image", [])), "")
            yield Listed(self.market, self.channel, item["Attributes"]["name"], item["status"], self.store.currency, picture, skus)

    def order(self, code: str, number: str) -> Push | None:
        """The order is kept, since our stack reads it from there."""
        skus = (sku for item in self.store.items.values() for sku in item["Skus"]["Sku"] if sku["SellerSku"] == code)
        sku = next(skus, None)
        if sku is None or sku["sellable"] < 1:
            return None
        sku["sellable"] -= 1
        self.store.orders[number] = [(code, _price(sku), "pending")]
        push = self.store.pushes.order(number, "pending")
        self.store.pushes.waiting.remove(push)
        return push

    def review(self) -> Iterator[Push]:
        """All is well."""
        for item_id, item in self.store.items.items():
            if item["status"] == "Pending QC" and time.time() - item["created_s"] > REVIEW_S:
                self.store.review(item_id)
        yield from self.store.pushes.deliver(seed=len(self.store.calls))

    def picture(self, url: str) -> bytes:
        """As it was uploaded."""
        return self.store.pictures.hosted.get(url, b"")


class AliexpressStall(Stall):
    """A store at AliExpress."""

    channel, sells = "aliexpress", False

    def __init__(self, store: FakeAliexpress, market: str, told_at: Callable[[], float]) -> None:
        """``market`` is whose listings the store shows."""
        super().__init__(market, told_at)
        self.store = store

    @property
    def gateway(self) -> FakeAliexpress:
        """The store's."""
        return self.store

    def listed(self) -> Iterator[Listed]:
        """By the products."""
        for item in self.store.items.values():
            skus = tuple(
                Sku(sku["sku_code"], f"{Decimal(str(sku.get('discount_price') or sku['price'])):,}", int(sku["inventory"]))
                for sku in item["sku_info_list"]
            )
            title = next(one["subject"] for one in item["multi_language_subject_list"] if one["language"] == item["language"])
            yield Listed(self.market, self.channel, title, item["status"], "USD", item["main_image_urls_list"][0], skus)

    def order(self, code: str, number: str) -> None:
        """Nobody can."""
        del code, number

    def review(self) -> Iterator[Push]:
        """The audit ends; no push of that is known."""
        for product_id, item in self.store.items.items():
            if item["status"] == "auditing" and time.time() - item["created_s"] > REVIEW_S:
                self.store.review(product_id)
        yield from ()

    def picture(self, url: str) -> bytes:
        """As it was uploaded."""
        return self.store.pictures.get(url, b"")


class TrendyolStall(Stall):
    """A store at Trendyol, which fetches pictures from where we say that they are."""

    channel = "trendyol"

    def __init__(self, store: FakeTrendyol, market: str, told_at: Callable[[], float]) -> None:
        """``market`` is whose listings the store shows."""
        super().__init__(market, told_at)
        self.store = store

    @property
    def gateway(self) -> FakeTrendyol:
        """The store's."""
        return self.store

    def listed(self) -> Iterator[Listed]:
        """The variants of one product together."""
        items = list(self.store.products.items.values())
        for main_id in dict.fromkeys(item["productMainId"] for item in items):
            own = [item for item in items if item["productMainId"] == main_id]
            status = "archived" if own[0]["archived"] else "approved" if own[0]["approved"] else "waiting"
            skus = tuple(Sku(item["stockCode"], f"{Decimal(str(item['salePrice'])):,.2f}", item["quantity"]) for item in own)
            yield Listed(self.market, self.channel, own[0]["title"], status, "TRY", own[0]["images"][0]["url"], skus)

    def order(self, code: str, number: str) -> Push | None:
        """A package with one line, its buyer and all."""
        item = next((one for one in self.store.products.items.values() if one["stockCode"] == code), None)
        if item is None or item["quantity"] < 1:
            return None
        item["quantity"] -= 1
        told = package(number, item["barcode"], code, float(item["salePrice"]), at_s=self.told_at())
        self.store.orders[str(told["id"])] = told
        return webhook_call(WEBHOOK_KEY, told)


def _price(sku: dict[str, Any]) -> str:
    """What a buyer pays."""
    reduced = str(sku.get("special_price") or "0")
    return str(sku["price"]) if Decimal(reduced) == 0 else reduced
