"""Bring the channels to what the listings say: only what differs is told."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Protocol

from onestop.domain.channels.holding import look_again
from onestop.domain.commands import PublishListing
from onestop.domain.errors import RetryableError
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.published import PublishedListing
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Listings, Sender
from onestop.steps.products import report, through
from onestop.steps.told_channel import Channel, Steering, tell


class Feed(Protocol):
    """Where what a marketplace would be told lies as a file, for every listing, whether or not a gateway is on."""

    def write(self, listing: Listing) -> str:
        """Write the listing; gives its key."""


ChannelOf = Callable[[Listing], Channel | None]
"""The store of a listing's seller in its market; None where the operator has not switched it on."""


def publish_listing(
    command: PublishListing, *, catalog: Catalog, listings: Listings, feed: Feed, channel_of: ChannelOf, steering: Steering, send: Sender,
    now: datetime,
) -> Counter[str]:  # fmt: skip
    """Tell each channel what changed since it was last told, then note that the upload's product is through.

    What a pause covers is not told; once the operator goes on, it is asked for again.

    Returns:
        Market -> listings told.

    Raises:
        RetryableError: a listing changed while its channel was being told; the newer one is told on redelivery.
    """
    told: Counter[str] = Counter()
    due = [one for one in listings.of_product(command.seller_id, command.sku).values() if _is_due(one, command, now)]
    pauses = steering.pauses() if due else ()
    for known in due:
        if any(pause.covers(known.listing, command.occurred_at) for pause in pauses):
            continue
        feed.write(known.listing)
        channel = channel_of(known.listing)
        told_now = tell(known, channel, listings=listings, steering=steering, now=now) if channel else known
        if told_now.holding.pending:
            told_now = told_now.model_copy(update={"holding": look_again(told_now.holding, now)})
            send([_look(command, told_now)], delay_s=_seconds_until(told_now.holding.look_at, now))
        if not listings.mark_published(told_now):
            # A newer offer may have been told meanwhile, and be overwritten now: it has to be told once more.
            listings.mark_held(told_now.model_copy(update={"holding": told_now.holding.unsure()}))
            raise RetryableError("the listing changed while it was being published")
        if command.report_to and told_now.listing.status is not known.listing.status:
            send([report(command.seller_id, command.report_to, at=now, correlation_id=command.correlation_id, cause=command.event_id)])
        told[known.listing.market] += 1
    through(command, catalog=catalog, send=send)
    return told


def _is_due(known: PublishedListing, command: PublishListing, now: datetime) -> bool:
    """Whether there is anything to tell, or to look at."""
    holding = known.holding
    if known.published_digest != known.listing.offer_digest():
        return True
    return bool(holding.pending) and (holding.look_at is None or holding.look_at <= now or holding.look_at == command.look_at)


def _look(command: PublishListing, told: PublishedListing) -> PublishListing:
    """The same command, to look at unfinished work; its upload need not wait for that."""
    at = told.holding.look_at
    event_id = digest("PublishListing", told.listing.market, told.holding.pending, at.isoformat() if at else "")
    upload = command.upload_id or command.report_to
    return command.model_copy(update={"event_id": event_id, "upload_id": None, "look_at": at, "report_to": upload})


def _seconds_until(at: datetime | None, now: datetime) -> int:
    return ceil((at - now).total_seconds()) if at else 0
