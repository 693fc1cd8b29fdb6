"""Act on a verified partner event: an order lowers the stock everywhere, exactly once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, Self

from onestop.domain.channels.partner_event import EventKind, PartnerEvent
from onestop.domain.commands import ApplyPartnerEvent, AssembleListing
from onestop.domain.errors import RetryableError
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, PartnerEvents, Rates, Sender


class SoldLine(Protocol):
    """One unit of an order as the marketplace tells it."""

    @property
    def line_id(self) -> str:
        """Unique within one store."""

    @property
    def seller_sku(self) -> str:
        """The variant's SKU."""

    @property
    def paid_price(self) -> Decimal:
        """What the buyer paid for the unit."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def status(self) -> str:
        """The marketplace's word for where the unit stands, lower case."""


class Orders(Protocol):
    """Reads the lines of an order; never anything about its buyer."""

    def order_items(self, order_id: str) -> Sequence[SoldLine]:
        """The units of an order, one line each."""


class Account(Protocol):
    """A seller's account at a marketplace."""

    @property
    def seller_id(self) -> str:
        """Our seller."""

    @property
    def orders(self) -> Orders:
        """Reads the account's orders."""


SOLD = frozenset({"pending", "topack", "packed", "repacked", "toship", "ready_to_ship", "shipping", "shipped", "delivered", "lost"})
"""Order states in which a piece is gone; a sale is counted once whichever of them is seen first, the last ones after an outage."""
BACK = frozenset({"canceled", "returned"})
"""Order states in which a piece that was gone is back."""


@dataclass(frozen=True)
class Applied:
    """What an event came to.

    Attributes:
        gmv_krw: what buyers paid for newly counted sales, whole KRW by the rates in force.
        foreign: order lines for goods that are not listed through us.
    """

    gmv_krw: Decimal = Decimal(0)
    foreign: int = 0

    def __add__(self, other: Self) -> Self:
        """Both together."""
        return replace(self, gmv_krw=self.gmv_krw + other.gmv_krw, foreign=self.foreign + other.foreign)


def apply_partner_event(
    command: ApplyPartnerEvent, *, events: PartnerEvents, catalog: Catalog, rates: Rates,
    account: Callable[[PartnerEvent], Account | None], send: Sender,
) -> Applied:  # fmt: skip
    """Count what was sold or came back, and have the listings of the product assembled anew with the new stock.

    Args:
        account: finds the seller's account that an event speaks of, None when none is configured.

    Returns:
        What it came to. A line for goods that are not listed through us is no error: a store may sell other things too.

    Raises:
        RetryableError: the event or the account is not there yet.
    """
    event = events.get(command.partner, command.partner_event_id)
    if event is None:
        raise RetryableError("the event is not stored yet")
    if event.kind is not EventKind.ORDER or event.order_id is None:
        return Applied()
    owner = account(event)
    if owner is None:
        raise RetryableError("no account is configured for this partner's seller")
    # Pushes come late, twice and in any order, so the state that counts is the one the marketplace tells now.
    applied = Applied()
    for line in owner.orders.order_items(event.order_id):
        applied += _apply(command, event, line, owner.seller_id, catalog, rates, send)
    return applied


def _apply(
    command: ApplyPartnerEvent, event: PartnerEvent, line: SoldLine, seller_id: str, catalog: Catalog, rates: Rates, send: Sender
) -> Applied:
    sku = catalog.product_of_variant(seller_id, line.seller_sku)
    stored = catalog.product(seller_id, sku)
    if stored is None or line.seller_sku not in stored.sold:
        return Applied(foreign=1)
    unit = (event.partner, seller_id, event.market, event.order_id, line.line_id)
    sale_id, back_id = digest("sold", *unit), digest("back", *unit)
    paid_krw = Decimal(0)
    if line.status in SOLD:
        if catalog.record_sale(seller_id, sku, line.seller_sku, sale_id, 1) and (rate := rates.in_force(line.currency)):
            paid_krw = (line.paid_price * rate.rate).quantize(Decimal(1))
    elif line.status in BACK and catalog.was_counted(sale_id):
        catalog.record_sale(seller_id, sku, line.seller_sku, back_id, -1)
    else:
        return Applied()
    send([AssembleListing(
        event_id=digest(*unit, line.status), occurred_at=event.occurred_at, seller_id=seller_id,
        correlation_id=command.correlation_id, sku=sku, revision=stored.revision,
    )])  # fmt: skip
    return Applied(gmv_krw=paid_krw)
