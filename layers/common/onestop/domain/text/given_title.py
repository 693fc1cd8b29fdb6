"""A title that was not composed just now, held against the Korean one as a composed title is."""

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.qa import Text, check
from onestop.domain.text.spans import without_worded_figures, worded_figures
from onestop.domain.text.termbase import Termbase


def issues_of(
    title: str, text: AdaptedText, product: Product, *, termbase: Termbase, limits: TextLimits, banned: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The issues of a remembered or a person's title, as :func:`onestop.domain.text.qa.check` names them.

    Args:
        text: the product's adapted text in the title's language.
    """
    tokens = termbase.scanner.scan(text.source_title)
    source = without_worded_figures(text.source_title, tokens)
    brands = ((product.brand, text.brand),) if product.brand and text.brand else ()
    told = Text(source, title, locale_code(text.locale), termbase.facts, brands, banned, limits, free_figures=worded_figures(tokens))
    return check(told)
