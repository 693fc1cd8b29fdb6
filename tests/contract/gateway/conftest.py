"""Official code that is not ours, and gateways in a time that a test moves."""

import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from werkzeug.test import Client

from local.gateway.iop import FakeIop
from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock


@pytest.fixture(scope="session")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Lazada's own client; importing it makes a folder of logs at home."""
    home, os.environ["HOME"] = os.environ.get("HOME"), str(tmp_path_factory.mktemp("home"))
    try:
        import lazop_sdk
    finally:
        os.environ.pop("HOME") if home is None else os.environ.update(HOME=home)
    return lazop_sdk


@pytest.fixture
def clock() -> Clock:
    """The gateways' time."""
    return Clock()


@pytest.fixture
def lazada(clock: Clock) -> FakeLazada:
    """A store in Singapore."""
    return FakeLazada(clock=clock)


@pytest.fixture
def call(sdk: ModuleType) -> Callable[..., dict[str, Any]]:
    """Call a gateway without a socket, signed by the official code; the document of its answer."""

    def ask(gateway: FakeIop, api: str, *, token: str | None = "tok-sg", files: dict[str, Any] | None = None, **params: str):
        given = {"app_key": gateway.app_key, "sign_method": "sha256", "timestamp": f"{gateway.clock():.0f}000", **params}
        given |= {"access_token": token} if token else {}
        path, named = ("/rest" + api, {}) if "/" in api else ("/sync", {"method": api})
        given |= named
        given["sign"] = sdk.sign(gateway.app_secret, "" if named else api, given)
        return Client(gateway).post(path, data={**given, **(files or {})}).json

    return ask
