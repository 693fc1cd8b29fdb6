"""The keywords of a market's reports, ranked for one product; each report is measured by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from onestop.domain.demand.market_words import MarketReport, MarketWord
from onestop.domain.demand.ranking import Score, decay, score
from onestop.domain.demand.relevance import Gate, start_of, words_of
from onestop.domain.findings import Finding


class Ranked(NamedTuple):
    """A keyword, what it is worth to the product, and the report that says so; ``score.why()`` explains it in one line."""

    keyword: str
    score: Score
    demand: float
    report: MarketReport


def rank(reports: Iterable[MarketReport], gate: Gate, as_of: date) -> list[Ranked]:
    """Every keyword once, the best first, those of no worth last.

    Demand and competition are measured against the other words of the same report, for an index has no unit outside of it. Of a
    keyword in several reports the row counts that makes it worth the most, which, with ``decay``, is mostly the latest.

    Args:
        reports: of the market.
        gate: the product's.
        as_of: the day.

    Example:
        >>> from onestop.domain.demand.periods import Period
        >>> from onestop.domain.demand.ranking import Figures, Scale
        >>> from onestop.domain.demand.relevance import Naming
        >>> words = tuple(MarketWord(word, Figures(9.0)) for word in ("dress", "tumbler"))
        >>> days = Period(date(2026, 10, 1), date(2026, 10, 31))
        >>> report = MarketReport(source="keywords", period=days, scale=Scale(9.0), words=words)
        >>> [(one.keyword, one.score.why()) for one in rank([report], Gate(Naming(frozenset({"tumbler"}))), date(2026, 10, 31))]
        ... # doctest: +ELLIPSIS
        [('tumbler', '0.2500 = popularity 1 × relevance 0.5 × ...'), ('dress', '0: "dress" is not true of the product')]
    """
    return _best_first(_scored(((report, report.words) for report in reports), gate, as_of))


class Ranking:
    """A market's reports made ready to be ranked for many products: only keywords that may be true of one are looked at for it.

    Args:
        reports: of the market.
        function_words: of its language; no keyword is looked for by them.
        findings: what is to be said of the reports together.
    """

    def __init__(
        self, reports: Iterable[MarketReport], function_words: Collection[str] = (), *, findings: tuple[Finding, ...] = ()
    ) -> None:
        self.reports, self.function_words, self.findings = tuple(reports), frozenset(function_words), findings
        self._by_start: list[dict[str, list[MarketWord]]] = []
        for report in self.reports:
            by_start: defaultdict[str, list[MarketWord]] = defaultdict(list)
            for word in report.words:
                content = [part for part in words_of(word.keyword) if part not in function_words]
                if content:  # every one of them has to be true of the product, so the longest, which fewest have, leads to it
                    by_start[start_of(max(content, key=len))].append(word)
            self._by_start.append(dict(by_start))

    def of(self, gate: Gate, as_of: date) -> list[Ranked]:
        """The keywords that are worth anything to a product, the best first: what ``rank`` gives, without those of no worth."""
        found = zip(self.reports, (self._near(by_start, gate) for by_start in self._by_start), strict=True)
        return [one for one in _best_first(_scored(found, gate, as_of)) if one.score.value > 0]

    def near(self, gate: Gate) -> Iterator[MarketWord]:
        """The keywords that may be true of a product, those of no worth among them."""
        return chain.from_iterable(self._near(by_start, gate) for by_start in self._by_start)

    @staticmethod
    def _near(by_start: dict[str, list[MarketWord]], gate: Gate) -> Iterator[MarketWord]:
        for start in by_start if gate.has_single_letters else gate.starts & by_start.keys():
            yield from by_start[start]


def _scored(found: Iterable[tuple[MarketReport, Iterable[MarketWord]]], gate: Gate, as_of: date) -> Iterator[Ranked]:
    for report, words in found:
        fresh = decay(report.period.start, report.period.end, as_of)
        for word in words:
            relevance = gate.relevance(word.keyword, is_brand=word.is_brand)
            yield Ranked(word.keyword, score(word.figures, report.scale, relevance, decay=fresh), word.figures.demand, report)


def _best_first(scored: Iterable[Ranked]) -> list[Ranked]:
    best: dict[str, Ranked] = {}
    for ranked in scored:
        known = best.get(ranked.keyword)
        if known is None or ranked.score.value > known.score.value:
            best[ranked.keyword] = ranked
    return sorted(best.values(), key=lambda one: (-one.score.value, one.keyword))
