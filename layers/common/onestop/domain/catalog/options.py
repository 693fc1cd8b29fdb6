"""Options to variants: the grammars in which sellers write options, and how stock is shared out."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product as combinations
from itertools import repeat
from math import prod
from typing import NamedTuple

from onestop.domain.catalog.product import Variant
from onestop.domain.values import maker

MAX_VARIANTS = 300
"""Combinations in one product: more than any destination channel lists, and a bound on what one row can cost."""

_NO_WON = Decimal(0)
_, _variant = maker(Variant)
_ENDINGS = tuple(f"-{number:02d}" for number in range(1, MAX_VARIANTS + 1))

_CAFE24_OPTION = r"[^{}]+\{[^{}]+\}"
_CAFE24_OPTIONS = re.compile(rf"{_CAFE24_OPTION}(?://{_CAFE24_OPTION})*")
_CAFE24_ONE = re.compile(r"([^{}]+)\{([^{}]+)\}(?://)?")


class Choice(NamedTuple):
    """One option: what the buyer chooses between.

    Attributes:
        name: such as 색상.
        values: such as 블랙, 화이트; at least one, all different.
        price_deltas_krw: added to the product's price, one for each value.
        stocks: pieces of each value, or None when the seller gave none.
    """

    name: str
    values: tuple[str, ...]
    price_deltas_krw: tuple[Decimal, ...]
    stocks: tuple[int, ...] | None = None


def split_values(text: str) -> tuple[str, ...] | None:
    """The values of one option, written ``블랙|화이트``; None when one is blank or stands twice.

    Example:
        >>> split_values("블랙 | 화이트"), split_values("블랙||화이트"), split_values("S|S")
        (('블랙', '화이트'), None, None)
    """
    values = tuple(" ".join(value.split()) for value in text.split("|"))
    return values if all(values) and len(set(values)) == len(values) else None


def cafe24_choices(text: str) -> tuple[Choice, ...] | None:
    """The options in Cafe24's grammar ``이름{값|값}//이름{값|값}``; None when the text is not of that form.

    Names and values may hold brackets, ``*`` and single slashes. The grammar knows neither prices nor stocks.

    Example:
        >>> [(c.name, c.values) for c in cafe24_choices("용량{350g*3개|10kg[업소용]}//포장{일반|선물}")]
        [('용량', ('350g*3개', '10kg[업소용]')), ('포장', ('일반', '선물'))]
        >>> cafe24_choices("색상{블랙") is None
        True
    """
    if not _CAFE24_OPTIONS.fullmatch(text):
        return None
    choices = []
    for name, joined in _CAFE24_ONE.findall(text):
        values = split_values(joined)
        if values is None or not name.strip():
            return None
        choices.append(Choice(" ".join(name.split()), values, (Decimal(0),) * len(values)))
    return tuple(choices) if len({choice.name for choice in choices}) == len(choices) else None


def count_variants(choices: Sequence[Choice]) -> int:
    """How many variants the options make.

    Example:
        >>> count_variants([Choice("색상", ("블랙", "화이트"), (Decimal(0),) * 2), Choice("크기", ("S",), (Decimal(0),))])
        2
    """
    return prod(len(choice.values) for choice in choices)


def share(total: int, parts: int) -> list[int]:
    """A number of pieces divided evenly; what is left over goes to the first parts, one each.

    Example:
        >>> share(10, 4)
        [3, 3, 2, 2]
    """
    each, rest = divmod(total, parts)
    return [each + 1] * rest + [each] * (parts - rest)


class Combination(NamedTuple):
    """One combination of option values.

    Attributes:
        options: option name -> value; empty when there are no options.
        price_delta_krw: added to the product's price.
        stock: pieces of this combination, or None when the seller gave none.
        sku: the seller's own code of it, or None.
        barcode: GTIN as text, or None.
    """

    options: dict[str, str]
    price_delta_krw: Decimal = Decimal(0)
    stock: int | None = None
    sku: str | None = None
    barcode: str | None = None


def combinations_of(choices: Sequence[Choice]) -> tuple[Combination, ...]:
    """Every combination of the options, in the seller's order, the last option turning fastest; none without options.

    Where options have stocks of their own, the stock of a value is divided over the combinations that have this value; where
    several options have stocks, the smallest share counts.

    Example:
        >>> sizes = Choice("크기", ("S", "L"), (Decimal(0), Decimal(500)), (3, 1))
        >>> [(c.options, c.price_delta_krw, c.stock) for c in combinations_of([sizes])]
        [({'크기': 'S'}, Decimal('0'), 3), ({'크기': 'L'}, Decimal('500'), 1)]
    """
    if not choices:
        return ()
    if len(choices) == 1:
        (only,) = choices
        each = zip(only.values, only.price_deltas_krw, only.stocks or repeat(None), strict=False)
        return tuple([Combination({only.name: value}, delta, pieces) for value, delta, pieces in each])
    picks = list(combinations(*(range(len(choice.values)) for choice in choices)))
    own = [_shares(choice.stocks, [pick[at] for pick in picks]) for at, choice in enumerate(choices) if choice.stocks is not None]
    stocks: list[int | None] = [min(shares) for shares in zip(*own, strict=True)] if own else [None] * len(picks)
    return tuple(
        Combination(
            {choice.name: choice.values[at] for choice, at in zip(choices, pick, strict=True)},
            sum((choice.price_deltas_krw[at] for choice, at in zip(choices, pick, strict=True)), Decimal(0)),
            stock,
        )
        for pick, stock in zip(picks, stocks, strict=True)
    )


def variants_of(found: Sequence[Combination], *, sku: str, stock: int) -> tuple[Variant, ...]:
    """A variant for each combination.

    The same combinations always give the same codes: the seller's own, else the product's code and a running number.

    Stock is never sold twice. The row's stock belongs to the product as a whole, so it is divided evenly over the variants,
    the remainder to the first ones. Combinations with stocks of their own replace it; one without then has none.

    Args:
        found: none, one or several combinations.
        sku: the product's code.
        stock: the row's stock, 0 or more.

    Returns:
        At least one variant; without options one with the product's own code, unless the seller gave it another.

    Example:
        >>> found = [Combination({"색상": "블랙"}), Combination({"색상": "화이트"}, Decimal(500), sku="FA-W")]
        >>> [(one.sku, one.price_delta_krw, one.stock) for one in variants_of(found, sku="FA-1", stock=5)]
        [('FA-1-01', Decimal('0'), 3), ('FA-W', Decimal('500'), 2)]
    """
    if not found:
        return (_variant({"sku": sku, "options": {}, "price_delta_krw": _NO_WON, "stock": stock, "barcode": None, "pack": None}),)
    own = [one.stock for one in found]
    shares = share(stock, len(found)) if own.count(None) == len(found) else [pieces or 0 for pieces in own]
    endings = _ENDINGS[: len(found)] if len(found) > 1 or found[0].options else ("",)
    return tuple([
        _variant({
            "sku": own_sku or sku + ending, "options": options, "price_delta_krw": delta, "stock": pieces, "barcode": barcode, "pack": None,
        })
        for (options, delta, _, own_sku, barcode), pieces, ending in zip(found, shares, endings, strict=True)
    ])  # fmt: skip


def _shares(stocks: tuple[int, ...], value_of_pick: list[int]) -> list[int]:
    left = {value: iter(share(total, value_of_pick.count(value))) for value, total in enumerate(stocks)}
    return [next(left[value]) for value in value_of_pick]
