"""Exchange rates through the real template: judged, kept once a day, and felt only by the listings whose rate really moved."""

import contextlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from local.demo import FIRST_DAY
from onestop.adapters import aws
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.rates import RatesTable
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedPrice, Listing
from onestop.domain.pricing.fx import RateInForce
from onestop.domain.pricing.quote import FxRate
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters, everything, items, objects
from tests.support.watched_stack import WatchedStack

NOTES = "A-3,무선 노트 A5 80매 3권,8900,3200,220,620,문구>노트,a.jpg"
RATES = {"SGD": "1000", "THB": "40", "VND": "0.055", "MYR": "330", "PHP": "24"}


class Crash(BaseException):
    """The machine is gone."""


@pytest.fixture
def shop() -> Iterator[WatchedStack]:
    """A stack that was never given a rate, with the seller's picture in it."""
    with WatchedStack() as stack:
        stack.live_on(FIRST_DAY)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        yield stack


@pytest.fixture
def listed(shop: WatchedStack) -> WatchedStack:
    """A stack in which one product is listed at the rates of the first day."""
    refresh(shop)
    list_products(shop, PENS)
    shop.delivered.clear()
    return shop


def list_products(stack: WatchedStack, *rows: str) -> None:
    """Upload a catalogue and let it through."""
    stack.upload(f"{SELLER}/{len(rows)}.csv", catalogue(*rows))
    stack.pump()


def refresh_on(stack: WatchedStack, day: date) -> dict[str, str]:
    """Let the schedule go off on a day, and everything that it caused come to rest; currency -> decision."""
    stack.live_on(day)
    schedule = stack.wiring.schedule_of("RefreshFxFunction")
    decisions: dict[str, str] = stack.fire(schedule)
    stack.pump()
    return decisions


def listings(stack: WatchedStack, sku: str = "A-2") -> dict[str, Listing]:
    """Market -> listing of a product."""
    return {market: known.listing for market, known in ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku).items()}


def rate_of(price: ListedPrice | None) -> FxRate:
    """The rate that a price rests on."""
    assert price
    assert price.fx
    return price.fx


def stored(stack: WatchedStack) -> dict[str, Any]:
    """Market -> the listing item and the feed file, whole."""
    feeds = {key: data for key, data in objects(stack, "ResultsBucket").items() if "/feed/" in key}
    return {
        sk[-2:]: (item, [data for key, data in feeds.items() if f"/{sk[-2:]}/" in key])
        for (_, sk), item in items(stack, "ListingsTable").items()
    }


def commands(stack: WatchedStack) -> list[tuple[str, ...]]:
    """The markets that each delivered price command names."""
    return [tuple(json.loads(body)["markets"]) for function, body, _ in stack.delivered if function == "AdaptPriceFunction"]


def in_force(stack: WatchedStack, currency: str) -> RateInForce:
    """The rate that quotes use."""
    rate = RatesTable(stack.tables["RatesTable"]).in_force(currency)
    assert rate
    return rate


class RateBook:
    """A rate file that a stack reads, and the days that pass."""

    def __init__(self, stack: WatchedStack, path: Path) -> None:
        """The first day's rates are in force, and one product is listed at them."""
        self._stack, self._path, self._lines, self.day = stack, path, ["currency,krw_per_unit,as_of"], FIRST_DAY
        stack.rates_from(f"file:{path}")
        self.publish()
        list_products(stack, PENS)
        stack.delivered.clear()

    def publish(self, **changed: str) -> dict[str, str]:
        """One more day's rates come out and are taken in; currency -> decision."""
        self.day += timedelta(days=1)
        self._lines += [f"{currency},{rate},{self.day}" for currency, rate in {**RATES, **changed}.items()]
        self._path.write_text("\n".join(self._lines))
        return refresh_on(self._stack, self.day)


