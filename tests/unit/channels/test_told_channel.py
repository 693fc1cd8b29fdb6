"""What is told to a channel, what is kept of its answer, and what its refusals teach."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.marketplaces.channels import channels
from onestop.adapters.packs import channel_profiles, read_pack
from onestop.domain.channels.holding import Holding, changed
from onestop.domain.channels.rejection import rejected
from onestop.domain.channels.replies import ListedItem
from onestop.domain.channels.steering import KEEP, Alike, Kind, Pause, alike
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.listing.listing import Listing, ListingStatus, Part
from onestop.domain.listing.published import PublishedListing
from onestop.steps.told_channel import ASK_AGAIN, tell
from tests.contract.marketplaces.memory import MemoryTable, PaceInMemory
from tests.contract.marketplaces.shops import Keeping, changed_listing, listing_for

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LISTING = listing_for("lazada", "SG")


class Kept:
    """The ``Listings`` and ``Steering`` ports in memory."""

    def __init__(self) -> None:
        """Nothing is known."""
        self.held: list[Holding] = []
        self.saved: list[Listing] = []
        self.alike: defaultdict[Kind, dict[str, Alike]] = defaultdict(dict)

    def mark_held(self, told: PublishedListing) -> None:
        """Note what is written ahead."""
        self.held.append(told.holding)

    def save(self, listing: Listing, *, product_version: int) -> bool:
        """Note what is kept."""
        self.saved.append(listing)
        return product_version == 1

    def pauses(self) -> Sequence[Pause]:
        """None."""
        return ()

    def refusals(self, kind: Kind, _now: datetime) -> Sequence[Alike]:
        """Of a kind."""
        return list(self.alike[kind].values())

    def save_refusal(self, kind: Kind, refusal: Alike, _now: datetime) -> None:
        """Keep one."""
        self.alike[kind][refusal.signature] = refusal

    def forget_refusals(self, kind: Kind, signatures: list[str]) -> None:
        """Forget some."""
        for signature in signatures:
            del self.alike[kind][signature]


class Store:
    """The ``Channel`` port: takes everything, refuses for a reason, or does not answer."""

    def __init__(self, reason: str = "", *, silent: bool = False) -> None:
        """Nobody has called."""
        self.reason, self.silent, self.seen = reason, silent, []

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """As it was told."""
        self.seen.append(holding)
        if self.silent:
            raise RetryableError("no answer")
        if self.reason:
            raise PermanentError(rejected(listing.market, self.reason, sku=listing.variants[0].sku, field="category"))
        return holding.told(listing, item=ListedItem(item_id="7"))


def told(kept: Kept, store: Store, listing: Listing = LISTING, holding: Holding | None = None, now: datetime = NOW) -> PublishedListing:
    """Tell a store of a listing."""
    known = PublishedListing(listing=listing, product_version=1, holding=holding or Holding())
    return tell(known, store, listings=kept, steering=kept, now=now)


def product(number: int, **fields: object) -> Listing:
    """Another product of the same category."""
    first = LISTING.variants[0].model_copy(update={"sku": f"P-{number}-BLK"})
    return LISTING.model_copy(
        update={"sku": f"P-{number}", "variants": (first,), "title": f"Tumbler No. {number}", "cells": {"category": "G7"}, **fields}
    )


@pytest.mark.parametrize("part", Part)
def test_each_part_covers_its_own_change(part: Part) -> None:
    """Given a listing that was told, when one part changes, then that part alone differs, and so does the offer."""
    holding = Holding().told(LISTING, item=None)
    assert changed(LISTING, holding) == frozenset()
    assert changed(changed_listing(LISTING, part), holding) == {part}
    assert changed_listing(LISTING, part).offer_digest() != LISTING.offer_digest()
    assert changed(LISTING, holding.unsure()) == set(Part)


@given(
    title=st.text(max_size=5), stock=st.integers(0, 3), price=st.decimals(1, 3, places=1), keys=st.lists(st.sampled_from("ab"), max_size=2)
)
def test_offers_differ_exactly_where_a_part_does(title: str, stock: int, price: Decimal, keys: list[str]) -> None:
    """Given two offers, when they are compared, then they are the same exactly when no part differs: nothing is left untold."""
    first, *others = LISTING.variants
    images = tuple(LISTING.images[0].model_copy(update={"key": key}) for key in keys)
    variants = (first.model_copy(update={"stock": stock, "price": price}), *others)
    other = LISTING.model_copy(update={"title": title, "variants": variants, "images": images})
    assert (other.offer_digest() == LISTING.offer_digest()) == (not changed(other, Holding().told(LISTING, item=None)))


def test_a_create_is_noted_before_it_is_tried() -> None:
    """Given a first create, when its answer is lost, then it is known that something may be there; the first try need not look for it."""
    kept, store = Kept(), Store(silent=True)
    with pytest.raises(RetryableError):
        told(kept, store)
    assert [holding.shown for holding in kept.held] == [True]
    assert [holding.shown for holding in store.seen] == [False]


def test_a_refused_offer_is_not_tried_again_the_same_day() -> None:
    """Given an offer that was refused, when it comes again, or with other stock, then nobody is called until a day has gone or it changed."""
    kept, store = Kept(), Store("4131 Sensitive words")
    refused = told(kept, store, product(1))
    assert (refused.listing.status, refused.listing.findings[0].cell) == (ListingStatus.BLOCKED, "G7")
    fewer = product(1, variants=(product(1).variants[0].model_copy(update={"stock": 1}),))
    for same in (product(1), fewer):
        again = told(kept, store, same, refused.holding)
        assert again.listing.findings[0] == refused.listing.findings[0]
    assert len(store.seen) == 1

    told(kept, store, product(1, title="Tumbler"), refused.holding)
    told(kept, store, product(1), refused.holding, NOW + ASK_AGAIN + timedelta(seconds=1))
    assert len(store.seen) == 3


def test_refusals_count_by_product_and_an_acceptance_ends_the_count() -> None:
    """Given two products refused, one twice, when a third is taken and a fourth refused, then a fifth is still tried."""
    kept, bad, good = Kept(), Store("4131 Sensitive words in 1234567"), Store()
    for number in (1, 1, 2):
        told(kept, bad, product(number))
    told(kept, good, product(3))
    told(kept, bad, product(4))
    told(kept, bad, product(5))
    assert len(bad.seen) == 5


def test_the_fourth_is_stopped_and_the_first_may_try_again() -> None:
    """Given three refused alike, when others come, then one of the category is stopped, of other categories or reasons none, and the three may try."""
    kept, bad = Kept(), Store("4131 Sensitive words")
    for number in (1, 2, 3):
        told(kept, bad, product(number))
    stopped = told(kept, bad, product(4, seller_id="s-2"))
    assert (len(bad.seen), stopped.listing.findings[0].code) == (3, "CHANNEL_REFUSES_ALIKE")
    assert "P-1" not in stopped.listing.findings[0].message_ko
    assert "다른 판매자의 상품 3개" in stopped.listing.findings[0].message_ko

    other = product(5).category.model_copy(update={"path": "패션>양말"})
    told(kept, bad, product(5, category=other))
    told(kept, bad, product(1))
    told(kept, bad, product(6), Holding().told(product(6), item=ListedItem(item_id="8")))
    assert len(bad.seen) == 6


@given(number=st.integers(1, 9), figure=st.integers(10**6, 10**9))
def test_alike_is_all_but_codes_and_figures(number: int, figure: int) -> None:
    """Given the same refusal of two products, when it names each and some figure, then it is alike; another code is not."""
    one, two = product(number), product(number + 1)
    said = [alike(rejected("SG", f"4131 words in {of.title} {figure + n}", sku=of.variants[0].sku), of) for n, of in enumerate((one, two))]
    assert said[0].signature == said[1].signature
    assert alike(rejected("SG", f"4129 words in {one.title}", sku=one.variants[0].sku), one).signature != said[0].signature


def test_a_cancellation_holds_earlier_work_only() -> None:
    """Given a cancellation, when work comes, then what was asked for before is held, what comes after is not, and other products neither."""
    cancelled = Pause(seller_id=LISTING.seller_id, sku=LISTING.sku, before=NOW)
    assert cancelled.covers(LISTING, NOW - timedelta(seconds=1))
    assert not cancelled.covers(LISTING, NOW)
    assert not cancelled.covers(product(1), NOW - timedelta(days=1))
    assert timedelta(days=4) < KEEP  # as long as a message may lie in a queue


def test_money_that_a_store_does_not_count_in_is_not_sent() -> None:
    """Given an AliExpress store, which counts in dollars, when a listing in pounds comes, then there is no way out but the feed file."""
    account = {"seller_id": LISTING.seller_id, "access_token": "t", "publish": True}
    document = {"aliexpress": {"app_key": "k", "app_secret": "s", "sellers": {"9": account}}}
    of = channels(document, {}, keeping=Keeping(MemoryTable(), PaceInMemory(NOW.timestamp), lambda: NOW))
    listing = LISTING.model_copy(update={"channel": "aliexpress", "market": "US", "currency": "USD"})
    assert of(listing)
    assert of(listing.model_copy(update={"market": "GB", "currency": "GBP"})) is None


@pytest.mark.parametrize("channel", read_pack("channels/iop.json")["families"])
def test_both_packs_of_a_channel_say_the_same(channel: str) -> None:
    """Given a channel's profile and its protocol's pack, when both state a limit, then it is the same one."""
    families = read_pack("channels/iop.json")["families"]
    row = families[channel]
    stated = {**families.get(row.get("inherits", ""), {}).get("limits", {}), **row.get("limits", {})}
    limits = channel_profiles()[channel].limits.model_dump()
    assert {name: value for name, value in stated.items() if limits.get(name, value) not in (value, None)} == {}
