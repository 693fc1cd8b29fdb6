"""Order lines as demand counts them.

Keys: ``signal#<market>#<week> / line#<digest>``; DynamoDB forgets an item at ``expires_at``.
"""

from collections.abc import Iterator
from datetime import datetime

from onestop.adapters.tables.items import Table
from onestop.domain.demand.signals import Signal, expires_at


class SignalsTable:
    """The ``Signals`` port on DynamoDB."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self._table = Table(name)

    def note(self, signal: Signal, *, line: str, at: datetime) -> None:
        """Keep a signal for thirty days; the same line again is the same signal. ``line`` is a digest, never an order's number."""
        item = {"pk": f"signal#{signal.market}#{signal.week}", "sk": f"line#{line}", "body": signal.model_dump_json()}
        self._table.put({**item, "expires_at": int(expires_at(at).timestamp())})

    def of_week(self, market: str, week: str, *, now: datetime) -> Iterator[Signal]:
        """A week's signals; those whose time is over count no more, though DynamoDB may still hold them."""
        for item in self._table.query(f"signal#{market}#{week}", "line#"):
            if item["expires_at"] > now.timestamp():
                yield Signal.model_validate_json(item["body"])
