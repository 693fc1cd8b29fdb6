"""Price endings go up and stay; statutory amounts round half up."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.domain.pricing.endings import EndingBand, Rounding, round_up, statutory

MARKETS = ("SG", "MY", "PH", "TH", "VN")
NINES = (EndingBand(below=None, every="1", endings=("0.99",)),)
prices = st.decimals("0.01", "90000000", places=6)


@given(st.sampled_from(MARKETS), prices)
def test_an_ending_never_lowers_a_price_and_doing_it_again_changes_nothing(code, price):
    """Given any price in any market, when it gets its ending, then it is no lower, idempotent and within the listing digits."""
    bands, digits = market_rules(code).endings[-1].bands, markets().get(code).listing_digits
    ended = round_up(price, bands, digits=digits)
    assert ended >= price
    assert round_up(ended, bands, digits=digits) == ended
    assert -ended.as_tuple().exponent == digits


@given(st.sampled_from(MARKETS), prices, prices)
def test_endings_keep_the_order_of_prices(code, one, other):
    """Given two prices, when both get their endings, then the lower does not become the higher."""
    bands = market_rules(code).endings[-1].bands
    lower, higher = sorted((one, other))
    assert round_up(lower, bands, digits=2) <= round_up(higher, bands, digits=2)


@given(prices)
def test_singapore_prices_end_in_eight_or_nine_and_never_in_four(price):
    """Given any price in Singapore, when it gets its ending, then its last whole digit is not 4 and its ending is a proper one."""
    ended = round_up(price, market_rules("SG").endings[-1].bands, digits=2)
    whole, decimals = divmod(ended, 1)
    assert whole % 10 != 4
    assert decimals in {Decimal("0.80"), Decimal("0.90")} or (decimals == 0 and whole % 10 in {8, 9})


@pytest.mark.parametrize(
    ("code", "price", "ended"),
    [
        ("SG", "12.81", "12.90"), ("SG", "19.91", "20.90"), ("SG", "99.95", "108.00"), ("SG", "13.95", "15.80"),
        ("MY", "84.2153", "85.80"), ("MY", "100", "108.00"), ("TH", "836.97", "839.00"), ("TH", "99.50", "100.00"),
        ("TH", "1001", "1090.00"), ("VN", "639001", "649000"), ("VN", "999001", "1090000"), ("PH", "995", "999.00"),
    ],
)  # fmt: skip
def test_endings_of_each_market_at_the_edges_of_their_bands(code, price, ended):
    """Given a price beside an edge, when it gets its ending, then it is the next one above, across the edge if need be."""
    digits = markets().get(code).listing_digits
    assert str(round_up(Decimal(price), market_rules(code).endings[-1].bands, digits=digits)) == ended


def test_an_ending_that_the_channel_cannot_write_is_not_used():
    """Given endings in 99 cents and a channel without decimals, when a price gets its ending, then it is the next whole number."""
    assert round_up(Decimal("5.02"), NINES, digits=0) == Decimal("6")


def test_an_ending_beyond_its_own_round_is_refused():
    """Given an ending of 12 in every 10, when the band is made, then it is refused."""
    with pytest.raises(ValidationError, match="less than 10"):
        EndingBand(below=None, every="10", endings=("12",))


def test_endings_stand_from_low_to_high():
    """Given endings in another order, when the band is made, then it is refused: the first that fits would not be the next one up."""
    with pytest.raises(ValidationError, match="from low to high"):
        EndingBand(below=None, every="10", endings=("9", "8"))


@given(
    st.decimals("0", "90000000", places=9),
    st.sampled_from(["0.01", "0.05", "1", "100", "1000"]),
    st.sampled_from(["up", "down", "half_up"]),
)
def test_rounding_in_one_step_is_rounding_by_division(amount, unit, mode):
    """Given any amount, when it is rounded, then it is what division by the unit and a rounded count give, in the unit's decimals."""
    how = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "half_up": ROUND_HALF_UP}[mode]
    count = (amount / Decimal(unit)).quantize(Decimal(1), how)
    assert str(Rounding(unit=unit, mode=mode).apply(amount)) == str((count * Decimal(unit)).quantize(Decimal(unit)))


@given(st.decimals("0", "90000000", places=4), st.sampled_from(["0.01", "0.05", "1", "1000"]))
def test_roundings_go_their_way_by_less_than_a_unit(amount, unit):
    """Given any amount and unit, when it is rounded, then it is a multiple, up is not below, down is not above, half up is nearest."""
    up, down, nearest = (Rounding(unit=unit, mode=mode).apply(amount) for mode in ("up", "down", "half_up"))
    assert up % Decimal(unit) == down % Decimal(unit) == 0
    assert down <= amount <= up
    assert up - down in {0, Decimal(unit)}
    assert abs(nearest - amount) <= Decimal(unit) / 2


def test_half_a_unit_goes_up():
    """Given amounts that lie in the middle, when they are rounded, then they go up, and not to even."""
    assert [Rounding(unit="0.01", mode="half_up").apply(Decimal(amount)) for amount in ("25.725", "0.125")] == [
        Decimal("25.73"),
        Decimal("0.13"),
    ]
    assert statutory(Decimal("2.5"), 0) == 3
