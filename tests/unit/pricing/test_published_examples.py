"""Every published worked example, each by the part of the engine that does its job; the vectors hold sources and grades.

What others do and we refuse, going down to the nearest ending or rounding a bill for cash, is shown as what ours does not do.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from onestop.domain.pricing.endings import EndingBand, Rounding, round_up
from onestop.domain.pricing.fee_terms import FeeTerms
from onestop.domain.pricing.gross_up import checkout, levies, price_for, settle
from onestop.domain.pricing.policy import PricePolicy, wish_for
from onestop.domain.pricing.regimes import Sale, agrees, value_of
from onestop.domain.pricing.solver import cheapest_lawful
from onestop.domain.pricing.tax_rules import Basis
from onestop.domain.pricing.terms import DutyBase, TaxShown, Terms
from tests.support.world import rules

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "pricing.json").read_text(encoding="utf-8"))
EXAMPLES = {example["id"]: example for example in VECTORS["examples"]}
WRONG = {example["id"]: example for example in VECTORS["published_wrong"]}

BY_ALGEBRA = {"vat_extract", "vat_included_part", "charm", "tiered_ceiling", "cash_rounding"}
"""The kinds whose examples are taken all together below."""

BY_NAME = {
    "AU-1", "AU-3", "BR-2", "BR-4", "EU-2", "EU-4", "EU-6", "EU-8", "FEE-2", "FEE-4", "FEE-6", "GB-2", "GE-2", "ID-2", "JP-2",
    "MED-2", "MY-1", "SG-1", "SG-3", "SOL-11", "TW-1",
}  # fmt: skip
"""The examples with a test of their own below."""

CENT, WHOLE = Rounding(unit="0.01", mode="half_up"), Rounding(unit="1", mode="half_up")
NO_FEES = FeeTerms(commission="0", payment="0")

ENDINGS = {
    "CH-2": (EndingBand(below=None, every="0.10", endings=("0",)),),
    "CH-4": (EndingBand(below=None, every="1", endings=("0.99",)),),
    "CH-6": (EndingBand(below=None, every="0.10", endings=("0.06", "0.09")),),
    "CH-8": (EndingBand(below=None, every="1", endings=("0",)),),
}
CEILINGS = {
    "USD": (("25", "0.01"), ("500", "1"), (None, "5")),
    "KRW": (("2500", "10"), ("100000", "100"), (None, "1000")),
    "JPY": (("2500", "10"), ("100000", "100"), (None, "1000")),
}
DIGITS = {"USD": 2, "KRW": 0, "JPY": 0}


def example(name):
    """Inputs and expected values of an example, decimals where they are amounts."""
    found = EXAMPLES[name]
    return amounts(found["inputs"]), amounts(found["expected"])


def amounts(values):
    """The values, those that are digits as decimals."""
    return {key: Decimal(value) if isinstance(value, str) and value[0].isdigit() else value for key, value in values.items()}


def of_kind(kind):
    """The examples of one kind."""
    return [pytest.param(name, id=name) for name, found in EXAMPLES.items() if found["kind"] == kind]


def test_every_published_example_is_used():
    """Given the vectors, when this file's tests are counted, then all 46 examples are among them, each with source and grade."""
    by_kind = {name for name, found in EXAMPLES.items() if found["kind"] in BY_ALGEBRA}
    assert by_kind | BY_NAME == set(EXAMPLES)
    assert len(EXAMPLES) == len(VECTORS["examples"]) == 46
    assert all(found["source"] and found["grade"] for found in EXAMPLES.values())


@pytest.mark.parametrize("name", of_kind("vat_extract"))
def test_tax_is_taken_out_of_a_price_half_up(name):
    """Given a price with tax inside (Saleor's tests), when it is settled, then the published net comes out."""
    i, expected = example(name)
    rounding = WHOLE if i.get("currency") == "JPY" else CENT
    assert rounding.apply(settle(i["gross"], Terms(tax_rate=i["rate"])).net) == expected["net"]


