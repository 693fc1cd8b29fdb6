"""What the layers carry is what the lock says, and what the tests ran with."""

import re
import tomllib
from importlib.metadata import version
from typing import Any

import pytest

from tests.template.reading import ROOT

LAYERS = ["deps", "imaging"]


def _lock() -> dict[str, dict[str, Any]]:
    """The locked packages by name. Those locked in several versions belong to the build tools, not to a layer."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf8"))["package"]
    return {package["name"]: package for package in packages}


def _closure(layer: str) -> set[str]:
    """Every package that the layer needs, directly or through another."""
    lock = _lock()
    direct = lock["onestop"]["dependencies"] if layer == "deps" else lock["onestop"]["dev-dependencies"]["imaging"]
    needed: set[str] = set()
    todo = [one["name"] for one in direct]
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo += [one["name"] for one in lock[name].get("dependencies", [])]
    return needed


def _requirements(layer: str) -> dict[str, tuple[str, set[str]]]:
    """Package -> its pinned version and the digests that are accepted for it."""
    text = (ROOT / "layers" / layer / "requirements.txt").read_text(encoding="utf8").replace("\\\n", " ")
    rows = [re.match(r"([\w.-]+)==([\w.]+)(?: ;[^\n]*?)?((?:\s+--hash=\S+)+)$", line) for line in text.splitlines()]
    return {row[1]: (row[2], set(re.findall(r"--hash=(\S+)", row[3]))) for row in rows if row}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_layer_carries_what_the_lock_says(layer: str):
    """`make requirements` writes it; by hand nothing is added, forgotten or moved."""
    lock = _lock()
    locked = {
        name: (
            lock[name]["version"],
            {file["hash"] for file in [*lock[name].get("wheels", []), lock[name].get("sdist", {})] if "hash" in file},
        )
        for name in _closure(layer)
    }

    assert _requirements(layer) == locked


@pytest.mark.parametrize("layer", LAYERS)
def test_the_tests_run_with_the_layer_versions(layer: str):
    """Otherwise they would prove something about other packages than those that are deployed."""
    pinned = {name: pin for name, (pin, _) in _requirements(layer).items()}

    assert {name: version(name) for name in pinned} == pinned


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_but_requirements_stands_in_the_layer(layer: str):
    """Code of ours belongs into layers/common."""
    assert [path.name for path in (ROOT / "layers" / layer).iterdir()] == ["requirements.txt"]
