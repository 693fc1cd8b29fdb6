"""The seller's own file comes back, marked: the result of every row, and what is to be corrected, where it stands."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.catalogue_files.archive import unpack
from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.catalogue_files.sniff import FileKind, is_zip, kind_of_zip
from onestop.adapters.catalogue_files.zip_guard import open_container
from onestop.adapters.returned_file.text_table import MarkedText
from onestop.adapters.returned_file.verdict import Judge, Judged, own_column
from onestop.domain.catalog.returned import RETURNED_SUFFIX
from onestop.domain.catalog.sheet import Row
from onestop.domain.catalog.upload import Upload
from onestop.domain.channels.market import Market
from onestop.domain.errors import PermanentError
from onestop.domain.listing.reported import ReportedRow
from onestop.steps.ports import ReturnedFile

MOST_MARKED_ROWS = 30_000
"""Rows of a workbook that is marked: it is in memory as a whole. A text file of any size is marked while it streams by."""


def returned_file(data: bytes, name: str, upload: Upload, markets: tuple[Market, ...]) -> ReturnedFile:
    """The file that goes back, which takes in the rows in the order of the file and gives its bytes piece by piece.

    Of an archive only the catalogue goes back. A workbook whose parts are not put together as expected, or whose sheet is
    too large to be marked, goes back as a workbook that holds only the rows that need something, and says so.

    Args:
        data: the file as the seller sent it.
        name: its own name, without a path.
        upload: how it was read.
        markets: where the seller sells.

    Raises:
        PermanentError: FILE_TOO_LARGE for a workbook of more than ``MOST_MARKED_ROWS`` rows; another code when the file cannot
            be read, so that nothing in it can be marked.
    """
    if not is_zip(data):
        if _is_json(data):
            return _Objects(name)
        return _Text(data, name, upload)
    container = open_container(data)
    if kind_of_zip(container, name) is FileKind.ARCHIVE:
        inner_name, inner, _ = unpack(container)
        return returned_file(inner, PurePosixPath(inner_name).name, upload, markets)
    if upload.rows > MOST_MARKED_ROWS:
        raise refuse("FILE_TOO_LARGE", size=f"{upload.rows:,} rows", limit=f"{MOST_MARKED_ROWS:,}")
    return _Workbook(data, name, upload, markets)


class _RowByRow(ABC):
    """Judges the rows, and gives what can be written once a row is judged."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._judge = Judge()

    def row(self, reported: ReportedRow) -> bytes:
        """Take in the next row; the bytes that are ready by now, maybe none."""
        return self._marked(self._judge.see(reported))

    def rest(self) -> bytes:
        """All bytes that are left, once every row was taken in."""
        return self._marked(self._judge.last()) + self._end()

    def _marked(self, judged: Judged | None) -> bytes:
        return self._mark(judged) if judged else b""

    @abstractmethod
    def _mark(self, judged: Judged) -> bytes:
        """What a judged row adds to the file."""

    def _end(self) -> bytes:
        return b""


class _Text(_RowByRow):
    def __init__(self, data: bytes, name: str, upload: Upload) -> None:
        super().__init__(_named(name))
        self._text = MarkedText(data, upload)

    def _mark(self, judged: Judged) -> bytes:
        return self._text.mark(judged)

    def _end(self) -> bytes:
        return self._text.rest()


class _Objects(_RowByRow):
    """One JSON object a line: the object's number in the file, what is said of it, its status by market, its findings."""

    def __init__(self, name: str) -> None:
        super().__init__(_named(name, ".jsonl"))

    def _mark(self, judged: Judged) -> bytes:
        one = judged.reported
        findings = dict.fromkeys(chain(one.row.findings, *(listing.findings for listing in one.listings)))
        told = {
            "row": one.row.row, "sku": one.row.sku, "result": judged.verdict.line,
            "status": {listing.market: listing.status.value for listing in one.listings},
            "findings": [finding.model_dump(mode="json") for finding in findings],
        }  # fmt: skip
        return (json.dumps(told, ensure_ascii=False) + "\n").encode()


class _Workbook(_RowByRow):
    """A workbook is put together at the end; nothing is given before."""

    def __init__(self, data: bytes, name: str, upload: Upload, markets: tuple[Market, ...]) -> None:
        # What takes a workbook apart is loaded by the first one; files of other kinds go without.
        from onestop.adapters.returned_file.told import Told

        super().__init__(_named(name))
        self._data, self._sent_name, self._told = data, name, Told(upload, markets)

    def _mark(self, judged: Judged) -> bytes:
        self._told.see(judged)
        return b""

    def _end(self) -> bytes:
        try:
            return self._workbook()
        except PermanentError:
            return b""  # the file cannot be read any more than before: there is nothing to mark

    def _workbook(self) -> bytes:
        from onestop.adapters.returned_file.reduced import reduced_workbook
        from onestop.adapters.returned_file.workbook import marked_workbook

        opened = open_catalogue(self._data, self._sent_name)
        header_row = self._told.upload.header_row
        own, width = _extent((row for row in opened.rows() if row[0] >= header_row), has_header=header_row > 0)
        try:
            return marked_workbook(open_container(self._data), self._told, own=own, width=width)
        except PermanentError:
            self.name = _named(self._sent_name, ".xlsx")
            return reduced_workbook(opened.rows(), self._told)


def _extent(rows: Iterator[Row], *, has_header: bool) -> tuple[int | None, int]:
    """Where an earlier return put its results, and how many columns the header and the rows below it have."""
    width = 0

    def measured() -> Iterator[Row]:
        nonlocal width
        for number, cells in rows:
            width = max(width, max((at for at, text in enumerate(cells, start=1) if text and not text.isspace()), default=0))
            yield number, cells

    seen = measured()
    header = next(seen, (0, []))[1] if has_header else []
    return own_column(header, seen), width


def _is_json(data: bytes) -> bool:
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _named(name: str, suffix: str | None = None) -> str:
    """The name of what goes back; a file that was returned before keeps the one that it has.

    Example:
        >>> _named("봄 신상품.xlsx"), _named("봄 신상품_결과.xlsx"), _named("items.json", ".jsonl")
        ('봄 신상품_결과.xlsx', '봄 신상품_결과.xlsx', 'items_결과.jsonl')
    """
    path = PurePosixPath(name)
    return f"{path.stem.removesuffix(RETURNED_SUFFIX)}{RETURNED_SUFFIX}{suffix or path.suffix}"