@pytest.mark.parametrize("name", of_kind("vat_included_part"))
def test_the_tax_inside_a_price_is_the_published_one(name):
    """Given a price with tax inside (Solidus' and Spree's tests), when it is settled, then the published tax comes out."""
    i, expected = example(name)
    settlement = settle(i["gross"], Terms(tax_rate=i["rate"]))
    assert CENT.apply(settlement.tax) == expected["vat"]
    assert CENT.apply(settlement.net) == expected.get("net", i["gross"] - expected["vat"])


def test_an_export_leaves_the_home_tax_out():
    """SOL-11 (Solidus): given a price at home of 30 with 19 % inside, when it is exported, then 25.21 are to be kept."""
    i, expected = example("SOL-11")
    assert CENT.apply(wish_for(i["home_gross"], None, PricePolicy(), i["home_rate"]).keep) == expected["net"]


def test_a_seller_who_gets_no_tax_back_keeps_the_price_at_home():
    """GE-2 (Global-e, tax kept as margin): given 121 at home and 5 of shipping, then 121 are kept and the price is 126."""
    i, expected = example("GE-2")
    keep = wish_for(i["home_gross"], None, PricePolicy(vat_type="simplified"), Decimal("0.21")).keep
    assert keep == expected["net_product"]
    assert price_for(keep, Terms(freight=i["shipping_charged"])) == expected["net_incl_shipping"]


def test_australian_duty_is_on_the_goods_and_tax_on_all_of_it():
    """AU-1 (Australian customs via clubcobra.com): given goods of USD 1,274, when they are imported, then each amount is theirs."""
    i, expected = example("AU-1")
    goods, freight = i["price_usd"] / i["usd_per_aud"], i["post_ins_usd"] / i["usd_per_aud"]
    terms = Terms(freight=freight, duty_rate=i["duty_rate"], tax_rate=i["gst"], duty_base=DutyBase.FOB)
    charged = levies(goods, terms, CENT)
    assert (charged.customs_value, freight) == (expected["customs_value"], expected["post_ins"])
    assert (charged.duty, charged.tax_base, charged.tax) == (expected["duty"], expected["voti"], expected["gst"])
    assert charged.duty + charged.tax == expected["total"]


def test_a_thousand_australian_dollars_are_still_low_value():
    """AU-3 (Amazon E9ZHG4QK9NKT4AE): given 1,100 with tax, then the value is 1,000, low value still, and delivery is taxed too."""
    i, expected = example("AU-3")
    low_value = rules("AU").vat[-1].low_value
    terms = Terms(tax_rate=low_value.rate, tax_on_delivery=low_value.on_delivery)
    value, more = (value_of(low_value.basis, settle(i["price_incl_gst"] + cents, terms)) for cents in (Decimal(0), Decimal("0.02")))
    assert value == expected["customs_value"]
    assert low_value.covers(value) is expected["is_low_value"]
    assert not low_value.covers(more)
    assert checkout(i["price_incl_gst"], terms, CENT, delivery=i["delivery_incl_gst"]).tax == expected["gst"]


def test_brazilian_tax_is_a_share_of_the_price_with_it():
    """BR-4 (d24am.com): given 100 reais and 20 % of duty, then ICMS of 17 % in the price makes 144.58."""
    i, expected = example("BR-4")
    terms = Terms(duty_rate=i["ii"], tax_rate=i["icms"], tax_on_itself=True)
    charged = levies(i["value_brl"], terms, CENT)
    assert (charged.duty, charged.tax) == (expected["ii"], expected["icms"])
    assert CENT.apply(price_for(i["value_brl"], terms)) == i["value_brl"] + charged.duty + charged.tax == expected["total"]


def test_brazilian_duty_above_fifty_dollars_has_twenty_taken_off():
    """BR-2 (UOL Economia 2025-07-29): given USD 100, then 60 % less 20 and ICMS in the price make 168.67."""
    i, expected = example("BR-2")
    terms = Terms(duty_rate=i["ii"], flat_duty=-i["deduction_usd"], tax_rate=i["icms"], tax_on_itself=True)
    charged = levies(i["value_usd"], terms, CENT)
    assert (charged.duty + terms.flat_duty, charged.tax) == (expected["ii_usd"], expected["icms_usd"])
    assert CENT.apply(price_for(i["value_usd"], terms)) == expected["total_usd"]


