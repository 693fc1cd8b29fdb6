"""A seller's shop at a marketplace, for tests of webhooks: the running stack, the fake gateway, and what buyers do there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.gateway.trendyol import FakeTrendyol
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.channels.iop import push_signature
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.watched_stack import WatchedStack
from tests.support.webhooks import KEYS

SHOP = "900000123"
PATH = "/webhooks/lazada"


class Shop:
    """A seller's shop: the running stack, the marketplace, and what a buyer does there."""

    def __init__(self, stack: WatchedStack, store: FakeLazada, bazaar: FakeTrendyol) -> None:
        """One product is listed in three markets; ``bazaar`` is Trendyol, where nothing is published."""
        self.stack, self.store, self.bazaar = stack, store, bazaar
        self._numbers = count(880000000000001)

    def stock(self, sku: str = "A-2") -> dict[str, int]:
        """Market -> what can still be sold."""
        known = ListingsTable(self.stack.tables["ListingsTable"]).of_product(SELLER, sku)
        return {market: found.listing.variants[0].stock for market, found in known.items()}

    def order(self, *states: str, sku: str = "A-2", price: str = "12.90") -> str:
        """A buyer orders one piece for each state; the order's id."""
        order_id = str(next(self._numbers))
        self.store.orders[order_id] = [(sku, price, state) for state in states]
        return order_id

    def become(self, order_id: str, *states: str) -> None:
        """The order moves on at the marketplace."""
        self.store.orders[order_id] = [
            (sku, price, state) for (sku, price, _), state in zip(self.store.orders[order_id], states, strict=True)
        ]

    def push(self, order_id: str, status: str = "pending", at: int = 1793340000) -> tuple[int, str]:
        """The marketplace tells of it; the answer it gets."""
        return self.post(push_body(order_id, status, at))

    def post(self, body: bytes, signature: str | None = None, path: str = PATH) -> tuple[int, str]:
        """Any body, rightly signed unless a signature is given."""
        signed = push_signature(self.store.app_key, self.store.app_secret, body) if signature is None else signature
        return self.stack.request("POST", path, body, {"Authorization": signed, "Content-Type": "application/json"})


def push_body(order_id: str, status: str = "pending", at: int = 1793340000) -> bytes:
    """An order push as the marketplace words it."""
    data = {"order_status": status, "trade_order_id": order_id, "trade_order_line_id": f"{order_id}9", "status_update_time": at}
    envelope = {"seller_id": SHOP, "message_type": 0, "data": data, "timestamp": at * 1000 + 234, "site": "lazada_sg"}
    return json.dumps(envelope, separators=(",", ":")).encode()


@contextmanager
def open_shop(name: str, markets: tuple[str, ...] = (), **switches: bool) -> Iterator[Shop]:
    """A running shop; ``name`` sets its secrets apart from those of other stacks in the process, ``switches`` are the account's.

    One gateway answers for every market. So a shop that publishes, and asks what is there, should have one.
    """
    parameters = {"PartnerSecretsName": f"{name}/partner-webhooks", "MarketplaceSecretsName": f"{name}/marketplaces"}
    store, bazaar = FakeLazada(), FakeTrendyol()
    with serve(store) as address, serve(bazaar, "") as there, WatchedStack({**parameters, "LazadaEndpoint": address}) as stack:
        keys = {"app_key": store.app_key, "app_secrets": [store.app_secret, "the-old-secret", ""]}
        stack.keep_secret(parameters["PartnerSecretsName"], {**KEYS, "lazada": keys})
        sellers = {SHOP: {"seller_id": SELLER, "refresh_token": store.tokens.grants[0].refresh_token, "publish": False, **switches}}
        account = {"app_key": store.app_key, "app_secret": store.app_secret, "sellers": sellers}
        login = {"api_key": bazaar.api_key, "api_secret": bazaar.api_secret, "ship": switches.get("ship", False)}
        package_seller = {
            "endpoint": there, "sellers": {bazaar.seller_id: {"seller_id": SELLER, **login}, "100002": {"seller_id": SELLER}},
        }  # fmt: skip
        stack.keep_secret(
            parameters["MarketplaceSecretsName"], {"lazada": account, "trendyol": package_seller, "signals": {"salt": "grains"}}
        )
        stack.live_on(DAY)
        refresh(stack)
        if markets:
            stack.upload(f"{SELLER}/settings.json", json.dumps({"markets": markets}).encode())
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        stack.pump()
        yield Shop(stack, store, bazaar)
