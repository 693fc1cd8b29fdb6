"""What Lazada's product API refuses, in its own codes.

Source: Lazada Open Platform, docId 120949 (CreateProduct, its limits and error codes); 2nd hand where reference/channels.md 2.2 says so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

BANNED = re.compile(r'["^~<>|]')
SELLER_SKU = re.compile(r"[A-Za-z0-9_-]{1,50}")
IMAGE_IN_HTML = re.compile(r"<img[^>]+src=[\"']?([^\"' >]+)", re.IGNORECASE)
HTML = {"description", "short_description", "description_en", "description_ms", "d_description"}
SIDES = ("package_length", "package_width", "package_height")
MAX_TEXT, MAX_DESCRIPTION, MAX_IMAGES, MAX_SALE_PROPS, MAX_KG, MAX_SIDES_CM = 255, 25_000, 8, 2, 40, 300
Document = dict[str, Any]
Faults = Iterator[tuple[str, str]]
"""What is wrong: field or SellerSku, and code with message."""


@dataclass(frozen=True)
class Rules:
    """What differs between countries.

    Attributes:
        hosted: whether a picture's address is one of the marketplace's own.
        decimals: of the currency.
        leaves: categories that may be used.
        brand_ids: brands of this country.
    """

    hosted: Callable[[str], bool]
    decimals: int
    leaves: frozenset[str]
    brand_ids: frozenset[str]


def product_faults(product: Document, rules: Rules, *, is_new: bool) -> list[dict[str, str]]:
    """``detail[]`` of a create, or of an update, which is held only to what it brings."""
    skus = product.get("Skus", {}).get("Sku", [])
    found = [
        *_category(product, rules, is_new=is_new), *_main_images(product, skus, rules, is_new=is_new),
        *_texts(product.get("Attributes", {}), rules, is_new=is_new), *_sku_images(skus, rules), *_sale_props(skus),
        *(("Skus", "4108:Sku is mandatory") for _ in range(is_new and not skus)), *_seller_skus(skus),
    ]  # fmt: skip
    for sku in skus:
        found += [*price_faults(sku, rules, is_new=is_new), *_stock(sku, is_new=is_new), *_package(sku, is_new=is_new)]
    return [detail_of(field, message) for field, message in found]


def detail_of(field: str, message: str) -> dict[str, str]:
    """One row of ``detail[]``; some rows carry the code and the SKU apart, some only in their words."""
    code = message.partition(":")[0]
    return {"field": field, "message": message, **({"code": code, "seller_sku": field} if code in {"4157", "4118", "4131"} else {})}


def _category(product: Document, rules: Rules, *, is_new: bool) -> Faults:
    category = product.get("PrimaryCategory")
    if category is None:
        yield from (("PrimaryCategory", "201:Category is mandatory") for _ in range(is_new))
    elif str(category) not in rules.leaves:
        yield "PrimaryCategory", "4134:Category is not a leaf"


def _main_images(product: Document, skus: list[Document], rules: Rules, *, is_new: bool) -> Faults:
    images = product.get("Images", {}).get("Image")
    if not images and (is_new or images is not None):
        yield skus[0].get("SellerSku", "") if skus else "Images", "BIZ_CHECK_MAIN_IMAGE_REQUIRE:Main image is require"
    yield from _images("Images", images or [], rules)


def _images(field: str, images: list[str], rules: Rules) -> Faults:
    if len(images) > MAX_IMAGES:
        yield field, "4169:Too many images"
    if len(set(images)) < len(images):
        yield field, "4116:Duplicate image"
    if any(not rules.hosted(image) for image in images):
        yield field, "4138:Image host is not allowed"


def _sku_images(skus: list[Document], rules: Rules) -> Faults:
    with_images = [sku for sku in skus if sku.get("Images", {}).get("Image")]
    if 0 < len(with_images) < len(skus):
        yield "Skus", "4153:Sku images must be given for all or for none"
    for sku in with_images:
        yield from _images(sku.get("SellerSku", ""), sku["Images"]["Image"], rules)


def _texts(attributes: Document, rules: Rules, *, is_new: bool) -> Faults:
    if is_new or "name" in attributes:
        yield from (("name", "4108:name is mandatory") for _ in range(not attributes.get("name")))
    if is_new and not (attributes.get("brand") or attributes.get("brand_id")):
        yield "brand", "4108:brand is mandatory"
    if "brand_id" in attributes and str(attributes["brand_id"]) not in rules.brand_ids:
        yield "brand_id", "4142:Brand is not valid in this category"
    for name, value in attributes.items():
        yield from _html(name, str(value), rules) if name in HTML else _text(name, str(value))


def _html(name: str, text: str, rules: Rules) -> Faults:
    if len(text) > MAX_DESCRIPTION:
        yield name, "4120:Text is too long"
    yield from ((name, "4138:Image host is not allowed") for url in IMAGE_IN_HTML.findall(text) if not rules.hosted(url))


def _text(name: str, text: str) -> Faults:
    if name.startswith("name") and len(text.encode()) > MAX_TEXT:
        yield name, "4160:Title is too long, 255 bytes is the most"
    elif len(text) > MAX_TEXT:
        yield name, "4120:Text is too long"
    if BANNED.search(text):
        yield name, "4129:Attribute has characters that are not allowed"


def _sale_props(skus: list[Document]) -> Faults:
    props = [sku.get("saleProp") or {} for sku in skus]
    if len({name for one in props for name in one}) > MAX_SALE_PROPS:
        yield "saleProp", "4113:Total sale prop more than maxItems 2"
    repeated = Counter(tuple(sorted(one.items())) for one in props)
    for sku, one in zip(skus, props, strict=True):
        field = sku.get("SellerSku", "")
        if len(skus) > 1 and any(props) and repeated[tuple(sorted(one.items()))] > 1:
            yield field, "4112:Sale prop values are not unique"
        if any(name in sku for name in one):
            yield field, "4145:Sale prop is also a property of the sku"
        if any(BANNED.search(str(value)) for value in one.values()):
            yield field, "4129:Attribute has characters that are not allowed"


def _seller_skus(skus: list[Document]) -> Faults:
    codes = [sku.get("SellerSku", "") for sku in skus]
    for code in codes:
        if not code:
            yield "SellerSku", "4105:SellerSku is mandatory"
        elif not SELLER_SKU.fullmatch(code):
            yield code, "4197:SellerSku may have letters, digits, _ and -" if len(code) <= 50 else "4195:SellerSku is too long"
    yield from ((code, "4126:SellerSku is duplicate") for code, times in Counter(codes).items() if code and times > 1)


def price_faults(sku: Document, rules: Rules, *, is_new: bool) -> Faults:
    """What is wrong with the prices of one SKU, of a product (``price``) or of a call for prices (``Price``)."""
    field = str(sku.get("SellerSku") or sku.get("SkuId"))
    given = {name: sku.get(name, sku.get(name.title())) for name in ("price",)}
    given["special"] = sku.get("special_price", sku.get("SalePrice"))
    if given["price"] is None and is_new:
        yield field, "4108:price is mandatory"
    amounts = {name: _number(value) for name, value in given.items() if value not in (None, "")}
    for amount in amounts.values():
        if amount is None:
            yield field, "4107:A number is expected"
        elif -int(amount.as_tuple().exponent) > rules.decimals:
            yield field, "4104:Price has too many decimals"
    price, special = amounts.get("price"), amounts.get("special")
    if price is not None and price <= 0:
        yield field, "4118:Price must be more than 0"
    if price is not None and special is not None and special >= price > 0:
        yield field, "4157:Special price must be below the price"
    yield from ((field, "4117:Special price ends before it begins") for _ in range(_ends_early(sku)))


def _ends_early(sku: Document) -> bool:
    begin, end = (
        sku.get(one) or sku.get(other) for one, other in (("special_from_date", "SaleStartDate"), ("special_to_date", "SaleEndDate"))
    )
    return bool(begin and end and datetime.fromisoformat(begin) > datetime.fromisoformat(end))


def _stock(sku: Document, *, is_new: bool) -> Faults:
    quantity = sku.get("quantity", "0" if is_new else None)
    if quantity is not None and not re.fullmatch(r"\d{1,9}", str(quantity)):
        yield str(sku.get("SellerSku")), "4107:A number is expected"


def _package(sku: Document, *, is_new: bool) -> Faults:
    field = str(sku.get("SellerSku"))
    amounts = {name: _number(sku[name]) for name in (*SIDES, "package_weight") if sku.get(name)}
    if is_new and len(amounts) < 4:
        yield field, "4108:Package is mandatory"
    if any(amount is None or -int(amount.as_tuple().exponent) > 2 for amount in amounts.values()):
        yield field, "4107:A number of at most two decimals is expected"
        return
    if (amounts.get("package_weight") or 0) > MAX_KG:
        yield field, "4164:Package is too heavy"
    if sum(amount for name in SIDES if (amount := amounts.get(name))) > MAX_SIDES_CM:
        yield field, "4165:Package is too large"


def _number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
