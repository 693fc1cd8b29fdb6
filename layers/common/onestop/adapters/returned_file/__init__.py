"""The seller's own file comes back, marked: the result of every row, and what is to be corrected, where it stands."""

import json
from itertools import chain
from pathlib import PurePosixPath

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.catalogue_files.archive import unpack
from onestop.adapters.catalogue_files.sniff import FileKind, is_zip, kind_of_zip
from onestop.adapters.catalogue_files.zip_guard import open_container
from onestop.adapters.returned_file.reduced import reduced_workbook
from onestop.adapters.returned_file.text_table import marked_text
from onestop.adapters.returned_file.verdict import Verdict, own_column, verdicts
from onestop.adapters.returned_file.workbook import marked_workbook
from onestop.domain.catalog.upload import UploadState
from onestop.domain.errors import PermanentError
from onestop.domain.listing.report import Report

SUFFIX = "_결과"


def returned_file(data: bytes, name: str, report: Report) -> tuple[str, bytes] | None:
    """The name and bytes of the file that goes back; None when the file could not be read, so that nothing in it can be marked.

    Of an archive only the catalogue goes back. A workbook whose parts are not put together as expected, or whose sheet is
    too large to be marked, goes back as a workbook that holds only the rows that need something, and says so.

    Args:
        data: the file as the seller sent it.
        name: its own name, without a path.
        report: what is told about it.
    """
    if report.upload.state is UploadState.REJECTED or not report.rows:
        return None
    try:
        return _returned(data, name, report, verdicts(report))
    except PermanentError:
        return None


def _returned(data: bytes, name: str, report: Report, said: dict[int, Verdict]) -> tuple[str, bytes]:
    if not is_zip(data):
        if _is_json(data):
            return _named(name, ".jsonl"), _findings_per_object(said, report)
        return _named(name), marked_text(data, report, said)
    container = open_container(data)
    if kind_of_zip(container, name) is FileKind.ARCHIVE:
        inner_name, inner, _ = unpack(container)
        return _returned(inner, PurePosixPath(inner_name).name, report, said)
    return _workbook(data, name, report, said)


def _workbook(data: bytes, name: str, report: Report, said: dict[int, Verdict]) -> tuple[str, bytes]:
    opened = open_catalogue(data, name)
    rows = [row for row in opened.rows() if row[0] >= report.upload.header_row]
    own = own_column(rows[0][1], rows[1:]) if rows else None
    width = max((at + 1 for _, cells in rows for at, text in enumerate(cells) if text and not text.isspace()), default=0)
    try:
        return _named(name), marked_workbook(open_container(data), report, said, own=own, width=width)
    except PermanentError:
        return _named(name, ".xlsx"), reduced_workbook(opened.rows(), report, said)


def _is_json(data: bytes) -> bool:
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _findings_per_object(said: dict[int, Verdict], report: Report) -> bytes:
    """One JSON object a line: the object's number in the file, what is said of it, its status by market, its findings."""
    lines = []
    for one in report.rows:
        findings = dict.fromkeys(chain(one.row.findings, *(listing.findings for listing in one.listings)))
        told = {
            "row": one.row.row, "sku": one.row.sku, "result": said[one.row.row].line,
            "status": {listing.market: listing.status.value for listing in one.listings},
            "findings": [finding.model_dump(mode="json") for finding in findings],
        }  # fmt: skip
        lines.append(json.dumps(told, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _named(name: str, suffix: str | None = None) -> str:
    """The name of what goes back; a file that was returned before keeps the one that it has.

    Example:
        >>> _named("봄 신상품.xlsx"), _named("봄 신상품_결과.xlsx"), _named("items.json", ".jsonl")
        ('봄 신상품_결과.xlsx', '봄 신상품_결과.xlsx', 'items_결과.jsonl')
    """
    path = PurePosixPath(name)
    return f"{path.stem.removesuffix(SUFFIX)}{SUFFIX}{suffix or path.suffix}"
