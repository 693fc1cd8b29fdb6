"""An overrides file, read row by row."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from onestop.adapters.packs import markets
from onestop.domain.catalog.edit_rows import MAX_EDITS, EditSheet, read_edits
from onestop.domain.errors import PermanentError

AT = datetime(2026, 10, 1, tzinfo=UTC)
HEAD = ["sku", "market", "locale", "field", "value"]


def read(*rows: list[str], head: list[str] = HEAD) -> EditSheet:
    """The file with this header and these rows."""
    return read_edits(iter(list(enumerate([head, *rows], start=1))), sheet=None, markets=markets(), at=AT)


@pytest.mark.parametrize(
    ("head", "row", "key", "value"),
    [
        (HEAD, ["A-1", "SG", "", "title", " Rice  210g "], "SG#title", "Rice 210g"),
        (HEAD, ["A-1", "", "en-US", "Brand", "ANUA"], "en#brand", "ANUA"),
        (["상품코드", "나라", "항목", "값"], ["A-1", "태국", "상품명", "ข้าว"], "TH#title", "ข้าว"),
        (["값", "항목", "언어", "상품코드"], ["Black", "옵션:블랙", "vi", "A-1"], "vi#option:블랙", "Black"),
        (HEAD, ["A-1", "", "th", "description", "one\ntwo"], "th#description", "<p>one</p><p>two</p>"),
        (HEAD, ["A-1", "", "th", "highlight_3"], "th#highlight_3", ""),
    ],
)
def test_a_good_row_is_an_edit(head: list[str], row: list[str], key: str, value: str):
    """Given headers in either language and any order, when a row is read, then it is an edit with its place, field and words."""
    (found,) = read(row, head=head).rows

    assert found.findings == ()
    assert found.edit is not None
    assert (found.edit.key, found.edit.value, found.edit.updated_at) == (key, value, AT)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["", "SG", "", "title", "x"], "SKU_MISSING", "A2"),
        (["A#1", "SG", "", "title", "x"], "SKU_INVALID", "A2"),
        (["A-1", "XX", "", "title", "x"], "EDIT_PLACE_UNKNOWN", "B2"),
        (["A-1", "", "tlh", "title", "x"], "EDIT_PLACE_UNKNOWN", "C2"),
        (["A-1", "", "", "title", "x"], "EDIT_PLACE_UNKNOWN", "C2"),
        (["A-1", "SG", "", "weight", "x"], "EDIT_FIELD_UNKNOWN", "D2"),
        (["A-1", "SG", "", "price", "cheap"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "price", "0"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "price", "12.905"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "VN", "", "가격", "129000.5"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "", "en", "price", "12.90"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "title", "x" * 501], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "title", "<b>x</b>"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "description", "<iframe>"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "SG", "", "title", "\x00uncomputed"], "CELL_FORMULA_NO_VALUE", "E2"),
    ],
)
def test_a_bad_row_is_told_with_its_cell(row: list[str], code: str, cell: str):
    """Given a row that says nothing that can be done, when read, then there is no edit and the finding names the seller's cell."""
    (found,) = read(row).rows

    assert found.edit is None
    assert [(finding.code, finding.cell) for finding in found.findings] == [(code, cell)]


def _many() -> Iterator[tuple[int, list[str]]]:
    yield 1, HEAD
    yield from ((number, ["A-1", "SG", "", "title", "x"]) for number in range(2, MAX_EDITS + 3))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (iter([]), "FILE_HEADER_UNKNOWN"),
        (iter([(1, HEAD)]), "FILE_NO_ROWS"),
        (iter([(1, ["sku", "field", "value"]), (2, ["A-1", "title", "x"])]), "FILE_HEADER_UNKNOWN"),
        (_many(), "FILE_TOO_LARGE"),
    ],
    ids=["nothing", "header only", "no place", "too many"],
)
def test_a_file_that_is_none_is_refused_whole(rows: Iterator[tuple[int, list[str]]], code: str):
    """Given a file without the needed columns, without rows or with too many, when read, then it is refused with one code."""
    with pytest.raises(PermanentError, match=code):
        read_edits(rows, sheet=None, markets=markets(), at=AT)
