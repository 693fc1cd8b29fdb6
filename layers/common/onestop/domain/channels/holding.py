"""What a channel holds of a listing, and so what is left to tell it."""

from datetime import datetime, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.replies import ListedItem
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing, Part

FIRST_LOOK = timedelta(seconds=10)
LAST_LOOK = timedelta(minutes=5)
INACTIVE = "inactive"
"""The status of an item that we took off the shelf."""
_DONE = {"pending": "", "pending_since": None, "look_at": None}


class Holding(BaseModel):
    """What a channel holds of a listing as we last told it; kept with the listing.

    Attributes:
        item: the channel's own ids; None when they are not known.
        shown: whether a buyer may see it there. It is set before a create is tried, so that an item whose answer was lost is looked for.
        digests: part -> the digest that was last told; a part that is missing is not known, and told again.
        pending: the channel's name of the work that it has not finished; empty when there is none.
        pending_since: when that work was handed over, UTC.
        sent: content address of a request -> when it was sent, UTC, for a channel that takes none twice in a while.
        refused, refused_until, refused_with: content address of an offer that was refused, until when it is not tried again, UTC, and
            what was told then.
        look_at: when it is looked at again, UTC; a message is on its way for that.
    """

    model_config = ConfigDict(frozen=True)

    item: ListedItem | None = None
    shown: bool = False
    digests: dict[Part, str] = Field(default_factory=dict)
    pending: str = ""
    pending_since: datetime | None = None
    look_at: datetime | None = None
    sent: dict[str, datetime] = Field(default_factory=dict)
    refused: str = ""
    refused_until: datetime | None = None
    refused_with: tuple[Finding, ...] = ()

    @property
    def is_on_sale(self) -> bool:
        """Whether a buyer sees the item, and the channel has no work left with it."""
        return self.shown and self.item is not None and self.item.status != INACTIVE and not self.pending

    def told(self, listing: Listing, *, item: ListedItem | None) -> Self:
        """The channel shows all of the listing."""
        return self.model_copy(update={"item": item, "shown": True, "digests": listing.part_digests(), **_DONE})

    def hidden(self) -> Self:
        """The channel shows it no more; what it was told still lies there."""
        return self.model_copy(update={"shown": False, **_DONE})

    def unsure(self) -> Self:
        """The item is known, but not what it says: all of it is told again."""
        return self.model_copy(update={"digests": {}, **_DONE})

    def doubted(self) -> Self:
        """The channel was seen to hold something else than it was told: whatever it should do, it is told again."""
        item = self.item.model_copy(update={"status": ""}) if self.item else None
        return self.model_copy(update={"item": item, "shown": True, "digests": {}, **_DONE})


def changed(listing: Listing, holding: Holding) -> frozenset[Part]:
    """The parts of a listing that its channel was not told yet.

    Example:
        >>> from onestop.domain.listing.listing import Category, Provenance
        >>> listing = Listing(seller_id="s", sku="A", revision=1, market="SG", channel="lazada", locale="en", currency="SGD",
        ...     status="ready", title="Socks", category=Category(source="seller", path=""),
        ...     provenance=Provenance(source_digest="", rules_version=""))
        >>> told = Holding().told(listing, item=None)
        >>> sorted(changed(listing, told)), sorted(changed(listing.model_copy(update={"title": "Sock"}), told))
        ([], [<Part.TEXT: 'text'>])
    """
    return frozenset(part for part, said in listing.part_digests().items() if holding.digests.get(part) != said)


def look_again(holding: Holding, now: datetime) -> Holding:
    """When a channel's unfinished work is looked at next: after as long as it has taken so far, from 10 s up to 5 min.

    Example:
        >>> from datetime import UTC
        >>> begun = datetime(2026, 1, 2, tzinfo=UTC)
        >>> def wait_s(after_s):
        ...     now = begun + timedelta(seconds=after_s)
        ...     return (look_again(Holding(pending="b", pending_since=begun), now).look_at - now).seconds
        >>> wait_s(0), wait_s(25), wait_s(9000)
        (10, 25, 300)
    """
    since = holding.pending_since or now
    wait = min(max(now - since, FIRST_LOOK), LAST_LOOK)
    return holding.model_copy(update={"pending_since": since, "look_at": now + wait})
