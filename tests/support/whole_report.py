"""A report with all its rows in hand, as only tests have it, and everything that is made while rows go by, made at once."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from onestop.adapters.report.findings_file import findings_head, findings_lines
from onestop.adapters.report.page import report_page
from onestop.adapters.report.thumbnails import Read
from onestop.adapters.report.view import PageView, page_view
from onestop.adapters.returned_file import returned_file
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.domain.channels.market import Market
from onestop.domain.errors import PermanentError
from onestop.domain.listing.occurrences import of_file, of_row
from onestop.domain.listing.readiness import Fix
from onestop.domain.listing.report import Gathering, Report
from onestop.domain.listing.reported import ReportedRow


class WholeReport(BaseModel):
    """An upload, where its seller sells, its rows in the order of the file, and the day."""

    model_config = ConfigDict(frozen=True)

    upload: Upload
    markets: tuple[Market, ...]
    rows: tuple[ReportedRow, ...]
    as_of: date

    def gathered(self) -> Report:
        """What the rows come to."""
        gathering = Gathering(self.upload, self.markets)
        for row in self.rows:
            gathering.see(row)
        return gathering.report(self.as_of)


def rank_fixes(whole: WholeReport) -> tuple[Fix, ...]:
    """What to mend first."""
    return whole.gathered().fixes


def page_of(whole: WholeReport, read: Read) -> bytes:
    """The page."""
    return report_page(whole.gathered(), read)


def view_of(whole: WholeReport, read: Read) -> PageView:
    """The page's content."""
    return page_view(whole.gathered(), read)


def findings_of(whole: WholeReport) -> bytes:
    """The table of findings."""
    return b"".join([findings_head(), findings_lines(of_file(whole.upload.findings)), *(findings_lines(of_row(row)) for row in whole.rows)])


def returned_of(data: bytes, name: str, whole: WholeReport) -> tuple[str, bytes] | None:
    """The name and bytes of the file that goes back, if one does."""
    if whole.upload.state is UploadState.REJECTED or not whole.rows:
        return None
    try:
        back = returned_file(data, name, whole.upload, whole.markets)
    except PermanentError:
        return None
    pieces = [*map(back.row, whole.rows), back.rest()]
    return (back.name, b"".join(pieces)) if any(pieces) else None
