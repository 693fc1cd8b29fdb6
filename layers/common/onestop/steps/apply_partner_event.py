"""Act on a verified partner event: an order lowers the stock everywhere exactly once, a review's verdict reaches the seller."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol, Self

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.partner_event import EventKind, PartnerEvent
from onestop.domain.channels.replies import OrderLine
from onestop.domain.commands import ApplyPartnerEvent, AssembleListing, KeepBuyer
from onestop.domain.errors import RetryableError
from onestop.domain.stock.ledger import LineKept, LineState, Move, settle
from onestop.domain.values import digest
from onestop.steps.apply_verdict import apply_verdict
from onestop.steps.ports import Catalog, Listings, PartnerEvents, Rates, Sender, Stock

TRIES = 8
"""Writers that may come in between before a line is left to the queue."""


class Orders(Protocol):
    """Reads the lines of an order; never anything about its buyer."""

    def order_items(self, order_id: str) -> Sequence[OrderLine]:
        """The lines of an order."""


class Account(Protocol):
    """A seller's account at a marketplace."""

    @property
    def seller_id(self) -> str:
        """Our seller."""

    @property
    def orders(self) -> Orders | None:
        """Reads the account's orders; None where no client of ours speaks with the marketplace."""

    @property
    def ships(self) -> bool:
        """Whether the seller ships by us, so that orders' recipients are needed."""

    @property
    def counts(self) -> bool:
        """Whether orders are counted for demand, though the seller ships by themselves."""


class Note(StrEnum):
    """What an operator is told of an order's line, as the name of a metric."""

    FOREIGN = "OrderLinesOfOtherGoods"
    """Goods that are not listed through us: a store may sell other things too."""
    REFUSED = "OrderLinesRefused"
    """No line at all: without a SKU, or with a quantity that is none."""
    UNPRICED = "OrderLinesOfUnknownCurrency"
    """Counted, but in a currency that we have no rate of: its worth is not."""
    HIDDEN = "OrderLinesOfHiddenGoods"
    """Counted, although the market should not show the goods any more; it is told so once more."""
    SHORT = "StockClashes"
    """Counted, but somebody else had bought the last piece before."""


@dataclass(frozen=True)
class Applied:
    """What an event came to.

    Attributes:
        gmv_krw: what buyers paid for newly counted sales, whole KRW by the rates in force.
        market: where, ISO 3166-1 alpha-2; None when the event does not say.
        notes: what an operator is told -> how often.
    """

    gmv_krw: Decimal = Decimal(0)
    market: str | None = None
    notes: Counter[Note] = field(default_factory=Counter)

    def __add__(self, other: Self) -> Self:
        """Both together."""
        return replace(self, gmv_krw=self.gmv_krw + other.gmv_krw, notes=self.notes + other.notes)


class Ports(NamedTuple):
    """What an event is applied with."""

    catalog: Catalog
    stock: Stock
    listings: Listings
    rates: Rates
    send: Sender


AccountOf = Callable[[PartnerEvent], Account | None]
RenewToken = Callable[[PartnerEvent], object]
"""Renews the token of the account that an event warns of."""

StateOf = Callable[[str, str], LineState | None]
"""Given a partner and its word for a line's state, where the line stands for us; None when the word changes nothing."""


def apply_partner_event(
    command: ApplyPartnerEvent, *, events: PartnerEvents, ports: Ports, account: AccountOf, state_of: StateOf, renew: RenewToken
) -> Applied:
    """Count what was sold or came back, or take a review's verdict, and have the listings of the product assembled anew.

    Args:
        account: finds the seller's account that an event speaks of, None when none is configured.
        state_of: see ``StateOf``.
        renew: has a token renewed that the marketplace warns of.

    Raises:
        RetryableError: the event, the account or its client is not there yet, or others wrote the product all the time.
    """
    event = events.get(command.partner, command.partner_event_id)
    if event is None:
        raise RetryableError("the event is not stored yet")
    if event.kind is EventKind.TOKEN:
        renew(event)
    is_order = event.kind is EventKind.ORDER and event.order_id is not None
    is_verdict = event.kind is EventKind.QC and event.item_id is not None
    if not is_order and not is_verdict:
        return Applied()
    owner = account(event)
    if owner is None:
        raise RetryableError("no account is configured for this partner's seller")
    if is_verdict:
        apply_verdict(event, owner.seller_id, command.correlation_id, catalog=ports.catalog, listings=ports.listings, send=ports.send)
        return Applied()
    return _order(event, owner, command.correlation_id, ports, state_of)


