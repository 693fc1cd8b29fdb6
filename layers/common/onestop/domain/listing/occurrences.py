"""Every finding of a row once, with the markets that it was found in."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onestop.domain.findings import Finding, Severity
from onestop.domain.listing.reported import ReportedRow


class Occurrence(NamedTuple):
    """One finding of one row, however many markets it was found for.

    Attributes:
        row: the row of the seller's file, or None when the file as a whole is meant.
        sku, title: of the row's product, as far as they are known.
        markets: codes of the markets whose listings have the finding; empty when the row or the file itself has it.
    """

    finding: Finding
    row: int | None = None
    sku: str | None = None
    title: str = ""
    markets: tuple[str, ...] = ()


def of_file(findings: Iterable[Finding]) -> tuple[Occurrence, ...]:
    """The distinct findings about a file as a whole.

    Example:
        >>> [one.row for one in of_file([Finding.of("FILE_EMPTY"), Finding.of("FILE_EMPTY")])]
        [None]
    """
    return tuple(Occurrence(finding) for finding in dict.fromkeys(findings))


def of_row(reported: ReportedRow) -> tuple[Occurrence, ...]:
    """The distinct findings of one row, the worst first.

    Example:
        >>> from onestop.domain.catalog.upload import UploadRow
        >>> row = UploadRow(row=25, sku="KI-504", title="조리도구", outcome="rejected", findings=[Finding.of("PRICE_MISSING", cell="E25")])
        >>> [(one.row, one.finding.cell, one.markets) for one in of_row(ReportedRow(row=row))]
        [(25, 'E25', ())]
    """
    markets: dict[Finding, list[str]] = {finding: [] for finding in reported.row.findings}
    for finding, market in _of_listings(reported):
        markets.setdefault(finding, []).append(market)
    weight = [Severity.ERROR, Severity.WARN, Severity.INFO]
    row = reported.row
    found = (Occurrence(finding, row.row, row.sku, row.title, tuple(codes)) for finding, codes in markets.items())
    return tuple(sorted(found, key=lambda one: weight.index(one.finding.severity)))


def _of_listings(reported: ReportedRow) -> Iterator[tuple[Finding, str]]:
    for listing in reported.listings:
        for finding in dict.fromkeys(listing.findings):
            yield finding, listing.market
