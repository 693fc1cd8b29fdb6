"""What to mend first: the fixes of an upload, ranked by how much each of them sets free."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from typing import Final, NamedTuple

from onestop.domain.findings import Severity, State, state_of
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.listing.occurrences import Occurrence, occurrences
from onestop.domain.listing.report import Report

NO_CURE: Final = frozenset({"GOODS_PROHIBITED", "GOODS_ADULT_ONLY", "GOODS_RESTRICTED"})
"""Codes that no correction of the file takes away: a market must be left out, or a permit obtained. Nothing is promised for them."""


class Gain(NamedTuple):
    """What one fix sets free once the fixes ranked before it are made.

    Attributes:
        ready: listings that become ready.
        review: blocked listings that only need a look afterwards.
        rows: rejected rows that become readable; each may make a listing per market.
    """

    ready: int = 0
    review: int = 0
    rows: int = 0


class Fix(NamedTuple):
    """Everything about one finding code that holds something back.

    Attributes:
        gain: counted on top of the fixes ranked before this one, so that the gains of a ranking may be added up.
        curable: whether a correction of the file takes the finding away; if not, the gain is nothing.
        places: where it was found, in the order of the file.
    """

    code: str
    severity: Severity
    gain: Gain
    curable: bool
    places: tuple[Occurrence, ...]


class _Held(NamedTuple):
    """The codes that stand between a listing and a better status."""

    errors: frozenset[str]
    warnings: frozenset[str]

    def after(self, fixed: Set[str]) -> State:
        if self.errors - fixed:
            return State.BLOCKED
        return State.NEEDS_REVIEW if self.warnings - fixed else State.READY


class _Stock(NamedTuple):
    """What is held back in an upload: alike listings and alike rows counted together, which keeps the ranking fast."""

    listings: Counter[_Held]
    rows: Counter[frozenset[str]]
    markets: int

    def gain(self, code: str, fixed: Set[str]) -> Gain:
        then = fixed | {code}
        moved: Counter[State] = Counter()
        for held, count in self.listings.items():
            if held.after(then) is not held.after(fixed):
                moved[held.after(then)] += count
        rows = sum(count for errors, count in self.rows.items() if errors - fixed and not errors - then)
        return Gain(moved[State.READY], moved[State.NEEDS_REVIEW], rows)

    def weight(self, gain: Gain) -> tuple[int, int]:
        return gain.ready + gain.review + gain.rows * self.markets, gain.ready


def rank_fixes(report: Report) -> tuple[Fix, ...]:
    """The codes that hold listings or rows back, the one that sets most free first.

    Greedy: each fix is weighed on top of the ones before it, so a listing with two faults counts where its last one goes.
    Only what is known now is counted: a price made with a newly given weight may still turn out to be too low.

    Example:
        >>> from datetime import UTC, date, datetime
        >>> from onestop.domain.catalog.settings import SellerSettings
        >>> from onestop.domain.catalog.upload import Upload
        >>> upload = Upload(seller_id="s-1", upload_id="u", key="s-1/a.csv", etag="e", settings=SellerSettings(),
        ...                 received_at=datetime(2026, 11, 24, tzinfo=UTC))
        >>> rank_fixes(Report(upload=upload, markets=(), rows=(), as_of=date(2026, 11, 24)))
        ()
    """
    places = _places(report)
    stock = _stock(report)
    left = {code: found for code, found in places.items() if _curable(code, found)}
    fixed: set[str] = set()
    ranked = []
    while left:
        gains = {code: stock.gain(code, fixed) for code in left}
        best = min(left, key=lambda code: (*(-figure for figure in stock.weight(gains[code])), -_reach(left[code]), code))
        ranked.append(_fix(best, left.pop(best), gains[best], curable=True))
        fixed.add(best)
    stuck = sorted(places.keys() - fixed, key=lambda code: (code not in NO_CURE, -_reach(places[code]), code))
    return (*ranked, *(_fix(code, places[code], Gain(), curable=False) for code in stuck))


def status_after(listing: Listing, fixed: Set[str]) -> ListingStatus:
    """The status of a listing once every finding of the codes ``fixed`` is gone.

    A listing whose findings do not account for its status, or that was withdrawn, stays as it is: nothing is promised.
    """
    if not _accounted_for(listing):
        return listing.status
    return ListingStatus(state_of(finding for finding in listing.findings if finding.code not in fixed).value)


def _accounted_for(listing: Listing) -> bool:
    return listing.status.value == state_of(listing.findings).value


def _places(report: Report) -> dict[str, tuple[Occurrence, ...]]:
    places: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for one in occurrences(report):
        if one.row is not None and one.finding.severity is not Severity.INFO:
            places[one.finding.code].append(one)
    return {code: tuple(found) for code, found in places.items()}


def _stock(report: Report) -> _Stock:
    listings = Counter(_held(one) for row in report.rows for one in row.listings if _accounted_for(one))
    rejected = (row.row for row in report.rows if row.row.outcome == "rejected")
    rows = Counter(_codes(((one.code, one.severity) for one in row.findings), Severity.ERROR) for row in rejected)
    return _Stock(listings, rows, len(report.markets))


def _held(listing: Listing) -> _Held:
    weighed = [(one.code, one.severity) for one in listing.findings]
    return _Held(_codes(weighed, Severity.ERROR), _codes(weighed, Severity.WARN))


def _codes(weighed: Iterable[tuple[str, Severity]], severity: Severity) -> frozenset[str]:
    return frozenset(code for code, weight in weighed if weight is severity)


def _curable(code: str, found: tuple[Occurrence, ...]) -> bool:
    return code not in NO_CURE and any(one.finding.fix for one in found)


def _reach(found: tuple[Occurrence, ...]) -> int:
    return sum(max(1, len(one.markets)) for one in found)


def _fix(code: str, found: tuple[Occurrence, ...], gain: Gain, *, curable: bool) -> Fix:
    return Fix(code, found[0].finding.severity, gain, curable, found)
