"""Rows of an image-edits file: which picture and line, and what it is to show."""

from datetime import UTC, datetime

import pytest

from onestop.adapters.packs import markets
from onestop.domain.catalog.edit_rows import EditRow
from onestop.domain.catalog.picture_edit_rows import EVERY_LANGUAGE, read_picture_edits
from onestop.domain.errors import PermanentError

AT = datetime(2026, 1, 2, tzinfo=UTC)
HEADER = ["상품코드", "사진", "줄", "언어", "글"]


def read(*rows: list[str]) -> list[EditRow]:
    """The rows under the Korean header."""
    table = [(1, HEADER), *enumerate(rows, 2)]
    return read_picture_edits(iter(table), sheet=None, markets=markets(), at=AT).rows


@pytest.mark.parametrize(
    ("row", "scope", "field", "value"),
    [
        (["A-1", "a.jpg", "L3", "en", " Rich  cream "], "en", "picture:a.jpg#L3", "Rich cream"),
        (["A-1", "a.jpg", "3", "TH", "ครีม"], "th", "picture:a.jpg#L3", "ครีม"),
        (["A-1", "a.jpg", "l3", "싱가포르", "Cream"], "en", "picture:a.jpg#L3", "Cream"),
        (["A-1", "a.jpg", "*", "", "그대로"], EVERY_LANGUAGE, "picture:a.jpg#*", "keep"),
        (["A-1", "a.jpg", "L1", "", "Remove"], EVERY_LANGUAGE, "picture:a.jpg#L1", "remove"),
        (["A-1", "a.jpg", "L1", "vi", ""], "vi", "picture:a.jpg#L1", ""),
    ],
)
def test_a_row_says_what_a_line_shows(row, scope, field, value):
    """Given a row, when it is read, then it is one edit: of a language, or of all where no word of it is in one."""
    (read_row,) = read(row)

    assert read_row.edit is not None
    assert (read_row.edit.scope, read_row.edit.field, read_row.edit.value, read_row.edit.cell) == (scope, field, value, "E2")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["", "a.jpg", "L1", "en", "Cream"], "SKU_MISSING", "A2"),
        (["A-1", "", "L1", "en", "Cream"], "EDIT_FIELD_UNKNOWN", "B2"),
        (["A-1", "a.jpg", "first", "en", "Cream"], "EDIT_FIELD_UNKNOWN", "C2"),
        (["A-1", "a.jpg", "L1", "", "Cream"], "EDIT_PLACE_UNKNOWN", "D2"),
        (["A-1", "a.jpg", "L1", "xx", "Cream"], "EDIT_PLACE_UNKNOWN", "D2"),
        (["A-1", "a.jpg", "L1", "en", "수분 크림"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "a.jpg", "L1", "en", "<b>Cream</b>"], "EDIT_VALUE_INVALID", "E2"),
        (["A-1", "a.jpg", "L1", "en", "x" * 201], "EDIT_VALUE_INVALID", "E2"),
    ],
)
def test_a_wrong_row_names_its_cell(row, code, cell):
    """Given a row that cannot be used, when it is read, then it is no edit and says why, in the seller's cell; others go on."""
    wrong, right = read(row, ["A-1", "a.jpg", "L2", "en", "Cream"])

    assert wrong.edit is None
    assert [(finding.code, finding.cell) for finding in wrong.findings] == [(code, cell)]
    assert right.edit is not None


def test_another_file_is_refused():
    """Given a file without the columns, when it is read, then it is refused as a whole."""
    with pytest.raises(PermanentError, match="FILE_HEADER_UNKNOWN"):
        read_picture_edits(iter([(1, ["sku", "value"]), (2, ["A", "b"])]), sheet=None, markets=markets(), at=AT)
