"""What a running stack would report of an upload."""

from datetime import date

from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.reported import ReportedRow
from tests.support.stack_state import objects
from tests.support.whole_report import WholeReport


def report_of(stack: Stack, key: str, as_of: date) -> WholeReport:
    """The report of the upload that a key stands for, from what is stored."""
    catalog, listings = CatalogTable(stack.tables["CatalogTable"]), ListingsTable(stack.tables["ListingsTable"])
    seller_id = key.partition("/")[0]
    upload = catalog.current_upload(seller_id, key)
    assert upload
    rows = []
    for row in catalog.rows(seller_id, upload.upload_id):
        known = listings.of_product(seller_id, row.sku) if row.sku and row.outcome != "rejected" else {}
        rows.append(ReportedRow(row=row, listings=tuple(found.listing for _, found in sorted(known.items()))))
    return WholeReport(
        upload=upload, markets=tuple(markets().get(code) for code in upload.settings.markets or ()), rows=tuple(rows), as_of=as_of
    )


def is_reported(stack: Stack, seller_id: str) -> bool:
    """Whether a seller has at least one report."""
    return any(key.endswith("/report.html") for key in objects(stack, "ResultsBucket", f"{seller_id}/uploads/"))
