"""Which searched words are worth the most to one product: popularity, relevance, conversion, competition and trend in one figure."""

from collections.abc import Iterable
from datetime import date
from math import log1p
from typing import NamedTuple

from onestop.domain.demand.relevance import Relevance

SHRINK_CLICKS = 200
"""So many clicks at the mean rate are added to each word's own (``a``), so that three lucky clicks prove nothing."""

TREND_WEIGHT = 0.25
"""How much a word gains whose demand doubled, and loses whose demand is gone."""

HALF_LIFE_DAYS = 28
"""After so many days figures weigh half; those of a longer period, after as long as their period. Our own choice, grade U."""


class Figures(NamedTuple):
    """What one report tells of a keyword; None where it tells nothing.

    Attributes:
        demand: searches, or an index; comparable within one report only.
        clicks, orders: counts of the period.
        competition: listings, or an index, comparable within one report only.
        trend: growth against the period before, 1 for doubled.
    """

    demand: float
    clicks: float | None = None
    orders: float | None = None
    competition: float | None = None
    trend: float | None = None


class Scale(NamedTuple):
    """What the figures of one report are measured by.

    Attributes:
        demand_max: the highest demand in it (``v_max``).
        conversion: orders per click of all its words together (``CVR_0``); None without clicks or orders.
        competition: the median, the upper one of two (``m``); None without figures.
    """

    demand_max: float
    conversion: float | None = None
    competition: float | None = None


class Score(NamedTuple):
    """A keyword's worth for a product, and the factors whose product it is."""

    value: float
    popularity: float
    relevance: Relevance
    conversion: float
    competition: float
    trend: float
    decay: float

    def why(self) -> str:
        """The score in one line, English.

        Example:
            >>> score(Figures(99), Scale(99), Relevance(0, "dress")).why()
            '0: "dress" is not true of the product'
        """
        if self.relevance.is_brand:
            return f'0: "{self.relevance.reason}" is another brand'
        if self.relevance.share == 0:
            return f'0: "{self.relevance.reason}" is not true of the product'
        return f"{self.value:.4f} = " + " × ".join(f"{name} {value:.3g}" for (_, name), value in self._factors())

    def why_ko(self) -> str:
        """The score in one line, Korean.

        Example:
            >>> score(Figures(99), Scale(99), Relevance(0.5)).why_ko()
            '0.2500 = 검색량 1 × 관련도 0.5 × 전환율 1 × 경쟁 0.5 × 추세 1 × 최신성 1'
        """
        if self.relevance.is_brand:
            return f"0: '{self.relevance.reason}'은(는) 다른 브랜드"
        if self.relevance.share == 0:
            return f"0: '{self.relevance.reason}'은(는) 이 상품에 해당하지 않음"
        return f"{self.value:.4f} = " + " × ".join(f"{name} {value:.3g}" for (name, _), value in self._factors())

    def _factors(self) -> tuple[tuple[tuple[str, str], float], ...]:
        return (
            (("검색량", "popularity"), self.popularity), (("관련도", "relevance"), self.relevance.share),
            (("전환율", "conversion"), self.conversion), (("경쟁", "competition"), self.competition),
            (("추세", "trend"), self.trend), (("최신성", "recency"), self.decay),
        )  # fmt: skip


def scale_of(figures: Iterable[Figures]) -> Scale:
    """What the words of one report are measured by; never mix reports, whose indices have different units.

    Example:
        >>> scale_of([Figures(100, clicks=50, orders=1, competition=9), Figures(60, clicks=50, orders=4, competition=3)])
        Scale(demand_max=100, conversion=0.05, competition=9)
    """
    known = list(figures)
    rated = [(one.clicks, one.orders) for one in known if one.clicks is not None and one.orders is not None]
    clicks, orders = sum(clicks for clicks, _ in rated), sum(orders for _, orders in rated)
    rivals = sorted(one.competition for one in known if one.competition is not None)
    return Scale(
        demand_max=max((one.demand for one in known), default=0),
        conversion=orders / clicks if clicks and orders else None,
        competition=rivals[len(rivals) // 2] if rivals else None,
    )


def score(figures: Figures, scale: Scale, relevance: Relevance, *, decay: float = 1.0) -> Score:
    """The worth of a keyword for a product.

    ``log1p(v)/log1p(v_max) × R × (CVR_s/CVR_0) × m/(m+L) × (1 + 0.25·clip(trend, −1, 1))`` with
    ``CVR_s = (orders + a·CVR_0)/(clicks + a)``: popularity × relevance × conversion ÷ competition, the sellers' classic, with the
    conversion shrunk to the mean of the report. What a report does not tell counts as its mean: conversion 1, competition 1/2, trend 1.

    Args:
        figures: the keyword's.
        scale: of the same report.
        relevance: of the keyword to the product.
        decay: what the figures still weigh, ``decay()``.

    Example:
        >>> score(Figures(8000, 700, 42, 30000), Scale(60000, 224 / 6360, 90000), Relevance(1.0)).why()
        '0.9479 = popularity 0.817 × relevance 1 × conversion 1.55 × competition 0.75 × trend 1 × recency 1'
    """
    popularity = log1p(figures.demand) / log1p(scale.demand_max) if scale.demand_max > 0 else 0.0
    conversion = _conversion(figures, scale)
    competition = _competition(figures, scale)
    trend = 1 + TREND_WEIGHT * max(-1.0, min(1.0, figures.trend or 0.0))
    value = popularity * relevance.share * conversion * competition * trend * decay
    return Score(value, popularity, relevance, conversion, competition, trend, decay)


def _conversion(figures: Figures, scale: Scale) -> float:
    if not scale.conversion or figures.clicks is None or figures.orders is None:
        return 1.0
    shrunk = (figures.orders + SHRINK_CLICKS * scale.conversion) / (figures.clicks + SHRINK_CLICKS)
    return shrunk / scale.conversion


def _competition(figures: Figures, scale: Scale) -> float:
    if not scale.competition or figures.competition is None:
        return 0.5
    return scale.competition / (scale.competition + figures.competition)


def decay(start: date, end: date, as_of: date) -> float:
    """What the figures of a period, both days included, still weigh on a day: 1 at its end, a half after its half-life.

    Example:
        >>> decay(date(2026, 10, 1), date(2026, 10, 28), date(2026, 11, 25))
        0.5
    """
    half_life = max(HALF_LIFE_DAYS, (end - start).days + 1)
    return float(0.5 ** (max(0, (as_of - end).days) / half_life))
