"""The quantities that a name states, with all that they may add up to: ``700g x 2`` is 700 g twice, and 1400 g."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from math import prod
from typing import NamedTuple

from onestop.domain.text.normalise import normalise
from onestop.domain.text.tables import Tables, Unit

COUNT = "count"
"""The dimension of pieces."""

MASS = "mass_mg"

CONTENT = frozenset({MASS, "volume_ml"})
"""Dimensions in which so many of a thing are so many times as much."""

_LENGTH = "length_mm"
_MOST_FACTORS = 4
"""Numbers that multiply in one name; more are no pack, and their combinations would grow without bound."""

_MOST_MEASURES = 12
"""Measures that are looked at in one name; a text with more is no name."""

MOST_NAME_CHARS = 1000
"""What is read of a name: ten times what any marketplace takes."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?"
_BUNDLE = re.compile(r"(?<![\d+.])[1-9](?:\+[1-9]){1,2}(?![\d+.])")
_TIMES = re.compile(r"[\s)\]]*[xX*][\s(\[]*")
_SIGNS = re.compile(r"(?<![^\W\d_])x(?![^\W\d_])|[\d\W_]+")
_SAME_UNIT = re.compile(r"\s?[~/-]\s?")
# A letter after a unit makes it another word, unless it is the x of the next figure.
_WORD_END = r"(?!(?!x\s?\d)[A-Za-z\u00c0-\u024f])"
_COUNT_END = rf"{_WORD_END}(?![가-힣])"


class Quantity(NamedTuple):
    """One measured figure.

    Attributes:
        dimension: such as ``mass_mg``.
        number: as written.
        amount: of one piece, in the dimension's base unit.
        times: how many pieces the name itself multiplies it by (``x 2``); 1 when it does not.
        exact: whether converting its unit rounds nothing.
        text: as written, without what multiplies it.
        start, end: where it stands in the normalised text.
    """

    dimension: str
    number: Decimal
    amount: Decimal
    times: Decimal
    exact: bool
    text: str
    start: int
    end: int

    @property
    def total(self) -> Decimal:
        """The amount of all pieces."""
        return self.amount * self.times


class Quantities(NamedTuple):
    """All that one text states.

    Attributes:
        text: normalised.
        measures: figures with a unit.
        loose: pieces that nothing in the text multiplies, 1 left out; ``[1+1]`` is 2.
        factors: the loose ones and those that multiply a measure.
        bare: numbers that name neither a unit nor pieces.
        numbers: every number, whatever it stands for.
    """

    text: str
    measures: tuple[Quantity, ...]
    loose: tuple[Decimal, ...]
    factors: tuple[Decimal, ...]
    bare: frozenset[Decimal]
    numbers: frozenset[Decimal]

    def of(self, dimension: str) -> tuple[Quantity, ...]:
        """The measures of one dimension."""
        return tuple(measure for measure in self.measures if measure.dimension == dimension)

    def readings(self, dimension: str) -> frozenset[Decimal]:
        """Every amount of a dimension that the text may be understood to state."""
        if dimension == COUNT:
            return (_products(self.factors) - {Decimal(1)}) | self.bare | {sum(self.loose, Decimal(0))}
        measures = self.of(dimension)
        times = _products(self.factors) if dimension in CONTENT else frozenset({Decimal(1)})
        sums = {sum((part.total for part in measures), Decimal(0)), sum((part.amount for part in measures), Decimal(0))}
        return frozenset(part.amount * factor for part in measures for factor in times) | (sums if dimension in CONTENT else set())

    def meanings(self, measure: Quantity) -> frozenset[Decimal]:
        """What one measure may mean; one that the text multiplies means its total, or a loose number of these."""
        if measure.dimension not in CONTENT:
            return frozenset({measure.amount})
        return frozenset(measure.total * factor for factor in _products(self.factors if measure.times == 1 else self.loose))


class _Part(NamedTuple):
    number: Decimal
    unit: Unit | None
    counted: bool
    text: str
    start: int
    end: int


