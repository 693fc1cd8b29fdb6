"""A single table as the stack's are, for what needs no more of the stack."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto import mock_aws

from onestop.adapters import aws

KEYS = (("pk", "HASH"), ("sk", "RANGE"))


@contextmanager
def one_table(name: str) -> Iterator[str]:
    """AWS in moto with a table of this name; gives the name."""
    credentials = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "ap-northeast-2"}
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        for variable, value in credentials.items():
            patch.setenv(variable, value)
        aws.reset()
        aws.client("dynamodb").create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key, _ in KEYS],
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in KEYS],
        )  # fmt: skip
        yield name
    aws.reset()
