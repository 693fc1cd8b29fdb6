"""What every test may use: the stack in moto, the demo upload played once, event samples; and no way out to a network."""

import gc
import json
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from local.folder import drop
from local.stack import LOCAL_PARAMETERS, Stack

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "events/uploads/demo-seller"
DAY = date(2026, 10, 30)
"""The last day of the exchange rates that a package carries."""
gc.set_threshold(50_000, 20, 50)  # the termbase is large and stays: going through it at every turn costs a tenth of the time
settings.register_profile("onestop", deadline=None)  # a busy machine is no fault of what is tried
settings.load_profile("onestop")
# Looking for Korean takes a second of every picture; the tests that are about it ask for the reader.
LOCAL_PARAMETERS["PictureReader"] = "none"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the tests reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A fresh stack on a fixed day, with that day's exchange rates."""
    with Stack() as running:
        running.live_on(DAY)
        refresh(running)
        yield running


@pytest.fixture(scope="session")
def demo() -> Iterator[Stack]:
    """The demo upload, played once from the dropped files to the report. Tests only look at it."""
    with Stack() as running:
        running.live_on(DAY)
        refresh(running)
        drop(running, "demo-seller", DEMO)
        running.pump()
        yield running


def refresh(stack: Stack) -> None:
    """Let the schedule of the exchange rates go off once."""
    stack.fire(stack.wiring.schedule_of("RefreshFxFunction"))


def load_event(name: str) -> Any:
    """A sample from ``events/``."""
    return json.loads((ROOT / "events" / name).read_text(encoding="utf-8"))
