"""What each stretch of a foreign title means in Korean, for a seller who cannot read it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from onestop.domain.text.aligned import UNKNOWN
from onestop.domain.text.parts import ParsedTitle, Role
from onestop.domain.text.quantity import Figure
from onestop.domain.text.tables import Locale

_SAYS = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\s,/]*[^\W_][^\s,/]*")
_TIES = {
    "for": "용", "with": "포함", "without": "제외", "สำหรับ": "용", "cho": "용", "màu": "색", "untuk": "용", "dengan": "포함", "warna": "색",
    "para": "용", "de": "의", "対応": "호환", "适用于": "호환", "適用": "호환", "uyumlu": "호환", "için": "용",
}  # fmt: skip


class _Span(NamedTuple):
    start: int
    end: int
    ko: str


def gloss(title: str, parsed: ParsedTitle, figures: Iterable[Figure], locale: Locale) -> tuple[tuple[str, str], ...]:
    """The title in order, cut into stretches, each with the Korean it came from.

    A word that only ties others together ("for") has its Korean ending; a stretch that nothing explains has ``?``.

    Args:
        title: composed, or the seller's own.
        parsed: its items as the language inflects them.
        figures: its figures as shown.
    """
    named = [(item.text, item.ko) for item in parsed.items if item.role is not Role.FACT and item.text]
    counted = [(figure.text, figure.ko) for figure in figures]
    plain = _folded(title, locale)
    spans: list[_Span] = []
    for text, ko in sorted([*named, *counted], key=lambda pair: -len(pair[0])):
        start = _free(plain, _folded(text, locale), spans)
        if start is not None:
            spans.append(_Span(start, start + len(text), ko))
    return tuple(_in_order(title, sorted(spans)))


def _folded(text: str, locale: Locale) -> str:
    """The text in small letters, letter for letter."""
    text = text.replace("I", "ı") if locale == "tr" else text
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text.replace("İ", "i"))


def _free(title: str, text: str, taken: list[_Span]) -> int | None:
    """Where a text stands in the title, outside of what is taken and of longer words."""
    start = title.find(text)
    while start >= 0:
        end = start + len(text)
        whole = not _joins(title[start - 1 : start], text[0]) and not _joins(text[-1], title[end : end + 1])
        if whole and all(end <= span.start or start >= span.end for span in taken):
            return start
        start = title.find(text, start + 1)
    return None


def _joins(left: str, right: str) -> bool:
    """Whether two letters belong to one word of a script that has spaces."""
    return bool(left and right) and all((letter.isalpha() and ord(letter) < 0x0E00) or "Ḁ" <= letter <= "ỿ" for letter in (left, right))


def _in_order(title: str, spans: list[_Span]) -> Iterable[tuple[str, str]]:
    at = 0
    for span in [*spans, _Span(len(title), len(title), "")]:
        yield from _between(title[at : span.start])
        if span.ko:
            yield title[span.start : span.end], span.ko
        at = span.end


def _between(text: str) -> Iterable[tuple[str, str]]:
    if _SAYS.search(text):
        for match in _WORD.finditer(text):
            yield match[0], _TIES.get(match[0].lower(), UNKNOWN)
