"""A title cut into typed tokens: what must survive unchanged (numbers, units, codes, ranges) and the words between."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from onestop.domain.text.tables import Counter, Tables, Unit


class TokenKind(StrEnum):
    """What a token is. All but HANGUL, LATIN, MIXED and SEPARATOR are facts."""

    HANGUL = "hangul"
    LATIN = "latin"
    MIXED = "mixed"
    MEASURE = "measure"
    DIMENSIONS = "dimensions"
    COUNT = "count"
    BUNDLE = "bundle"
    SPEC = "spec"
    CODE = "code"
    NUMBER = "number"
    SEPARATOR = "separator"


class Token(NamedTuple):
    """One piece of a title.

    Attributes:
        text: as written.
        numbers: its figures as plain decimal strings, in order; two for a range or a bundle.
        unit, counter: what the figures count.
        joined_by: the sign between it and the figure before: ``x`` as in ``25ml x 10매``, ``+``, ``/``, ``-``; else empty.
        spaced: whether a space (or anything else that is not a word) stands before it.
    """

    kind: TokenKind
    text: str
    numbers: tuple[str, ...] = ()
    unit: Unit | None = None
    counter: Counter | None = None
    joined_by: str = ""
    spaced: bool = True

    def __hash__(self) -> int:
        return hash(self.text)


def without_worded_figures(text: str, tokens: Iterable[Token]) -> str:
    """A text without its words that hold a digit of their own (1회용): a translation says them in words, no figure is due.

    It is made from the text, not put together from its tokens, so that a check does not repeat what the scanner may have misread.
    """
    for token in tokens:
        if token.kind is TokenKind.MIXED and any(map(str.isdigit, token.text)):
            text = text.replace(token.text, " ", 1)
    return text


def worded_figures(tokens: Iterable[Token]) -> frozenset[Decimal]:
    """The figures inside of words (the 3 of 3단): a translation may say them with a word or with the figure."""
    words = (token.text for token in tokens if token.kind is TokenKind.MIXED)
    return frozenset(Decimal(number.replace(",", "")) for word in words for number in _NUMBER.findall(word))


_WORDS = {
    "hangul": TokenKind.HANGUL, "latin": TokenKind.LATIN, "times": TokenKind.LATIN, "mixed": TokenKind.MIXED,
    "separator": TokenKind.SEPARATOR,
}  # fmt: skip
"""The groups of the pattern that hold no figure."""

_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_N = f"(?:{_NUM})"
_NUMBER = re.compile(_NUM)
_SIGNS = ("+", "/", "-")
_TOKENS_KEPT = 1 << 12
# The grade of an engine oil is no power ("5W30"), the lines of a picture are no pieces ("1080P").
_GRADES = r"\d+W-?\d\d\b|(?:480|720|1080|1440|2160)[pP]\b"
# A Latin letter after a unit makes it another word, unless it is the x of the next figure.
_END = r"(?!(?!x\s?\d)[A-Za-z\u00c0-\u024f\u1e00-\u1eff])"


def _names(names: list[str]) -> str:
    """A pattern of these names, the longest first; the look at the first letter only saves trying each name where none can stand."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    starts = "".join(sorted({re.escape(name[0]) for name in names}))
    return f"(?=[{starts}])(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in longest_first) + ")"


