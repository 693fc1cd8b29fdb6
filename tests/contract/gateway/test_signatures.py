"""The gateway's idea of a signature against published and computed vectors, and the official code against the same."""

import json
from types import ModuleType
from typing import Any

import pytest

from local.gateway.signing import is_signed
from tests.conftest import ROOT

VECTORS = {one["id"]: one for one in json.loads((ROOT / "tests/vectors/iop_signatures.json").read_text("utf-8"))["vectors"]}


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_is_signed_and_nothing_near_it_is(name: str) -> None:
    """Given a vector, when its signature is checked, then it holds, and not for another secret, path or value."""
    one: dict[str, Any] = VECTORS[name]
    params, body = {**one["params"], "sign": one["sign"]}, one["body"].encode()
    changed = {**params, min(one["params"]): "other"}

    assert is_signed(one["secret"], one["path"], params, body)
    assert not is_signed(one["secret"] + "x", one["path"], params, body)
    assert not is_signed(one["secret"], one["path"] + "x", params, body)
    assert not is_signed(one["secret"], one["path"], changed, body)


@pytest.mark.parametrize("name", ["A", "C"])
def test_the_official_code_gives_the_published_signatures(sdk: ModuleType, name: str) -> None:
    """Given a published vector of each family, when the official client signs it, then it gives the same."""
    assert sdk.sign(VECTORS[name]["secret"], VECTORS[name]["path"], VECTORS[name]["params"]) == VECTORS[name]["sign"]
