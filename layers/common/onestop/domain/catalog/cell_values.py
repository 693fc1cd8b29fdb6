"""The text of one cell as a value: cleaned text, exact numbers, grams, yes or no. None means: it cannot be read."""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_SPREADSHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_MAX_DIGITS = 15  # all that a spreadsheet keeps of a number
_MAX_AMOUNT_CHARS = 40  # with signs, marks, spaces and the name of a currency
_AMOUNT = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,6})?")
_GROUPED = re.compile(r"([-+]?\d{1,3}(?:,\d{3})+)(\.\d{1,6})?")
_DOTS_AS_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+")  # 12.900 is 12,900 to some and 12.9 to others
_MONEY_MARKS = re.compile(r"[\s₩\\]|원$|^KRW|KRW$", re.IGNORECASE)
_CURRENCY_CODE = re.compile(r"^([A-Z]{3})(?=[\s\d.])|(?<=[\s\d.])([A-Z]{3})$")
_CURRENCY_SIGNS = {"₩": "KRW", "원": "KRW", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "฿": "THB", "₫": "VND", "₱": "PHP", "₺": "TRY"}
_COUNT_MARKS = re.compile(r"\s|개$")
_WEIGHT = re.compile(r"([\d.,]+)(kg|g|그램|킬로그램|lb|lbs|oz)?", re.IGNORECASE)
_GRAMS = {"g": Decimal(1), "그램": Decimal(1), "kg": Decimal(1000), "킬로그램": Decimal(1000), "oz": Decimal("28.349523125")}
_GRAMS |= {"lb": 16 * _GRAMS["oz"], "lbs": 16 * _GRAMS["oz"]}
_LENGTH = re.compile(r"([\d.,]+)(mm|cm|m|in)?", re.IGNORECASE)
_MILLIMETRES = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "in": Decimal("25.4")}
_DATE = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:[T\s].*)?|(\d{4})(\d{2})(\d{2})")
_YES = frozenset({"y", "yes", "t", "true", "1", "o", "예", "네", "사용", "판매함", "진열함"})
_NO = frozenset({"n", "no", "f", "false", "0", "x", "아니오", "아니요", "사용안함", "판매안함", "진열안함"})


def clean(text: str) -> str:
    """Text as we keep it: NFC, without control characters (line breaks and tabs stay) and outer space.

    What a spreadsheet writes for a failed formula, such as ``#N/A``, is no text.

    Example:
        >>> clean("  여름\\x07 셔츠\\n"), clean("#N/A")
        ('여름 셔츠', '')
    """
    if not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        text = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    text = text.strip()
    return "" if text[:1] == "#" and text in _SPREADSHEET_ERRORS else text


def one_line(text: str) -> str:
    """Clean text with every run of white space made one space.

    Example:
        >>> one_line(" 오다리백족 국내가공\\t200g ")
        '오다리백족 국내가공 200g'
    """
    return " ".join(clean(text).split())


def money(text: str) -> Decimal | None:
    """An amount in KRW; a fraction of zeros is dropped, any other is kept exactly.

    Commas count only between groups of three digits, and what may be such a group after a dot is not guessed at.

    Example:
        >>> money("6300.00"), money("₩19,900"), money("1만원")
        (Decimal('6300'), Decimal('19900'), None)
        >>> money("12.900,00"), money("12.900"), money("1,23")
        (None, None, None)
    """
    if len(text) <= _MAX_DIGITS and text.isascii() and text.isdecimal():
        return Decimal(text)
    return _amount(text) if len(text) <= _MAX_AMOUNT_CHARS else None


def currency(text: str) -> str | None:
    """The currency that stands beside an amount, as ISO 4217 code; None when none does.

    Example:
        >>> currency("349.00 EUR"), currency("$12.99"), currency("19,900원"), currency("19900")
        ('EUR', 'USD', 'KRW', None)
    """
    folded = unicodedata.normalize("NFKC", text).strip().upper()
    code = _CURRENCY_CODE.search(folded)
    if code:
        return code[1] or code[2]
    return next((iso for sign, iso in _CURRENCY_SIGNS.items() if sign in folded), None)


def integer(text: str) -> int | None:
    """A whole number of pieces.

    Example:
        >>> integer("1,200개"), integer("3.5"), integer("-2")
        (1200, None, -2)
    """
    if len(text) <= _MAX_DIGITS and text.isascii() and text.isdecimal():
        return int(text)
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
    return _measure(text, _WEIGHT, _GRAMS, unit_g)


def millimetres(text: str, unit_mm: int) -> int | None:
    """A length in whole millimetres.

    Args:
        text: a number, with a unit or without.
        unit_mm: millimetres in one unit of a bare number: 1 in a millimetre column, 10 in a centimetre column.

    Example:
        >>> millimetres("12.5", 10), millimetres("30 cm", 1), millimetres("길다", 10)
        (125, 300, None)
    """
    return _measure(text, _LENGTH, _MILLIMETRES, unit_mm)


def day(text: str) -> date | None:
    """A calendar day, with or without a time of day after it.

    Example:
        >>> day("2026-01-02"), day("2026.1.2"), day("20260102"), day("2026-13-01"), day("내년")
        (datetime.date(2026, 1, 2), datetime.date(2026, 1, 2), datetime.date(2026, 1, 2), None, None)
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, of_month = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


@lru_cache(maxsize=512)
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


@lru_cache(maxsize=4096)
def _amount(text: str) -> Decimal | None:
    text = _MONEY_MARKS.sub("", unicodedata.normalize("NFKC", text))
    if _DOTS_AS_GROUPS.fullmatch(text):
        return None
    amount = _decimal(text)
    if amount is None:
        return None
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _measure(text: str, shape: re.Pattern[str], units: dict[str, Decimal], bare: int) -> int | None:
    if len(text) <= _MAX_DIGITS and text.isascii() and text.isdecimal():
        return int(text) * bare
    match = shape.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    amount = _decimal(match[1]) if match else None
    if match is None or amount is None:
        return None
    factor = units[match[2].lower()] if match[2] else bare
    return int((amount * factor).quantize(Decimal(1), ROUND_HALF_UP))


def _decimal(text: str) -> Decimal | None:
    if not text.isascii():
        return None
    if "," in text:
        grouped = _GROUPED.fullmatch(text)
        if grouped is None:
            return None
        text = grouped[1].replace(",", "") + (grouped[2] or "")
    return Decimal(text) if _AMOUNT.fullmatch(text) else None