class Scanner:
    """Cuts titles into tokens with one precompiled pattern made from the word tables.

    Args:
        tables: counters and units.
        mixed: termbase spellings that mix scripts; they are kept whole.
    """

    def __init__(self, tables: Tables, mixed: tuple[str, ...] = ()) -> None:
        self._tables = tables
        self._mixed = mixed
        # Titles share most of their words, and a token never changes.
        self._token = lru_cache(maxsize=_TOKENS_KEPT)(self._make_token)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        tables = self._tables
        unit = _names([name for entry in tables.units for name in entry.names])
        length = _names([name for entry in tables.units if entry.dimension == "length_mm" for name in entry.names])
        counter = _names([name for entry in tables.counters for name in entry.ko])
        mixed = _names(list(self._mixed)) if self._mixed else "(?!)"
        # "2026 A5" is a year and a paper format, no current.
        unit_end, count_end = rf"(?:(?<=\d)(?i:{unit}){_END}|(?<=\s)(?i:{unit}){_END}(?!\d))", f"{counter}(?![가-힣A-Za-z])"
        side = f"{_N}(?:\\s?(?i:{length}))?"
        figures = {
            "sum": rf"{_N}\s?\+\s?{_N}\s?(?:{unit_end}|{count_end})",
            "bundle": r"(?<![\d+.])[1-9](?:\+[1-9]){1,2}(?![\d+.])",
            "dimensions": rf"{side}(?:\s?x\s?{side})?\s?x\s?{_N}\s?(?i:{length}){_END}",
            "range": rf"{_N}\s?[~-]\s?{_N}\s?(?:{unit_end}|{count_end})",
            "measure": rf"(?<![A-WYZa-wyz\d-])(?!{_GRADES}){_N}\s?{unit_end}",
            "count": rf"(?<![A-WYZa-wyz\d-])(?!{_GRADES}){_N}\s?{count_end}",
        }
        words = {
            "hangul": "[가-힣]+",  # first, for it is what most words are
            "spec": r"SPF\s?\d+\+{0,3}|PA\+{1,4}",
            "code": r"(?=[A-Za-z0-9])(?=[A-Za-z0-9./-]*\d)(?=[\d./-]*[A-Za-z])[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*\+?",
            "latin": r"[A-Za-zÀ-ɏ]+(?:[&'’.+-][A-Za-zÀ-ɏ]+)*",
            "number": _NUM,
            "separator": r"\S",
        }

        def named(parts: dict[str, str]) -> str:
            return "|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items())

        # The looks ahead only save time: most places can start neither a mixed spelling nor a figure.
        starts = "".join(sorted({spelling[0] for spelling in self._mixed})) or "\x00"
        mixed = rf"(?=[{starts}])(?=[가-힣 ]+[A-Za-z0-9]|[A-Za-z0-9]+[ -]?[가-힣])(?<![A-Za-z0-9])(?P<mixed>{mixed})(?![A-Za-z0-9])"
        times = r"(?P<times>(?<=\S)[xX](?=\d)|[xX](?=\s\d))"
        return re.compile(f"{mixed}|{times}|(?=\\d)(?:{named(figures)})|{named(words)}")

    def scan(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text, in order; nothing but spaces is left out.

        Args:
            text: normalised, without promotion.
        """
        tokens: list[Token] = []
        sign, end, make = "", 0, self._token
        for match in self._pattern.finditer(text):
            kind, value = match.lastgroup or "separator", match[0]
            if kind != "hangul" and tokens and (kind == "times" or (value in _SIGNS and _between_figures(text, match))):
                sign = value.lower()
                continue
            start, stop = match.span()
            tokens.append(make(kind, value, sign, start > end))
            sign, end = "", stop
        return tuple(_merge_lengths(tokens))

    def _make_token(self, kind: str, value: str, sign: str, spaced: bool) -> Token:
        if kind in _WORDS:
            return Token(_WORDS[kind], value, (), None, None, sign, spaced)
        numbers = tuple(number.replace(",", "") for number in _NUMBER.findall(value))
        if kind in ("measure", "count", "range", "sum", "dimensions"):
            unit, counter = self._unit_of(value)
            of_kind = TokenKind.DIMENSIONS if kind == "dimensions" else TokenKind.MEASURE if unit else TokenKind.COUNT
            return Token(of_kind, value, numbers, unit, counter, sign, spaced)
        return Token(TokenKind(kind), value, numbers if kind in ("bundle", "number") else (), joined_by=sign, spaced=spaced)

    def _unit_of(self, value: str) -> tuple[Unit | None, Counter | None]:
        name = _NUMBER.split(value)[-1].replace(" ", "")
        if counter := self._tables.counter_by_name.get(name):
            return None, counter
        units = self._tables.unit_by_name
        return units.get(name) or units[name.lower()], None


def _between_figures(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
    return after.isdigit() and (before.isalnum() or before == "%")


def _merge_lengths(tokens: list[Token]) -> list[Token]:
    """Lengths in a row in one unit are one list: ``18cm 20cm 24cm`` names three sizes, not one after the other."""
    if sum([token.kind is TokenKind.MEASURE for token in tokens]) < 2:
        return tokens
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        if last and last.kind is token.kind is TokenKind.MEASURE and last.unit == token.unit and not token.joined_by and _is_length(token):
            merged[-1] = last._replace(text=f"{last.text} {token.text}", numbers=last.numbers + token.numbers)
        else:
            merged.append(token)
    return merged


def _is_length(token: Token) -> bool:
    return token.unit is not None and token.unit.dimension == "length_mm" and not set("~-+") & set(token.text)
