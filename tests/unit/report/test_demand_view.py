"""The page's view of demand: what buyers type, and what the catalogue has to do with it."""

from datetime import date

from onestop.adapters.report.page import report_page
from onestop.domain.demand.coverage import Coverage, MarketDemand
from onestop.domain.demand.market_words import MarketReport, MarketWord
from onestop.domain.demand.periods import Period
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.ranking import Figures, Scale
from onestop.domain.findings import Finding
from tests.support.report_samples import demo_report

STEERED = Finding.of(
    "TITLE_STEERED", field="title", market="SG", what="x", what_ko="'a' 대신 '<b>'을(를) 썼습니다", keyword="b", bucket="high",
    bucket_ko="많이 찾음", source="keywords", start="2026-10-01", end="2026-10-28", before="A <old> title",
)  # fmt: skip
SEARCHED = {
    "tumbler for men": 50,
    "steel tumbler": 900,
    "<script>alert(1)</script>": 800,
    "cat litter 7l": 400,
    "onsaemi chair": 300,
    "nike": 9999,
}


def told() -> MarketDemand:
    """What the demo shop hears of Singapore."""
    words = tuple(MarketWord(word, Figures(float(count)), word == "nike") for word, count in SEARCHED.items())
    days = Period(date(2026, 10, 1), date(2026, 10, 28))
    report = MarketReport(source="keywords", period=days, scale=Scale(1000.0), words=words)
    apart = Finding.of("DEMAND_TRENDS_APART", count=3, groups=2)
    coverage = Coverage("SG", Ranking([report], {"for"}, findings=(apart,)))
    for number, row in enumerate(demo_report().rows):
        listings = [one.model_copy(update={"findings": (*one.findings, STEERED)}) if number < 25 else one for one in row.listings]
        coverage.see(row.model_copy(update={"listings": tuple(listings)}) if number == 0 else row)
    return coverage.told()


def test_words_are_told_apart_by_what_the_catalogue_does_about_them() -> None:
    """Given what buyers type, when a catalogue is held against it, then each word is named, met or served by nobody; brands are left out."""
    demand = told()

    assert [(one.keyword, one.named, one.share) for one in demand.served] == [
        ("steel tumbler", 1, 0.9),
        ("cat litter 7l", 1, 0.4),
        ("onsaemi chair", 1, 0.3),
    ]
    assert [one.keyword for one in demand.unserved] == ["<script>alert(1)</script>", "tumbler for men"]
    assert (demand.unnamed, demand.renamed_total, [one.title for one in demand.renamed]) == (
        (),
        1,
        [demo_report().rows[0].listings[0].title],
    )


def test_the_page_shows_them_and_escapes_whatever_was_typed() -> None:
    """Given demand with markup in it, when the page is made, then there is a bar for each word, and text stays text."""
    report = demo_report().gathered()
    page = report_page(report._replace(demand=(told(),)), lambda _: None).decode()

    assert page.count('<tr class="named"') == 3
    assert "3 exports of Google Trends share no keyword" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "전 상품명: &#39;A &lt;old&gt; title&#39;" in page
    assert 'id="demand"' not in report_page(report, lambda _: None).decode()
