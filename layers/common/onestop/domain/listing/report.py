"""What a seller gets back for an upload: everything counted, and of a large upload those rows that need a look first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from onestop.domain.catalog.upload import Upload
from onestop.domain.channels.market import Market
from onestop.domain.demand.coverage import Coverage, MarketDemand
from onestop.domain.demand.fit import best_first, told
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.readiness import Fix, Readiness
from onestop.domain.listing.reported import ReportedRow

MOST_SHOWN = 500
"""Products shown one by one: a phone can still open that. The listing files and the table of findings hold the rest."""

MOST_HELD = 1_000
"""Rows that are held back, listed with their reasons; the table of findings has them all."""

_URGENCY = (ListingStatus.BLOCKED, ListingStatus.NEEDS_REVIEW, ListingStatus.READY, ListingStatus.WITHDRAWN)


class Tally(NamedTuple):
    """What was counted over every row.

    Attributes:
        rows: rows of the file that the report speaks of.
        products: those with a listing in any market.
        shown: those with a listing in a market where the seller sells.
        held: rows that do not go out everywhere.
        outcomes: what became of a row -> how many.
        listings: market -> listing status -> how many.
        codes: finding code -> rows that have it.
    """

    rows: int
    products: int
    shown: int
    held: int
    outcomes: dict[str, int]
    listings: dict[str, dict[str, int]]
    codes: dict[str, int]


class Report(NamedTuple):
    """Everything about one upload that its seller is told on one page.

    Attributes:
        upload: the file and how it was read (its reading receipt).
        markets: where the seller sells.
        as_of: the day the report speaks of, UTC.
        tally: what was counted over all rows.
        fixes: what to mend first.
        shown: products to be shown one by one, at most ``MOST_SHOWN``, in the order of the file.
        held: the first rows that do not go out everywhere, at most ``MOST_HELD``.
        marked: whether the seller's own file goes back, marked; False only where it is too large for that.
        demand: what the catalogue has to do with what buyers type, for the markets where that is known.
    """

    upload: Upload
    markets: tuple[Market, ...]
    as_of: date
    tally: Tally
    fixes: tuple[Fix, ...] = ()
    shown: tuple[ReportedRow, ...] = ()
    held: tuple[ReportedRow, ...] = ()
    marked: bool = True
    demand: tuple[MarketDemand, ...] = ()

    def summary(self) -> dict[str, object]:
        """The figures of ``summary.json``."""
        upload, tally = self.upload, self.tally
        return {
            "upload_id": upload.upload_id, "seller_id": upload.seller_id, "file": upload.key, "state": upload.state.value,
            "profile": upload.profile, "confidence": upload.confidence, "columns": upload.columns, "ignored": list(upload.ignored),
            "rows": tally.rows, "products": tally.products, "outcomes": tally.outcomes, "listings": tally.listings,
            "market_fit": [told(fit) for fit in best_first(tuple(one.fit for one in self.demand))],
            "file_findings": [finding.code for finding in upload.findings], "findings": tally.codes,
        }  # fmt: skip


class Gathering:
    """Makes a report while the rows go by, in the order of the file. It keeps counts, and as many rows as the page shows.

    Args:
        upload: the file.
        markets: where the seller sells.
        coverages: of the markets where it is known what buyers type.
    """

    def __init__(self, upload: Upload, markets: tuple[Market, ...], coverages: Sequence[Coverage] = ()) -> None:
        self._coverages = coverages
        self._upload, self._markets = upload, markets
        self._codes_sold = frozenset(market.code for market in markets)
        self._readiness = Readiness(len(markets))
        self._outcomes: Counter[str] = Counter()
        self._listings: dict[str, Counter[str]] = {market.code: Counter() for market in markets}
        self._codes: Counter[str] = Counter()
        self._counted: Counter[str] = Counter()
        self._shown: defaultdict[int, list[ReportedRow]] = defaultdict(list)
        self._held: list[ReportedRow] = []

    @property
    def rows(self) -> int:
        """How many rows were taken in."""
        return self._outcomes.total()

    def see(self, reported: ReportedRow) -> None:
        """Take in the next row."""
        row, listings = reported.row, reported.listings
        self._readiness.see(reported)
        for coverage in self._coverages:
            coverage.see(reported)
        self._outcomes[row.outcome] += 1
        self._codes.update({one.code for one in row.findings} | {found.code for one in listings for found in one.findings})
        for listing in listings:
            self._listings.setdefault(listing.market, Counter())[listing.status.value] += 1
        self._counted["products"] += bool(listings)
        if any(listing.market in self._codes_sold for listing in listings):
            self._show(reported)
        if row.outcome == "rejected" or any(one.status is ListingStatus.BLOCKED for one in listings):
            self._counted["held"] += 1
            if len(self._held) < MOST_HELD:
                self._held.append(reported)

    def report(self, as_of: date, *, marked: bool = True) -> Report:
        """What the rows came to; see ``Report`` for ``as_of`` and ``marked``."""
        tally = Tally(
            self.rows, self._counted["products"], self._counted["shown"], self._counted["held"],
            dict(sorted(self._outcomes.items())),
            {market: dict(sorted(counts.items())) for market, counts in self._listings.items()}, dict(sorted(self._codes.items())),
        )  # fmt: skip
        shown = sorted((one for some in self._shown.values() for one in some), key=lambda one: one.row.row)
        fixes = self._readiness.ranked()
        demand = tuple(coverage.told() for coverage in self._coverages)
        return Report(self._upload, self._markets, as_of, tally, fixes, tuple(shown), tuple(self._held), marked, demand)

    def _show(self, reported: ReportedRow) -> None:
        """Keep a product for the page; where not all fit, the last of those that go out as they are makes room."""
        self._counted["shown"] += 1
        self._shown[min(_URGENCY.index(one.status) for one in reported.listings)].append(reported)
        if self._counted["shown"] > MOST_SHOWN:
            least_urgent = max(urgency for urgency, rows in self._shown.items() if rows)
            self._shown[least_urgent].pop()
