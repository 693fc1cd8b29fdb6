"""The table that all workers share, in moto, and a gateway with a token server whose time the test sets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock, serve
from local.gateway.tokens import TokenServer
from onestop.adapters.aws import client
from onestop.adapters.marketplaces.iop import AppKeys, Gateway
from onestop.adapters.marketplaces.tokens import KeptTokens
from onestop.adapters.sealing import Seal
from onestop.adapters.tables.gateway import GatewayTable
from tests.support.one_table import one_table

ACCOUNTS = count(900000123)
SELLERS = {"sg": "900000123", "my": "900000124"}


@pytest.fixture(scope="module")
def table() -> Iterator[GatewayTable]:
    """The table, with a key that seals."""
    with one_table("channels") as name:
        yield GatewayTable(name, Seal(client("kms").create_key()["KeyMetadata"]["Arn"]))


class Shop:
    """One seller's account, who allows our app anew in every test."""

    def __init__(self, table: GatewayTable, clock: Clock, store: FakeLazada, address: str) -> None:
        """Nobody allowed anything yet."""
        self.table, self.clock, self.store, self.address = table, clock, store, address
        self.account = str(next(ACCOUNTS))
        self.first = {"code": store.tokens.authorise(SELLERS)}

    def now(self) -> datetime:
        """The time that worker and marketplace share."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def gateway(self, market: str = "SG") -> Gateway:
        """The gateway of a country, as a worker calls it."""
        return Gateway("lazada", market, AppKeys("900001", "kr-secret"), endpoint=self.address, clock=self.clock)

    def worker(self, market: str = "SG", **first: str) -> KeptTokens:
        """A worker that begins with nothing but what the operator entered."""
        return KeptTokens(self.table, self.gateway(market), self.account, first or self.first, clock=self.now)

    def renewals(self) -> int:
        """How often the token was renewed."""
        return self.store.calls.count("/auth/token/refresh")


@pytest.fixture
def shop(table: GatewayTable) -> Iterator[Shop]:
    """An account across borders, and a gateway whose clock stands."""
    clock = Clock()
    tokens = TokenServer(clock)
    tokens.allow("of somebody else", "of somebody else", {"sg": "1"})
    store = FakeLazada(clock=clock, tokens=tokens)
    with serve(store) as address:
        yield Shop(table, clock, store, address)
