"""A title that was not composed just now, held against the Korean one as a composed title is."""

import re

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.qa import Text, check
from onestop.domain.text.spans import TokenKind
from onestop.domain.text.termbase import Termbase

_DIGIT = re.compile(r"\d")


def issues_of(
    title: str, text: AdaptedText, product: Product, *, termbase: Termbase, limits: TextLimits, banned: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The issues of a remembered or a person's title, as :func:`onestop.domain.text.qa.check` names them.

    Args:
        text: the product's adapted text in the title's language.
    """
    source = text.source_title
    for token in termbase.scanner.scan(source):
        # Digits of a word of its own (1회용) are no figures.
        if token.kind is TokenKind.MIXED and _DIGIT.search(token.text):
            source = source.replace(token.text, " ", 1)
    brands = ((product.brand, text.brand),) if product.brand and text.brand else ()
    return check(Text(source, title, locale_code(text.locale), termbase.facts, brands, banned, limits))
