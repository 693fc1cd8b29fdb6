"""A seller's CSV file with columns at the end. What stood in a line stays as it was written, byte for byte."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO

from onestop.adapters.catalogue_files.caps import MAX_FILE_BYTES
from onestop.adapters.catalogue_files.csv_rows import find_delimiter, find_encoding
from onestop.adapters.report.findings_file import inert
from onestop.adapters.returned_file.verdict import STATUS_WORDS, Verdict, own_column
from onestop.domain.catalog.returned import CELLS_HEADER, RESULT_HEADER, STATUS_HEADER
from onestop.domain.catalog.sheet import cell_name
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.report import Report

_HEADERS = (RESULT_HEADER, CELLS_HEADER, STATUS_HEADER)
_SNIFF_CHARS = 64 * 1024
_ENDS = ("\r\n", "\n", "\r")


class Record:
    """One record: its text without the line end, the line end, and its cells."""

    def __init__(self, text: str, cells: list[str]) -> None:
        self.end = next((end for end in _ENDS if text.endswith(end)), "")
        self.text = text.removesuffix(self.end)
        self.cells = cells


def marked_text(data: bytes, report: Report, said: Mapping[int, Verdict]) -> bytes:
    """The file in its own encoding, delimiter and line ends, with three columns: result, cells to correct, status by country.

    What the encoding cannot write of ours becomes a question mark. An earlier return's columns are replaced.
    """
    encoding, bom = _encoding(data)
    text = data[len(bom) :].decode(encoding)
    delimiter = find_delimiter(text[:_SNIFF_CHARS])
    records = list(_records(text, delimiter))
    own = _own(records, report.upload.header_row)
    width = own if own is not None else max(len(one.cells) for one in records[report.upload.header_row - 1 :])
    statuses = {one.row.row: _statuses(one.listings) for one in report.rows}
    pieces = [bom]
    for number, record in enumerate(records, start=1):
        added: tuple[str, ...] = ()
        if number == report.upload.header_row:
            added = _HEADERS
        elif number in said:
            added = (said[number].line, _cells(said[number], report), statuses[number])
        kept = record.text if own is None or len(record.cells) <= own else _cut(record.text, delimiter, own)
        pieces.append(kept.encode(encoding))
        if added:
            filling = delimiter * (width - min(len(record.cells), width))
            pieces.append((filling + "".join(delimiter + _quoted(one, delimiter) for one in added)).encode(encoding, errors="replace"))
        pieces.append(record.end.encode(encoding))
    return b"".join(pieces)


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The codec without a mark, and the mark as it stands in the file."""
    name = find_encoding(BytesIO(data))
    if name == "utf-8-sig":
        return "utf-8", codecs.BOM_UTF8
    if name == "utf-16":
        return ("utf-16-le", codecs.BOM_UTF16_LE) if data.startswith(codecs.BOM_UTF16_LE) else ("utf-16-be", codecs.BOM_UTF16_BE)
    return name, b""


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Each record with the lines that the reader took for it: a quoted cell may hold several."""
    csv.field_size_limit(MAX_FILE_BYTES)
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in StringIO(text, newline=""):
            taken.append(line)
            yield line

    for cells in csv.reader(lines(), delimiter=delimiter):
        yield Record("".join(taken), cells)
        taken.clear()


def _own(records: list[Record], header_row: int) -> int | None:
    header, rows = records[header_row - 1].cells, records[header_row:]
    at = own_column(header, ((0, record.cells) for record in rows))
    return at if at is not None and [name.strip() for name in header[at : at + len(_HEADERS)]] == list(_HEADERS) else None


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


def _cells(verdict: Verdict, report: Report) -> str:
    names = {field: header for header, field in report.upload.columns.items()}
    told = []
    for place, mark in verdict.marks.items():
        header = next((names[one.finding.field] for one in mark.findings if one.finding.field in names), "")
        told.append(f"{cell_name(place.column, place.row)} {header}".strip())
    return ", ".join(told)


def _statuses(listings: Iterable[Listing]) -> str:
    return " / ".join(
        f"{one.market} {STATUS_WORDS[one.status]}" + (f" {one.price.amount} {one.price.currency}" if one.price else "") for one in listings
    )
