"""A keyword report becomes rows of its market's demand table: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import IO, TYPE_CHECKING, Protocol

from onestop.domain.catalog.dropped import DroppedFile, require_size
from onestop.domain.channels.market import Markets
from onestop.domain.commands import OPERATOR, SteerTitles
from onestop.domain.demand.forms import Forms
from onestop.domain.demand.read_report import read_report
from onestop.domain.demand.report import Report, Sheet, Sort
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import digest
from onestop.steps.ports import Objects, Sender

if TYPE_CHECKING:
    from onestop.steps.receive_upload import CatalogueFile

MAX_REPORT_BYTES = 64 * 2**20
"""As many rows as a spreadsheet holds, a million, as text. With what sorts them it fits onto the disk of the function."""


class Demand(Protocol):
    """What each market's buyers search for, report by report."""

    def holds(self, market: str, key: str, version: str) -> bool:
        """Whether this version of a report is the one in use."""

    def save(self, report: Report, *, key: str, version: str) -> int:
        """Put a report in the place of the last one of its key, at once; how many keywords it has."""

    def refuse(self, market: str, key: str, findings: Sequence[Finding]) -> None:
        """Note why the latest report of a key was not taken; the one before it stays in use."""


def learn_demand(
    dropped: DroppedFile, *, reports: Objects, demand: Demand, markets: Markets,
    open_report: Callable[[IO[bytes], str], CatalogueFile], sorting: Callable[[], AbstractContextManager[Sort]], forms: Forms, send: Sender,
) -> int:  # fmt: skip
    """Take in the report ``<MARKET>/<anything>``, and have the market's titles looked through; how many keywords it brought.

    The same report again changes nothing: its titles are looked through, and found to be what it asks for.

    Raises:
        PermanentError: DEMAND_MARKET_UNKNOWN, FILE_TOO_LARGE, or why the file cannot be used; the table stays as it is.
    """
    market = _market(dropped, markets)
    version = reports.etag(dropped.key)
    if version is None:
        return 0
    keywords = 0
    if not demand.holds(market, dropped.key, version):
        keywords = _take(dropped, market, version, reports=reports, demand=demand, open_report=open_report, sorting=sorting, forms=forms)
    send([steering_of(market, f"{dropped.key} {version}", dropped.dropped_at)])
    return keywords


def _take(
    dropped: DroppedFile, market: str, version: str, *, reports: Objects, demand: Demand,
    open_report: Callable[[IO[bytes], str], CatalogueFile], sorting: Callable[[], AbstractContextManager[Sort]], forms: Forms,
) -> int:  # fmt: skip
    """Read a report and put it into use."""
    try:
        require_size(reports.size(dropped.key) or 0, limit_bytes=MAX_REPORT_BYTES)
        with reports.open(dropped.key) as file, sorting() as sort:
            opened = open_report(file, dropped.name)
            sheet = Sheet(opened.rows, dropped.name, market, dropped.dropped_at.date(), opened.sheet)
            return demand.save(read_report(sheet, forms, sort=sort), key=dropped.key, version=version)
    except PermanentError as error:
        demand.refuse(market, dropped.key, error.findings)
        raise


def _market(dropped: DroppedFile, markets: Markets) -> str:
    code = dropped.key.partition("/")[0]
    if code not in markets.by_code:
        known = ", ".join(sorted(markets.by_code))
        raise PermanentError(Finding.of("DEMAND_MARKET_UNKNOWN", market=code[:40], known=known))
    return code


def steering_of(market: str, report: str, at: datetime) -> SteerTitles:
    """The command to go through a market for a report; the same version of a report always has the same one.

    Args:
        report: names the version.
        at: when it was dropped, UTC.
    """
    cause = f"demand-{market}-{digest(report)}"
    return SteerTitles(event_id=digest(cause), occurred_at=at, seller_id=OPERATOR, correlation_id=cause, market=market)
