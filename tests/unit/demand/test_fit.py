"""Which products fit which market, and why: explained, reproducible, and never by one competitor's price."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.demand.fit import MIN_PRICES, MOST_FIRST, Corridor, Fitting, ProductFit, best_first, corridor_of, product_fit, told
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.support.report_samples import demo_report

LISTING = demo_report().rows[0].listings[0]
PRICES = [20.0, 22.0, 24.0, 26.0, 28.0]


def listing(status: ListingStatus = ListingStatus.READY, price: str = "24.00") -> Listing:
    """A listing at a price."""
    assert LISTING.price is not None
    amount = LISTING.price.model_copy(update={"amount": Decimal(price)})
    return LISTING.model_copy(update={"status": status, "price": amount, "price_stands": False})


@pytest.mark.parametrize(("made", "matches", "prices", "score"), [
    (listing(), [(0.5, "tee"), (0.8, "cotton tee")], PRICES, 0.8),
    (listing(price="54.00"), [(0.8, "tee")], PRICES, 0.4),
    (listing(price="1.00"), [(0.8, "tee")], PRICES, 0.8),
    (listing(ListingStatus.NEEDS_REVIEW), [(0.8, "tee")], PRICES, 0.4),
    (listing(ListingStatus.BLOCKED), [(0.8, "tee")], PRICES, 0.0),
    (listing(price="54.00"), [(0.8, "tee")], PRICES[: MIN_PRICES - 1], 0.8),
    (listing(), [], PRICES, 0.0),
])  # fmt: skip
def test_a_fit_is_demand_times_price_times_readiness(
    made: Listing, matches: list[tuple[float, str]], prices: list[float], score: float
) -> None:
    """Given demand, a corridor and a state, when a listing is held against them, then each lowers the fit as it says."""
    assert product_fit(made, matches, prices).score == pytest.approx(score)


@given(st.lists(st.floats(0.01, 1e6), max_size=MIN_PRICES - 1))
def test_too_few_prices_are_no_corridor(prices: list[float]) -> None:
    """Given prices of few keywords, when a corridor is asked for, then none is known: it could be one competitor's."""
    assert corridor_of(prices) is None


def test_of_many_the_best_are_named_in_the_same_order_whatever_the_order_they_come_in() -> None:
    """Given more products than are named, when they come in any order, then the same best ones are named, and the sentence counts them."""
    fits = [ProductFit(f"A-{number:03}", number % 50 / 50, number % 50 / 50, "tee", 1.0, 1.0, Corridor(1, 2)) for number in range(120)]
    one, other = Fitting("TH"), Fitting("TH")
    for fit in fits:
        one.see(fit)
    for fit in reversed(fits):
        other.see(fit)
    market = one.fit()

    assert [fit.sku for fit in market.first] == [fit.sku for fit in other.fit().first]
    assert (len(market.first), market.first[0].sku, market.fitting) == (MOST_FIRST, "A-049", 117)
    assert market.why().startswith("Send these 40 first: 117 answer")
    assert market.why_ko().startswith("상품 40개를 먼저 보내세요")
    assert best_first((Fitting("SG").fit(), market)) == (market, Fitting("SG").fit())
    assert told(market)["market"] == "TH"
