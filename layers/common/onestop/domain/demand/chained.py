"""Exports of Google Trends on one scale, as far as they share an anchor: a keyword of both, on the same days.

Each export is an index of its own, 100 at its highest point (text reference, section 12). Two that share an anchor differ by one factor:
how the anchor's points in the one compare to those in the other. Without an anchor nothing compares them.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from math import fsum
from typing import NamedTuple

from onestop.domain.demand.market_words import MarketReport
from onestop.domain.demand.report import Timeline
from onestop.domain.findings import Finding

MIN_ANCHOR_INDEX = 1.0
"""What an anchor has to be in both exports, on the mean; below it, rounding is all that would be compared (U)."""

HIGHEST = 100.0
"""The highest point of an export, and so of those on one scale."""


class Chained(NamedTuple):
    """A market's reports, those of Google Trends on one scale where they share anchors, and what is to be said of it."""

    reports: tuple[MarketReport, ...]
    findings: tuple[Finding, ...]


class _Link(NamedTuple):
    """How one export compares to another; ``weight`` is how well it is known, ``factor`` makes the other's points those of the first."""

    weight: float
    factor: float


def chained(reports: Iterable[MarketReport]) -> Chained:
    """The same reports in their order; what is no export over time, or shares no anchor, is as it was.

    Exports that hang together become what one export of all their terms would be: its highest point is 100. Of several ways from one to
    another that with the greatest anchors counts, for it suffers least from rounding to whole figures.

    Example:
        >>> from datetime import date
        >>> from onestop.domain.demand.periods import Period
        >>> from onestop.domain.demand.ranking import Figures, Scale
        >>> from onestop.domain.demand.market_words import MarketWord
        >>> days = Period(date(2026, 10, 4), date(2026, 10, 10))
        >>> def export(**means):
        ...     words = tuple(MarketWord(word, Figures(mean)) for word, mean in means.items())
        ...     points = {word: {days.start: mean} for word, mean in means.items()}
        ...     return MarketReport(source="google_trends", period=days, scale=Scale(100.0), words=words, timeline=Timeline("", 7, points))
        >>> one, other = chained([export(tumbler=100.0, cup=50.0), export(cup=100.0, mug=20.0)]).reports
        >>> [(word.keyword, word.figures.demand) for word in other.words], other.scale.demand_max
        ([('cup', 50.0), ('mug', 10.0)], 100.0)
    """
    held = list(reports)
    timed = [(place, report.timeline) for place, report in enumerate(held) if report.timeline]
    groups = list(_groups([timeline for _, timeline in timed]))
    for group in groups:
        highest = max(factor * _highest(timed[at][1]) for at, factor in group.items())
        if len(group) > 1 and highest:
            scaled = {timed[at][0]: _scaled(held[timed[at][0]], factor * HIGHEST / highest) for at, factor in group.items()}
            top = max(report.scale.demand_max for report in scaled.values())
            for place, report in scaled.items():
                held[place] = report.model_copy(update={"scale": report.scale._replace(demand_max=top)})
    apart = (Finding.of("DEMAND_TRENDS_APART", count=len(timed), groups=len(groups)),) if len(groups) > 1 else ()
    return Chained(tuple(held), apart)


def _groups(timelines: Sequence[Timeline]) -> Iterator[dict[int, float]]:
    """Exports that hang together: the place of each, and the factor that makes its points those of the first of them.

    Each group grows from its first export by the best link that leads out of it (Prim's algorithm), so it is a tree of the best links.
    """
    left = set(range(len(timelines)))
    while left:
        factors: dict[int, float] = {}
        ways = [(0.0, min(left), 1.0)]
        while ways:
            _, at, factor = heappop(ways)
            if at in factors:
                continue
            factors[at] = factor
            left.discard(at)
            for other in left:
                if link := _link(timelines[at], timelines[other]):
                    heappush(ways, (-link.weight, other, factor * link.factor))
        yield factors


def _link(one: Timeline, other: Timeline) -> _Link | None:
    """How two exports compare by what they share; None where that is nothing, or too little."""
    if (one.about, one.step_days) != (other.about, other.step_days):
        return None
    shared = [
        (points[day], theirs[day])
        for keyword, points in one.points.items()
        for theirs in [other.points.get(keyword, {})]
        for day in points.keys() & theirs.keys()
    ]
    ours, their = fsum(point for point, _ in shared), fsum(point for _, point in shared)
    weight = min(ours, their)
    return _Link(weight, ours / their) if shared and weight / len(shared) >= MIN_ANCHOR_INDEX else None


def _highest(timeline: Timeline) -> float:
    return max((point for points in timeline.points.values() for point in points.values()), default=0.0)


def _scaled(report: MarketReport, factor: float) -> MarketReport:
    """The report in another unit."""
    words = tuple(word._replace(figures=word.figures._replace(demand=word.figures.demand * factor)) for word in report.words)
    return report.model_copy(update={"words": words, "scale": report.scale._replace(demand_max=report.scale.demand_max * factor)})
