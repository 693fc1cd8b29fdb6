"""Everything that the page says about a report, ready to be set."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onestop.adapters.calendar_file import occasions
from onestop.adapters.report.panels import Card, card, common_notes, remark
from onestop.adapters.report.thumbnails import Read, Thumbnails, thumbnails
from onestop.domain.catalog.upload import UploadState
from onestop.domain.channels.market import Market
from onestop.domain.demand.calendar import Upcoming, upcoming
from onestop.domain.findings import Finding, Severity
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.occurrences import Occurrence, of_row
from onestop.domain.listing.readiness import Fix
from onestop.domain.listing.report import Report
from onestop.domain.listing.reported import ReportedRow


class MarketCount(NamedTuple):
    """How many listings a market has in each status."""

    market: Market
    counts: Counter[str]
    total: int


class Held(NamedTuple):
    """One row that does not go out everywhere: where, and why."""

    reported: ReportedRow
    markets: tuple[str, ...]
    reasons: tuple[Occurrence, ...]


class PageView(NamedTuple):
    """The page's content.

    Attributes:
        file_name: the seller's own name of the file.
        counts: listings in each status, all markets together.
        products: rows that made a product.
        cards: the products shown; those that go out as they are make room where not all fit.
        shown_rows: their rows.
        held: the rows that are listed as held back; ``report.tally`` says how many there are.
        notes: remarks that hold for many products; numbered from 1.
        occasions: the codes of the markets that share an occasion, and the occasion, the nearest first.
    """

    report: Report
    file_name: str
    rejected: bool
    counts: Counter[str]
    listings: int
    products: int
    markets: tuple[MarketCount, ...]
    fixes: tuple[Fix, ...]
    cards: tuple[Card, ...]
    shown_rows: frozenset[int]
    held_rows: frozenset[int]
    held: tuple[Held, ...]
    notes: tuple[Finding, ...]
    thumbnails: Thumbnails
    occasions: tuple[tuple[tuple[str, ...], Upcoming], ...] = ()

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that are counted; nothing is said of withdrawn listings where there are none."""
        return ("ready", "needs_review", "blocked", *(("withdrawn",) if self.counts["withdrawn"] else ()))

    def market_of(self, code: str) -> Market:
        """One of the markets where the seller sells."""
        return next(one.market for one in self.markets if one.market.code == code)

    def anchor(self, row: int) -> str:
        """Where the page tells more about a row: its card, or else where it is held; empty when it does neither."""
        if row in self.shown_rows:
            return f"#r{row}"
        return f"#held-{row}" if row in self.held_rows else ""


class Places(NamedTuple):
    """Places that are mended in the same way; ``same`` when they are told in the same words, too."""

    fix: str
    fix_en: str
    places: tuple[Occurrence, ...]
    same: bool


def grouped(places: Iterable[Occurrence]) -> tuple[Places, ...]:
    """Places by what to do about them, in the order in which they come.

    Example:
        >>> found = [Occurrence(Finding.of("WEIGHT_MISSING", cell=cell)) for cell in ("H5", "H9")]
        >>> [(group.fix_en, len(group.places), group.same) for group in grouped(found)]
        [('Fill in the weight with packaging, in grams.', 2, True)]
    """
    by_fix: dict[tuple[str, str], list[Occurrence]] = {}
    for one in places:
        by_fix.setdefault((one.finding.fix, one.finding.fix_en), []).append(one)
    return tuple(
        Places(fix, fix_en, tuple(found), len({one.finding.message_ko for one in found}) == 1) for (fix, fix_en), found in by_fix.items()
    )


def page_view(report: Report, read: Read) -> PageView:
    """The content of a report's page; ``read`` gives the thumbnails."""
    markets = {market.code: market for market in report.markets}
    shown, held = report.shown, tuple(map(_held, report.held))
    notes = common_notes(shown)
    numbers = {remark(finding): number for number, finding in enumerate(notes, start=1)}
    by_market = tuple(_market_counts(report))
    counts = sum((one.counts for one in by_market), Counter[str]())
    return PageView(
        report=report, file_name=report.upload.key.rpartition("/")[2], rejected=report.upload.state is UploadState.REJECTED,
        counts=counts, listings=counts.total(), products=report.tally.shown, markets=by_market, fixes=report.fixes,
        cards=tuple(card(row, markets, numbers) for row in shown), shown_rows=frozenset(row.row.row for row in shown),
        held_rows=frozenset(row.row.row for row in report.held), held=held, notes=notes, thumbnails=thumbnails(shown, read),
        occasions=_occasions(report),
    )  # fmt: skip


def _occasions(report: Report) -> tuple[tuple[tuple[str, ...], Upcoming], ...]:
    """What comes in the report's markets; markets that share an occasion and its days share a line."""
    sharing: dict[tuple[str, date, date], list[tuple[str, Upcoming]]] = {}
    for market in report.markets:
        for one in upcoming(occasions(), market.code, report.as_of):
            sharing.setdefault((one.occasion.id, one.first, one.last), []).append((market.code, one))
    lines = [(tuple(code for code, _ in some), some[0][1]) for some in sharing.values()]
    return tuple(sorted(lines, key=lambda line: (line[1].first, line[1].occasion.id)))


def _market_counts(report: Report) -> Iterable[MarketCount]:
    for market in report.markets:
        counts = Counter(report.tally.listings[market.code])
        yield MarketCount(market, counts, counts.total())


def _held(row: ReportedRow) -> Held:
    blocked = tuple(one.market for one in row.listings if one.status is ListingStatus.BLOCKED)
    return Held(row, blocked, tuple(one for one in of_row(row) if one.finding.severity is Severity.ERROR))
