"""A price that looks wrong waits: what stands goes on, a first one is not listed, and a person's word frees it until it ends."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, market_rules, sanity_policy
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.findings import State
from onestop.domain.pricing.calm import Asked, calm_quote
from onestop.domain.pricing.history import amounts_of
from onestop.domain.pricing.orders import Acceptance, PriceOrder, acceptance_of, acceptances_for, order_of
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.sanity import WAITING, Scales, settled, waits, weighed
from onestop.domain.text.edit import Edit

ON = date(2026, 10, 30)
RATE = FxRate(base="SGD", quote="KRW", rate="1044.5", source="ECB", as_of=ON)
FOLLOW = PriceOrder()
POLICY = sanity_policy()
won = st.integers(3_000, 900_000).map(Decimal)


def product(price=19_900, *, former=None, cost=None, deltas=(0, 3_000)):
    """A shirt in two sizes."""
    variants = tuple(Variant(sku=f"A-{n}", price_delta_krw=delta) for n, delta in enumerate(deltas))
    cells = {"price_krw": "C2", "list_price_krw": "D2"}
    return Product(
        seller_id="demo", sku="A", title="티셔츠", price_krw=price, list_price_krw=former, cost_krw=cost, weight_g=280,
        variants=variants, cells=cells,
    )  # fmt: skip


def computed(item, rate=RATE):
    """The price by today's rules."""
    return quote_product(item, markets().get("SG"), market_rules("SG"), rate, policy=PricePolicy(), on=ON)


def live(item, standing=None, order=FOLLOW, *, accepted=(), sisters_krw=(), on=ON):
    """One pricing of one listing: what is listed afterwards."""
    asked = Asked(
        item, lambda fx, at: quote_product(item, markets().get("SG"), market_rules("SG"), fx, policy=PricePolicy(), on=ON, at=at), RATE
    )
    calm = calm_quote(asked, settled(standing), order, calm_policy())
    scales = Scales(
        item, order, calm.computed, lambda: sisters_krw, lambda: market_rules("SG").bounds_on(on), tuple(accepted), POLICY, on
    )  # fmt: skip
    return weighed(calm.quote, settled(standing), scales)


def told(quote):
    """The codes of what waits."""
    return [finding.code for finding in quote.findings if finding.code in WAITING]


@pytest.mark.parametrize(
    ("set_to", "codes", "state"),
    [
        ("31.50", [], State.READY), ("19900", ["PRICE_SET_IN_WON", "PRICE_OUT_OF_RANGE"], State.BLOCKED),
        ("299", ["PRICE_SET_FAR_OFF"], State.NEEDS_REVIEW), ("31.505", ["PRICE_SET_DECIMALS"], State.BLOCKED),
    ],
)  # fmt: skip
def test_a_first_price_that_is_a_slip_is_not_listed(set_to, codes, state):
    """Given a fixed price in won, with a digit too many, or with too many decimals, when quoted twice, then it is told and not listed."""
    order = order_of(set_to).model_copy(update={"cell": "D7"})
    first = live(product(), None, order)

    assert told(first) == codes
    assert first.state is state
    assert (first.amount is None, first.variant_amounts == {}) == (bool(codes), bool(codes))
    assert {(one.field, one.cell) for one in first.findings if one.code in WAITING} == ({("price", "D7")} if codes else set())
    assert live(product(), first, order) == first


@pytest.mark.parametrize("set_to", ["19900", "299", "31.505"])
def test_a_bad_new_price_leaves_the_standing_one_listed(set_to):
    """Given a price that stands, when a slip is ordered, twice, then what stands is listed as before, and says what waits."""
    stands = live(product())
    held = live(product(), stands, order_of(set_to))

    assert amounts_of(held) == amounts_of(stands)
    assert settled(held) == stands
    assert waits(held)
    assert live(product(), held, order_of(set_to)) == held
    assert live(product(), held) == stands


