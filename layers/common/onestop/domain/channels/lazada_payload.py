"""A listing as Lazada's product API wants it told, and prices and stock alone."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_UP, Decimal
from html import escape
from xml.etree import ElementTree as ET

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

Payload = dict[str, object]


class LazadaLimits(BaseModel):
    """What the product API takes; the figures and their grades are in ``channels/lazada_limits.json``."""

    model_config = ConfigDict(frozen=True)

    title_max_chars: int
    description_max_chars: int
    max_images: int
    max_skus_per_call: int
    stock_skus_per_call: int
    max_sale_props: int
    max_weight_g: int
    seller_sku_pattern: str
    banned_in_values: str


class Parcel(BaseModel):
    """The outside of a parcel, centimetres."""

    model_config = ConfigDict(frozen=True)

    length_cm: int = Field(gt=0)
    width_cm: int = Field(gt=0)
    height_cm: int = Field(gt=0)


class StockLevel(BaseModel):
    """How many pieces of one SKU may still be sold."""

    model_config = ConfigDict(frozen=True)

    item_id: str
    sku_id: str
    sellable_quantity: int = Field(ge=0)


def product_payload(
    listing: Listing, *, category_id: str, image_urls: Sequence[str], parcel: Parcel, limits: LazadaLimits, known: ListedItem | None = None
) -> Payload:
    """The ``payload`` of CreateProduct, or of UpdateProduct when the item is known.

    Args:
        listing: with a price for every variant.
        category_id: a leaf of the country's tree.
        image_urls: hosted by Lazada, the main picture first.
        parcel: outside measures; the weight comes from the variants.
        limits: what the API takes.
        known: the item and SKU ids that the marketplace gave; an update must name them.

    Returns:
        ``{"Request": {"Product": ...}}``; images and SKUs are lists even when there is one of them, numbers are text.

    Raises:
        PermanentError: CHANNEL_REJECTED, once for everything that Lazada would refuse.

    Source: Lazada Open Platform, docId 120949 (CreateProduct), read 2026-11-24.
    """
    refuse_what_lazada_would(listing, image_urls, limits)
    product: Payload = {
        "PrimaryCategory": category_id,
        "Images": {"Image": list(image_urls)},
        # Otherwise the marketplace fills attributes in by its own guess, and facts would change.
        "disableAutoFillAttribute": True,
        "Attributes": _attributes(listing),
        "Skus": {"Sku": [_sku(variant, parcel, known) for variant in listing.variants]},
    }
    return {"Request": {"Product": {"ItemId": known.item_id, **product} if known else product}}


def price_payload(listing: Listing, known: ListedItem) -> Payload:
    """The ``payload`` of UpdatePriceQuantity with the price of every variant; stock has a call of its own.

    Source: Lazada Open Platform, docId 121234 (UpdatePriceQuantity), read 2026-11-24.
    """
    rows = [
        {
            "ItemId": known.item_id,
            "SkuId": known.sku_ids[variant.sku],
            "SellerSku": variant.sku,
            **_prices(variant, known, "Price", "SalePrice"),
        }
        for variant in listing.variants
        if variant.price is not None and variant.sku in known.sku_ids
    ]
    return {"Request": {"Product": {"Skus": {"Sku": rows}}}}


def sellable_payloads(levels: Sequence[StockLevel], limits: LazadaLimits) -> tuple[str, ...]:
    """The ``payload`` texts of UpdateSellableQuantity, as many SKUs in each as the marketplace advises.

    The call overwrites what may still be sold, so repeating it is harmless; it is documented for XML only.

    Source: Lazada Open Platform, docId 121234 (sellable quantity), read 2026-11-24.

    Example:
        >>> limits = LazadaLimits(title_max_chars=255, description_max_chars=25000, max_images=8, max_skus_per_call=50,
        ...     stock_skus_per_call=20, max_sale_props=2, max_weight_g=40000, seller_sku_pattern=".+", banned_in_values="|")
        >>> (text,) = sellable_payloads([StockLevel(item_id="7", sku_id="9", sellable_quantity=18)], limits)
        >>> text.removeprefix("<Request><Product><Skus>").removesuffix("</Skus></Product></Request>")
        '<Sku><ItemId>7</ItemId><SkuId>9</SkuId><SellableQuantity>18</SellableQuantity></Sku>'
    """
    size = limits.stock_skus_per_call
    return tuple(_sellable_xml(levels[start : start + size]) for start in range(0, len(levels), size))


def refuse_what_lazada_would(listing: Listing, image_urls: Sequence[str], limits: LazadaLimits) -> None:
    """Raise what Lazada would answer, before a call is spent on it.

    Raises:
        PermanentError: CHANNEL_REJECTED, one finding per reason.
    """
    skus = [variant.sku for variant in listing.variants]
    weights = [variant.weight_g for variant in listing.variants]
    reasons = {
        "no price": any(not variant.price for variant in listing.variants),
        "no picture": not image_urls,
        f"more than {limits.max_images} pictures": len(image_urls) > limits.max_images,
        f"no variant or more than {limits.max_skus_per_call}": not 0 < len(skus) <= limits.max_skus_per_call,
        f"title over {limits.title_max_chars} bytes": len(listing.title.encode()) > limits.title_max_chars,
        f"description over {limits.description_max_chars} characters": len(listing.description_html) > limits.description_max_chars,
        "a SKU with characters that Lazada does not take": not all(re.fullmatch(limits.seller_sku_pattern, sku) for sku in skus),
        f"no weight, or over {limits.max_weight_g} g": not all(weight and weight <= limits.max_weight_g for weight in weights),
        f"more than {limits.max_sale_props} options": any(len(one.options) > limits.max_sale_props for one in listing.variants),
        # Replacing such a character would change what the seller says, "1/2" into "12"; so a person does it.
        f"one of {limits.banned_in_values} in a brand or an option": bool(set("".join(_values(listing))) & set(limits.banned_in_values)),
    }
    found = [Finding.of("CHANNEL_REJECTED", market=listing.market, reason=reason) for reason, holds in reasons.items() if holds]
    if found:
        raise PermanentError(*found)


def _values(listing: Listing) -> list[str]:
    options = [text for variant in listing.variants for pair in variant.options.items() for text in pair]
    return [listing.brand or "", *options]


def _attributes(listing: Listing) -> Payload:
    highlights = "".join(f"<li>{escape(line)}</li>" for line in listing.highlights)
    texts = {
        "name": listing.title,
        "description": listing.description_html,
        "short_description": f"<ul>{highlights}</ul>" if highlights else "",
        "brand": listing.brand or "No Brand",
    }
    return {name: text for name, text in texts.items() if text}


def _sku(variant: ListedVariant, parcel: Parcel, known: ListedItem | None) -> Payload:
    row: Payload = {
        "SellerSku": variant.sku,
        "quantity": str(variant.stock),
        **_prices(variant, known, "price", "special_price"),
        "package_length": str(parcel.length_cm),
        "package_width": str(parcel.width_cm),
        "package_height": str(parcel.height_cm),
        "package_weight": _kilograms(variant.weight_g or 0),
    }
    if variant.options:
        row["saleProp"] = variant.options
    if known and variant.sku in known.sku_ids:
        row |= {"SkuId": known.sku_ids[variant.sku], "Status": "active"}
    return row


def _prices(variant: ListedVariant, known: ListedItem | None, price: str, special: str) -> dict[str, str]:
    """The price; beside a list price, that one as the price and what a buyer pays as the special price, which must be lower.

    Lazada refuses a special price that is not lower than the price (error 4157); its days may be left out. One that is over is
    told as 0, as the marketplace's own replies write that there is none.
    """
    amount = plain(variant.price or Decimal(0))
    if variant.compare_at is not None:
        return {price: plain(variant.compare_at), special: amount}
    return {price: amount, special: "0"} if known and variant.sku in known.reduced else {price: amount}


def _kilograms(weight_g: int) -> str:
    """Never less than it weighs: two decimals is all that the marketplace takes."""
    return plain((Decimal(weight_g) / 1000).quantize(Decimal("0.01"), ROUND_UP))


def _sellable_xml(levels: Sequence[StockLevel]) -> str:
    request = ET.Element("Request")
    skus = ET.SubElement(ET.SubElement(request, "Product"), "Skus")
    for level in levels:
        fields: Mapping[str, object] = {
            "ItemId": level.item_id, "SkuId": level.sku_id, "SellableQuantity": level.sellable_quantity,
        }  # fmt: skip
        sku = ET.SubElement(skus, "Sku")
        for name, value in fields.items():
            ET.SubElement(sku, name).text = str(value)
    return ET.tostring(request, encoding="unicode")
