"""Bring the channels to what the listings say: only what differs is told."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Protocol

from onestop.domain.channels.holding import Holding, look_again
from onestop.domain.commands import PublishListing
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.listing.published import PublishedListing
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Listings, Sender
from onestop.steps.products import through


class Channel(Protocol):
    """One seller's store on one market's site of a marketplace."""

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Make the store show the listing, or stop showing it, by the cheapest calls that cover what changed.

        Doing it twice leaves the same state, and an unchanged listing makes no call. What the store works on by itself is looked
        at, not waited for: the holding says ``pending`` until it is done.

        Args:
            listing: what the store is to show; not at all when it ``is_sold`` no more.
            holding: what the store holds as we last told it.

        Returns:
            What it holds now.

        Raises:
            PermanentError: CHANNEL_REJECTED, one finding per SKU and reason.
            RetryableError: with the seconds to wait where the marketplace tells them.
        """


class Feed(Protocol):
    """Where what a marketplace would be told lies as a file, for every listing, whether or not a gateway is on."""

    def write(self, listing: Listing) -> str:
        """Write the listing; gives its key."""


ChannelOf = Callable[[Listing], Channel | None]
"""The store of a listing's seller in its market; None where the operator has not switched it on."""


def publish_listing(
    command: PublishListing, *, catalog: Catalog, listings: Listings, feed: Feed, channel_of: ChannelOf, send: Sender, now: datetime
) -> Counter[str]:
    """Tell each channel what changed since it was last told, then note that the upload's product is through.

    Returns:
        Market -> listings told.

    Raises:
        RetryableError: a listing changed while its channel was being told; the newer one is told on redelivery.
    """
    told: Counter[str] = Counter()
    for market, known in listings.of_product(command.seller_id, command.sku).items():
        if not _is_due(known, now):
            continue
        feed.write(known.listing)
        told_now = _tell(known, channel_of(known.listing), listings)
        if told_now.holding.pending:
            told_now = told_now.model_copy(update={"holding": look_again(told_now.holding, now)})
            send([_look(command, told_now)], delay_s=_seconds_until(told_now.holding.look_at, now))
        if not listings.mark_published(told_now):
            # A newer offer may have been told meanwhile, and be overwritten now: it has to be told once more.
            listings.mark_held(told_now.model_copy(update={"holding": told_now.holding.unsure()}))
            raise RetryableError("the listing changed while it was being published")
        told[market] += 1
    through(command, catalog=catalog, send=send)
    return told


def _is_due(known: PublishedListing, now: datetime) -> bool:
    """Whether there is anything to tell. While a channel works on the last thing it was told, the message on its way sees to the rest."""
    if known.holding.pending:
        return known.holding.look_at is None or known.holding.look_at <= now
    return known.published_digest != known.listing.offer_digest()


def _tell(known: PublishedListing, channel: Channel | None, listings: Listings) -> PublishedListing:
    """Publish; a listing that the marketplace refuses is kept as blocked with its reasons, for the seller to see."""
    if channel is None:
        return known
    listing, holding = known.listing, known.holding
    if listing.is_sold and not holding.shown:
        # Written ahead: an item whose answer is lost has to be found again, also to be taken off.
        holding = holding.model_copy(update={"shown": True})
        listings.mark_held(known.model_copy(update={"holding": holding}))
    try:
        return known.model_copy(update={"holding": channel.publish(listing, holding)})
    except PermanentError as error:
        findings = (*error.findings, *listing.findings)
        refused = listing.model_copy(update={"status": ListingStatus.BLOCKED, "price_stands": False, "findings": findings})
        listings.save(refused, product_version=known.product_version)
        return known.model_copy(update={"listing": refused, "holding": holding.unsure()})


def _look(command: PublishListing, told: PublishedListing) -> PublishListing:
    """The same command, to look at unfinished work; its upload need not wait for that."""
    event_id = digest("PublishListing", told.listing.market, told.holding.pending, told.holding.look_at)
    return command.model_copy(update={"event_id": event_id, "upload_id": None})


def _seconds_until(at: datetime | None, now: datetime) -> int:
    return ceil((at - now).total_seconds()) if at else 0
