"""Options to variants: the grammars in which sellers write options, and how stock is shared out."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import product as combinations
from math import prod
from typing import NamedTuple

from onestop.domain.catalog.product import Variant

MAX_VARIANTS = 300
"""Combinations in one product: more than any destination channel lists, and a bound on what one row can cost."""

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
    return [each + (index < rest) for index in range(parts)]


def combine(choices: Sequence[Choice], *, sku: str, stock: int) -> tuple[Variant, ...]:
    """Every combination of the options as a variant, in the seller's order, the last option turning fastest.

    The same options always give the same codes: the product's code and a running number, ``FA-101-01``.

    Stock is never sold twice. The row's stock belongs to the product as a whole, so it is divided evenly over the
    variants, the remainder to the first ones. An option with stocks of its own replaces it: the stock of a value is
    divided over the variants that have this value; where several options have stocks, the smallest share counts.

    Args:
        choices: none, one or several options.
        sku: the product's code.
        stock: the row's stock, 0 or more.

    Returns:
        At least one variant; without options one with the product's own code.

    Example:
        >>> colours = Choice("색상", ("블랙", "화이트"), (Decimal(0), Decimal(500)))
        >>> [(v.sku, v.options, v.price_delta_krw, v.stock) for v in combine([colours], sku="FA-1", stock=5)]
        [('FA-1-01', {'색상': '블랙'}, Decimal('0'), 3), ('FA-1-02', {'색상': '화이트'}, Decimal('500'), 2)]
    """
    if not choices:
        return (Variant(sku=sku, stock=stock),)
    picks = list(combinations(*(range(len(choice.values)) for choice in choices)))
    stocks = _stocks(choices, picks, stock)
    return tuple(
        Variant(
            sku=f"{sku}-{number:02d}",
            options={choice.name: choice.values[at] for choice, at in zip(choices, pick, strict=True)},
            price_delta_krw=sum((choice.price_deltas_krw[at] for choice, at in zip(choices, pick, strict=True)), Decimal(0)),
            stock=stocks[number - 1],
        )
        for number, pick in enumerate(picks, start=1)
    )


def _stocks(choices: Sequence[Choice], picks: Sequence[tuple[int, ...]], stock: int) -> list[int]:
    own = [_shares(choice.stocks, [pick[at] for pick in picks]) for at, choice in enumerate(choices) if choice.stocks is not None]
    return [min(shares) for shares in zip(*own, strict=True)] if own else share(stock, len(picks))


def _shares(stocks: tuple[int, ...], value_of_pick: list[int]) -> list[int]:
    left = {value: iter(share(total, value_of_pick.count(value))) for value, total in enumerate(stocks)}
    return [next(left[value]) for value in value_of_pick]
