"""Tell the seller what became of an upload: a page to read, findings to work through, listings to take along.

The rows go by once, some at a time, and every file is written while they do: what is in memory does not grow with the upload.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from onestop.domain.catalog.code_lists import unknown
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.upload import Upload, UploadRow, UploadState
from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import ReportUpload
from onestop.domain.demand.coverage import Coverage
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.occurrences import Occurrence, of_file, of_row
from onestop.domain.listing.report import Gathering, Report
from onestop.domain.listing.reported import ReportedRow
from onestop.domain.listing.reviews import Question, in_doubt, questions
from onestop.steps.batches import batches, read_ahead
from onestop.steps.ports import Catalog, Listings, Objects, Rankings, ReturnedFile

ROWS_AT_ONCE = 100
"""Rows whose listings are read together, at some 15 kB a row."""

_OURS = ("findings.csv", "review.csv")
"""Tables that we write, which are UTF-8."""

BATCHES_AHEAD = 4
"""Batches whose listings are on their way while an earlier one is written down: a batch is worked on for as long as it is waited for."""

ReadThumb = Callable[[str], bytes | None]

_MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain", ".jsonl": "application/x-ndjson",
}  # fmt: skip


class ReturnFile(Protocol):
    """Opens a seller's file to be given back."""

    def __call__(self, data: bytes, name: str, upload: Upload, markets: tuple[Market, ...]) -> ReturnedFile:
        """The file that goes back; raises PermanentError when there is none to be given."""


class Words(NamedTuple):
    """How what is told is written down.

    Attributes:
        page: the page, given a way to read thumbnails.
        findings_head: how the table of findings begins.
        findings_lines: the lines of some findings.
        review_head, review_lines: the same of what a reviewer is asked.
        returned: the seller's own file, on its way back.
    """

    page: Callable[[Report, ReadThumb], bytes]
    findings_head: Callable[[], bytes]
    findings_lines: Callable[[Iterable[Occurrence]], bytes]
    review_head: Callable[[], bytes]
    review_lines: Callable[[Iterable[Question]], bytes]
    returned: ReturnFile


def report_upload(
    command: ReportUpload, *, catalog: Catalog, listings: Listings, uploads: Objects, results: Objects, markets: Markets,
    words: Words, now: datetime, rankings: Rankings,
) -> Report:  # fmt: skip
    """Write ``report.html``, ``findings.csv``, ``summary.json``, one JSON Lines file per market, and the seller's file, marked.

    What a reviewer is to be asked lies in ``review.csv``, if anything is. All of it goes under the seller's prefix. A file that
    was replaced or taken away meanwhile is not marked.

    Raises:
        RetryableError: the upload is not there yet.
    """
    upload = catalog.upload(command.seller_id, command.upload_id)
    if upload is None:
        raise RetryableError("the upload is not stored yet")
    if upload.state is UploadState.WORKING:
        upload = upload.model_copy(update={"state": UploadState.DONE})
        catalog.finish_upload(upload)
    upload = upload.model_copy(update={"findings": (*upload.findings, *_unknown_codes(upload, catalog))})
    # A file may have been rejected for a market that nobody knows; the page that says so shows none.
    told = () if upload.state is UploadState.REJECTED else upload.settings.markets or ()
    selling = tuple(markets.get(code) for code in told)
    gathering = Gathering(upload, selling, _coverages(upload.seller_id, selling, rankings))
    returned, marked = _returned(upload, selling, uploads, words)
    prefix = results_prefix(command.seller_id, command.upload_id)
    with ExitStack() as open_files:
        files = _Files(results, prefix, open_files)
        files.write("findings.csv", words.findings_head() + words.findings_lines(of_file(upload.findings)))
        for reported in _reported(upload, catalog, listings, tuple(sorted(markets.by_code))):
            gathering.see(reported)
            _write_row(reported, files, words, returned)
        if returned and gathering.rows:
            rest = returned.rest()
            files.write(f"returned/{returned.name}", rest)
    report = gathering.report(now.date(), marked=marked)
    results.write(f"{prefix}summary.json", _json(report.summary()), "application/json")
    results.write(f"{prefix}report.html", words.page(report, results.read), "text/html; charset=utf-8")
    return report


