"""How a listing will look as the fields of its channel's product API, by the channel's profile; nothing is called."""

from collections.abc import Callable
from decimal import Decimal

from onestop.domain.channels.profile import ChannelProfile
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

Shown = dict[str, object]


def previewed(listing: Listing, profile: ChannelProfile) -> Shown:
    """Field of the API -> what will stand in it; under ``skus`` one such document for each variant.

    What only the marketplace knows, such as ids of categories and brands, and addresses of uploaded pictures, is not shown.
    """
    product = {field: _PRODUCT[source](listing) for field, source in profile.payload.product.items()}
    skus = [{field: _SKU[source](listing, one) for field, source in profile.payload.sku.items()} for one in listing.variants]
    return {**_told(product), "skus": [_told(sku) for sku in skus]}


def _told(fields: Shown) -> Shown:
    return {field: value for field, value in fields.items() if value not in (None, "", [], {})}


def _list_price(variant: ListedVariant) -> Decimal | None:
    return variant.price if variant.compare_at is None else variant.compare_at


def _digits(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


_PRODUCT: dict[str, Callable[[Listing], object]] = {
    "title": lambda listing: listing.title,
    "description_html": lambda listing: listing.description_html,
    "highlights": lambda listing: list(listing.highlights),
    "brand": lambda listing: listing.brand,
    "images": lambda listing: [image.key for image in listing.images],
    "product_sku": lambda listing: listing.sku,
}
_SKU: dict[str, Callable[[Listing, ListedVariant], object]] = {
    "sku": lambda _, variant: variant.sku,
    "options": lambda _, variant: variant.options,
    "price": lambda _, variant: _digits(variant.price),
    "list_price": lambda _, variant: _digits(_list_price(variant)),
    "reduced_price": lambda _, variant: _digits(variant.price) if variant.compare_at is not None else None,
    "stock": lambda _, variant: variant.stock,
    "weight_kg": lambda _, variant: _digits(Decimal(variant.weight_g) / 1000) if variant.weight_g else None,
    "barcode": lambda _, variant: variant.barcode or variant.sku,
}
