"""What a store is told, and by how many calls: pictures once per region, variants twenty at a time, brands and names as the country has them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock, serve
from onestop.adapters.marketplaces.iop import AppKeys, Gateway, IopClient
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel
from onestop.adapters.marketplaces.tokens import GivenToken
from onestop.domain.channels.holding import Holding
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import ListedVariant, Listing, ListingStatus
from tests.support.gateway_memory import MemoryOfOne, Results, remembered

NOW = datetime(2025, 10, 9, tzinfo=UTC)
NOW_S = NOW.timestamp()
ASKS = ("/products/get", "/category/", "/product/category/")


class Store:
    """One country's gateway, and our way there; all countries share one memory."""

    def __init__(self, market: str, channel: str, memory: MemoryOfOne, results: Results, cleanup: ExitStack) -> None:
        """It is empty."""
        self.market, self.name, self.memory, self.results = market, channel, memory, results
        self.clock = Clock(NOW_S)
        self.gateway = FakeLazada(market, channel, clock=self.clock)
        self.address = cleanup.enter_context(serve(self.gateway))
        self.sisters: list[Listing] = []

    def tell(self, listing: Listing, holding: Holding | None = None) -> Holding:
        """Publish a listing in this country."""
        gateway = Gateway(self.name, self.market, AppKeys("900001", "kr-secret"), endpoint=self.address, clock=lambda: NOW_S)
        client = LazadaClient(IopClient(gateway, GivenToken("tok-sg")))
        memory = remembered(self.name, self.market, self.results, NOW, self.memory)
        told = listing.model_copy(update={"market": self.market, "channel": self.name})
        return LazadaChannel(client, memory, lambda _: self.sisters).publish(told, holding or Holding(shown=True))

    def writes(self) -> list[str]:
        """The calls that tell something, since last asked."""
        made = [call for call in self.gateway.calls if not call.startswith(ASKS)]
        self.gateway.calls.clear()
        return made


@pytest.fixture
def store_in() -> Iterator[Callable[..., Store]]:
    """Opens a country's store."""
    memory, results = MemoryOfOne(), Results({"s-1/media/a.jpg": b"a", "s-1/media/b.jpg": b"b", "s-1/media/c.jpg": b"a"})
    with ExitStack() as cleanup:
        yield lambda market="SG", channel="lazada": Store(market, channel, memory, results, cleanup)


def many(listing: Listing, count: int, first: int = 0) -> Listing:
    """The listing in as many colours."""
    variants = [
        ListedVariant(sku=f"KI-{number}", options={"Color": f"C{number}"}, price=Decimal("9.90"), stock=number, weight_g=100)
        for number in range(first, first + count)
    ]
    return listing.model_copy(update={"variants": tuple(variants)})


