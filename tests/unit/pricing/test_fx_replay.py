"""The replay of real exchange rates: what it counts, and that rates which hover move nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.fx_plot import plot
from local.fx_replay import STRICTEST, Curve, Replay, catalogue, covered, market_of, periods, prints, replay
from onestop.adapters.price_rules import fx_policy, market_rules
from onestop.adapters.rates.embedded import last_published
from onestop.domain.pricing.fx import Observation
from onestop.domain.pricing.quoting import quote_product

DAY = date(2026, 1, 1)


def days(rates):
    """One print a day."""
    return [
        Observation(base="SGD", quote="KRW", rate=rate, source="ECB via EUR", as_of=DAY + timedelta(days=number))
        for number, rate in enumerate(rates)
    ]


@given(st.lists(st.decimals("-0.009", "0.009", places=5), min_size=90, max_size=90))
def test_ninety_days_within_nine_tenths_of_a_percent_reprice_nothing(walk):
    """Given any 90 days that stay within 0.9 % of where prices were made, when they are replayed, then there is no update."""
    times, waited = periods(days([Decimal(1044), *(1044 * (1 + each) for each in walk)]), fx_policy())
    assert (len(times), waited) == (1, 0)


@given(st.integers(1, 90), st.decimals("1000", "1100", places=2))
def test_a_square_wave_within_the_dead_band_reprices_at_most_once(length, middle):
    """Given a rate that jumps between 0.49 % below and above, when it is replayed, then prices are made once more at most."""
    wave = [middle * (1 + Decimal("0.0049") * (-1) ** number) for number in range(length)]
    times, _ = periods(days([middle, *wave]), fx_policy())
    assert len(times) - 1 <= 1


def test_a_real_move_begins_a_period_and_its_lowest_rate_is_kept():
    """Given a rate that drifts down 1.5 %, when it is replayed, then prices are made again at 1 % and the lowest is remembered."""
    times, _ = periods(days(map(Decimal, ("1000", "995", "990", "992", "985"))), fx_policy())
    assert [(each.rate, each.lowest) for each in times] == [(1000, 995), (990, 985)]


def test_a_print_that_waits_prices_nothing():
    """Given a spike of 5 % for one day, when it is replayed, then it waited and no price was made from it."""
    times, waited = periods(days(map(Decimal, ("1000", "1050", "1001"))), fx_policy())
    assert ([each.rate for each in times], waited) == ([1000], 1)


@pytest.mark.parametrize("code", covered()[:4])
def test_the_curve_gives_what_a_quote_would(code):
    """Given rates in any order, when a curve is asked, then it gives the very price of a quote, with fewer quotes."""
    market, rules, last = market_of(code), market_rules(code), last_published()
    published = prints(market.currency, last - timedelta(days=120), last)
    for product in catalogue(3):

        def ask(rate, product=product):
            fx = published[-1].model_copy(update={"rate": rate})
            return quote_product(product, market, rules, fx, policy=STRICTEST, on=last).amount, Decimal(0)

        curve = Curve(ask)
        assert [curve.at(each.rate) for each in published] == [ask(each.rate) for each in published]
        assert curve.quotes < len(published)


def test_the_same_products_every_time():
    """Given the made-up catalogue, when it is made twice, then it is the same, and each product can be sent and costs less than it brings."""
    assert catalogue(50) == catalogue(50)
    assert all(0 < p.cost_krw < p.price_krw and 50 <= p.weight_g < 3000 for p in catalogue(1000))


def test_a_replay_is_the_same_however_many_work_at_it():
    """Given a few products in two markets, when they are replayed by one and by two processes, then the figures are the same and no floor breaks."""
    alone, together = (replay(covered()[:2], 6, processes=number) for number in (1, 2))
    assert alone == together
    assert [each.floors_broken for each in alone] == [0, 0]
    assert all(0 < each.changes_per_listing_per_year <= each.repricings_per_year for each in alone)


def test_the_plot_is_one_picture_with_a_row_for_each_market():
    """Given results, when they are plotted, then each market stands there with its figures."""
    row = Replay("SG", "SGD", 1751, 0, Decimal("22.0"), Decimal("9.59"), Decimal("21.0"), 0, 65_660)
    assert plot([row]).count("SG SGD") == 1
    assert "9.59 of 22.0" in plot([row])
    assert plot([]).startswith("<svg")
