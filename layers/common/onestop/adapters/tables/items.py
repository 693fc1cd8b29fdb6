"""DynamoDB's typed items to and from plain dicts, and the few calls that every table uses."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code
from onestop.domain.errors import RetryableError

_TO = TypeSerializer()
_FROM = TypeDeserializer()
WRITE_BATCH = 25
READ_BATCH = 100
CONDITION_FAILED = "ConditionalCheckFailedException"


def to_item(values: Mapping[str, Any]) -> dict[str, Any]:
    """A plain dict as a DynamoDB item; None and empty sets, which DynamoDB cannot hold, are left out."""
    return {name: _TO.serialize(value) for name, value in values.items() if value is not None and value != set()}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """A DynamoDB item as a plain dict; numbers are Decimal."""
    return {name: _FROM.deserialize(value) for name, value in item.items()}


def moment(at: datetime) -> str:
    """A time as text that sorts as the times do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Table:
    """One table with the string keys ``pk`` and ``sk``."""

    def __init__(self, name: str) -> None:
        """``name`` is the table's physical name."""
        self.name = name

    def get(self, pk: str, sk: str) -> dict[str, Any] | None:
        """The item, read consistently, or None."""
        with aws_errors():
            reply = client("dynamodb").get_item(TableName=self.name, Key=to_item({"pk": pk, "sk": sk}), ConsistentRead=True)
        return from_item(reply["Item"]) if "Item" in reply else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        """The items that exist, in no order.

        Raises:
            RetryableError: DynamoDB answered with none of them, as it does when it is throttled.
        """
        found: list[dict[str, Any]] = []
        for start in range(0, len(keys), READ_BATCH):
            wanted = [to_item({"pk": pk, "sk": sk}) for pk, sk in keys[start : start + READ_BATCH]]
            while wanted:  # one answer holds 16 MB: what did not fit is asked for again
                with aws_errors():
                    reply = client("dynamodb").batch_get_item(RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}})
                left = reply.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
                if len(left) == len(wanted):
                    raise RetryableError("DynamoDB left keys unread")
                found += [from_item(item) for item in reply["Responses"].get(self.name, [])]
                wanted = left
        return found

    def put(self, values: Mapping[str, Any], *, condition: str | None = None, given: Mapping[str, Any] | None = None) -> bool:
        """Write an item; False when the condition does not hold. ``given`` binds the condition's ``:names``."""
        extra: dict[str, Any] = {}
        if condition:
            extra["ConditionExpression"] = condition
        if given:
            extra["ExpressionAttributeValues"] = to_item(given)
        return self._conditional("put_item", Item=to_item(values), **extra) is not None

    def update(
        self, pk: str, sk: str, expression: str, given: Mapping[str, Any], *, condition: str, names: Mapping[str, str] | None = None
    ) -> dict[str, Any] | None:
        """Change an item in place; its new form, or None when the condition does not hold. ``names`` binds ``#names``."""
        extra = {"ExpressionAttributeNames": dict(names)} if names else {}
        reply = self._conditional(
            "update_item", Key=to_item({"pk": pk, "sk": sk}), UpdateExpression=expression, ConditionExpression=condition,
            ExpressionAttributeValues=to_item(given), ReturnValues="ALL_NEW", **extra,
        )  # fmt: skip
        return None if reply is None else from_item(reply["Attributes"])

    def put_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write items without conditions, 25 a call."""
        self._write_many([{"PutRequest": {"Item": to_item(row)}} for row in rows])

    def delete_many(self, keys: Sequence[tuple[str, str]]) -> None:
        """Delete items, 25 a call; a missing one counts as deleted."""
        self._write_many([{"DeleteRequest": {"Key": to_item({"pk": pk, "sk": sk})}} for pk, sk in keys])

    def query(self, pk: str, prefix: str, *, limit: int | None = None, after: str = "") -> Iterator[dict[str, Any]]:
        """Items of one partition whose sort key starts with ``prefix``, in its order, those after a sort key, read consistently."""
        wanted = {":pk": pk, ":prefix": prefix} if prefix else {":pk": pk}  # DynamoDB takes no empty text for a key
        ask: dict[str, Any] = {
            "TableName": self.name, "KeyConditionExpression": "pk = :pk" + (" AND begins_with(sk, :prefix)" if prefix else ""),
            "ExpressionAttributeValues": to_item(wanted), "ConsistentRead": True,
        }  # fmt: skip
        if limit:
            ask["Limit"] = limit
        if after:
            ask["ExclusiveStartKey"] = to_item({"pk": pk, "sk": after})
        yield from pages(ask, once=bool(limit))

    def _conditional(self, operation: str, **arguments: Any) -> dict[str, Any] | None:
        with aws_errors():
            try:
                reply: dict[str, Any] = getattr(client("dynamodb"), operation)(TableName=self.name, **arguments)
            except ClientError as error:
                if error_code(error) == CONDITION_FAILED:
                    return None
                raise
        return reply

    def _write_many(self, requests: Sequence[dict[str, Any]]) -> None:
        """Write all of them.

        What a busy table leaves is written again, as long as each call gets something done; where nothing is, DynamoDB answers with
        an error, which botocore itself tries again with growing waits.

        Raises:
            RetryableError: a call got nothing done.
        """
        for start in range(0, len(requests), WRITE_BATCH):
            wanted = list(requests[start : start + WRITE_BATCH])
            while wanted:
                with aws_errors():
                    reply = client("dynamodb").batch_write_item(RequestItems={self.name: wanted})
                left = reply.get("UnprocessedItems", {}).get(self.name, [])
                if len(left) == len(wanted):
                    raise RetryableError("DynamoDB left items unwritten")
                wanted = left


def pages(ask: Mapping[str, Any], *, once: bool = False) -> Iterator[dict[str, Any]]:
    """The items of a query, page after page."""
    while True:
        with aws_errors():
            reply = client("dynamodb").query(**ask)
        yield from (from_item(item) for item in reply["Items"])
        if once or "LastEvaluatedKey" not in reply:
            return
        ask = {**ask, "ExclusiveStartKey": reply["LastEvaluatedKey"]}
