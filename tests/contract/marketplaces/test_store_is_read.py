"""What holds of every store that is compared: it is read to its end, and what it shows differs from what was told by what was changed."""

from collections.abc import Iterator

import pytest

from onestop.adapters.marketplaces.shops import shop_of
from onestop.adapters.packs import markets
from onestop.domain.channels.holding import Holding
from onestop.domain.listing.listing import Listing, ListingStatus, Part
from onestop.domain.reconcile.compare import Kind, ShopItem, ShopPage, differences
from tests.bench.channels import another_listing
from tests.contract.marketplaces.shop import BLACK, IVORY, SELLER, Shop, changed_listing
from tests.contract.marketplaces.shops import AliexpressShop

KINDS = {Part.TEXT: Kind.TEXT, Part.PRICE: Kind.PRICE, Part.STOCK: Kind.STOCK}
PAGES = (
    "onestop.adapters.marketplaces.lazada.ITEMS_A_PAGE", "onestop.adapters.marketplaces.trendyol.SHOWN_A_PAGE",
    "onestop.adapters.marketplaces.aliexpress.LISTED_A_PAGE",
)  # fmt: skip
REACHES = {
    "onestop.adapters.marketplaces.lazada.LAST_OFFSET": 2, "local.gateway.shelf.LAST_OFFSET": 2,
    "onestop.adapters.marketplaces.trendyol.REACH": 4, "local.gateway.storefront.REACH": 4,
}  # fmt: skip


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items or variants a page, and no list of more than two pages."""
    for name in PAGES:
        monkeypatch.setattr(name, 2)
    for name, most in REACHES.items():
        monkeypatch.setattr(name, most)


def pages(shop: Shop) -> Iterator[ShopPage]:
    """All pages, each asked for by a reader of its own, as messages do."""
    after: str | None = ""
    while after is not None:
        store = shop_of(shop.document, SELLER, markets().get(shop.market), shop.keeping)
        assert store
        page = store.items(after)
        shop.clock.advance(1)
        yield page
        after = page.after


def items(shop: Shop) -> dict[str, ShopItem]:
    """Item -> all that pages said of it."""
    found: dict[str, ShopItem] = {}
    for item in (item for page in pages(shop) for item in page.items):
        skus = {**found[item.item_id].skus, **item.skus} if item.item_id in found else item.skus
        found[item.item_id] = item.model_copy(update={"skus": skus})
    return found


def told(shop: Shop, listing: Listing) -> tuple[Listing, str]:
    """A listing that is on sale, and its item; a minute later than the one before."""
    shop.clock.advance(60)
    holding = shop.publish(listing, Holding())
    shop.review()
    assert holding.item
    return listing, holding.item.item_id


@pytest.mark.usefixtures("short_pages")
def test_a_store_is_read_to_its_end(shop: Shop) -> None:
    """Given more items than a list gives, when the store is read, then each is there once it is read, all of it, as it was told."""
    listings = [told(shop, another_listing(shop, number)) for number in range(7)]

    there = items(shop)

    assert there.keys() == {item_id for _, item_id in listings}
    assert [found for listing, item_id in listings for found in differences(listing, there[item_id])] == []
    assert not any(page.is_cut for page in pages(shop))


@pytest.mark.usefixtures("short_pages")
def test_a_list_that_cannot_be_cut_is_told(shop: Shop) -> None:
    """Given more items of one moment than a list gives, when the store is read, then it says that there may be more; or it has all."""
    listings = [told(shop, another_listing(shop, number)) for number in range(6)]
    age(shop)

    *_, last = pages(shop)

    assert last.is_cut != (items(shop).keys() == {item_id for _, item_id in listings})
    assert last.is_cut != isinstance(shop, AliexpressShop)


def age(shop: Shop) -> None:
    """All items were made at one moment."""
    store = shop.gateway.products if hasattr(shop.gateway, "products") else shop.gateway
    for item in store.items.values():
        item |= {"created_s": shop.clock(), "createDateTime": round(shop.clock() * 1000)}


@pytest.mark.parametrize("part", KINDS)
def test_what_differs_is_told_apart(shop: Shop, part: Part) -> None:
    """Given a store that holds another title, price or stock than we believe, when it is read, then that differs and nothing else."""
    listing, holding = shop.told()
    shop.publish(changed_listing(listing, part), holding)

    (item,) = items(shop).values()

    assert [found.kind for found in differences(listing, item)] == [KINDS[part]]
    assert item.skus.keys() == {BLACK, IVORY}


def test_what_is_off_is_read_as_off(shop: Shop) -> None:
    """Given a listing that was taken off, when the store is read, then its item is there, and not shown."""
    listing, holding = shop.told()
    shop.publish(listing.model_copy(update={"status": ListingStatus.WITHDRAWN}), holding)

    (item,) = items(shop).values()

    assert [found.kind for found in differences(listing, item)] == [Kind.SHOWN]


def test_no_store_that_is_off_is_read(shop: Shop) -> None:
    """Given an account that does not publish, when the store is looked for, then there is none."""
    for entry in shop.document[shop.channel_name]["sellers"].values():
        entry["publish"] = False

    assert shop_of(shop.document, SELLER, markets().get(shop.market), shop.keeping) is None
