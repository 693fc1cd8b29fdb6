"""Laws that hold in every market whose rules ship."""

from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.packs import read_pack
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.pricing.dated import DatedRow, check_timeline
from onestop.domain.pricing.endings import round_up
from onestop.domain.pricing.gross_up import EXACT, price_for, settle
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.regimes import PricedRegime, Sale, agrees, ways
from onestop.domain.pricing.solver import Solver, cheapest_lawful
from tests.support.world import CURRENCIES, MARKETS, ON, market, rate, rules

HEADINGS = (None, "420222", "640399", "330499", "490199", "950300", "61091000")

codes = st.sampled_from(MARKETS)
won = st.integers(1_000, 5_000_000).map(Decimal)
headings = st.sampled_from(HEADINGS)


def tables(code):
    """The tables of a market by name."""
    return {name: rows for name, rows in rules(code) if isinstance(rows, tuple) and rows and isinstance(rows[0], DatedRow)}


def changes(code):
    """The first day of every row of a market."""
    return sorted({row.valid_from for rows in tables(code).values() for row in rows})


def day_of_every_table(code):
    """The first day on which every table has a row."""
    return max(rows[0].valid_from for rows in tables(code).values())


def sale(code, freight_krw, hs_code, *, on=ON, buyer_clears=False):
    """How something is sold in a market, with its example fees."""
    day = rules(code).on(on)
    return Sale(day.fees, freight_krw / rate(code).rate, CURRENCIES[code][1], hs_code=hs_code, buyer_clears=buyer_clears)


def product(price, *, former=None, weight=280, hs_code=None, sides=(None, None, None), deltas=(0,)):
    """Anything with these figures."""
    variants = tuple(Variant(sku=f"FA-101-{number}", price_delta_krw=delta) for number, delta in enumerate(deltas))
    length, width, height = sides
    return Product(
        seller_id="demo-seller", sku="FA-101", title="티셔츠", price_krw=price, list_price_krw=former, weight_g=weight, hs_code=hs_code,
        length_mm=length, width_mm=width, height_mm=height, variants=variants,
        cells={"price_krw": "D2", "weight_g": "G2", "hs_code": "H2"},
    )  # fmt: skip


def quote(code, item, *, on=ON, **policy):
    """The quote of a product in a market."""
    return quote_product(item, market(code), rules(code), rate(code, on), policy=PricePolicy(**policy), on=on)


@pytest.mark.parametrize("code", MARKETS)
def test_every_table_of_every_market_follows_day_by_day(code):
    """Given a market's file, when its rows are checked, then none overlap or leave a gap, the last is open, and all say who says so."""
    for name, rows in tables(code).items():
        check_timeline(f"{code}.{name}", rows)
        assert rows[-1].valid_to is None
        assert all(row.source for row in rows)
    assert rules(code).currency == CURRENCIES[code][0]
    assert set(read_pack(f"pricing/{code}.json")["provenance"]) == {"source_title", "source_url", "retrieved_on", "licence"}


@pytest.mark.parametrize("code", MARKETS)
def test_every_market_prices_on_every_day_that_a_rule_changes(code):
    """Given every first day of a row, when a shirt is priced the day before and that day, then there is a price by those rules."""
    first = day_of_every_table(code)
    for change in changes(code):
        for on in (change - timedelta(days=1), change):
            made = quote(code, product(19_900), on=on)
            if on >= first:
                assert made.amount is not None
                assert sum(line.amount for line in made.receipt) == made.amount
                assert {line.rule for line in made.receipt if line.line == "duty"} == {rules(code).on(on).rule_id("duty")}
            else:
                assert [finding.code for finding in made.findings] == ["PRICE_RULE_MISSING"]


@pytest.mark.parametrize("code", MARKETS)
def test_weak_rules_of_every_market_are_told(code):
    """Given rules that nobody confirms, when a shirt is priced, then the quote names them."""
    made = quote(code, product(19_900))
    told = next(finding for finding in made.findings if finding.code == "PRICE_RULE_UNVERIFIED")
    assert all(name in told.message_en for name in rules(code).on(ON).unverified())


@given(codes, won, won, headings, st.booleans())
def test_the_closed_form_is_the_inverse_of_settling_in_every_regime(code, keep_krw, freight_krw, hs_code, buyer_clears):
    """Given any regime of any market, when an amount is grossed up and settled, then the amount is left and the parts are the price."""
    sold = sale(code, freight_krw, hs_code, buyer_clears=buyer_clears)
    with localcontext(EXACT):
        keep = keep_krw / rate(code).rate
        for way in ways(rules(code).on(ON), sold):
            price = price_for(keep, way.terms)
            s = settle(price, way.terms)
            parts = s.tax + s.levy + s.duty + s.flat_duty + s.fees + s.fixed_fee + s.freight + s.net
            assert abs(s.net - keep) <= abs(price) * Decimal("1e-20")
            assert abs(parts - price) <= abs(price) * Decimal("1e-20")


