"""What a partner pushes of impressions, clicks and orders feeds the comparison of titles: simulated, so that the effect is known."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.items import Table
from onestop.adapters.tables.rankings import MarketRankings
from onestop.adapters.tables.traffic import TrafficTable
from onestop.domain.channels.iop import push_signature
from onestop.domain.demand.steered import Steered, is_held_out
from onestop.domain.demand.uplift import Uplift
from onestop.steps.learn_traffic import STEERING
from tests.conftest import DAY
from tests.support.stack_state import TwiceStack, dead_letters, everything, items

SECRETS = "doors/traffic"
SENT_S = 1793361600
"""Noon of DAY, on which the stack lives."""
TODAY = datetime.now(UTC).date()
"""When what is pushed comes to lie in the bucket."""

SELLERS = {"9001": "no-effect", "9002": "better", "9003": "worse", "9004": "few"}
KEYS = {"app_key": "900007", "app_secrets": ["invented-traffic-key"], "profile": {"family": "demand"}, "sellers": SELLERS}
EFFECTS = {"no-effect": 0.0, "better": 0.4, "worse": -0.3, "few": 0.4}
LISTINGS, WEEKS = 320, 3


def skus(seller: str) -> list[str]:
    """The listings of a shop."""
    return [f"S-{number}" for number in range(8 if seller == "few" else LISTINGS)]


@pytest.fixture(scope="module")
def stack() -> Iterator[TwiceStack]:
    """Shops in Thailand whose titles follow demand since long ago, but for those held out; every message comes twice."""
    with TwiceStack({"PartnerSecretsName": SECRETS}) as running:
        running.keep_secret(SECRETS, {"insights": KEYS})
        running.live_on(DAY)
        table = AdaptationsTable(running.tables["AdaptationsTable"])
        since = datetime.now(UTC) - timedelta(days=60)
        for seller in EFFECTS:
            for sku in skus(seller):
                held = is_held_out(seller, sku, "TH")
                body = Steered(words=None if held else {"tee": "tee"}, changed_at=since, held_out=held)
                table.save(seller, sku, STEERING, "TH", revision=1, input_digest="d", body=body)
        yield running


def week(seller: str, number: int) -> dict[str, Any]:
    """One week of a shop, as its partner tells of it: listings differ in how often they are seen and clicked, by the same in each week."""
    listings = []
    for sku in skus(seller):
        shop, now = Random(f"{seller} {sku}"), Random(f"{seller} {sku} {number}")
        effect = 0.0 if is_held_out(seller, sku, "TH") else EFFECTS[seller]
        seen, rate = int(shop.lognormvariate(6, 0.6)), 0.05 * shop.lognormvariate(0, 0.3) * (1 + effect)
        clicks = sum(now.random() < rate for _ in range(seen))
        listings.append(
            {"sku": sku, "impressions": seen, "clicks": clicks, "orders": sum(now.random() < 0.1 for _ in range(clicks)), "buyer": "Ayşe"}
        )
    first = TODAY - timedelta(days=7 * (WEEKS - number) + 1)
    store = next(their for their, ours in SELLERS.items() if ours == seller)
    days = {"start": str(first), "end": str(first + timedelta(days=6))}
    return {"timestamp": SENT_S, "market": "TH", "seller_id": store, **days, "listings": listings}


def push(stack: TwiceStack, document: dict[str, Any], *, key: str = KEYS["app_secrets"][0]) -> tuple[int, str]:
    """The answer to a push; what it set off has run."""
    body = json.dumps(document).encode()
    answer: tuple[int, str] = stack.request(
        "POST", "/webhooks/insights", body, {"Authorization": push_signature(KEYS["app_key"], key, body)}
    )
    stack.pump()
    return answer


def told(stack: TwiceStack, seller: str) -> Uplift:
    """What the report page is given about a shop's clicks."""
    clicks, _ = MarketRankings(stack.tables["CatalogTable"]).uplifts("TH", seller)
    return clicks


def test_the_known_effect_is_found_and_none_where_there_is_none(stack: TwiceStack) -> None:
    """Given weeks of pushes with known effects, zero among them, when all came, then each interval holds its effect, and narrows."""
    widths: dict[str, list[float]] = {seller: [] for seller in EFFECTS}
    for number in range(WEEKS):
        for seller, seen in widths.items():
            assert push(stack, week(seller, number)) == (200, "ok")
            one = told(stack, seller)
            seen.append((one.high or 0) - (one.low or 0))
    found = {seller: told(stack, seller) for seller in EFFECTS}

    assert {seller: one.verdict for seller, one in found.items()} == {
        "no-effect": "no_difference", "better": "better", "worse": "worse", "few": "not_enough_data"
    }  # fmt: skip
    for seller in ("no-effect", "better", "worse"):
        low, high = found[seller].low, found[seller].high
        assert low is not None
        assert high is not None
        assert low <= EFFECTS[seller] <= high
        assert found[seller].steered + found[seller].held_out == LISTINGS
        assert widths[seller][-1] < widths[seller][0]
    assert dead_letters(stack) == {}
    assert "Ayşe" not in repr(everything(stack))


