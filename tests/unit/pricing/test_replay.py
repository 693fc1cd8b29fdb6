"""A quote is made again from itself alone, and reversing its receipt gives back what was to be kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.product import Product, Variant
from onestop.domain.findings import State
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.replay import fx_strip, replay
from tests.support.world import CURRENCIES, MARKETS, ON, market, rate, rules

codes = st.sampled_from(MARKETS)
sides = st.none() | st.integers(10, 900)
products = st.builds(
    Product, seller_id=st.just("demo-seller"), sku=st.just("FA-101"), title=st.just("티셔츠"),
    price_krw=st.integers(1_000, 3_000_000).map(Decimal), cost_krw=st.none() | st.integers(500, 900_000).map(Decimal),
    weight_g=st.none() | st.integers(1, 31_000), length_mm=sides, width_mm=sides, height_mm=sides,
    hs_code=st.sampled_from([None, "420222", "950300"]), cells=st.just({"price_krw": "D2", "cost_krw": "E2", "title": "A2"}),
    variants=st.lists(st.integers(0, 9_000), min_size=1, max_size=3).map(
        lambda deltas: tuple(Variant(sku=f"FA-101-{n}", price_delta_krw=delta, stock=n) for n, delta in enumerate(deltas))
    ),
)  # fmt: skip
policies = st.builds(
    PricePolicy, price_mode=st.sampled_from(["same_net", "margin"]), vat_type=st.sampled_from(["general", "simplified"]),
    border=st.sampled_from(["ddp", "dap"]), fees=st.sampled_from([None, FeeTerms(commission="0.06", payment="0.02", fixed="0.3")]),
)  # fmt: skip
SHIRT = Product(seller_id="demo-seller", sku="FA-101", title="티셔츠", price_krw=19_900, weight_g=280, variants=(Variant(sku="FA-101"),))


def quote(code, item=SHIRT, *, policy=None, age=0):
    """The quote of a product, at a rate of so many days ago."""
    fx = rate(code, ON - timedelta(days=age))
    return quote_product(item, market(code), rules(code), fx, policy=policy or PricePolicy(), on=ON)


@given(codes, products, policies, st.sampled_from([0, 30]))
def test_a_quote_is_made_again_from_itself_to_the_byte(code, item, policy, age):
    """Given any quote as it is stored, also one without a price, when it is replayed, then every byte is the same."""
    written = quote(code, item, policy=policy, age=age).model_dump_json()
    assert replay(Quote.model_validate_json(written), market(code), rules(code)).model_dump_json() == written


def test_a_quote_says_rate_and_wishes_as_they_were_written():
    """Given a rate and a margin that equal earlier ones and are written otherwise, when priced, then the quote has them as written."""
    for digits in ("1044.5", "1044.50", "1044.5"):
        fx, wishes = rate("SG").model_copy(update={"rate": Decimal(digits)}), PricePolicy(margin_pct=digits[2:])
        made = quote_product(SHIRT, market("SG"), rules("SG"), fx, policy=wishes, on=ON)
        assert (str(made.fx.rate), str(made.given.policy.margin_pct)) == (digits, digits[2:])


@given(codes, products)
def test_reversing_a_receipt_gives_back_the_proceeds(code, item):
    """Given any receipt, when taxes, duties, fees, freight and buffer are taken off, then the proceeds are left, to a listing unit."""
    made = quote(code, item)
    if made.state is State.BLOCKED:
        return
    lines = {line.line: line.amount for line in made.receipt}
    digits = min(CURRENCIES[code][1], rules(code).minor_digits)
    unit = max(Decimal(1).scaleb(-digits), rules(code).rounding[-1].unit if rules(code).rounding[-1].mode == "up" else 0)
    kept = made.amount - sum(amount for name, amount in lines.items() if name != "proceeds")
    assert abs(kept * made.fx.rate - item.price_krw / Decimal("1.1")) <= unit * made.fx.rate


@given(codes, products)
def test_what_is_left_follows_from_the_receipt(code, item):
    """Given any receipt, when its own lines are added at its own rate, then they are the net proceeds, to a listing unit."""
    made = quote(code, item)
    if made.state is State.BLOCKED:
        return
    kept = sum(line.amount for line in made.receipt if line.line in {"proceeds", "fx_buffer", "rounding"})
    unit = Decimal(1).scaleb(-rules(code).minor_digits)
    assert abs(kept * made.fx.rate - made.net_proceeds_krw) <= unit * made.fx.rate + 1


@pytest.mark.parametrize("code", MARKETS)
def test_the_strip_shows_a_fall_and_a_rise_of_the_rate(code):
    """Given a price, when the rate falls and rises by 3 %, then it goes up and down or stands, and less or more is left if it stood."""
    made = quote(code)
    fall, rise = fx_strip(made, market(code), rules(code))
    assert (fall.move, rise.move) == (Decimal("-0.03"), Decimal("0.03"))
    assert rise.amount <= made.amount <= fall.amount
    assert fall.net_if_held_krw < made.net_proceeds_krw < rise.net_if_held_krw
    # Freight is paid in won: what is left moves by more than the rate.
    assert rise.net_if_held_krw > made.net_proceeds_krw * Decimal("1.029")


def test_a_quote_without_a_price_has_no_strip():
    """Given a quote without a price, when its strip is asked, then it is empty."""
    assert fx_strip(quote("SG", age=30), market("SG"), rules("SG")) == ()


def test_another_day_changes_the_rules_only():
    """Given a Thai quote of today, when it is made for the end of 2025, then the duty is gone and the rate is the same."""
    made = quote("TH")
    before = replay(made, market("TH"), rules("TH"), on=date(2025, 12, 31))
    assert before.amount < made.amount
    assert before.fx.rate == made.fx.rate


def test_a_quote_by_other_rules_is_not_replayed():
    """Given rules that have changed since, or a quote of before, when it is replayed, then that is refused by name."""
    made = quote("SG")
    with pytest.raises(ValueError, match=f"made by rules {made.rules_version}, these are other"):
        replay(made, market("SG"), rules("SG").model_copy(update={"version": "other"}))
    with pytest.raises(ValueError, match="does not say"):
        replay(made.model_copy(update={"given": None}), market("SG"), rules("SG"))