@pytest.fixture
def book(shop: WatchedStack, tmp_path: Path) -> RateBook:
    """A rate file with one day in it, and one product listed at its rates."""
    return RateBook(shop, tmp_path / "rates.csv")


def test_a_refresh_repeated_on_a_day_changes_nothing_and_sends_nothing(listed: WatchedStack) -> None:
    """Given a day whose rates were taken in, when the schedule goes off again, then not a byte changes and no message goes out."""
    refresh_on(listed, DAY)
    before, sent = everything(listed), dict(listed.meter.sent)

    decisions = refresh_on(listed, DAY)

    assert set(decisions.values()) == {"duplicate"}
    assert everything(listed) == before
    assert dict(listed.meter.sent) == sent


def test_only_the_market_whose_rate_really_moved_is_priced_again(listed: WatchedStack) -> None:
    """Given two weeks in which only the baht moved, when rates are refreshed, then only Thailand's listing changes in any byte."""
    before, prices = stored(listed), {market: one.price for market, one in listings(listed).items()}

    refresh_on(listed, DAY)

    after = stored(listed)
    assert commands(listed) == [("TH",)]
    assert {market for market in after if after[market] != before[market]} == {"TH"}
    old, new = prices["TH"], listings(listed)["TH"].price
    assert (rate_of(old).as_of, rate_of(new).as_of) == (FIRST_DAY, DAY)
    assert (old and old.amount) != (new and new.amount)
    assert in_force(listed, "THB").anchor == in_force(listed, "THB").rate
    assert in_force(listed, "SGD").anchor != in_force(listed, "SGD").rate
    assert in_force(listed, "SGD").as_of == DAY


def test_small_moves_add_up_against_the_rate_that_listings_were_priced_at(shop: WatchedStack, book: RateBook) -> None:
    """Given moves of 0.6 % a day, when the second comes, then it is measured from the anchor and Singapore is priced again, once."""
    book.publish(SGD="1006")
    assert commands(shop) == []
    assert (in_force(shop, "SGD").rate, in_force(shop, "SGD").anchor) == (1006, 1000)

    book.publish(SGD="1012")
    assert commands(shop) == [("SG",)]
    assert (in_force(shop, "SGD").rate, in_force(shop, "SGD").anchor) == (1012, 1012)

    book.publish(SGD="1006")
    assert commands(shop) == [("SG",)]


def test_a_jump_waits_until_the_next_print_confirms_it(shop: WatchedStack, book: RateBook) -> None:
    """Given a jump of 20 %, when it is published, then the last good rate stays; when the next day says the same, it is used."""
    before = stored(shop)

    assert book.publish(SGD="1200")["SGD"] == "quarantined"
    assert commands(shop) == []
    assert stored(shop) == before
    waiting = in_force(shop, "SGD")
    assert (waiting.rate, waiting.pending.rate if waiting.pending else None) == (1000, 1200)

    assert book.publish(SGD="1201")["SGD"] == "released"
    assert commands(shop) == [("SG",)]
    assert (in_force(shop, "SGD").rate, in_force(shop, "SGD").pending) == (1201, None)
    assert rate_of(listings(shop)["SG"].price).rate == 1201


def test_new_prices_during_a_quarantine_use_the_last_good_rate(shop: WatchedStack, book: RateBook) -> None:
    """Given a jump that waits, when a product is listed, then its price rests on the rate in force, not on the jump."""
    book.publish(SGD="1200")

    list_products(shop, PENS, NOTES)

    assert rate_of(listings(shop, "A-3")["SG"].price).rate == Decimal(1000)


def test_a_slip_of_one_print_goes_away_unseen(shop: WatchedStack, book: RateBook) -> None:
    """Given a jump that the next print does not confirm, when that comes, then nothing was ever priced with it."""
    before = stored(shop)

    assert book.publish(VND="0.0055")["VND"] == "rejected"
    assert book.publish(THB="48")["THB"] == "quarantined"
    assert book.publish()["THB"] == "accepted"

    assert commands(shop) == []
    assert stored(shop) == before
    assert in_force(shop, "THB").pending is None


