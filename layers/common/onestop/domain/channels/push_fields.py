"""What a push may bring in: a value comes through only when it looks like what its field is for."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

Fields = Mapping[str, object]

ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
STATUS = re.compile(r"[A-Za-z0-9_ -]{1,64}")
SKU = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")
_TIME = re.compile(r"\d{10}|\d{13}", re.ASCII)
_TAG = re.compile(r"<[^<>]{0,200}>")
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
        document = json.loads(raw.decode("utf-8"), strict=False)
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