@given(codes, won, st.integers(1_000, 100_000).map(Decimal), headings)
def test_the_price_leaves_enough_on_its_own_side_of_every_threshold(code, keep_krw, freight_krw, hs_code):
    """Given any amount to keep, when priced, then the price lies in the regime it was made for and leaves at least that amount."""
    day, sold = rules(code).on(ON), sale(code, freight_krw, hs_code)
    keep = keep_krw / rate(code).rate
    made = cheapest_lawful(keep, day, sold)
    assert made.settlement.net >= keep * (1 - Decimal("1e-20"))
    assert agrees(made)


def best_net(price, day, sold):
    """The most that a price may leave under a regime that it lies in, or None where it lies in none."""
    priced = (PricedRegime(way=each, exact=price, listed=price, settlement=settle(price, each.terms)) for each in ways(day, sold))
    return max((each.settlement.net for each in priced if agrees(each)), default=None)


@given(codes, won, st.integers(1_000, 100_000).map(Decimal), headings, st.decimals("0.5", "0.9999", places=4))
def test_no_lower_price_would_have_left_more(code, keep_krw, freight_krw, hs_code, part):
    """Given a price near any threshold, when a lower one is settled by the taxes it attracts, then it leaves no more."""
    day, sold = rules(code).on(ON), sale(code, freight_krw, hs_code)
    made = cheapest_lawful(keep_krw / rate(code).rate, day, sold)
    lower = (made.listed * part).quantize(Decimal(1).scaleb(-CURRENCIES[code][1]))
    net = best_net(lower, day, sold) if lower < made.listed else None
    assert net is None or net <= made.settlement.net


@given(codes, won, st.integers(1_000, 100_000).map(Decimal), headings, st.sampled_from([Decimal(0), Decimal("0.9"), Decimal("1.2")]))
def test_what_is_left_out_of_the_search_would_not_have_been_found(code, keep_krw, freight_krw, hs_code, share):
    """Given any amount, when regimes are left out that cannot be cheaper, then the price is that of trying every regime everywhere."""
    keep = keep_krw / rate(code).rate
    solver, at_least = Solver.of(rules(code).on(ON), sale(code, freight_krw, hs_code)), round(keep * share, 2)
    with localcontext(EXACT):
        found, everywhere = solver.cheapest(keep, at_least), solver.searched(keep, at_least, {})
    assert (found.listed, found.settlement, found.regime) == (everywhere.listed, everywhere.settlement, everywhere.regime)


@pytest.mark.parametrize("code", MARKETS)
def test_wanting_more_never_leaves_less_or_costs_less_around_every_threshold(code):
    """Given amounts that step over every threshold, when priced one after the other, then price and net never fall."""
    day, sold = rules(code).on(ON), sale(code, Decimal(9_000), None)
    limits = [t.up_to.amount for t in day.duty.bands if t.up_to] + ([day.vat.low_value.amount] if day.vat.low_value else [])
    for limit in limits or [Decimal(1_000)]:
        made = [cheapest_lawful(limit * step / 100, day, sold) for step in range(40, 130)]
        prices, nets = [each.listed for each in made], [each.settlement.net for each in made]
        assert prices == sorted(prices)
        assert nets == sorted(nets)


@given(codes, st.decimals("0.01", "90000000", places=6))
def test_an_ending_never_lowers_a_price_in_any_market(code, price):
    """Given any price in any market, when it gets its ending, then it is no lower, the same again, and in the listing digits."""
    bands, digits = rules(code).endings[-1].bands, CURRENCIES[code][1]
    ended = round_up(price, bands, digits=digits)
    assert ended >= price
    assert round_up(ended, bands, digits=digits) == ended
    assert -ended.as_tuple().exponent == digits


@given(codes, won, st.integers(1, 30_000), headings, st.sampled_from(["ddp", "dap"]))
def test_a_receipt_adds_up_in_every_market(code, price, weight, hs_code, border):
    """Given any product in any market, when it is priced, then the receipt sums exactly and what is left is what was wanted."""
    made = quote(code, product(price, weight=weight, hs_code=hs_code), border=border)
    assert sum(line.amount for line in made.receipt) == made.amount
    assert made.net_proceeds_krw >= (price / Decimal("1.1")).to_integral_value()


def test_indonesian_levies_in_whole_thousands_do_not_eat_the_proceeds():
    """Given duty and tax that customs rounds up to the next Rp 1,000, when priced, then the price carries both."""
    made = quote("ID", product(15_000, hs_code="950300"))
    duty, vat = (next(line.amount for line in made.receipt if line.line == name) for name in ("duty", "vat"))
    assert duty % 1_000 == vat % 1_000 == 0 < duty


