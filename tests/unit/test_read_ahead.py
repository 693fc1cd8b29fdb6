"""While one thing is worked on, those behind it are being read: in order, not too many, and a failure comes in its turn."""

from collections.abc import Iterator
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.steps.batches import read_ahead


@given(st.lists(st.integers(), max_size=20), st.integers(1, 5))
@settings(max_examples=20)
def test_everything_comes_in_its_order_and_little_is_held(items: list[int], at_once: int) -> None:
    """Given any things, when they are read ahead, then each comes with its own answer, and no more than agreed are under way."""
    taken = 0

    def taking() -> Iterator[int]:
        nonlocal taken
        for item in items:
            taken += 1
            yield item

    given_back = []
    for item, answer in read_ahead(taking(), lambda item: item * 2, at_once=at_once):
        given_back.append(item)
        assert answer == item * 2
        assert taken - len(given_back) <= at_once
    assert given_back == items


def test_reads_wait_at_the_same_time() -> None:
    """Given answers that only come once three are waited for, when they are read ahead, then they come."""
    together = Barrier(3, timeout=30)

    assert [answer for _, answer in read_ahead(range(6), lambda _: together.wait() >= 0, at_once=3)] == [True] * 6


def test_a_failure_comes_in_its_turn() -> None:
    """Given a read that fails, when its turn comes, then what stood before it is through and the failure is that of the read."""
    reads = read_ahead([2, 1, 0, 1], lambda item: 1 // item, at_once=2)

    assert [next(reads), next(reads)] == [(2, 0), (1, 1)]
    with pytest.raises(ZeroDivisionError):
        next(reads)
