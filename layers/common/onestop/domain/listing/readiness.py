"""What to mend first: the fixes of an upload, ranked by how much each of them sets free."""

from collections import Counter
from collections.abc import Iterable, Set
from typing import Final, NamedTuple

from onestop.domain.findings import Severity, State, state_of
from onestop.domain.listing.listing import Listing, ListingStatus
from onestop.domain.listing.occurrences import Occurrence, of_row
from onestop.domain.listing.reported import ReportedRow

NO_CURE: Final = frozenset({"GOODS_PROHIBITED", "GOODS_ADULT_ONLY", "GOODS_RESTRICTED"})
"""Codes that no correction of the file takes away: a market must be left out, or a permit obtained. Nothing is promised for them."""

MOST_PLACES: Final = 200
"""Places that are kept of each code; how many there are is counted, and the table of findings names them all."""


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
        places: where it was found, in the order of the file; the first ``MOST_PLACES``.
        total: how many places there are.
    """

    code: str
    severity: Severity
    gain: Gain
    curable: bool
    places: tuple[Occurrence, ...]
    total: int


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


class _Found:
    """What was found of one code: the first places, and how many there are of what kind."""

    def __init__(self, severity: Severity) -> None:
        self.severity = severity
        self.places: list[Occurrence] = []
        self.count = self.reach = 0
        self.has_fix = False

    def see(self, one: Occurrence) -> None:
        self.count += 1
        self.reach += max(1, len(one.markets))
        self.has_fix = self.has_fix or bool(one.finding.fix)
        if len(self.places) < MOST_PLACES:
            self.places.append(one)


class Readiness:
    """Ranks the codes that hold listings or rows back, the one that sets most free first, while the rows go by.

    What it keeps grows with the kinds of faults, not with the rows.

    Args:
        markets: how many the seller sells in; a row that becomes readable may make a listing in each.

    Example:
        >>> from onestop.domain.catalog.upload import UploadRow
        >>> from onestop.domain.findings import Finding
        >>> readiness = Readiness(markets=3)
        >>> found = Finding.of("PRICE_MISSING", cell="E4")
        >>> readiness.see(ReportedRow(row=UploadRow(row=4, sku="A", title="양말", outcome="rejected", findings=(found,))))
        >>> [(fix.code, fix.gain.rows, fix.total) for fix in readiness.ranked()]
        [('PRICE_MISSING', 1, 1)]
    """

    def __init__(self, markets: int) -> None:
        self._found: dict[str, _Found] = {}
        self._stock = _Stock(Counter(), Counter(), markets)

    def see(self, reported: ReportedRow) -> None:
        """Take in the next row of the file."""
        for one in of_row(reported):
            if one.finding.severity is not Severity.INFO:
                self._found.setdefault(one.finding.code, _Found(one.finding.severity)).see(one)
        self._stock.listings.update(_held(one) for one in reported.listings if _accounted_for(one))
        if reported.row.outcome == "rejected":
            self._stock.rows[_codes(((one.code, one.severity) for one in reported.row.findings), Severity.ERROR)] += 1

    def ranked(self) -> tuple[Fix, ...]:
        """Greedy: each fix is weighed on top of the ones before it, so a listing with two faults counts where its last one goes.

        Only what is known now is counted: a price made with a newly given weight may still turn out to be too low.
        """
        left = {code: found for code, found in self._found.items() if code not in NO_CURE and found.has_fix}
        fixed: set[str] = set()
        ranked = []
        while left:
            gains = {code: self._stock.gain(code, fixed) for code in left}
            best = min(left, key=lambda code: (*(-figure for figure in self._stock.weight(gains[code])), -left[code].reach, code))
            ranked.append(_fix(best, left.pop(best), gains[best], curable=True))
            fixed.add(best)
        stuck = sorted(self._found.keys() - fixed, key=lambda code: (code not in NO_CURE, -self._found[code].reach, code))
        return (*ranked, *(_fix(code, self._found[code], Gain(), curable=False) for code in stuck))


def status_after(listing: Listing, fixed: Set[str]) -> ListingStatus:
    """The status of a listing once every finding of the codes ``fixed`` is gone.

    A listing whose findings do not account for its status, or that was withdrawn, stays as it is: nothing is promised.
    """
    if not _accounted_for(listing):
        return listing.status
    return ListingStatus(state_of(finding for finding in listing.findings if finding.code not in fixed).value)


def _accounted_for(listing: Listing) -> bool:
    return listing.status.value == state_of(listing.findings).value


def _held(listing: Listing) -> _Held:
    weighed = [(one.code, one.severity) for one in listing.findings]
    return _Held(_codes(weighed, Severity.ERROR), _codes(weighed, Severity.WARN))


def _codes(weighed: Iterable[tuple[str, Severity]], severity: Severity) -> frozenset[str]:
    return frozenset(code for code, weight in weighed if weight is severity)


def _fix(code: str, found: _Found, gain: Gain, *, curable: bool) -> Fix:
    return Fix(code, found.severity, gain, curable, tuple(found.places), found.count)
