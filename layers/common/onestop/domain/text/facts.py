"""The figures of a text as facts that can be compared across languages: dimension and amount in a base unit."""

import re
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from onestop.domain.text.grammar import decimal_comma
from onestop.domain.text.negation import Negations
from onestop.domain.text.normalise import normalise
from onestop.domain.text.tables import Locale, Tables

_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z0-9]+(?:-[A-Z0-9]+)*(?![A-Za-z0-9-])")
# A letter after a unit makes it another word ("5 gói" is no 5 g, "2 米色" no 2 m), unless it is the x of the next figure.
_WORD_END = r"(?!(?!x\s?\d)[A-Za-z\u00c0-\u024f\u1e00-\u1eff]|色)"
_PERCENT_FIRST = re.compile(r"%(\d+(?:,\d+)?)")
_BUNDLE = re.compile(r"(?<![\d+.])[1-9](?:\+[1-9]){1,2}(?![\d+.])")
# How English says the same: "3-in-1" is one word, as "3in1" is, and "buy 1 get 1 free" is "1+1".
_IN_ONE = re.compile(r"(?<!\d)(\d)[\s-]in[\s-](\d)(?!\d)", re.IGNORECASE)
_BUY_AND_GET = re.compile(r"buy (\d),? get (\d)", re.IGNORECASE)
_SIZE_WORD = re.compile(r"\d?X{0,3}[SML]|F")
_LETTER_AND_DIGIT = re.compile(r"(?=.*[A-Z])(?=.*\d)")


class Fact(NamedTuple):
    """One figure.

    Attributes:
        dimension: such as ``mass_mg``; ``count`` for a Korean counting word, empty for a bare number.
        amount: in the dimension's base unit.
        number: the figure as written.
    """

    dimension: str
    amount: Decimal
    number: Decimal


class FactReader:
    """Reads figures and model codes out of texts in any of our languages, with patterns made once from the word tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def negations(self) -> Negations:
        """The words that say what a product is without, which are facts too."""
        return self._tables.negations

    @cached_property
    def _figure(self) -> re.Pattern[str]:
        def names(words: list[str]) -> str:
            return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

        units = names([name for unit in self._tables.units for name in unit.names])
        counters = names([name.replace(" ", "") for counter in self._tables.counters for name in counter.ko if not name.isascii()])
        # A number, perhaps its unit; "x" and "/" hand the unit of the last length to the ones before it.
        return re.compile(
            rf"(?<![A-WYZa-wyz\d.,])(?P<number>\d+(?:[.,]\d+)*)(?:[\s-]?(?:(?P<unit>(?i:{units})){_WORD_END}|(?P<counter>{counters})))?"
            r"(?P<chain>\s?[x/]\s?(?=\d))?"
        )

    @cached_property
    def _measured(self) -> re.Pattern[str]:
        units = [name for unit in self._tables.units for name in unit.names]
        counters = [name for counter in self._tables.counters for name in counter.ko if name.isascii()]
        return re.compile(rf"\d+(?:{'|'.join(map(re.escape, units + counters))})", re.IGNORECASE)

    def facts(self, text: str, locale: Locale = "ko") -> frozenset[Fact]:
        """Every figure of a text; ``1+1`` is two pieces, figures inside model codes do not count.

        Args:
            text: in any language that the tables know.
            locale: decides whether a comma is a decimal mark.
        """
        text = _IN_ONE.sub(r"\1in\2", _BUY_AND_GET.sub(r"\1+\2", normalise(text)))
        text = _BUNDLE.sub(lambda match: str(sum(map(int, match[0].split("+")))), text)
        text = _PERCENT_FIRST.sub(r"\1%", text) if locale == "tr" else text
        for code in self.codes(text):
            text = text.replace(code, " ")
        facts: list[Fact] = []
        waiting: list[Decimal] = []
        for match in self._figure.finditer(text):
            number = _amount(match["number"], locale)
            unit = self._tables.unit_by_name.get(match["unit"] or "") or self._tables.unit_by_name.get((match["unit"] or "").lower())
            if match["chain"] and unit is None and not match["counter"]:
                waiting.append(number)
                continue
            is_length = unit is not None and unit.dimension == "length_mm"
            for amount in [*waiting, number]:
                own = unit if is_length or amount is number else None
                dimension = own.dimension if own else "count" if match["counter"] else ""
                facts.append(Fact(dimension, amount * own.factor if own else amount, amount))
            waiting = []
        facts.extend(Fact("", number, number) for number in waiting)
        return frozenset(facts)

    def codes(self, text: str) -> frozenset[str]:
        """Model codes: capitals and digits in one token. Figures with a unit and clothing sizes are none.

        Example: ``LK-200`` and ``SM-S928N`` are codes, ``210G`` and ``2XL`` are not.
        """
        found = (match[0] for match in _CODE.finditer(normalise(text)))
        return frozenset(
            code for code in found
            if _LETTER_AND_DIGIT.match(code) and not _SIZE_WORD.fullmatch(code) and not self._measured.fullmatch(code)
        )  # fmt: skip


def _amount(number: str, locale: Locale) -> Decimal:
    decimal_mark = "," if decimal_comma(locale) else "."
    thousands = "." if decimal_mark == "," else ","
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal_mark)}\d+)?", number):
        number = number.replace(thousands, "")
    parts = re.split("[.,]", number)
    return Decimal("".join(parts[:-1]) + "." + parts[-1] if len(parts) > 1 else parts[0])


def lost_and_added(source: frozenset[Fact], target: frozenset[Fact]) -> tuple[frozenset[Fact], frozenset[Fact]]:
    """The source's figures that the target lacks, and the target's that the source lacks.

    A measure must keep dimension and amount; a counting word may come and go; a bare number matches any unit.
    """
    lost = frozenset(fact for fact in source if not any(_same(fact, other) for other in target))
    added = frozenset(fact for fact in target if not any(_same(other, fact) for other in source))
    return lost, added


def _same(source: Fact, target: Fact) -> bool:
    if source.dimension in ("", "count") and target.dimension in ("", "count"):
        return source.number == target.number
    if source.dimension == "":
        return source.number == target.number
    return source.dimension == target.dimension and source.amount == target.amount
