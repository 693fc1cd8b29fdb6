"""Recipients of orders, sealed. Keys: ``order#<digest> / recipient | read#<time>``. One function's role may read it, and no other."""

from datetime import datetime, timedelta

from onestop.adapters.sealing import Seal
from onestop.adapters.tables.items import Table, moment
from onestop.domain.buyers.recipient import OrderName, Recipient
from onestop.domain.errors import RetryableError

KEEP_READS = timedelta(days=400)
"""Longer than the six months for which marketplaces ask for such records."""


class BuyersTable:
    """The ``Buyers`` port on DynamoDB."""

    def __init__(self, name: str, seal: Seal) -> None:
        """``name`` is the table's physical name; what ``seal`` closes for one order opens for that order only."""
        self._table, self._seal = Table(name), seal

    def keep(self, order: OrderName, recipient: Recipient, *, now: datetime, keep: timedelta) -> None:
        """Keep a recipient for so long; a later word of the same order takes its place.

        Raises:
            RetryableError, AwsMisconfiguredError: see ``Seal``.
        """
        sealed = self._seal.close(recipient.model_dump_json(), order._asdict())
        self._table.put({"pk": _key(order), "sk": "recipient", "sealed": sealed, "expires_at": int((now + keep).timestamp())})

    def holds(self, order: OrderName, *, now: datetime) -> bool:
        """Whether the order's recipient is kept; nothing is opened."""
        item = self._table.get(_key(order), "recipient")
        return item is not None and int(item["expires_at"]) > now.timestamp()

    def read(self, order: OrderName, *, now: datetime) -> Recipient | None:
        """The recipient, or None when none is kept or its time is over."""
        item = self._table.get(_key(order), "recipient")
        if item is None or int(item["expires_at"]) <= now.timestamp():
            return None
        text = self._seal.open(bytes(item["sealed"]), order._asdict())
        try:
            return Recipient.model_validate_json(text)
        except ValueError:
            # Not chained: the error quotes what it could not read.
            raise RetryableError("a recipient without its fields") from None

    def note_read(self, order: OrderName, *, operator: str, reason: str, now: datetime) -> None:
        """Note that somebody is about to read a recipient, and why."""
        told = {"operator": operator, "reason": reason, "expires_at": int((now + KEEP_READS).timestamp())}
        self._table.put({"pk": _key(order), "sk": f"read#{moment(now)}", **told})


def _key(order: OrderName) -> str:
    return f"order#{order.key}"
