"""Cells as sellers' spreadsheets really hold them: each is read for what it is, or told with its cell, and costs no other row."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from onestop.domain.catalog.row import RowResult
from onestop.domain.errors import PermanentError
from tests.support.sheets import ENGLISH, codes_and_cells, csv_bytes, own_table, read_all, zip_bytes

PLAIN = {"option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": ""}
LONG = 32_767
"""Characters that a cell of a workbook can hold."""

READ: dict[str, tuple[str, str, object]] = {
    "commas": ("price_krw", "19,900", Decimal(19900)), "full-width digits": ("price_krw", "１９９００", Decimal(19900)),
    "a won sign": ("price_krw", "₩12,900", Decimal(12900)), "a unit": ("price_krw", "12,900원", Decimal(12900)),
    "zeros after the dot": ("price_krw", "12900.00", Decimal(12900)), "a hard space": ("price_krw", "12\u00a0900", Decimal(12900)),
    "stock with commas": ("stock", "1,234", 1234), "full-width stock": ("stock", "１２３", 123), "sold out": ("stock", "품절", 0),
    "weight with commas": ("weight_g", "1,234", 1234), "weight in kilograms": ("weight_g", "1.2kg", 1200),
    "a very long name": ("title", "가" * LONG, "가" * LONG), "emoji": ("title", "🔥젤펜 12색😀", "🔥젤펜 12색😀"),
    "a script in a name": ("title", "<script>alert(1)</script>젤펜", "<script>alert(1)</script>젤펜"),
    "a script in the description": ("description", "<p>a</p><script>alert(1)</script>", "<p>a</p><script>alert(1)</script>"),
}  # fmt: skip
"""What stands in a cell -> its column, the text, and the value that is read without a finding."""

TOLD: dict[str, tuple[str, str, str, bool]] = {
    "dots as groups and a comma": ("price_krw", "12.900,00", "NUMBER_INVALID", False),
    "a dot that may be either": ("price_krw", "12.900", "NUMBER_INVALID", False),
    "a date as price": ("price_krw", "2026-01-01", "NUMBER_INVALID", False),
    "a zero-width space in a price": ("price_krw", "19\u200b900", "NUMBER_INVALID", False),
    "a date as stock": ("stock", "2026-03-05", "NUMBER_INVALID", False),
    "a Korean date as stock": ("stock", "3월 5일", "NUMBER_INVALID", False),
    "less than no stock": ("stock", "-3", "VALUE_OUT_OF_RANGE", True),
    "a word as weight": ("weight_g", "가벼움", "NUMBER_INVALID", False),
    "a very long description": ("description", "나" * LONG, "DESCRIPTION_CUT", True),
    "a very long code": ("sku", "A" * LONG, "SKU_INVALID", False),
    "a zero-width space in a code": ("sku", "FA\u200b-1", "SKU_INVALID", False),
    "a failed formula as name": ("title", "#N/A", "TITLE_MISSING", False),
}  # fmt: skip
"""What stands in a cell -> its column, the text, the code that is found in that cell, and whether there still is a product."""


def value_of(result: RowResult, field: str) -> object:
    """What was read."""
    assert result.product
    if field == "stock":
        return result.product.variants[0].stock
    return getattr(result.product, "description_html" if field == "description" else field)


def with_neighbours(field: str, text: str) -> list[RowResult]:
    """The results of three rows, the cell in the middle one."""
    rows = [{**PLAIN, "sku": "FA-1"}, {**PLAIN, "sku": "FA-2", field: text}, {**PLAIN, "sku": "FA-3"}]
    return read_all(csv_bytes(own_table(*rows)))


@pytest.mark.parametrize("what", READ)
def test_an_awkward_cell_is_read_for_what_it_is(what: str) -> None:
    """Given a cell that a person understands at once, when it is read, then so is it here, with no finding."""
    field, text, value = READ[what]
    _, result, _ = with_neighbours(field, text)

    assert (value_of(result, field), codes_and_cells(result)) == (value, [])


@pytest.mark.parametrize("what", TOLD)
def test_a_cell_that_cannot_be_read_is_told_and_costs_no_other_row(what: str) -> None:
    """Given a cell that may mean anything, when it is read, then exactly that cell is told, and its neighbours are products."""
    field, text, code, is_product = TOLD[what]
    first, result, last = with_neighbours(field, text)
    column = chr(ord("A") + list(ENGLISH).index(field))

    assert codes_and_cells(result) == [(code, f"{column}3")]
    assert bool(result.product) is is_product
    assert [(bool(one.product), codes_and_cells(one)) for one in (first, last)] == [(True, [])] * 2


def test_ragged_rows_are_read_as_far_as_they_go() -> None:
    """Given a row that stops early and one that goes on too long, when read, then each is told, and what is there is used."""
    header, first, second, third = own_table(*({**PLAIN, "sku": f"FA-{n}"} for n in range(3)))
    short, wide, plain = read_all(csv_bytes([header, first[:6], [*second, "extra", "x"], third]))

    assert codes_and_cells(short) == [("ROW_RAGGED", "G2"), ("WEIGHT_MISSING", "H2"), ("STOCK_MISSING", "G2")]
    assert codes_and_cells(wide) == [("ROW_RAGGED", "W3")]
    assert codes_and_cells(plain) == []
    assert all(one.product for one in (short, wide, plain))


def test_a_code_that_comes_twice_is_told_at_its_second_place() -> None:
    """Given the same code in two rows, when read, then the first is the product."""
    first, second = read_all(csv_bytes(own_table(PLAIN, PLAIN)))

    assert (bool(first.product), codes_and_cells(first)) == (True, [])
    assert (second.product, codes_and_cells(second)) == (None, [("SKU_DUPLICATE", "A3")])


def merged(sheet: Worksheet) -> None:
    """A price over two rows, and a name over two others."""
    sheet.merge_cells("E2:E3")
    sheet.merge_cells("B3:B4")


def dated(sheet: Worksheet) -> None:
    """Stock cells that a spreadsheet took for dates."""
    sheet["G2"], sheet["G3"] = date(2026, 3, 5), time(1, 2)


def typed(sheet: Worksheet) -> None:
    """Numbers as text, fractions of zeros, and a code that is a number."""
    sheet["E2"].number_format, sheet["E2"] = "@", "19,900"
    sheet["G2"], sheet["H3"], sheet["A4"] = 10.0, 280.0, 1_234_567_890_123


SHEETS: dict[str, tuple[Callable[[Worksheet], None], list[list[tuple[str, str]]]]] = {
    "merged cells": (merged, [[], [("PRICE_MISSING", "E3")], [("TITLE_MISSING", "B4")]]),
    "dates in the stock column": (dated, [[("NUMBER_INVALID", "G2")], [("NUMBER_INVALID", "G3")], []]),
    "numbers of other types": (typed, [[], [], []]),
}
"""What a workbook holds -> how it is made, and what is found in its three rows."""


@pytest.mark.parametrize("what", SHEETS)
def test_an_awkward_workbook(what: str) -> None:
    """Given cells of a workbook that are not what they look like, when read, then each is told, or read without a finding."""
    make, found = SHEETS[what]
    book, out = Workbook(), BytesIO()
    for row in own_table(*({**PLAIN, "sku": f"FA-{n}"} for n in range(3))):
        book.active.append(row)
    make(book.active)
    book.save(out)
    results = read_all(out.getvalue())

    assert [codes_and_cells(one) for one in results] == found
    assert [bool(one.product) for one in results] == [not codes for codes in found]


CELLS = st.one_of(
    st.text(max_size=30), st.sampled_from(["", "#REF!", "=1+1", "１２３", "-0", "1e99", "NaN", "∞", "\u200b", "\u202e", "<b>", '"', "{|}//[]", "\x00"]),
    st.integers(-(10**20), 10**20).map(str), st.dates().map(str),
)  # fmt: skip
HEADERS = st.lists(st.sampled_from([*ENGLISH, "상품코드", "상품명", "판매가", "옵션입력", "Handle", "id", "메모"]), min_size=1, max_size=12)


def outcome(data: bytes) -> list[bool]:
    """For each row whether it gave a product, a finding, or holds nothing; for a refused file whether it says why."""
    try:
        return [bool(result.product or result.findings or not result.title) for result in read_all(data)]
    except PermanentError as error:
        return [bool(error.findings)]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=120)
@given(HEADERS, st.lists(st.lists(CELLS, max_size=14), max_size=8), st.sampled_from(",;\t|"), st.booleans())
def test_any_table_gives_rows_or_a_finding_in_bounded_time(headers: list[str], rows: list[list[str]], delimiter: str, packed: bool) -> None:
    """Given any cells under headers that mean something, when read, then only findings come of it, within two seconds."""
    data = csv_bytes([headers, *rows], encoding="utf-8", delimiter=delimiter)
    started = perf_counter()

    assert all(outcome(zip_bytes({"a.csv": data}) if packed else data))
    assert perf_counter() - started < 2


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(CELLS, min_size=len(ENGLISH), max_size=len(ENGLISH)))
def test_any_row_between_two_good_ones_costs_only_itself(cells: list[str]) -> None:
    """Given any row in a good sheet, when it is read (a NUL makes a file no text), then the good rows before and after it are products."""
    header, first, last = own_table({**PLAIN, "sku": "GOOD-1"}, {**PLAIN, "sku": "GOOD-2"})
    results = read_all(csv_bytes([header, first, [cell.replace("\0", "") for cell in cells], last], encoding="utf-8"))

    assert [one.sku for one in results if one.product and one.sku in ("GOOD-1", "GOOD-2")] == ["GOOD-1", "GOOD-2"]
