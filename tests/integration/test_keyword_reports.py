"""Keyword reports, dropped into the bucket of the real template: all of one is taken, or nothing."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.adapters.tables.demand import DemandTable
from onestop.adapters.tables.items import Table
from onestop.adapters.tables.rankings import MarketRankings
from onestop.adapters.tables.signals import SignalsTable
from onestop.adapters.tables.wholes import Begun, Wholes
from onestop.domain.demand.forms import Measure
from onestop.domain.demand.periods import Period
from onestop.domain.demand.report import KeywordDemand, Report
from onestop.domain.demand.signals import RAW_DAYS, Signal, pseudonym_of, week_of
from onestop.domain.errors import RetryableError
from tests.conftest import DAY
from tests.support.stack_state import TwiceStack, dead_letters, items, logged

KEY = "TH/hot_20261001_20261028.csv"
HOT = (
    "搜索词,是否品牌原词,搜索人气,点击率,竞争指数\n"
    'water bottle,N,"45,210",32.5%,12.7\nstanley,Y,900,40%,3\nkim 010-1234-5678,N,3,1%,1\nbuy now\'; ignore all rules,N,7,1%,1\n'
)  # fmt: skip


def table(stack: Stack) -> dict[str, dict[str, dict[str, float]]]:
    """Object key -> keyword -> figures, of the reports in use in Thailand."""
    demand = DemandTable(stack.tables["CatalogTable"])
    return {
        held.key: {word.keyword: {name: value for name, value in word.figures._asdict().items() if value is not None} for word in best.words}
        for held in demand.reports("TH")
        if (best := demand.best(held))
    }  # fmt: skip


def drop(stack: Stack, text: str, key: str = KEY) -> None:
    """Drop a report and let everything run that it sets off."""
    stack.upload(key, text.encode(), bucket="DemandBucket")
    stack.pump()


def test_a_report_is_taken_once_and_a_bad_one_changes_nothing() -> None:
    """Given reports that come twice, change, and go bad, when each is dropped, then the table is that of the last good one."""
    with TwiceStack() as stack:
        stack.live_on(DAY)
        drop(stack, HOT)
        first = items(stack, "CatalogTable")
        assert table(stack)[KEY]["water bottle"] == {"demand": 45210, "competition": 12.7}
        assert list(table(stack)[KEY]) == ["water bottle", "stanley", "buy now'; ignore all rules"]
        (held,) = DemandTable(stack.tables["CatalogTable"]).reports("TH")
        assert (held.source, [finding.code for finding in held.findings]) == ("aliexpress_hot", ["DEMAND_BUYER_DATA_REMOVED"])

        written = stack.meter.calls["LearnDemandFunction", "dynamodb:BatchWriteItem"]
        drop(stack, HOT)
        assert items(stack, "CatalogTable") == first
        assert stack.meter.calls["LearnDemandFunction", "dynamodb:BatchWriteItem"] == written

        drop(stack, HOT.replace("45,210", "-3"))
        assert table(stack) == {KEY: table(stack)[KEY]}
        assert {key: item for key, item in items(stack, "CatalogTable").items() if key in first} == first
        ((key, findings),) = DemandTable(stack.tables["CatalogTable"]).refused("TH")
        assert (key, [(finding.code, finding.cell) for finding in findings]) == (KEY, [("DEMAND_NUMBER_ABSURD", "C2")])

        drop(stack, "키워드,검색량\n텀블러,100\n")
        assert table(stack) == {KEY: {"텀블러": {"demand": 100}}}
        assert len(items(stack, "CatalogTable")) == 2
        assert "010-1234-5678" not in f"{items(stack, 'CatalogTable')}{stack.logs.getvalue()}"  # type: ignore[attr-defined]
        assert dead_letters(stack) == {}


@pytest.mark.parametrize(("key", "text", "code"), [
    ("XX/kw.csv", "keyword,volume\na,1\n", "DEMAND_MARKET_UNKNOWN"), ("TH/kw.csv", "x" * (2**26 + 1), "FILE_TOO_LARGE"),
])  # fmt: skip
def test_a_report_for_nobody_or_of_any_size_is_not_read(stack: Stack, key: str, text: str, code: str) -> None:
    """Given a folder of no market, or a file beyond all measure, when it is dropped, then none of it is read."""
    drop(stack, text, key)

    assert [entry["codes"] for entry in logged(stack) if "codes" in entry] == [[code]]
    assert stack.meter.calls["LearnDemandFunction", "s3:GetObject"] == 0
    assert (table(stack), dead_letters(stack)) == ({}, {})


def test_what_a_broken_run_left_is_cleared_by_the_next(stack: Stack) -> None:
    """Given a run that breaks while it writes, when the next version comes, then the table never showed it and nothing is left."""
    drop(stack, HOT)
    demand = DemandTable(stack.tables["CatalogTable"])
    (held,) = demand.reports("TH")
    good = table(stack)

    class Broken(Wholes):
        """Ends after the keywords of a report were written, before it is in use."""

        def _put_newest(self, begun: Begun, head: Mapping[str, Any]) -> None:
            raise RetryableError(f"{begun.sk}, {len(head)}")

    report = Report(held.source, "TH", held.period, 1, (), lambda: iter(()))
    other = report._replace(rows=lambda: iter([report.row("mug", {Measure.VOLUME: Decimal(1)})]))
    broken = DemandTable(demand.name)
    broken._wholes = Broken(Table(demand.name))
    with pytest.raises(RetryableError):
        broken.save(other, key=KEY, version="broken")
    assert table(stack) == good
    assert len(items(stack, "CatalogTable")) == 3

    drop(stack, "keyword,volume\ntumbler,100\n")
    assert table(stack) == {KEY: {"tumbler": {"demand": 100}}}
    assert len(items(stack, "CatalogTable")) == 2


def test_a_report_that_tells_growth_only_is_said_to_rank_nothing(stack: Stack) -> None:
    """Given rising queries without a figure for demand, when they are dropped, then their report is in use and says how many are unranked."""
    drop(stack, "TOP\ntumbler,100\n\nRISING\nowala,Breakout\nmug,+50%\n", "TH/relatedQueries.csv")

    (held,) = DemandTable(stack.tables["CatalogTable"]).reports("TH")
    assert table(stack)["TH/relatedQueries.csv"] == {"tumbler": {"demand": 100}}
    assert (held.keywords, [one.message_en for one in held.findings if one.code == "DEMAND_NOT_RANKED"]) == (
        3, ["2 keywords have no figure for how much they are searched and are not ranked."]
    )  # fmt: skip


def test_an_older_version_never_replaces_a_newer_one(stack: Stack) -> None:
    """Given a version that comes while an older one is being written, when the older one ends, then the newer one stays."""
    demand = DemandTable(stack.tables["CatalogTable"])
    period = Period(date(2026, 10, 1), date(2026, 10, 31))

    def report(volume: int, meanwhile: Report | None = None) -> Report:
        made = Report("keywords", "TH", period, 1, (), lambda: iter(()))

        def rows() -> Iterator[KeywordDemand]:
            yield made.row("tumbler", {Measure.VOLUME: Decimal(volume)})
            if meanwhile:
                demand.save(meanwhile, key=KEY, version="newer")

        return made._replace(rows=rows)

    with pytest.raises(RetryableError):
        demand.save(report(1, meanwhile=report(2)), key=KEY, version="older")
    assert table(stack) == {KEY: {"tumbler": {"demand": 2}}}
    assert len(items(stack, "CatalogTable")) == 2


def test_weeks_of_orders_are_told_once_and_only_where_ten_bought(stack: Stack) -> None:
    """Given order lines of last week, when a report comes, then words of ten buyers join the market's; late ones change nothing told."""
    now = datetime.now(UTC)
    week, signals = week_of(now.date() - timedelta(weeks=1)), SignalsTable(stack.tables["SignalsTable"])

    def bought(word: str, first: int, last: int, at: datetime = now) -> None:
        for number in range(first, last):
            buyer = pseudonym_of(f"buyer-{number}", "TH", week, b"salt")
            signal = Signal(seller="kim-shop", market="TH", category="주방", keyword=word, week=week, buyer=buyer)
            for _ in range(2):
                signals.note(signal, line=f"{word}{number}", at=at)

    bought("tumbler", 0, 14)
    bought("lid", 0, 9)
    bought("old", 0, 30, now - timedelta(days=RAW_DAYS + 1))
    drop(stack, "keyword,volume\nmug,100\n")
    told = {f"own_orders/{week}": {"tumbler": {"demand": 10}}, KEY: {"mug": {"demand": 100}}}
    assert table(stack) == told
    bought("tumbler", 14, 40)
    bought("lid", 9, 10)
    drop(stack, "keyword,volume\nmug,100\n")
    assert table(stack) == told
    assert dead_letters(stack) == {}


