"""Prices stand still unless they must move, and never leave less than the floor."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, market_rules
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.pricing.calm import Asked, Why, calm_quote
from onestop.domain.pricing.history import Amounts, PriceChange, PriceHistory, amounts_of
from onestop.domain.pricing.orders import Freeze, PriceMode, PriceOrder, order_for, order_of
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.text.edit import Edit

ON = date(2026, 10, 30)
AT = datetime(2026, 10, 30, tzinfo=UTC)
KRW = {"SG": Decimal("1044.5"), "MY": Decimal("329.13"), "PH": Decimal("20.97"), "TH": Decimal("39.587"), "VN": Decimal("0.05075")}
FOLLOW, PIN = PriceOrder(), PriceOrder(mode="pinned")

codes = st.sampled_from(sorted(KRW))
won = st.integers(3_000, 900_000).map(Decimal)


def product(price=19_900, *, cost=8_200, weight=280, deltas=(0, 3_000)):
    """A shirt in two sizes."""
    variants = tuple(Variant(sku=f"A-{n}", price_delta_krw=delta) for n, delta in enumerate(deltas))
    return Product(seller_id="demo", sku="A", title="티셔츠", price_krw=price, cost_krw=cost, weight_g=weight, variants=variants)


class Shelf:
    """One listing through the days: what stands, and how often it changed."""

    def __init__(self, code, item, policy=None):
        self.code, self.item, self.quote, self.updates, self.why = code, item, None, 0, None
        self.policy, self.calm = policy or PricePolicy(), calm_policy()

    def asked(self, rate, on=ON, item=None):
        """The question for a quote at a rate."""
        market = markets().get(self.code)
        used = FxRate(base=market.currency, quote="KRW", rate=rate, source="ECB", as_of=on)
        thing = item or self.item
        return Asked(
            thing, lambda fx, at: quote_product(thing, market, market_rules(self.code), fx, policy=self.policy, on=on, at=at), used
        )

    def live(self, rate, order=FOLLOW, *, item=None, **calm):
        """One pricing at a rate."""
        before = amounts_of(self.quote)
        self.quote, self.why, _ = calm_quote(self.asked(rate, item=item), self.quote, order, self.calm, **calm)
        self.updates += before is not None and amounts_of(self.quote) != before
        return self.quote


@settings(max_examples=30)
@given(codes, won, st.integers(0, 2**32))
def test_a_rate_that_wanders_by_nine_tenths_of_a_percent_changes_no_price(code, price, seed):
    """Given 90 days of a random walk within +-0.9 %, when each day is priced, then nothing is updated, not in one byte."""
    shelf, walk, at = Shelf(code, product(price, cost=None)), random.Random(seed), 0
    first = shelf.live(KRW[code])
    for _ in range(90):
        at = max(-9, min(9, at + walk.choice((-3, -2, -1, 1, 2, 3))))
        assert shelf.live(KRW[code] * (1 + Decimal(at) / 1000)) == first


@given(codes, won, st.integers(-300, 300), st.integers(0, 195), st.booleans())
def test_a_square_wave_changes_a_price_at_most_once(code, price, offset, swing, begins_high):
    """Given a rate that jumps to and fro by up to the band, wherever endings lie, when it has done so 20 times, then there is one update."""
    shelf = Shelf(code, product(price, cost=None))
    low = KRW[code] * (1 + Decimal(offset) / 10_000)
    high = low / (1 - Decimal(swing) / 10_000)
    for turn in range(20):
        shelf.live(high if (turn % 2 == 0) == begins_high else low)
    assert shelf.updates <= 1


def test_a_square_wave_right_around_an_ending_would_flip_without_the_band():
    """Given a wave of 1.6 % around the rate at which an ending is crossed, then fresh prices differ each time and the listed one moves once."""
    shelf, item = Shelf("SG", product(19_900, deltas=(0,))), product(19_900, deltas=(0,))
    rates = [Decimal(1000 + n) for n in range(120)]
    fresh = [Shelf("SG", item).live(rate).amount for rate in rates]
    crossing = next(rate for rate, one, two in zip(rates[40:], fresh[40:], fresh[41:], strict=False) if one != two)
    wave = [crossing * Decimal("0.992"), crossing * Decimal("1.008")]
    assert len({Shelf("SG", item).live(rate).amount for rate in wave}) == 2
    for _ in range(20):
        for rate in wave:
            shelf.live(rate)
    assert shelf.updates <= 1


@given(codes, won, st.integers(20, 80), st.lists(st.integers(-60, 60), min_size=1, max_size=12), st.booleans())
def test_no_listed_price_leaves_less_than_the_floor(code, price, share, moves, frozen):
    """Given any rates, frozen or changed too often, when a price is listed, then at today's rate it leaves at least the floor."""
    item = product(price, cost=price * share / 100, deltas=(0,))
    shelf = Shelf(code, item, PricePolicy(min_margin_pct="10"))
    rate = KRW[code]
    for move in moves:
        rate *= 1 + Decimal(move) / 1000
        listed = shelf.live(rate, frozen=frozen, changes_in_week=int(frozen))
        if listed.amount is not None:
            assert shelf.asked(rate).standing_at(amounts_of(listed)).amount == listed.amount