class QuantityReader:
    """Reads quantities with patterns made once from the word tables.

    Args:
        tables: units, and the Korean counting words.
        english_counters: further words that count pieces.
    """

    def __init__(self, tables: Tables, english_counters: tuple[str, ...] = ()) -> None:
        self._tables = tables
        self._english_counters = english_counters

    @cached_property
    def _counting(self) -> frozenset[str]:
        korean = (name.replace(" ", "") for counter in self._tables.counters if counter.role != "spec" for name in counter.ko)
        return frozenset(name.lower() for name in (*korean, *self._english_counters))

    @cached_property
    def _figure(self) -> re.Pattern[str]:
        units = _names([name for unit in self._tables.units for name in unit.names])
        counters = _names([*(name for counter in self._tables.counters for name in counter.ko), *self._english_counters])
        return re.compile(rf"(?P<number>{_NUMBER})(?:\s?(?P<unit>(?i:{units})){_WORD_END}|[\s-]?(?P<counter>(?i:{counters})){_COUNT_END})?")

    def read(self, text: str) -> Quantities:
        """The quantities of a Korean or English text.

        Example: ``해물어묵바8kg(800g(80g*10ea)*10pk)`` states 8 kg, 800 g, and 80 g times 100.
        """
        text = normalise(text[:MOST_NAME_CHARS])
        bundles = [Decimal(sum(map(int, match[0].split("+")))) for match in _BUNDLE.finditer(text)]
        plain = _BUNDLE.sub(lambda match: " " * len(match[0]), text)
        measures: list[Quantity] = []
        loose, factors, bare = list(bundles), list(bundles), set[Decimal]()
        for chain in self._chains(plain):
            found, free, multiplying = _of_chain(chain)
            measures += found
            loose += free
            factors += [*free, *multiplying]
            bare.update(part.number for part in chain if not part.unit and not part.counted)
        numbers = frozenset(Decimal(number.replace(",", "")) for number in re.findall(_NUMBER, plain)) | set(bundles)
        return Quantities(text, tuple(measures[:_MOST_MEASURES]), _bounded(loose), _bounded(factors), frozenset(bare), numbers)

    def words(self, text: str) -> str:
        """The words of a text without its figures, units and counting words, in lower case.

        Example: ``포기김치 350g*3개`` and ``포기김치 10kg`` have the same words.
        """
        return " ".join(_SIGNS.sub(" ", self._figure.sub(" ", normalise(text[:MOST_NAME_CHARS]))).casefold().split())

    def _chains(self, text: str) -> Iterator[list[_Part]]:
        """Figures joined by ``x``, with the unit that a range or a list shares handed to each of its figures."""
        chain: list[_Part] = []
        end = -1
        for match in self._figure.finditer(text):
            part = self._part(match)
            gap = text[end : part.start] if chain else "|"
            times = _TIMES.fullmatch(gap) is not None
            if not times and gap and _inside_word(text, part):
                continue
            if chain and not times:
                if _SAME_UNIT.fullmatch(gap) and part.unit and not chain[-1].unit:
                    chain = [one if one.unit or one.counted else one._replace(unit=part.unit) for one in chain]
                yield chain
                chain = []
            chain, end = [*chain, part], part.end
        if chain:
            yield chain

    def _part(self, match: re.Match[str]) -> _Part:
        units = self._tables.unit_by_name
        name = match["unit"] or ""
        unit = units.get(name) or units.get(name.lower())
        counted = (match["counter"] or "").replace(" ", "").lower() in self._counting
        return _Part(Decimal(match["number"].replace(",", "")), unit, counted, match[0], match.start(), match.end())


def _of_chain(chain: list[_Part]) -> tuple[list[Quantity], list[Decimal], list[Decimal]]:
    """The measures of one chain, its loose numbers of pieces, and the numbers that multiply a measure."""
    measured = [part for part in chain if part.unit]
    first = measured[0] if measured else None
    if first and first.unit and first.unit.dimension in CONTENT:
        multiplying = [part.number for part in chain if not part.unit]
        times = [prod(multiplying, start=Decimal(1)), *([Decimal(1)] * len(measured))]
        return [_quantity(part, part.unit, factor) for part, factor in zip(measured, times, strict=False) if part.unit], [], multiplying
    shared = measured[-1].unit if measured and measured[-1].unit and measured[-1].unit.dimension == _LENGTH else None
    found = [(part, part.unit or (None if part.counted else shared)) for part in chain]
    loose = [part.number for part, unit in found if unit is None and (part.counted or len(chain) > 1)]
    return [_quantity(part, unit, Decimal(1)) for part, unit in found if unit], loose if any(part.counted for part in chain) else [], []


def _quantity(part: _Part, unit: Unit, times: Decimal) -> Quantity:
    exact = unit.factor.scaleb(-unit.factor.adjusted()) == 1
    return Quantity(unit.dimension, part.number, part.number * unit.factor, times, exact, part.text, part.start, part.end)


def _inside_word(text: str, part: _Part) -> bool:
    """Whether a number is part of a model code, such as ``SM-S928`` or ``LK-200``; the figure of ``Squid200g`` is none."""
    before = text[max(0, part.start - 2) : part.start]
    return bool(re.search(r"[A-Z]-?$|\d[.,]$" if part.unit else r"[A-Za-z]-?$|\d[.,]$", before))


def _bounded(numbers: list[Decimal]) -> tuple[Decimal, ...]:
    return tuple(number for number in numbers if number > 1)[:_MOST_FACTORS]


def _products(factors: tuple[Decimal, ...]) -> frozenset[Decimal]:
    """The products of any of the factors, 1 for none of them."""
    chosen = (pick for size in range(len(factors) + 1) for pick in combinations(factors, size))
    return frozenset(prod(pick, start=Decimal(1)) for pick in chosen)


def _names(names: list[str]) -> str:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in longest_first)
