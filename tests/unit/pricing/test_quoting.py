"""A quote explains itself, keeps what the seller wants, and is silent when anything is missing."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.findings import State
from onestop.domain.pricing.dated import Grade
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.tax_rules import Basis, DutyRule

ON = date(2026, 10, 30)
KRW_PER_UNIT = {"SG": "1044.5035709", "MY": "329.12520684", "PH": "20.968471951", "TH": "39.587081708", "VN": "0.0507513"}
MARKETS = tuple(KRW_PER_UNIT)
CONTRACT = FeeTerms(commission="0.06", payment="0.02", fee_vat="0.09", fixed="0.30")

market_codes = st.sampled_from(MARKETS)
won = st.integers(1_000, 3_000_000).map(Decimal)
weights = st.integers(1, 30_000)


def product(price=19_900, *, cost=8_200, weight=280, deltas=(0,)):
    """A shirt, or anything with these figures."""
    variants = tuple(Variant(sku=f"FA-101-{number}", price_delta_krw=delta) for number, delta in enumerate(deltas))
    cells = {"price_krw": "D2", "cost_krw": "E2", "weight_g": "G2"}
    return Product(
        seller_id="demo-seller",
        sku="FA-101",
        title="티셔츠",
        price_krw=price,
        cost_krw=cost,
        weight_g=weight,
        variants=variants,
        cells=cells,
    )


def rate(code, **changes):
    """Today's rate of a market's currency."""
    values = {"base": markets().get(code).currency, "quote": "KRW", "rate": KRW_PER_UNIT[code], "source": "ECB via EUR", "as_of": ON}
    return FxRate(**{**values, **changes})


def quote(code="SG", item=None, *, fx="today", on=ON, rules=None, **policy):
    """The quote for a product, by default the shirt for Singapore today."""
    used = rate(code) if fx == "today" else fx
    item = product() if item is None else item
    return quote_product(item, markets().get(code), rules or market_rules(code), used, policy=PricePolicy(**policy), on=on)


def codes(made):
    """The codes of a quote's findings."""
    return [finding.code for finding in made.findings]


def line(made, name):
    """One line of a receipt."""
    return next(each for each in made.receipt if each.line == name)


@given(market_codes, won, weights, st.sampled_from([None, CONTRACT]))
def test_a_receipt_adds_up_to_the_price(code, price, weight, fees):
    """Given any product, when it is priced, then the receipt sums exactly to the price and every line says what it is."""
    made = quote(code, product(price, cost=None, weight=weight), fees=fees)
    assert sum(each.amount for each in made.receipt) == made.amount
    assert all(each.label_ko and each.label_en and each.rule and each.currency == made.currency for each in made.receipt)
    assert len({each.line for each in made.receipt}) == len(made.receipt)


@given(market_codes, won, weights)
def test_at_least_what_a_sale_at_home_leaves_is_left(code, price, weight):
    """Given any product, when it is priced, then the net proceeds are not below the net of a sale at home."""
    made = quote(code, product(price, cost=None, weight=weight))
    assert made.net_proceeds_krw >= (price / Decimal("1.1")).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert line(made, "proceeds").rule == "KR.home_vat@1977-07-01"


@given(market_codes, won, st.lists(st.integers(0, 50_000), min_size=2, max_size=6), weights)
def test_variants_keep_the_order_of_their_surcharges(code, price, deltas, weight):
    """Given surcharges, when the variants are priced, then a higher surcharge never has the lower price."""
    item = product(price, cost=None, weight=weight, deltas=deltas)
    made = quote(code, item)
    in_order = sorted(item.variants, key=lambda variant: variant.price_delta_krw)
    amounts = [made.variant_amounts[variant.sku] for variant in in_order]
    assert amounts == sorted(amounts)
    assert list(made.variant_amounts) == [variant.sku for variant in item.variants]


@given(market_codes, won, weights, st.decimals("0", "0.5", places=3))
def test_a_weaker_foreign_currency_never_lowers_the_price(code, price, weight, fall):
    """Given a currency that loses against the won, when a product is priced again, then its price does not fall."""
    item = product(price, cost=None, weight=weight)
    weaker = rate(code, rate=Decimal(KRW_PER_UNIT[code]) * (1 - fall))
    assert quote(code, item, fx=weaker).amount >= quote(code, item).amount


