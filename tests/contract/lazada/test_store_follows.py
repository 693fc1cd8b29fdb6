"""Whatever a listing becomes, and whichever answers are lost on the way, its store shows the same, and is then left in peace."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.domain.channels.holding import Holding
from onestop.domain.errors import RetryableError
from onestop.domain.listing.listing import ListedVariant, Listing, ListingStatus
from tests.contract.lazada.test_store_by_parts import Store, store_in

__all__ = ["store_in"]
LOSABLE = ("/product/create", "/product/update", "/product/price_quantity/update", "/product/stock/sellable/update", "/product/remove",
           "/product/deactivate", "/image/upload")  # fmt: skip

VARIANTS = st.dictionaries(
    st.sampled_from("ABCD"), st.tuples(st.integers(100, 9999), st.booleans(), st.integers(0, 9)), min_size=1, max_size=4
).map(
    lambda chosen: tuple(
        ListedVariant(
            sku=f"KI-{name}", options={"Color": name}, price=Decimal(cents).scaleb(-2), stock=stock, weight_g=100,
            compare_at=Decimal(cents + 100).scaleb(-2) if reduced else None,
        )
        for name, (cents, reduced, stock) in chosen.items()
    )
)  # fmt: skip
STATES = st.lists(
    st.fixed_dictionaries({
        "title": st.sampled_from(["Onsaemi Steel Tumbler", "Onsaemi Tumbler 500ml"]), "variants": VARIANTS, "pictures": st.integers(1, 2),
        "status": st.sampled_from([ListingStatus.READY, ListingStatus.READY, ListingStatus.WITHDRAWN]),
        "lost": st.lists(st.tuples(st.sampled_from(LOSABLE), st.booleans()), max_size=2, unique_by=lambda one: one[0]),
    }),
    min_size=2, max_size=5,
)  # fmt: skip


def tell(store: Store, listing: Listing, holding: Holding) -> Holding:
    """Publish as the step does: what may be shown is noted before, and what failed is told again."""
    if listing.is_sold:
        holding = holding.model_copy(update={"shown": True})
    for _ in range(4):
        try:
            return store.tell(listing, holding)
        except RetryableError:
            continue
    raise AssertionError("it never got through")


def shown(store: Store) -> list[tuple[object, ...]]:
    """What a buyer sees of each item on sale."""
    return [
        (item["Attributes"]["name"], len(item["Images"]["Image"]), {
            sku["SellerSku"]: (Decimal(sku["price"]), Decimal(sku.get("special_price") or 0), sku["sellable"])
            for sku in item["Skus"]["Sku"] if sku["Status"] != "deleted"
        })
        for item in store.gateway.items.values() if item["status"] != "InActive"
    ]  # fmt: skip


def wanted(listing: Listing) -> list[tuple[object, ...]]:
    """What a buyer should see."""
    if not listing.is_sold:
        return []
    skus = {
        one.sku: (one.compare_at or one.price, one.price if one.compare_at else Decimal(0), one.stock) for one in listing.variants
    }  # fmt: skip
    return [(listing.title, len(listing.images), skus)]


@pytest.fixture(params=[("SG", "lazada"), ("PK", "daraz")], ids=["json", "xml"])
def store(request: pytest.FixtureRequest, store_in: Callable[..., Store]) -> Store:
    """A store; one for all examples, which empty it."""
    return store_in(*request.param)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=STATES)
def test_a_store_follows_its_listing(store: Store, listing: Listing, states: list[dict[str, Any]]) -> None:
    """Given any run of changes and lost answers, when each is told, then the store shows it, in one item, and telling it twice makes no call."""
    store.gateway.items.clear()
    holding = Holding()
    for state in states:
        told = listing.model_copy(
            update={**{name: state[name] for name in ("title", "variants", "status")}, "images": listing.images[: state["pictures"]]}
        )
        for path, happened in state["lost"]:
            store.gateway.fail_next(path, "ServiceTimeout", after_commit=happened)
        store.clock.advance(1)
        holding = tell(store, told, holding)
        assert shown(store) == wanted(told)
        assert len(store.gateway.items) <= 1
        store.gateway.faults.queued.clear()
        store.gateway.calls.clear()
        assert (store.tell(told, holding), store.gateway.calls) == (holding, [])