@pytest.mark.parametrize(
    ("hs_code", "label", "told"),
    [("42022290", "25 %", False), ("330499", "15 %", False), ("490199", "0 %", False), ("950300", "7.5 %", True), (None, "7.5 %", True)],
)
def test_duty_follows_the_tariff_heading_and_a_default_is_told(hs_code, label, told):
    """Given Indonesian duty by heading, when goods are priced, then their heading's rate is used, and a default is said."""
    made = quote("ID", product(50_000, hs_code=hs_code))
    assert next(line.label_en for line in made.receipt if line.line == "duty") == f"Customs duty {label}"
    assert [finding.cell for finding in made.findings if finding.code == "PRICE_DUTY_DEFAULT"] == (["H2"] if told else [])


def test_a_light_big_parcel_is_charged_by_its_size():
    """Given 800 g in a box of 40 x 30 x 20 cm, when priced, then freight is that of 4 kg, and 800 g where a side is missing."""
    big, unknown = (quote("SG", product(19_900, weight=800, sides=sides)) for sides in ((400, 300, 200), (400, 300, None)))
    heavy, light = (quote("SG", product(19_900, weight=weight)) for weight in (4_000, 800))
    assert big.receipt == heavy.receipt
    assert unknown.receipt == light.receipt


def test_a_box_too_big_to_ship_is_told_with_the_weight_it_is_charged_as():
    """Given a light box of a cubic metre, when priced, then there is no price and the charged weight is named."""
    made = quote("SG", product(19_900, weight=800, sides=(1_000, 1_000, 1_000)))
    assert [finding.code for finding in made.findings] == ["PRICE_WEIGHT_OUT_OF_BAND"]
    assert "166667" in made.findings[0].message_en


def test_what_customs_collects_is_left_to_the_buyer_only_under_dap():
    """Given Thai duty and tax collected at the border, when the buyer clears, then neither is in the price, and it is said."""
    paid, left = (quote("TH", product(30_000), border=border) for border in ("ddp", "dap"))
    assert left.amount < paid.amount
    lines = {line.line: line for line in left.receipt}
    assert lines["duty"].amount == lines["vat"].amount == 0
    assert lines["duty"].label_en.endswith("(the buyer pays it on delivery)")
    assert lines["vat"].label_en == "Local sales tax 7 % (the buyer pays it on delivery)"


def test_what_the_marketplace_collects_is_in_the_price_either_way():
    """Given Singapore's low-value tax, when the buyer clears the border, then the price is the same."""
    paid, left = (quote("SG", product(30_000), border=border) for border in ("ddp", "dap"))
    assert paid.amount == left.amount


@pytest.mark.parametrize(
    ("code", "price", "before", "after", "name"),
    [
        ("ES", 30_000, date(2026, 6, 30), date(2026, 7, 1), "customs_charges"),
        ("FR", 30_000, date(2026, 2, 28), date(2026, 3, 1), "customs_charges"),
        ("TH", 30_000, date(2025, 12, 31), date(2026, 1, 1), "duty"),
        ("US", 30_000, date(2025, 8, 28), date(2025, 8, 29), "duty"),
        ("BR", 30_000, date(2026, 5, 13), date(2026, 5, 12), "duty"),
        ("PK", 15_000, date(2025, 6, 30), date(2025, 7, 1), "duty"),
        ("LK", 15_000, date(2025, 4, 30), date(2025, 5, 1), "duty"),
        ("AE", 150_000, date(2023, 3, 1), date(2023, 2, 28), "duty"),
        ("JP", 30_000, date(2028, 3, 31), date(2028, 4, 1), "vat"),
    ],
)  # fmt: skip
def test_a_change_of_the_law_begins_on_its_day(code, price, before, after, name):
    """Given a charge that exists on one side of a date, when priced on both, then only that side has it, and the price follows."""
    free, charged = (quote(code, product(price, weight=90), on=on) for on in (before, after))
    amounts = [sum(line.amount for line in made.receipt if line.line == name) for made in (free, charged)]
    assert amounts[0] == 0 < amounts[1]
    assert free.amount < charged.amount


def test_european_duty_is_three_euro_and_enters_the_tax():
    """Given EUR 3 for a tariff code, when Spain prices a shirt, then it stands alone in the receipt and 21 % fall on it too."""
    made = quote("ES", product(30_000))
    lines = {line.line: line.amount for line in made.receipt}
    assert lines["customs_charges"] == 3
    assert lines["duty"] == 0
    assert abs(lines["vat"] - made.amount * Decimal("0.21") / Decimal("1.21")) <= Decimal("0.01")