def test_a_quote_can_be_read_line_by_line():
    """Given a shirt for Singapore, when it is priced, then amount, lines, rules and rate are exactly these."""
    made = quote("SG")
    assert (made.amount, made.currency, made.net_proceeds_krw, made.margin_pct) == (Decimal("27.90"), "SGD", 18925, Decimal("60.6"))
    assert {each.line: (str(each.amount), each.rule) for each in made.receipt} == {
        "proceeds": ("17.32", "KR.home_vat@1977-07-01"),
        "freight": ("4.69", "SG.freight@2023-01-01"),
        "fx_buffer": ("0.44", "fx.SGD.buffer"),
        "duty": ("0.00", "SG.duty@2023-01-01"),
        "commission": ("2.23", "SG.fees@2023-01-01"),
        "payment_fee": ("0.56", "SG.fees@2023-01-01"),
        "vat": ("2.30", "SG.vat@2024-01-01"),
        "rounding": ("0.36", "SG.endings@2023-01-01"),
    }
    assert made.fx == rate("SG")
    assert made.rules_version == market_rules("SG").version
    assert made.state is State.READY


def test_the_same_question_gives_the_same_bytes():
    """Given one product, when it is priced twice, then both quotes are equal to the byte."""
    assert quote("TH").model_dump_json() == quote("TH").model_dump_json()


@pytest.mark.parametrize("code", MARKETS)
def test_a_price_is_written_in_the_listing_digits_of_its_channel(code):
    """Given a market, when a product is priced, then every amount has exactly the channel's decimals."""
    made = quote(code, product(deltas=(0, 1_000)))
    digits = markets().get(code).listing_digits
    assert {-amount.as_tuple().exponent for amount in (made.amount, *made.variant_amounts.values())} == {digits}


def test_example_fees_and_weak_rules_are_told():
    """Given no contract and unconfirmed rules, when a product is priced, then both are said and it still goes out."""
    made = quote("TH")
    assert codes(made) == ["PRICE_FEES_ASSUMED", "PRICE_RULE_UNVERIFIED"]
    assert "TH.vat@2026-10-01, TH.duty@2026-01-01, TH.freight@2023-01-01" in made.findings[1].message_en


def test_rules_that_a_source_states_are_not_told():
    """Given rules that sources confirm, when a product is priced, then no rule is told as unverified."""
    rules = market_rules("VN")
    stated = {
        table: tuple(row.model_copy(update={"grade": Grade.STATED}) for row in getattr(rules, table)) for table in ("duty", "freight")
    }
    assert codes(quote("VN", rules=rules.model_copy(update=stated))) == ["PRICE_FEES_ASSUMED"]


def test_contract_fees_replace_the_example():
    """Given the seller's contract, when a product is priced, then its fees stand in the receipt and no assumption is told."""
    made = quote("SG", fees=CONTRACT)
    assert "PRICE_FEES_ASSUMED" not in codes(made)
    assert {line(made, name).rule for name in ("commission", "payment_fee", "fixed_fee", "fee_vat")} == {"contract"}
    assert line(made, "fee_vat").label_en == "VAT on the fees 9 %"


def test_tax_that_checkout_adds_is_named_and_not_in_the_price():
    """Given Malaysia below its limit, when a product is priced, then the tax line is zero and says that checkout adds it."""
    vat = line(quote("MY"), "vat")
    assert (vat.amount, vat.label_en) == (0, "Local sales tax 10 % (added at checkout: MYR 8.08)")


@pytest.mark.parametrize(
    ("code", "cheap", "dear", "name"),
    [("MY", 30_000, 300_000, "vat"), ("MY", 30_000, 300_000, "duty"), ("PH", 50_000, 400_000, "vat"), ("PH", 50_000, 400_000, "duty")],
)
def test_duty_and_tax_begin_beyond_the_low_value_limit(code, cheap, dear, name):
    """Given a limit, when a cheap and a dear product are priced, then only the dear one carries the charge."""
    assert line(quote(code, product(cheap, cost=None)), name).amount == 0
    assert line(quote(code, product(dear, cost=None)), name).amount > 0


