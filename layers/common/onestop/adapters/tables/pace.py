"""How fast we call, agreed on by all workers: each call takes the next free moment of its key.

Keys: ``pace#<key> / pace``. Calls are spread evenly, so no window of a marketplace's limit ever holds more than it may, however many
workers call at once and whenever its window begins.
"""

import time
from collections.abc import Callable
from math import ceil

from onestop.adapters.tables.items import Table
from onestop.domain.errors import RetryableError

PATIENCE_MS = 2_000
"""A worker waits so long for its moment; beyond that its message goes back to the queue."""

KEEP_S = 86_400


class Pace:
    """Moments for calls, on DynamoDB."""

    def __init__(self, name: str, *, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep) -> None:
        """``name`` is the table's physical name; ``clock`` gives epoch seconds; ``sleep`` waits for so many seconds."""
        self._table, self._clock, self._sleep = Table(name), clock, sleep

    def take(self, key: str, calls: int, per_s: float = 1) -> None:
        """Wait until a call may be made.

        Args:
            key: who is limited in what, such as ``lazada#SG#900000123#/product/stock/``.
            calls: how many may be made...
            per_s: ...within so many seconds.

        Raises:
            RetryableError: the next free moment is too far off; ``wait_s`` says how far.
        """
        step_ms = ceil(per_s * 1000 / calls)
        for _ in range(3):  # somebody else may take the moment in between
            now_ms = int(self._clock() * 1000)
            free_ms = self._next(key, now_ms, step_ms)
            if free_ms is not None:
                return self._sleep(max(free_ms - step_ms - now_ms, 0) / 1000)
        item = self._table.get(f"pace#{key}", "pace") or {}
        wait_ms = int(item.get("free_at_ms", now_ms)) - now_ms
        raise RetryableError("too many calls at once", wait_s=max(ceil(wait_ms / 1000), 1))

    def pause(self, key: str, seconds: int) -> None:
        """Nobody calls for so long: the marketplace said so to one of us."""
        until_ms = int((self._clock() + seconds) * 1000)
        later = "attribute_not_exists(pk) OR free_at_ms < :until"
        self._set(key, "SET free_at_ms = :until, expires_at = :kept", {":until": until_ms}, later)

    def _next(self, key: str, now_ms: int, step_ms: int) -> int | None:
        """When the call after this one may be made, epoch milliseconds; None where there is no moment near enough."""
        queued = self._set(
            key, "SET free_at_ms = free_at_ms + :step, expires_at = :kept",
            {":step": step_ms, ":now": now_ms, ":latest": now_ms + PATIENCE_MS}, "free_at_ms > :now AND free_at_ms <= :latest",
        )  # fmt: skip
        if queued is not None:
            return queued
        given = {":next": now_ms + step_ms, ":now": now_ms}
        return self._set(key, "SET free_at_ms = :next, expires_at = :kept", given, "attribute_not_exists(pk) OR free_at_ms <= :now")

    def _set(self, key: str, expression: str, given: dict[str, int], condition: str) -> int | None:
        kept = {":kept": int(self._clock()) + KEEP_S}
        item = self._table.update(f"pace#{key}", "pace", expression, {**given, **kept}, condition=condition)
        return None if item is None else int(item["free_at_ms"])
