"""Gateways on the loopback, the time they live in, and what a test orders them to get wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


@dataclass
class Clock:
    """Epoch seconds that pass only when told.

    Example:
        >>> clock = Clock(10.0)
        >>> clock.advance(5)
        >>> clock()
        15.0
    """

    now_s: float = 1_760_000_000.0

    def __call__(self) -> float:
        """Now."""
        return self.now_s

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    Attributes:
        call: which call: a path, or an AliExpress method.
        code: what the gateway says; of Trendyol the HTTP status.
        message: in its words.
        after_commit: whether the work is done all the same, as when an answer is lost.
        status: HTTP; other than 200 a proxy's page is answered instead of JSON.
    """

    call: str
    code: str
    message: str = "injected"
    after_commit: bool = False
    status: int = 200


@dataclass
class Faults:
    """Faults in the order in which they were asked for."""

    queued: list[Fault] = field(default_factory=list)

    def take(self, call: str) -> Fault | None:
        """The first that waits for this call; it happens once."""
        found = next((fault for fault in self.queued if fault.call == call), None)
        if found:
            self.queued.remove(found)
        return found


@dataclass
class Throttle:
    """A token bucket for each caller and call: it fills at a rate, and holds what one second gives.

    Example:
        >>> clock = Clock()
        >>> throttle = Throttle(clock, default_per_s=2)
        >>> [throttle.wait_s("s-1", "/x") for _ in range(3)], throttle.wait_s("s-2", "/x")
        ([0, 0, 1], 0)
        >>> clock.advance(1)
        >>> throttle.wait_s("s-1", "/x")
        0

    Attributes:
        clock: epoch seconds.
        default_per_s: for calls without a rate of their own.
        per_s: call -> rate.
        ban_s: how long a caller who asked too often is turned away; whole seconds.
        closed_until: until when everybody is turned away, epoch seconds.
        refused: how many calls were.
    """

    clock: Callable[[], float]
    default_per_s: float = 50
    per_s: dict[str, float] = field(default_factory=dict)
    ban_s: int = 1
    closed_until: float = 0
    refused: int = 0
    _held: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _banned: dict[tuple[str, str], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, caller: str, call: str) -> int:
        """Seconds that the caller is turned away for; 0 when the call may be made, which then counts."""
        with self._lock:
            key, now = (caller, call), self.clock()
            rate = self.per_s.get(call, self.default_per_s)
            tokens, since = self._held.get(key, (rate, now))
            tokens = min(rate, tokens + (now - since) * rate)
            until = max(self._banned.get(key, 0), self.closed_until)
            if tokens >= 1 and now >= until:
                self._held[key] = (tokens - 1, now)
                return 0
            self._held[key] = (tokens, now)
            self.refused += 1
            if now >= until:
                until = self._banned[key] = now + self.ban_s
            return max(1, round(until - now))


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing: an address holds the access token."""


@contextmanager
def serve(app: Callable[..., Any], base: str = "/rest") -> Iterator[str]:
    """The loopback address of a WSGI gateway, with ``base`` at its end, for as long as the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
