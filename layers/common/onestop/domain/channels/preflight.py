"""What a channel would refuse of a listing, told before any call: checks made from the channel's profile."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.channels.profile import ChannelProfile, Limits
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing

Wrong = dict[str, object]


class Check(NamedTuple):
    """One check of a listing.

    Attributes:
        limit: the limit of the profile that it holds the listing against.
        code: what is told where the channel would refuse it.
        field: the seller's field to correct.
        find: what is wrong, with the parameters of the code's sentences; nothing where all is well.
    """

    limit: str
    code: str
    field: str
    find: Callable[[Listing, Limits], Iterator[Wrong]]


def preflight(listing: Listing, profile: ChannelProfile) -> list[Finding]:
    """What the channel would refuse of a listing, each with the seller's cell where the listing knows it.

    What rests on an unverified limit is only told (CHANNEL_MAY_REFUSE). A listing without a price or pictures lacks them for a
    reason that was told already.
    """
    found = []
    for check in CHECKS:
        for wrong in check.find(listing, profile.limits):
            about = {"market": listing.market, "channel": profile.name, **wrong}
            finding = Finding.of(check.code, field=check.field, cell=listing.cells.get(check.field), **about)
            found.append(finding if profile.is_sure(check.limit) else _unsure(finding, listing, check))
    return list(dict.fromkeys(found))


def _unsure(finding: Finding, listing: Listing, check: Check) -> Finding:
    said = {"said_ko": finding.message_ko, "said_en": finding.message_en}
    return Finding.of("CHANNEL_MAY_REFUSE", field=check.field, cell=finding.cell, market=listing.market, **said)


def _title_short(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if listing.title and len(listing.title) < limits.title_min_chars:
        yield {"size": len(listing.title), "limit": limits.title_min_chars}


def _title_chars(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if len(listing.title) > limits.title_max_chars:
        yield {"size": len(listing.title), "limit": limits.title_max_chars, "unit_ko": "자", "unit": "characters"}


def _title_bytes(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    size = len(listing.title.encode())
    if limits.title_max_bytes is not None and len(listing.title) <= limits.title_max_chars and size > limits.title_max_bytes:
        yield {"size": size, "limit": limits.title_max_bytes, "unit_ko": "바이트", "unit": "bytes"}


def _description(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if limits.description_max_chars is not None and len(listing.description_html) > limits.description_max_chars:
        yield {"size": len(listing.description_html), "limit": limits.description_max_chars}


def _few_images(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if listing.images and len(listing.images) < limits.min_images:
        yield {"count": len(listing.images), "limit": limits.min_images}


def _many_images(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if len(listing.images) > limits.max_images:
        yield {"count": len(listing.images), "limit": limits.max_images}


def _many_variants(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if len(listing.variants) > limits.max_skus_per_call:
        yield {"count": len(listing.variants), "limit": limits.max_skus_per_call}


def _many_options(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    most = max((len(one.options) for one in listing.variants), default=0)
    if limits.max_sale_props is not None and most > limits.max_sale_props:
        yield {"count": most, "limit": limits.max_sale_props}


def _variant_codes(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    for variant in listing.variants:
        if not re.fullmatch(limits.seller_sku_pattern, variant.sku):
            yield {"value": variant.sku}


def _product_code(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    if not re.fullmatch(limits.product_code_pattern, listing.sku):
        yield {"value": listing.sku}


def _barcodes(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    for code in (variant.barcode or variant.sku for variant in listing.variants):
        if not re.fullmatch(limits.barcode_pattern, code):
            yield {"value": code}


def _banned(values: Iterator[str], limits: Limits) -> Iterator[Wrong]:
    # Replacing such a character would change what the seller says, "1/2" into "12"; so a person does it.
    for value in values:
        if held := "".join(sorted(set(value) & set(limits.banned_in_values))):
            yield {"value": value, "characters": held}


def _brand_characters(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    yield from _banned(iter([listing.brand or ""]), limits)


def _option_characters(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    yield from _banned((text for one in listing.variants for pair in one.options.items() for text in pair), limits)


def _weights(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    heaviest = max((one.weight_g or 0 for one in listing.variants), default=0)
    if limits.max_weight_g is not None and heaviest > limits.max_weight_g:
        yield {"weight": heaviest, "limit": limits.max_weight_g}


def _decimals(listing: Listing, limits: Limits) -> Iterator[Wrong]:
    digits = limits.price_decimals.get(listing.currency)
    if digits is None:
        return
    for amount in (amount for one in listing.variants for amount in (one.price, one.compare_at) if amount is not None):
        if amount != amount.quantize(Decimal(1).scaleb(-digits)):
            yield {"amount": amount, "limit": digits}


CHECKS = (
    Check("title_min_chars", "CHANNEL_TITLE_TOO_SHORT", "title", _title_short),
    Check("title_max_chars", "CHANNEL_TITLE_TOO_LONG", "title", _title_chars),
    Check("title_max_bytes", "CHANNEL_TITLE_TOO_LONG", "title", _title_bytes),
    Check("description_max_chars", "CHANNEL_DESCRIPTION_TOO_LONG", "description", _description),
    Check("min_images", "CHANNEL_PICTURES_TOO_FEW", "image_1", _few_images),
    Check("max_images", "CHANNEL_PICTURES_TOO_MANY", "image_1", _many_images),
    Check("max_skus_per_call", "CHANNEL_VARIANTS_TOO_MANY", "option_1_value", _many_variants),
    Check("max_sale_props", "CHANNEL_OPTIONS_TOO_MANY", "option_1_name", _many_options),
    Check("seller_sku_pattern", "CHANNEL_CODE_REFUSED", "sku", _variant_codes),
    Check("product_code_pattern", "CHANNEL_CODE_REFUSED", "sku", _product_code),
    Check("barcode_pattern", "CHANNEL_BARCODE_REFUSED", "barcode", _barcodes),
    Check("banned_in_values", "CHANNEL_CHARACTERS_BANNED", "brand", _brand_characters),
    Check("banned_in_values", "CHANNEL_CHARACTERS_BANNED", "option_1_value", _option_characters),
    Check("max_weight_g", "CHANNEL_TOO_HEAVY", "weight_g", _weights),
    Check("price_decimals", "CHANNEL_PRICE_DECIMALS", "price_krw", _decimals),
)
"""Every check; a limit that the profile does not state refuses nothing."""
