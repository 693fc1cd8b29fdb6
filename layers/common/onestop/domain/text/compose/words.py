"""Small helpers that the language modules share."""

import re
from collections.abc import Iterable

from onestop.domain.text.quantity import Figure

_SMALL_WORDS = frozenset({"for", "with", "without", "and", "of", "in", "to", "a", "an", "the", "on", "by", "or", "pcs", "pc", "x"})
_WORD_PART = re.compile(r"[^\s\-/]+")


def joined(parts: Iterable[str], separator: str = " ") -> str:
    """The parts that are not empty, with a separator between them."""
    return separator.join(part for part in parts if part)


def title_case(text: str) -> str:
    """English title case; words with capitals or digits of their own, and small words, stay.

    Example:
        >>> title_case("short-sleeve t-shirt for iPhone 15")
        'Short-Sleeve T-Shirt for iPhone 15'
    """

    def capital(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in _SMALL_WORDS or word != word.lower() else word[:1].upper() + word[1:]

    return _WORD_PART.sub(capital, text)


def first_capital(text: str) -> str:
    """The text with a capital first letter, all else as it is.

    Example:
        >>> first_capital("áo thun nữ")
        'Áo thun nữ'
    """
    return text[:1].upper() + text[1:]


def tight_and_loose(figures: list[Figure]) -> tuple[list[str], list[str]]:
    """The leading figures that stand right behind the words, and all that follow."""
    count = next((index for index, figure in enumerate(figures) if not figure.tight), len(figures))
    texts = [figure.text for figure in figures]
    return texts[:count], texts[count:]
