"""The best keywords of a market, with what they are measured by: small enough to be at hand wherever a text is written."""

from collections import Counter
from collections.abc import Iterable
from heapq import heappush, heappushpop
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.demand.forms import DEMAND_MEASURES, Measure
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranking import Figures, Scale
from onestop.domain.demand.report import KeywordDemand, Timeline

MOST_WORDS = 10_000
"""Keywords of a report that are kept, those in the greatest demand; behind them hardly anybody searches, and the bucket has the report."""


class MarketWord(NamedTuple):
    """One keyword and what its report tells of it; ``price`` is what such things mostly cost, in the market's currency."""

    keyword: str
    figures: Figures
    is_brand: bool = False
    price: float | None = None


class MarketReport(BaseModel):
    """A report's best keywords.

    Attributes:
        source: the export.
        start, end: the report's days, both included.
        scale: of the whole report, not of these keywords alone.
        words: the greatest demand first.
        timeline: of an export of Google Trends over time, by which it is put on one scale with others.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    source: str
    period: Period
    scale: Scale
    words: tuple[MarketWord, ...]
    timeline: Timeline | None = None


class Measuring:
    """Takes in a report's rows one by one and keeps what counts; its memory does not grow with the report.

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> days = Period(date(2026, 10, 1), date(2026, 10, 31))
        >>> row = KeywordDemand(keyword="tumbler", market="SG", source="keywords", period_start=days.start, period_end=days.end,
        ...                     figures={Measure.VOLUME: Decimal(9)})
        >>> measuring = Measuring()
        >>> measuring.take([row]), measuring.report("keywords", days).scale.demand_max
        (1, 9.0)
    """

    def __init__(self, most: int = MOST_WORDS) -> None:
        """``most`` keywords are kept."""
        self._most = most
        self._heaps: dict[Measure, list[tuple[float, int, MarketWord]]] = {measure: [] for measure in DEMAND_MEASURES}
        self._seen, self._clicks, self._orders = 0, 0.0, 0.0
        self._told = Counter[Measure]()
        self._rivals: Counter[float] = Counter()

    def take(self, rows: Iterable[KeywordDemand]) -> int:
        """Look at some rows; how many they were."""
        before = self._seen
        for row in rows:
            self._see(row)
        return self._seen - before

    def _see(self, row: KeywordDemand) -> None:
        self._seen += 1
        told = {measure.value: float(value) for measure, value in row.figures.items()}
        if "clicks" in told and "orders" in told:
            self._clicks, self._orders = self._clicks + told["clicks"], self._orders + told["orders"]
        if "competition" in told:
            self._rivals[_three_digits(told["competition"])] += 1
        for measure in DEMAND_MEASURES:
            if (demand := told.get(measure.value)) is not None:
                self._told[measure] += 1
                figures = Figures(demand, told.get("clicks"), told.get("orders"), told.get("competition"), told.get("trend"))
                self._keep(self._heaps[measure], demand, MarketWord(row.keyword, figures, row.is_brand, told.get("price")))

    def _keep(self, heap: list[tuple[float, int, MarketWord]], demand: float, word: MarketWord) -> None:
        entry = (demand, -self._seen, word)
        if len(heap) < self._most:
            heappush(heap, entry)
        else:
            heappushpop(heap, entry)

    def report(self, source: str, period: Period, timeline: Timeline | None = None) -> MarketReport:
        """What was seen; a keyword without the figure that stands for demand in this report is not in it, see ``unranked``."""
        heap = next((heap for heap in self._heaps.values() if heap), [])
        words = tuple(word for _, _, word in sorted(heap, reverse=True))
        scale = Scale(
            demand_max=words[0].figures.demand if words else 0.0,
            conversion=self._orders / self._clicks if self._clicks and self._orders else None,
            competition=self._middle_rivals(),
        )
        return MarketReport(source=source, period=period, scale=scale, words=words, timeline=timeline)

    @property
    def unranked(self) -> int:
        """Keywords that have no figure for demand, or not the one that the report is ranked by."""
        return self._seen - next((self._told[measure] for measure in DEMAND_MEASURES if measure in self._told), 0)

    def _middle_rivals(self) -> float | None:
        """The median of the competition, of an even number the upper one; to three digits."""
        left = self._rivals.total() // 2
        for rivals, count in sorted(self._rivals.items()):
            left -= count
            if left < 0:
                return rivals
        return None


def _three_digits(value: float) -> float:
    """A figure so rounded that any number of them has few different ones."""
    return float(f"{value:.3g}")
