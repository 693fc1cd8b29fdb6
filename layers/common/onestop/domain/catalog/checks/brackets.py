"""The bracket at the start of a name: a brand, unless it is promotion or says something of the goods."""

import re
from collections import Counter
from collections.abc import Sequence

from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding
from onestop.domain.text.normalise import normalise, strip_promo

_LEADING = re.compile(r"\s*(?:\[([^\[\]]{1,30})\]|【([^【】]{1,30})】)")
_SAYS_MORE = re.compile(r"[\d+%/,]")


def bracket_brands(products: Sequence[Product], context: CheckContext) -> list[Finding | None]:
    """For each product BRAND_FROM_BRACKET, or None when it has a brand or no bracket that looks like one.

    A bracket looks like a brand when several products carry it or the termbase knows it; even an everyday word may be one.
    """
    names = [bracket_brand(product, context) for product in products]
    rows = Counter(names)
    return [
        Finding.of("BRAND_FROM_BRACKET", field="brand", cell=product.cell("title"), brand=name)
        if name and (rows[name] >= context.rules.brackets.rows_for_a_brand or context.is_brand(name)) else None
        for product, name in zip(products, names, strict=True)
    ]  # fmt: skip


def bracket_brand(product: Product, context: CheckContext) -> str:
    """The text of the leading bracket when it may be a brand that the seller's brand column lacks; else empty."""
    match = _LEADING.match(product.title)
    if product.brand or match is None:
        return ""
    name = normalise(match[1] or match[2])
    says_other = _SAYS_MORE.search(name) or name.replace(" ", "") in context.rules.brackets.not_brands
    return "" if says_other or not strip_promo(f"[{name}]", context.termbase.is_promo).text else name
