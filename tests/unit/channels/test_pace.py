"""Whoever calls at the pace is never refused, wherever the marketplace begins to count."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.adapters.tables import pace as pace_table
from onestop.adapters.tables.pace import Pace
from onestop.domain.errors import RetryableError
from tests.support.one_table import one_table

EXAMPLES = count()


class Time:
    """A clock that only goes on when somebody waits."""

    def __init__(self) -> None:
        """It begins somewhere."""
        self.now = 1_760_000_000.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.now += seconds


@pytest.fixture(scope="module")
def table() -> Iterator[str]:
    """A table with string keys, in moto."""
    with one_table("pace") as name:
        yield name


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    calls=st.integers(1, 20), per_s=st.integers(1, 2),
    rests=st.lists(st.one_of(st.just(0.0), st.floats(0, 4)), min_size=10, max_size=40),
)  # fmt: skip
def test_no_stretch_of_time_holds_more_than_the_limit(
    table: str, calls: int, per_s: int, rests: list[float]
) -> None:  # fmt: skip
    """Given any rests between calls, when each takes its turn, then every stretch of the limit's length holds no more calls than allowed."""
    time, gone = Time(), []
    pace, name = Pace(table, clock=time, sleep=time.wait), f"example {next(EXAMPLES)}"
    for rest in rests:
        time.wait(rest)
        pace.take(name, calls, per_s)
        gone.append(time.now)
    for first, at in enumerate(gone):
        assert sum(other - at < per_s - 0.002 for other in gone[first:]) <= calls


def test_many_workers_share_one_pace(table: str) -> None:
    """Given workers that share a limit of 50 calls in 10 s, when they call as fast as they may, then 50 of them go in 10 s, and no more."""
    time = Time()
    workers = [Pace(table, clock=time, sleep=time.wait) for _ in range(3)]
    gone: list[float] = []
    for turn in range(60):
        workers[turn % 3].take("trendyol#1#price", 50, 10)
        gone.append(time.now)
    assert sum(at < gone[0] + 10 for at in gone) == 50
    assert all(sum(at <= other < at + 10 for other in gone) <= 50 for at in gone)


def test_a_far_turn_is_not_waited_for(table: str) -> None:
    """Given a ban that the marketplace told, when somebody wants to call, then they are told for how long, and nothing is used up."""
    time = Time()
    pace = Pace(table, clock=time, sleep=time.wait)
    pace.pause("lazada#SG", 30)
    with pytest.raises(RetryableError) as refused:
        pace.take("lazada#SG", 50)
    assert refused.value.wait_s == 30
    time.wait(30)
    before = time.now
    pace.take("lazada#SG", 50)
    assert time.now == before


def test_what_others_take_between_two_writes_is_seen(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a limit that nobody used yet, when two workers come at once, then one goes after the other."""
    time = Time()
    first, second = (Pace(table, clock=time, sleep=time.wait) for _ in range(2))
    update, raced = pace_table.Table.update, []

    def slow(self: pace_table.Table, *args: object, **kwargs: object) -> object:
        if not raced:
            raced.append(update(self, *args, **kwargs))  # nothing is there yet
            second.take("both", 1)
            return raced[0]
        return update(self, *args, **kwargs)

    monkeypatch.setattr(pace_table.Table, "update", slow)
    before = time.now
    first.take("both", 1)
    assert time.now - before == pytest.approx(1)
