"""The figures of keyword reports: thousands, percent, ``<1`` and ``Breakout``; anything else is refused, not guessed."""

import re
from collections import Counter
from decimal import Decimal
from unicodedata import normalize

from onestop.domain.demand.forms import Forms, Measure

_NUMBER = re.compile(
    r"(?P<below><)?\s?(?P<sign>[+-])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?)\s?(?P<percent>%)?"
)
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")
_SPACES = re.compile(r"\s+")
MAX_DIGITS, MAX_CELL_CHARS = 30, 200


class UnreadableError(ValueError):
    """A cell that is no figure of its measure."""


class AbsurdError(ValueError):
    """A figure that cannot be true."""


def read_figure(cell: str, measure: Measure, forms: Forms, *, percent: bool = False, told: Counter[str]) -> Decimal | None:
    """The figure in a cell; None when there is none.

    Args:
        cell: as it stands in the report.
        measure: what it counts.
        forms: the rules.
        percent: whether the header says that figures are percent.
        told: takes note, under the finding's code, of ``<1`` (half of it counts) and of ``Breakout``.

    Raises:
        UnreadableError: text, a percent sign behind a count, a rate over 1 without one, or digits that two
            countries read differently (``1.200``, ``1,2``).
        AbsurdError: a negative count, or one beyond all measure.
    """
    kind = forms.measures[measure].kind
    if cell.isascii() and cell.isdigit() and len(cell) <= MAX_DIGITS and kind in ("count", "index"):
        return _in_range(Decimal(cell), measure, forms)
    text = unwrap(cell[:MAX_CELL_CHARS]).lower()
    if not text.isascii() or " " in text:
        text = _SPACES.sub(" ", normalize("NFKC", text)).strip()
    if text in forms.blanks:
        return None
    if kind == "growth" and text in forms.breakout.words:
        told["DEMAND_BREAKOUT"] += 1
        return forms.breakout.value
    match = _NUMBER.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if not match or not _fits(match, kind):
        raise UnreadableError(text[:40])
    percent = percent or bool(match["percent"])
    value = _value(match, percent=percent)
    if kind == "ratio" and value > 1 and not percent:
        raise UnreadableError(text)
    if match["below"]:
        told["DEMAND_BELOW_BOUND"] += 1
        value /= 2
    return _in_range(value, measure, forms)


def unwrap(cell: str) -> str:
    """A cell without the ``="..."`` that keeps spreadsheets from reading a text as a number.

    Example:
        >>> unwrap('="tumbler"'), unwrap("=1+1")
        ('tumbler', '=1+1')
    """
    text = cell.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


def _fits(match: re.Match[str], kind: str) -> bool:
    if kind == "count":
        return not match["percent"] and not _AMBIGUOUS.fullmatch(match["digits"])
    return kind in ("ratio", "growth") or not match["percent"]


def _value(match: re.Match[str], *, percent: bool) -> Decimal:
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
    return (-value if match["sign"] == "-" else value) / (100 if percent else 1)


def _in_range(value: Decimal, measure: Measure, forms: Forms) -> Decimal:
    lowest = -1 if forms.measures[measure].kind == "growth" else 0
    if not lowest <= value <= forms.limits[measure]:
        raise AbsurdError(str(value))
    return value
