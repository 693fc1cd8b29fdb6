"""Take in what a marketplace's review says of a listing, whether it comes at once or months later."""

from onestop.domain.channels.partner_event import PartnerEvent
from onestop.domain.channels.verdict import QC_CODES, Ruling, Verdict, reviewed, ruling_of
from onestop.domain.commands import AssembleListing
from onestop.domain.errors import RetryableError
from onestop.domain.listing.listing import Part
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Listings, Sender


def apply_verdict(event: PartnerEvent, seller_id: str, correlation_id: str, *, catalog: Catalog, listings: Listings, send: Sender) -> None:
    """Keep the verdict with the listing, have it assembled under it, and the seller's report written anew where it changes anything there.

    An item that is not ours, such as one that the seller listed there by hand, is passed over. Of two verdicts the later one holds,
    whichever comes first.

    Raises:
        RetryableError: the item is being listed just now.
    """
    ruling = ruling_of(event.status)
    sku = listings.product_of_item(seller_id, event.market or "", event.item_id or "")
    if ruling is None or sku is None:
        return
    known = listings.of_product(seller_id, sku).get(event.market or "")
    stored = catalog.product(seller_id, sku)
    if known is None or stored is None:
        raise RetryableError("the listing of a reviewed item is not stored yet")
    told = tuple(known.holding.digests.get(part, "") for part in (Part.TEXT, Part.PICTURES))
    verdict = Verdict(ruling=ruling, reason=event.reason, at=event.occurred_at, of=told if all(told) else reviewed(known.listing))
    listings.note_verdict(known.listing, verdict)
    # An approval is what everybody took for granted, unless the listing says that it was refused.
    told_of = ruling is not Ruling.APPROVED or any(finding.code in QC_CODES.values() for finding in known.listing.findings)
    send([AssembleListing(
        event_id=digest("AssembleListing", sku, event.event_id), occurred_at=event.occurred_at, seller_id=seller_id,
        correlation_id=correlation_id, sku=sku, revision=stored.revision, upload_id=stored.upload_id if told_of else None,
    )])  # fmt: skip
