"""Everything a stack holds, in a form that two stacks can be compared by."""

import json
from typing import Any

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.items import from_item


class TwiceStack(Stack):
    """A stack in which every delivery reaches its function twice, as at-least-once delivery allows."""

    def invoke(self, function: str, event: dict[str, Any], **arguments: Any) -> Any:
        """Call the function two times; the second answer counts."""
        super().invoke(function, event, **arguments)
        return super().invoke(function, event, **arguments)


def items(stack: Stack, table: str) -> dict[tuple[str, str], dict[str, Any]]:
    """(pk, sk) -> item of one table."""
    pages = aws.client("dynamodb").get_paginator("scan").paginate(TableName=stack.tables[table])
    rows = [from_item(item) for page in pages for item in page["Items"]]
    return {(row["pk"], row["sk"]): row for row in rows}


def objects(stack: Stack, bucket: str, under: str = "") -> dict[str, bytes]:
    """Key -> bytes of one bucket, or of the keys in it that begin so."""
    s3, name = aws.client("s3"), stack.buckets[bucket]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix=under)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    return {key: s3.get_object(Bucket=name, Key=key)["Body"].read() for key in keys}


def everything(stack: Stack) -> dict[str, Any]:
    """All tables and all objects."""
    held: dict[str, Any] = {table: items(stack, table) for table in stack.tables}
    return held | {bucket: objects(stack, bucket) for bucket in stack.buckets}


def dead_letters(stack: Stack) -> dict[str, int]:
    """Dead-letter queue -> messages, for those that hold any."""
    return {name: count for name in stack.queues if name.endswith("Dlq") and (count := stack.waiting(name))}


def logged(stack: Stack) -> list[dict[str, Any]]:
    """What the functions logged."""
    lines = stack.logs.getvalue().splitlines()  # type: ignore[attr-defined]  # an io.StringIO unless a test gave another
    return [json.loads(line) for line in lines if line.startswith("{")]
