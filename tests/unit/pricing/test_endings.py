"""Price endings go up and stay; statutory amounts round half up."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import market_rules
from onestop.domain.pricing.endings import EndingBand, round_up, statutory
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import Terms, settle

MARKETS = ("SG", "MY", "PH", "TH", "VN")
EXAMPLES = {
    example["id"]: example
    for example in json.loads((Path(__file__).parents[2] / "vectors" / "pricing.json").read_text(encoding="utf-8"))["examples"]
}
NINES = (EndingBand(below=None, every="1", endings=("0.99",)),)
prices = st.decimals("0.01", "90000000", places=6)


def of_kind(kind):
    """The published examples of one kind."""
    return [pytest.param(example, id=name) for name, example in EXAMPLES.items() if example["kind"] == kind]


def digits_of(example):
    """The decimals of an example's currency."""
    return 0 if example["inputs"].get("currency") == "JPY" else 2


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


def test_going_to_the_nearest_ending_would_cut_the_price():
    """Given 5.07 and endings in 99, when others go to the nearest, 4.99, then we go up to 5.99."""
    example = EXAMPLES["CH-4"]
    price, nearest = Decimal(example["inputs"]["price"]), Decimal(example["expected"]["out"])
    assert nearest < price <= round_up(price, NINES, digits=2) == Decimal("5.99")


def test_an_ending_that_the_channel_cannot_write_is_not_used():
    """Given endings in 99 cents and a channel without decimals, when a price gets its ending, then it is the next whole number."""
    example = EXAMPLES["CH-8"]
    assert round_up(Decimal(example["inputs"]["price"]), NINES, digits=0) == Decimal(example["expected"]["out"])


def test_an_ending_beyond_its_own_round_is_refused():
    """Given an ending of 12 in every 10, when the band is made, then it is refused."""
    with pytest.raises(ValidationError, match="less than 10"):
        EndingBand(below=None, every="10", endings=("12",))


@pytest.mark.parametrize("example", of_kind("vat_extract"))
def test_tax_is_taken_out_of_a_price_half_up(example):
    """Given a price with tax inside, when it is settled, then the published net comes out."""
    net = settle(Decimal(example["inputs"]["gross"]), Terms(tax_rate=example["inputs"]["rate"])).net
    assert statutory(net, digits_of(example)) == Decimal(example["expected"]["net"])


@pytest.mark.parametrize("example", of_kind("vat_included_part"))
def test_the_tax_inside_a_price_is_the_published_one(example):
    """Given a price with tax inside, when it is settled, then the published tax comes out."""
    tax = settle(Decimal(example["inputs"]["gross"]), Terms(tax_rate=example["inputs"]["rate"])).tax
    assert statutory(tax, 2) == Decimal(example["expected"]["vat"])


def test_import_tax_rounds_half_up_and_not_to_even():
    """Given goods, carriage and duty of 147 at 17.5 %, when the tax is rounded, then it is 25.73."""
    i = EXAMPLES["GB-2"]["inputs"]
    tax = (Decimal(i["goods"]) + Decimal(i["carriage"]) + Decimal(i["duty"])) * Decimal(i["vat"])
    assert statutory(tax, 2) == Decimal(EXAMPLES["GB-2"]["expected"]["vat_amount"])


@pytest.mark.parametrize("name", ["TW-1", "JP-2"])
def test_tax_falls_on_value_and_duty_in_whole_units(name):
    """Given a landed price, when it is settled, then duty and tax are the published ones."""
    example = EXAMPLES[name]
    inputs, expected = example["inputs"], example["expected"]
    value = Decimal(inputs.get("customs_value") or inputs["cif"])
    terms = Terms(duty_rate=inputs["duty_rate"], tax_rate=inputs.get("vat") or inputs["ct"])
    landed = value * (1 + terms.duty_rate) * (1 + terms.tax_rate)
    settlement = settle(landed, terms)
    assert statutory(settlement.duty, 0) == Decimal(expected["duty"])
    assert statutory(settlement.tax, 0) == Decimal(expected.get("business_tax") or expected["ct"])


def test_a_published_payout_is_reproduced():
    """Given price, commission, payment fee and the VAT on shipping, when it is settled, then the published payout is left."""
    i, expected = EXAMPLES["FEE-2"]["inputs"], EXAMPLES["FEE-2"]["expected"]
    fees = FeeTerms(commission=i["commission"], payment=i["payment"], fixed=Decimal(i["shipping"]) * Decimal(i["ship_vat_rate"]))
    settlement = settle(Decimal(i["price"]), Terms(fee_rate=fees.rate_with_vat, fixed_fee=fees.fixed_with_vat))
    assert settlement.fees == Decimal(expected["commission"]) + Decimal(expected["payment"])
    assert settlement.net == Decimal(expected["payout"])


def test_vat_on_fees_counts_on_rates_and_fixed_fees():
    """Given fees before VAT, when VAT is added, then both published amounts come out."""
    i, expected = EXAMPLES["FEE-4"]["inputs"], EXAMPLES["FEE-4"]["expected"]
    fees = FeeTerms(commission="0", payment=i["payment_ex_vat"], fee_vat=i["vat"], fixed=i["handling_ex_vat"])
    assert statutory(fees.rate_with_vat * 100, 2) == Decimal(expected["payment_incl_vat_pct_2dp"])
    assert fees.fixed_with_vat == Decimal(expected["handling_incl_vat"])


def test_commission_is_charged_on_the_price_with_tax():
    """Given a price with tax inside, when it is settled, then the commission is a share of the whole price."""
    i = EXAMPLES["FEE-6"]["inputs"]
    settlement = settle(Decimal(i["price_incl_vat"]), Terms(fee_rate=i["rate"], tax_rate="0.20"))
    assert settlement.fees == Decimal(EXAMPLES["FEE-6"]["expected"]["commission"])
