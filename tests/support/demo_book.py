"""The demonstration's own workbook with some of its products only, for tests that need its cells but not all of its work."""

from collections.abc import Collection
from io import BytesIO

from openpyxl import load_workbook

from tests.conftest import DEMO

NAME = "봄 신상품 (1차)+재고.xlsx"
SHEET, FIRST_ROW = "상품", 4


def demo_book(rows: Collection[int]) -> bytes:
    """The workbook in which all other product rows are blank, so that every cell stands where it always stood."""
    book = load_workbook(DEMO / NAME)
    for row in book[SHEET].iter_rows(min_row=FIRST_ROW):
        if row[0].row not in rows:
            for cell in row:
                cell.value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue()