def test_a_price_that_the_weekly_limit_holds_leaves_the_floor_until_the_next_look():
    """Given a yen that falls 2 % the day after a change and then creeps down, as in March 2022, when priced, then the floor holds all along."""
    item = product(40_000, cost=38_000, deltas=(0,))
    policy = PricePolicy(price_mode="margin", margin_pct=5, min_margin_pct=5)
    for start in (Decimal(1040) + step * Decimal("2.5") for step in range(40)):
        shelf = Shelf("SG", item, policy)
        shelf.live(start)
        listed = shelf.live(start * Decimal("0.981"), changes_in_week=1)
        assert shelf.asked(start * Decimal("0.981") * Decimal("0.9901")).standing_at(amounts_of(listed)).amount is not None
    held = Shelf("SG", item, policy)
    stood = held.live(Decimal(1040))
    assert held.live(Decimal(1075), changes_in_week=1) == stood


def test_a_price_goes_up_at_once_and_down_only_when_it_is_clearly_lower():
    """Given a rate that falls and rises again by 1.5 %, when priced, then the higher price stands, for the seller never pays for calm."""
    shelf = Shelf("TH", product(deltas=(0,)))
    start = shelf.live(Decimal("40")).amount
    up = shelf.live(Decimal("39.2")).amount
    assert up >= start
    assert shelf.live(Decimal("39.8")).amount == up
    assert shelf.live(Decimal("42")).amount < up


def test_what_the_seller_or_a_rule_changes_is_priced_at_once():
    """Given a standing price, when the seller's own price changes, then no band, freeze or limit holds the new one back."""
    shelf = Shelf("SG", product(19_900))
    shelf.live(KRW["SG"])
    dearer = product(20_900)
    assert shelf.live(KRW["SG"], item=dearer, frozen=True, changes_in_week=9) == Shelf("SG", dearer).live(KRW["SG"])


def test_a_list_price_comes_and_goes_at_once_and_moves_no_price():
    """Given a price that stands, when a list price is given, then changed to nothing, then it stands beside the price, then no more."""
    shelf, plain = Shelf("SG", product()), product()
    stood = shelf.live(KRW["SG"])
    beside = shelf.live(KRW["SG"], item=plain.model_copy(update={"list_price_krw": Decimal(40_000)}))
    assert (amounts_of(beside), beside.compare_at > beside.amount) == (amounts_of(stood), True)
    assert shelf.live(KRW["SG"], item=plain) == stood


@pytest.mark.parametrize(("held", "why"), [({"frozen": True}, Why.FROZEN), ({"changes_in_week": 1}, Why.OFTEN)])
def test_a_freeze_and_the_weekly_limit_hold_a_price(held, why):
    """Given a rate that moved 10 %, when a freeze holds or the week's change is spent, then the price stands; afterwards it moves."""
    shelf = Shelf("SG", product())
    stood = shelf.live(KRW["SG"])
    assert shelf.live(KRW["SG"] * Decimal("1.1"), **held) == stood
    assert shelf.why is why
    assert shelf.live(KRW["SG"] * Decimal("1.1")).amount < stood.amount