def _order(event: PartnerEvent, owner: Account, correlation_id: str, ports: Ports, state_of: StateOf) -> Applied:
    applied = Applied(market=event.market, notes=Counter({Note.REFUSED: event.lines_refused}))
    changed: dict[str, tuple[StoredProduct, bool]] = {}
    for line in _lines(event, owner):
        state = state_of(event.partner, line.status)
        if state is None:
            continue
        sku = ports.catalog.product_of_variant(owner.seller_id, line.seller_sku)
        settled = _settle(event, owner.seller_id, sku, line, state, ports)
        if settled is None:
            applied += Applied(notes=Counter([Note.FOREIGN]))
            continue
        stored, move = settled
        told = _told(event, stored, line, move, ports)
        applied += told
        changed[sku] = (stored, Note.SHORT in told.notes or (sku in changed and changed[sku][1]))
    if (owner.ships or owner.counts) and changed:
        ports.send([_keep_buyer(event, owner.seller_id, correlation_id, sold=tuple(sorted(changed)))])
    # One message for a product however many of its lines changed; it is sent again where nothing did, in case it was not before.
    ports.send([_assemble(event, stored, correlation_id, report=short) for stored, short in changed.values()])
    return applied


def _keep_buyer(event: PartnerEvent, seller_id: str, correlation_id: str, *, sold: tuple[str, ...]) -> KeepBuyer:
    return KeepBuyer(
        event_id=digest("KeepBuyer", event.partner, event.market, seller_id, event.order_id), occurred_at=event.occurred_at,
        seller_id=seller_id, correlation_id=correlation_id, partner=event.partner, partner_seller_id=event.partner_seller_id or "",
        market=event.market or "", order_id=event.order_id or "", sold=sold,
    )  # fmt: skip


def _lines(event: PartnerEvent, owner: Account) -> Iterable[OrderLine]:
    """The lines in the push; else, as pushes come late, twice and in any order, what the marketplace tells of them now."""
    if event.lines or event.lines_refused:
        return event.lines
    if owner.orders is None:
        raise RetryableError("no client reads the orders of this partner")
    return owner.orders.order_items(event.order_id or "")


def _settle(
    event: PartnerEvent, seller_id: str, sku: str, line: OrderLine, state: LineState, ports: Ports
) -> tuple[StoredProduct, Move | None] | None:
    """Count a line, unless that was done; None when the goods are not ours."""
    order = digest("order", event.partner, seller_id, event.market, event.package_id or event.order_id)
    told = LineKept(variant_sku=line.seller_sku, market=event.market or "", pieces=line.pieces, back=state is LineState.BACK)
    for _ in range(TRIES):
        stored = ports.catalog.product(seller_id, sku)
        if stored is None or line.seller_sku not in stored.sold:
            return None
        kept = ports.stock.line(order, line.line_id)
        move = settle(kept, told, stored.stock(line.seller_sku))
        if move is None or ports.stock.save(order, line.line_id, move, replaces=kept, stored=stored):
            return stored, move
    raise RetryableError("others write the product all the time")


def _told(event: PartnerEvent, stored: StoredProduct, line: OrderLine, move: Move | None, ports: Ports) -> Applied:
    """What a newly counted line is worth, and what an operator should hear of it."""
    if move is None or move.pieces <= 0:
        return Applied()
    rate = ports.rates.in_force(line.currency) if line.currency else None
    holds = {Note.UNPRICED: rate is None, Note.SHORT: move.kept.short > 0, Note.HIDDEN: _tells_again(event, stored, ports.listings)}
    worth = (line.paid_price * line.pieces * rate.rate).quantize(Decimal(1)) if rate else Decimal(0)
    return Applied(gmv_krw=worth, notes=Counter(note for note, true in holds.items() if true))


def _tells_again(event: PartnerEvent, stored: StoredProduct, listings: Listings) -> bool:
    """Whether the market sold what it should not show any more; then it is told so once more."""
    known = listings.of_product(stored.product.seller_id, stored.product.sku).get(event.market or "")
    if known is None or known.listing.is_sold:
        return False
    listings.mark_held(known.model_copy(update={"holding": known.holding.doubted()}))
    return True


def _assemble(event: PartnerEvent, stored: StoredProduct, correlation_id: str, *, report: bool) -> AssembleListing:
    """With the new stock; the seller's report is written anew where it has something to say."""
    product = stored.product
    return AssembleListing(
        event_id=digest("AssembleListing", product.sku, event.event_id), occurred_at=event.occurred_at, seller_id=product.seller_id,
        correlation_id=correlation_id, sku=product.sku, revision=stored.revision, upload_id=stored.upload_id if report else None,
    )  # fmt: skip