def test_exports_of_google_trends_meet_by_their_anchor_only(stack: Stack) -> None:
    """Given two exports, when a third shares a term with both, then all are on one scale; until then each stays by itself, and it is said."""
    days = ("2026-10-04", "2026-10-11")

    def export(first: str, second: str, indices: tuple[int, int]) -> str:
        lines = "".join(f"{day},{indices[0]},{indices[1]}\n" for day in days)
        return f"Category: All categories\n\nWeek,{first}: (Thailand),{second}: (Thailand)\n{lines}"

    def ranking() -> tuple[dict[str, float], list[str]]:
        found = MarketRankings(stack.tables["CatalogTable"]).of(markets().get("TH"))
        assert found
        demand = {
            word.keyword: round(word.figures.demand / report.scale.demand_max, 4) for report in found.reports for word in report.words
        }
        return demand, [finding.code for finding in found.findings]

    drop(stack, export("tumbler", "cup", (100, 50)), "TH/one.csv")
    drop(stack, export("mug", "straw", (100, 10)), "TH/two.csv")
    assert ranking() == ({"tumbler": 1.0, "cup": 0.5, "mug": 1.0, "straw": 0.1}, ["DEMAND_TRENDS_APART"])
    drop(stack, export("cup", "mug", (100, 40)), "TH/three.csv")
    assert ranking() == ({"tumbler": 1.0, "cup": 0.5, "mug": 0.2, "straw": 0.02}, [])
    assert dead_letters(stack) == {}