def test_a_freeze_gives_way_to_the_floor():
    """Given a freeze and a won that falls by a third, when the price would leave less than the floor, then it rises all the same."""
    shelf = Shelf("SG", product(cost=16_000), PricePolicy(min_margin_pct="5"))
    stood = shelf.live(KRW["SG"])
    moved = shelf.live(KRW["SG"] * Decimal("0.65"), frozen=True, changes_in_week=5)
    assert moved.amount > stood.amount


def test_a_pinned_price_stands_whatever_the_rate_does():
    """Given a pinned price, when the rate moves by 8 % either way, then not a byte changes."""
    shelf = Shelf("SG", product())
    stood = shelf.live(KRW["SG"])
    for factor in ("1.08", "0.93", "1"):
        assert shelf.live(KRW["SG"] * Decimal(factor), PIN) == stood


def test_a_fixed_price_is_taken_as_it_is_and_explained():
    """Given a fixed price, when quoted, then it is the price, options keep their distance, the receipt adds up, and the floor holds."""
    shelf = Shelf("SG", product())
    computed = Shelf("SG", product()).live(KRW["SG"])
    fixed = shelf.live(KRW["SG"], order_of("31.5"))
    assert (fixed.amount, str(fixed.amount)) == (Decimal("31.50"), "31.50")
    assert fixed.variant_amounts["A-1"] - fixed.variant_amounts["A-0"] == computed.variant_amounts["A-1"] - computed.amount
    assert sum(line.amount for line in fixed.receipt) == fixed.amount
    assert fixed.receipt[-1].rule == "set"
    assert shelf.live(KRW["SG"] * Decimal("1.03"), order_of("31.5")) == fixed
    assert shelf.live(KRW["SG"], order_of("3")).amount is None


def test_orders_say_what_they_mean():
    """Given settings and rows, when asked, then the row wins, the closer name wins, and a later row ends an undoing."""

    def row(value, at=AT):
        return Edit(sku="A", scope="SG", field="price", value=value, updated_at=at)

    settings = {"*": {"*": "pin"}, "A": {"SG": "12.90"}}
    assert order_for("A", "SG", settings=settings).amount == Decimal("12.90")
    assert order_for("A", "TH", settings=settings).mode is PriceMode.PINNED
    assert order_for("A", "SG", settings=settings, edits=[row("9.90")]).amount == Decimal("9.90")
    assert order_for("A", "SG", settings=settings, edits=[row("")]).amount == Decimal("12.90")
    assert order_for("A", "SG", settings={}, edits=[row("9.90")], pinned_at=AT) == PIN
    assert order_for("A", "SG", settings={}, edits=[row("", AT + timedelta(days=1))], pinned_at=AT) == FOLLOW


@pytest.mark.parametrize("text", ["cheap", "-1", "0", "NaN", "Infinity", "1e13", "12.90 SGD"])
def test_what_is_no_price_is_refused(text):
    """Given a text that is no order, when settings hold it, then they are invalid."""
    with pytest.raises(ValidationError):
        SellerSettings(prices={"A": {"SG": text}})


def test_a_freeze_that_ends_before_it_begins_is_refused():
    """Given days in the wrong order, when read, then it is an error."""
    with pytest.raises(ValidationError):
        Freeze(market="SG", first="2026-11-12", last="2026-11-09")


def test_a_history_counts_a_week_and_takes_a_change_back_once():
    """Given changes, when asked, then seven days count, a repeated cause counts once, and only the last change can be taken back, once."""

    def change(cause, days):
        return PriceChange(cause=cause, on=ON - timedelta(days=days), before=Amounts(amount=f"1{days}.90"))

    history = PriceHistory().with_change(change("old", 7)).with_change(change("fx", 2)).with_change(change("fx", 1))
    assert (history.changes_in_week(ON, besides=""), history.changes_in_week(ON, besides="fx")) == (1, 0)
    assert history.undo_of("old") is None
    last = history.undo_of("fx")
    assert last == history.undo_of(None)
    assert last.before.amount == Decimal("12.90")
    assert history.after_undoing(last, AT).undo_of(None) is None
