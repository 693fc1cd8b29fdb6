"""A sweep goes segment by segment, goes on when time runs out, and asks for each listing once."""

from datetime import UTC, date, datetime
from decimal import Decimal

from onestop.adapters.packs import markets
from onestop.domain.commands import SweepPrices
from onestop.domain.pricing.fx import RateInForce
from onestop.steps.ports import IndexedListing
from onestop.steps.sweep_prices import sweep_prices, sweeps

RATE = RateInForce(base="SGD", quote="KRW", rate="1015", source="file", as_of=date(2026, 10, 30))
AT = datetime(2026, 10, 30, tzinfo=UTC)


class Index:
    """A market's listings, served ten at a time; the reads are counted."""

    def __init__(self, made_at, count=35):
        self.rows, self.reads = [IndexedListing("shop", f"A-{n}", 1, Decimal(made_at)) for n in range(count)], 0

    def in_force(self, _currency):
        """The rate of every currency."""
        return RATE

    def segment(self, _market, *, after="", **_):
        """Ten listings."""
        self.reads += 1
        start = int(after or 0)
        return self.rows[start : start + 10], str(start + 10) if start + 10 < len(self.rows) else ""


def run(index, left_ms):
    """Every command that a sweep and those that go on from it send."""
    waiting, asked, deliveries = sweeps(["SG"], markets(), RATE, AT), [], 0
    while waiting:
        command, sent = waiting.pop(), []
        sweep_prices(command, rates=index, index=index, send=sent.extend, dead_band=Decimal("0.01"), time_left_ms=lambda: left_ms)
        waiting += [one for one in sent if isinstance(one, SweepPrices)]
        asked += [one for one in sent if not isinstance(one, SweepPrices)]
        deliveries += 1
    return asked, deliveries


def test_every_listing_is_asked_for_once_however_little_time_there_is():
    """Given time for one segment or for all, when a market is swept, then the same 35 commands are sent."""
    (slow, deliveries), (quick, one) = run(Index("900"), 1_000), run(Index("900"), 60_000)
    assert (deliveries, one) == (4, 1)
    assert [command.sku for command in slow] == [f"A-{n}" for n in range(35)]
    assert slow == quick


def test_nothing_is_asked_for_where_the_rate_hardly_moved():
    """Given prices made within the dead band of the rate, when swept, then the index is read and nothing is sent."""
    index = Index("1010")
    assert run(index, 60_000) == ([], 1)
    assert index.reads == 4
