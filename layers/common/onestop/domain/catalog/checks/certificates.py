"""Certificates that a seller relies on: those that hold in Korea only say nothing abroad."""

import re
from collections.abc import Iterator

from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding


def korean_certificate(product: Product, context: CheckContext) -> Iterator[Finding]:
    """CERTIFICATE_KOREA_ONLY when the seller names a Korean certificate and none that holds abroad.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.catalog.checks.rules import CertificateRules, CheckRules
        >>> from onestop.domain.catalog.product import Variant
        >>> from onestop.domain.text.tables import Tables
        >>> from onestop.domain.text.termbase import Termbase
        >>> rules = CheckRules.model_construct(certificates=CertificateRules(korea_only=("KC인증",), abroad=("CE",)))
        >>> context = CheckContext(rules, Termbase(terms=(), tables=Tables(counters=(), bundle={}, units=())))
        >>> plug = Product(seller_id="kim", sku="A", title="KC인증 멀티탭", price_krw=Decimal(9000), variants=(Variant(sku="A"),))
        >>> [found.code for found in korean_certificate(plug, context)]
        ['CERTIFICATE_KOREA_ONLY']
    """
    rules = context.rules.certificates
    named = " ".join(f"{certificate.kind} {certificate.code}" for certificate in product.certifications)
    texts = {"certifications": named, "title": product.title, "description": product.description_html}
    abroad = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, rules.abroad))})(?![A-Za-z0-9])")
    if any(abroad.search(text) for text in texts.values()):
        return
    found = next(((field, word) for field, text in texts.items() for word in rules.korea_only if word in text), None)
    if found:
        yield Finding.of("CERTIFICATE_KOREA_ONLY", field=found[0], cell=product.cell(found[0]), certificate=found[1])