@pytest.mark.parametrize(
    ("before", "price", "is_held"), [(19_900, 36_500, False), (19_900, 60_000, True), (150_000, 9_000, True), (150_000, 60_000, False)]
)
def test_a_jump_of_eighty_percent_waits(before, price, is_held):
    """Given a seller's new price, when the listed one would move by 80 % or more either way, then it waits; below that it is listed."""
    stands = live(product(before, deltas=(0,)))
    fresh = computed(product(price, deltas=(0,)))
    held = live(product(price, deltas=(0,)), stands)

    assert (abs(fresh.amount / stands.amount - 1) >= Decimal("0.8")) == is_held
    assert (held.amount == stands.amount, told(held)) == ((True, ["PRICE_JUMP"]) if is_held else (False, []))
    if is_held:
        finding = held.findings[-1]
        assert (finding.field, finding.cell, held.state) == ("price_krw", "C2", State.NEEDS_REVIEW)
        row = f"sku A, market SG, field price_accepted, value {fresh.amount}"
        assert row in finding.fix_en
        assert str(fresh.amount) in finding.fix


def test_an_option_alone_that_jumps_is_told_with_its_own_price():
    """Given one option whose surcharge gets a zero too many, when quoted, then all prices wait, and the finding names that one."""
    stands = live(product())
    fresh = computed(product(deltas=(0, 300_000)))
    held = live(product(deltas=(0, 300_000)), stands)

    assert held.variant_amounts == stands.variant_amounts
    assert f"value {fresh.variant_amounts['A-1']} " in held.findings[-1].fix_en


@pytest.mark.parametrize(
    ("sisters_krw", "is_held"), [([], False), ([30_000], False), ([90_000], True), ([30_000, 90_000], False), ([9_000, 90_000], True)]
)
def test_sister_sites_accuse_a_price_by_majority(sisters_krw, is_held):
    """Given the same product's prices elsewhere, when more than half of them are twice or half as much, then a first price waits."""
    quote = live(product(deltas=(0,)), sisters_krw=tuple(map(Decimal, sisters_krw)))
    assert told(quote) == (["PRICE_SISTERS_APART"] if is_held else [])
    assert (quote.amount is None) == is_held


def test_a_promotion_below_a_fifth_of_the_list_price_waits():
    """Given a list price of ten times the price, when quoted, then it waits, naming the list price's cell; at twice it is listed beside it."""
    deep = live(product(20_000, former=900_000))
    assert (told(deep), deep.amount, deep.compare_at) == (["PRICE_PROMO_DEEP"], None, None)
    assert deep.findings[-1].cell == "D2"
    fine = live(product(20_000, former=40_000))
    assert (told(fine), fine.compare_at) == ([], computed(product(40_000)).amount)


def test_what_a_market_does_not_expect_waits():
    """Given a price over the market's most, when quoted first, then it waits; its bounds come from the market's own dated data."""
    quote = live(product(3_000_000, deltas=(0,)))
    bounds = market_rules("SG").bounds_on(ON)
    assert (told(quote), quote.amount) == (["PRICE_OUT_OF_RANGE"], None)
    assert str(bounds.highest) in quote.findings[-1].message_en
    assert (bounds.source != "", bounds.grade) == (True, "U")


def test_a_word_frees_a_price_until_its_day_and_what_it_freed_stays():
    """Given a price that waits, when a person accepts it, then it is listed that day; a word that ran out frees nothing, and takes nothing back."""
    stands = live(product())
    dear = product(60_000)
    fresh = computed(dear)
    held = live(dear, stands)
    word = acceptance_of(f"{fresh.amount}~{fresh.variant_amounts['A-1']}", until=ON)

    assert live(dear, held, accepted=[word], on=ON + timedelta(days=1)) == held
    freed = live(dear, held, accepted=[word])
    assert freed == fresh
    assert live(dear, freed, on=ON + timedelta(days=90)) == freed
    assert live(dear, held, accepted=[acceptance_of(str(fresh.amount), until=ON)]) == held  # the dearer option was not named


