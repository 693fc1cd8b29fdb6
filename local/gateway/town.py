"""All marketplaces at one address, one store in each country, for a person to look at: ``onestop up --fake-marketplaces``."""

import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.lazada import FakeLazada
from local.gateway.pushes import Push
from local.gateway.stalls import WEBHOOK_KEY, AliexpressStall, LazadaStall, Listed, Stall, TrendyolStall
from local.gateway.storefront import Storefront
from local.gateway.tokens import TokenServer
from local.gateway.trendyol import FakeTrendyol

APPS = {
    "lazada": ("900001", "kr-secret"), "daraz": ("900002", "pk-secret"), "miravia": ("900003", "es-secret"),
    "aliexpress": ("900004", "ae-secret"),
}  # fmt: skip
"""Marketplace -> the key and secret of our app there, all invented."""
FIRST_ACCOUNT = 900000123
PICTURES = "https://pictures.invalid/"
"""Where Trendyol is told that pictures are; nobody fetches them."""


class Town:
    """A store in every country of the marketplaces that we know a gateway of."""

    def __init__(self, countries: Mapping[str, str], told_at: Callable[[], float] = time.time) -> None:
        """Open the stores: one app and one token for each marketplace, another seller id in each country.

        Args:
            countries: market -> its marketplace.
            told_at: when pushes say that they were sent, epoch seconds; the stack that they go to may live on another day.
        """
        self._countries, self._numbers = countries, count(880000000000001)
        accounts = {market: str(FIRST_ACCOUNT + number) for number, market in enumerate(countries)}
        self._tokens: dict[str, TokenServer] = {}
        for channel in APPS:
            self._tokens[channel] = TokenServer(time.time)
            self._tokens[channel].allow(f"tok-{channel}", f"ref-{channel}", {one.lower(): accounts[one] for one in self._of(channel)})
        self.stalls: dict[str, Stall] = {market: self._stall(market, channel, told_at) for market, channel in countries.items()}

    def _stall(self, market: str, channel: str, told_at: Callable[[], float]) -> Stall:
        if channel == "trendyol":
            return TrendyolStall(FakeTrendyol(products=Storefront(takes_brands=True)), market, told_at)
        key, secret = APPS[channel]
        if channel == "aliexpress":
            return AliexpressStall(FakeAliexpress(tokens=self._tokens[channel], app_key=key, app_secret=secret), market, told_at)
        return LazadaStall(FakeLazada(market, channel, tokens=self._tokens[channel], app_key=key, app_secret=secret), told_at)

    @property
    def app(self) -> Any:
        """A WSGI application: ``/<channel>/<market>`` is a store's gateway."""
        mounts: dict[str, Any] = {f"/{stall.channel}/{market}": stall.gateway for market, stall in self.stalls.items()}
        return DispatcherMiddleware(Response("no such marketplace", 404), mounts)

    def secrets(self, address: str, seller_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the operator would keep: of the partners that push, and of the stores, which are all one seller's."""
        partners: dict[str, Any] = {channel: {"app_key": key, "app_secrets": [secret]} for channel, (key, secret) in APPS.items()}
        stores: dict[str, Any] = {}
        for channel, (key, secret) in APPS.items():
            ids = {market: self._tokens[channel].grants[0].sellers[market.lower()] for market in self._of(channel)}
            if ids:
                entry = {"seller_id": seller_id, "access_token": f"tok-{channel}", "publish": True, "ids": ids}
                place = f"{address}/{channel}/{{market}}/rest"
                stores[channel] = {"app_key": key, "app_secret": secret, "endpoint": place, "sellers": {min(ids.values()): entry}}
        for market, stall in self.stalls.items():
            if isinstance(stall, TrendyolStall):
                shop = stall.store
                entry = {
                    "seller_id": seller_id, "api_key": shop.api_key, "api_secret": shop.api_secret, "publish": True,
                    "pictures_url": PICTURES, "categories": {"*": 411}, "brand_id": 1,
                    "attributes": {"411": [{"attributeId": 47, "attributeValue": "Çok Renkli"}]},
                }  # fmt: skip
                stores["trendyol"] = {"endpoint": f"{address}/trendyol/{market}", "sellers": {shop.seller_id: entry}}
                partners["trendyol"] = {"sellers": {shop.seller_id: {"api_keys": [WEBHOOK_KEY]}}}
        return partners, stores

    def listed(self) -> list[Listed]:
        """Everything on every shelf."""
        return [one for stall in self.stalls.values() for one in stall.listed()]

    def order(self, market: str, code: str) -> tuple[str, Push] | None:
        """A buyer orders one piece; where the marketplace tells us, and what. None when there is none."""
        stall = self.stalls.get(market)
        push = stall.order(code, str(next(self._numbers))) if stall else None
        return (f"/webhooks/{stall.channel}", push) if stall and push else None

    def review(self) -> Iterator[tuple[str, Push]]:
        """What the marketplaces tell of items that they looked at."""
        for stall in self.stalls.values():
            yield from ((f"/webhooks/{stall.channel}", push) for push in stall.review())

    def _of(self, channel: str) -> list[str]:
        return [market for market, one in self._countries.items() if one == channel]
