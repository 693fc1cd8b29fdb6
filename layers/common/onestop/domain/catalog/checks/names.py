"""The seller's English name against the Korean one: figures that contradict each other, and figures left out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.catalog.checks.quantities import CONTENT, COUNT, Quantities, Quantity
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding
from onestop.domain.values import plain


class NameComparison(NamedTuple):
    """What an English name states beside a Korean one.

    Attributes:
        contradicting: figures that the English name states and the Korean one denies.
        denied_by: the Korean figures of the same dimensions.
        left_out: Korean figures that the English name does not carry in any form.
        agreeing: measures that both state.
    """

    contradicting: tuple[str, ...]
    denied_by: tuple[str, ...]
    left_out: tuple[str, ...]
    agreeing: int


def name_en(product: Product, context: CheckContext) -> Iterator[Finding]:
    """NAME_EN_CONTRADICTS when both names state a quantity and it differs, NAME_EN_DROPS_QUANTITY when it is only missing."""
    if not product.title_en:
        return
    compared = compare_names(context.stated(product.title), context.stated(product.title_en), context)
    cell = product.cell("title_en")
    if compared.contradicting:
        found, expected = ", ".join(compared.contradicting), ", ".join(compared.denied_by)
        yield Finding.of("NAME_EN_CONTRADICTS", field="title_en", cell=cell, found=found, expected=expected)
    elif compared.left_out:
        yield Finding.of("NAME_EN_DROPS_QUANTITY", field="title_en", cell=cell, missing=", ".join(compared.left_out))


def compare_names(korean: Quantities, english: Quantities, context: CheckContext) -> NameComparison:
    """Compares what two names state, after units are converted and multipliers multiplied out.

    ``1.4 kg``, ``1400g`` and ``700g x 2`` state the same. A figure that only one name states contradicts nothing, unless it is
    a multiple of the other's: ``700g`` against ``700g x 2`` promises twice as much.

    Example:
        >>> from onestop.domain.catalog.checks.quantities import QuantityReader
        >>> from onestop.domain.catalog.checks.rules import CheckRules
        >>> from onestop.domain.text.tables import Tables, Unit
        >>> from onestop.domain.text.termbase import Termbase
        >>> units = [("g", Decimal(1000)), ("kg", Decimal(1_000_000))]
        >>> units = [Unit(id=name, dimension="mass_mg", factor=factor, names=(name,), render={}) for name, factor in units]
        >>> tables = Tables(counters=(), bundle={}, units=tuple(units))
        >>> rules = CheckRules.model_construct(inexact_unit_tolerance_pct=Decimal(2))
        >>> context, read = CheckContext(rules, Termbase(terms=(), tables=tables)), QuantityReader(tables).read
        >>> compare_names(read("만두 1.4kg"), read("Dumplings 700g x 2"), context).contradicting
        ()
        >>> compare_names(read("만두 1.4kg"), read("Dumplings 700g x 3"), context).contradicting
        ('700g x 3',)
    """
    tolerance = context.rules.inexact_unit_tolerance_pct / 100
    denied = _unexplained(korean, english, tolerance)
    added = _unexplained(english, korean, tolerance)
    shared = {one.dimension for one in korean.measures} & {one.dimension for one in english.measures}
    contradicting = [
        one for one in added
        if one.dimension in shared and (one.times > 1 or any(other.dimension == one.dimension for other in denied))
    ]  # fmt: skip
    dimensions = {one.dimension for one in contradicting}
    counts = _contradicting_counts(korean, english)
    return NameComparison(
        contradicting=_texts(contradicting) + counts,
        denied_by=_texts([one for one in korean.measures if one.dimension in dimensions]) + (_pieces(korean.factors) if counts else ()),
        left_out=_texts([one for one in denied if one.number not in english.numbers]) + _left_out_counts(korean, english),
        agreeing=len(english.measures) - len(added) if shared else 0,
    )


def _unexplained(stated: Quantities, by: Quantities, tolerance: Decimal) -> list[Quantity]:
    """Measures of one name that the other does not state in any reading; a bare number matches any unit."""
    left = []
    readings = {dimension: by.readings(dimension) for dimension in {measure.dimension for measure in stated.measures}}
    for measure in stated.measures:
        known, meanings = readings[measure.dimension], stated.meanings(measure)
        inexact = not measure.exact or any(not other.exact for other in by.of(measure.dimension))
        close = inexact and any(abs(mine - other) <= tolerance * other for mine in meanings for other in known)
        if not (meanings & known or close or measure.number in by.bare):
            left.append(measure)
    whole = sum((measure.total for measure in left if measure.dimension in CONTENT), Decimal(0))
    return [] if left and whole in readings[left[0].dimension] else left


def _contradicting_counts(korean: Quantities, english: Quantities) -> tuple[str, ...]:
    """The English numbers of pieces when both names count and no reading of one is a reading of the other."""
    if not korean.factors or not english.loose:
        return ()
    same = english.readings(COUNT) & korean.readings(COUNT)
    return () if same or _whole_contents(korean) & _whole_contents(english) else _pieces(english.loose)


def _left_out_counts(korean: Quantities, english: Quantities) -> tuple[str, ...]:
    if _whole_contents(korean) & _whole_contents(english) or korean.readings(COUNT) & english.readings(COUNT):
        return ()
    return _pieces(tuple(factor for factor in korean.factors if factor not in english.numbers))


def _whole_contents(stated: Quantities) -> frozenset[tuple[str, Decimal]]:
    """The largest reading of each dimension of content, when there is one."""
    return frozenset((dimension, max(stated.readings(dimension))) for dimension in CONTENT if stated.of(dimension))


def _texts(measures: list[Quantity]) -> tuple[str, ...]:
    return tuple(one.text if one.times == 1 else f"{one.text} x {plain(one.times)}" for one in measures)


def _pieces(numbers: tuple[Decimal, ...]) -> tuple[str, ...]:
    return tuple(f"x {plain(number)}" for number in numbers)
