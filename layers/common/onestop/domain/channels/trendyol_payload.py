"""A listing as Trendyol's product API wants it told: one item per variant, held together by ``productMainId``.

Source: Trendyol developers' pages, createProducts v2, product updates v2, price and inventory, read 2026-11-24.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.rejection import rejected
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import plain

Item = dict[str, object]
DEFAULT = "*"
_EXACT = re.compile(r'"\\u0000(-?\d+(?:\.\d+)?)\\u0000"')


class TrendyolStore(BaseModel):
    """What the operator says of a seller's store, beside its keys.

    Attributes:
        storefront: the international storefront's code; empty for the one in Turkey.
        pictures_url: where the adapted pictures can be had from outside, ending in ``/``; a picture's key follows.
        brand_id: the brand of goods that have none.
        brands: our brand -> Trendyol's, where its list spells it otherwise; else it is looked up by name.
        categories: beginning of the seller's category path -> Trendyol's leaf; ``*`` is any other.
        attributes: category -> what its goods have where the listing says nothing of it, as ``attributes`` of the product API.
        vat_rate: per cent.
    """

    model_config = ConfigDict(frozen=True)

    storefront: str = ""
    pictures_url: str = Field(pattern=r"https://.+/")
    brand_id: int | None = None
    brands: dict[str, int] = Field(default_factory=dict)
    categories: dict[str, int]
    attributes: dict[int, tuple[Item, ...]] = Field(default_factory=dict)
    vat_rate: int = Field(default=20, ge=0)

    def category_of(self, listing: Listing) -> int:
        """The leaf of a listing's category, by the longest beginning that is known.

        Raises:
            PermanentError: CHANNEL_REJECTED.

        Example:
            >>> TrendyolStore.model_validate({"pictures_url": "https://x/", "categories": {"주방>텀블러": 411, "*": 1}}).categories["*"]
            1
        """
        path = listing.category.path
        fitting = [begin for begin in self.categories if begin in {DEFAULT, path} or path.startswith(f"{begin}>")]
        if not fitting:
            said_ko = f"카테고리 '{path}'에 맞는 트렌디올 카테고리가 정해지지 않음"
            raise PermanentError(rejected(listing.market, f"no category is set for '{path}'", said_ko, field="category"))
        return self.categories[max(fitting, key=lambda begin: (begin != DEFAULT, len(begin)))]


def exact_json(document: object) -> bytes:
    """JSON in which a Decimal is a number with all its digits. No text may hold U+0000, which catalogues cannot.

    Example:
        >>> exact_json({"salePrice": Decimal("749.90"), "title": "Kupa"}).decode()
        '{"salePrice":749.90,"title":"Kupa"}'
    """
    text = json.dumps(document, separators=(",", ":"), default=_marked)
    return _EXACT.sub(r"\1", text).encode()


def _marked(value: object) -> str:
    if isinstance(value, Decimal):
        return f"\x00{plain(value)}\x00"
    raise TypeError(type(value).__name__)


def barcode_of(variant: ListedVariant) -> str:
    """The barcode; our own code where the seller has none. Trendyol removes spaces, so none is sent."""
    return "".join((variant.barcode or variant.sku).split())


def product_items(
    listing: Listing,
    variants: Sequence[ListedVariant],
    *,
    store: TrendyolStore,
    brand_id: int,
    asked: Sequence[Mapping[str, object]],
    main_id: str,
) -> list[Item]:
    """The items of createProducts v2, one per variant.

    Args:
        asked: the category's own attributes, as ``categoryAttributes`` has them.
        main_id: what holds the variants together.

    Raises:
        PermanentError: CHANNEL_REJECTED; no category is set.
    """
    category_id = store.category_of(listing)
    shared = {**content(listing, store), "productMainId": main_id, "brandId": brand_id, "categoryId": category_id}
    shared |= {"vatRate": store.vat_rate}
    usual = store.attributes.get(category_id, ())
    return [
        {
            "barcode": barcode_of(variant), "stockCode": variant.sku, **shared, **offer(variant),
            "dimensionalWeight": max(1, ceil((variant.weight_g or 0) / 1000)),
            "attributes": _with_defaults(attributes(variant.options, asked), usual),
        }
        for variant in variants
    ]  # fmt: skip


def content(listing: Listing, store: TrendyolStore) -> Item:
    """What a buyer reads and sees."""
    return {
        "title": listing.title, "description": listing.description_html or f"<p>{listing.title}</p>",
        "images": [{"url": f"{store.pictures_url}{image.key}"} for image in listing.images],
    }  # fmt: skip


def content_items(listing: Listing, contents: Mapping[str, int], *, store: TrendyolStore) -> list[Item]:
    """The items of content-bulk-update: barcode -> Trendyol's content, of the variants that it knows."""
    told = content(listing, store)
    return [
        {"contentId": contents[barcode], "barcode": barcode, **told} for barcode in map(barcode_of, listing.variants) if barcode in contents
    ]


def offer(variant: ListedVariant) -> Item:
    """Price and stock; what is struck out is the list price, which may not be the lower one."""
    price = variant.price or Decimal(0)
    return {"quantity": variant.stock, "salePrice": price, "listPrice": max(variant.compare_at or price, price)}


def attributes(options: Mapping[str, str], asked: Sequence[Mapping[str, object]]) -> list[Item]:
    """A variant's options as attributes of its category; one that has no namesake there takes the next attribute that tells variants apart.

    Example:
        >>> colour = {"attribute": {"id": 47, "name": "Renk"}, "allowCustom": True, "slicer": True, "attributeValues": []}
        >>> steel = {"attribute": {"id": 338, "name": "Materyal"}, "attributeValues": [{"id": 6980, "name": "Çelik"}]}
        >>> attributes({"Materyal": "çelik", "Ton": "Siyah"}, [colour, steel])
        [{'attributeId': 338, 'attributeValueIds': [6980]}, {'attributeId': 47, 'attributeValue': 'Siyah'}]
    """
    left = list(asked)
    found = []
    for name, value in options.items():
        by_name = (one for one in left if _same(_named(one)["name"], name))
        row = next(by_name, None) or next((one for one in left if one.get("slicer") or one.get("varianter")), None)
        if row is None:
            continue
        left.remove(row)
        found.append({"attributeId": _named(row)["id"], **_value(row, value)})
    return found


def _with_defaults(told: list[Item], usual: Sequence[Item]) -> list[Item]:
    known = {one["attributeId"] for one in told}
    return [*told, *(one for one in usual if one["attributeId"] not in known)]


def _named(row: Mapping[str, object]) -> Mapping[str, object]:
    attribute = row["attribute"]
    return attribute if isinstance(attribute, dict) else {}


def _value(row: Mapping[str, object], value: str) -> Item:
    listed = row.get("attributeValues") or []
    for one in listed if isinstance(listed, list) else []:
        if _same(one["name"], value):
            return {"attributeValueIds": [one["id"]]}
    return {"attributeValue": value}


def _same(one: object, other: str) -> bool:
    return str(one).casefold() == other.casefold()
