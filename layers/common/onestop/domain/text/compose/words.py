"""Small helpers that the language modules share."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from onestop.domain.text.quantity import Figure

_ENGLISH_SMALL = frozenset({"for", "with", "without", "and", "of", "in", "to", "a", "an", "the", "on", "by", "or", "pcs", "pc", "x"})
_WORD_PART = re.compile(r"[^\s\-/]+")
_SEAM = "\x00"
_LATIN_SEAM = re.compile(r"(?<=[A-Za-z0-9%])\x00|\x00(?=[A-Za-z0-9])")
# A figure never touches the word behind it: "77米色" would read as 77 metres.
_TIGHT_SEAM = re.compile(r"(?<=[A-Za-z])\x00(?=[A-Za-z0-9])|(?<=[0-9])\x00")


def joined(parts: Iterable[str], separator: str = " ") -> str:
    """The parts that are not empty, with a separator between them."""
    return separator.join([part for part in parts if part])


def glued(words: Iterable[str]) -> str:
    """Words without spaces between them; a word in Latin letters keeps its own.

    Example:
        >>> glued(["หูฟัง", "Bluetooth", "ไร้สาย"])
        'หูฟัง Bluetooth ไร้สาย'
    """
    return _LATIN_SEAM.sub(" ", joined(words, _SEAM)).replace(_SEAM, "")


def packed(words: Iterable[str]) -> str:
    """Words without any space but where two Latin ones, or a figure and a word, would run into each other.

    Example:
        >>> packed(["USB", "充电", "T恤"]), packed(["USB", "Type-C", "线"]), packed(["鱼腥草 77", "米色"])
        ('USB充电T恤', 'USB Type-C线', '鱼腥草 77 米色')
    """
    return _TIGHT_SEAM.sub(" ", joined(words, _SEAM)).replace(_SEAM, "")


@lru_cache(maxsize=1 << 13)
def titled(text: str, small: frozenset[str], upper: Callable[[str], str] = str.upper) -> str:
    """Every word with a capital; words with capitals of their own, and small words, stay.

    Args:
        small: words that never take a capital.
        upper: how the language makes a capital.
    """

    def capital(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in small or word != word.lower() else upper(word[:1]) + word[1:]

    return _WORD_PART.sub(capital, text)


@lru_cache(maxsize=1 << 13)
def title_case(text: str) -> str:
    """English title case.

    Example:
        >>> title_case("short-sleeve t-shirt for iPhone 15")
        'Short-Sleeve T-Shirt for iPhone 15'
    """
    return titled(text, _ENGLISH_SMALL)


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
