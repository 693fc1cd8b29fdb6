"""A product as Lazada's cross-border API wants it told: once for several countries, with a price for each."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from onestop.domain.channels.category_facts import CategoryFacts
from onestop.domain.channels.iop_family import Parcel
from onestop.domain.channels.lazada_payload import Payload, kilograms
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

HOME = "MY"
"""The country whose address takes global products, and which has to be among their countries (error 4164)."""


def global_payload(
    listings: Mapping[str, Listing], *, category_id: str, image_urls: Sequence[str], parcel: Parcel, facts: CategoryFacts, extra: Payload
) -> Payload:
    """The ``payload`` of CreateGlobalProduct, which is documented for XML only.

    Its text is the home country's, and Lazada translates it by machine: what each country is to read is written afterwards, country
    by country. The default pair of prices is the home country's; every other country has a pair of its own. Whether a sales price
    may equal the retail price is not documented; both are sent, since neither may be empty (errors 4185 and 4186).

    Args:
        listings: country -> its listing, the home country among them.
        category_id: of the home country's tree.
        image_urls: hosted in the home country.
        parcel: outside measures; the weight is the heaviest variant's, since all SKUs must have the same (error 4199).
        facts: the category's attributes, for the names of options.
        extra: attributes besides, such as the brand.

    Source: Lazada Open Platform, docId 121751 (CreateGlobalProduct), read 2026-11-24.
    """
    home = listings[HOME]
    heaviest_g = max(variant.weight_g or 0 for variant in home.variants)
    attributes = {
        "name": home.title, "short_description": "; ".join(home.highlights), "description": home.description_html,
        "brand": home.brand or "No Brand", **extra,
        "package_length": parcel.length_cm, "package_width": parcel.width_cm, "package_height": parcel.height_cm,
        "package_weight": kilograms(heaviest_g),
    }  # fmt: skip
    product: Payload = {
        "PrimaryCategory": category_id,
        "AutoAllocateStock": False,
        "Ventures": {"Venture": sorted(listings, key=lambda market: (market != HOME, market))},
        "Images": {"Image": list(image_urls)},
        "Attributes": {name: text for name, text in attributes.items() if text != ""},
        **_variation(home, facts),
        "Skus": {"Sku": [_sku(variant, listings, facts) for variant in home.variants]},
    }
    return {"Request": {"Product": product}}


def _variation(home: Listing, facts: CategoryFacts) -> Payload:
    names = list(dict.fromkeys(name for variant in home.variants for name in variant.options))
    told: Payload = {}
    for number, name in enumerate(names, 1):
        values = list(dict.fromkeys(one.options[name] for one in home.variants if name in one.options))
        shape = {"name": facts.sale_prop(name), "hasImage": False, "customize": True, "options": {"option": values}}
        told[f"variation{number}"] = shape
    return {"variation": told} if told else {}


def _sku(variant: ListedVariant, listings: Mapping[str, Listing], facts: CategoryFacts) -> Payload:
    prices = _pair(variant, "")
    for market, listing in listings.items():
        there = next((one for one in listing.variants if one.sku == variant.sku), None)
        if market != HOME and there is not None:
            prices |= _pair(there, f"{market.lower()}_")
    options = {facts.sale_prop(name): value for name, value in variant.options.items()}
    return {"SellerSku": variant.sku, **options, "quantity": str(variant.stock), **prices, "tax_class": "default"}


def _pair(variant: ListedVariant, country: str) -> dict[str, str]:
    """Retail and sales price.

    Example:
        >>> _pair(ListedVariant(sku="A", price="24.90", compare_at="29.90", stock=1), "sg_")
        {'sg_retail_price': '29.90', 'sg_sales_price': '24.90'}
    """
    price = variant.price or Decimal(0)
    return {f"{country}retail_price": plain(variant.compare_at or price), f"{country}sales_price": plain(price)}
