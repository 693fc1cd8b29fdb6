"""A listing as Lazada's product API wants it told, which Daraz and Miravia took over; and prices and stock alone."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_UP, Decimal
from html import escape
from xml.etree import ElementTree as ET

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.category_facts import CategoryFacts
from onestop.domain.channels.iop_family import Parcel, StoreLimits
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

Payload = dict[str, object]
NO_FACTS = CategoryFacts()
_TAG = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class StockLevel(BaseModel):
    """How many pieces of one SKU may still be sold."""

    model_config = ConfigDict(frozen=True)

    item_id: str
    sku_id: str
    sellable_quantity: int = Field(ge=0)


def product_payload(
    listing: Listing,
    *,
    category_id: str,
    image_urls: Sequence[str],
    parcel: Parcel,
    limits: StoreLimits,
    known: ListedItem | None = None,
    facts: CategoryFacts = NO_FACTS,
    extra: Mapping[str, str] | None = None,
) -> Payload:
    """The ``payload`` of CreateProduct, or of UpdateProduct when the item is known.

    Args:
        listing: with a price for every variant.
        category_id: a leaf of the country's tree.
        image_urls: hosted by Lazada, the main picture first.
        parcel: outside measures; the weight comes from the variants.
        limits: what the API takes.
        known: the item and SKU ids that the marketplace gave; an update must name them.
        facts: the category's attributes, for the names of options.
        extra: attributes besides, such as ``brand_id`` in place of a brand's name, or ``name_ms``.

    Images and SKUs are lists even when there is one of them, numbers are text.

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
        "Attributes": _attributes(listing, extra or {}),
        "Skus": {"Sku": [_sku(variant, parcel, known, facts) for variant in listing.variants]},
    }
    return {"Request": {"Product": {"ItemId": known.item_id, **product} if known else product}}


def added_payload(payload: Payload, beside: str) -> Payload:
    """The ``payload`` of CreateProduct for variants that come to an item which has the SKU ``beside``.

    Source: Lazada Open Platform, docId 120949 (CreateProduct, AssociatedSku), read 2026-11-24.

    Example:
        >>> added_payload({"Request": {"Product": {"PrimaryCategory": "1"}}}, "A-1")
        {'Request': {'Product': {'AssociatedSku': 'A-1', 'PrimaryCategory': '1'}}}
    """
    product = payload["Request"]["Product"]  # type: ignore[index]
    return {"Request": {"Product": {"AssociatedSku": beside, **product}}}


def price_payload(listing: Listing, known: ListedItem, *, price: bool = True, quantity: bool = False) -> Payload:
    """The ``payload`` of UpdatePriceQuantity with the price of every variant that the marketplace knows.

    Args:
        quantity: also how many may be sold, for marketplaces that have no call of its own for that. Lazada has one, and there the
            quantity of this call would count what buyers hold withheld.

    Source: Lazada Open Platform, docId 121234 (UpdatePriceQuantity), read 2026-11-24.
    """
    rows = [
        {
            "ItemId": known.item_id,
            "SkuId": known.sku_ids[variant.sku],
            "SellerSku": variant.sku,
            **(_prices(variant, known, "Price", "SalePrice") if price else {}),
            **({"Quantity": str(variant.stock)} if quantity else {}),
        }
        for variant in listing.variants
        if variant.price is not None and variant.sku in known.sku_ids
    ]
    return {"Request": {"Product": {"Skus": {"Sku": rows}}}}


