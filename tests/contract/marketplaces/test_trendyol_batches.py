"""Trendyol's own ways: batches that end in another invocation, no request twice in a while, exact decimals."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from onestop.domain.channels.holding import Holding
from onestop.domain.egress.pseudonym import product_pseudonym
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import Listing, Part
from tests.contract.marketplaces.shop import BLACK, IVORY, SELLER, changed_listing
from tests.contract.marketplaces.shops import BARCODES, TrendyolShop

PRICES = "POST products/price-and-inventory"


@pytest.fixture
def shop() -> Iterator[TrendyolShop]:
    """A store without products."""
    with TrendyolShop() as opened:
        yield opened


def stocked(listing: Listing, pieces: int) -> Listing:
    """The listing with so many of its first variant."""
    first, *others = listing.variants
    return listing.model_copy(update={"variants": (first.model_copy(update={"stock": pieces}), *others)})


def test_work_that_is_not_over_is_left_and_looked_at_later(shop: TrendyolShop) -> None:
    """Given a batch that takes a minute, when it is looked at too early, then it is asked about and nothing is sent again."""
    shop.gateway.work_s = 60
    begun = shop.channel().publish(shop.listing, Holding())
    assert begun.pending.startswith("create=")
    assert shop.new_writes() == [shop.creates]

    early = shop.channel().publish(shop.listing, begun)
    assert (early, shop.new_writes()) == (begun, [])

    shop.clock.advance(60)
    done = shop.channel().publish(shop.listing, early)
    assert (done.pending, shop.new_writes()) == ("", [])
    assert done.item
    assert done.item.sku_ids[BLACK] == BARCODES[BLACK]


def test_stock_does_not_wait_behind_words(shop: TrendyolShop) -> None:
    """Given a change of words that is under way, when stock changes, then it goes at once, and the words are not sent again."""
    listing, holding = shop.told()
    shop.gateway.work_s = 60
    worded = changed_listing(listing, Part.TEXT)
    holding = shop.channel().publish(worded, holding)
    shop.new_calls()

    holding = shop.channel().publish(stocked(worded, 0), holding)

    assert shop.new_writes() == [PRICES]
    assert shop.shown()[0].stock[BLACK] == 0
    assert [one.split("=")[0] for one in holding.pending.split()] == ["content", "numbers"]


def test_the_same_request_waits_for_its_time(shop: TrendyolShop) -> None:
    """Given stock that went to 3, 2 and 3 within a minute, when the last is told, then it waits for the rest of 15 minutes and is taken."""
    listing, holding = shop.told()
    for pieces in (3, 2):
        holding = shop.publish(stocked(listing, pieces), holding)
    with pytest.raises(RetryableError) as early:
        shop.publish(stocked(listing, 3), holding)
    assert shop.gateway.calls.count(PRICES) == 2
    assert 700 < (early.value.wait_s or 0) <= 901

    shop.clock.advance(early.value.wait_s or 0)
    shop.publish(stocked(listing, 3), holding)
    assert shop.shown()[0].stock[BLACK] == 3


def test_a_result_that_never_comes_is_told(shop: TrendyolShop) -> None:
    """Given a batch that is never over, when three and a half hours have gone, then the seller is told."""
    shop.gateway.work_s = 10**6
    holding = shop.channel().publish(shop.listing, Holding())
    shop.clock.advance(timedelta(hours=3, minutes=31).total_seconds())

    with pytest.raises(PermanentError) as refused:
        shop.channel().publish(shop.listing, holding)

    assert refused.value.findings[0].code == "CHANNEL_UNANSWERED"


def test_a_result_that_was_forgotten_is_found_by_looking(shop: TrendyolShop) -> None:
    """Given a result that Trendyol keeps no longer, when it is asked for, then the products are looked for, and none is made again."""
    holding = shop.channel().publish(shop.listing, Holding())
    shop.clock.advance(timedelta(hours=4, minutes=1).total_seconds())

    shop.publish(shop.listing, holding)

    assert shop.calls().count(shop.creates) == 1
    assert len(shop.gateway.products.items) == 2


def test_a_variant_that_comes_later_is_added(shop: TrendyolShop) -> None:
    """Given a product on sale, when it gets another colour, then that alone is created."""
    listing, holding = shop.told()
    red = listing.variants[0].model_copy(update={"sku": "KI-503-RED", "barcode": "8809000000031", "options": {"Color": "Red"}})

    shop.publish(listing.model_copy(update={"variants": (*listing.variants, red)}), holding)

    assert shop.gateway.products.items["8809000000031"]["stockCode"] == "KI-503-RED"
    assert len(shop.gateway.products.items) == 3


def test_what_waits_for_approval_is_changed_as_such(shop: TrendyolShop) -> None:
    """Given a product that Trendyol has not approved, when its words change, then the call for such products is made."""
    shop.gateway.products.approves = False
    listing, holding = shop.told()

    shop.publish(changed_listing(listing, Part.TEXT), holding)

    assert shop.new_writes() == ["POST products/unapproved-bulk-update"]


def test_a_reason_comes_in_korean_with_the_turkish_beside_it(shop: TrendyolShop) -> None:
    """Given a reason that is known, when an item fails with it, then it is said in Korean and English, and its field is named."""
    shop.refuse(BLACK, "Zorunlu kategori özellik bilgisi eksik")
    with pytest.raises(PermanentError) as refused:
        shop.publish(shop.listing, Holding())
    (finding,) = refused.value.findings
    assert (finding.field, "필수 속성" in finding.message_ko, "Zorunlu" in finding.message_ko) == ("category", True, True)


def test_a_category_that_nobody_set_is_told_before_any_call(shop: TrendyolShop) -> None:
    """Given a category without a place at Trendyol, when it is published, then the seller's category is named and nobody is called."""
    entry = shop.document["trendyol"]["sellers"][shop.gateway.seller_id]
    entry["categories"] = {"패션": 413}
    with pytest.raises(PermanentError) as refused:
        shop.publish(shop.listing, Holding())
    assert refused.value.findings[0].field == "category"
    assert shop.calls() == []


