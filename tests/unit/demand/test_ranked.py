"""The words of several reports, ranked for one product on scales of their own."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.demand.forms import Measure
from onestop.domain.demand.market_words import MarketReport, Measuring
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranked import Ranked, Ranking, rank
from onestop.domain.demand.relevance import Gate, Naming
from onestop.domain.demand.report import KeywordDemand
from tests.unit.demand.test_ranking import VECTORS

DAY = date(2026, 10, 31)
GATE = Gate(Naming(
    head=frozenset({"t shirt", "tee"}), target=frozenset({"women"}), other=frozenset({"oversized", "short sleeve", "cotton", "summer"})
))  # fmt: skip
WORDS = ["tee", "cotton tee", "women tee", "summer", "dress"]


def row(keyword: str, end: date = DAY, *, is_brand: bool = False, **figures: int) -> KeywordDemand:
    """A row of the four weeks up to a day."""
    told = {Measure(name): Decimal(value) for name, value in figures.items()}
    start = end - timedelta(days=27)
    return KeywordDemand(
        keyword=keyword, market="SG", source="keywords", period_start=start, period_end=end, figures=told, is_brand=is_brand
    )  # fmt: skip


def measured(rows: list[KeywordDemand]) -> MarketReport:
    """A report of some rows, as it is kept."""
    measuring = Measuring()
    assert measuring.take(rows) == len(rows)
    return measuring.report("keywords", Period(rows[0].period_start, rows[0].period_end))


def ranked_of(*reports: list[KeywordDemand]) -> list[Ranked]:
    """The rows of some reports, ranked for the product."""
    return rank(map(measured, reports), GATE, DAY)


def test_the_references_words_rank_as_in_the_reference() -> None:
    """Given the six words as a report, when they are ranked for a product, then each score is the vector's at the gate's relevance."""
    rows = [row(word, volume=v, clicks=c, orders=o, competition=rivals) for word, v, c, o, rivals, _, _ in VECTORS]
    vector = {word: expected / relevance if relevance else 0 for word, *_, relevance, expected in VECTORS}
    ranked = ranked_of(rows)

    share = {"oversized t shirt women": 1.0, "short sleeve tee": 0.8, "cotton t shirt": 0.8}
    assert [one.keyword for one in ranked] == [*share, "dress", "korean fashion", "summer top"]
    assert [round(one.score.value, 3) for one in ranked] == [*(round(vector[word] * r, 3) for word, r in share.items()), 0, 0, 0]
    assert ranked[-1].score.why() == '0: "top" is not true of the product'


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 10**6)), min_size=1, max_size=8), st.integers(2, 1000))
def test_the_unit_of_an_index_changes_no_ranking_between_reports(words: list[tuple[str, int]], factor: int) -> None:
    """Given two reports, when another report has an index of another unit, then the words of the first score as before."""
    rows = [row(word, index=index) for word, index in dict(words).items()]
    other = [row(f"{one.keyword} women", index=int(one.figures[Measure.INDEX]) * factor) for one in rows]
    alone = {one.keyword: one.score for one in ranked_of(rows)}

    assert {one.keyword: one.score for one in ranked_of(rows, other) if one.keyword in alone} == alone


def test_of_two_reports_the_fresh_one_counts() -> None:
    """Given a word in an old report and in a new one, when it is ranked, then the new row counts; an old peak fades by half."""
    old, new = [row("tee", DAY - timedelta(days=28), index=100)], [row("tee", index=90), row("cotton tee", index=100)]
    ranked = {one.keyword: one for one in ranked_of(old, new)}
    (faded,) = ranked_of(old)

    assert ranked["tee"].report.period.end == DAY
    assert faded.score.decay == 0.5


def test_a_brand_of_a_report_is_never_ours() -> None:
    """Given a word that its report calls a brand, when it is ranked, then it is worth nothing, though its letters are true."""
    (ranked,) = ranked_of([row("cotton tee", volume=9, is_brand=True)])

    assert ranked.score.value == 0
    assert ranked.score.why() == '0: "cotton tee" is another brand'


@given(
    st.lists(
        st.tuples(st.sampled_from([*WORDS, "for tee", "for women", "เสื้อยืด ผ้าฝ้าย", "เสื้อยืดผ้าฝ้าย", "x", "ผ้า"]), st.integers(0, 99)), min_size=1
    )
)
def test_what_is_looked_up_is_what_is_ranked(words: list[tuple[str, int]]) -> None:
    """Given any keywords, when they are ranked by looking up, then the result is that of ranking all, without those of no worth."""
    naming = Naming(head=frozenset({"tee", "เสื้อยืด"}), other=frozenset({"cotton", "ผ้าฝ้าย"}), function_words=frozenset({"for"}))
    report, gate = measured([row(word, volume=volume) for word, volume in dict(words).items()]), Gate(naming)

    assert Ranking([report], naming.function_words).of(gate, DAY) == [one for one in rank([report], gate, DAY) if one.score.value]


def test_of_a_report_its_best_keywords_are_kept_on_the_whole_reports_scale() -> None:
    """Given more keywords than are kept, when a report is measured, then the most searched stay, and the median is that of all."""
    measuring = Measuring(most=2)
    rows = [row(word, volume=volume, competition=volume) for volume, word in enumerate(WORDS, start=1)]
    assert measuring.take(rows) == len(WORDS)
    report = measuring.report("keywords", Period(DAY, DAY))

    assert ([word.keyword for word in report.words], report.scale.competition) == (["dress", "summer"], 3)


def test_what_has_no_figure_for_demand_is_counted() -> None:
    """Given keywords with clicks alone, with growth alone, and with a volume, when they are measured, then the best kind of figure ranks."""
    clicks, growth = [row("tee", clicks=9), row("summer", clicks=3)], [row("dress", trend=5)]
    days = Period(DAY, DAY)
    for rows, words, unranked in (
        (clicks + growth, ["tee", "summer"], 1), ([*clicks, row("cotton tee", volume=1)], ["cotton tee"], 2), (growth, [], 1),
    ):  # fmt: skip
        measuring = Measuring()
        measuring.take(rows)
        assert ([word.keyword for word in measuring.report("keywords", days).words], measuring.unranked) == (words, unranked)
