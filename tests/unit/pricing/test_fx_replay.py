"""The replay of real exchange rates: what it counts, and that rates which hover move nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.fx_plot import page, plot
from local.fx_replay import Replay, catalogue, covered, history, market_of, replay, sweeps
from local.fx_shelf import STRICTEST, Shelf
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


def refreshes(rates):
    """The sweeps that a move of the rate caused, and how many prints had to wait."""
    no_weekday = 0
    return sweeps(days(rates), fx_policy(), no_weekday)


@given(st.lists(st.decimals("-0.009", "0.009", places=5), min_size=90, max_size=90))
def test_ninety_days_within_nine_tenths_of_a_percent_reprice_nothing(walk):
    """Given any 90 days that stay within 0.9 % of where prices were made, when they are replayed, then there is no update."""
    times, waited = refreshes([Decimal(1044), *(1044 * (1 + each) for each in walk)])
    assert (len(times), waited) == (1, 0)


@given(st.integers(1, 90), st.decimals("1000", "1100", places=2))
def test_a_square_wave_within_the_dead_band_reprices_at_most_once(length, middle):
    """Given a rate that jumps between 0.49 % below and above, when it is replayed, then prices are made once more at most."""
    wave = [middle * (1 + Decimal("0.0049") * (-1) ** number) for number in range(length)]
    times, _ = refreshes([middle, *wave])
    assert len(times) - 1 <= 1


def test_a_real_move_begins_a_period_and_its_lowest_rate_is_kept():
    """Given a rate that drifts down 1.5 %, when it is replayed, then prices are made again at 1 % and the lowest is remembered."""
    times, _ = refreshes(map(Decimal, ("1000", "995", "990", "992", "985")))
    assert [(each.rate.rate, each.lowest) for each in times] == [(1000, 995), (990, 985)]


def test_a_print_that_waits_prices_nothing():
    """Given a spike of 5 % for one day, when it is replayed, then it waited and no price was made from it."""
    times, waited = refreshes(map(Decimal, ("1000", "1050", "1001")))
    assert ([each.rate.rate for each in times], waited) == ([1000], 1)


def test_a_weekday_sweeps_every_market():
    """Given four weeks in which nothing moves, when replayed, then the first day and each Monday are swept."""
    found, _ = sweeps(days([Decimal(1000)] * 28), fx_policy(), 1)
    assert [each.on.isoweekday() for each in found] == [DAY.isoweekday(), 1, 1, 1, 1]


@pytest.mark.parametrize("code", covered()[:4])
def test_a_shelf_says_what_a_quote_would(code):
    """Given rates in any order, when a shelf is asked, then its prices and floors are a quote's, with fewer questions."""
    market, rules, last = market_of(code), market_rules(code), last_published()
    rates = [each.rate for each in history(market.currency)[1][-80:]]
    for product in catalogue(3):

        def quoted(rate, at, product=product):
            fx = rate.model_copy(update={"as_of": last})
            return quote_product(product, market, rules, fx, policy=STRICTEST, on=last, at=at)

        shelf = Shelf(product, market, rules)
        assert [shelf.price(each.rate) for each in rates] == [quoted(each, {}).amount for each in rates]
        stood = shelf.price(rates[0].rate)
        assert [shelf.keeps_floor(stood, each.rate) for each in rates] == [
            quoted(each, {Decimal(0): stood}).amount == stood for each in rates
        ]
        left = quoted(rates[0], {})
        assert abs(shelf.leaves_krw(stood, rates[0].rate) - left.net_proceeds_krw) <= 1 + 5 * shelf.unit * rates[0].rate
        assert shelf.quotes < 2 * len(rates)


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
    assert page("1,000 products & more", []).count("&amp;") == 1
    row = Replay("SG", "SGD", 1751, 0, Decimal("22.0"), Decimal("9.59"), Decimal("21.0"), 0, 65_660)
    assert plot([row]).count("SG SGD") == 1
    assert "9.59 of 22.0" in plot([row])
    assert page("", [row]).count("<td>9.59</td>") == 1
    assert plot([]).startswith("<svg")
