"""What order events tell of demand, and that nobody is found in it."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onestop.domain.demand.signals import (
    MIN_BUYERS,
    MIN_BUYERS_OF_GROUP,
    RAW_DAYS,
    Release,
    Signal,
    expires_at,
    last_day_of,
    published,
    release_of,
    signals_of,
    week_of,
)  # fmt: skip
from tests.support.report_samples import demo_report

WEEK, MONDAY = "2026-W43", date(2026, 10, 26)


def signals(count: int, keyword: str = "tumbler", group: str = "", first: int = 0, times: int = 1, week: str = WEEK) -> list[Signal]:
    """Events of so many buyers, each so many times."""
    return [
        Signal(seller="kim-shop", market="TH", category="주방", keyword=keyword, week=week, buyer=f"b{first + number}", group=group)
        for number in range(count)
        for _ in range(times)
    ]


def released(*some: list[Signal]) -> Release:
    """The release of the week."""
    return release_of("TH", WEEK, [one for many in some for one in many], MONDAY)


def test_the_references_vectors() -> None:
    """Given the vectors of the text reference, section 14.2, when cells are told, then they are as there."""
    assert published({"A": 57, "B": 12, "C": 9}) == {"A": 60, "B": 10}
    assert published({"A": 57, "B": 12, "C": 9}, with_rest=True) == {"A": 60, "other": 20}
    assert published({"A": 9, "B": 0}) == {}
    assert published({"A": 9, "B": 0}, with_rest=True) == {}
    told = released(signals(57, "a"), signals(12, "b"), signals(9, "c"))
    assert [(cell.keyword, cell.buyers) for cell in told.cells] == [("a", 60), ("b", 10)]
    heavy = released(signals(1, times=500), signals(39, first=1))
    assert [(cell.buyers, cell.events) for cell in heavy.cells] == [(40, 40)], "500 searches of one buyer count as 3 events and 1 buyer"


@pytest.mark.parametrize(("women", "men", "told"), [(50, 50, {"", "f", "m"}), (50, 49, {""}), (60, 0, {""}), (49, 49, {""})])
def test_a_cut_that_says_who_needs_fifty_on_every_side(women: int, men: int, told: set[str]) -> None:
    """Given buyers of two kinds, when a week is told, then a kind is told only where what is left of the cell is large enough too."""
    assert {cell.group for cell in released(signals(women, group="f"), signals(men, group="m", first=1000)).cells} == told


@settings(max_examples=60)
@given(st.lists(st.tuples(
    st.sampled_from(["a", "b"]), st.sampled_from(["", "f", "m"]), st.integers(0, 130), st.integers(1, 5)), max_size=6))  # fmt: skip
def test_no_difference_of_what_is_told_isolates_fewer_than_k(groups: list[tuple[str, str, int, int]]) -> None:
    """Given any events, when every pair of told cells is subtracted, one filter within the other, then no fewer than k are left."""
    events = [one for at, (keyword, group, count, times) in enumerate(groups) for one in signals(count, keyword, group, 1000 * at, times)]
    sets = {
        (cell.keyword, cell.group): {one.buyer for one in events if one.keyword == cell.keyword and cell.group in ("", one.group)}
        for cell in released(events).cells
    }
    for (keyword, group), buyers in sets.items():
        assert len(buyers) >= (MIN_BUYERS_OF_GROUP if group else MIN_BUYERS), keyword
    for one, other in combinations(sets.values(), 2):
        for left in (one - other, other - one):
            assert not left or len(left) >= MIN_BUYERS
    for cell in released(events).cells:
        assert cell.buyers % 10 == cell.events % 10 == 0


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, MIN_BUYERS - 1)), st.sampled_from(["", "f", "m"]),
)  # fmt: skip
def test_an_attacker_with_two_releases_and_two_filters_learns_nothing_of_what_is_under_k(
    buyers: dict[str, int], elsewhere: dict[str, int], group: str
) -> None:
    """Given two worlds that differ only in words of fewer than k buyers, when both tell two weeks and two kinds, then all is the same."""
    other = {word: elsewhere.get(word, count) if count < MIN_BUYERS else count for word, count in buyers.items()}

    def told(world: dict[str, int]) -> list[Release]:
        events = [one for at, word in enumerate(sorted(world)) for one in signals(world[word], word, group, 1000 * at)]
        later = [one.model_copy(update={"week": "2026-W44"}) for one in events]
        return [release_of("TH", week, events + later, date(2026, 11, 2)) for week in (WEEK, "2026-W44")]

    assert told(buyers) == told(other)
    assert {cell.keyword for one in told(buyers) for cell in one.cells} == {word for word, count in buyers.items() if count >= MIN_BUYERS}


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 60)))
def test_with_the_whole_told_what_is_hidden_cannot_be_found(buyers: dict[str, int]) -> None:
    """Given cells and their whole, when the told ones are subtracted from it, then at least two cells of k buyers together are left."""
    told = published(buyers, with_rest=True)
    hidden = {cell: count for cell, count in buyers.items() if count and cell not in told}

    assert not told or not hidden or (len(hidden) >= 2 and sum(hidden.values()) >= MIN_BUYERS)
    assert all(buyers[cell] >= MIN_BUYERS for cell in told if cell != "other")


def test_one_buyer_more_or_less_is_not_seen_between_two_releases() -> None:
    """Given a week with and without one buyer, when both are told, then the figures are the same but at a border, where k hides it."""
    seen = [published({"A": count}) for count in range(30)]

    assert all(one == other for one, other in zip(seen[MIN_BUYERS:14], seen[MIN_BUYERS + 1 : 15], strict=True))
    assert seen[MIN_BUYERS - 1] == {}


def test_only_whole_weeks_that_are_over_are_told() -> None:
    """Given another period, or a week that still runs, when it is asked for, then nothing is told of it."""
    for week in ("2026-10", "2026-W44", "2026-10-19/2026-10-22"):
        with pytest.raises(ValueError, match=r"\w"):
            release_of("TH", week, signals(99, week=week), MONDAY)
    assert release_of("TH", WEEK, signals(99, week="2026-W42"), MONDAY).cells == ()
    assert (week_of(MONDAY), last_day_of(WEEK)) == ("2026-W44", date(2026, 10, 25))


def test_no_fact_beyond_those_listed_gets_in_and_none_stays() -> None:
    """Given an order with a buyer's name, when it is to be counted, then it is refused; raw events are forgotten after thirty days."""
    with pytest.raises(ValidationError):
        Signal.model_validate({**signals(1)[0].model_dump(), "buyer_name": "Kim"})
    assert released(signals(99, "kim 010-1234-5678")).cells == ()
    assert (expires_at(datetime(2026, 10, 1, tzinfo=UTC)) - datetime(2026, 10, 1, tzinfo=UTC)).days == RAW_DAYS
    assert released(signals(90, "a"), signals(20, "b")).ranked() == (("a", "high"), ("b", "low"))


def test_a_sale_says_what_was_bought_and_nothing_of_the_order() -> None:
    """Given a listing that sold, when it is counted, then the signal holds its words and a pseudonym, and no other field."""
    listing = demo_report().rows[0].listings[0].model_copy(update={"keywords": ("tee", "cotton tee", "women's tee", "oversized tee")})
    found = signals_of(listing, datetime(2026, 10, 20, tzinfo=UTC), "p1")

    assert [(one.keyword, one.week, one.buyer) for one in found] == [(word, WEEK, "p1") for word in listing.keywords[:3]]
    assert set(found[0].model_dump()) == {"seller", "market", "category", "keyword", "week", "buyer", "group"}
