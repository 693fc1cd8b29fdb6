"""The messages between functions. A message holds keys, never a catalogue."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

OPERATOR = "operator"
"""Whose work it is to go through a whole market; no seller's id has it, so that sellers' work never waits behind it."""


class Message(BaseModel):
    """What every message carries.

    Attributes:
        event_id: content address; the same work always has the same id.
        occurred_at: UTC, when the thing that caused it happened.
        seller_id: whose work it is; also the fair-queue group.
        correlation_id: the upload, refresh or partner event that started the chain, for the logs.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    schema_version: Literal[1] = 1
    event_id: str
    occurred_at: datetime
    seller_id: str
    correlation_id: str


class ReadChunk(Message):
    """Turn one chunk of rows into products."""

    type: Literal["ReadChunk"] = "ReadChunk"
    upload_id: str
    chunk_key: str


class ProductCommand(Message):
    """Work on one revision of one product. ``upload_id`` names the upload that waits for it, if any."""

    sku: str
    revision: int
    upload_id: str | None = None


class AdaptText(ProductCommand):
    """Write the product's text in every locale it needs."""

    type: Literal["AdaptText"] = "AdaptText"


class AdaptPrice(ProductCommand):
    """Price the product in every market, or only in ``markets``; or take its last change of price back.

    Attributes:
        undo: how the cause begins whose change is taken back, such as a refresh, or ``last`` for whatever it was.
    """

    type: Literal["AdaptPrice"] = "AdaptPrice"
    markets: tuple[str, ...] | None = None
    undo: str | None = None

    @property
    def cause_undone(self) -> str | None:
        """The cause of the change to take back; None for the last one whatever it was."""
        return None if self.undo == "last" else self.undo


class AdaptImages(ProductCommand):
    """Bring the product's pictures into every spec it needs."""

    type: Literal["AdaptImages"] = "AdaptImages"


class AssembleListing(ProductCommand):
    """Join text, price and pictures into one listing per market."""

    type: Literal["AssembleListing"] = "AssembleListing"


class PublishListing(ProductCommand):
    """Bring the channels to what the listings say.

    Attributes:
        look_at: the moment that a channel's unfinished work was to be looked at, where this is the message for it; UTC.
        report_to: the upload whose report tells what such work came to, when it comes to a refusal.
    """

    type: Literal["PublishListing"] = "PublishListing"
    look_at: datetime | None = None
    report_to: str | None = None


class SweepPrices(Message):
    """Go through a market's listings, and have priced again what a rate reaches; or have an event's changes taken back.

    Attributes:
        rate_id: which print it is for; one that is no longer in force is not swept for.
        after: where the segments before ended.
        undo: how the cause begins whose changes are taken back.
    """

    type: Literal["SweepPrices"] = "SweepPrices"
    market: str
    currency: str
    rate_id: str = ""
    after: str = ""
    undo: str | None = None


class SteerTitles(Message):
    """Go through a market's listings, and have those texts written again whose best keywords changed.

    Attributes:
        after: where the segments before ended.
    """

    type: Literal["SteerTitles"] = "SteerTitles"
    market: str
    after: str = ""


class TellAgain(Message):
    """Go through a market's listings, and have those brought to their channels, or made, once more that an operator means.

    Attributes:
        asks: what is done with each product.
        of_seller, of_sku: only this seller's, only this product; None where that does not matter.
        after: where the segments before ended.
    """

    type: Literal["TellAgain"] = "TellAgain"
    asks: Literal["PublishListing", "AssembleListing"]
    market: str
    of_seller: str | None = None
    of_sku: str | None = None
    after: str = ""


class ReportUpload(Message):
    """Tell the seller what became of an upload."""

    type: Literal["ReportUpload"] = "ReportUpload"
    upload_id: str


class ApplyPartnerEvent(Message):
    """Act on one verified partner event; the event itself is in the events table under ``partner_event_id``."""

    type: Literal["ApplyPartnerEvent"] = "ApplyPartnerEvent"
    partner: str
    partner_event_id: str


class KeepBuyer(Message):
    """Read to whom an order is shipped, and keep that sealed. The command holds the order's names, nothing of the buyer.

    Attributes:
        sold: SKUs of the products that were ordered, for what demand may learn of it.
        partner_seller_id: the seller's id at the marketplace.
        market: ISO 3166-1 alpha-2.
    """

    type: Literal["KeepBuyer"] = "KeepBuyer"
    partner: str
    partner_seller_id: str
    market: str
    order_id: str
    sold: tuple[str, ...] = ()


class ReconcileShop(Message):
    """Hold a page of a store's items against our listings.

    Attributes:
        run: the day of the run, ISO; what its pages saw is kept under it.
        after: where the page begins, in the words of the store's reader; ``before`` names the page before it.
    """

    type: Literal["ReconcileShop"] = "ReconcileShop"
    channel: str
    market: str
    run: str
    after: str = ""
    before: str = ""


Command = (
    ReadChunk | AdaptText | AdaptPrice | SweepPrices | AdaptImages | AssembleListing | PublishListing | SteerTitles | ReportUpload
    | ApplyPartnerEvent | KeepBuyer | ReconcileShop | TellAgain
)  # fmt: skip
