"""Tell one channel of one listing, and learn from its refusals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from onestop.domain.channels.holding import Holding
from onestop.domain.channels.steering import Alike, Kind, Pause, alike, kind_of
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.listing.published import PublishedListing
from onestop.steps.ports import Listings

ASK_AGAIN = timedelta(hours=24)
"""So long the same offer is not tried again once it was refused: what was in the way may have been the store, not the listing."""


class Channel(Protocol):
    """One seller's store on one market's site of a marketplace."""

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Make the store show the listing, or stop showing it, by the cheapest calls that cover what changed.

        Doing it twice leaves the same state, and an unchanged listing makes no call. What the store works on by itself is looked
        at, not waited for: the holding says ``pending`` until it is done.

        Args:
            listing: what the store is to show; not at all when it ``is_sold`` no more.
            holding: what the store holds as we last told it. It is ``shown`` without an ``item`` where a create was tried and its
                end is not known.

        Returns:
            What it holds now.

        Raises:
            PermanentError: CHANNEL_REJECTED, one finding per SKU and reason.
            RetryableError: with the seconds to wait where the marketplace tells them.
        """


class Steering(Protocol):
    """What holds listings back: the operator's pauses, and refusals alike."""

    def pauses(self) -> Sequence[Pause]:
        """All pauses that are in force."""

    def refusals(self, kind: Kind, now: datetime) -> Sequence[Alike]:
        """What was refused of a kind lately."""

    def save_refusal(self, kind: Kind, refusal: Alike, now: datetime) -> None:
        """Keep a refusal."""

    def forget_refusals(self, kind: Kind, signatures: list[str]) -> None:
        """Forget some of a kind."""


def tell(known: PublishedListing, channel: Channel, *, listings: Listings, steering: Steering, now: datetime) -> PublishedListing:
    """Tell a channel of a listing; what it refuses, or would, is kept as blocked with the reasons, for the seller to see.

    Raises:
        RetryableError: as the channel does.
    """
    listing, holding = known.listing, known.holding
    if listing.is_sold and holding.refused == _offer(listing, holding) and holding.refused_until and now < holding.refused_until:
        return _blocked(known, holding.refused_with, listings)
    creates = listing.is_sold and holding.item is None
    if creates and not holding.pending and (stopping := _stopping(listing, steering, now)):
        return _blocked(known, tuple(one.finding(listing) for one in stopping), listings)
    if creates and not holding.shown:
        # Written ahead: an item whose answer is lost has to be found again, also to be taken off.
        listings.mark_held(known.model_copy(update={"holding": holding.model_copy(update={"shown": True})}))
    try:
        holds = channel.publish(listing, holding)
    except PermanentError as error:
        found = tuple(_with_cell(one, listing) for one in error.findings)
        return _refused(known, found, listings=listings, steering=steering, now=now)
    if creates and holds.item:
        _taken(listing, steering, now)
    return known.model_copy(update={"holding": holds.model_copy(update={"refused": "", "refused_until": None, "refused_with": ()})})


def _refused(
    known: PublishedListing, found: tuple[Finding, ...], *, listings: Listings, steering: Steering, now: datetime
) -> PublishedListing:
    listing, holding = known.listing, known.holding
    if holding.item is None:
        _learn(found, listing, steering, now)
    refusal = {"refused": _offer(listing, holding), "refused_until": now + ASK_AGAIN, "refused_with": found, "shown": True}
    return _blocked(known.model_copy(update={"holding": holding.unsure().model_copy(update=refusal)}), found, listings)


def _blocked(known: PublishedListing, found: Sequence[Finding], listings: Listings) -> PublishedListing:
    before = [one for one in known.listing.findings if one not in found]
    held = {"status": ListingStatus.BLOCKED, "price_stands": False, "findings": (*found, *before)}
    refused = known.listing.model_copy(update=held)
    listings.save(refused, product_version=known.product_version)
    return known.model_copy(update={"listing": refused})


def _offer(listing: Listing, holding: Holding) -> str:
    """What was refused. Pieces that are sold elsewhere make no new offer of what never was on sale."""
    counted = listing if holding.item else listing.model_copy(update={"variants": tuple(_uncounted(listing))})
    return counted.offer_digest()


def _uncounted(listing: Listing) -> list[object]:
    return [one.model_copy(update={"stock": 0}) for one in listing.variants]


def _with_cell(finding: Finding, listing: Listing) -> Finding:
    cell = listing.cells.get(finding.field) if finding.field and finding.cell is None else None
    return finding.model_copy(update={"cell": cell}) if cell else finding


def _stopping(listing: Listing, steering: Steering, now: datetime) -> list[Alike]:
    """The kinds of refusal that this listing would be one more of; a product of which they were learnt may try."""
    own = (listing.seller_id, listing.sku)
    return [one for one in steering.refusals(kind_of(listing), now) if one.stops and own not in one.products]


def _learn(found: Sequence[Finding], listing: Listing, steering: Steering, now: datetime) -> None:
    known = {one.signature: one for one in steering.refusals(kind_of(listing), now)}
    for finding in found:
        new = alike(finding, listing)
        before = known.get(new.signature)
        steering.save_refusal(kind_of(listing), before.with_product(listing) if before else new, now)


def _taken(listing: Listing, steering: Steering, now: datetime) -> None:
    """What is taken shows that refusals so far were about their own products."""
    few = [one.signature for one in steering.refusals(kind_of(listing), now) if not one.stops]
    if few:
        steering.forget_refusals(kind_of(listing), few)
