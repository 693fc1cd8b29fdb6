"""The egress ledger. Keys: ``stream#<who>#<process> / row#<place> | head``.

A chain over all rows would make every call wait for the one before it. So each process writes a chain of its own, which nobody else
appends to: it knows its last row, and the write that adds the next one moves the stream's head along.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code
from onestop.adapters.packs import pack_version, read_pack
from onestop.adapters.tables.items import to_item
from onestop.domain.egress.chain import BEGINNING, EgressRow, Head
from onestop.domain.egress.rules import EgressRules
from onestop.domain.errors import EgressRefusedError, RetryableError


@cache
def egress_rules() -> EgressRules:
    """What may leave (``egress.json``)."""
    return EgressRules.model_validate({**read_pack("egress.json"), "version": pack_version("egress.json")})


@cache
def egress_ledger(table: str, who: str) -> "EgressLedger":
    """The one ledger of a function in this process: its chain goes on from call to call."""
    return EgressLedger(table, who)


class EgressLedger:
    """The ``Egress`` port on DynamoDB."""

    def __init__(self, table: str, who: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """``table`` is the physical name, ``who`` the function that calls."""
        self._table, self._who, self._clock = table, who, clock
        self._lock = threading.Lock()
        self._begin()

    def record(self, partner: str, purpose: str, fields: Iterable[str]) -> None:
        """Note a call that is about to be made.

        Raises:
            EgressRefusedError: it may not be made; the ledger says so.
            RetryableError: the ledger cannot be written, so the call must not be made.
        """
        told = tuple(sorted(set(fields)))
        refused = egress_rules().refused(partner, purpose, told)
        with self._lock:
            self._append(partner=partner, purpose=purpose, fields=told, refused=refused)
        if refused:
            raise EgressRefusedError(f"{partner} {purpose}: {', '.join(refused[:20])}")

    def _begin(self) -> None:
        self._stream, self._head = f"{self._who}#{uuid4().hex}", Head(-1, BEGINNING)

    def _append(self, **told: Any) -> None:
        if not self._add(**told):
            # The answer to an earlier write was lost, so where that chain stands is not known: another one begins.
            self._begin()
            if not self._add(**told):
                raise RetryableError("the egress ledger takes no row")

    def _add(self, **told: Any) -> bool:
        row = EgressRow(
            stream=self._stream, seq=self._head.seq + 1, before=self._head.hash, at=self._clock(), who=self._who,
            rules=egress_rules().version, **told,
        ).sealed()  # fmt: skip
        pk = f"stream#{row.stream}"
        item = {"pk": pk, "sk": f"row#{row.seq:09d}", "body": row.model_dump_json()}
        writes = [
            {"Put": {"TableName": self._table, "Item": to_item(item), "ConditionExpression": "attribute_not_exists(pk)"}},
            {"Update": {
                "TableName": self._table, "Key": to_item({"pk": pk, "sk": "head"}), "UpdateExpression": "SET seq = :seq, #hash = :hash",
                "ConditionExpression": "attribute_not_exists(pk) OR seq = :before", "ExpressionAttributeNames": {"#hash": "hash"},
                "ExpressionAttributeValues": to_item({":seq": row.seq, ":hash": row.hash, ":before": row.seq - 1}),
            }},
        ]  # fmt: skip
        with aws_errors():
            try:
                client("dynamodb").transact_write_items(TransactItems=writes)
            except ClientError as error:
                if error_code(error) == "TransactionCanceledException":
                    return False
                raise
        self._head = Head(row.seq, row.hash)
        return True