@pytest.mark.parametrize(("name", "codes"), [("EU-2", ["960810", "490199", "650500"]), ("EU-4", ["610910"] * 10)])
def test_european_duty_is_three_euro_for_each_tariff_code(name, codes):
    """EU-2 (DHL), EU-4 (samaepet.com): given a pen, a book and a hat, or ten of one thing, then 9 and 3 euro."""
    duty = rules("ES").on(rules("ES").duty[1].valid_from).duty
    assert duty.bands[0].charges(duty.lines(codes)) == Decimal(EXAMPLES[name]["expected"]["duty"])


@pytest.mark.parametrize("name", ["EU-6", "EU-8"])
def test_the_intrinsic_value_is_of_the_goods_alone(name):
    """EU-6, EU-8 (Spanish customs, data element 14 14 000 000): given a coat, then tax and transport charged apart do not count."""
    (goods, expected), limit = (EXAMPLES[name]["inputs"]["lines"][0], EXAMPLES[name]["expected"]), rules("ES").vat[-1].low_value
    _, net, tax, gross = goods
    value = value_of(limit.basis, settle(Decimal(gross), Terms(tax_rate=Decimal(tax) / Decimal(net))))
    assert limit.basis is Basis.CONSIGNMENT_INTRINSIC
    assert value == Decimal(expected["intrinsic"])
    assert limit.covers(value) is expected["h7_allowed"]


def test_a_published_payout_is_reproduced():
    """FEE-2 (darazsellerhelp 2020-09): given commission, payment fee and the VAT on shipping, then 535.05 are paid out."""
    i, expected = example("FEE-2")
    fees = FeeTerms(commission=i["commission"], payment=i["payment"], fixed=CENT.apply(i["shipping"] * i["ship_vat_rate"]))
    settlement = settle(i["price"], Terms(fee_rate=fees.rate_with_vat, fixed_fee=fees.fixed_with_vat))
    assert (i["price"] * fees.commission, i["price"] * fees.payment) == (expected["commission"], expected["payment"])
    assert settlement.fees == expected["commission"] + expected["payment"]
    assert settlement.fixed_fee == expected["ship_vat"]
    assert settlement.net == expected["payout"]


def test_tax_on_fees_counts_on_rates_and_fixed_fees():
    """FEE-4 (daraz-crossborder.com 7562757): given fees before VAT, when VAT is added, then both published amounts come out."""
    i, expected = example("FEE-4")
    fees = FeeTerms(commission="0", payment=i["payment_ex_vat"], fee_vat=i["vat"], fixed=i["handling_ex_vat"])
    assert CENT.apply(fees.rate_with_vat * 100) == expected["payment_incl_vat_pct_2dp"]
    assert fees.fixed_with_vat == expected["handling_incl_vat"]
    shipped = rules("NP").fees[-1]
    assert (shipped.payment, shipped.fee_vat, shipped.fixed) == (fees.payment, fees.fee_vat, fees.fixed)


def test_commission_is_charged_on_the_price_with_tax():
    """FEE-6 (worgoo.com): given a price with tax inside, when it is settled, then the commission is a share of the whole price."""
    i, expected = example("FEE-6")
    assert settle(i["price_incl_vat"], Terms(fee_rate=i["rate"], tax_rate="0.20")).fees == expected["commission"]


def test_import_tax_rounds_half_up_and_not_to_even():
    """GB-2 (theanswerbank.co.uk): given goods, carriage and duty of 147 at 17.5 %, then the tax is 25.73 and not 25.72."""
    i, expected = example("GB-2")
    terms = Terms(freight=i["carriage"], flat_duty=i["duty"], tax_rate=i["vat"])
    assert levies(i["goods"], terms, rules("GB").rounding[-1]).tax == expected["vat_amount"]


def test_indonesian_levies_go_up_to_the_next_thousand():
    """ID-2 (rbtv.disway.id): given a phone, then duty and tax are whole thousands, the tax on the rounded duty, income tax besides."""
    i, expected = example("ID-2")
    terms = Terms(duty_rate=i["duty_rate"], tax_rate=i["ppn"], levy_rate=i["pph_npwp"])
    charged = levies(i["customs_value_idr"], terms, rules("ID").rounding[-1])
    assert (charged.duty, charged.tax_base, charged.tax) == (expected["duty"], expected["import_value"], expected["ppn"])
    assert charged.duty + charged.tax == expected["duty_plus_ppn"]
    assert charged.levy == expected["pph"]
    assert charged.duty + charged.tax + charged.levy == expected["total_with_pph"]


