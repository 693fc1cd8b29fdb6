"""The files of the data packs. Whoever needs no model of ours reads them here, and starts the sooner for it."""

import hashlib
import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


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


def pack_names(folder: str) -> list[str]:
    """The packs of a folder below ``onestop/data``, such as ``channels/profiles``, by the names that ``read_pack`` takes."""
    return sorted(f"{folder}/{file.name}" for file in _path(folder).iterdir() if file.name.endswith(".json"))


def _path(name: str) -> Traversable:
    return files("onestop.data").joinpath(*name.split("/"))
