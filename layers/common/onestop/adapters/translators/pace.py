"""A bucket of tokens: no process calls a service faster than it was told to."""

import time
from collections.abc import Callable


class TokenBucket:
    """Lets ``rate_per_s`` calls through each second, and as many at once.

    Args:
        clock: seconds that only grow.
        sleep: waits for so many seconds.
    """

    def __init__(
        self, rate_per_s: int, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._rate_per_s = rate_per_s
        self._tokens = float(rate_per_s)
        self._clock = clock
        self._sleep = sleep
        self._filled_at = clock()

    def take(self) -> None:
        """Wait until a call may be made."""
        now = self._clock()
        self._tokens = min(float(self._rate_per_s), self._tokens + (now - self._filled_at) * self._rate_per_s)
        self._filled_at = now
        self._tokens -= 1
        if self._tokens < 0:
            self._sleep(-self._tokens / self._rate_per_s)
