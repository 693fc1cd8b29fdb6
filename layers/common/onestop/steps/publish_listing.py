"""Bring the channels to what the listings say: only what differs is told."""

from collections import Counter
from typing import Protocol

from onestop.domain.commands import PublishListing
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.published import PublishedListing
from onestop.steps.ports import Catalog, Listings, Sender
from onestop.steps.products import through


class Channel(Protocol):
    """A way out: the feed files, or a marketplace's gateway."""

    def publish(self, told: PublishedListing) -> str:
        """Make the channel show the listing (or stop showing it) and give the channel's own reference.

        Doing it twice must leave the same state.
        """


def publish_listing(
    command: PublishListing, *, catalog: Catalog, listings: Listings, channels: dict[str, Channel], send: Sender
) -> Counter[str]:
    """Tell each channel what changed since it was last told, then note that the upload's product is through.

    Args:
        channels: channel name -> the way out.

    Returns:
        Market -> listings told.

    Raises:
        RetryableError: a listing changed while its channel was being told; the newer one is told on redelivery.
    """
    told: Counter[str] = Counter()
    for market, known in listings.of_product(command.seller_id, command.sku).items():
        if known.published_digest == known.listing.offer_digest():
            continue
        told_now, reference = _tell(known, channels[known.listing.channel], listings)
        if not listings.mark_published(told_now, channel_ref=reference):
            # A newer offer may have been told meanwhile, and be overwritten now: it has to be told once more.
            listings.forget_published(known)
            raise RetryableError("the listing changed while it was being published")
        told[market] += 1
    through(command, catalog=catalog, send=send)
    return told


def _tell(known: PublishedListing, channel: Channel, listings: Listings) -> tuple[PublishedListing, str]:
    """Publish; a listing that the marketplace refuses is kept as blocked with its reasons, for the seller to see."""
    try:
        return known, channel.publish(known)
    except PermanentError as error:
        findings = (*error.findings, *known.listing.findings)
        refused = known.listing.model_copy(update={"status": ListingStatus.BLOCKED, "price_stands": False, "findings": findings})
        listings.save(refused, product_version=known.product_version)
        return known.model_copy(update={"listing": refused}), known.channel_ref
