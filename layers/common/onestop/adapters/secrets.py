"""Secrets that operators keep in Secrets Manager, as JSON documents. Never logged, read once per process."""

import json
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from onestop.adapters.aws import aws_errors, client, error_code


@cache
def secret(name: str) -> dict[str, Any]:
    """The secret's document; empty when there is no name, or no such secret: the feature it belongs to is then off."""
    if not name:
        return {}
    with aws_errors():
        try:
            document: dict[str, Any] = json.loads(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])
        except ClientError as error:
            if error_code(error) == "ResourceNotFoundException":
                return {}
            raise
    return document
