"""The table of findings opens in Excel, says everything once and runs nothing."""

import csv
from io import StringIO

import pytest

from onestop.adapters.report.findings_file import COLUMNS
from onestop.domain.findings import Finding
from tests.support.report_samples import demo_report, rejected_row, rejected_upload, report_of
from tests.support.whole_report import findings_of


def rows(data: bytes) -> list[dict[str, str]]:
    """The file as a spreadsheet reads it."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_excel_is_told_the_encoding():
    """Without a byte-order mark Excel takes a CSV for CP949 and shows rubbish."""
    assert findings_of(demo_report()).startswith("\ufeff행,셀,상품코드".encode())


def test_a_finding_shared_by_markets_is_one_line():
    """The weight that is missing everywhere is told once, with its cell, its markets and what to do."""
    found = [row for row in rows(findings_of(demo_report())) if row["코드"] == "WEIGHT_MISSING"]

    assert len(found) == 1
    assert (found[0]["행"], found[0]["셀"], found[0]["나라"], found[0]["심각도"]) == ("25", "H25", "SG, TH, VN", "오류")
    assert found[0]["고치는 방법"] == "포장을 포함한 무게(g)를 적어 주세요."
    assert found[0]["fix_en"] == "Fill in the weight with packaging, in grams."


@pytest.mark.parametrize("title", ["=1+1", "+82 10", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1"])
def test_a_cell_never_starts_a_formula(title):
    """What a seller wrote comes back as text, whatever it begins with."""
    report = report_of([rejected_row(4, title, title, Finding.of("NUMBER_INVALID", value=title, cell="E4"))])
    row = rows(findings_of(report))[0]

    assert row["상품명"] == f"'{title}"
    assert row["상품코드"] == f"'{title}"


def test_quotes_and_line_breaks_stay_in_their_cell():
    """A title with commas, quotes and a line break does not shift the columns."""
    title = 'a,"b"\nc'
    row = rows(findings_of(report_of([rejected_row(4, "A", title, Finding.of("PRICE_MISSING"))])))[0]

    assert (row["상품명"], row["코드"]) == (title, "PRICE_MISSING")


def test_a_rejected_file_has_its_reason_in_the_table():
    """A finding about the whole file has no row."""
    row = rows(findings_of(rejected_upload(Finding.of("FILE_EMPTY"))))[0]

    assert (row["행"], row["코드"]) == ("", "FILE_EMPTY")


def test_a_report_without_findings_is_a_header():
    """Nothing to tell is an empty table, not an empty file."""
    assert findings_of(report_of([])).decode("utf-8-sig").strip() == ",".join(COLUMNS)
