"""All marketplaces at one address, one store in each country, for a person to look at: ``onestop up --fake-marketplaces``."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from local.gateway.lazada import FakeLazada
from local.gateway.pushes import Push
from local.gateway.tokens import TokenServer

APPS = {"lazada": ("900001", "kr-secret"), "daraz": ("900002", "pk-secret"), "miravia": ("900003", "es-secret")}
"""Marketplace -> the key and secret of our app there, all invented."""
FIRST_ACCOUNT = 900000123
REVIEW_S = 5
"""How long a marketplace looks at a new item here; really up to a day."""


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
class Town:
    """A store in every country that we know a gateway of.

    Attributes:
        countries: market -> its marketplace; one whose gateway is not among ``APPS`` gets no store.
        told_at: when pushes say that they were sent, epoch seconds; the stack that they go to may live on another day.
        stores: market -> its gateway.
    """

    countries: Mapping[str, str]
    told_at: Callable[[], float] = time.time
    stores: dict[str, FakeLazada] = field(init=False)
    _orders: Iterator[int] = field(default_factory=lambda: count(880000000000001))

    def __post_init__(self) -> None:
        """Open the stores: one app and one token for each marketplace, another seller id in each country."""
        accounts = {market: str(FIRST_ACCOUNT + number) for number, market in enumerate(self.countries)}
        tokens: dict[str, TokenServer] = {}
        for channel in APPS:
            tokens[channel] = TokenServer(time.time)
            tokens[channel].allow(f"tok-{channel}", f"ref-{channel}", {one.lower(): accounts[one] for one in self._of(channel)})
        self.stores = {}
        for market, channel in self.countries.items():
            if channel in APPS:
                app_key, app_secret = APPS[channel]
                store = FakeLazada(market, channel, tokens=tokens[channel], app_key=app_key, app_secret=app_secret)
                store.pushes.clock = self.told_at
                self.stores[market] = store

    @property
    def app(self) -> Any:
        """A WSGI application: ``/<channel>/<market>/rest`` is a store's gateway."""
        mounts: dict[str, Any] = {f"/{store.channel}/{market}": store for market, store in self.stores.items()}
        return DispatcherMiddleware(Response("no such marketplace", 404), mounts)

    def secrets(self, address: str, seller_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the operator would keep: of the partners that push, and of the stores, which are all one seller's."""
        partners = {channel: {"app_key": key, "app_secrets": [secret]} for channel, (key, secret) in APPS.items()}
        accounts = {}
        for channel, (key, secret) in APPS.items():
            ids = {market: self.stores[market].seller_id for market in self._of(channel)}
            if ids:
                entry = {"seller_id": seller_id, "access_token": f"tok-{channel}", "publish": True, "ids": ids}
                place = f"{address}/{channel}/{{market}}/rest"
                accounts[channel] = {"app_key": key, "app_secret": secret, "endpoint": place, "sellers": {min(ids.values()): entry}}
        return partners, accounts

    def listed(self) -> list[Listed]:
        """Everything on every shelf."""
        return [
            Listed(
                market, store.channel, str(item["Attributes"]["name"]), str(item["status"]), store.currency,
                next(iter(item.get("Images", {}).get("Image", [])), ""),
                tuple(
                    Sku(sku["SellerSku"], f"{Decimal(_price(sku)):,}", sku["sellable"])
                    for sku in item["Skus"]["Sku"] if sku["Status"] != "deleted"
                ),
            )
            for market, store in self.stores.items()
            for item in store.items.values()
        ]  # fmt: skip

    def picture(self, market: str, url: str) -> bytes:
        """A picture that a marketplace hosts; empty for one that it does not."""
        return self.stores[market].pictures.hosted.get(url, b"") if market in self.stores else b""

    def order(self, market: str, code: str) -> tuple[str, Push] | None:
        """A buyer orders one piece: the marketplace takes it off its own shelf, and tells our webhook; None when there is none."""
        store = self.stores.get(market)
        sku = store and next((sku for item in store.items.values() for sku in item["Skus"]["Sku"] if sku["SellerSku"] == code), None)
        if not store or not sku or sku["sellable"] < 1:
            return None
        sku["sellable"] -= 1
        order_id = str(next(self._orders))
        store.orders[order_id] = [(code, _price(sku), "pending")]
        push = store.pushes.order(order_id, "pending")
        store.pushes.waiting.remove(push)
        return f"/webhooks/{store.channel}", push

    def review(self, now: float) -> list[tuple[str, Push]]:
        """The marketplaces have looked at what is some seconds old, and tell our webhook that it is good."""
        pushes = []
        for store in self.stores.values():
            for item_id, item in store.items.items():
                if item["status"] == "Pending QC" and now - item["created_s"] > REVIEW_S:
                    store.review(item_id)
            pushes += [(f"/webhooks/{store.channel}", push) for push in store.pushes.deliver(seed=len(store.calls))]
        return pushes

    def _of(self, channel: str) -> list[str]:
        return [market for market, one in self.countries.items() if one == channel]


def _price(sku: Mapping[str, Any]) -> str:
    """What a buyer pays."""
    reduced = str(sku.get("special_price") or "0")
    return str(sku["price"]) if Decimal(reduced) == 0 else reduced
