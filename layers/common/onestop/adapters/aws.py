"""The one place where AWS clients are made, and where AWS error codes become our two kinds of error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from onestop.domain.errors import OnestopError, RetryableError

CONFIG = Config(connect_timeout=3, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 4})
"""Timeouts below every function's own, so that a hanging call ends as an error that is logged, not as a killed function."""

BUGS = frozenset({"AccessDenied", "AccessDeniedException", "ValidationException", "InvalidParameterValue", "NoSuchBucket"})
"""Codes that a retry does not cure but a deployment does: the message waits in the dead-letter queue until then."""


class AwsMisconfiguredError(OnestopError):
    """AWS refused a call in a way that only a change of code or template cures."""


@cache
def client(service: str) -> Any:
    """The process's client for a service, made on first use."""
    # At DEBUG it writes whole requests and answers: products, events, secrets.
    logging.getLogger("botocore").setLevel(logging.INFO)
    return boto3.client(service, config=CONFIG)


def reset() -> None:
    """Forget all clients; for tests that change region or credentials between stacks."""
    client.cache_clear()


@contextmanager
def aws_errors() -> Iterator[None]:
    """Turn what botocore raises into RetryableError; unknown codes are retryable.

    Raises:
        AwsMisconfiguredError: the code is one of ``BUGS``.
        RetryableError: anything else.
    """
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        kind = AwsMisconfiguredError if code in BUGS else RetryableError
        raise kind(f"{error.operation_name}: {code}") from error
    except BotoCoreError as error:
        raise RetryableError(type(error).__name__) from error


def error_code(error: ClientError) -> str:
    """The AWS error code, such as ``ConditionalCheckFailedException``."""
    return str(error.response.get("Error", {}).get("Code", ""))
