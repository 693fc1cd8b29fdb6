"""Queries and transactions that look only into the partitions they name, as DynamoDB's do.

moto sorts and scans the whole table for every query, and copies the whole table for every transaction, so that a catalogue ten times
as big takes a hundred times as long.
"""

import copy
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

INDEX_NAME = 4
"""Where moto passes an index's name among the arguments after the key condition."""


@contextmanager
def partitioned_queries() -> Iterator[None]:
    """Let moto answer a query of a table, not of an index, from the items that its key condition can match; and so with transactions."""
    with patch.object(Table, "query", _query_of(Table.query)), _partitioned_transactions():
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
    """What a transaction may have to undo lies in the partitions of its keys; all else is shared with the copy that moto makes."""
    whole, named = DynamoDBBackend.transact_write_items, set[DynamoType]()

    def transact(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        for operation in (one for item in transact_items for one in item.values()):
            table = self.tables.get(operation["TableName"])
            keys = operation.get("Key") or operation.get("Item") or {}
            named.update(DynamoType(value) for name, value in keys.items() if table and name == table.hash_key_attr)
        try:
            whole(self, transact_items)
        finally:
            named.clear()

    def backed_up(self: Table, memo: dict[int, Any]) -> Table:
        table = copy.copy(self)
        table.items = defaultdict(dict, self.items)
        for key in named & self.items.keys():
            table.items[key] = copy.deepcopy(self.items[key], memo)
        return table

    with patch.object(DynamoDBBackend, "transact_write_items", transact), patch.object(Table, "__deepcopy__", backed_up, create=True):
        yield
