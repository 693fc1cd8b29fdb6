"""The join: text, price and pictures of one product become its listing in one market."""

from collections.abc import Iterable

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market
from onestop.domain.findings import Finding, Severity, State, state_of, worst
from onestop.domain.imaging.adapted import AdaptedPicture, PictureSet
from onestop.domain.listing.listing import (
    Category,
    ListedImage,
    ListedPrice,
    ListedVariant,
    Listing,
    ListingStatus,
    Provenance,
)
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.sanity import settled
from onestop.domain.text.adapted import AdaptedText

IMAGE_FIELDS = {
    "key", "size_bytes", "role", "text_lines_replaced", "lines", "thumb_key", "source_thumb_key", "erased_thumb_key", "drawn_thumb_key",
    "marked_key", "source_ref",
}  # fmt: skip


def assemble(
    stored: StoredProduct, market: Market, *, text: AdaptedText | None, quote: Quote | None, pictures: PictureSet | None,
    screening: Iterable[Finding] = (),
) -> Listing:  # fmt: skip
    """The listing of a product in a market.

    It is as good as its weakest part: READY only when reading, text, price, pictures and screening all are. A missing
    part blocks it with MARKET_BLOCKED_BY_STEP rather than leaving a hole. Where a new price waits for a person and all else is
    ready, what stands goes on being sold.
    """
    product = stored.product
    parts = {"text": text, "price": quote, "images": pictures}
    missing = [Finding.of("MARKET_BLOCKED_BY_STEP", market=market.code, step=step) for step, part in parts.items() if part is None]
    about = [*stored.findings, *screening, *missing]
    found, state = _joined(about, text, quote, pictures)
    without_the_new = settled(quote)
    stands = without_the_new is not quote and without_the_new is not None and _joined(about, text, without_the_new, pictures)[1]
    status = ListingStatus.WITHDRAWN if stored.history.withdrawal else ListingStatus(state.value)
    return Listing(
        seller_id=product.seller_id, sku=product.sku, revision=stored.revision, market=market.code, channel=market.channel,
        locale=market.locale, currency=market.currency, status=status, brand=text.brand if text else None,
        category=Category(source="seller", path=product.category), variants=_variants(stored, text, quote),
        price=_price(quote), images=_images(pictures, market), images_waiting=_waiting(pictures),
        findings=_ordered(found), provenance=_provenance(stored, text, quote),
        price_stands=stands is State.READY and status is not ListingStatus.WITHDRAWN,
        **(_words(text) if text else {"title": "", "source_title": product.title}),
    )  # fmt: skip


def _joined(about: list[Finding], *parts: AdaptedText | Quote | PictureSet | None) -> tuple[list[Finding], State]:
    """All that was found, and the state that it leaves."""
    made = [part for part in parts if part]
    found = [*about, *(finding for part in made for finding in part.findings)]
    return found, worst([state_of(found), *(part.state for part in made)])


def _words(text: AdaptedText) -> dict[str, object]:
    fields = {"title", "source_title", "gloss", "description_html", "highlights", "attributes", "keywords", "edited", "reviewed"}
    return text.model_dump(include=fields)


def _variants(stored: StoredProduct, text: AdaptedText | None, quote: Quote | None) -> tuple[ListedVariant, ...]:
    names, values = (text.option_names, text.option_values) if text else ({}, {})
    amounts, former = (quote.variant_amounts, quote.variant_compare_at) if quote else ({}, {})
    return tuple(
        ListedVariant(
            sku=variant.sku, price=amounts.get(variant.sku), compare_at=former.get(variant.sku), stock=stored.available(variant.sku),
            barcode=variant.barcode, weight_g=stored.product.weight_g,
            options={names.get(name, name): values.get(value, value) for name, value in variant.options.items()},
        )
        for variant in stored.product.variants
    )  # fmt: skip


def _price(quote: Quote | None) -> ListedPrice | None:
    if quote is None or quote.amount is None:
        return None
    return ListedPrice(
        amount=quote.amount, compare_at=quote.compare_at, currency=quote.currency, receipt=quote.receipt,
        net_proceeds_krw=quote.net_proceeds_krw, margin_pct=quote.margin_pct, fx=quote.fx,
    )  # fmt: skip


def _images(pictures: PictureSet | None, market: Market) -> tuple[ListedImage, ...]:
    return tuple(map(_image, pictures.pictures[: market.pictures.max_count] if pictures else ()))


def _waiting(pictures: PictureSet | None) -> tuple[ListedImage, ...]:
    return tuple(map(_image, pictures.waiting if pictures else ()))


def _image(one: AdaptedPicture) -> ListedImage:
    return ListedImage(width=one.width_px, height=one.height_px, **one.model_dump(include=IMAGE_FIELDS))


def _ordered(found: list[Finding]) -> tuple[Finding, ...]:
    """Worst first, each once."""
    weight = [Severity.ERROR, Severity.WARN, Severity.INFO]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: weight.index(one.severity)))


def _provenance(stored: StoredProduct, text: AdaptedText | None, quote: Quote | None) -> Provenance:
    engines = {"text": text.engine} if text else {}
    return Provenance(source_digest=stored.product.digest(), rules_version=quote.rules_version if quote else "", engines=engines)