def test_philippine_customs_charges_come_with_the_duty():
    """Given goods above the Philippine limit, when they are priced, then brokerage and stamps have their own line."""
    assert line(quote("PH", product(400_000, cost=None)), "customs_charges").amount == Decimal("730.00")


def test_thai_duty_fell_on_small_parcels_only_from_2026():
    """Given the same small parcel, when priced at the end of 2025 and in 2026, then only 2026 knows a duty."""
    before, after = date(2025, 12, 31), date(2026, 1, 1)
    assert line(quote("TH", fx=rate("TH", as_of=before), on=before), "duty").amount == 0
    assert line(quote("TH", fx=rate("TH", as_of=after), on=after), "duty").amount > 0


@given(won, st.sampled_from(["MY", "PH"]))
def test_a_price_lies_on_its_own_side_of_every_limit(price, code):
    """Given any product, when it is priced, then no exemption is used for a price above the limit that grants it."""
    made = quote(code, product(price, cost=None))
    limit = market_rules(code).duty[-1].exempt.amount
    untaxed = made.amount - line(made, "vat").amount - line(made, "duty").amount
    if line(made, "duty").amount == 0:
        freight = line(made, "freight").amount if market_rules(code).duty[-1].exempt.basis is Basis.CONSIGNMENT_FOB else 0
        assert untaxed - freight <= limit * Decimal("1.001")


def test_a_price_near_a_limit_is_told():
    """Given a product that lands just below SGD 400, when it is priced, then the limit is named."""
    made = quote("SG", product(385_000, cost=None))
    assert Decimal("400") * Decimal("0.95") <= made.amount / Decimal("1.09") <= Decimal("400") * Decimal("1.05")
    assert "PRICE_NEAR_THRESHOLD" in codes(made)
    assert "400 SGD" in made.findings[-1].message_en


def with_relief(rules, basis, amount, **last):
    """The rules with one duty row: free up to an amount, and ``last`` beyond."""
    row = rules.duty[-1]
    bands = [{"up_to": {"basis": basis, "amount": amount}, "rate": "0"}, last]
    return rules.model_copy(update={"duty": (DutyRule.model_validate({**row.model_dump(), "bands": bands}),)})


def test_an_ending_that_would_cost_a_duty_is_left_out():
    """Given an ending that jumps over a limit which the price without it stays below, when priced, then there is no ending."""
    rules, item = market_rules("MY"), product(130_000, cost=None)
    base = quote("MY", item)
    made = quote("MY", item, rules=with_relief(rules, Basis.CONSIGNMENT_CIF, base.amount - 1, rate="0.02"))
    assert base.amount - 10 < made.amount <= base.amount - 1
    assert line(made, "duty").amount == 0
    assert made.net_proceeds_krw >= 130_000 / Decimal("1.1")


def test_a_price_just_beyond_a_limit_pays_every_charge():
    """Given goods that do not fit below a limit, when priced, then the price lies well above it and the duty is in it."""
    rules, item = market_rules("MY"), product(130_000, cost=None)
    base = quote("MY", item)
    made = quote("MY", item, rules=with_relief(rules, Basis.CONSIGNMENT_CIF, base.amount - 50, rate="0.10"))
    assert made.amount > base.amount
    assert line(made, "duty").amount > 0


@pytest.mark.parametrize("code", MARKETS)
def test_no_rate_means_no_price(code):
    """Given no exchange rate, when a product is priced, then there is no amount, no receipt, and a reason."""
    made = quote(code, fx=None)
    assert (made.amount, made.receipt, made.variant_amounts, made.state) == (None, (), {}, State.BLOCKED)
    assert codes(made) == ["FX_MISSING"]


def test_a_stale_rate_makes_no_price():
    """Given a rate on its last good day and one day older, when a product is priced, then only the first makes a price."""
    last_good = ON - timedelta(days=6)
    assert quote("SG", fx=rate("SG", as_of=last_good)).amount is not None
    stale = quote("SG", fx=rate("SG", as_of=last_good - timedelta(days=1)))
    assert (stale.amount, codes(stale)) == (None, ["FX_STALE"])


