"""Write a product's text in every locale its markets need."""

from collections.abc import Callable

from onestop.domain.channels.market import Market, Markets, TextLimits
from onestop.domain.commands import AdaptText
from onestop.domain.text.adapt import adapt_text as adapt
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.termbase import Termbase
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Sender
from onestop.steps.products import current, finish, markets_of

SAID_IN_WORDS = ("title", "title_en", "description_html", "category", "brand", "maker", "origin", "weight_g", "keywords", "cells")
"""The product's fields that reach a text; a new price or a new stock figure writes no new text."""


def adapt_text(
    command: AdaptText, *, catalog: Catalog, adaptations: Adaptations, send: Sender,
    markets: Markets, termbase: Termbase, banned: Callable[[str, str], tuple[str, ...]], engine: str,
) -> None:  # fmt: skip
    """Make the texts that are missing or whose input changed, then join.

    Args:
        banned: (channel, locale) -> words that the channel's titles may not hold.
        engine: version of the termbase and rules; a new one makes new texts.
    """
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return
    product = stored.product
    known = adaptations.of_product(product.seller_id, product.sku, "text")
    made: dict[str, str] = {}
    for locale, limits, words in _needed(markets_of(stored, markets), banned):
        options = [variant.options for variant in product.variants]
        source = digest(product.model_dump(mode="json", include=set(SAID_IN_WORDS)), options, locale, limits, words, engine)
        made[locale] = source
        if known.get(locale, ("", ""))[0] != source:
            text: AdaptedText = adapt(product, locale, termbase=termbase, limits=limits, banned=words)
            adaptations.save(product.seller_id, product.sku, "text", locale, revision=stored.revision, input_digest=source, body=text)
    finish(command, stored, "text", made, catalog=catalog, send=send)


def _needed(wanted: tuple[Market, ...], banned: Callable[[str, str], tuple[str, ...]]) -> list[tuple[str, TextLimits, tuple[str, ...]]]:
    """Each locale once, with the strictest limits and all banned words of the channels that share it."""
    needed = []
    for locale in sorted({market.locale for market in wanted}):
        sharing = [market for market in wanted if market.locale == locale]
        words = tuple(sorted({word for market in sharing for word in banned(market.channel, locale)}))
        needed.append((locale, strictest([market.text for market in sharing]), words))
    return needed


def strictest(limits: list[TextLimits]) -> TextLimits:
    """Limits that satisfy all of ``limits``.

    Example:
        >>> strictest([TextLimits(title_max_chars=255), TextLimits(title_max_chars=100, title_max_bytes=255)]).title_max_chars
        100
    """

    def least(values: list[int | None]) -> int | None:
        return min((value for value in values if value is not None), default=None)

    return TextLimits(
        title_max_chars=min(one.title_max_chars for one in limits),
        title_max_bytes=least([one.title_max_bytes for one in limits]),
        title_min_chars=max(one.title_min_chars for one in limits),
        description_max_chars=least([one.description_max_chars for one in limits]),
    )
