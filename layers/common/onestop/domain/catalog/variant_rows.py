"""Products that take a row for each variant: what the rows have in common, and what each of them adds."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import count, takewhile
from typing import NamedTuple

from onestop.domain.catalog.options import MAX_VARIANTS, Combination
from onestop.domain.catalog.row_options import unreadable
from onestop.domain.catalog.row_prices import PRICE_FIELDS, Price, read_price
from onestop.domain.catalog.seller_row import SellerRow

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,49}")
"""What a code of a product or a variant may look like: it becomes part of keys and of calls to marketplaces."""

_BARCODE = re.compile(r"\d{8,14}")
_VARIANT_FIELDS = ("option_1_value", "option_2_value", "option_3_value", "variant_sku", *PRICE_FIELDS)


class VariantRows(NamedTuple):
    """What the rows of one product state together.

    Attributes:
        price: the first variant's, which the others' differences are counted from; None when the product is rejected.
        combinations: one for each variant.
    """

    price: Price | None
    combinations: tuple[Combination, ...]


def read_variants(head: SellerRow, rows: Sequence[SellerRow]) -> VariantRows:
    """The variants of a product whose rows are known to belong together.

    Args:
        head: the row that describes the product.
        rows: all of its rows, the head among them.

    Findings: those of ``read_price``, OPTION_UNREADABLE, OPTION_TOO_MANY, VALUE_IGNORED (a code or barcode).

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["price_krw", "option_1_name", "option_1_value"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["9000", "색상", "블랙"], Plan(placed, 3), 2, None)
        >>> found = read_variants(row, [row])
        >>> found.price.selling_krw, found.combinations[0].options
        (Decimal('9000'), {'색상': '블랙'})
    """
    stating = _stating(head, rows)
    if len(stating) > MAX_VARIANTS:
        head.report("OPTION_TOO_MANY", "option_1_value", reject=True, count=len(stating), limit=MAX_VARIANTS)
        return VariantRows(None, ())
    prices = [read_price(row) for row in stating]
    options = _options(head, stating)
    if options is None or None in prices:
        return VariantRows(None, ())
    base = prices[0]
    codes = Counter(row.text("variant_sku") for row in stating)
    found = tuple(
        Combination(
            chosen, price.selling_krw - base.selling_krw if price and base else Decimal(0), row.pieces("stock"),
            _code(row, codes), read_barcode(row),
        )
        for row, price, chosen in zip(stating, prices, options, strict=True)
    )  # fmt: skip
    return VariantRows(base, found)


def read_barcode(row: SellerRow) -> str | None:
    """The GTIN of a row, without the apostrophe that keeps a spreadsheet from computing with it; None when blank or not usable.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["barcode"]
        >>> columns = [Column(field=name, kind=Kind.TEXT, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["'8801234567893"], Plan(placed, 1), 2, None)
        >>> read_barcode(row)
        '8801234567893'
    """
    text = row.texts.get("barcode")
    return row.matching("barcode", text.lstrip("'"), _BARCODE, "8-14 digits") if text else None


def _stating(head: SellerRow, rows: Sequence[SellerRow]) -> list[SellerRow]:
    """The rows that state a variant: those with a parent, where there are such, else those with more than a picture."""
    children = [row for row in rows if row.text("parent")]
    return children or [row for row in rows if row is head or any(row.text(field) for field in _VARIANT_FIELDS)]


def _options(head: SellerRow, rows: Sequence[SellerRow]) -> list[dict[str, str]] | None:
    """The options of each row; None, with a finding, when two rows have the same or one misses a value."""
    names = _names(head, rows)
    found = [{name: row.text(field) for field, name in names.items()} for row in rows]
    for row, options in zip(rows, found, strict=True):
        missing = next((field for field, name in names.items() if not options[name]), None)
        if missing:
            unreadable(row, missing, names[missing])
            return None
    if len({tuple(options.items()) for options in found}) < len(found):
        unreadable(rows[-1], "option_1_value", " / ".join(found[-1].values()) or head.text("sku"))
        return None
    return found


def _names(head: SellerRow, rows: Sequence[SellerRow]) -> dict[str, str]:
    """Field of the values -> name of the option; what has no name of its own counts only where the rows differ in it."""
    names: dict[str, str] = {}
    for number in takewhile(lambda number: head.has(f"option_{number}_value"), count(1)):
        field = f"option_{number}_value"
        values = {row.text(field) for row in rows} - {""}
        name = next((text for row in (head, *rows) if (text := row.text(f"option_{number}_name"))), "")
        if values and (name or len(values) > 1):
            names[field] = name or head.label(field) or f"옵션 {number}"
    return names if len(set(names.values())) == len(names) else {}


def _code(row: SellerRow, codes: Counter[str]) -> str | None:
    text = row.text("variant_sku")
    return row.matching("variant_sku", text, CODE, "A-Z a-z 0-9 - _ .") if text and codes[text] == 1 else None