def test_a_stale_rate_makes_no_new_price_and_leaves_what_is_listed(listed: WatchedStack) -> None:
    """Given rates that nobody renewed for a month, when a product comes, then it is held for that reason; the listed one stays."""
    before = stored(listed)

    decisions = refresh_on(listed, DAY + timedelta(days=30))
    assert set(decisions.values()) == {"stale", "missing"}
    assert commands(listed) == []
    assert stored(listed) == before

    list_products(listed, PENS, NOTES)
    held = listings(listed, "A-3")
    assert sorted(held) == ["SG", "TH", "VN"]
    for market, listing in held.items():
        (finding,) = [one for one in listing.findings if one.severity.value == "error"]
        assert (finding.code, listing.status.value, listing.price) == ("FX_STALE", "blocked", None)
        assert market in finding.message_ko
        assert str(FIRST_DAY) in finding.message_en
    assert stored_of(listed, "A-2") == {market: item for market, (item, _) in before.items()}
    assert dead_letters(listed) == {}


def stored_of(stack: WatchedStack, sku: str) -> dict[str, Any]:
    """Market -> listing item of one product."""
    return {sk[-2:]: item for (pk, sk), item in items(stack, "ListingsTable").items() if pk.endswith(f"#{sku}")}


@pytest.mark.parametrize("moment", ["before-call.dynamodb.Query", "before-call.sqs.SendMessageBatch", "after-call.sqs.SendMessageBatch"])
def test_a_crash_between_the_rate_and_its_price_commands_is_made_good(listed: WatchedStack, moment: str) -> None:
    """Given a machine that dies after the new rate is kept, when the schedule goes off again, then the market is priced again."""
    crashes: list[str] = []

    def crash(**_: Any) -> None:
        if listed._running == "RefreshFxFunction" and not crashes:
            crashes.append(moment)
            raise Crash

    for service in ("dynamodb", "sqs"):
        aws.client(service).meta.events.register(moment, crash)
    with contextlib.suppress(Crash):
        refresh_on(listed, DAY)
    assert crashes
    assert in_force(listed, "THB").as_of == DAY

    refresh_on(listed, DAY)

    assert set(commands(listed)) == {("TH",)}
    assert in_force(listed, "THB").anchor == in_force(listed, "THB").rate
    assert rate_of(listings(listed)["TH"].price).as_of == DAY


def test_the_first_rate_of_a_currency_frees_what_waited_for_it(shop: WatchedStack) -> None:
    """Given a product that came before any rate, when the first refresh runs, then its listings are priced and ready."""
    list_products(shop, PENS)
    held = listings(shop)
    codes = {market: [one.code for one in listing.findings if one.severity.value == "error"] for market, listing in held.items()}
    assert codes == {"SG": ["FX_MISSING"], "TH": ["FX_MISSING"], "VN": ["FX_MISSING"]}
    assert {listing.status.value for listing in held.values()} == {"blocked"}

    assert set(refresh_on(shop, FIRST_DAY).values()) == {"accepted"}

    assert {market: listing.status.value for market, listing in listings(shop).items()} == {"SG": "ready", "TH": "ready", "VN": "ready"}
    assert all(listing.price for listing in listings(shop).values())


def test_a_rate_file_that_breaks_changes_nothing(shop: WatchedStack, book: RateBook, tmp_path: Path) -> None:
    """Given a rate file with a zero, when the schedule goes off, then the refresh fails whole and every rate stays as it was."""
    before = everything(shop)
    (tmp_path / "rates.csv").write_text(f"currency,krw_per_unit,as_of\nSGD,1010,{book.day}\nTHB,0,{book.day}\n")

    with pytest.raises(PermanentError, match="FX_RATE_ZERO"):
        refresh_on(shop, book.day + timedelta(days=1))

    assert everything(shop) == before
