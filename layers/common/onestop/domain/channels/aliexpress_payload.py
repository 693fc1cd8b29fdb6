"""A listing as AliExpress' solution API wants it told. One product sells to every country, so it carries all languages at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from onestop.domain.channels.iop_family import Family, Parcel, StoreLimits
from onestop.domain.channels.lazada_payload import kilograms
from onestop.domain.channels.rejection import rejected
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

Payload = dict[str, Any]
PRODUCTS_A_CALL = 20
"""Of the price and stock calls. Source: AliExpress apiId 45135 and 45140, read 2026-11-24."""

PIECE = 100000015
"""The unit that goods are sold by: piece."""


def aliexpress_payload(
    listing: Listing,
    sisters: Iterable[Listing],
    *,
    category_id: str,
    image_urls: Sequence[str],
    family: Family,
    settings: Mapping[str, Any],
    known: str = "",
) -> Payload:
    """``post_product_request``, or ``edit_product_request`` when the product's id is known.

    Args:
        listing: its language is the main one, which can never change, and its prices are the product's.
        sisters: the same product in other markets, for further languages; otherwise AliExpress translates by machine.
        category_id: a leaf of its tree.
        image_urls: the main picture first.
        family: for its language codes, and the parcel of a product that tells no size.
        settings: what an account sets once, such as ``freight_template_id``; ``known``: the product's id.

    Raises:
        PermanentError: CHANNEL_REJECTED, no language of AliExpress' is the listing's.

    Source: AliExpress apiId 39634 and the comments of the official SDK (solution.product.post), read 2026-11-24.
    """
    languages = family.languages
    if listing.locale not in languages:
        raise PermanentError(rejected(listing.market, f"no language {listing.locale} there", f"{listing.locale} 언어를 받지 않음"))
    told = {languages[one.locale]: one for one in (*sisters, listing) if one.locale in languages and one.is_sold}
    return {
        **({"product_id": int(known)} if known else {"aliexpress_category_id": int(category_id), "product_unit": PIECE}),
        "language": languages[listing.locale],
        "multi_language_subject_list": [{"language": code, "subject": one.title} for code, one in sorted(told.items())],
        "multi_language_description_list": [_description(code, one) for code, one in sorted(told.items())],
        "main_image_urls_list": list(image_urls),
        "sku_info_list": [_sku(variant) for variant in listing.variants],
        "inventory_deduction_strategy": "payment_success_deduct",
        **_parcel(listing, family.package),
        **settings,
    }


def price_rows(listing: Listing, product_id: str) -> Payload:
    """One product of ``mutiple_product_update_list`` (its own spelling) for prices.

    What is left out there is erased, so a reduced price is told with every price; only one that is over is left out.

    Source: AliExpress apiId 45140 (batch.product.price.update), read 2026-11-24.

    Example:
        >>> from onestop.domain.listing.listing import Category, Provenance
        >>> variants = (ListedVariant(sku="A-1", price="19.90", compare_at="24.90", stock=3), ListedVariant(sku="A-2", price="9", stock=1))
        >>> listing = Listing(seller_id="s", sku="A", revision=1, market="US", channel="aliexpress", locale="en", currency="USD",
        ...     status="ready", title="Socks", category=Category(source="seller", path=""), variants=variants,
        ...     provenance=Provenance(source_digest="", rules_version=""))
        >>> price_rows(listing, "5")["multiple_sku_update_list"]
        [{'sku_code': 'A-1', 'price': '24.90', 'discount_price': '19.90'}, {'sku_code': 'A-2', 'price': '9.00'}]
    """
    rows = [{"sku_code": variant.sku, **_prices(variant)} for variant in listing.variants]
    return {"product_id": int(product_id), "multiple_sku_update_list": rows}


def stock_rows(listing: Listing, product_id: str) -> Payload:
    """One product of ``mutiple_product_update_list`` for stock, which is what may be sold.

    Source: AliExpress apiId 45135 (batch.product.inventory.update), read 2026-11-24.
    """
    rows = [{"sku_code": variant.sku, "inventory": variant.stock} for variant in listing.variants]
    return {"product_id": int(product_id), "multiple_sku_update_list": rows}


def refuse_what_aliexpress_would(listing: Listing, currency: str, limits: StoreLimits) -> None:
    """Raise what no call need be spent on. Limits that are not sure stay with AliExpress.

    Raises:
        PermanentError: CHANNEL_REJECTED, one finding per reason.
    """
    title, over = listing.title, limits.title_max_chars
    reasons = {
        ("no price", "가격이 없음", "price_krw"): any(not variant.price for variant in listing.variants),
        ("no picture", "사진이 없음", "image_1"): not listing.images,
        (f"more than {limits.max_images} pictures", f"사진이 {limits.max_images}장을 넘음", "image_1"): len(listing.images)
        > limits.max_images,
        ("no variant", "옵션이 없음", "option_1_value"): not listing.variants,
        (f"title over {over} characters", f"상품명이 {over}자를 넘음", "title"): len(title) > over,
        ("no weight", "무게가 없음", "weight_g"): not all(variant.weight_g for variant in listing.variants),
        (f"the store sells in {currency}", f"상점의 통화는 {currency}임", "price_krw"): listing.currency != currency,
    }
    found = [rejected(listing.market, said, ko, field=field) for (said, ko, field), holds in reasons.items() if holds]
    if found:
        raise PermanentError(*found)


def _parcel(listing: Listing, parcel: Parcel) -> Payload:
    heaviest_g = max((variant.weight_g or 0 for variant in listing.variants), default=0)
    sides = {f"package_{side}": getattr(parcel, f"{side}_cm") for side in ("length", "width", "height")}
    return {"weight": kilograms(heaviest_g), **sides}


def _sku(variant: ListedVariant) -> Payload:
    options = [{"sku_attribute_name": name, "sku_attribute_value": value} for name, value in variant.options.items()]
    chosen = {"sku_attributes_list": options} if options else {}
    return {"sku_code": variant.sku, **_prices(variant), "inventory": variant.stock, **chosen}


def _prices(variant: ListedVariant) -> dict[str, str]:
    amount = _amount(variant.price or Decimal(0))
    return {"price": amount} if variant.compare_at is None else {"price": _amount(variant.compare_at), "discount_price": amount}


def _amount(amount: Decimal) -> str:
    return plain(amount.quantize(Decimal("0.01")))


def _description(code: str, listing: Listing) -> dict[str, str]:
    """Both pages of a description; the modules' inner shape is not confirmed (page 109534)."""
    html = listing.description_html or listing.title
    web = {"version": "2.0.0", "moduleList": [{"type": "html", "html": {"content": html}}]}
    plain_text = "\n".join(listing.highlights) or listing.title
    mobile = {"version": "2.0.0", "moduleList": [{"type": "text", "texts": [{"class": "body", "content": plain_text}]}]}
    return {"language": code, "web_detail": _json(web), "mobile_detail": _json(mobile)}


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
