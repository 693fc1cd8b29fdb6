"""Rows of an Excel workbook as text."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.catalogue_files.xlsx_guard import guard_workbook, part_of_sheet
from onestop.domain.catalog.code_lists import RESTORE_NAMES, WITHDRAW_NAMES
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.catalog.returned import STATUS_SHEET
from onestop.domain.catalog.sheet import UNCOMPUTED, Row, cell_name

Cell = int | float | str | bool | time | date | datetime | timedelta

_LISTS = WITHDRAW_NAMES | RESTORE_NAMES
SIDE_SHEETS = frozenset({"settings", "설정", STATUS_SHEET, *_LISTS})
"""Names of sheets that never are the catalogue: settings, lists of codes, and what a returned workbook brings along."""

_EXCEL_DIGITS = 15  # what Excel keeps and shows of a number; the digits beyond are noise of binary fractions
_TOO_LONG = 10.0**_EXCEL_DIGITS
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")


class Workbook:
    """The catalogue sheet of a workbook: the first visible sheet that looks like one, else the first one with rows.

    Formulas count with the value that was stored for them. Links to other workbooks are not followed.

    Args:
        data: the bytes of the file.
        container: the same bytes, opened as ZIP.
        looks_right: whether the first rows of a sheet are those of a catalogue.

    Raises:
        PermanentError: ARCHIVE_UNSAFE, FILE_ENCRYPTED, FILE_TOO_LARGE, FILE_DAMAGED or FILE_EMPTY.
    """

    def __init__(self, data: bytes, container: ZipFile, looks_right: Callable[[list[Row]], bool]) -> None:
        uncomputed = guard_workbook(data, container)
        try:
            book = load_workbook(BytesIO(data))
            self._book = book
            names = _visible_sheets(book)
            self._sheet = _choose(book, names, looks_right)
        except CalamineError as error:
            raise refuse("FILE_DAMAGED") from error
        self.sheet = self._sheet.name if len(names) > 1 else None
        self._uncomputed = uncomputed.get(part_of_sheet(container, self._sheet.name), frozenset()) if uncomputed else frozenset()

    def rows(self) -> Iterator[Row]:
        """(Row number from 1, cells as text) of every row that is not blank."""
        if not self._uncomputed:
            return _rows(self._sheet)
        return ((number, [self._told(at, number, text) for at, text in enumerate(cells)]) for number, cells in _rows(self._sheet))

    def side_sheets(self, names: frozenset[str]) -> Iterator[tuple[str, Iterator[Row]]]:
        """(Name, rows) of the side sheets with one of these names."""
        for name in self._book.sheet_names:
            if name.strip().lower() in names:
                yield name, _rows(self._book.get_sheet_by_name(name))

    def _told(self, index: int, row_number: int, text: str) -> str:
        return UNCOMPUTED if cell_name(index, row_number) in self._uncomputed else text


def as_text(cell: Cell) -> str:
    """A cell as its text: numbers without a trailing ``.0`` or exponent, dates as ISO 8601, booleans TRUE and FALSE.

    Example:
        >>> as_text(19900.0), as_text(0.1 + 0.2), as_text(True), as_text(date(2026, 1, 2)), as_text("0012")
        ('19900', '0.3', 'TRUE', '2026-01-02', '0012')
    """
    if isinstance(cell, float):
        return _known_text(cell) if cell else _number_text(cell)  # as keys, 0 and -0 are the same
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _number_text(number: float) -> str:
    if number.is_integer() and 0 < abs(number) < _TOO_LONG:
        return str(int(number))
    text = f"{number:.{_EXCEL_DIGITS}g}"
    if _DIGITS.fullmatch(text):
        return text
    text = format(Decimal(text), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def _known_text(number: float) -> str:
    return _number_text(number)


def _visible_sheets(book: CalamineWorkbook) -> list[str]:
    visible = [
        sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
    return main_sheets(visible)


def main_sheets(visible: Sequence[str]) -> list[str]:
    """The sheets that may be what a workbook is about: all but side sheets, or else a list of codes that somebody saved alone.

    Example:
        >>> main_sheets(["settings", "상품", "withdraw"]), main_sheets(["Withdraw"])
        (['상품'], ['Withdraw'])
    """
    named = {name: name.strip().lower() for name in visible}
    return [name for name in visible if named[name] not in SIDE_SHEETS] or [name for name in visible if named[name] in _LISTS]


def _choose(book: CalamineWorkbook, names: list[str], looks_right: Callable[[list[Row]], bool]) -> CalamineSheet:
    first = None
    for name in names:
        sheet = book.get_sheet_by_name(name)
        head = list(islice(_rows(sheet), HEADER_SEARCH_ROWS))
        if head and looks_right(head):
            return sheet
        first = first or (name if head else None)
    if first is None:
        raise refuse("FILE_EMPTY")
    return book.get_sheet_by_name(first)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """The reader leaves out blank columns on the left, which would shift every cell; they are put back."""
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [cell if type(cell) is str else as_text(cell) for cell in cells]
        if (texts and texts[0].strip()) or any(map(str.strip, texts)):
            yield number, left + texts if left else texts
