"""One night over all five marketplaces: the schedule of the real template finds what each store shows, heals what is safe, tells the rest."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest

from local.gateway.serving import serve
from local.gateway.town import Town
from onestop.adapters.packs import markets
from onestop.adapters.secrets import secret
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters, objects
from tests.support.watched_stack import WatchedStack

SOLD_IN = ("SG", "PK", "ES", "TR", "US")
SECRETS = {"PartnerSecretsName": "night/partner-webhooks", "MarketplaceSecretsName": "night/marketplaces"}
Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def night() -> Iterator[tuple[WatchedStack, Town]]:
    """A seller of pens in five stores; the United Kingdom is AliExpress' too, in money that the one store does not count in."""
    noon = datetime.combine(DAY, time(12), UTC).timestamp
    town = Town({code: market.channel for code, market in markets().by_code.items()}, told_at=noon)
    town.stalls["TR"].gateway.work_s = 0
    secret.cache_clear()
    with serve(town.app, "") as address, WatchedStack(SECRETS) as stack:
        for name, document in zip(SECRETS.values(), town.secrets(address, SELLER), strict=True):
            stack.keep_secret(name, document)
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG", "PK", "ES", "TR", "US", "GB"]}')
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        stack.pump()
        yield stack, town
    secret.cache_clear()


def rows(stack: WatchedStack) -> dict[str, list[Row]]:
    """Market -> SKU, kind, what the store says, and whether it is told again."""
    stack.fire(stack.wiring.schedule_of("ReconcileFunction"))
    stack.pump()
    found = objects(stack, "ResultsBucket", f"{SELLER}/reconcile/")
    tables = {key[-6:-4]: list(csv.reader(data.decode("utf-8-sig").splitlines()))[1:] for key, data in found.items()}
    return {market: [(row[1], row[3], row[5], row[6]) for row in table] for market, table in tables.items()}


def test_every_store_is_compared_and_put_right(night: tuple[WatchedStack, Town]) -> None:
    """Given five stores as they were told, when they are compared, then nothing differs; what then differs is told again or reported."""
    stack, town = night
    assert sorted(one.market for one in town.listed()) == sorted(SOLD_IN)
    assert rows(stack) == {market: [] for market in SOLD_IN}

    (in_turkey,) = town.stalls["TR"].gateway.products.items.values()
    price = in_turkey["salePrice"]
    in_turkey |= {"salePrice": 0.5, "quantity": 999}
    (everywhere,) = town.stalls["US"].gateway.items.values()
    everywhere["sku_info_list"][0]["inventory"] = 1
    town.stalls["US"].gateway.review(next(iter(town.stalls["US"].gateway.items)))
    town.stalls["PK"].gateway.items.clear()

    told = rows(stack)

    assert told["SG"] == told["ES"] == []
    assert told["TR"] == [("A-2", "price", "0.5", "True"), ("A-2", "stock", "999", "True")]
    assert told["US"] == [("A-2", "stock", "1", "False")]
    assert told["PK"] == [("A-2", "missing", "", "True")]
    assert (in_turkey["salePrice"], in_turkey["quantity"]) == (price, 310)
    assert len(town.stalls["PK"].gateway.items) == 1
    assert dead_letters(stack) == {}
