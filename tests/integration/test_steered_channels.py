"""Trendyol on the whole stack, and an operator who pauses, goes on, cancels, and lifts what was learnt from refusals."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from local.gateway.serving import serve
from local.gateway.trendyol import FakeTrendyol
from local.stack import Stack
from onestop.adapters.secrets import secret
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.published import PublishedListing
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters

SECRET = "onestop/marketplaces"


class Shop:
    """A stack whose seller sells in Turkey, and the store there."""

    def __init__(self, stack: Stack, store: FakeTrendyol) -> None:
        """Both are running."""
        self.stack, self.store = stack, store

    def upload(self, *rows: str, pump: bool = True) -> None:
        """The seller drops a file with these rows."""
        self.stack.upload(f"{SELLER}/a.csv", catalogue(*rows))
        if pump:
            self.stack.pump()

    def listing(self, sku: str, market: str = "TR") -> PublishedListing:
        """What is known of a listing."""
        return ListingsTable(self.stack.tables["ListingsTable"]).of_product(SELLER, sku)[market]

    def steer(self, **order: Any) -> Any:
        """The operator's word."""
        return self.stack.invoke("PublishListingFunction", order)

    def price(self, sku: str) -> Decimal:
        """What the store asks for."""
        return Decimal(str(self.store.products.items[sku]["salePrice"]))


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """Gel pens are on sale in Turkey; in Singapore they are in a feed file."""
    secret.cache_clear()
    store = FakeTrendyol(work_s=0)
    with serve(store, "") as address, Stack({"MarketplaceSecretsName": SECRET}) as stack:
        account = {
            "seller_id": SELLER, "api_key": store.api_key, "api_secret": store.api_secret, "publish": True, "brand_id": 1,
            "pictures_url": "https://cdn.example.kr/", "categories": {"문구>젤펜": 412},
            "attributes": {"412": [{"attributeId": 338, "attributeValueIds": [6980]}]},
        }  # fmt: skip
        stack.keep_secret(SECRET, {"trendyol": {"endpoint": address, "sellers": {store.seller_id: account}}})
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/settings.json", b'{"markets": ["TR", "SG"]}')
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        made = Shop(stack, store)
        made.upload(PENS)
        yield made
    secret.cache_clear()


def row(sku: str, price: str = "9900") -> str:
    """A row like the pens', with a number of colours of its own."""
    return PENS.replace("A-2", sku).replace("9900", price).replace("12색", f"{10 + int(sku[-1])}색")


def test_a_listing_arrives_in_turkey(shop: Shop) -> None:
    """Given a seller of Turkey, when a file was dropped, then the store shows the listing in Turkish and lira, and its batch is over."""
    known = shop.listing("A-2")
    item = shop.store.products.items["A-2"]
    assert known.listing.status is ListingStatus.READY
    assert (item["title"], Decimal(str(item["salePrice"]))) == (known.listing.title, known.listing.variants[0].price)
    assert item["images"][0]["url"].startswith(f"https://cdn.example.kr/{SELLER}/media/")
    assert (known.holding.pending, known.holding.item.sku_ids if known.holding.item else None) == ("", {"A-2": "A-2"})
    assert shop.listing("A-2", "SG").holding.item is None
    assert shop.store.limited == 0
    assert dead_letters(shop.stack) == {}


def test_a_pause_freezes_and_going_on_tells(shop: Shop) -> None:
    """Given a market that is paused, when a price changes, then it is told only once the operator goes on; the answer counts listings."""
    before = shop.price("A-2")
    assert shop.steer(pause={"market": "TR"}) == {"paused": "market=TR", "listings": 1}
    shop.upload(row("A-2", "19900"))
    assert shop.price("A-2") == before

    assert shop.steer(resume={"market": "TR"}) == {"resumed": "market=TR", "was_paused": True, "listings": 1}
    shop.stack.pump()
    assert shop.price("A-2") == shop.listing("A-2").listing.variants[0].price > before


def test_work_that_nobody_took_is_cancelled(shop: Shop) -> None:
    """Given a change on its way, when it is cancelled before it was taken, then the store hears of it with the next change at the latest."""
    before = shop.price("A-2")
    shop.upload(row("A-2", "29900"), pump=False)
    assert shop.steer(cancel={"seller_id": SELLER, "sku": "A-2"})["cancelled"] == f"seller_id={SELLER} sku=A-2"
    shop.stack.pump()
    assert shop.price("A-2") == before

    shop.upload(row("A-2", "31900"))
    assert shop.price("A-2") == shop.listing("A-2").listing.variants[0].price > before


def test_three_refusals_alike_stop_the_fourth(shop: Shop) -> None:
    """Given three products of a category that were refused alike, when a fourth comes, then it is stopped, and says which three and why."""
    shop.store.products.refused |= dict.fromkeys(("B-1", "B-2", "B-3", "B-4"), "Zorunlu kategori özellik bilgisi eksik")
    shop.upload(*(row(sku) for sku in ("B-1", "B-2", "B-3")))
    refused = shop.listing("B-1").listing.findings[0]
    assert (refused.code, refused.field, refused.cell) == ("CHANNEL_REJECTED", "category", "G2")
    assert "필수 속성" in refused.message_ko
    tried = shop.store.calls.count("POST v2/products")

    shop.upload(*(row(sku) for sku in ("B-1", "B-2", "B-3", "B-4")))

    stopped = shop.listing("B-4").listing
    assert (stopped.status, stopped.findings[0].code, stopped.findings[0].cell) == (ListingStatus.BLOCKED, "CHANNEL_REFUSES_ALIKE", "G5")
    assert all(sku in stopped.findings[0].message_ko for sku in ("B-1", "B-2", "B-3"))
    assert shop.store.calls.count("POST v2/products") == tried
    (learnt,) = shop.steer(refusals="TR")["refusals"]
    assert sorted(sku for _, sku in learnt["products"]) == ["B-1", "B-2", "B-3"]


def test_the_operator_lifts_what_was_learnt(shop: Shop) -> None:
    """Given refusals whose cause is gone, when the operator lifts them, then what was stopped goes out."""
    shop.store.products.refused.clear()
    assert shop.steer(lift="TR") == {"forgotten": 1, "listings": 5}
    shop.stack.pump()
    assert "B-4" in shop.store.products.items
    assert shop.steer(refusals="TR") == {"refusals": []}


@pytest.mark.parametrize(
    "order", [{}, {"pause": {}}, {"pause": {"contry": "TR"}}, {"pause": {"market": "TR"}, "lift": "TR"}, {"stop": "TR"}]
)
def test_an_order_that_is_none_does_nothing(shop: Shop, order: dict[str, Any]) -> None:
    """Given words that are no order, when they come, then they are refused by name and nothing is paused."""
    with pytest.raises(ValueError, match="validation error"):
        shop.steer(**order)


def test_withdrawing_takes_it_off_everywhere(shop: Shop) -> None:
    """Given a product on sale, when its seller withdraws it, then the store archives it and the feed file says so."""
    shop.stack.upload(f"{SELLER}/withdraw.csv", b"A-2")
    shop.stack.pump()
    assert shop.store.products.items["A-2"]["archived"]
    assert {shop.listing("A-2", market).listing.status for market in ("TR", "SG")} == {ListingStatus.WITHDRAWN}
    assert not shop.listing("A-2").holding.shown
    assert dead_letters(shop.stack) == {}
