"""A keyword report becomes rows of its market's demand table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from onestop.domain.catalog.dropped import DroppedFile
from onestop.domain.channels.market import Markets
from onestop.domain.demand.keywords import Keyword, read_keywords
from onestop.steps.ports import Objects
from onestop.steps.receive_upload import CatalogueFile


class Demand(Protocol):
    """What each market's buyers search for."""

    def save(self, market: str, keywords: Iterable[Keyword], *, source: str) -> int:
        """Store the keywords of one report; how many there are."""


def learn_demand(
    dropped: DroppedFile, *, reports: Objects, demand: Demand, markets: Markets,
    open_catalogue: Callable[[bytes, str], CatalogueFile], headers: Mapping[str, Sequence[str]],
) -> int:  # fmt: skip
    """Take in the report ``<MARKET>/<anything>``; how many keywords it holds. The same report again changes nothing.

    Raises:
        PermanentError: MARKET_UNKNOWN, or why the file cannot be read.
    """
    market = markets.get(dropped.key.partition("/")[0])
    data = reports.read(dropped.key)
    if data is None:
        return 0
    opened = open_catalogue(data, dropped.name)
    return demand.save(market.code, read_keywords(opened.rows(), headers), source=dropped.key)
