"""One pace shared by all workers: whose turn it is to call a marketplace.

Keys: ``pace#<name> / turn``; ``free_at`` is when the next turn begins, in microseconds since 1970.
"""

import time
from collections.abc import Callable

from onestop.adapters.tables.items import Table
from onestop.domain.channels.pace import SECOND_US, Rate
from onestop.domain.errors import RetryableError

PATIENCE_S = 3
"""So long a turn is waited for here; when it comes later, the message comes again later instead."""


class Pace:
    """Turns to call, handed out in order however many processes ask.

    Every turn is one conditional write: it moves ``free_at`` on by a step, and whoever moved it has the turn that began there.
    """

    def __init__(self, name: str, *, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep) -> None:
        """``name`` is the table's physical name; ``clock`` gives seconds since 1970."""
        self._table, self._clock, self._sleep = Table(name), clock, sleep

    def take(self, name: str, rate: Rate) -> None:
        """Wait for a turn.

        Args:
            name: what the limit holds for, such as ``lazada#SG#900000123#stock``.

        Raises:
            RetryableError: the turn is more than ``PATIENCE_S`` away, with the seconds until then.
        """
        for _ in range(3):  # between two of the writes somebody else may have moved the turn
            now = int(self._clock() * SECOND_US)
            begins = self._turn(f"pace#{name}", rate, now)
            if begins is not None:
                if begins > now:
                    self._sleep((begins - now) / SECOND_US)
                return
        raise RetryableError("no turn to call", wait_s=self._seconds_to_wait(f"pace#{name}"))

    def hold_back(self, name: str, seconds: int) -> None:
        """Nobody has a turn for some seconds: the marketplace said so."""
        free_at = int((self._clock() + seconds) * SECOND_US)
        condition = "attribute_not_exists(free_at) OR free_at < :at"
        self._table.update(f"pace#{name}", "turn", "SET free_at = :at", {":at": free_at}, condition=condition)

    def _turn(self, key: str, rate: Rate, now: int) -> int | None:
        rested, patient = now - rate.rest_us, now + PATIENCE_S * SECOND_US
        moved = self._table.update(
            key, "turn", "SET free_at = free_at + :step", {":step": rate.step_us, ":rested": rested, ":patient": patient},
            condition="free_at BETWEEN :rested AND :patient",
        ) or self._table.update(
            key, "turn", "SET free_at = :next", {":next": rested + rate.step_us, ":rested": rested},
            condition="attribute_not_exists(free_at) OR free_at < :rested",
        )  # fmt: skip
        return int(moved["free_at"]) - rate.step_us if moved else None

    def _seconds_to_wait(self, key: str) -> int:
        item = self._table.get(key, "turn") or {"free_at": 0}
        return max(1, -(-int(item["free_at"]) // SECOND_US) - int(self._clock()))