def test_the_same_again_changes_nothing_and_a_longer_report_stands_for_its_days(stack: TwiceStack) -> None:
    """Given a push that comes again, and a file of the same days, when both were taken, then no day counts twice."""
    table = TrafficTable(stack.tables["CatalogTable"])
    push(stack, week("few", 0))
    before, first = items(stack, "CatalogTable"), told(stack, "few")
    assert push(stack, week("few", 0)) == (200, "ok")
    assert items(stack, "CatalogTable") == before

    document = week("few", 0)
    rows = "".join(f"{one['sku']},{one['impressions']},{one['clicks']}\n" for one in document["listings"])
    head = f"{document['start']} ~ {document['end']}\nSeller SKU,Impressions,Clicks\n"
    stack.upload("TH/traffic/few/week.csv", f"{head}{rows}".encode(), bucket="DemandBucket")
    stack.pump()
    assert told(stack, "few") == first
    reports = list(table.of_seller("TH", "few", TODAY - timedelta(days=80)))
    assert len({report.period for report in reports}) < len(reports)

    assert list(table.of_seller("TH", "few", TODAY + timedelta(days=1))) == []
    assert list(table.of_seller("TH", "few", TODAY - timedelta(days=80))) == [], "what is older than is asked for is forgotten"


@pytest.mark.parametrize(("changed", "answer"), [
    ({"seller_id": "9999"}, (400, "not an event")), ({"seller_id": "better"}, (400, "not an event")), ({"market": "../TH"}, (400, "not an event")),
    ({"listings": [{"sku": "A-1"}]}, (400, "not an event")), ({"listings": []}, (400, "not an event")), ({"start": "yesterday"}, (400, "not an event")),
    ({"timestamp": SENT_S - 3601}, (401, "stale")),
])  # fmt: skip
def test_what_nobody_can_use_is_refused_at_the_door(stack: TwiceStack, changed: dict[str, Any], answer: tuple[int, str]) -> None:
    """Given a seller whom nobody named, a market that is none, no days or no listings, when it is pushed, then nothing of it is kept."""
    before = everything(stack)

    assert push(stack, {**week("few", 0), **changed}) == answer
    assert push(stack, week("few", 0), key="nobody's") == (401, "bad signature")
    assert everything(stack) == before


def test_days_that_cannot_be_change_no_answer(stack: TwiceStack) -> None:
    """Given a push of days to come, when it is read, then it is refused with its reason, and the last answer stands."""
    before = told(stack, "better")
    ahead = {"start": str(TODAY + timedelta(days=9)), "end": str(TODAY + timedelta(days=9))}
    assert push(stack, {**week("better", 0), **ahead}) == (200, "ok")

    assert told(stack, "better") == before
    assert "DEMAND_PERIOD_INVALID" in repr(items(stack, "CatalogTable"))
    assert dead_letters(stack) == {}


def test_many_listings_are_looked_up_together(stack: TwiceStack) -> None:
    """Given a week of hundreds of listings, half of them told by their variants, when it comes, then reads go by the hundred."""
    catalog = Table(stack.tables["CatalogTable"])
    document = week("worse", 0)
    for one in document["listings"][::2]:
        catalog.put({"pk": f"variant#worse#{one['sku']}-red", "sk": "product", "sku": one["sku"]})
        one["sku"] += "-red"
    before = stack.meter.calls.copy()
    assert push(stack, {**document, "start": str(TODAY - timedelta(days=40)), "end": str(TODAY - timedelta(days=34))}) == (200, "ok")

    calls = stack.meter.calls - before
    assert calls["LearnDemandFunction", "dynamodb:BatchGetItem"] <= 2 * 4 * (LISTINGS // 100 + 1)
    assert calls["LearnDemandFunction", "dynamodb:GetItem"] < 20
    (compared,) = [
        one
        for one in TrafficTable(catalog.name).of_seller("TH", "worse", TODAY - timedelta(days=80))
        if one.period.end < TODAY - timedelta(days=30)
    ]
    assert len(compared.traffic) == LISTINGS
