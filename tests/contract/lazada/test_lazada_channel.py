"""The Lazada channel: however often a listing is told, the store shows one item that says the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from local.gateway.lazada import FakeLazada
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel
from onestop.domain.channels.holding import Holding
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.support.gateway_memory import Results, remembered

NOW = datetime(2025, 10, 9, tzinfo=UTC)


@pytest.fixture
def results() -> Results:
    """The bucket with the adapted pictures of the listing."""
    return Results({"s-1/media/a.jpg": b"a", "s-1/media/b.jpg": b"b"})


@pytest.fixture
def tell(client: LazadaClient, results: Results) -> Callable[[Listing], str]:
    """Publish a listing that may be there already; gives the item's id."""
    channel = LazadaChannel(client, remembered("lazada", "SG", results, NOW))

    def once(listing: Listing) -> str:
        item = channel.publish(listing, Holding(shown=True)).item
        return item.item_id if item else ""

    return once


def test_listing_becomes_an_item(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a ready listing, when told, then the store has its text, pictures, prices and weights."""
    item = gateway.items[tell(listing)]
    assert item["PrimaryCategory"] == "10001958"
    assert item["Attributes"] == {
        "name": listing.title, "description": listing.description_html, "brand": "Onsaemi",
        "short_description": "<ul><li>Keeps &lt;hot&gt;</li></ul>",
    }  # fmt: skip
    assert len(item["Images"]["Image"]) == 2
    first, second = item["Skus"]["Sku"]
    assert (first["price"], first["quantity"], first["package_weight"], first["saleProp"]) == (
        "29.90",
        "20",
        "0.43",
        {"color_family": "Black"},
    )
    assert (second["price"], second["quantity"]) == ("31.50", "0")


def test_telling_twice_leaves_one_item(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a listing that was told, when it is told again with less stock, then the same item says so."""
    first = tell(listing)
    fewer = tuple(one.model_copy(update={"stock": 3}) for one in listing.variants)
    assert tell(listing.model_copy(update={"variants": fewer})) == first
    assert [sku["sellable"] for sku in gateway.items[first]["Skus"]["Sku"]] == [3, 3]
    assert len(gateway.items) == 1


def test_lost_answer_makes_no_second_item(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a create whose answer was lost, when the message is delivered again, then there is still one item."""
    gateway.fail_next("/product/create", "ServiceTimeout", after_commit=True)
    with pytest.raises(RetryableError):
        tell(listing)
    assert tell(listing) in gateway.items
    assert gateway.calls.count("/product/create") == 1


def test_withdrawn_listing_leaves_the_shelf(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a listing on the shelf, when it is no longer ready, then the item is off, and comes back when it is."""
    item_id = tell(listing)
    tell(listing.model_copy(update={"status": ListingStatus.WITHDRAWN}))
    assert gateway.items[item_id]["status"] == "InActive"
    tell(listing)
    assert gateway.items[item_id]["status"] == "Active"


def test_what_was_never_there_is_left_alone(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a listing that a person must look at first, when told, then nothing is created."""
    assert tell(listing.model_copy(update={"status": ListingStatus.NEEDS_REVIEW})) == ""
    assert not gateway.items


def test_picture_that_is_not_there_yet_is_retryable(
    tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing, results: Results
) -> None:
    """Given a picture that the bucket does not have, when told, then nothing half-made reaches the store."""
    del results["s-1/media/b.jpg"]
    with pytest.raises(RetryableError):
        tell(listing)
    assert not gateway.items


def test_refusals_come_before_any_create(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a listing that Lazada would refuse, when told, then the seller is told why and no create is spent on it."""
    with pytest.raises(PermanentError):
        tell(listing.model_copy(update={"title": "ก" * 100}))
    assert "/product/create" not in gateway.calls


def test_nothing_is_told_twice(client: LazadaClient, gateway: FakeLazada, listing: Listing, results: Results) -> None:
    """Given a listing that the store holds, when it is told again, then nobody is called."""
    channel = LazadaChannel(client, remembered("lazada", "SG", results, NOW))
    held = channel.publish(listing, Holding())
    gateway.calls.clear()
    assert channel.publish(listing, held) == held
    assert not gateway.calls


def test_a_list_price_comes_and_goes(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a list price that stands struck out, when it is gone, then the store sells at the price alone; each is told twice."""
    former = tuple(one.model_copy(update={"compare_at": Decimal("49.90")}) for one in listing.variants)
    for variants, shown in ((former, ("49.90", "29.90")), (listing.variants, ("29.90", "0"))):
        for _ in range(2):
            sku = gateway.items[tell(listing.model_copy(update={"variants": variants}))]["Skus"]["Sku"][0]
            assert (sku["price"], sku["special_price"]) == shown


def test_a_special_price_that_stays_is_told_to_a_person(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a store that takes no end of a special price, when the list price is gone, then the listing is refused, and says why."""
    gateway.shelf.ends_reductions = False
    former = tuple(one.model_copy(update={"compare_at": Decimal("49.90")}) for one in listing.variants)
    tell(listing.model_copy(update={"variants": former}))
    with pytest.raises(PermanentError) as refused:
        tell(listing)
    assert "end it there" in refused.value.findings[0].message_en


def test_what_waits_for_a_person_stays_on_the_shelf(tell: Callable[[Listing], str], gateway: FakeLazada, listing: Listing) -> None:
    """Given a new price that waits behind the one that stands, when told, then the item stays active."""
    item_id = tell(listing)
    gateway.review(item_id)
    waits = listing.model_copy(update={"status": ListingStatus.NEEDS_REVIEW, "price_stands": True})
    assert (waits.offer_digest(), tell(waits)) == (listing.offer_digest(), item_id)
    assert gateway.items[item_id]["status"] == "Active"
