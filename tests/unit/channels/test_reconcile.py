"""A store that is compared page by page: what several pages have of an item, and what none has."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from onestop.domain.channels.holding import Holding
from onestop.domain.channels.replies import ListedItem
from onestop.domain.commands import Command, PublishListing, ReconcileShop
from onestop.domain.errors import RetryableError
from onestop.domain.listing.listing import ListedVariant, Listing
from onestop.domain.listing.published import PublishedListing
from onestop.domain.reconcile.compare import Kind, ShopItem, ShopPage, ShopSku
from onestop.steps.ports import IndexedListing
from onestop.steps.reconcile import FEW, Ports, begin, reconcile_shop
from tests.contract.marketplaces.shop import BLACK, IVORY, SELLER, listing_for

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LISTING = listing_for("trendyol", "TR")


class Kept:
    """Listings, their index, objects and messages in memory."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        """All of them are on sale, as they were told; an item has its product's name."""
        self.known = {
            one.sku: PublishedListing(
                listing=one, product_version=1, holding=Holding().told(one, item=ListedItem(item_id=one.sku, sku_ids={}))
            )
            for one in listings
        }
        self.objects: dict[str, bytes] = {}
        self.sent: list[Command] = []
        self.reads: defaultdict[str, int] = defaultdict(int)

    @property
    def ports(self) -> Ports:
        """All of it."""
        return Ports(self, self, self, self, self.sent.extend)  # type: ignore[arg-type]

    def of_product(self, _seller_id: str, sku: str) -> dict[str, PublishedListing]:
        """By market."""
        self.reads[sku] += 1
        return {"TR": self.known[sku]} if sku in self.known else {}

    def product_of_item(self, _seller_id: str, _market: str, item_id: str) -> str | None:
        """The same name."""
        return item_id if item_id in self.known else None

    def mark_held(self, told: PublishedListing) -> None:
        """What is told again."""
        self.known[told.listing.sku] = told

    def segment(self, _market: str, *, after: str = "", **_: object) -> tuple[list[IndexedListing], str]:
        """All at once."""
        assert not after
        return [IndexedListing(SELLER, sku, 1, None) for sku in self.known], ""

    def write(self, key: str, data: bytes, _content_type: str) -> None:
        """Keep an object."""
        self.objects[key] = data

    def read(self, key: str) -> bytes | None:
        """An object."""
        return self.objects.get(key)

    def rows(self) -> list[tuple[str, ...]]:
        """Of the seller's table: SKU, kind, whether it is told again."""
        lines = self.objects[f"{SELLER}/reconcile/TR.csv"].decode("utf-8-sig").splitlines()[1:]
        cells = (line.split(",") for line in lines)
        return [(row[1], row[3], row[-1]) for row in cells]

    def told_again(self) -> list[str]:
        """Products."""
        return [one.sku for one in self.sent if isinstance(one, PublishListing)]


class Pages:
    """The ``Shop`` port: pages, each known by its number."""

    def __init__(self, *pages: Sequence[ShopItem], is_cut: bool = False) -> None:
        """In this order."""
        self.pages, self.is_cut = pages, is_cut

    def items(self, after: str) -> ShopPage:
        """A page."""
        number = int(after or 0)
        is_last = number + 1 == len(self.pages)
        return ShopPage(items=tuple(self.pages[number]), after=None if is_last else str(number + 1), is_cut=is_last and self.is_cut)


def item(listing: Listing, *skus: str) -> ShopItem:
    """As a page has it that has only some of its SKUs."""
    some = [one for one in listing.variants if one.sku in skus]
    return ShopItem(item_id=listing.sku, title=listing.title, skus={one.sku: ShopSku(price=one.price, stock=one.stock) for one in some})


def run(kept: Kept, shop: Pages, *, twice: bool = False) -> Iterator[ReconcileShop]:
    """A whole run; its messages come in turn, each perhaps two times."""
    waiting = begin([(SELLER, "trendyol", "TR")], NOW)
    while waiting:
        command = waiting.pop()
        for _ in range(1 + twice):
            before = len(kept.sent)
            reconcile_shop(command, shop=shop, ports=kept.ports)
            following = [one for one in kept.sent[before:] if isinstance(one, ReconcileShop)]
        waiting += following
        yield command


@pytest.mark.parametrize("twice", [False, True])
def test_variants_on_several_pages_are_one_item(twice: bool) -> None:
    """Given an item whose variants lie on two pages, when all is read, then nothing is missing; what lies on none is, and is told again."""
    kept = Kept([LISTING])
    list(run(kept, Pages([item(LISTING, BLACK)], [item(LISTING, IVORY)]), twice=twice))
    assert (kept.rows(), kept.told_again()) == ([], [])

    list(run(kept, Pages([item(LISTING, BLACK)], []), twice=twice))
    assert kept.rows() == [(IVORY, "missing", "True")]
    assert set(kept.told_again()) == {LISTING.sku}


def test_of_a_store_that_was_not_read_to_its_end_nothing_is_missing() -> None:
    """Given pages that do not reach the end, when they are read, then neither an item nor a variant is called missing."""
    kept = Kept([LISTING, LISTING.model_copy(update={"sku": "ELSEWHERE"})])
    list(run(kept, Pages([item(LISTING, BLACK)], is_cut=True)))

    assert (kept.rows(), kept.told_again()) == ([("", "unread", "False")], [])


def test_a_message_is_as_short_for_the_last_page_as_for_the_first() -> None:
    """Given two hundred pages, when they are read, then no message grows, and what each saw counts at the end."""
    listings = [LISTING.model_copy(update={"sku": f"P-{number:03}"}) for number in range(200)]
    kept = Kept(listings)
    commands = list(run(kept, Pages(*([item(one, BLACK, IVORY)] for one in listings))))

    sizes = [len(one.model_dump_json()) for one in commands[1:]]
    assert len(commands) == 200
    assert max(sizes) - min(sizes) < 4
    assert kept.rows() == []
    assert set(kept.reads.values()) == {1}, "a product that a page had is not read again"


def test_what_a_page_saw_is_not_taken_for_missing_when_it_is_lost() -> None:
    """Given the note of a page that is gone, when the last page is read, then the run fails, and nothing is listed anew."""
    kept = Kept([LISTING])
    running = run(kept, Pages([item(LISTING, BLACK, IVORY)], []))
    next(running)
    kept.objects.clear()

    with pytest.raises(RetryableError):
        next(running)
    assert kept.told_again() == []


@pytest.mark.parametrize(("gone", "believed"), [(FEW, True), (FEW + 1, False)])
def test_a_store_that_lost_too_much_is_doubted(gone: int, believed: bool) -> None:
    """Given a store of fifty of which many are on no page, when there are more than a fifth, then none of them is listed anew."""
    listings = [LISTING.model_copy(update={"sku": f"P-{number:03}"}) for number in range(50)]
    kept = Kept(listings)
    list(run(kept, Pages([item(one, BLACK, IVORY) for one in listings[gone:]])))

    assert kept.rows() == [(one.sku, Kind.MISSING.value, str(believed)) for one in listings[:gone]]
    assert len(kept.told_again()) == (gone if believed else 0)


def test_a_variant_beside_those_we_know_changes_nothing() -> None:
    """Given a variant that somebody added there, when its item is compared, then ours are what counts."""
    kept = Kept([LISTING])
    more = ListedVariant(sku="BY-HAND", price=LISTING.variants[0].price, stock=1)
    there = LISTING.model_copy(update={"variants": (*LISTING.variants, more)})
    list(run(kept, Pages([item(there, BLACK, IVORY, "BY-HAND")])))

    assert kept.rows() == []
