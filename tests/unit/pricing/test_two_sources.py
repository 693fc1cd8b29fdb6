"""Two sources of exchange rates: what agrees is used and names both, what does not waits, what stands alone says so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.price_rules import fx_policy
from onestop.adapters.rates.agreed import AgreedRates
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation
from onestop.domain.pricing.guard import DecisionKind, judge, missing
from onestop.domain.pricing.quote import FxRate

DAY = date(2026, 10, 20)


def seen(rate, second=None, *, days=0, second_days=None, asked=True):
    """A print of the ECB, so many days after the first, with what KEXIM says."""
    as_of = DAY + timedelta(days=days)
    other = DAY + timedelta(days=days if second_days is None else second_days)
    beside = FxRate(base="SGD", quote="KRW", rate=Decimal(second), source="KEXIM", as_of=other) if second else None
    return Observation(base="SGD", quote="KRW", rate=Decimal(rate), source="ECB via EUR", as_of=as_of, has_second=asked, second=beside)


def decide(in_force, observation):
    """The decision of that day."""
    return judge(observation, in_force, fx_policy(), on=observation.as_of)


@pytest.fixture
def in_force():
    """1000 won, agreed on by both."""
    return decide(None, seen("1000", "1001")).in_force


def test_prints_that_agree_use_the_first_and_name_the_second(in_force):
    """Given prints 1.5 % apart, when they are judged, then the first one's rate is used and its source names both."""
    kept = decide(in_force, seen("1005", "1020", days=1)).in_force
    assert (kept.rate, kept.source) == (1005, "ECB via EUR, checked by KEXIM of 2026-10-21")


def test_prints_that_disagree_wait_and_yesterdays_rate_stays(in_force):
    """Given prints 5 % apart, when they are judged, then neither is used, the rate stays and the finding names both."""
    decision = decide(in_force, seen("1005", "1055.25", days=1))
    assert (decision.kind, decision.in_force.rate, decision.finding.code) == (DecisionKind.QUARANTINED, 1000, "FX_SOURCES_DISAGREE")
    assert "+5.00" in decision.finding.message_en
    assert decide(decision.in_force, seen("1006", "1007", days=2)).kind is DecisionKind.ACCEPTED


def test_a_first_print_that_is_contradicted_makes_no_rate():
    """Given no rate yet, when two sources disagree, then there is still none."""
    assert decide(None, seen("1000", "1100")).in_force is None


def test_one_source_alone_is_used_and_says_so(in_force):
    """Given a second source that has nothing, when the first is judged, then its rate is used and the reason says it was alone."""
    decision = decide(in_force, seen("1005", days=1))
    assert (decision.kind, decision.reason) == (DecisionKind.ACCEPTED, "no second source to compare")
    assert decide(in_force, seen("1005", days=1, asked=False)).reason == ""


@pytest.mark.parametrize(("second", "second_days"), [("1200", -4), ("0.96", 1), ("1200", 9)], ids=["old", "inverted", "future"])
def test_a_second_print_that_is_not_sound_is_not_compared(in_force, second, second_days):
    """Given a second print too old, inverted or of the future, when the first is judged, then it stands alone."""
    assert decide(in_force, seen("1005", second, days=1, second_days=second_days)).reason == "no second source to compare"


def test_a_jump_that_both_show_is_released_at_once(in_force):
    """Given a jump of 5 % in both sources, when it is judged, then it need not wait for the next publication."""
    assert decide(in_force, seen("1050", "1048", days=1)).kind is DecisionKind.RELEASED
    assert decide(in_force, seen("1032", "1015", days=1)).kind is DecisionKind.QUARANTINED


def test_a_print_that_waits_is_looked_at_again_when_the_second_source_speaks(in_force):
    """Given a far print that waits alone, when the second source confirms the very same later that day, then it is in force."""
    waiting = decide(in_force, seen("1050", days=1)).in_force
    assert decide(waiting, seen("1050", days=1)).kind is DecisionKind.DUPLICATE
    assert decide(waiting, seen("1050", "1049", days=1)).kind is DecisionKind.RELEASED


@given(st.decimals("600", "1900", places=2), st.decimals("600", "1900", places=2))
def test_no_pair_beyond_the_band_ever_comes_into_force(first, second):
    """Given any two prints, when they are judged, then a rate comes into force only if they lie within the band."""
    decision = decide(None, seen(first, second))
    apart = abs(second / first - 1) > fx_policy().currencies["SGD"].agreement
    assert (decision.in_force is None) == apart


def test_a_currency_that_nobody_published_keeps_its_rate(in_force):
    """Given no print at all, when that is judged, then the rate in force stays and the operator is told."""
    decision = missing("SGD", in_force)
    assert (decision.kind, decision.in_force, decision.finding.code) == (DecisionKind.MISSING, in_force, "FX_NOT_PUBLISHED")


class Source:
    """A source with fixed rates, or one that fails."""

    def __init__(self, name, error=None, **rates):
        self._name, self._error, self._rates = name, error, rates

    def observations(self, currencies, on):
        """What it has."""
        if self._error:
            raise self._error
        return tuple(
            Observation(base=c, quote="KRW", rate=self._rates[c], source=self._name, as_of=on) for c in currencies if c in self._rates
        )


def test_the_first_source_comes_with_the_second_beside_it():
    """Given two sources, when rates are asked, then each currency comes once, from the first where it has it."""
    told = []
    agreed = AgreedRates(Source("ECB", SGD="1000", THB="40"), Source("KEXIM", SGD="1001", AED="370"), tell=told.append)
    found = agreed.observations(("SGD", "THB", "AED", "VND"), DAY)
    assert [(o.base, o.source, o.second and o.second.source, o.has_second) for o in found] == [
        ("SGD", "ECB", "KEXIM", True), ("THB", "ECB", None, True), ("AED", "KEXIM", None, True),
    ]  # fmt: skip
    assert told == []


def test_a_source_that_fails_leaves_the_other_and_says_why():
    """Given one source down and one that answers, when rates are asked, then the other's come and the failure is told."""
    refused = PermanentError(Finding.of("FX_SOURCE_REFUSED", source="KEXIM", reason="quota", reason_ko="사용량"))
    for first, second, source in (
        (Source("ECB", SGD="1000"), Source("KEXIM", refused), "ECB"),
        (Source("ECB", RetryableError("down")), Source("KEXIM", SGD="1001"), "KEXIM"),
    ):
        told = []
        (found,) = AgreedRates(first, second, tell=told.append).observations(("SGD",), DAY)
        assert (found.source, found.second, found.has_second) == (source, None, True)
        assert [finding.code for finding in told] in (["FX_SOURCE_REFUSED"], ["FX_SOURCE_UNREACHABLE"])


def test_two_sources_that_fail_are_an_outage():
    """Given both sources down, when rates are asked, then the refresh fails as a whole and may be tried again."""
    down = Source("x", RetryableError("down"))
    with pytest.raises(RetryableError, match="neither"):
        AgreedRates(down, down).observations(("SGD",), DAY)
