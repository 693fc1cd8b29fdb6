"""Whatever a workbook holds, it comes back whole and readable, or as the rows to correct."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.support.returned import HEADERS, report_on, weight_missing
from tests.support.sheets import part, read_all, with_part, xlsx_bytes
from tests.support.whole_report import returned_of

TEXT = st.text(max_size=8).map(lambda text: "".join(char for char in text if char.isprintable()))
VALUE = st.one_of(
    st.none(), TEXT, st.integers(-(10**9), 10**9), st.booleans(), st.sampled_from(["=A1*2", "]]>", "</c>", "&lt;", "_x0041_"])
)
NAMES = st.sampled_from(["상품", "a'b", "<&>", "결과", "Sheet 1"])
XML = "xl/worksheets/sheet1.xml"


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(st.lists(VALUE, min_size=5, max_size=9), min_size=1, max_size=5), NAMES, st.integers(1, 40))
def test_any_content_comes_back_with_its_values(rows: list[list[object]], sheet: str, column: int):
    """Every value stands where it stood, a mark may be anywhere, and the file reads as before."""
    data = xlsx_bytes({sheet: [list(HEADERS), *([f"SKU-{number}", *row] for number, row in enumerate(rows))]})
    cell = load_workbook(BytesIO(data)).active.cell(2, column).coordinate
    _, after = returned_of(data, "a.xlsx", report_on(data, "a.xlsx", {"SKU-0": [weight_missing(cell)]}))
    was, now = load_workbook(BytesIO(data))[sheet], load_workbook(BytesIO(after))[sheet]

    assert [
        (one.coordinate, one.value) for row in was.iter_rows() for one in row if one.value and now[one.coordinate].value != one.value
    ] == []
    assert [(one.sku, one.product) for one in read_all(after)] == [(one.sku, one.product) for one in read_all(data)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b' r="A2"', b""),
        (b'<row r="2"', b"<row"),
        (b"</sheetData>", b'</sheetData><legacyDrawing r:id="rId9" xmlns:r="http://x"/>'),
        (b"</worksheet>", b"<extLst></extLst></worksheet>"),
        (b"<sheetData>", b"<cols><col min='3' max='16384' hidden='1' width='0'/></cols><sheetData>"),
        (b"<sheetData>", b"<sheetData >"),
        (b"</row></sheetData>", b"</row><row r='9'/></sheetData>"),
    ],
    ids=["cell without place", "row without number", "dangling notes", "extensions", "phantom columns", "space", "empty row"],
)
def test_unusual_but_valid_sheets_are_marked(before: bytes, after: bytes):
    """Places may be left out, columns may be hidden to the last one, references may lead nowhere."""
    plain = xlsx_bytes([list(HEADERS), ["SKU-0", "양말", "9900", "3", "100", "a"], ["SKU-1", "모자", "9900", "3", None, "b"]])
    xml = part(plain, XML)
    assert before in xml
    data = with_part(plain, XML, xml.replace(before, after, 1))
    _, back = returned_of(data, "a.xlsx", report_on(data, "a.xlsx", {"SKU-1": [weight_missing("E3")]}))
    sheet = load_workbook(BytesIO(back))["상품"]

    assert [cell.value for cell in sheet["G"][:3]] == ["결과", "출고 가능 SG·TH", sheet["G3"].value]
    assert sheet["E3"].fill.fgColor.rgb == "FFF7B9B3"
    assert not sheet.column_dimensions["G"].hidden


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=80)
@given(st.sampled_from([XML, "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]), st.data())
def test_a_damaged_part_never_costs_the_report(name: str, data: st.DataObject):
    """A part cut anywhere is refused by the reader, or the file comes back one way or the other."""
    plain = xlsx_bytes([list(HEADERS), ["SKU-0", "양말", "9900", "3", "100", "a"]])
    report = report_on(plain, "a.xlsx", {"SKU-0": [weight_missing("E2")]})
    content = part(plain, name)
    start = data.draw(st.integers(0, len(content)))
    damaged = with_part(plain, name, content[:start] + content[data.draw(st.integers(start, len(content))) :])

    returned = returned_of(damaged, "a.xlsx", report)
    assert returned is None or returned[1].startswith(b"PK")