def test_a_picture_is_uploaded_once_per_region(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given the same bytes in two listings and two countries, when told, then each region gets them once."""
    store, there = store_in("SG"), store_in("MY")
    store.tell(listing)
    assert store.writes() == ["/image/upload", "/image/upload", "/product/create"]

    again = many(listing, 1).model_copy(update={"images": (listing.images[0].model_copy(update={"key": "s-1/media/c.jpg"}),)})
    store.tell(again)
    assert store.writes() == ["/product/create"]
    there.tell(listing)
    assert there.writes().count("/image/upload") == 2


def test_variants_travel_twenty_at_a_time(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given 60 variants, when created, repriced, restocked and renamed, then each call carries twenty, and the store has them all in one item."""
    store, told = store_in(), many(listing, 60)
    holding = store.tell(told)
    assert store.writes().count("/product/create") == 3
    assert holding.item
    assert (len(store.gateway.items), len(holding.item.sku_ids)) == (1, 60)

    dearer = tuple(one.model_copy(update={"price": Decimal("11.90"), "stock": 7}) for one in told.variants)
    told = told.model_copy(update={"variants": dearer})
    holding = store.tell(told, holding)
    assert store.writes() == ["/product/price_quantity/update"] * 3 + ["/product/stock/sellable/update"] * 3
    store.tell(told.model_copy(update={"title": "Onsaemi Steel Tumbler 500ml"}), holding)
    assert store.writes() == ["/product/update"] * 3
    (item,) = store.gateway.items.values()
    assert {(sku["price"], sku["sellable"]) for sku in item["Skus"]["Sku"]} == {("11.90", 7)}


def test_a_variant_comes_and_another_goes(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given two variants, when one goes and two come, then the item is the same, with one removed and two added."""
    store, told = store_in(), many(listing, 2)
    holding = store.tell(told)
    store.writes()

    after = store.tell(many(listing, 3, first=1), holding)

    assert store.writes() == ["/product/create", "/product/update", "/product/remove"]
    (item,) = store.gateway.items.values()
    assert after.item
    assert sorted(after.item.sku_ids) == ["KI-1", "KI-2", "KI-3"]
    assert {sku["SellerSku"] for sku in item["Skus"]["Sku"] if sku["Status"] != "deleted"} == set(after.item.sku_ids)


def test_text_brings_price_and_stock_along(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given a change of everything, when told, then it is one call."""
    store, told = store_in(), many(listing, 2)
    holding = store.tell(told)
    store.writes()
    other = tuple(one.model_copy(update={"price": Decimal("8.90"), "stock": 3}) for one in told.variants)

    store.tell(told.model_copy(update={"title": "Onsaemi Steel Tumbler 500ml", "variants": other}), holding)

    assert store.writes() == ["/product/update"]
    assert (store.gateway.shelf.sku_of("KI-0")["price"], store.gateway.shelf.sku_of("KI-0")["sellable"]) == ("8.90", 3)


def test_no_brand_has_the_countrys_own_id(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given goods without a brand, when told twice in two countries, then each got its own id, and was asked for it once."""
    for market in ("SG", "TH"):
        store = store_in(market)
        for number in range(2):
            store.tell(many(listing, 1, first=number).model_copy(update={"brand": None}))
        ids = {item["Attributes"]["brand_id"] for item in store.gateway.items.values()}
        assert ids == {brand for brand, name in store.gateway.brands.items() if name == "No Brand"}
        assert store.gateway.calls.count("/category/brands/query") == 1


def test_further_languages_are_told_where_the_category_has_a_field(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given English beside Thai, when told in Thailand, then ``name_en`` goes too; where no field is, nothing more goes."""
    thai = listing.model_copy(update={"locale": "th", "title": "แก้วเก็บอุณหภูมิ", "market": "TH"})
    thailand, singapore = store_in("TH"), store_in("SG")
    thailand.sisters, singapore.sisters = [listing], [thai]
    thailand.tell(thai)
    singapore.tell(listing)

    (item,), (other,) = thailand.gateway.items.values(), singapore.gateway.items.values()
    assert (item["Attributes"]["name"], item["Attributes"]["name_en"]) == (thai.title, listing.title)
    assert not [name for name in other["Attributes"] if name.startswith("name_")]


def test_daraz_is_told_in_xml_what_lazada_is_told_in_json(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given one listing, when told to both, then the same product stands in both stores, signs and all."""
    told = listing.model_copy(update={"title": "Cup & 한글 ถ้วย 100% +1"})
    items = []
    for market, channel in (("SG", "lazada"), ("PK", "daraz")):
        store = store_in(market, channel)
        store.tell(told)
        (item,) = store.gateway.items.values()
        sent = next(call["payload"] for call in store.gateway.sent if "payload" in call)
        assert sent.startswith("<?xml") == (channel == "daraz")
        items.append([item["Attributes"]["name"], [(one["SellerSku"], one["price"], one["saleProp"]) for one in item["Skus"]["Sku"]]])
    assert items[0] == items[1]


def test_an_option_that_xml_cannot_name_is_told(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given an option named in Korean, when told in XML, then the seller hears of it and no product is sent."""
    variants = (listing.variants[0].model_copy(update={"options": {"포장 단위": "10"}}),)
    store = store_in("PK", "daraz")
    with pytest.raises(PermanentError) as refused:
        store.tell(listing.model_copy(update={"variants": variants}))
    assert "포장 단위" in refused.value.findings[0].message_ko
    assert "/product/create" not in store.gateway.calls


def test_an_item_is_found_by_any_of_its_variants(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given an item whose ids were lost, when a variant stands before those that it has, then it is found all the same, not made twice."""
    store = store_in()
    store.tell(many(listing, 2, first=1))
    store.tell(many(listing, 3))
    assert [len(item["Skus"]["Sku"]) for item in store.gateway.items.values()] == [3]


def test_what_is_still_being_made_is_taken_off_once_it_is_there(store_in: Callable[..., Store], listing: Listing) -> None:
    """Given an item that the marketplace is making, when it is withdrawn before it is there, then it is waited for and taken off then."""
    store, gone = store_in(), many(listing, 1).model_copy(update={"status": ListingStatus.WITHDRAWN})
    pending = Holding(shown=True, pending="global#s-1#KI-503")
    assert store.tell(gone, pending) == pending

    store.tell(many(listing, 1))
    after = store.tell(gone, pending)
    assert (after.shown, after.pending, [item["status"] for item in store.gateway.items.values()]) == (False, "", ["InActive"])
