"""A rate as somebody wrote it, made an exact number or refused with a code of its own."""

import re
from decimal import Decimal
from typing import Final

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

_PLAIN: Final = re.compile(r"\d{1,12}(\.\d{1,18})?", re.ASCII)
_WITH_COMMA: Final = re.compile(r"-?[\d.]*\d,\d[\d,.]*", re.ASCII)
_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,18})?", re.ASCII)


def exact_rate(text: str, *, where: str, field: str | None = None, cell: str | None = None) -> Decimal:
    """The rate that a text holds: digits with a point, above zero.

    Args:
        text: as it was written.
        where: who wrote it and where, such as ``ECB USD`` or ``row 3``; stands in the finding.
        field, cell: of a person's own file.

    Raises:
        PermanentError: FX_DECIMAL_COMMA, FX_RATE_NEGATIVE, FX_RATE_ZERO, or FX_FILE_INVALID for anything else.

    Example:
        >>> exact_rate("1491.76", where="ECB KRW")
        Decimal('1491.76')
        >>> exact_rate("1491,76", where="ECB KRW")
        Traceback (most recent call last):
            ...
        onestop.domain.errors.PermanentError: FX_DECIMAL_COMMA
    """
    code = _what_is_wrong(text)
    if code:
        said = f"{where}: {shown(text)}"
        params = {"where": said, "reason": f"{said} is not a number", "reason_ko": f"{said}은(는) 숫자가 아님"}
        raise PermanentError(Finding.of(code, field=field, cell=cell, **params))
    return Decimal(text)


def without_thousands(text: str) -> str:
    """The text without commas when they stand where thousands do; anything else as it is, to be refused later.

    Example:
        >>> without_thousands("1,335.27"), without_thousands("1335,27")
        ('1335.27', '1335,27')
    """
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def shown(text: str) -> str:
    """What somebody wrote, short enough for a message and without anything that breaks a line."""
    return f"'{''.join(c for c in text if c.isprintable())[:40]}'"


def _what_is_wrong(text: str) -> str:
    if _WITH_COMMA.fullmatch(text):
        return "FX_DECIMAL_COMMA"
    if text.startswith("-") and _PLAIN.fullmatch(text[1:]):
        return "FX_RATE_NEGATIVE"
    if not _PLAIN.fullmatch(text):
        return "FX_FILE_INVALID"
    return "" if Decimal(text) else "FX_RATE_ZERO"


def has_enough_digits(text: str, coarsest: Decimal) -> bool:
    """Whether half of the last digit that was printed is less than this share of the number.

    Example:
        >>> has_enough_digits("0.004843", Decimal("0.0005")), has_enough_digits("0.0115", Decimal("0.0005"))
        (True, False)
    """
    if _what_is_wrong(text):
        return True  # not a question of digits; whoever reads it refuses it with its reason
    number = Decimal(text)
    return Decimal(5).scaleb(int(number.as_tuple().exponent) - 1) <= coarsest * number
