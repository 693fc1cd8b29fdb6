"""Figures by product, as marketplaces export them."""

from datetime import date

import pytest

from onestop.adapters.demand_forms import demand_forms
from onestop.domain.demand.periods import Period
from onestop.domain.demand.report import Sheet
from onestop.domain.demand.traffic import Seen, TrafficReport, read_traffic
from onestop.domain.errors import PermanentError


def report(text: str, name: str = "products_20261001_20261007.csv") -> TrafficReport:
    """The report of a text, dropped at the end of October 2026."""
    rows = [(number, line.split(";")) for number, line in enumerate(text.splitlines(), start=1)]
    return read_traffic(Sheet(lambda: iter(rows), name, "TH", date(2026, 10, 31)), demand_forms())


def test_figures_are_read_below_any_head_and_summed() -> None:
    """Given an export with a head of its own, when it is read, then each product has its sums, and lines of sums are passed over."""
    text = "Product report;\nSeller SKU;Impressions;Clicks;Orders;Revenue\nA-1;1,200;40;3;9\nA-1;100;;1;9\nTotal;1300;40;4;9\nA-2;7;0;0;0"

    assert report(text) == TrafficReport(Period(date(2026, 10, 1), date(2026, 10, 7)), {"A-1": Seen(1300, 40, 4), "A-2": Seen(7, 0, 0)})
    assert report("판매자 상품코드;노출수;클릭수\nA-1;9;1", "a.csv").period == Period(date(2026, 10, 1), date(2026, 10, 30))


@pytest.mark.parametrize(("text", "name", "code", "cell"), [
    ("keyword;volume\ntumbler;9", "a.csv", "DEMAND_HEADER_UNKNOWN", None), ("sku;clicks\nA-1;-3", "a.csv", "DEMAND_NUMBER_ABSURD", "B2"),
    ("sku;clicks\nA-1;many", "a.csv", "DEMAND_NUMBER_INVALID", "B2"), ("sku;clicks\nTotal;3", "a.csv", "DEMAND_NO_ROWS", None),
    ("sku;clicks\nA-1;3", "20271001_20271007.csv", "DEMAND_PERIOD_INVALID", None),
])  # fmt: skip
def test_a_bad_report_has_one_clear_finding(text: str, name: str, code: str, cell: str | None) -> None:
    """Given a report that cannot be used, when it is read, then one finding says why, and where."""
    with pytest.raises(PermanentError) as raised:
        report(text, name)
    assert [(one.code, one.cell) for one in raised.value.findings] == [(code, cell)]