def test_japanese_tax_falls_on_value_and_duty():
    """JP-2 (slideplayer 9023258): given a sweater of 15,000 and the 8 % of its time, then 1,500 and 1,320 make 17,820."""
    i, expected = example("JP-2")
    charged = levies(i["cif"], Terms(duty_rate=i["duty_rate"], tax_rate=i["ct"]), rules("JP").rounding[-1])
    assert (charged.duty, charged.tax) == (expected["duty"], expected["ct"])
    assert i["cif"] + charged.duty + charged.tax == expected["total"]


def test_taiwanese_tax_is_in_whole_dollars_half_up():
    """TW-1 (formula of Kaohsiung customs): given 3,000 with 5 % of duty, then the tax of 157.5 is 158."""
    i, expected = example("TW-1")
    charged = levies(i["customs_value"], Terms(duty_rate=i["duty_rate"], tax_rate=i["vat"]), rules("TW").rounding[-1])
    assert (charged.duty, charged.tax) == (expected["duty"], expected["business_tax"])


def test_a_discount_comes_off_before_the_tax_on_top():
    """MED-2 (Medusa's tests): given two pieces at 50 less 10, when 10 % is added at checkout, then 9 of tax make 99."""
    i, expected = example("MED-2")
    [[each, pieces, tax]] = i["items"]
    bill = checkout(Decimal(each) * pieces - i["discount"], Terms(tax_rate=tax, tax_shown=TaxShown.ON_TOP), CENT)
    assert bill == (expected["tax"], expected["total"])


def test_the_malaysian_low_value_tax_falls_on_the_goods_alone():
    """MY-1 (inelogi.com): given 480 and shipping of 20, when taxed by the rule that ships, then 548 are paid."""
    i, expected = example("MY-1")
    low_value = rules("MY").vat[-1].low_value
    terms = Terms(tax_rate=low_value.rate, tax_shown=low_value.shown, tax_on_delivery=low_value.on_delivery)
    assert low_value.covers(value_of(low_value.basis, settle(i["price"], terms)))
    assert checkout(i["price"], terms, CENT, delivery=i["shipping"]) == (expected["sales_tax"], expected["buyer_pays"])


def singapore_at_the_border(rate):
    """Singapore for a seller who is not registered: nothing at the sale, relief up to a CIF value of 400, tax on all of it above."""
    day = rules("SG").on(rules("SG").vat[-1].valid_from)
    relief = day.vat.low_value.model_copy(update={"basis": Basis.CONSIGNMENT_CIF, "rate": Decimal(0)})
    return day.model_copy(update={"vat": day.vat.model_copy(update={"low_value": relief, "rate": rate})})


def test_import_relief_looks_at_goods_and_freight_together():
    """SG-1 (IRAS, restated at ehluar.com): given goods of 280 and transport of 25, then the value is 305 and no tax is due."""
    i, expected = example("SG-1")
    day = singapore_at_the_border(Decimal("0.09"))
    made = cheapest_lawful(i["goods"], day, Sale(NO_FEES, i["transport_insurance"], 2))
    value = value_of(Basis.CONSIGNMENT_CIF, made.settlement)
    assert made.regime.low_value
    assert agrees(made)
    assert price_for(i["goods"], made.way.terms) == expected["cif"] <= value <= 400
    assert made.settlement.tax == expected["import_gst"] == expected["point_of_sale_gst"]


@pytest.mark.parametrize(("goods", "taxed"), [("399.99", False), ("400.00", False), ("400.01", True)])
def test_the_relief_of_four_hundred_has_its_boundary_inside(goods, taxed):
    """SG: given values just around 400, then only what is above it is taxed, and by its whole value."""
    day = singapore_at_the_border(Decimal("0.09"))
    made = cheapest_lawful(Decimal(goods), day, Sale(NO_FEES, Decimal(0), 2))
    assert made.regime.low_value is not taxed
    assert (made.settlement.tax > 0) is taxed


