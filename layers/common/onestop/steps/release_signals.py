"""Weeks of order signals become a market's own keyword reports: each told once, when it is over, as far as nobody is found in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from onestop.domain.demand.forms import Measure
from onestop.domain.demand.periods import Period
from onestop.domain.demand.report import Report
from onestop.domain.demand.signals import RAW_DAYS, Release, Signal, last_day_of, release_of, week_of
from onestop.steps.learn_demand import Demand

SOURCE = "own_orders"
WEEKS = RAW_DAYS // 7
"""Weeks back whose raw events are all still there."""


class Signals(Protocol):
    """Order lines as demand counts them, for thirty days."""

    def note(self, signal: Signal, *, line: str, at: datetime) -> None:
        """Keep a signal; the same line again is the same signal. ``line`` is a digest, never an order's number."""

    def of_week(self, market: str, week: str, *, now: datetime) -> Iterable[Signal]:
        """A week's signals whose time is not over."""


def release_weeks(market: str, *, signals: Signals, demand: Demand, now: datetime) -> int:
    """Put the weeks that are over, and were not told before, among the market's keyword reports; how many weeks were.

    A week that was told stays as it is: what comes late changes nothing, so that no two releases of it can be subtracted.
    """
    told = 0
    for back in range(1, WEEKS + 1):
        week = week_of(now.date() - timedelta(weeks=back))
        key = f"{SOURCE}/{week}"
        if not demand.holds(market, key, week):
            release = release_of(market, week, signals.of_week(market, week, now=now), now.date())
            told += bool(release.cells and demand.save(_report(release), key=key, version=week))
    return told


def _report(release: Release) -> Report:
    """The release as a report: keyword -> buyers, without anything that says who they are."""
    last = last_day_of(release.week)
    buyers: dict[str, int] = {}
    for cell in release.cells:
        if not cell.group:
            buyers[cell.keyword] = max(cell.buyers, buyers.get(cell.keyword, 0))
    made = Report(SOURCE, release.market, Period(last - timedelta(days=6), last), len(buyers), (), lambda: iter(()))
    return made._replace(rows=lambda: (made.row(keyword, {Measure.VOLUME: Decimal(count)}) for keyword, count in buyers.items()))
