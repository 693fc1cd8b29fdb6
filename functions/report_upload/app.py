"""report_upload: what the seller gets back for an upload."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.queues import put_off
from onestop.adapters.report.findings_file import findings_head, findings_lines
from onestop.adapters.report.page import report_page
from onestop.adapters.report.review_file import review_head, review_lines
from onestop.adapters.returned_file import returned_file
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.rankings import MarketRankings
from onestop.domain.commands import ReportUpload
from onestop.runtime.clock import now
from onestop.runtime.settings import ReportUploadSettings, settings
from onestop.steps.report_upload import Words, report_upload

BUDGET_MS = 15_000
WORDS = Words(report_page, findings_head, findings_lines, review_head, review_lines, returned_file)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the report queue."""
    return consume_commands(event, context, accept=ReportUpload, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: ReportUpload) -> None:
    """Write one upload's report."""
    env = settings(ReportUploadSettings)
    report_upload(
        command, catalog=CatalogTable(env.catalog_table), listings=ListingsTable(env.listings_table),
        uploads=Bucket(env.uploads_bucket), results=Bucket(env.results_bucket), markets=markets(), words=WORDS, now=now(env.onestop_as_of),
        rankings=MarketRankings(env.catalog_table),
    )  # fmt: skip
