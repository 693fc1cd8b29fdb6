"""What a listing costs in calls at each marketplace, and how many a second go through at its rates without one call too many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from onestop.adapters.tables.pace import Pace
from onestop.domain.channels.holding import Holding
from onestop.domain.listing.listing import Listing, Part
from tests.contract.marketplaces.shop import Shop, changed_listing
from tests.contract.marketplaces.shops import SHOPS
from tests.support.one_table import one_table

LISTINGS = 60
"""Enough for a burst to be over."""
WORK_S = 60
"""How long a marketplace is left alone with what it works on."""


def measure_channels() -> dict[str, Any]:
    """Marketplace -> calls of a create and of each change, and listings a second for creates and for changes of stock.

    A second is one of the marketplace's: its clock goes on only while our pace waits, so processors count for nothing here. The
    fake gateway lets each seller make as many calls a second as is published, and those that we assume where nothing is.
    """
    return {name: {"calls": _calls(kind), **_speed(kind)} for name, kind in SHOPS.items()}


def _calls(kind: type[Shop]) -> dict[str, int]:
    """The first listing of a store asks for what all others then know, so the second's create is told too."""
    with kind() as shop:
        listing, holding = _published(shop, shop.listing)
        found = {"first create": len(shop.new_calls())}
        _published(shop, another_listing(shop, 1))
        found["create"] = len(shop.new_calls())
        for part in Part:
            listing = changed_listing(listing, part)
            holding = shop.publish(listing, holding)
            found[part.value] = len(shop.new_calls())
        shop.publish(listing, holding)
        found["unchanged"] = len(shop.new_calls())
    return found


def _speed(kind: type[Shop]) -> dict[str, float]:
    """Creates, then changes of stock, as fast as our pace lets one worker go; that a marketplace works on something is not our time."""
    with kind() as shop, _paced(shop):
        began, waited_s = shop.clock(), 0
        listings = [another_listing(shop, number) for number in range(LISTINGS)]
        holdings = [shop.channel().publish(one, Holding()) for one in listings]
        shop.review()
        while any(holding.pending for holding in holdings):
            shop.clock.advance(WORK_S)
            waited_s += WORK_S
            holdings = [shop.channel().publish(*pair) if pair[1].pending else pair[1] for pair in zip(listings, holdings, strict=True)]
            shop.review()
        created = shop.clock()
        for one, holding in zip(listings, holdings, strict=True):
            shop.channel().publish(changed_listing(one, Part.STOCK), holding)
        create_s, stock_s = created - began - waited_s, shop.clock() - created
        return {"creates_per_s": LISTINGS / create_s, "stock_per_s": LISTINGS / stock_s, "refused": shop.refused_calls()}


def _published(shop: Shop, listing: Listing) -> tuple[Listing, Holding]:
    holding = shop.publish(listing, Holding())
    shop.review()
    return listing, holding


def another_listing(shop: Shop, number: int) -> Listing:
    """Another product of two variants and two pictures."""
    listing, names = shop.listing, [f"{number}-{one}" for one in "ab"]
    shop.results.update({name: name.encode() for name in names})
    images = tuple(image.model_copy(update={"key": name}) for image, name in zip(listing.images, names, strict=True))
    variants = tuple(
        one.model_copy(update={"sku": f"{one.sku}-{number}", "barcode": f"{int(one.barcode or 0) + 100 * number}"})
        for one in listing.variants
    )
    told = {"sku": f"{listing.sku}-{number}", "title": f"{listing.title} No. {number}", "images": images, "variants": variants}
    return listing.model_copy(update=told)


@contextmanager
def _paced(shop: Shop) -> Iterator[None]:
    """The pace that workers share in production, on a table of its own, in the marketplace's time."""
    with one_table("pace") as name:
        shop.keeping = shop.keeping._replace(pace=Pace(name, clock=shop.clock, sleep=shop.clock.advance))
        yield
