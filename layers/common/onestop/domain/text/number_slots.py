"""A text's figures taken out and put back, so that a translation serves every pack size of a product."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from onestop.domain.text.grammar import decimal_comma
from onestop.domain.text.spans import Scanner, Token, TokenKind
from onestop.domain.text.tables import Locale

_SLOTTED = frozenset({TokenKind.MEASURE, TokenKind.DIMENSIONS, TokenKind.COUNT, TokenKind.NUMBER})
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class Shape(NamedTuple):
    """A text with slots for its figures.

    Attributes:
        text: the words, with a slot where a figure or a model code stood; the unit or counting word stays and gives the slot its type.
        values: what stood in the slots, in order, numbers as plain decimal strings.
    """

    text: str
    values: tuple[str, ...]


def shape_of(source: str, scanner: Scanner) -> Shape:
    """The shape of a normalised Korean text.

    ``즉석밥 210g x 24개`` and ``즉석밥 180g x 12개`` have one shape; bundles such as 1+1 and filter classes such as SPF50 stay, since
    another figure makes them another thing.
    """
    parts: list[str] = []
    values: list[str] = []
    for token in scanner.scan(source):
        parts.append(token.joined_by + _slotted(token))
        values.extend(_values(token))
    return Shape(" ".join(parts), tuple(values))


def _slotted(token: Token) -> str:
    if token.kind is TokenKind.CODE:
        return "{code}"
    return _NUMBER.sub("{n}", token.text) if token.kind in _SLOTTED else token.text


def _values(token: Token) -> tuple[str, ...]:
    if token.kind is TokenKind.CODE:
        return (token.text,)
    return token.numbers if token.kind in _SLOTTED else ()


def refill(target: str, old: tuple[str, ...], new: tuple[str, ...], locale: Locale) -> str | None:
    """The translation of a text with other figures, or None when it is not certain which figure stands where.

    A figure that was converted, written as a word or used twice for different things is not certain; nor is one that changes
    from or to 1, which may ask for another form of a word, or one that a Turkish suffix leans on.

    Args:
        target: the translation of the text with the ``old`` values.
        old, new: the slots' values in both texts, of one shape.

    Example:
        >>> refill("Instant Rice 210g x 24 Pack", ("210", "24"), ("180", "12"), "en")
        'Instant Rice 180g x 12 Pack'
        >>> refill("Pack of 1", ("1",), ("2",), "en") is None
        True
    """
    if len(old) != len(new) or len(set(zip(old, new, strict=True))) != len(set(old)):
        return None
    changed = {was: now for was, now in zip(old, new, strict=True) if was != now}
    if not changed:
        return target
    if any(_is_one(value) for pair in changed.items() for value in pair):
        return None
    shown = {_shown(was, locale): _shown(now, locale) for was, now in changed.items()}
    names = "|".join(re.escape(name) for name in sorted(shown, key=len, reverse=True))
    # Neither a part of a longer figure or code, nor what an apostrophe ties a suffix to.
    pattern = re.compile(rf"(?<![A-WYZa-wyz0-9.,-])(?:{names})(?![0-9'’-]|[.,][0-9])")
    counts = {name: sum(match[0] == name for match in pattern.finditer(target)) for name in shown}
    if any(counts[_shown(was, locale)] != old.count(was) for was in changed):
        return None
    return pattern.sub(lambda match: shown[match[0]], target)


def _is_one(value: str) -> bool:
    try:
        return Decimal(value) == 1
    except InvalidOperation:
        return False


def _shown(value: str, locale: Locale) -> str:
    return value.replace(".", ",") if decimal_comma(locale) and value.replace(".", "").isdigit() else value
