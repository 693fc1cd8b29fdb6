"""A short Korean line that is no title - a claim, a label, a value - in a language; None rather than a guess."""

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.normalise import normalise
from onestop.domain.text.options import translate
from onestop.domain.text.termbase import Senses, Termbase

_NO_LIMIT = TextLimits(title_max_chars=500)


def say_phrase(line: str, product: Product, locale: str, termbase: Termbase) -> str | None:
    """The line as a phrase of known words, else as a product's name by the composer of titles when that is sure of every word.

    Args:
        line: Korean, without a line break.
        product: whose line it is; its category decides the sense of a word.
        locale: BCP 47.

    Raises:
        KeyError: no composer for this locale.
    """
    code = locale_code(locale)
    text = normalise(line)
    senses = Senses(termbase, termbase.tables.root_of(product.category))
    if words := translate(text, senses, code):
        return words
    named = product.model_copy(update={"title": text, "title_en": None, "title_zh": None, "brand": None, "variants": product.variants[:1]})
    adapted = adapt_text(named, locale, termbase=termbase, limits=_NO_LIMIT)
    return adapted.title if adapted.state is State.READY and not adapted.removed_promo else None