def test_the_unions_handling_fee_is_counted_from_its_day_and_told_as_unconfirmed():
    """Given EUR 2 more for a tariff code from 2026-11-01, when Spain prices a shirt on both days, then it is in the duty, and the row is named."""
    before, after = (quote("ES", product(20_000), on=date(2026, *day)) for day in ((10, 31), (11, 1)))
    flat = [next(line.amount for line in one.receipt if line.line == "customs_charges") for one in (before, after)]
    assert (flat, after.amount > before.amount) == ([Decimal(3), Decimal(5)], True)
    assert any("ES.duty@2026-11-01" in finding.message_en for finding in after.findings)


@pytest.mark.parametrize("code", MARKETS)
def test_every_market_says_which_prices_need_no_second_look(code):
    """Given a market's file, when its bounds are read, then they hold an ordinary price, follow day by day, and say who says so."""
    bounds = rules(code).bounds_on(ON)
    assert bounds.lowest < bounds.highest
    assert bounds.source
    assert code == "ID" or bounds.lowest < quote(code, product(30_000)).amount < bounds.highest


def test_nepal_is_priced_with_its_importers_share_in_it():
    """Given an importer of record who takes 37 % with all duty and tax, when priced, then fees are 51.6 % of the price."""
    made = quote("NP", product(30_000))
    lines = {line.line: line.amount for line in made.receipt}
    fees = sum(lines[name] for name in ("commission", "payment_fee", "other_fees", "fee_vat"))
    assert (fees / made.amount).quantize(Decimal("0.01")) == Decimal("0.52")
    assert lines["duty"] == lines["vat"] == 0


@given(codes, won, won, st.lists(st.integers(0, 50_000), min_size=2, max_size=4))
def test_a_former_price_and_options_keep_their_order(code, price, more, deltas):
    """Given a list price and options, when priced, then the struck-out price is above the price or absent, and options keep their order."""
    made = quote(code, product(price, former=price + more, deltas=deltas))
    assert made.compare_at is None or made.compare_at > made.amount
    assert (made.compare_at is None) or code not in {"ES", "PT", "FR", "DE"}
    amounts = [amount for _, amount in sorted(zip(deltas, made.variant_amounts.values(), strict=True))]
    assert amounts == sorted(amounts)
    former = made.variant_compare_at
    assert all(former[sku] > made.variant_amounts[sku] for sku in former)
    ranked = [former[sku] for _, sku in sorted(zip(deltas, made.variant_amounts, strict=True)) if sku in former]
    assert ranked == sorted(ranked)


def test_a_former_price_is_worth_what_it_was_at_home():
    """Given a list price twice the price, when Singapore prices both, then it stands struck out; in Spain it does not."""
    assert quote("SG", product(20_000, former=40_000)).compare_at == quote("SG", product(40_000)).amount
    assert quote("ES", product(20_000, former=40_000)).compare_at is None


packs = st.lists(st.tuples(st.integers(1, 24).map(Decimal), st.integers(0, 90_000)), min_size=2, max_size=5, unique_by=lambda pack: pack[0])


@given(codes, won, packs)
def test_a_bigger_pack_is_no_dearer_by_the_piece_where_it_was_not_at_home(code, price, sizes):
    """Given packs of several sizes, when priced, then what was no dearer by the piece at home is not abroad, and order and floor hold."""
    variants = tuple(Variant(sku=str(pack), pack=pack, price_delta_krw=delta) for pack, delta in sizes)
    item = product(price).model_copy(update={"variants": variants})
    made = quote(code, item)
    sums = [(pack, price + delta, made.variant_amounts[str(pack)]) for pack, delta in sizes]
    for small, small_home, small_amount in sums:
        for big, big_home, big_amount in sums:
            if big > small and big_home * small <= small_home * big:
                assert big_amount * small <= small_amount * big
            assert small_home <= big_home or small_amount >= big_amount
    assert sum(line.amount for line in made.receipt) == made.amount


def test_an_ending_that_turns_packs_around_raises_the_smaller_one():
    """Given one piece and two at exactly twice the price, when their endings would make two dearer by the piece, then one is raised."""
    raised = 0
    for price in range(100_000, 140_000, 2_500):
        one = product(price, weight=50)
        two = Variant(sku="2", pack=Decimal(2), price_delta_krw=price)
        made = quote("PH", one.model_copy(update={"variants": (Variant(sku="1", pack=Decimal(1)), two)}))
        assert made.variant_amounts["2"] <= 2 * made.variant_amounts["1"]
        assert made.amount == made.variant_amounts["1"] == sum(line.amount for line in made.receipt)
        raised += made.amount > quote("PH", one).amount
    assert raised
