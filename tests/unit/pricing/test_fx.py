"""Prints of exchange rates are judged before any price rests on them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.adapters.price_rules import fx_policy
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, cross, moved
from onestop.domain.pricing.guard import DecisionKind, judge

DAY = date(2026, 10, 20)


def seen(rate, *, days=0, currency="SGD", source="ECB via EUR"):
    """A print, so many days after the first."""
    return Observation(base=currency, quote="KRW", rate=Decimal(rate), source=source, as_of=DAY + timedelta(days=days))


def decide(in_force, *observations):
    """The last decision about prints that come one after the other."""
    decision = None
    for observation in observations:
        decision = judge(observation, in_force, fx_policy(), on=observation.as_of)
        in_force = decision.in_force
    return decision


def in_force(rate="1000"):
    """A rate in force since the first day."""
    return decide(None, seen(rate)).in_force


def test_the_first_print_is_accepted_and_is_its_own_anchor():
    """Given no rate yet, when the first print comes, then it is in force and what later moves are measured from."""
    decision = decide(None, seen("1000"))
    assert (decision.kind, decision.in_force.rate, decision.in_force.anchor) == (DecisionKind.ACCEPTED, 1000, 1000)


def test_the_same_print_again_changes_nothing():
    """Given a print in force, when it comes again, then it is a duplicate and the rate in force is untouched."""
    before = in_force()
    decision = decide(before, seen("1000"))
    assert (decision.kind, decision.in_force) == (DecisionKind.DUPLICATE, before)


def test_small_moves_add_up_until_they_leave_the_dead_band():
    """Given moves of 0.4 %, when three come in a row, then only the third, 1.2 % away, prices listings again."""
    start, prints = in_force(), [seen(rate, days=day) for day, rate in enumerate(("1004", "1008", "1012"), start=1)]
    assert [moved(start, each, fx_policy().dead_band) for each in prints] == [False, False, True]
    now = decide(start, *prints).in_force
    assert (now.rate, now.anchor) == (1012, 1000)


def test_a_far_print_waits_and_the_last_good_rate_stays():
    """Given a print 5 % away, when it is judged, then it waits, the old rate stays in force and the operator is told."""
    decision = decide(in_force(), seen("950", days=1))
    assert (decision.kind, decision.in_force.rate, decision.in_force.pending.rate) == (DecisionKind.QUARANTINED, 1000, 950)
    assert decision.finding.code == "FX_QUARANTINED"
    assert "-5.00" in decision.finding.message_en


def test_the_same_far_print_does_not_confirm_itself():
    """Given a print that waits, when the very same comes again, then it still waits."""
    decision = decide(in_force(), seen("950", days=1), seen("950", days=1))
    assert (decision.kind, decision.in_force.rate) == (DecisionKind.DUPLICATE, 1000)


def test_a_correction_of_the_same_day_does_not_confirm_a_far_print():
    """Given a print that waits, when another far one of the same day comes, then it waits too."""
    decision = decide(in_force(), seen("950", days=1), seen("940", days=1))
    assert (decision.kind, decision.in_force.rate) == (DecisionKind.QUARANTINED, 1000)


def test_a_second_far_print_on_the_same_side_releases_the_rate():
    """Given a print that waits, when the next also lies far on the same side, then the next is in force."""
    decision = decide(in_force(), seen("950", days=1), seen("930", days=2))
    assert (decision.kind, decision.in_force.rate, decision.in_force.pending) == (DecisionKind.RELEASED, 930, None)


def test_a_far_print_on_the_other_side_starts_the_wait_anew():
    """Given a print that waits, when the next lies far on the other side, then that one waits."""
    decision = decide(in_force(), seen("950", days=1), seen("1050", days=2))
    assert (decision.kind, decision.in_force.pending.rate) == (DecisionKind.QUARANTINED, 1050)


def test_a_slip_goes_away_with_the_next_print():
    """Given a print that waits, when the next is near the old rate, then it is accepted and nothing waits any more."""
    decision = decide(in_force(), seen("950", days=1), seen("1002", days=2))
    assert (decision.kind, decision.in_force.rate, decision.in_force.pending) == (DecisionKind.ACCEPTED, 1002, None)


def test_an_older_print_never_replaces_a_newer_one():
    """Given a rate in force, when an older print comes late, then it is stale."""
    before = in_force()
    decision = decide(before, seen("1001", days=-1))
    assert (decision.kind, decision.in_force) == (DecisionKind.STALE, before)


def test_a_print_past_its_age_limit_is_stale():
    """Given a print older than its source allows, when it is judged, then it is stale even as the first one."""
    decision = judge(seen("1000"), None, fx_policy(), on=DAY + timedelta(days=7))
    assert (decision.kind, decision.in_force, decision.finding.code) == (DecisionKind.STALE, None, "FX_PRINT_STALE")


@pytest.mark.parametrize(
    ("observation", "code"),
    [
        (seen("0.000957"), "FX_IMPLAUSIBLE"),
        (seen("104450"), "FX_IMPLAUSIBLE"),
        (seen("1000", currency="XAU"), "FX_NOT_PUBLISHED"),
        (seen("1000").model_copy(update={"quote": "USD"}), "FX_NOT_PUBLISHED"),
        (seen("1000", days=3), "FX_IN_FUTURE"),
    ],
    ids=["direction", "unit", "currency", "pair", "future"],
)
def test_a_print_that_cannot_be_is_rejected(observation, code):
    """Given a mistake of direction, unit, currency, pair or date, when it is judged, then the rate in force stays."""
    before = in_force()
    decision = judge(observation, before, fx_policy(), on=DAY)
    assert (decision.kind, decision.in_force) == (DecisionKind.REJECTED, before)
    assert decision.finding.code == code


@given(st.lists(st.decimals("600", "1900", places=2), min_size=1, max_size=12))
def test_one_print_alone_never_moves_the_rate_in_force_far(rates):
    """Given any series, when it is judged day by day, then the rate leaves the limit only after two prints on one side."""
    limit = fx_policy().currencies["SGD"].outlier_move
    now = in_force()
    for number, rate in enumerate(rates, start=1):
        decision = decide(now, seen(rate, days=number))
        far = abs(decision.in_force.rate / now.rate - 1) > limit
        assert not far or decision.kind is DecisionKind.RELEASED
        assert decision.kind is not DecisionKind.RELEASED or now.pending is not None
        now = decision.in_force


@given(st.decimals("900", "1100", places=4))
def test_the_dead_band_looks_both_ways(rate):
    """Given any print, when asked whether it moved, then one percent up or down counts and less does not."""
    assert moved(in_force(), seen(rate), Decimal("0.01")) == (abs(rate - 1000) >= 10)


def test_a_cross_keeps_every_digit():
    """Given two euro rates, when they are crossed, then multiplying back gives the won rate to 25 digits."""
    krw = Observation(base="EUR", quote="KRW", rate="1491.76", source="ECB", as_of=DAY)
    idr = Observation(base="EUR", quote="IDR", rate="20275.17", source="ECB", as_of=DAY)
    rate = cross(krw, idr)
    assert (rate.base, rate.quote, rate.source) == ("IDR", "KRW", "ECB via EUR")
    assert abs(rate.rate * idr.rate - krw.rate) < Decimal("1e-22")


def test_a_cross_of_two_sources_names_both():
    """Given legs of two sources and days, when they are crossed, then the won leg dates it and the other is named with its day."""
    krw = Observation(base="USD", quote="KRW", rate="1335", source="ECB via EUR", as_of=DAY)
    vnd = Observation(base="USD", quote="VND", rate="26310", source="VND table", as_of=date(2026, 10, 1))
    rate = cross(krw, vnd)
    assert (rate.as_of, rate.source) == (DAY, "ECB via EUR, VND table of 2026-10-01 via USD")


@pytest.mark.parametrize(("base", "quote"), [("USD", "KRW"), ("EUR", "JPY")])
def test_legs_without_a_common_pivot_do_not_cross(base, quote):
    """Given legs that do not meet or do not lead to won, when they are crossed, then it fails at once."""
    leg = Observation(base="EUR", quote="SGD", rate="1.43", source="ECB", as_of=DAY)
    with pytest.raises(ValueError, match="do not cross to KRW"):
        cross(Observation(base=base, quote=quote, rate="1300", source="ECB", as_of=DAY), leg)


@pytest.mark.parametrize("rate", [0.00095, "0", "-3"])
def test_a_rate_is_exact_and_above_zero(rate):
    """Given a float, zero or a negative number, when a print is made of it, then it is refused."""
    with pytest.raises(ValidationError):
        Observation(base="SGD", quote="KRW", rate=rate, source="ECB", as_of=DAY)


def test_a_policy_covers_sources_it_does_not_know():
    """Given a policy without a limit for unknown sources, when it is made, then it is refused."""
    with pytest.raises(ValidationError, match="stale_after_days has no"):
        FxPolicy.model_validate({**fx_policy().model_dump(), "stale_after_days": {"ECB": 6}})


def test_a_rate_in_force_survives_storage():
    """Given a rate with a print that waits, when it is written and read, then nothing is lost."""
    waiting = decide(in_force(), seen("950", days=1)).in_force
    assert RateInForce.model_validate_json(waiting.model_dump_json()) == waiting
    assert (waiting.currency, waiting.pending.currency) == ("SGD", "SGD")
