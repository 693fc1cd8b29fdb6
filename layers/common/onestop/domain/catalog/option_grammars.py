"""Two grammars in which a whole table of options stands in one or a few cells: the forms of ESM PLUS and Smartstore."""

import re
from decimal import Decimal
from itertools import product as combinations
from math import prod

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.options import MAX_VARIANTS, Combination

ESM_TYPES = {"단독형": 1, "2개조합형": 2, "3개조합형": 3}
"""How many values one option line of ESM PLUS begins with, by option type."""

_ESM_ON_SALE, _ESM_SHOWN = "정상", "노출"
_ESM_FIELDS_AFTER_VALUES = 4  # state, shown, Gmarket's stock, Auction's stock


def esm_combinations(option_type: str, names_text: str, lines_text: str) -> tuple[Combination, ...] | None:
    """The options of ESM PLUS: one a line, ``value[,value[,value]],state,shown,[G]stock,[A]stock``; None when not of that form.

    The sites sell the same goods, so one stock counts: Gmarket's, or Auction's when that is blank. An option that is not
    ``정상`` or not ``노출`` cannot be sold and has no stock. Options cannot change the price.

    Example:
        >>> [(c.options, c.stock) for c in esm_combinations("단독형", "색상", "블랙,정상,노출,100,90\\n화이트,품절,노출,5,5")]
        [({'색상': '블랙'}, 100), ({'색상': '화이트'}, 0)]
        >>> esm_combinations("2개조합형", "색상,사이즈", "블랙,정상,노출,100,100") is None
        True
    """
    values = ESM_TYPES.get("".join(option_type.split()), 0)
    names = tuple(" ".join(name.split()) for name in re.split(r"[,\n]", names_text))
    lines = [line for line in lines_text.split("\n") if line.strip()]
    if not (0 < values == len(names) == len(set(names)) and all(names) and lines):
        return None
    found = [_esm_line(line, names) for line in lines]
    return _distinct([one for one in found if one]) if all(found) else None


def naver_combinations(option_type: str, names_text: str, values_text: str, prices: str, stocks: str) -> tuple[Combination, ...] | None:
    """The options of Smartstore: a name a line, its values in the same line of the next cell, joined by commas; None when not so.

    Add-on prices and stocks stand one for each combination, the last option turning fastest; a blank cell means none. The low
    quotation mark ``‚`` (U+201A), which the form shows inside words where a comma would cut them, does not separate.

    Example:
        >>> found = naver_combinations("조합형", "색상\\n사이즈", "블랙,화이트\\nS,M", "0,0,500,500", "1,2,3,4")
        >>> [(list(c.options.values()), c.price_delta_krw, c.stock) for c in found][2]
        (['화이트', 'S'], Decimal('500'), 3)
        >>> naver_combinations("조합형", "색상", "블랙,화이트", "0", "") is None
        True
    """
    names = [" ".join(name.split()) for name in names_text.split("\n") if name.strip()]
    rows = [tuple(" ".join(value.split()) for value in line.split(",")) for line in values_text.split("\n") if line.strip()]
    count = prod(len(row) for row in rows)
    known = option_type in ("단독형", "조합형", "") and len(names) == len(rows) == len(set(names)) > 0
    if not known or not all(all(row) for row in rows) or count > MAX_VARIANTS:
        return None
    deltas = [cell_values.money(part) for part in _parts(prices, count)]
    pieces = [cell_values.integer(part) for part in _parts(stocks, count)] if stocks else []
    if len(deltas) != count or None in deltas or len(pieces) not in (0, count) or any(found is None or found < 0 for found in pieces):
        return None
    table = zip(combinations(*rows), deltas, pieces or [None] * count, strict=True)
    return _distinct([Combination(dict(zip(names, values, strict=True)), delta or Decimal(0), stock) for values, delta, stock in table])


def naver_count(values_text: str) -> int:
    """How many combinations the values of a Smartstore row make.

    Example:
        >>> naver_count("블랙,화이트\\nS,M,L")
        6
    """
    return prod(line.count(",") + 1 for line in values_text.split("\n") if line.strip())


def _esm_line(line: str, names: tuple[str, ...]) -> Combination | None:
    fields = [" ".join(field.split()) for field in line.split(",")]
    if len(fields) != len(names) + _ESM_FIELDS_AFTER_VALUES:
        return None
    *values, state, shown, stock_g, stock_a = fields
    stock = cell_values.integer(stock_g or stock_a or "0")
    if not all(values) or stock is None or stock < 0:
        return None
    sells = state == _ESM_ON_SALE and shown == _ESM_SHOWN
    return Combination(dict(zip(names, values, strict=True)), stock=stock if sells else 0)


def _parts(text: str, count: int) -> list[str]:
    return [part.strip() or "0" for part in re.split(r"[,\n]", text)] if text else ["0"] * count


def _distinct(found: list[Combination]) -> tuple[Combination, ...] | None:
    return tuple(found) if len({tuple(one.options.items()) for one in found}) == len(found) else None
