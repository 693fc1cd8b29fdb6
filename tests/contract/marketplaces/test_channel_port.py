"""What holds of every way out: the cheapest calls for what changed, nothing twice, and each failure as the port says."""

from decimal import Decimal

import pytest

from onestop.domain.channels.holding import Holding
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import ListingStatus, Part
from tests.contract.marketplaces.shop import BLACK, IVORY, Shop, changed_listing
from tests.contract.marketplaces.shops import SHOPS, IopShop

WITHDRAWN = {"status": ListingStatus.WITHDRAWN}


def test_a_listing_arrives_whole(shop: Shop) -> None:
    """Given a ready listing, when it is published, then the store shows its title, pictures, prices and stock, and the ids are known."""
    listing, holding = shop.told()

    (shown,) = shop.shown()
    assert (shown.title, shown.on_sale) == (listing.title, True)
    assert shown.pictures == len(listing.images)
    assert shown.prices == {variant.sku: variant.price for variant in listing.variants}
    assert shown.stock == {variant.sku: variant.stock for variant in listing.variants}
    assert holding.shown
    assert holding.item
    assert set(holding.item.sku_ids) == {BLACK, IVORY}


@pytest.mark.parametrize("part", Part)
def test_a_change_travels_by_its_own_call(shop: Shop, part: Part) -> None:
    """Given a listing on sale, when one part of it changes, then only the calls for that part are made, and the store shows it."""
    listing, holding = shop.told()
    told = changed_listing(listing, part)

    shop.publish(told, holding)

    assert shop.new_writes() == shop.told_by[part]
    (shown,) = shop.shown()
    assert shown.title == told.title
    assert shown.pictures == len(told.images)
    assert shown.prices == {variant.sku: variant.price for variant in told.variants}
    assert shown.stock == {variant.sku: variant.stock for variant in told.variants}


def test_an_unchanged_listing_makes_no_call(shop: Shop) -> None:
    """Given a listing that was told, when it is published again, then nobody is called and nothing else is held."""
    listing, holding = shop.told()

    assert shop.publish(listing, holding) == holding
    assert shop.new_calls() == []


def test_a_lost_answer_leaves_one_item(shop: Shop) -> None:
    """Given a create that happened although its answer was lost, when the message comes again, then there is still one item."""
    shop.lose_answer(shop.creates)
    with pytest.raises(RetryableError):
        shop.publish(shop.listing, Holding(shown=True))

    holding = shop.publish(shop.listing, Holding(shown=True))

    assert len(shop.shown()) == 1
    assert shop.calls().count(shop.creates) == 1
    assert holding.item
    assert set(holding.item.sku_ids) == {BLACK, IVORY}


def test_a_refusal_names_the_sku_and_the_marketplaces_words(shop: Shop) -> None:
    """Given a SKU that the marketplace will not have, when the listing is published, then the finding says so in both languages."""
    shop.refuse(IVORY, "4131:Sensitive words")

    with pytest.raises(PermanentError) as refused:
        shop.publish(shop.listing, Holding())

    assert {finding.code for finding in refused.value.findings} == {"CHANNEL_REJECTED"}
    assert [IVORY in finding.message_ko and "Sensitive words" in finding.message_en for finding in refused.value.findings] == [True]


def test_what_is_taken_in_part_is_taken_in_part(shop: Shop) -> None:
    """Given one SKU that is refused in a change of both prices, when it is told, then the other's price stands and one finding tells."""
    listing, holding = shop.told()
    shop.refuse(IVORY, "4131:Sensitive words")
    dearer = tuple(one.model_copy(update={"price": one.price + 10}) for one in listing.variants)

    with pytest.raises(PermanentError) as refused:
        shop.publish(listing.model_copy(update={"variants": dearer}), holding)

    assert len(refused.value.findings) == 1
    (shown,) = shop.shown()
    assert shown.prices[IVORY] == listing.variants[1].price
    assert (shown.prices[BLACK] == dearer[0].price) == (shop.partial is Part.PRICE)


def test_a_ban_is_waited_out_as_told(shop: Shop) -> None:
    """Given a marketplace that is called too fast, when it tells a ban, then that is the wait; before it nobody calls, after it all goes."""
    listing, holding = shop.told()
    told, wait_s = changed_listing(listing, Part.PRICE), shop.throttle()

    with pytest.raises(RetryableError) as refused:
        shop.publish(told, holding)
    assert (refused.value.wait_s, len(shop.new_calls())) == (wait_s, 1)
    with pytest.raises(RetryableError) as waiting:
        shop.publish(told, holding)
    assert (waiting.value.wait_s, shop.new_calls()) == (wait_s, [])

    shop.clock.advance(wait_s)
    shop.publish(told, holding)
    assert shop.shown()[0].prices[BLACK] == told.variants[0].price


@pytest.mark.parametrize("shop", [name for name, kind in SHOPS.items() if issubclass(kind, IopShop)], indirect=True)
def test_an_ended_token_is_renewed_once(shop: Shop) -> None:
    """Given an access token that ended early, when a change is told, then it is renewed, once, and the change arrives."""
    listing, holding = shop.told()
    shop.end_token()

    shop.publish(changed_listing(listing, Part.STOCK), holding)

    calls = shop.new_calls()
    assert calls.count("/auth/token/refresh") == 1
    assert shop.shown()[0].stock[BLACK] == 3


def test_withdrawing_twice_is_withdrawing(shop: Shop) -> None:
    """Given a listing on sale, when it is withdrawn twice, then it is off after the first, which alone calls; and it comes back."""
    listing, holding = shop.told()
    gone = listing.model_copy(update=WITHDRAWN)

    holding = shop.publish(gone, holding)
    assert len(shop.new_writes()) == 1
    assert (holding.shown, shop.shown()[0].on_sale) == (False, False)
    again = shop.publish(gone, holding)
    assert (again, shop.new_calls()) == (holding, [])

    shop.publish(listing, again)
    assert (len(shop.shown()), shop.shown()[0].on_sale) == (1, True)


def test_what_was_never_there_is_not_withdrawn(shop: Shop) -> None:
    """Given a listing that was never told, when it is withdrawn, then nobody is called."""
    shop.publish(shop.listing.model_copy(update=WITHDRAWN), Holding())

    assert shop.calls() == []


@pytest.mark.parametrize("skew_s", [-3600, 3600])
def test_a_clock_may_be_an_hour_off(shop: Shop, skew_s: int) -> None:
    """Given a clock that differs from the marketplace's, when a listing is told, then it arrives."""
    shop.skew_s = skew_s

    shop.told()

    assert [shown.prices[BLACK] > Decimal(0) for shown in shop.shown()] == [True]