def _coverages(seller_id: str, selling: Sequence[Market], rankings: Rankings) -> list[Coverage]:
    known = ((market.code, rankings.of(market)) for market in selling)
    return [Coverage(code, ranking, rankings.uplifts(code, seller_id)) for code, ranking in known if ranking]


def media_type(name: str) -> str:
    """What kind of content a file that goes back to a seller has.

    Example:
        >>> media_type("items_결과.CSV"), media_type("items_결과.old")
        ('text/csv', 'application/octet-stream')
    """
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def results_prefix(seller_id: str, upload_id: str) -> str:
    """Where an upload's results lie in the results bucket."""
    return f"{seller_id}/uploads/{upload_id}/"


class _Files:
    """The files of one report, each opened by the first bytes that are written to it."""

    def __init__(self, results: Objects, prefix: str, open_files: ExitStack) -> None:
        self._results, self._prefix, self._open_files = results, prefix, open_files
        self._writers: dict[str, Callable[[bytes], None]] = {}

    def write(self, name: str, data: bytes, head: bytes = b"") -> None:
        if not data:
            return
        if name not in self._writers:
            kind = f"{media_type(name)}; charset=utf-8" if name in _OURS else media_type(name)
            self._writers[name] = self._open_files.enter_context(self._results.writing(self._prefix + name, kind))
            data = head + data
        self._writers[name](data)


def _returned(upload: Upload, selling: tuple[Market, ...], uploads: Objects, words: Words) -> tuple[ReturnedFile | None, bool]:
    """The seller's file to be marked, if there is one; and False when it is too large for that."""
    if upload.state is UploadState.REJECTED or uploads.etag(upload.key) != upload.etag:
        return None, True
    data = uploads.read(upload.key)
    try:
        return (words.returned(data, PurePosixPath(upload.key).name, upload, selling) if data else None), True
    except PermanentError as error:
        return None, all(finding.code != "FILE_TOO_LARGE" for finding in error.findings)


def _reported(upload: Upload, catalog: Catalog, listings: Listings, markets: tuple[str, ...]) -> Iterator[ReportedRow]:
    """The upload's rows in the order of the file, each with what was made of it."""

    def read(some: Sequence[UploadRow]) -> tuple[dict[str, tuple[Listing, ...]], dict[str, Product]]:
        known = listings.of_products(upload.seller_id, list(dict.fromkeys(filter(None, map(_made, some)))), markets)
        return known, _in_doubt(upload.seller_id, known, catalog)

    rows = batches(catalog.rows(upload.seller_id, upload.upload_id), ROWS_AT_ONCE)
    for some, (known, products) in read_ahead(rows, read, at_once=BATCHES_AHEAD):
        for row in some:
            sku = _made(row) or ""
            yield ReportedRow(row=row, listings=known.get(sku, ()), product=products.get(sku))


def _in_doubt(seller_id: str, known: Mapping[str, tuple[Listing, ...]], catalog: Catalog) -> dict[str, Product]:
    """The products that a reviewer is to be asked about."""
    skus = [sku for sku, listings in known.items() if in_doubt(listings)]
    return {sku: stored.product for sku, stored in catalog.products(seller_id, skus).items()} if skus else {}


def _unknown_codes(upload: Upload, catalog: Catalog) -> Iterator[Finding]:
    """What a workbook's lists name that no product has. A product may stand below in the same file, so this waits for its rows."""
    if upload.is_list or upload.state is UploadState.REJECTED:
        return  # a file that is a list tells it with its rows
    for some in batches((*upload.withdraw, *upload.restore), ROWS_AT_ONCE):
        known = catalog.products(upload.seller_id, list(dict.fromkeys(one.code for one in some)))
        yield from (unknown(one) for one in some if one.code not in known)


def _made(row: UploadRow) -> str | None:
    """The code of the product that a row made or left as it was; None when it was rejected."""
    return None if row.outcome == "rejected" else row.sku


def _write_row(reported: ReportedRow, files: _Files, words: Words, returned: ReturnedFile | None) -> None:
    files.write("findings.csv", words.findings_lines(of_row(reported)))
    if reported.product:
        files.write("review.csv", words.review_lines(questions(reported.listings, reported.product)), words.review_head())
    for listing in reported.listings:
        files.write(f"listings/{listing.market}.jsonl", f"{listing.model_dump_json()}\n".encode())
    if returned:
        ready = returned.row(reported)
        files.write(f"returned/{returned.name}", ready)


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
