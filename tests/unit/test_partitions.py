"""The local stack's tables: a transaction is undone whole, although only what it may touch is backed up."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.dynamodb.models.dynamo_type import Item

from local.partitions import partitioned_queries
from onestop.adapters import aws
from tests.support.one_table import one_table


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    """A table with three items in two partitions."""
    with one_table("t"), partitioned_queries():
        client = aws.client("dynamodb")
        for pk, sk in (("a", "1"), ("a", "2"), ("b", "1")):
            client.put_item(TableName="t", Item={"pk": {"S": pk}, "sk": {"S": sk}, "n": {"N": "1"}, "more": {"M": {"x": {"S": "y"}}}})
        yield client


def counts(dynamodb: Any) -> dict[tuple[str, str], str]:
    """Every item's number."""
    return {(item["pk"]["S"], item["sk"]["S"]): item["n"]["N"] for item in dynamodb.scan(TableName="t")["Items"]}


def transact(dynamodb: Any, condition: str) -> None:
    """Count one item up, replace one, add one, and delete one where a condition holds."""
    up = {"UpdateExpression": "SET n = n + :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    new = {"n": {"N": "7"}, "more": {"L": [{"S": "z"}]}}
    dynamodb.transact_write_items(TransactItems=[
        {"Update": {"TableName": "t", "Key": {"pk": {"S": "a"}, "sk": {"S": "1"}}, **up}},
        {"Put": {"TableName": "t", "Item": {"pk": {"S": "c"}, "sk": {"S": "1"}, **new}}},
        {"Put": {"TableName": "t", "Item": {"pk": {"S": "a"}, "sk": {"S": "2"}, **new}}},
        {"Delete": {"TableName": "t", "Key": {"pk": {"S": "b"}, "sk": {"S": "1"}}, "ConditionExpression": condition}},
    ])  # fmt: skip


def test_a_transaction_is_done_whole_or_not_at_all(dynamodb: Any) -> None:
    """Given a transaction whose last part fails, when it is written, then nothing of it stays; and all of it does when none fails."""
    before = counts(dynamodb)

    with pytest.raises(ClientError, match="TransactionCanceledException"):
        transact(dynamodb, "attribute_not_exists(pk)")
    assert counts(dynamodb) == before == {("a", "1"): "1", ("a", "2"): "1", ("b", "1"): "1"}

    transact(dynamodb, "attribute_exists(pk)")
    assert counts(dynamodb) == {("a", "1"): "2", ("a", "2"): "7", ("c", "1"): "7"}


def test_what_transactions_copy_is_let_go(dynamodb: Any) -> None:
    """Given a row beside many, when it is written a hundred times, then no copy of it or of the others stays in memory."""
    up = {"UpdateExpression": "SET n = n + :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    one = {"Update": {"TableName": "t", "Key": {"pk": {"S": "a"}, "sk": {"S": "1"}}, **up}}
    before = rows_in_memory()

    for _ in range(100):
        dynamodb.transact_write_items(TransactItems=[one])

    assert counts(dynamodb)["a", "1"] == "101"
    assert rows_in_memory() == before


def rows_in_memory() -> int:
    """How many rows moto holds anywhere."""
    gc.collect()
    return sum(isinstance(one, Item) for one in gc.get_objects())
