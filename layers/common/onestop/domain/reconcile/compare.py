"""One listing as we believe it stands, against the item as the marketplace reports it."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.holding import Holding, changed
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.values import ExactDecimal, plain


class ShopSku(BaseModel):
    """One SKU as the marketplace reports it; what it does not report is None."""

    model_config = ConfigDict(frozen=True)

    price: ExactDecimal | None = None
    stock: int | None = None


class ShopItem(BaseModel):
    """One item of a store, or as many of its SKUs as a page had.

    Attributes:
        item_id: the marketplace's own.
        title: as a buyer reads it; empty when it is not reported.
        shown: whether a buyer may see it, or will once it is reviewed.
        refused: whether a review refused it; telling it the same again would change nothing.
        skus: our SKU -> how it stands.
    """

    model_config = ConfigDict(frozen=True)

    item_id: str
    title: str = ""
    shown: bool = True
    refused: bool = False
    skus: dict[str, ShopSku] = Field(default_factory=dict)


class ShopPage(BaseModel):
    """Some items of a store.

    Attributes:
        after: where the next ones begin, as ``items`` takes it; None behind the last.
        is_cut: whether there are items that the marketplace does not give.
    """

    model_config = ConfigDict(frozen=True)

    items: tuple[ShopItem, ...] = ()
    after: str | None = None
    is_cut: bool = False


class Kind(StrEnum):
    """What differs."""

    MISSING = "missing"
    UNREAD = "unread"
    EXTRA = "extra"
    SHOWN = "shown"
    TEXT = "text"
    PRICE = "price"
    STOCK = "stock"


class Difference(BaseModel):
    """One difference.

    Attributes:
        sku: the product's, or the variant's where price or stock differ; the marketplace's item where it is not ours; empty where
            a store could not be read to its end.
        ours, theirs: what we believe, and what the marketplace says.
        healed: whether the store is told again. What is not healed is for a person.
    """

    model_config = ConfigDict(frozen=True)

    market: str
    sku: str
    item_id: str
    kind: Kind
    ours: str = ""
    theirs: str = ""
    healed: bool = False


def is_settled(listing: Listing, holding: Holding) -> bool:
    """Whether the store was told all that the listing says, and works on nothing: only then is a difference one."""
    return not holding.pending and (not listing.is_sold or (holding.shown and not changed(listing, holding)))


def differences(listing: Listing, item: ShopItem) -> Iterator[Difference]:
    """How an item differs from its listing, which is settled.

    Healed is what is safe: a wrong price or title, goods on show that should not be, or off that should not be, more stock than
    there is. Less stock than we told may be an order that we have not heard of yet, so it stays and is told.

    Example:
        >>> from onestop.domain.listing.listing import Category, Provenance
        >>> listing = Listing(seller_id="s", sku="A", revision=1, market="SG", channel="lazada", locale="en", currency="SGD",
        ...     status="ready", title="Socks", category=Category(source="seller", path=""), variants=(ListedVariant(sku="A", price="9.90",
        ...     stock=3),), provenance=Provenance(source_digest="", rules_version=""))
        >>> item = ShopItem(item_id="7", title="Sock", skus={"A": ShopSku(price="9.9", stock=2)})
        >>> [(one.kind.value, one.ours, one.theirs, one.healed) for one in differences(listing, item)]
        [('text', 'Socks', 'Sock', True), ('stock', '3', '2', False)]
    """
    if listing.is_sold != item.shown:
        yield _found(listing, item, Kind.SHOWN, listing.is_sold, item.shown, healed=not item.refused)
    if not listing.is_sold:
        return
    if item.title and _even(item.title) != _even(listing.title):
        yield _found(listing, item, Kind.TEXT, listing.title, item.title)
    for variant in listing.variants:
        yield from _of_variant(listing, item, variant)


def _of_variant(listing: Listing, item: ShopItem, variant: ListedVariant) -> Iterator[Difference]:
    there, price = item.skus.get(variant.sku), variant.price or Decimal(0)
    if there is None:
        yield _found(listing, item, Kind.MISSING, variant.sku, "", sku=variant.sku)
        return
    if there.price not in {None, price}:
        yield _found(listing, item, Kind.PRICE, plain(price), there.price, sku=variant.sku)
    if there.stock is not None and there.stock != variant.stock:
        yield _found(listing, item, Kind.STOCK, variant.stock, there.stock, sku=variant.sku, healed=there.stock > variant.stock)


def _found(listing: Listing, item: ShopItem, kind: Kind, ours: object, theirs: object, *, sku: str = "", healed: bool = True) -> Difference:
    return Difference(
        market=listing.market, sku=sku or listing.sku, item_id=item.item_id, kind=kind, ours=str(ours), theirs=str(theirs), healed=healed
    )


def _even(text: str) -> str:
    """A marketplace may change spaces and the form of its letters; that is no other title."""
    return " ".join(unicodedata.normalize("NFC", text).split())
