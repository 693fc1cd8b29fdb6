"""What a seller gets back for an upload."""

from collections import Counter
from datetime import date

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.channels.market import Market
from onestop.domain.listing.listing import Listing


class ReportedRow(BaseModel):
    """One row of the seller's file with its listings, one per market; none when the row made no product."""

    model_config = ConfigDict(frozen=True)

    row: UploadRow
    listings: tuple[Listing, ...] = ()


class Report(BaseModel):
    """Everything about one upload that its seller is told.

    Attributes:
        upload: the file and how it was read (its reading receipt).
        markets: where the seller sells.
        rows: in the order of the file.
        as_of: the day the report speaks of, UTC.
    """

    model_config = ConfigDict(frozen=True)

    upload: Upload
    markets: tuple[Market, ...]
    rows: tuple[ReportedRow, ...]
    as_of: date

    def by_status(self) -> dict[str, dict[str, int]]:
        """Market -> listing status -> how many."""
        counted: dict[str, Counter[str]] = {market.code: Counter() for market in self.markets}
        for row in self.rows:
            for listing in row.listings:
                counted.setdefault(listing.market, Counter())[listing.status.value] += 1
        return {market: dict(sorted(counts.items())) for market, counts in counted.items()}

    def summary(self) -> dict[str, object]:
        """The figures of ``summary.json``."""
        outcomes = Counter(row.row.outcome for row in self.rows)
        return {
            "upload_id": self.upload.upload_id, "seller_id": self.upload.seller_id, "file": self.upload.key,
            "state": self.upload.state.value, "profile": self.upload.profile, "confidence": self.upload.confidence,
            "columns": self.upload.columns, "ignored": list(self.upload.ignored), "rows": len(self.rows),
            "products": sum(bool(row.listings) for row in self.rows), "outcomes": dict(sorted(outcomes.items())),
            "listings": self.by_status(), "file_findings": [finding.code for finding in self.upload.findings],
            "findings": dict(sorted(self._codes().items())),
        }  # fmt: skip

    def _codes(self) -> Counter[str]:
        """Finding code -> rows that have it."""
        codes: Counter[str] = Counter()
        for row in self.rows:
            codes.update({f.code for f in row.row.findings} | {f.code for one in row.listings for f in one.findings})
        return codes
