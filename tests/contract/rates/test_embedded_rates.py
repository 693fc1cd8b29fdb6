"""The ECB's history as it ships: last known, never interpolated, and real events through the guard."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.rates.embedded import EmbeddedRates, last_published
from onestop.domain.pricing.fx import moved
from onestop.domain.pricing.guard import DecisionKind, judge


def rate(currency, on):
    """The one print of a currency."""
    (observation,) = rate_source("embedded").observations((currency,), on)
    return observation


def replay(currency, first, last):
    """Every publication between two days, judged one after the other: day -> decision."""
    decisions, in_force = {}, None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        decision = judge(rate(currency, day), in_force, fx_policy(), on=day)
        in_force = decision.in_force
        if decision.kind is not DecisionKind.DUPLICATE:
            decisions[day] = decision
    return decisions


def test_a_weekend_uses_the_last_publication_and_knows_nothing_of_the_next():
    """Given Saturday 2026-10-24, when won are changed to baht, then Friday's 254.7860 per 10,000 holds, not 254.8835."""
    observation = rate("THB", date(2026, 10, 24))
    assert (10_000 / observation.rate).quantize(Decimal("0.0001")) == Decimal("254.7860")
    assert observation.as_of == date(2026, 10, 23)


def test_a_day_after_the_history_gets_its_last_publication_with_its_true_day():
    """Given a day after the carried history, when asked, then the last known rate comes with the day it is of."""
    observation = rate("SGD", last_published() + timedelta(days=24))
    assert observation.as_of == last_published()
    assert fx_policy().is_stale(observation, last_published() + timedelta(days=24))


def test_the_longest_pause_of_the_ecb_is_not_stale():
    """Given Easter Monday 2026, when asked, then Thursday's rate comes and is still good."""
    monday = date(2026, 4, 6)
    observation = rate("SGD", monday)
    assert observation.as_of == date(2026, 4, 2)
    assert not fx_policy().is_stale(observation, monday)


def test_the_dong_is_crossed_through_the_dollar():
    """Given a currency that the ECB does not publish, when asked, then it comes through the dollar and says so."""
    observation = rate("VND", date(2026, 10, 30))
    usd = rate("USD", date(2026, 10, 30))
    assert observation.rate == usd.rate / Decimal("26310")
    assert observation.source == "ECB via EUR, VND table of 2026-10-01 via USD"
    assert observation.as_of == date(2026, 10, 30)


@pytest.mark.parametrize("currency", ["XAU", "RUB", "VND"])
def test_a_currency_that_cannot_be_had_is_left_out(currency):
    """Given a currency without a rate that day, when asked beside another, then only the other comes."""
    found = rate_source("embedded").observations((currency, "SGD"), date(2025, 6, 30))
    assert [each.base for each in found] == ["SGD"]


def test_euro_and_a_day_before_all_history():
    """Given the euro itself, when asked, then it is the won rate; before 1999 there is nothing."""
    assert rate("EUR", date(2026, 10, 30)).rate == Decimal("1491.76")
    assert EmbeddedRates().observations(("SGD",), date(1998, 12, 31)) == ()


def test_the_rupiah_spike_of_2013_waits_and_goes_away():
    """Given EUR/IDR 14,835 - 15,502 - 14,864, when judged day by day, then the spike waits and never prices anything."""
    decisions = replay("IDR", date(2013, 10, 17), date(2013, 10, 21))
    spike, after = decisions[date(2013, 10, 18)], decisions[date(2013, 10, 21)]
    assert (spike.kind, spike.in_force.rate) == (DecisionKind.QUARANTINED, decisions[date(2013, 10, 17)].in_force.rate)
    assert (after.kind, after.in_force.pending) == (DecisionKind.ACCEPTED, None)


def test_the_lira_jump_of_2021_is_released_by_the_next_publication():
    """Given the real jump of 36 %, when judged day by day, then it waits one publication and is then in force."""
    decisions = replay("TRY", date(2021, 12, 20), date(2021, 12, 22))
    jump, after = decisions[date(2021, 12, 21)], decisions[date(2021, 12, 22)]
    assert jump.kind is DecisionKind.QUARANTINED
    assert "+36.43" in jump.reason
    assert after.kind is DecisionKind.RELEASED
    assert after.in_force.rate == rate("TRY", date(2021, 12, 22)).rate


@pytest.mark.parametrize("currency", ["SGD", "MYR", "PHP", "THB"])
def test_a_calm_year_needs_no_waiting(currency):
    """Given the year to 2026-10-30, when its publications are judged, then none of our currencies ever waits."""
    kinds = {decision.kind for decision in replay(currency, date(2025, 10, 30), date(2026, 10, 30)).values()}
    assert kinds == {DecisionKind.ACCEPTED}


def test_the_dead_band_reprices_a_few_times_a_month_at_most():
    """Given the year to 2026-10-30, when the anchor follows each move, then the baht re-prices 20 to 60 times, not 255."""
    dead_band = fx_policy().dead_band
    in_force = judge(rate("THB", date(2025, 10, 30)), None, fx_policy(), on=date(2025, 10, 30)).in_force
    times = 0
    for number in range(1, 366):
        observation = rate("THB", date(2025, 10, 30) + timedelta(days=number))
        if moved(in_force, observation, dead_band):
            in_force = in_force.model_copy(update={"anchor": observation.rate})
            times += 1
    assert 20 <= times <= 60
