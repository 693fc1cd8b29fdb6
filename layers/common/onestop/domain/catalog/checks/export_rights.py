"""Goods that the seller bought abroad: parallel imports and purchases by order may not be resold as the seller's own."""

import re
from collections.abc import Iterator

from onestop.domain.catalog.checks.rules import CheckContext, NotOursRules
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding


def not_ours(product: Product, context: CheckContext) -> Iterator[Finding]:
    """NOT_OURS_TO_EXPORT with the cell that says so: a flag, the importer, or a word in the name.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.catalog.checks.rules import CheckRules
        >>> from onestop.domain.catalog.product import Variant
        >>> from onestop.domain.text.tables import Tables
        >>> from onestop.domain.text.termbase import Termbase
        >>> rules = CheckRules.model_construct(not_ours=NotOursRules(words=("구매대행",), denied_by=("아님",)))
        >>> context = CheckContext(rules, Termbase(terms=(), tables=Tables(counters=(), bundle={}, units=())))
        >>> watch = dict(seller_id="kim", sku="A", price_krw=Decimal(9000), variants=(Variant(sku="A"),), cells={"title": "B2"})
        >>> [(found.code, found.cell) for found in not_ours(Product(title="[구매대행] 시계", **watch), context)]
        [('NOT_OURS_TO_EXPORT', 'B2')]
        >>> list(not_ours(Product(title="시계 (구매대행 아님)", **watch), context))
        []
    """
    flags = {"parallel_import": (product.parallel_import, "병행수입"), "purchase_agency": (product.purchase_agency, "구매대행")}
    for field, (is_marked, word) in flags.items():
        if is_marked:
            yield _finding(product, field, word)
    for field, text in (("importer", product.importer or ""), ("title", product.title)):
        if word := _said(text, context.rules.not_ours):
            yield _finding(product, field, word)


def _finding(product: Product, field: str, word: str) -> Finding:
    return Finding.of("NOT_OURS_TO_EXPORT", field=field, cell=product.cell(field), word=word)


def _said(text: str, rules: NotOursRules) -> str:
    """The first of the words that the text says and does not deny right behind it."""
    words, denied = ("|".join(map(re.escape, part)) for part in (rules.words, rules.denied_by))
    match = re.search(rf"({words})(?!\s?(?:상품|제품)?[은는이가]?\s?(?:{denied}))", text)
    return match[1] if match else ""
