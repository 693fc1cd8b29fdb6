"""Exports of Google Trends come onto one scale through what they share, and through nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.demand_forms import demand_forms
from onestop.domain.demand.chained import chained
from onestop.domain.demand.market_words import MarketReport, MarketWord, Measuring
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranking import Figures, Scale
from onestop.domain.demand.read_report import looks_like_report, read_report
from onestop.domain.demand.report import Sheet

FIRST = date(2026, 9, 6)
WEEKS = 4

Series = Mapping[str, Sequence[float]]
SERIES = st.lists(st.lists(st.floats(10, 1000), min_size=WEEKS, max_size=WEEKS), min_size=4, max_size=4).map(
    lambda points: dict(zip(["a", "b", "c", "d"], points, strict=True))
)
"""How much four terms are really searched, week by week."""


def export(series: Series, terms: Sequence[str], *, weeks: slice = slice(None), digits: int | None = None) -> str:
    """What Google gives for some terms and weeks: 100 at the highest point, to whole figures unless told otherwise."""
    chosen = {term: series[term][weeks] for term in terms}
    highest = max(max(points) for points in chosen.values())
    days = [FIRST + timedelta(weeks=week) for week in range(WEEKS)][weeks]
    lines = [",".join([str(day), *(f"{round(100 * chosen[term][at] / highest, digits)}" for term in terms)]) for at, day in enumerate(days)]
    return "\n".join(["Category: All categories", "", ",".join(["Week", *(f"{term}: (Thailand)" for term in terms)]), *lines]) + "\n"


def read(text: str) -> MarketReport:
    """The export as it is kept."""
    forms = demand_forms()
    opened = open_catalogue(BytesIO(text.encode()), "multiTimeline.csv", looks_right=partial(looks_like_report, forms=forms))
    report = read_report(Sheet(opened.rows, "multiTimeline.csv", "TH", date(2026, 11, 5)), forms)
    measuring = Measuring()
    measuring.take(report.rows())
    return measuring.report(report.source, report.period, report.timeline)


def demand(reports: Sequence[MarketReport]) -> dict[str, set[float]]:
    """Keyword -> its demand in each report that has it."""
    found: dict[str, set[float]] = {}
    for report in reports:
        for word in report.words:
            found.setdefault(word.keyword, set()).add(word.figures.demand)
    return found


def codes(reports: Sequence[MarketReport]) -> list[str]:
    """What is said of them."""
    return [finding.code for finding in chained(reports).findings]


@given(SERIES)
def test_a_chain_gives_what_one_export_would_have_given(series: Series) -> None:
    """Given exports a-b, b-c and c-d of any demand, when they are chained, then all terms are as in one export of them all."""
    parts = [read(export(series, terms, digits=6)) for terms in ("ab", "bc", "cd")]
    whole = {word.keyword: word.figures.demand for word in read(export(series, "abcd", digits=6)).words}
    together = chained(parts)

    for keyword, found in demand(together.reports).items():
        assert all(one == pytest.approx(whole[keyword], rel=0.02, abs=0.02) for one in found)
    assert len({report.scale.demand_max for report in together.reports}) == 1
    assert together.findings == ()


@given(SERIES)
def test_rounding_to_whole_figures_stays_small(series: Series) -> None:
    """Given exports as Google rounds them, when their anchor is large in both, then the scale is off by no more than the rounding."""
    whole = {**series, "b": [900.0 + point / 10 for point in series["b"]]}
    one, other = chained([read(export(whole, "ab")), read(export(whole, "bc"))]).reports

    for term, report in (("a", one), ("c", other)):
        told = next(word.figures.demand for word in report.words if word.keyword == term)
        real = 100 * sum(whole[term]) / WEEKS / max(max(whole[other_term]) for other_term in "abc")
        assert told == pytest.approx(real, rel=0.02, abs=1.0)


@given(SERIES, st.permutations(range(3)))
def test_the_order_of_reports_changes_nothing(series: Series, order: list[int]) -> None:
    """Given exports that hang together, when they come in another order, then each report is the same."""
    parts = [read(export(series, terms)) for terms in ("ab", "bc", "cd")]
    usual, other = chained(parts), chained([parts[at] for at in order])

    for at, place in enumerate(order):
        for word, told in zip(usual.reports[place].words, other.reports[at].words, strict=True):
            assert told.figures.demand == pytest.approx(word.figures.demand)
    assert [one.code for one in usual.findings] == [one.code for one in other.findings]


@given(SERIES)
def test_without_an_anchor_nothing_is_compared(series: Series) -> None:
    """Given exports that share no term, and another report that has one of them, when they are chained, then all stay as they are."""
    days = Period(FIRST, FIRST + timedelta(days=27))
    hot = MarketReport(source="aliexpress_hot", period=days, scale=Scale(9.0), words=(MarketWord("a", Figures(9.0)),))
    parts = [read(export(series, "ab")), hot, read(export(series, "cd"))]

    assert chained(parts).reports == tuple(parts)
    (finding,) = chained(parts).findings
    assert (finding.code, finding.message_en) == (
        "DEMAND_TRENDS_APART", "2 exports of Google Trends share no keyword on the same days and are measured in 2 parts of their own.",
    )  # fmt: skip
    assert codes(parts[:2]) == []


SHARED = {"a": [80.0, 40.0, 20.0, 10.0], "b": [50.0, 50.0, 100.0, 100.0], "c": [10.0, 200.0, 100.0, 300.0]}


def test_windows_are_stitched_by_the_days_that_they_share() -> None:
    """Given a term in two windows, when one week is in both, then the second is measured in the unit of the first; without it, not."""
    early, late = read(export(SHARED, "b", weeks=slice(0, 3))), read(export(SHARED, "ab", weeks=slice(2, 4)))
    apart = read(export(SHARED, "c", weeks=slice(0, 2))), read(export(SHARED, "c", weeks=slice(2, 4)))

    assert demand(chained([early, late]).reports) == {"b": {66.67, 100.0}, "a": {15.0}}
    assert codes([early, late]) == []
    assert codes(apart) == ["DEMAND_TRENDS_APART"]
    assert chained(apart).reports == apart


@pytest.mark.parametrize("other", [
    export(SHARED, "bc").replace("All categories", "Apparel"), export(SHARED, "bc").replace("b: (", "bb: ("),
    "Category: All categories\n\nDay,b: (Thailand)\n2026-09-06,50\n2026-09-07,100\n",
])  # fmt: skip
def test_what_is_not_the_same_is_no_anchor(other: str) -> None:
    """Given a term of another category, of another name, or by the day, when exports are chained, then it links nothing."""
    assert codes([read(export(SHARED, "ab")), read(export(SHARED, "bc"))]) == []
    assert codes([read(export(SHARED, "ab")), read(other)]) == ["DEMAND_TRENDS_APART"]


def test_an_anchor_that_is_all_rounding_is_none() -> None:
    """Given a term that is below 1 in one export, when exports are chained, then it does not carry the other."""
    series = {"a": [1.0] * 4, "b": [1000.0] * 4, "c": [1.0, 2.0, 2.0, 1.0]}

    assert codes([read(export(series, "ab").replace(",0,", ",<1,").replace(",0\n", ",<1\n")), read(export(series, "ac"))]) == [
        "DEMAND_TRENDS_APART"
    ]


def test_of_two_ways_the_greater_anchor_leads() -> None:
    """Given three exports that all share terms, when they are chained, then the small anchor, which rounding distorts, is not used."""
    series = {"small": [2.4] * 4, "big": [200.0] * 4, "one": [3.0] * 4, "other": [100.0] * 4}
    texts = [export(series, terms) for terms in (["small", "one"], ["small", "big"], ["big", "other", "one"])]
    found = [demand(chained([read(texts[at]) for at in order]).reports) for order in permutations(range(3))]

    assert all(max(one["one"]) == pytest.approx(1.5, abs=0.51) for one in found)
    assert all(max(one["big"]) == pytest.approx(100.0) for one in found)
