"""A reviewer's file, read row by row."""

from datetime import UTC, datetime

import pytest

from onestop.adapters.packs import markets
from onestop.domain.catalog.edit_rows import EditRow
from onestop.domain.catalog.review_rows import read_reviews

AT = datetime(2026, 10, 1, tzinfo=UTC)
HEAD = ["sku", "market", "locale", "field", "source", "target", "decision", "reviewer", "why"]


def read(*row: str, head: list[str] = HEAD) -> EditRow:
    """The one row of a file."""
    (found,) = read_reviews(iter([(1, head), (2, list(row))]), sheet=None, markets=markets(), at=AT).rows
    return found


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (["A-1", "", "en", "title", "쌀 210g", "Rice 210g", "accept", "km", "…"], "Rice 210g"),
        (["A-1", "", "en", "title", "쌀 210g", "Rice, 210g", "수정", "김.민", ""], "Rice, 210g"),
        (["A-1", "", "en", "title", "쌀 210g", "", "replace", "km", ""], ""),
        (["A-1", "", "en", "title", "'-50도 보온컵", "'-50° Cup", "Accept ", "km", ""], "-50° Cup"),
    ],
)
def test_a_decision_is_an_edit_of_its_reviewer(row: list[str], value: str):
    """Given a decided row, guarded against formulas as we guard it, when read, then it is a review of those words."""
    found = read(*row)

    assert found.findings == ()
    assert found.edit is not None
    assert (found.edit.key, found.edit.value, found.edit.reviewer) == ("reviewed#en#title", value, row[7])
    assert not found.source.startswith("'")


def test_a_row_without_a_decision_is_left_as_it_is():
    """Given a row that nobody decided, when read, then there is no edit and no complaint, and a code of no product is not looked up."""
    assert read("A-1", "", "en", "title", "쌀", "Rice", " ", "", "") == EditRow(2, read("A-1").cells, "A-1", None, ())
    assert read("A#1" * 500, "", "en").sku == ""


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["A-1", "", "en", "title", "쌀", "Rice", "maybe", "km"], "EDIT_VALUE_INVALID", "G2"),
        (["A-1", "", "en", "title", "쌀", "Rice", "accept", ""], "EDIT_VALUE_INVALID", "H2"),
        (["A-1", "", "en", "title", "쌀", "Rice", "accept", "k m; drop"], "EDIT_VALUE_INVALID", "H2"),
        (["A-1", "", "en", "title", "쌀", " ", "accept", "km"], "EDIT_VALUE_INVALID", "F2"),
        (["A-1", "", "en", "title", "쌀", "<b>Rice</b>", "replace", "km"], "EDIT_VALUE_INVALID", "F2"),
        (["A-1", "SG", "", "price", "", "12.90", "replace", "km"], "EDIT_FIELD_UNKNOWN", "D2"),
        (["A-1", "", "tlh", "title", "쌀", "Rice", "accept", "km"], "EDIT_PLACE_UNKNOWN", "C2"),
    ],
)
def test_what_is_no_review_is_told_with_its_cell(row: list[str], code: str, cell: str):
    """Given a row that cannot be used, when read, then one finding says why and where, and nothing is kept."""
    found = read(*row)

    assert found.edit is None
    assert [(finding.code, finding.cell) for finding in found.findings] == [(code, cell)]
