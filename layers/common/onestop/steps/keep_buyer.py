"""Keep to whom an order is shipped, and give it to an operator who says who they are and why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from onestop.domain.buyers.recipient import OrderName, Recipient
from onestop.domain.commands import KeepBuyer
from onestop.domain.errors import RetryableError


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
    def orders(self) -> Recipients | None:
        """Reads the account's recipients; None where no client of ours does."""


def keep_buyer(
    command: KeepBuyer, *, buyers: Buyers, account: Callable[[KeepBuyer], Owner | None], now: datetime, keep_for: timedelta
) -> bool:
    """Read the recipient from the marketplace once and keep it sealed; whether that was done now.

    Raises:
        RetryableError: no account is configured, no client of ours reads its orders, or the marketplace did not answer.
    """
    owner = account(command)
    if owner is None or owner.orders is None:
        raise RetryableError("no client reads the recipients of this partner's seller")
    order = OrderName(command.partner, owner.seller_id, command.market, command.order_id)
    if buyers.holds(order, now=now):
        return False
    found = owner.orders.recipient(command.order_id)
    if not found.told:
        return False
    buyers.keep(order, found, now=now, keep=keep_for)
    return True


def read_buyer(order: OrderName, *, operator: str, reason: str, buyers: Buyers, now: datetime) -> Recipient | None:
    """A recipient for an operator; who asks and why is written down before anything is opened.

    Raises:
        ValueError: nobody says who asks, or why.
    """
    if not operator.strip() or not reason.strip():
        raise ValueError("who asks, and why, has to be said")
    buyers.note_read(order, operator=operator, reason=reason, now=now)
    return buyers.read(order, now=now)
