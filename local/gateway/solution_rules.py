"""What AliExpress takes of a product, as far as it is known.

Source: comments of the official SDK and reference/channels.md 3.2, where each limit stands with its grade. Codes are invented.
"""

import re
from collections.abc import Iterator
from typing import Any

LANGUAGES = frozenset(["en", "ru", "es", "fr", "it", "tr", "pt", "de", "nl", "in", "ar", "ja", "ko", "th", "vi", "iw"])
SKU_CODE = re.compile(r"[A-Za-z0-9._-]{1,20}")
AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?")
COUNT = re.compile(r"\d{1,6}")
TAGS = re.compile(r"<\s*(script|textarea|style|iframe|frame|input|pre|button)\b", re.IGNORECASE)
REQUIRED = ("aliexpress_category_id", "language", "multi_language_subject_list", "multi_language_description_list",
            "main_image_urls_list", "sku_info_list", "weight", "package_length", "package_width", "package_height")  # fmt: skip
MAX_SUBJECT, MAX_IMAGES, MAX_SIDE_CM, MAX_KG, LEAST_COUNTRY_SHARE = 128, 6, 700, 500, 0.7
Document = dict[str, Any]


def product_fault(product: Document) -> tuple[str, str] | None:
    """The first thing that is wrong, as code and message."""
    missing = [name for name in REQUIRED if not product.get(name)]
    if missing:
        return "MISSING_FIELD", f"{', '.join(missing)}: mandatory"
    checks = (_texts, _pictures, _skus, _countries, _package)
    return next((fault for check in checks for fault in check(product)), None)


def _texts(product: Document) -> Iterator[tuple[str, str]]:
    subjects = {one["language"]: one["subject"] for one in product["multi_language_subject_list"]}
    if not LANGUAGES.issuperset({product["language"], *subjects}) or product["language"] not in subjects:
        yield "LANGUAGE_INVALID", "a language that is not supported, or none of the main one"
    yield from (("SUBJECT_TOO_LONG", f"{language}: 128 characters are the most")
                for language, text in subjects.items() if not 0 < len(text) <= MAX_SUBJECT)  # fmt: skip
    if TAGS.search(str(product["multi_language_description_list"])):
        yield "DESCRIPTION_INVALID", "a tag that is not allowed"


def _pictures(product: Document) -> Iterator[tuple[str, str]]:
    images = product["main_image_urls_list"]
    if not isinstance(images, list) or not 0 < len(images) <= MAX_IMAGES:
        yield "IMAGES_INVALID", "one to six images"
    elif any(not str(url).startswith("https://") for url in images):
        yield "IMAGE_UNREACHABLE", "an image cannot be fetched"


def _skus(product: Document) -> Iterator[tuple[str, str]]:
    skus = product["sku_info_list"]
    codes = [str(sku.get("sku_code", "")) for sku in skus]
    if len(set(codes)) < len(codes) or not all(SKU_CODE.fullmatch(code) for code in codes):
        yield "SKU_CODE_INVALID", "up to 20 letters, digits, . _ and -, each once"
    for sku in skus:
        code, price, discount = sku.get("sku_code"), str(sku.get("price", "")), sku.get("discount_price")
        if not AMOUNT.fullmatch(price) or float(price) < 0.01:
            yield "PRICE_INVALID", f"{code}: price"
        elif discount and not (AMOUNT.fullmatch(str(discount)) and float(discount) < float(price)):
            yield "DISCOUNT_INVALID", f"{code}: the discount price must be below the price"
        if not COUNT.fullmatch(str(sku.get("inventory", ""))):
            yield "INVENTORY_INVALID", f"{code}: inventory"
    attributes = [str(sku.get("sku_attributes_list", [])) for sku in skus]
    if len(set(attributes)) < len(attributes):
        yield "SKU_ATTRIBUTES_REPEATED", "two SKUs have the same attributes"


def _countries(product: Document) -> Iterator[tuple[str, str]]:
    base = {sku["sku_code"]: float(sku["price"]) for sku in product["sku_info_list"]}
    told = product.get("multi_country_price_configuration") or {"country_price_list": []}
    for country in told["country_price_list"]:
        for row in country["sku_price_by_country_list"]:
            if float(row["price"]) < LEAST_COUNTRY_SHARE * base.get(row["sku_code"], 0):
                yield "COUNTRY_PRICE_TOO_LOW", f"{country['ship_to_country']} {row['sku_code']}: below 70 % of the price"


def _package(product: Document) -> Iterator[tuple[str, str]]:
    sides = [float(product[f"package_{side}"]) for side in ("length", "width", "height")]
    if not all(0 < side <= MAX_SIDE_CM for side in sides) or not 0 < float(product["weight"]) <= MAX_KG:
        yield "PACKAGE_INVALID", "a side of up to 700 cm, a weight of up to 500 kg"
