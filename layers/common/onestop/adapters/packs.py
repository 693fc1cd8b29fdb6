"""The data packs that ship with the package, read once and validated. Country facts live there, never in code."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from onestop.domain.channels.market import Market, Markets


def read_pack(name: str) -> dict[str, Any]:
    """The JSON document ``onestop/data/<name>``, such as ``markets.json`` or ``pricing/SG.json``."""
    document: dict[str, Any] = json.loads(_path(name).read_bytes())
    return document


def pack_version(*names: str) -> str:
    """A short content address over the bytes of some packs; a quote or a text records it to be replayable."""
    whole = hashlib.sha256()
    for name in sorted(names):
        whole.update(_path(name).read_bytes())
    return whole.hexdigest()[:12]


def _path(name: str) -> Traversable:
    return files("onestop.data").joinpath(*name.split("/"))


@cache
def markets() -> Markets:
    """Every destination with its channel's limits (``markets.json``)."""
    document = read_pack("markets.json")
    channels = document["channels"]
    by_code = {
        row["code"]: Market.model_validate({**row, **{k: channels[row["channel"]][k] for k in ("text", "pictures")}})
        for row in document["markets"]
    }
    return Markets(by_code=by_code)


@cache
def demand_headers() -> dict[str, tuple[str, ...]]:
    """Field -> header names of keyword reports (``demand/headers.json``)."""
    document = read_pack("demand/headers.json")
    return {field: tuple(document[field]) for field in ("keyword", "volume")}
