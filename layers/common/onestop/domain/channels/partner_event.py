"""What a marketplace pushes to us, reduced to the few facts that are allowed in: nothing about a buyer has a field here."""

from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from onestop.domain.channels.replies import OrderLine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When an event happened that tells no time."""


class EventKind(StrEnum):
    """What an event is about; UNKNOWN is kept and acknowledged, so that the partner stops repeating it."""

    ORDER = "order"
    REVERSE = "reverse"
    QC = "qc"
    PRODUCT = "product"
    STOCK = "stock"
    TOKEN = "token"  # noqa: S105  # a kind, not a secret
    FULFILMENT = "fulfilment"
    CATEGORY = "category"
    UNKNOWN = "unknown"


class PartnerEvent(BaseModel):
    """One push.

    Attributes:
        partner: the marketplace, such as ``lazada``.
        event_id: content address of site, seller, type, subject, status and time; a repeated push has the same one.
        message_type: the partner's own number, or None.
        partner_seller_id: the seller's id at the partner; None for a broadcast.
        market: ISO 3166-1 alpha-2, or None when the site is not known.
        order_id: unique within one store only.
        package_id: of an order that the partner tells of by package.
        status: lower case, whatever the partner writes.
        occurred_at: UTC; the epoch when nothing tells the time.
        sent_at: when the partner says that it sent the push, UTC; None when it does not say.
        item_id, sku_ids, seller_skus: the listing it is about.
        sellable_quantity: of a stock event: what is there, less what is withheld and promised.
        lines: of an order whose lines come with the push; the marketplace is asked for them otherwise.
        lines_refused: how many lines are none: no number, no SKU, or a quantity that is not a whole number from 1.
        reason: of a QC event: what the marketplace found wrong, as plain text.
    """

    model_config = ConfigDict(frozen=True)

    partner: str
    event_id: str
    kind: EventKind
    message_type: int | None = None
    partner_seller_id: str | None = None
    market: str | None = None
    order_id: str | None = None
    order_line_id: str | None = None
    package_id: str | None = None
    status: str | None = None
    occurred_at: datetime
    sent_at: datetime | None = None
    item_id: str | None = None
    sku_ids: tuple[str, ...] = ()
    seller_skus: tuple[str, ...] = ()
    sellable_quantity: int | None = None
    lines: tuple[OrderLine, ...] = ()
    lines_refused: int = 0
    reason: str = ""