def test_above_the_relief_the_whole_value_is_taxed():
    """SG-3 (IRAS consumer page): given a value of 450 at the 7 % of its time, then the tax falls on all of it."""
    i, expected = example("SG-3")
    day = singapore_at_the_border(i["rate"])
    made = cheapest_lawful(i["cif"], day, Sale(NO_FEES, Decimal(0), 2))
    assert not made.regime.low_value
    assert levies(i["cif"], made.way.terms, day.rounding).tax == expected["import_gst"]


@pytest.mark.parametrize("name", of_kind("charm"))
def test_endings_of_others_are_reached_upwards_only(name):
    """CH-2, 4 (VTEX), CH-6, 8 (Huawei): given their endings, then ours is theirs where it goes up; 4.99 for 5.07 is refused."""
    i, expected = example(name)
    ended = round_up(i["price"], ENDINGS[name], digits=2)
    assert ended == (expected["out"] if expected["out"] >= i["price"] else Decimal("5.99"))


@pytest.mark.parametrize("name", of_kind("tiered_ceiling"))
def test_tiered_ceilings_are_bands_of_endings(name):
    """LSEG-1 to 7 (LSEG's rounding policy): given tiers of steps as bands, when a price is rounded up, then it is theirs."""
    i, expected = example(name)
    bands = [EndingBand(below=below, every=step, endings=("0",)) for below, step in CEILINGS[i["currency"]]]
    assert round_up(i["price"], bands, digits=DIGITS[i["currency"]]) == expected["out"]


@pytest.mark.parametrize("name", of_kind("cash_rounding"))
def test_cash_is_rounded_to_five_sen_and_prices_are_not(name):
    """CASH-1, 3, 5 (Bank Negara): given a bill, when it is paid in cash, then it goes to the nearest 0.05; a price never goes down."""
    i, expected = example(name)
    assert Rounding(unit="0.05", mode="half_up").apply(i["bill_total"]) == expected["cash_total"]
    assert round_up(i["bill_total"], rules("MY").endings[-1].bands, digits=2) >= i["bill_total"]


def test_a_printed_tax_on_the_wrong_base_is_not_reproduced():
    """Given a published case that took the tax of a wrong base, when customs' own order is followed, then the right total comes out."""
    wrong = WRONG["ID-sonora"]
    i, expected, printed = (amounts(wrong[part]) for part in ("inputs", "expected", "printed"))
    charged = levies(i["customs_value"], Terms(duty_rate=i["duty_rate"], tax_rate=i["vat"]))
    assert (charged.duty, charged.tax_base, charged.tax) == (expected["duty"], expected["tax_base"], expected["vat"])
    total = i["customs_value"] + charged.duty + charged.tax
    assert total == expected["total"] != printed["total"]
    assert charged.tax != printed["vat"]


def test_a_fee_of_a_hundredth_of_its_percentage_is_not_reproduced():
    """Given a rate printed as 0.0125 % and computed as 1.25 %, when it is settled, then the computed one is right."""
    wrong = WRONG["FEE-percent"]
    price, expected, printed = Decimal(wrong["inputs"]["price"]), amounts(wrong["expected"]), amounts(wrong["printed"])
    assert settle(price, Terms(fee_rate=expected["rate"])).fees == expected["fee"]
    assert settle(price, Terms(fee_rate=printed["rate"])).fees != expected["fee"]


def test_philippine_customs_value_counts_insurance_and_keeps_every_digit():
    """Given goods of 12,000 and freight of 1,000, then insurance is 2 % of the goods and the tax falls on charges and duty too.

    Source: customs.gov.ph/tax-computation; the figures are our own.
    """
    duty = rules("PH").duty[-1]
    terms = Terms(
        freight="1000", duty_rate="0.10", flat_duty=duty.bands[-1].charges(1), insurance=duty.insurance, tax_rate=rules("PH").vat[-1].rate
    )
    charged = levies(Decimal(12_000), terms, CENT)
    assert (charged.customs_value, charged.duty) == (Decimal("13240.00"), Decimal("1324.00"))
    assert charged.tax_base == Decimal("13240") + Decimal("1324") + Decimal("730")
    assert charged.tax == Decimal("1835.28")
