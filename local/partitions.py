"""Queries and transactions that look only at what they name, as DynamoDB's do.

moto sorts and scans the whole table for every query, and copies the whole table for every transaction, so that a catalogue ten times
as big takes a hundred times as long. And it keeps a list of every row, table and message that it ever made, copies too, which only its
own web page reads: some thousand orders filled 15 GB.
"""

import copy
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.sqs.models import Message

INDEX_NAME = 4
"""Where moto passes an index's name among the arguments after the key condition."""


@contextmanager
def partitioned_queries() -> Iterator[None]:
    """Let moto answer a query of a table, not of an index, from the items that its key condition can match; and so with transactions."""
    with patch.object(Table, "query", _query_of(Table.query)), _partitioned_transactions(), ExitStack() as unlisted:
        for model in (Item, Table, Message):
            unlisted.enter_context(patch.object(model, "instances_tracked", deque(maxlen=0)))
        yield


def _query_of(whole: Any) -> Any:
    def query(self: Table, hash_key: DynamoType, comparison: str | None, given: list[DynamoType], *rest: Any, **named: Any) -> Any:
        table = self
        if rest[INDEX_NAME] is None:
            table = copy.copy(self)
            prefix = given[0].value if comparison == "BEGINS_WITH" else ""
            partition = self.items.get(hash_key, {})
            fitting = {key: item for key, item in partition.items() if str(key.value).startswith(prefix)}
            table.items = defaultdict(dict, {hash_key: fitting})
        return whole(table, hash_key, comparison, given, *rest, **named)

    return query


@contextmanager
def _partitioned_transactions() -> Iterator[None]:
    """What a transaction may have to undo are the items that it names; all else is shared with the copy that moto makes."""
    whole, named = DynamoDBBackend.transact_write_items, list[dict[str, DynamoType]]()

    def transact(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        for operation in (one for item in transact_items for one in item.values()):
            keys = operation.get("Key") or operation.get("Item") or {}
            named.append({name: DynamoType(value) for name, value in keys.items()})
        try:
            whole(self, transact_items)
        finally:
            named.clear()

    def backed_up(self: Table, memo: dict[int, Any]) -> Table:
        table = copy.copy(self)
        table.items = defaultdict(dict, self.items)
        for keys in named:
            _back_up(table, keys.get(self.hash_key_attr), keys.get(self.range_key_attr or ""), memo)
        return table

    with patch.object(DynamoDBBackend, "transact_write_items", transact), patch.object(Table, "__deepcopy__", backed_up, create=True):
        yield


def _back_up(table: Table, hash_key: DynamoType | None, range_key: DynamoType | None, memo: dict[int, Any]) -> None:
    """Give the table one item, and the partition around it, of its own."""
    held: Any = table.items.get(hash_key) if hash_key else None
    if isinstance(held, dict):
        own = {range_key: copy.deepcopy(held[range_key], memo)} if range_key in held else {}
        table.items[hash_key] = {**held, **own}
    elif held is not None:
        table.items[hash_key] = copy.deepcopy(held, memo)
