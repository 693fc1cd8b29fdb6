"""Keep to whom an order is shipped, and give it to an operator who says who they are and why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from onestop.domain.buyers.recipient import OrderName, Recipient
from onestop.domain.commands import KeepBuyer
from onestop.domain.demand.signals import Signal, pseudonym_of, signals_of, week_of
from onestop.domain.errors import RetryableError
from onestop.domain.values import digest
from onestop.steps.ports import Listings


class Recipients(Protocol):
    """Reads to whom the orders of one account are shipped."""

    def recipient(self, order_id: str) -> Recipient:
        """Of an order."""


class Buyers(Protocol):
    """Recipients, sealed."""

    def keep(self, order: OrderName, recipient: Recipient, *, now: datetime, keep: timedelta) -> None:
        """Keep a recipient for so long."""

    def holds(self, order: OrderName, *, now: datetime) -> bool:
        """Whether the order's recipient is kept; nothing is opened."""

    def read(self, order: OrderName, *, now: datetime) -> Recipient | None:
        """The recipient, or None when none is kept or its time is over."""

    def note_read(self, order: OrderName, *, operator: str, reason: str, now: datetime) -> None:
        """Note that somebody is about to read a recipient, and why."""


class Owner(Protocol):
    """A seller's account at a marketplace."""

    @property
    def seller_id(self) -> str:
        """Our seller."""

    @property
    def recipients(self) -> Recipients | None:
        """Reads them; None where no client of ours does."""

    @property
    def ships(self) -> bool:
        """Whether the seller ships by us, so that recipients are kept; else their orders are counted for demand only."""


class Signals(Protocol):
    """Order lines as demand counts them."""

    def note(self, signal: Signal, *, line: str, at: datetime) -> None:
        """Keep a signal for a while; the same line again is the same signal."""


class Demand(NamedTuple):
    """What demand learns of an order: where that is kept, what was on sale, and the salt of the buyers' pseudonyms."""

    signals: Signals
    listings: Listings
    salt: bytes


def keep_buyer(
    command: KeepBuyer, *, buyers: Buyers, account: Callable[[KeepBuyer], Owner | None], now: datetime, keep_for: timedelta,
    demand: Demand | None = None,
) -> bool:  # fmt: skip
    """Read the recipient from the marketplace and keep it sealed; whether that was done now.

    Here alone it is known which orders are one buyer's. So here their words of demand are noted, under a pseudonym that holds for a
    market and a week; without ``demand`` nothing is. Of a seller who does not ship by us nothing else is done, and nothing of the
    recipient stays.

    Raises:
        RetryableError: no account is configured, no client of ours reads its orders, or the marketplace did not answer.
    """
    owner = account(command)
    if owner is None or owner.recipients is None:
        raise RetryableError("no client reads the recipients of this partner's seller")
    order = OrderName(command.partner, owner.seller_id, command.market, command.order_id)
    if buyers.holds(order, now=now) if owner.ships else demand is None:
        return False
    found = owner.recipients.recipient(command.order_id)
    if not found.told:
        return False
    if demand:  # first: once the recipient is kept, nobody comes here again
        _note(command, order, found, demand)
    if owner.ships:
        buyers.keep(order, found, now=now, keep=keep_for)
    return owner.ships


def _note(command: KeepBuyer, order: OrderName, found: Recipient, demand: Demand) -> None:
    at, week = command.occurred_at, week_of(command.occurred_at.date())
    buyer = pseudonym_of(found.phone or found.model_dump_json(), command.market, week, demand.salt)
    for sku in command.sold:
        known = demand.listings.of_product(order.seller_id, sku).get(command.market)
        for signal in signals_of(known.listing, at, buyer) if known else ():
            demand.signals.note(signal, line=digest(order.key, sku, signal.keyword), at=at)


def read_buyer(order: OrderName, *, operator: str, reason: str, buyers: Buyers, now: datetime) -> Recipient | None:
    """A recipient for an operator; who asks and why is written down before anything is opened.

    Raises:
        ValueError: nobody says who asks, or why.
    """
    if not operator.strip() or not reason.strip():
        raise ValueError("who asks, and why, has to be said")
    buyers.note_read(order, operator=operator, reason=reason, now=now)
    return buyers.read(order, now=now)
