"""The text of one cell as a value: cleaned text, exact numbers, grams, yes or no. None means: it cannot be read."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_SPREADSHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_AMOUNT = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,6})?")  # 15 digits are all that a spreadsheet keeps of a number
_MONEY_MARKS = re.compile(r"[,\s₩\\]|원$|^KRW|KRW$", re.IGNORECASE)
_COUNT_MARKS = re.compile(r"[,\s]|개$")
_WEIGHT = re.compile(r"([\d.]+)(kg|g|그램|킬로그램)?", re.IGNORECASE)
_YES = frozenset({"y", "yes", "t", "true", "1", "o", "예", "네", "사용", "판매함", "진열함"})
_NO = frozenset({"n", "no", "f", "false", "0", "x", "아니오", "아니요", "사용안함", "판매안함", "진열안함"})


def clean(text: str) -> str:
    """Text as we keep it: NFC, without control characters (line breaks and tabs stay) and outer space.

    What a spreadsheet writes for a failed formula, such as ``#N/A``, is no text.

    Example:
        >>> clean("  여름\\x07 셔츠\\n"), clean("#N/A")
        ('여름 셔츠', '')
    """
    cleaned = unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()
    return "" if cleaned in _SPREADSHEET_ERRORS else cleaned


def one_line(text: str) -> str:
    """Clean text with every run of white space made one space.

    Example:
        >>> one_line(" 오다리백족 국내가공\\t200g ")
        '오다리백족 국내가공 200g'
    """
    return " ".join(clean(text).split())


def money(text: str) -> Decimal | None:
    """An amount in KRW; a fraction of zeros is dropped, any other is kept exactly.

    Example:
        >>> money("6300.00"), money("₩19,900"), money("1만원")
        (Decimal('6300'), Decimal('19900'), None)
    """
    amount = _decimal(_MONEY_MARKS.sub("", unicodedata.normalize("NFKC", text)))
    if amount is None:
        return None
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def integer(text: str) -> int | None:
    """A whole number of pieces.

    Example:
        >>> integer("1,200개"), integer("3.5"), integer("-2")
        (1200, None, -2)
    """
    amount = _decimal(_COUNT_MARKS.sub("", unicodedata.normalize("NFKC", text)))
    return int(amount) if amount is not None and amount == amount.to_integral_value() else None


def grams(text: str, unit_g: int) -> int | None:
    """A weight in whole grams.

    Args:
        text: a number, with a unit or without.
        unit_g: grams in one unit of a bare number: 1 in a gram column, 1000 in a kilogram column.

    Example:
        >>> grams("0.15", 1000), grams("280", 1), grams("1.2 kg", 1), grams("가벼움", 1)
        (150, 280, 1200, None)
    """
    match = _WEIGHT.fullmatch("".join(unicodedata.normalize("NFKC", text).replace(",", "").split()))
    amount = _decimal(match[1]) if match else None
    if match is None or amount is None:
        return None
    unit = (match[2] or "").lower()
    factor = unit_g if not unit else 1000 if unit in ("kg", "킬로그램") else 1
    return int((amount * factor).quantize(Decimal(1), ROUND_HALF_UP))


def flag(text: str) -> bool | None:
    """Yes or no, as Korean sellers and their shop systems write it.

    Example:
        >>> flag("Y"), flag("사용안함"), flag("아마도")
        (True, False, None)
    """
    word = text.strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _AMOUNT.fullmatch(text) and text.isascii() else None
