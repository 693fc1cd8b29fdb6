"""What a paid provider would be sent for 1,000 products: characters, as a share of sending every field in every locale."""

from collections.abc import Iterable, Iterator
from typing import Any

from onestop.adapters.packs import markets
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.provider.asking import asking
from onestop.domain.text.provider.cost import Cost, cost
from onestop.domain.text.provider.request import TranslationRequest
from onestop.domain.text.provider.sentences import sentences
from tests.bench.catalogue import rows

PRODUCTS = 1000
LIMITS = TextLimits(title_max_chars=255, title_max_bytes=255, description_max_chars=25000)


def measure_cost(products: int = PRODUCTS, locales: tuple[str, ...] = ()) -> dict[str, Any]:
    """The characters of a catalogue's first upload, and of the same upload again when a memory has learned the first.

    Args:
        locales: by default those of every market.
    """
    locales = locales or tuple(sorted({market.locale for market in markets().by_code.values()}))
    catalogue = [_product(cells) for cells in rows(products)]
    every = len(locales) * sum(_every_field(product) for product in catalogue)
    requests = list(_requests(catalogue, locales))
    known = {(request.locale, segment.text) for request in requests for segment in request.segments}
    return {
        "products": products, "locales": len(locales), "basis": "characters of source text; descriptions repeat from product to product",
        "first": _row(cost(every, requests)), "again": _row(cost(every, requests, known)),
    }  # fmt: skip


def _row(counted: Cost) -> dict[str, Any]:
    return {"every": counted.every, "needed": counted.needed, "sent": counted.sent, "share": float(counted.share)}


def _requests(catalogue: Iterable[Product], locales: tuple[str, ...]) -> Iterator[TranslationRequest]:
    for product in catalogue:
        for locale in locales:
            adapted = adapt_text(product, locale, termbase=termbase(), limits=LIMITS)
            if asked := asking(product, adapted, termbase=termbase(), limits=LIMITS):
                yield asked.request


def _every_field(product: Product) -> int:
    words = {word for variant in product.variants for option in variant.options.items() for word in option}
    body = sum(len(sentence) for paragraph in sentences(product.description_html) for sentence in paragraph)
    return len(product.title) + body + sum(map(len, words))


def _product(cells: dict[str, Any]) -> Product:
    """A row of the sample sheet with the fields that reach a text."""
    values = (cells.get("option_1_value") or "").split("|")
    options = [{cells["option_1_name"]: value} for value in values] if cells.get("option_1_name") else [{}]
    return Product(
        seller_id="bench", sku=cells["sku"], title=cells["title"], brand=cells.get("brand"), category=cells.get("category") or "",
        description_html=cells.get("description") or "", price_krw=cells["price_krw"], weight_g=cells.get("weight_g"),
        variants=tuple(Variant(sku=f"{cells['sku']}-{number}", options=option) for number, option in enumerate(options)),
    )  # fmt: skip