def test_a_missing_weight_makes_no_price():
    """Given no weight, when a product is priced, then the seller's cell is named and there is no amount."""
    made = quote("SG", product(weight=None))
    assert (made.amount, codes(made), made.findings[0].cell) == (None, ["WEIGHT_MISSING"], "G2")


def test_too_heavy_a_parcel_makes_no_price():
    """Given a weight beyond the last band, when a product is priced, then weight and limit are named."""
    made = quote("TH", product(weight=30_001))
    assert (made.amount, codes(made)) == (None, ["PRICE_WEIGHT_OUT_OF_BAND"])
    assert "30001" in made.findings[0].message_en


def test_fees_that_eat_the_price_make_no_price():
    """Given fees of 90 %, when a product is priced, then no price is invented."""
    made = quote("TH", fees=FeeTerms(commission="0.80", payment="0.10"))
    assert (made.amount, codes(made)) == (None, ["PRICE_INFEASIBLE"])


def test_a_price_at_home_below_the_floor_is_held():
    """Given a floor that the net of a sale at home does not reach, when a product is priced, then the floor is named."""
    made = quote("SG", product(19_900, cost=17_600), min_margin_pct="20")
    assert (made.amount, codes(made)) == (None, ["PRICE_BELOW_FLOOR"])
    assert "20000" in made.findings[0].message_en
    assert made.findings[0].cell == "D2"


def test_a_discounted_variant_below_the_floor_is_held():
    """Given a variant whose discount eats the margin, when the product is priced, then nothing goes out below the floor."""
    made = quote("SG", product(19_900, cost=14_300, deltas=(0, -6_000)))
    assert codes(made) == ["PRICE_BELOW_FLOOR"]


def test_a_variant_discounted_to_nothing_makes_no_price():
    """Given a discount as large as the price, when the product is priced, then there is no amount."""
    made = quote("SG", product(19_900, cost=None, deltas=(0, -19_900)))
    assert (made.amount, codes(made)) == (None, ["PRICE_INFEASIBLE"])


def test_cost_and_margin_can_make_the_price():
    """Given the margin mode, when a product is priced, then its margin is at least the wish and near it."""
    made = quote("VN", product(cost=11_000), price_mode="margin", margin_pct="40")
    assert Decimal("40") <= made.margin_pct < Decimal("44")


def test_margin_mode_without_a_cost_makes_no_price():
    """Given the margin mode and no cost, when a product is priced, then the missing cost is named."""
    made = quote("SG", product(cost=None), price_mode="margin")
    assert (made.amount, codes(made), made.findings[0].cell) == (None, ["COST_MISSING"], "E2")


def test_a_simplified_taxpayer_keeps_the_whole_price():
    """Given a seller who gets no VAT back, when a product is priced, then more must be kept, so the price is higher."""
    assert quote("SG", vat_type="simplified").amount > quote("SG").amount


def test_a_day_before_every_rule_makes_no_price():
    """Given a day for which no rules are known, when a product is priced, then that is the reason."""
    day = date(2001, 1, 2)
    made = quote("SG", fx=rate("SG", as_of=day), on=day)
    assert (made.amount, codes(made)) == (None, ["PRICE_RULE_MISSING"])


def test_a_wish_that_is_not_known_is_refused():
    """Given a policy with an unknown wish, when it is made, then it is refused rather than ignored."""
    with pytest.raises(ValidationError, match="Extra inputs"):
        PricePolicy(mode="margin")


@pytest.mark.parametrize("changes", [{"base": "THB"}, {"base": "KRW", "quote": "SGD"}])
def test_a_rate_of_another_pair_is_a_programming_error(changes):
    """Given a rate of the wrong pair or direction, when a product is priced, then it fails at once."""
    with pytest.raises(ValueError, match="is not KRW per SGD"):
        quote("SG", fx=rate("SG", **changes))


def test_rules_of_another_market_are_a_programming_error():
    """Given the rules of another market, when a product is priced, then it fails at once."""
    with pytest.raises(ValueError, match="rules of TH for the market SG"):
        quote("SG", rules=market_rules("TH"))
