"""What a push may bring in: a value comes through only when it looks like what its field is for."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

Fields = Mapping[str, object]

ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
CURRENCY = re.compile(r"[A-Z]{3}")
STATUS = re.compile(r"[A-Za-z0-9_ -]{1,64}")
SKU = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")
_TIME = re.compile(r"\d{10}|\d{13}", re.ASCII)
_TAG = re.compile(r"<[^<>]{0,200}>")
_TOO_MUCH = Decimal(10) ** 12
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def read_object(raw: bytes) -> dict[str, object]:
    """The JSON object in a body.

    Raises:
        ValueError: there is none.

    Example:
        >>> read_object(b'{"a": 1}')
        {'a': 1}
    """
    try:
        # Not strict: marketplaces let control characters through in texts that they pass on.
        document = json.loads(raw.decode("utf-8"), strict=False, parse_float=Decimal)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    return document


def match(pattern: re.Pattern[str], fields: Fields, *names: str) -> str | None:
    """The first of the named fields that looks like what it should be; a text that does not is not let in.

    Example:
        >>> match(ID, {"item_id": "call me", "itemId": 7}, "item_id", "itemId")
        '7'
    """
    return next((text for name in names if pattern.fullmatch(text := _text(fields.get(name)))), None)


def status_of(fields: Fields, *names: str) -> str | None:
    """The first status among the named fields, in lower case whatever the partner writes.

    Example:
        >>> status_of({"status": "Lock"}, "order_status", "status")
        'lock'
    """
    return (match(STATUS, fields, *names) or "").lower() or None


def moment(fields: Fields, *names: str) -> datetime | None:
    """The first time among the named fields, UTC: ten digits are seconds, thirteen are milliseconds, anything else is no time.

    Example:
        >>> moment({"at": "1760000000"}, "at") == moment({"at": 1760000000000}, "at")
        True
    """
    digits = match(_TIME, fields, *names)
    if digits is None:
        return None
    return datetime.fromtimestamp(int(digits) / (1000 if len(digits) == 13 else 1), UTC)


def money(fields: Fields, *names: str) -> Decimal | None:
    """The first amount of money among the named fields, 0 or more; None when none is one.

    Example:
        >>> money({"price": "749.90"}, "price"), money({"price": -1, "amount": 5}, "price", "amount"), money({"price": "NaN"}, "price")
        (Decimal('749.90'), Decimal('5'), None)
    """
    return next((amount for name in names if (amount := _amount(fields.get(name))) is not None), None)


def _amount(value: object) -> Decimal | None:
    if not isinstance(value, str | Decimal) and type(value) is not int:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < _TOO_MUCH else None


def plain_text(value: object) -> str:
    """A text without tags and control characters, at most 300 characters.

    Example:
        >>> plain_text("Main image contains text <br/>\\x01")
        'Main image contains text'
    """
    text = _UNPRINTABLE.sub(" ", _TAG.sub(" ", value if isinstance(value, str) else ""))
    return " ".join(text.split())[:300]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if type(value) is int else ""
