"""A sheet as rows of text: what a cell is called, and where the products begin."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS, Profile, Recognition, recognise
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

Row = tuple[int, list[str]]
"""Row number from 1, and the text of its cells."""

UNCOMPUTED = "\x00uncomputed"
"""Stands in a cell whose formula has no stored value; no text of a seller holds a NUL."""


def cell_name(index: int, row_number: int, sheet: str | None = None) -> str:
    """A cell as a spreadsheet names it.

    Args:
        index: column, from 0.
        row_number: row, from 1.
        sheet: name of the sheet when the workbook has several, else None.

    Example:
        >>> cell_name(2, 7), cell_name(27, 1, "상품")
        ('C7', '상품!AB1')
    """
    letters = ""
    rest = index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet}!{letters}{row_number}" if sheet else f"{letters}{row_number}"


def find_products(rows: Iterator[Row], profiles: Sequence[Profile]) -> tuple[Recognition, Iterator[Row]]:
    """The recognised form, and the rows below its header; nothing is read ahead but the rows where a header may stand.

    Args:
        rows: (row number from 1, cells), blank rows left out.
        profiles: the known forms.

    Raises:
        PermanentError: FILE_EMPTY, FILE_HEADER_UNKNOWN or FILE_NO_ROWS.

    Example:
        >>> find_products(iter([]), ())
        Traceback (most recent call last):
        ...
        onestop.domain.errors.PermanentError: FILE_EMPTY
    """
    head = list(islice(rows, HEADER_SEARCH_ROWS))
    if not head:
        raise PermanentError(Finding.of("FILE_EMPTY"))
    recognition = recognise(head, profiles)
    below = [row for row in head if row[0] > recognition.header_row]
    first = below or list(islice(rows, 1))
    if not first:
        raise PermanentError(Finding.of("FILE_NO_ROWS"))
    return recognition, chain(first, rows)