@pytest.mark.parametrize(("brand", "known"), [("Onsaemi", 2000), ("온새미", 2000), (None, 1), ("Unheard Of", None)])
def test_goods_go_under_their_own_brand_or_not_at_all(shop: TrendyolShop, brand: str | None, known: int | None) -> None:
    """Given a brand, when it is published, then it stands under its own id, by name or by the operator's table; an unknown one is refused."""
    shop.document["trendyol"]["sellers"][shop.gateway.seller_id]["brands"] = {"온새미": 2000}
    listing = shop.listing.model_copy(update={"brand": brand})
    if known is None:
        with pytest.raises(PermanentError) as refused:
            shop.publish(listing, Holding())
        assert refused.value.findings[0].field == "brand"
        return
    shop.publish(listing, Holding())
    assert {item["brandId"] for item in shop.gateway.products.items.values()} == {known}


def test_trendyol_hears_of_a_product_by_a_name_of_its_own(shop: TrendyolShop) -> None:
    """Given a product, when it is listed, lost and listed again, then Trendyol calls it by one pseudonym, and by no name of the seller's."""
    shop.lose_answer(shop.creates)
    with pytest.raises(RetryableError):
        shop.publish(shop.listing, Holding(shown=True))
    holding = shop.publish(shop.listing, Holding(shown=True))

    (name,) = {one["productMainId"] for one in shop.gateway.products.items.values()}
    assert holding.item
    assert holding.item.item_id == name == product_pseudonym(b"trendyol", "trendyol", SELLER, shop.listing.sku)
    assert {one["stockCode"] for one in shop.gateway.products.items.values()} == {BLACK, IVORY}


def test_an_item_keeps_the_name_that_it_has(shop: TrendyolShop) -> None:
    """Given an item that was listed under the seller's own code, when its words change and a variant joins it, then it keeps that name."""
    listing, holding = shop.told()
    assert holding.item
    for one in shop.gateway.products.items.values():
        one["productMainId"] = listing.sku
    holding = holding.model_copy(update={"item": holding.item.model_copy(update={"item_id": listing.sku})})
    new = listing.variants[0].model_copy(update={"sku": "KI-503-RED", "barcode": "8809000000031"})

    told = changed_listing(listing, Part.TEXT).model_copy(update={"variants": (*listing.variants, new)})
    holding = shop.publish(told, holding)

    assert {one["productMainId"] for one in shop.gateway.products.items.values()} == {listing.sku}
    assert len(shop.gateway.products.items) == 3
    assert holding.item
    assert holding.item.item_id == listing.sku
