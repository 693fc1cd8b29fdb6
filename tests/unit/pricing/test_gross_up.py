"""From what is kept to the price and back: pinned values and the laws that both directions obey."""

import json
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.domain.pricing.gross_up import EXACT, is_feasible, price_for, settle, share_kept
from onestop.domain.pricing.terms import DutyBase, TaxShown, Terms

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "pricing.json").read_text(encoding="utf-8"))
REFERENCE = VECTORS["reference_prices"]

amounts = st.decimals("0.01", "100000000", places=4)
rates = st.decimals("0", "0.35", places=4)
terms_of_any_kind = st.builds(
    Terms, freight=amounts, fixed_fee=st.decimals("0", "1000", places=2), flat_duty=st.decimals("0", "1000", places=2),
    fee_rate=rates, tax_rate=rates, duty_rate=rates, duty_base=st.sampled_from(DutyBase),
    tax_shown=st.sampled_from(TaxShown), fee_on_checkout_tax=st.booleans(),
).filter(is_feasible)  # fmt: skip


@pytest.mark.parametrize("row", REFERENCE["rows"], ids=lambda row: row["market"])
def test_reference_prices_are_reproduced_to_four_decimals(row):
    """Given the euro rates of 2026-10-30, when won are grossed up, then the pinned price comes out."""
    with localcontext(EXACT):
        per_krw = Decimal(REFERENCE["per_euro"][row["currency"]]) / Decimal(REFERENCE["per_euro"]["KRW"])
        buffered = per_krw * (1 + Decimal(REFERENCE["buffer"]))
        terms = Terms(
            freight=Decimal(row["freight_krw"]) * buffered, flat_duty=row["flat"], fee_rate=row["fees"],
            tax_rate=row["tax"], duty_rate=row["duty"], duty_base=row["base"],
        )  # fmt: skip
        price = price_for(Decimal(REFERENCE["keep_krw"]) * buffered, terms)
    assert price.quantize(Decimal("0.0001")) == Decimal(row["price"])


@given(amounts, terms_of_any_kind)
def test_settling_the_price_gives_back_what_was_to_be_kept(keep, terms):
    """Given any terms, when the price for an amount is settled, then that amount is left, to one part in 10^20."""
    settlement = settle(price_for(keep, terms), terms)
    with localcontext(EXACT):
        assert abs(settlement.net - keep) <= settlement.price * Decimal("1e-20")


@given(amounts, terms_of_any_kind)
def test_the_parts_of_a_settlement_sum_to_the_price(price, terms):
    """Given any price, when it is settled, then tax, duty, fees, freight and net are the whole of it."""
    s = settle(price, terms)
    with localcontext(EXACT):
        parts = s.tax + s.duty + s.flat_duty + s.fees + s.fixed_fee + s.freight + s.net
        assert abs(parts - price) <= price * Decimal("1e-20")


@given(amounts, terms_of_any_kind, st.sampled_from(["freight", "fixed_fee", "flat_duty", "fee_rate", "duty_rate"]), rates.filter(bool))
def test_a_dearer_road_never_makes_a_cheaper_price(keep, terms, field, more):
    """Given any terms, when one cost or rate rises, then the price does not fall."""
    dearer = terms.model_copy(update={field: getattr(terms, field) + more})
    if is_feasible(dearer):
        assert price_for(keep, dearer) >= price_for(keep, terms)


@given(amounts, amounts, terms_of_any_kind)
def test_keeping_more_costs_the_buyer_more(keep, more, terms):
    """Given any terms, when more is to be kept, then the price rises."""
    assert price_for(keep + more, terms) > price_for(keep, terms)


@given(amounts, terms_of_any_kind, rates.filter(bool))
def test_a_higher_tax_inside_the_price_raises_it(keep, terms, more):
    """Given tax inside the price, when the tax rate rises, then so does the price."""
    inside = terms.model_copy(update={"tax_shown": TaxShown.INSIDE})
    taxed = inside.model_copy(update={"tax_rate": inside.tax_rate + more})
    if is_feasible(inside) and is_feasible(taxed):
        assert price_for(keep, taxed) > price_for(keep, inside)


def test_marking_up_one_after_the_other_would_leave_the_seller_short():
    """Given fees of 16 % and VAT of 20 %, when a price is found, then it is 148.51 and not the naive 139.20."""
    terms = Terms(fee_rate="0.16", tax_rate="0.20")
    assert price_for(Decimal(100), terms).quantize(Decimal("0.01")) == Decimal("148.51")
    assert settle(Decimal("139.20"), terms).net.quantize(Decimal("0.01")) == Decimal("93.73")


def test_fees_on_the_checkout_tax_are_paid_from_the_listed_price():
    """Given tax on top, when fees are charged on what the buyer pays, then the price carries the fee on the tax too."""
    terms = Terms(tax_rate="0.10", tax_shown=TaxShown.ON_TOP, fee_rate="0.10", fee_on_checkout_tax=True)
    assert price_for(Decimal(89), terms) == Decimal(100)
    assert settle(Decimal(100), terms).tax == 0


def test_terms_that_eat_the_whole_price_are_refused():
    """Given fees and taxes that leave less than a twentieth, when a price is asked for, then there is none."""
    terms = Terms(fee_rate="0.70", tax_rate="0.20", duty_rate="0.15")
    assert share_kept(terms) < Decimal("0.05")
    with pytest.raises(ValueError, match="leave nothing"):
        price_for(Decimal(100), terms)


def test_a_float_is_no_rate():
    """Given a float, when terms are made of it, then they are refused."""
    with pytest.raises(ValidationError, match="float is not exact"):
        Terms(tax_rate=0.09)
