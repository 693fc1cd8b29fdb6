"""Lists of product codes by which a seller takes products off every market, or brings them back."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onestop.domain.catalog.places import MARKS, cell_name
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

WITHDRAW_NAMES = frozenset({"withdraw", "철회", "판매중지"})
"""Names of a sheet, or of a file without its ending, that lists products to take off."""

RESTORE_NAMES = frozenset({"restore", "복원", "판매재개"})
"""Names of a sheet or file that lists products to bring back."""

_HEADERS = frozenset({"sku", "상품코드", "code", "코드", "판매자 상품코드"})

MAX_CODE_CHARS = 100
"""What is kept of a listed code; no product's code is as long."""

MAX_LIST_BYTES = 300_000
"""All codes of a file with their cells, as they are kept with their upload, whose item holds 400 kB."""

_BYTES_BETWEEN = 8
"""What JSON puts around a code and its cell."""

_ROW = re.compile(r"\d+$")


class ListedCode(NamedTuple):
    """A code that a seller lists, and the cell where it stands."""

    code: str
    cell: str

    @property
    def row(self) -> int:
        """The row of the cell, from 1.

        Example:
            >>> ListedCode("A-1", "withdraw!A7").row
            7
        """
        found = _ROW.search(self.cell)
        return int(found[0]) if found else 0


class CodeList(NamedTuple):
    """A list as it was read: its header and the row of that, 0 when it has none; and its codes, each once."""

    header_row: int
    header: str
    codes: tuple[ListedCode, ...]


def codes_of(rows: Iterable[tuple[int, Sequence[str]]], *, sheet: str | None = None) -> CodeList:
    """The codes in each row's first cell that is not blank, where they stand first; a header is passed over.

    Args:
        rows: (row number from 1, cells).
        sheet: its name, when the workbook has several.

    Raises:
        PermanentError: FILE_TOO_LARGE, some 10,000 codes; they can be dropped in several files.

    Example:
        >>> codes_of([(1, ["상품코드", "이유"]), (2, ["A-1", "단종"]), (3, ["", "A-2"]), (4, ["A-1"])])
        CodeList(header_row=1, header='상품코드', codes=(ListedCode(code='A-1', cell='A2'), ListedCode(code='A-2', cell='B3')))
    """
    header_row, header, found = 0, "", dict[str, str]()
    for number, cells in rows:
        index, text = next(((at, cell.strip()) for at, cell in enumerate(cells) if cell.strip()), (0, ""))
        if text.lower() in _HEADERS:
            header_row, header = (header_row, header) if header_row else (number, text)
        elif text:
            found.setdefault(text[:MAX_CODE_CHARS], cell_name(index, number, sheet))
    return CodeList(header_row, header, require_fit(tuple(map(ListedCode._make, found.items()))))


def require_fit(codes: tuple[ListedCode, ...]) -> tuple[ListedCode, ...]:
    """The codes, when they can be kept with their upload.

    Raises:
        PermanentError: FILE_TOO_LARGE.
    """
    size = sum(len(one.code.encode()) + len(one.cell.encode()) + _BYTES_BETWEEN for one in codes)
    if size > MAX_LIST_BYTES:
        raise PermanentError(Finding.of("FILE_TOO_LARGE", size=f"{len(codes):,} codes, {size:,} bytes", limit=f"{MAX_LIST_BYTES:,} bytes"))
    return codes


def unknown(listed: ListedCode) -> Finding:
    """What is told of a listed code that no product has.

    Example:
        >>> found = unknown(ListedCode("PENN", "A7"))
        >>> found.code, found.cell
        ('LIST_CODE_UNKNOWN', 'A7')
    """
    if listed.code in MARKS:
        return Finding.of(MARKS[listed.code], field="sku", cell=listed.cell)
    return Finding.of("LIST_CODE_UNKNOWN", field="sku", cell=listed.cell, value=listed.code)
