"""The comparison with what was held out, tried on events whose effect is known."""

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.demand.steered import HOLD_OUT_PCT
from onestop.domain.demand.uplift import MIN_EVENTS, MIN_LISTINGS, Rate, Traffic, Uplift, uplift

RUNS = 200


def simulated(random: Random, effect: float, listings: int = 300) -> list[Traffic]:
    """Listings that differ in how often they are seen and clicked, with clicks of the steered ones up by an effect."""
    made = []
    for _ in range(listings):
        held_out = random.random() < HOLD_OUT_PCT / 100
        seen, rate = int(random.lognormvariate(6, 0.7)), 0.04 * random.lognormvariate(0, 0.4)
        mean = seen * rate * (1 if held_out else 1 + effect)
        clicks = max(0, min(seen, round(random.gauss(mean, mean**0.5))))
        made.append(Traffic(held_out, seen, clicks, clicks // 9))
    return made


@cache
def runs(effect: float) -> list[Uplift]:
    """Many comparisons, each of its own events; the same at every run of the test."""
    random = Random(int(1000 * effect) + 7)
    return [uplift(simulated(random, effect), Rate.CLICKS) for _ in range(RUNS)]


@pytest.mark.parametrize("effect", [0.0, 0.25, -0.2])
def test_the_interval_holds_the_true_effect_as_often_as_it_says(effect: float) -> None:
    """Given events with a known effect, when many such are compared, then about 95 in 100 intervals hold it, and none is off in size."""
    found = runs(effect)
    held = [one.low is not None and one.high is not None and one.low <= effect <= one.high for one in found]
    told = [one.ratio for one in found if one.ratio is not None]

    assert len(told) == RUNS
    assert 0.91 <= sum(held) / RUNS <= 0.985
    assert sorted(told)[RUNS // 2] == pytest.approx(effect, abs=0.03)


def test_no_effect_is_seldom_called_one_and_a_great_one_is_seen() -> None:
    """Given no effect and a great one, when both are compared often, then the first is called better or worse in some 5 of 100 only."""
    none, great = [one.verdict for one in runs(0.0)], [one.verdict for one in runs(0.6)]

    assert none.count("no_difference") / RUNS > 0.91
    assert great.count("better") / RUNS > 0.9


@given(st.lists(st.builds(Traffic, st.booleans(), st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 100)), max_size=80))
def test_too_little_is_said_to_be_too_little(traffic: list[Traffic]) -> None:
    """Given any traffic, when it is compared, then there is an answer only where either side has enough, and it is in order."""
    for rate in Rate:
        told = uplift(traffic, rate)
        enough = told.ratio is not None
        assert (told.verdict != "not_enough_data") == enough
        if enough:
            assert min(told.steered, told.held_out) >= MIN_LISTINGS
            assert told.low is not None
            assert told.high is not None
            assert told.low <= (told.ratio or 0) <= told.high
    few = [Traffic(held, 10, 1, 0) for held in (True, False) for _ in range(MIN_EVENTS - 1)]
    assert uplift(few, Rate.CLICKS).verdict == "not_enough_data"
