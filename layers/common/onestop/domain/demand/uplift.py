"""Whether titles that follow demand do better than those held out: a ratio, how sure it is, or that there is not enough to say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from math import exp, inf, log, sqrt
from typing import NamedTuple

from onestop.domain.demand.periods import Period

MIN_LISTINGS, MIN_EVENTS = 20, 30
"""So many listings with traffic, and so many clicks (or orders), each side has to have; below it the interval would be a guess (U)."""

_Z95 = 1.959964
"""Of a normal distribution, 95 in 100 lie within it."""


class Rate(StrEnum):
    """What is compared: clicks per impression, or orders per click."""

    CLICKS = "clicks"
    ORDERS = "orders"


class Traffic(NamedTuple):
    """What one listing saw since its title follows demand, or since its neighbours' do.

    Attributes:
        held_out: whether it keeps its usual title, ``is_held_out``.
        impressions, clicks, orders: counts.
    """

    held_out: bool
    impressions: int
    clicks: int
    orders: int


class Compared(NamedTuple):
    """What one report tells of listings that may be compared.

    Attributes:
        period: its days.
        at: when it was dropped or pushed, UTC.
        traffic: SKU -> what the listing saw.
    """

    period: Period
    at: datetime
    traffic: dict[str, Traffic]


class Uplift(NamedTuple):
    """How much better the steered titles do.

    Attributes:
        rate: what is compared.
        steered, held_out: listings on either side that were seen.
        ratio: 0.1 for a tenth more; None when there is not enough data.
        low, high: where the true ratio lies in 95 of 100 such comparisons; None when there is not enough data.
    """

    rate: Rate
    steered: int
    held_out: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def verdict(self) -> str:
        """``better``, ``worse``, ``no_difference`` (the interval holds 0) or ``not_enough_data``."""
        if self.low is None or self.high is None:
            return "not_enough_data"
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "no_difference"


class _Side(NamedTuple):
    listings: int
    events: int
    rate: float
    variance: float


def summed(reports: Iterable[Compared]) -> dict[str, Traffic]:
    """SKU -> all that its listing saw in some reports, no day of it twice.

    Of reports that share days the longer one counts for a listing, for it holds what the shorter tells; of two as long, the later.

    Example:
        >>> from datetime import UTC, date
        >>> def report(first, last, clicks):
        ...     days = Period(date(2026, 10, first), date(2026, 10, last))
        ...     return Compared(days, datetime(2026, 11, first, tzinfo=UTC), {"A-1": Traffic(False, 100, clicks, 0)})
        >>> summed([report(1, 1, 5), report(2, 2, 7), report(3, 3, 9), report(1, 2, 12)])
        {'A-1': Traffic(held_out=False, impressions=200, clicks=21, orders=0)}
    """
    sums: dict[str, Traffic] = {}
    told: defaultdict[str, list[Period]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (one.period.end - one.period.start, one.at), reverse=True):
        for sku, seen in report.traffic.items():
            if not any(days.start <= report.period.end and report.period.start <= days.end for days in told[sku]):
                told[sku].append(report.period)
                before = sums.get(sku, Traffic(seen.held_out, 0, 0, 0))
                sums[sku] = Traffic(seen.held_out, *(one + other for one, other in zip(before[1:], seen[1:], strict=True)))
    return sums


def uplift(traffic: Iterable[Traffic], rate: Rate) -> Uplift:
    """The ratio of the two rates, less one, with its interval.

    Listings, not impressions, were assigned, and those of one listing are alike; so the spread is taken between listings: the rate of a
    side is Σ events / Σ chances, its variance that of a ratio of means (Cochran, Sampling Techniques, 6.3), the interval that of the
    logarithm of the ratio, widened for few listings as Student's t is.

    Example:
        >>> few = [Traffic(held_out, 100, 10, 1) for held_out in (True, False)]
        >>> uplift(few, Rate.CLICKS).verdict
        'not_enough_data'
    """
    seen = [(one.held_out, *_counts(one, rate)) for one in traffic]
    sides = [_side([(chances, events) for held_out, chances, events in seen if held_out is side and chances]) for side in (False, True)]
    steered, held = sides
    counts = Uplift(rate, steered.listings, held.listings)
    if any(side.listings < MIN_LISTINGS or side.events < MIN_EVENTS for side in sides):
        return counts
    error = sqrt(sum(side.variance / side.rate**2 for side in sides))
    middle, half = log(steered.rate / held.rate), _student(min(side.listings for side in sides) - 1) * error
    return counts._replace(ratio=exp(middle) - 1, low=exp(middle - half) - 1, high=exp(middle + half) - 1)


def _counts(one: Traffic, rate: Rate) -> tuple[int, int]:
    return (one.impressions, one.clicks) if rate is Rate.CLICKS else (one.clicks, one.orders)


def _side(listings: Sequence[tuple[int, int]]) -> _Side:
    """The rate of one side, with the variance that listings which differ give it."""
    count, chances, events = len(listings), sum(chances for chances, _ in listings), sum(events for _, events in listings)
    if count < 2 or not chances:
        return _Side(count, events, 0.0, inf)
    rate = events / chances
    spread = sum((found - rate * seen) ** 2 for seen, found in listings)
    return _Side(count, events, rate, spread * count / ((count - 1) * chances**2))


def _student(freedom: int) -> float:
    """The 97.5 % point of Student's t, to the second term of its expansion (Abramowitz and Stegun, 26.7.5).

    Example:
        >>> round(_student(19), 3), round(_student(10_000), 3)
        (2.093, 1.96)
    """
    z = _Z95
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
