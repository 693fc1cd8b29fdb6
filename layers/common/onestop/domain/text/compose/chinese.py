"""Chinese, in either script: one unbroken phrase in Korean order, spaces only between phrase, figures and colours."""

from itertools import pairwise

from onestop.domain.text.compose.words import joined, packed
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_DESCRIBING = (Role.MOD, Role.MATERIAL, Role.LATIN)
_SIMPLIFIED, _TRADITIONAL = "适用于", "適用"


def merge(parsed: ParsedTitle) -> ParsedTitle:
    """The title without what the end of one word and the start of the next both say: 物理防晒 before 防晒霜 leaves 物理."""
    phrase = _phrase(parsed) if parsed.head else []
    texts: dict[int, str] = {}
    for item, following in pairwise(phrase):
        if following.text[0] not in item.text:
            continue
        shared = next((size for size in range(len(item.text), 1, -1) if following.text.startswith(item.text[-size:])), 0)
        if shared and shared < len(item.text):
            texts[item.at] = item.text[:-shared]
    return parsed.with_texts(texts)


def _phrase(parsed: ParsedTitle) -> list[Item]:
    before = [*parsed.of(Role.TARGET), *parsed.after_head(*_DESCRIBING), *parsed.before_head(*_DESCRIBING)]
    return [*before, *([parsed.head] if parsed.head else [])]


def simplified(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The title for mainland buyers."""
    return _compose(parsed, figures, _SIMPLIFIED)


def traditional(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The title for buyers in Taiwan and Hong Kong."""
    return _compose(parsed, figures, _TRADITIONAL)


def _compose(parsed: ParsedTitle, figures: list[Figure], fits: str) -> str:
    """Brand, device, the phrase (for whom, what the seller added behind the noun, what stood before it, noun), use, figures, colours."""
    if parsed.head is None:
        return ""
    return joined([
        *(item.text for item in parsed.of(Role.BRAND)), *(_fitting(item, fits) for item in parsed.of(Role.COMPAT)),
        packed(item.text for item in _phrase(parsed)), *(item.text for item in parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE)),
        *(figure.text for figure in figures), joined((item.text for item in parsed.of(Role.COLOUR)), "/"),
    ])  # fmt: skip


def _fitting(item: Item, fits: str) -> str:
    return item.text if item.text.startswith(fits[:2]) else fits + item.text
