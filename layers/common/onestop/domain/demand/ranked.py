"""The keywords of a market's reports, ranked for one product; each report is measured by itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from onestop.domain.demand.forms import DEMAND_MEASURES, Measure
from onestop.domain.demand.ranking import Figures, Score, decay, scale_of, score
from onestop.domain.demand.relevance import Gate
from onestop.domain.demand.report import KeywordDemand


class Ranked(NamedTuple):
    """A keyword, what it is worth to the product, and the row that says so; ``score.why()`` explains it in one line."""

    keyword: str
    score: Score
    row: KeywordDemand


def rank(reports: Iterable[Sequence[KeywordDemand]], gate: Gate, as_of: date) -> list[Ranked]:
    """Every keyword once, the best first, those of no worth last.

    Demand and competition are measured against the other words of the same report, for an index has no unit outside of it. Of a
    keyword in several reports the row counts that makes it worth the most, which, with ``decay``, is mostly the latest.

    Args:
        reports: the rows of each report of the market.
        gate: the product's.
        as_of: the day.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.demand.relevance import Naming
        >>> month = {"market": "SG", "source": "keywords", "period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31)}
        >>> rows = [KeywordDemand(keyword=word, figures={Measure.VOLUME: Decimal(9)}, **month) for word in ("dress", "tumbler")]
        >>> [(one.keyword, one.score.why()) for one in rank([rows], Gate(Naming(frozenset({"tumbler"}))), date(2026, 10, 31))]
        ... # doctest: +ELLIPSIS
        [('tumbler', '0.2500 = popularity 1 × relevance 0.5 × ...'), ('dress', '0: "dress" is not true of the product')]
    """
    best: dict[str, Ranked] = {}
    for rows in reports:
        for ranked in _measured(rows, gate, as_of):
            known = best.get(ranked.keyword)
            if known is None or ranked.score.value > known.score.value:
                best[ranked.keyword] = ranked
    return sorted(best.values(), key=lambda one: (-one.score.value, one.keyword))


def _measured(rows: Sequence[KeywordDemand], gate: Gate, as_of: date) -> Iterable[Ranked]:
    demand = next((measure for measure in DEMAND_MEASURES if any(measure in row.figures for row in rows)), Measure.VOLUME)
    figures = [_figures(row, demand) for row in rows]
    scale = scale_of(figures)
    for row, told in zip(rows, figures, strict=True):
        fresh = decay(row.period_start, row.period_end, as_of)
        yield Ranked(row.keyword, score(told, scale, gate.relevance(row.keyword, is_brand=row.is_brand), decay=fresh), row)


def _figures(row: KeywordDemand, demand: Measure) -> Figures:
    told = {measure.value: float(value) for measure, value in row.figures.items()}
    return Figures(told.get(demand.value, 0.0), told.get("clicks"), told.get("orders"), told.get("competition"), told.get("trend"))
