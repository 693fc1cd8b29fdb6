"""Tell the seller what became of an upload: a page to read, findings to work through, listings to take along."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath

from onestop.domain.catalog.upload import UploadState
from onestop.domain.channels.market import Markets
from onestop.domain.commands import ReportUpload
from onestop.domain.errors import RetryableError
from onestop.domain.listing.report import Report, ReportedRow
from onestop.steps.ports import Catalog, Listings, Objects

ReadThumb = Callable[[str], bytes | None]

_MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain", ".jsonl": "application/x-ndjson",
}  # fmt: skip


def report_upload(
    command: ReportUpload, *, catalog: Catalog, listings: Listings, uploads: Objects, results: Objects, markets: Markets,
    render_page: Callable[[Report, ReadThumb], bytes], render_findings: Callable[[Report], bytes],
    render_returned: Callable[[bytes, str, Report], tuple[str, bytes] | None], now: datetime,
) -> Report:  # fmt: skip
    """Write ``report.html``, ``findings.csv``, ``summary.json``, one JSON Lines file per market, and the seller's file, marked.

    All of it goes under the seller's prefix. A file that was replaced or taken away meanwhile is not marked.

    Raises:
        RetryableError: the upload is not there yet.
    """
    upload = catalog.upload(command.seller_id, command.upload_id)
    if upload is None:
        raise RetryableError("the upload is not stored yet")
    if upload.state is UploadState.WORKING:
        upload = upload.model_copy(update={"state": UploadState.DONE})
        catalog.finish_upload(upload)
    rows = []
    for row in catalog.rows(command.seller_id, command.upload_id):
        known = listings.of_product(command.seller_id, row.sku) if row.sku and row.outcome != "rejected" else {}
        rows.append(ReportedRow(row=row, listings=tuple(known[market].listing for market in sorted(known))))
    # A file may have been rejected for a market that nobody knows; the page that says so shows none.
    told = () if upload.state is UploadState.REJECTED else upload.settings.markets or ()
    selling = tuple(markets.get(code) for code in told)
    report = Report(upload=upload, markets=selling, rows=tuple(rows), as_of=now.date())
    prefix = results_prefix(command.seller_id, command.upload_id)
    results.write(f"{prefix}report.html", render_page(report, results.read), "text/html; charset=utf-8")
    results.write(f"{prefix}findings.csv", render_findings(report), "text/csv; charset=utf-8")
    results.write(f"{prefix}summary.json", _json(report.summary()), "application/json")
    for market, lines in _lines(report).items():
        results.write(f"{prefix}listings/{market}.jsonl", lines, "application/x-ndjson")
    data = uploads.read(upload.key) if uploads.etag(upload.key) == upload.etag else None
    returned = render_returned(data, PurePosixPath(upload.key).name, report) if data else None
    if returned:
        results.write(f"{prefix}returned/{returned[0]}", returned[1], media_type(returned[0]))
    return report


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


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _lines(report: Report) -> dict[str, bytes]:
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for row in report.rows:
        for listing in row.listings:
            lines[listing.market].append(listing.model_dump_json())
    return {market: ("\n".join(found) + "\n").encode() for market, found in lines.items()}
