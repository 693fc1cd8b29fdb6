"""A product's text in the further languages that a marketplace's category has fields for."""

from collections.abc import Iterable

from onestop.domain.channels.category_facts import CategoryFacts
from onestop.domain.listing.listing import Listing

MAX_BYTES = 255
"""Of a title in a further language; Lazada refuses a longer one (error 4160)."""


def local_names(listing: Listing, sisters: Iterable[Listing], facts: CategoryFacts) -> dict[str, str]:
    """``name_xx`` and ``description_xx`` of the languages that the category asks for and another market's listing is written in.

    Args:
        listing: the one that is told.
        sisters: the same product in other markets; of two in one language the first counts.
        facts: the category's attributes; a field that it does not have is never sent.

    Source: Lazada Open Platform, docId 120949 (multi-language attributes) and error 4160, read 2026-11-24.

    Example:
        >>> from onestop.domain.listing.listing import Category, Provenance
        >>> english = Listing(seller_id="s", sku="A", revision=1, market="SG", channel="lazada", locale="en", currency="SGD",
        ...     status="ready", title="Socks", category=Category(source="seller", path=""),
        ...     provenance=Provenance(source_digest="", rules_version=""))
        >>> thai = english.model_copy(update={"market": "TH", "locale": "th", "title": "ถุงเท้า"})
        >>> local_names(thai, [english], CategoryFacts(names=frozenset({"name", "name_en", "name_ms"})))
        {'name_en': 'Socks'}
    """
    found: dict[str, str] = {}
    for sister in sisters:
        language = sister.locale.partition("-")[0]
        if not sister.is_sold or language == listing.locale.partition("-")[0]:
            continue
        texts = {f"name_{language}": sister.title, f"description_{language}": sister.description_html}
        fits = len(sister.title.encode()) <= MAX_BYTES
        found |= {name: text for name, text in texts.items() if text and fits and name in facts.names and name not in found}
    return found