def test_no_word_frees_the_figure_in_won():
    """Given a word for a price that is the figure in won, when quoted, then it waits all the same: that is an error and no doubt."""
    word = Acceptance(low=1, high=100_000, until=ON)
    assert told(live(product(), None, order_of("19900"), accepted=[word])) == ["PRICE_SET_IN_WON"]


@settings(max_examples=60)
@given(won, won, st.booleans())
def test_no_price_is_ever_listed_that_is_odd_and_nobody_accepted(before, after, is_set):
    """Given any two prices, computed or set, when the second comes, twice, then it is listed only within 80 %, within bounds, and undoubted."""
    stands = live(product(before, deltas=(0,)))
    order = order_of(f"{after / 1000:.2f}") if is_set else FOLLOW
    item = product(before if is_set else after, deltas=(0,))
    listed = live(item, stands, order)

    assert live(item, listed, order) == listed
    if listed.amount is None:
        assert stands.amount is None or not waits(listed)
        return
    assert (settled(listed) == stands) or not waits(listed)
    if stands.amount is not None and not waits(listed):
        assert abs(listed.amount / stands.amount - 1) < POLICY.jump
    bounds = market_rules("SG").bounds_on(ON)
    assert bounds.lowest <= listed.amount <= bounds.highest


@given(st.sampled_from(["SG", "MY", "PH", "TH", "VN"]), won, st.integers(50, 3_000))
@settings(max_examples=60)
def test_computed_prices_of_the_open_markets_do_not_accuse_each_other(code, price, weight):
    """Given any product, when it is priced in each open market by the same rules, then no market's price is apart from the others'."""
    krw = {"SG": "1044.5", "MY": "329.13", "PH": "20.97", "TH": "39.587", "VN": "0.05075"}
    item = product(price, deltas=(0,)).model_copy(update={"weight_g": weight})
    worth = {}
    for name, rate in krw.items():
        market = markets().get(name)
        fx = FxRate(base=market.currency, quote="KRW", rate=rate, source="ECB", as_of=ON)
        worth[name] = quote_product(item, market, market_rules(name), fx, policy=PricePolicy(), on=ON).amount * fx.rate
    own = worth.pop(code)
    apart = [krw for krw in worth.values() if not POLICY.sisters_low <= own / krw <= POLICY.sisters_high]
    assert 2 * len(apart) <= len(worth)


def test_words_come_from_rows_and_settings():
    """Given rows and settings, when asked, then a row holds for the policy's days from its arrival unless it names one; taken back, it is gone."""
    at = datetime(2026, 10, 1, tzinfo=UTC)

    def row(value, scope="SG"):
        return Edit(sku="A", scope=scope, field="price_accepted", value=value, updated_at=at)

    assert [one.until for one in acceptances_for("A", "SG", settings={}, edits=[row("12.90")], days=30)] == [date(2026, 10, 31)]
    assert acceptances_for("A", "SG", settings={}, edits=[row("")], days=30) == ()
    assert acceptances_for("A", "SG", settings={}, edits=[row("12.90", "TH")], days=30) == ()
    (word,) = acceptances_for("A", "SG", settings={"A": {"SG": "10-15 2026-12-31"}}, days=30)
    assert (word.covers(Decimal("12.90"), date(2026, 12, 31)), word.covers(Decimal("12.90"), date(2027, 1, 1))) == (True, False)


@pytest.mark.parametrize(
    "accepted", [{"A": {"SG": "12.90"}}, {"*": {"SG": "9 2026-12-31"}}, {"A": {"SG": "15~10 2026-12-31"}}, {"A": {"SG": "?"}}]
)
def test_settings_that_accept_without_end_or_everything_are_refused(accepted):
    """Given a word without a last day, for every product, or for an empty range, when read from settings, then they are invalid."""
    with pytest.raises(ValidationError):
        SellerSettings(prices_accepted=accepted)
