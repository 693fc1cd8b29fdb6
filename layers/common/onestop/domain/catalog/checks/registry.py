"""Every check on one product, in the order in which its findings are told."""

from collections.abc import Callable, Iterator

from onestop.domain.catalog.checks.certificates import korean_certificate
from onestop.domain.catalog.checks.cleaned import cleaned_text
from onestop.domain.catalog.checks.export_rights import not_ours
from onestop.domain.catalog.checks.names import name_en
from onestop.domain.catalog.checks.packs import pack_prices
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.checks.shelf_life import short_expiry
from onestop.domain.catalog.checks.weight import declared_weight
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

Check = Callable[[Product, CheckContext], Iterator[Finding]]

PRODUCT_CHECKS: tuple[Check, ...] = (not_ours, declared_weight, name_en, pack_prices, short_expiry, korean_certificate, cleaned_text)
"""A new check on one product is a module and a line here."""


def check_product(product: Product, context: CheckContext) -> tuple[Finding, ...]:
    """All that the checks find in one product, seen by itself; the same product always gives the same findings."""
    return tuple(finding for check in PRODUCT_CHECKS for finding in check(product, context))
