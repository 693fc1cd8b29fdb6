"""A seller's file, whatever it is, as rows of text: CSV and its kin, XLSX, JSON, or a ZIP of one of them with pictures."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Protocol

from onestop.adapters.catalogue_files.archive import Reader, unpack
from onestop.adapters.catalogue_files.caps import MAX_FILE_BYTES, refuse, too_large
from onestop.adapters.catalogue_files.csv_rows import TextTable
from onestop.adapters.catalogue_files.json_rows import open_json
from onestop.adapters.catalogue_files.sniff import FileKind, is_zip, kind_of_text, kind_of_zip
from onestop.adapters.catalogue_files.spool import chunks, piece, size_of
from onestop.adapters.catalogue_files.xlsx_rows import Workbook
from onestop.adapters.catalogue_files.zip_guard import open_container
from onestop.adapters.profiles import profiles
from onestop.domain.catalog.profile import recognise
from onestop.domain.catalog.sheet import Row
from onestop.domain.errors import PermanentError

_CONTENT = re.compile(rb"[^\xef\xbb\xbf\xff\xfe \t\r\n\0]")

LooksRight = Callable[[list[Row]], bool]


class Table(Protocol):
    """A sheet of rows."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the file has several, else None."""

    def rows(self) -> Iterator[Row]:
        """(Row number from 1, cells as text) of every row that is not blank, from the start at each call."""


@dataclass(frozen=True)
class Catalogue:
    """An opened catalogue.

    Attributes:
        name: the file that holds the rows; inside an archive, its path there.
    """

    name: str
    _table: Table
    _members: Mapping[str, Reader] = field(default_factory=dict)

    @property
    def sheet(self) -> str | None:
        """The name of the sheet when the workbook has several, else None."""
        return self._table.sheet

    def rows(self) -> Iterator[Row]:
        """(Row number from 1, cells as text) of every row that is not blank, from the start at each call.

        Raises:
            PermanentError: FILE_TOO_LARGE or FILE_QUOTE_OPEN, while a text file is being read.
        """
        return self._table.rows()

    def side_sheets(self, names: frozenset[str]) -> Iterator[tuple[str, Iterator[Row]]]:
        """(Name, rows) of a workbook's side sheets with one of these names (lower case); none in other files."""
        if isinstance(self._table, Workbook):
            yield from self._table.side_sheets(names)

    def members(self) -> dict[str, Reader]:
        """Pictures and other files beside the catalogue in an archive: safe relative path -> what reads its bytes."""
        return dict(self._members)


def _looks_like_catalogue(head: list[Row]) -> bool:
    try:
        recognise(head, profiles())
    except PermanentError:
        return False
    return True


def open_catalogue(data: bytes | IO[bytes], name: str, *, looks_right: LooksRight = _looks_like_catalogue) -> Catalogue:
    """The catalogue in these bytes, or in this file. What it is, is told by the bytes; the name is only shown.

    ``looks_right`` chooses among the sheets of a workbook by their first rows.

    A text file is read from where it lies while its rows are, so it must stay open for that long; a workbook or an archive,
    which is smaller than what it holds, is taken into memory.

    Raises:
        PermanentError: a finding whose code begins with ``FILE_`` or ``ARCHIVE_``; nothing was half read.
    """
    file = BytesIO(data) if isinstance(data, bytes) else data
    if (size := size_of(file)) > MAX_FILE_BYTES:
        raise too_large(size, MAX_FILE_BYTES)
    if not any(map(_CONTENT.search, chunks(file))):
        raise refuse("FILE_EMPTY")
    if not is_zip(piece(file, 0, 4)):
        kind_of_text(file, name)
        return Catalogue(name, open_json(file) or TextTable(file))
    return _open_zip(piece(file, 0, -1), name, looks_right)


def _open_zip(data: bytes, name: str, looks_right: LooksRight) -> Catalogue:
    container = open_container(data)
    if kind_of_zip(container, name) is FileKind.WORKBOOK:
        return Catalogue(name, Workbook(data, container, looks_right))
    inner_name, inner, members = unpack(container)
    if is_zip(inner) and kind_of_zip(open_container(inner), inner_name) is FileKind.ARCHIVE:
        raise refuse("ARCHIVE_UNSAFE", reason=f"archive inside: {inner_name[:80]}")
    opened = open_catalogue(inner, inner_name, looks_right=looks_right)
    return Catalogue(inner_name, opened._table, members)
