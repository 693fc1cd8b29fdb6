"""A keyword report becomes rows of its market's demand table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Protocol

from onestop.domain.catalog.dropped import DroppedFile, require_size
from onestop.domain.channels.market import Markets
from onestop.domain.demand.keywords import Keyword, read_keywords
from onestop.steps.ports import Objects
from onestop.steps.receive_upload import CatalogueFile

MAX_REPORT_BYTES = 16 * 2**20
"""Marketplaces export a few thousand words; a workbook of this size still fits into the memory of the function."""


class Demand(Protocol):
    """What each market's buyers search for."""

    def save(self, market: str, keywords: Iterable[Keyword], *, source: str) -> int:
        """Store the keywords of one report; how many there are."""


def learn_demand(
    dropped: DroppedFile, *, reports: Objects, demand: Demand, markets: Markets,
    open_catalogue: Callable[[IO[bytes], str], CatalogueFile], headers: Mapping[str, Sequence[str]],
) -> int:  # fmt: skip
    """Take in the report ``<MARKET>/<anything>``; how many keywords it holds. The same report again changes nothing.

    Raises:
        PermanentError: MARKET_UNKNOWN, FILE_TOO_LARGE, or why the file cannot be read.
    """
    market = markets.get(dropped.key.partition("/")[0])
    size_bytes = reports.size(dropped.key)
    if size_bytes is None:
        return 0
    require_size(size_bytes, limit_bytes=MAX_REPORT_BYTES)
    with reports.open(dropped.key) as file:
        opened = open_catalogue(file, dropped.name)
        return demand.save(market.code, read_keywords(opened.rows(), headers), source=dropped.key)
