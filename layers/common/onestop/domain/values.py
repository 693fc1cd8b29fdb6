"""Small shared value types: exact decimals, digests, the identity of a product."""

import hashlib
import json
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, PlainSerializer


def _no_float(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("a float is not exact; give a string or a Decimal")
    return value


def plain(value: Decimal) -> str:
    """A decimal as plain digits, without exponent.

    Example:
        >>> plain(Decimal("1E+3")), plain(Decimal("9.90"))
        ('1000', '9.90')
    """
    return format(value, "f")


ExactDecimal = Annotated[Decimal, BeforeValidator(_no_float), PlainSerializer(plain, return_type=str)]
"""A Decimal that refuses floats and is written as plain digits in a JSON string."""


def digest(*parts: object) -> str:
    """A short content address: the first 32 hex digits of SHA-256 over canonical JSON of the parts.

    Models count with their JSON form; the order of keys does not matter, the order of parts does.

    Example:
        >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
        True
        >>> digest("a", "b") == digest("ab")
        False
    """
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=_jsonable)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _jsonable(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
