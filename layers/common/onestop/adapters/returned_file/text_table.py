"""A seller's CSV file with columns at the end. What stood in a line stays as it was written, byte for byte."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice

from onestop.adapters.catalogue_files.caps import MAX_FILE_BYTES
from onestop.adapters.catalogue_files.csv_rows import find_delimiter, find_encoding
from onestop.adapters.report.findings_file import inert
from onestop.adapters.returned_file.verdict import STATUS_WORDS, Judged, Verdict, own_column
from onestop.domain.catalog.returned import CELLS_HEADER, RESULT_HEADER, STATUS_HEADER
from onestop.domain.catalog.sheet import cell_name
from onestop.domain.catalog.upload import Upload
from onestop.domain.listing.listing import Listing

_HEADERS = (RESULT_HEADER, CELLS_HEADER, STATUS_HEADER)
_SNIFF_CHARS = 64 * 1024
_ENDS = ("\r\n", "\n", "\r")


class Record:
    """One record: its text without the line end, the line end, and its cells."""

    def __init__(self, text: str, cells: list[str]) -> None:
        self.end = next((end for end in _ENDS if text.endswith(end)), "")
        self.text = text.removesuffix(self.end)
        self.cells = cells


class MarkedText:
    """The file in its own encoding, delimiter and line ends, with three columns: result, cells to correct, status by country.

    What the encoding cannot write of ours becomes a question mark. An earlier return's columns are replaced. The file is decoded
    while it is marked, line by line.

    Args:
        data: the file.
        upload: how it was read.
    """

    def __init__(self, data: bytes, upload: Upload) -> None:
        self._data, self._header_row = data, upload.header_row
        self._names = {field: header for header, field in upload.columns.items()}
        self._encoding, self._mark = _encoding(data)
        self._delimiter = find_delimiter(self._text().read(_SNIFF_CHARS))
        self._own, self._width = self._columns()
        self._records = enumerate(self._read(), start=1)

    def mark(self, judged: Judged) -> bytes:
        """The lines up to and with that of a row, which comes after those that were marked before."""
        number = judged.reported.row.row
        return b"".join(self._lines(number, (judged.verdict.line, self._cells(judged.verdict), _statuses(judged.reported.listings))))

    def rest(self) -> bytes:
        """The lines after those that were marked."""
        return b"".join(self._lines(None, ()))

    def _lines(self, until: int | None, added: tuple[str, ...]) -> Iterator[bytes]:
        for number, record in self._records:
            if number == 1:
                yield self._mark
            yield self._line(record, _HEADERS if number == self._header_row else added if number == until else ())
            if number == until:
                return

    def _line(self, record: Record, added: tuple[str, ...]) -> bytes:
        own, delimiter, encoding = self._own, self._delimiter, self._encoding
        kept = record.text if own is None or len(record.cells) <= own else _cut(record.text, delimiter, own)
        line = kept.encode(encoding)
        if added:
            filling = delimiter * (self._width - min(len(record.cells), self._width))
            line += (filling + "".join(delimiter + _quoted(one, delimiter) for one in added)).encode(encoding, errors="replace")
        return line + record.end.encode(encoding)

    def _columns(self) -> tuple[int | None, int]:
        """Where an earlier return's columns begin, and behind how many columns ours go."""
        records = islice(self._read(), max(0, self._header_row - 1), None)
        header = next(records).cells if self._header_row else []
        width = len(header)

        def rows() -> Iterator[tuple[int, list[str]]]:
            nonlocal width
            for record in records:
                width = max(width, len(record.cells))
                yield 0, record.cells

        at = own_column(header, rows())
        if at is None:
            return None, width
        follow = [name.strip() for name in header[at : at + len(_HEADERS)]] == list(_HEADERS) if header else width == at + len(_HEADERS)
        return (at, at) if follow else (None, width)

    def _text(self) -> TextIOWrapper:
        raw = BytesIO(self._data)
        raw.seek(len(self._mark))
        return TextIOWrapper(raw, encoding=self._encoding, newline="")

    def _read(self) -> Iterator[Record]:
        """Each record with the lines that the reader took for it: a quoted cell may hold several."""
        csv.field_size_limit(MAX_FILE_BYTES)
        taken: list[str] = []

        def lines() -> Iterator[str]:
            for line in self._text():
                taken.append(line)
                yield line

        for cells in csv.reader(lines(), delimiter=self._delimiter):
            yield Record("".join(taken), cells)
            taken.clear()

    def _cells(self, verdict: Verdict) -> str:
        told = []
        for place, mark in verdict.marks.items():
            header = next((self._names[one.finding.field] for one in mark.findings if one.finding.field in self._names), "")
            told.append(f"{cell_name(place.column, place.row)} {header}".strip())
        return ", ".join(told)


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The codec without a mark, and the mark as it stands in the file."""
    name = find_encoding(BytesIO(data))
    if name == "utf-8-sig":
        return "utf-8", codecs.BOM_UTF8
    if name == "utf-16":
        return ("utf-16-le", codecs.BOM_UTF16_LE) if data.startswith(codecs.BOM_UTF16_LE) else ("utf-16-be", codecs.BOM_UTF16_BE)
    return name, b""


def _cut(text: str, delimiter: str, count: int) -> str:
    """The first cells of a record as they are written. A quote opens a cell only at its start, as for whoever reads the file."""
    cells, opens, quoted = 0, True, False
    for index, char in enumerate(text):
        if char == '"' and (opens or quoted):
            quoted = not quoted
            opens = True  # a second quote right after the one that closed is a quote in the cell
            continue
        if char == delimiter and not quoted:
            cells += 1
            if cells == count:
                return text[:index]
        opens = char == delimiter and not quoted
    return text


def _quoted(text: str, delimiter: str) -> str:
    safe = inert(" ".join(text.split()))
    return f'"{safe.replace(chr(34), chr(34) * 2)}"' if delimiter in safe or '"' in safe else safe


def _statuses(listings: Iterable[Listing]) -> str:
    return " / ".join(
        f"{one.market} {STATUS_WORDS[one.status]}" + (f" {one.price.amount} {one.price.currency}" if one.price else "") for one in listings
    )