def sellable_payloads(levels: Sequence[StockLevel], limits: StoreLimits) -> tuple[str, ...]:
    """The ``payload`` texts of UpdateSellableQuantity, as many SKUs in each as the marketplace advises.

    The call overwrites what may still be sold, so repeating it is harmless; it is documented for XML only.

    Source: Lazada Open Platform, docId 121234 (sellable quantity), read 2026-11-24.

    Example:
        >>> limits = StoreLimits(title_max_chars=255, description_max_chars=25000, max_images=8, max_skus_per_call=50, skus_per_call=20,
        ...     stock_skus_per_call=20, max_sale_props=2, max_weight_g=40000, seller_sku_pattern=".+", banned_in_values="|")
        >>> (text,) = sellable_payloads([StockLevel(item_id="7", sku_id="9", sellable_quantity=18)], limits)
        >>> text.removeprefix("<Request><Product><Skus>").removesuffix("</Skus></Product></Request>")
        '<Sku><ItemId>7</ItemId><SkuId>9</SkuId><SellableQuantity>18</SellableQuantity></Sku>'
    """
    size = limits.stock_skus_per_call
    return tuple(_sellable_xml(levels[start : start + size]) for start in range(0, len(levels), size))


def refuse_what_lazada_would(listing: Listing, image_urls: Sequence[str], limits: StoreLimits) -> None:
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
    found = [rejected(listing.market, reason) for reason, holds in reasons.items() if holds]
    if found:
        raise PermanentError(*found)


def _values(listing: Listing) -> list[str]:
    options = [text for variant in listing.variants for pair in variant.options.items() for text in pair]
    return [listing.brand or "", *options]


def _attributes(listing: Listing, extra: Mapping[str, str]) -> Payload:
    highlights = "".join(f"<li>{escape(line)}</li>" for line in listing.highlights)
    texts = {
        "name": listing.title,
        "description": listing.description_html,
        "short_description": f"<ul>{highlights}</ul>" if highlights else "",
        **({} if "brand_id" in extra else {"brand": listing.brand or "No Brand"}),
    }
    return {name: text for name, text in {**texts, **extra}.items() if text}


def _sku(variant: ListedVariant, parcel: Parcel, known: ListedItem | None, facts: CategoryFacts) -> Payload:
    row: Payload = {
        "SellerSku": variant.sku,
        "quantity": str(variant.stock),
        **_prices(variant, known, "price", "special_price"),
        "package_length": str(parcel.length_cm),
        "package_width": str(parcel.width_cm),
        "package_height": str(parcel.height_cm),
        "package_weight": kilograms(variant.weight_g or 0),
    }
    if variant.options:
        row["saleProp"] = {facts.sale_prop(name): value for name, value in variant.options.items()}
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


def kilograms(weight_g: int) -> str:
    """Never less than it weighs: two decimals is all that the marketplace takes.

    Example:
        >>> kilograms(1001)
        '1.01'
    """
    return plain((Decimal(weight_g) / 1000).quantize(Decimal("0.01"), ROUND_UP))


def written(payload: Payload, form: str, market: str) -> str:
    """A payload as text.

    Args:
        form: ``json`` or ``xml``.
        market: for the finding.

    Raises:
        PermanentError: CHANNEL_REJECTED, an option has a name that XML cannot carry as an element.

    Example:
        >>> written({"Request": {"Product": {"Images": {"Image": ["a&b", "c"]}, "disableAutoFillAttribute": True}}}, "xml", "PK")[38:118]
        '<Request><Product><Images><Image>a&amp;b</Image><Image>c</Image></Images><disabl'
    """
    if form == "json":
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    ((name, content),) = payload.items()
    root = ET.Element(name)
    _fill(root, content, market)
    return '<?xml version="1.0" encoding="UTF-8"?>' + ET.tostring(root, encoding="unicode")


def _fill(element: ET.Element, content: object, market: str) -> None:
    if not isinstance(content, Mapping):
        element.text = str(content).lower() if isinstance(content, bool) else str(content)
        return
    for name, value in content.items():
        if not _TAG.fullmatch(name):
            raise PermanentError(rejected(market, f"the option name {name} cannot be told", f"옵션 이름 {name}을(를) 보낼 수 없음"))
        for one in value if isinstance(value, list) else [value]:
            _fill(ET.SubElement(element, name), one, market)


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
