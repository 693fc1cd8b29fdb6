"""What a marketplace's own review says of a listing, however late it comes."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing, ListingStatus, Part


class Ruling(StrEnum):
    """What a review came to."""

    APPROVED = "approved"
    REJECTED = "rejected"
    EDIT_REJECTED = "edit_rejected"
    """What was shown before stays; only the change was refused."""


QC_CODES = {Ruling.REJECTED: "CHANNEL_QC_REJECTED", Ruling.EDIT_REJECTED: "CHANNEL_QC_EDIT_REJECTED"}
"""What a seller is told of a refusal."""

_RULINGS = {
    "approved": Ruling.APPROVED, "rejected": Ruling.REJECTED, "lock": Ruling.REJECTED, "locked": Ruling.REJECTED,
    "live_rejected": Ruling.EDIT_REJECTED,
}  # fmt: skip


class Verdict(BaseModel):
    """One review.

    Attributes:
        reason: in the marketplace's words, plain text; empty when it gave none.
        at: UTC, as the marketplace tells.
        of: what was reviewed: the digests of the listing's text and pictures as the channel was last told them.
    """

    model_config = ConfigDict(frozen=True)

    ruling: Ruling
    reason: str = ""
    at: datetime
    of: tuple[str, ...] = ()

    def on(self, listing: Listing) -> Listing:
        """The listing under this verdict: a refused one is blocked and says why, until the seller changes what was refused.

        Example:
            >>> from datetime import UTC
            >>> from onestop.domain.listing.listing import Category, Provenance
            >>> listing = Listing(seller_id="s", sku="A", revision=1, market="SG", channel="lazada", locale="en", currency="SGD",
            ...     status="ready", title="Socks", category=Category(source="seller", path=""),
            ...     provenance=Provenance(source_digest="", rules_version=""))
            >>> refused = Verdict(ruling="rejected", reason="blurred", at=datetime(2026, 1, 2, tzinfo=UTC), of=reviewed(listing))
            >>> refused.on(listing).status.value, refused.on(listing.model_copy(update={"title": "Sock"})).status.value
            ('blocked', 'ready')
        """
        if self.ruling is Ruling.APPROVED or self.of != reviewed(listing):
            return listing
        told = Finding.of(
            QC_CODES[self.ruling], field="title", cell=listing.cells.get("title"), market=listing.market, reason=self.reason or "-"
        )
        findings = (told, *listing.findings)
        if self.ruling is Ruling.EDIT_REJECTED or listing.status is ListingStatus.WITHDRAWN:
            return listing.model_copy(update={"findings": findings})
        return listing.model_copy(update={"findings": findings, "status": ListingStatus.BLOCKED, "price_stands": False})


def ruling_of(status: str | None) -> Ruling | None:
    """The ruling in a marketplace's word for it, lower case; None for one that decides nothing, such as ``pending``.

    Source: Lazada Open Platform, docId 120168 (product QC message), read 2026-11-24.

    Example:
        >>> ruling_of("lock").value, ruling_of("pending")
        ('rejected', None)
    """
    return _RULINGS.get(status or "")


def reviewed(listing: Listing) -> tuple[str, ...]:
    """What a review looks at, as content addresses: text and pictures, not price or stock."""
    parts = listing.part_digests()
    return tuple(parts[part] for part in (Part.TEXT, Part.PICTURES))
