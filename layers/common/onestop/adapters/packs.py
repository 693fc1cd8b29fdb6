"""The data packs that ship with the package, read once and validated. Country facts live there, never in code."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from onestop.domain.buyers.recipient import BuyersPolicy
    from onestop.domain.channels.market import Markets, PictureSpec
    from onestop.domain.channels.profile import ChannelProfile
    from onestop.domain.stock.ledger import LineState
    from onestop.domain.stock.policy import StockPolicy

_Row = TypeVar("_Row")


def read_pack(name: str) -> dict[str, Any]:
    """The JSON document ``onestop/data/<name>``, such as ``markets.json`` or ``pricing/SG.json``."""
    document: dict[str, Any] = json.loads(_path(name).read_bytes())
    return document


def read_csv(name: str, text: str, columns: Sequence[str], read: Callable[[list[str]], _Row]) -> Iterator[_Row]:
    """What ``read`` makes of each row of a CSV pack, whose first cell is an id; empty lines are passed over.

    Args:
        name: file name, for messages.
        text: content with a header row.
        columns: the header that is expected, and so how many cells a row has.
        read: is given the cells of one row; raises ValueError when they do not fit.

    Raises:
        ValueError: the header or a row does not fit, or an id stands twice; the message names file, row and reason.

    Example:
        >>> list(read_csv("units.csv", "id,grams\\nkg,1000\\n", ("id", "grams"), lambda cells: int(cells[1])))
        [1000]
        >>> list(read_csv("units.csv", "id,grams\\nkg\\n", ("id", "grams"), lambda cells: int(cells[1])))
        Traceback (most recent call last):
            ...
        ValueError: units.csv, row 2 (kg): 2 cells are expected
    """
    reader = csv.reader(io.StringIO(text))
    if tuple(next(reader, ())) != tuple(columns):
        raise ValueError(f"{name}: the header must be {','.join(columns)}")
    ids: set[str] = set()
    for cells in filter(None, reader):
        try:
            if len(cells) != len(columns):
                raise ValueError(f"{len(columns)} cells are expected")
            row = read(cells)
            if cells[0] in ids:
                raise ValueError("the id stands twice")
            ids.add(cells[0])
            yield row
        except ValueError as error:  # pydantic's ValidationError is one
            raise ValueError(f"{name}, row {reader.line_num} ({cells[0]}): {error}") from error


def pack_version(*names: str) -> str:
    """A short content address over the bytes of some packs; a quote or a text records it to be replayable."""
    whole = hashlib.sha256()
    for name in sorted(names):
        whole.update(_path(name).read_bytes())
    return whole.hexdigest()[:12]


def _path(name: str) -> Traversable:
    return files("onestop.data").joinpath(*name.split("/"))


@cache
def markets() -> "Markets":
    """Every destination with its channel's limits (``markets.json``, ``channels/profiles/`` and ``channels/pictures.json``)."""
    from onestop.domain.channels.profile import markets_of

    return markets_of(read_pack("markets.json")["markets"], channel_profiles(), picture_specs())


@cache
def channel_profiles() -> "dict[str, ChannelProfile]":
    """Channel -> what it takes and how it wants to be told (``channels/profiles/*.json``).

    Example:
        >>> daraz = channel_profiles()["daraz"]
        >>> daraz.limits.title_max_chars, daraz.is_sure("title_max_chars")
        (255, False)
    """
    from onestop.domain.channels.profile import profiles_of

    names = sorted(file.name for file in _path("channels/profiles").iterdir() if file.name.endswith(".json"))
    return profiles_of(read_pack(f"channels/profiles/{name}") for name in names)


@cache
def stock_policy() -> "StockPolicy":
    """How many pieces are kept back for sellers who say nothing (``stock.json``)."""
    from onestop.domain.stock.policy import StockPolicy

    return StockPolicy.model_validate(read_pack("stock.json"))


@cache
def buyers_policy() -> "BuyersPolicy":
    """For how long recipients are kept (``buyers.json``)."""
    from onestop.domain.buyers.recipient import BuyersPolicy

    return BuyersPolicy.model_validate(read_pack("buyers.json"))


@cache
def _order_states() -> dict[str, dict[str, "LineState"]]:
    from onestop.domain.stock.ledger import LineState

    families = read_pack("channels/order_states.json")["families"]
    return {name: {word: LineState(state) for state, words in one.items() for word in words} for name, one in families.items()}


def order_state(partner: str, status: str) -> "LineState | None":
    """Where a line of an order stands for us by a partner's word for it (``channels/order_states.json``); None when it changes nothing.

    Example:
        >>> order_state("lazada", "packed").value, order_state("trendyol", "unpacked").value, order_state("lazada", "unpaid")
        ('held', 'back', None)
    """
    family = read_pack("channels/webhooks.json")["partners"].get(partner, {}).get("family", "iop")
    return _order_states().get(family, {}).get(status)


@cache
def picture_specs() -> dict[str, "PictureSpec"]:
    """Channel -> what it asks of pictures (``channels/pictures.json``), also of channels that nobody sells on yet.

    Example:
        >>> trendyol = picture_specs()["trendyol"]
        >>> trendyol.width_px, trendyol.height_px, trendyol.dpi
        (1200, 1800, 96)
    """
    from onestop.domain.channels.market import PictureSpec

    rows = read_pack("channels/pictures.json")["channels"]
    return {channel: PictureSpec.model_validate(row["spec"]) for channel, row in rows.items()}
