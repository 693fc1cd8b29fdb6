"""What a seller is told about a row in one line, and about a cell in one note."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from onestop.domain.catalog.returned import RESULT_HEADER
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.findings import Finding, Severity
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.listing.occurrences import Occurrence, of_file, of_row
from onestop.domain.listing.reported import ReportedRow

NOTE_MARK = "[onestop]"
"""Every note begins with it, and so is found again when the file comes back."""

_CELL = re.compile(r"(?:.*!)?([A-Z]{1,3})([1-9]\d{0,6})", re.DOTALL)
_MAX_LINE_CHARS = 200
_MAX_NOTE_CHARS = 1_500
_NO_END = 1 << 30


class Tone(StrEnum):
    """How a line is coloured."""

    GOOD = "good"
    WARN = "warn"
    ERROR = "error"
    QUIET = "quiet"


STATUS_WORDS = {
    ListingStatus.BLOCKED: "보류", ListingStatus.NEEDS_REVIEW: "확인 필요", ListingStatus.READY: "출고 가능",
    ListingStatus.WITHDRAWN: "내림",
}  # fmt: skip
"""Worst first."""

TONES = {
    ListingStatus.BLOCKED: Tone.ERROR, ListingStatus.NEEDS_REVIEW: Tone.WARN, ListingStatus.READY: Tone.GOOD,
    ListingStatus.WITHDRAWN: Tone.QUIET,
}  # fmt: skip
TONE_OF = {Severity.ERROR: Tone.ERROR, Severity.WARN: Tone.WARN}
_BEHIND = {ListingStatus.BLOCKED: Severity.ERROR, ListingStatus.NEEDS_REVIEW: Severity.WARN}
_SUPERSEDED = "지난 내용: 더 새로운 파일의 내용이 쓰입니다"
_PENDING = "처리 중"
_OURS = re.compile(rf"(?:{'|'.join(map(re.escape, [*STATUS_WORDS.values(), '지난 내용', _PENDING]))})(?=[ :]|$)")


class Place(NamedTuple):
    """A cell: column from 0, row from 1."""

    column: int
    row: int


class Mark(NamedTuple):
    """What one cell is marked with."""

    severity: Severity
    findings: tuple[Occurrence, ...]

    @property
    def note(self) -> str:
        """The text beside the cell: for every finding the Korean sentence, what to do, and the same in English."""
        return f"{NOTE_MARK} " + "\n\n".join(map(_told, self.findings))[:_MAX_NOTE_CHARS]


class Verdict(NamedTuple):
    """What is said of one row: a line, its colour, and the marks of its cells."""

    line: str
    tone: Tone
    marks: dict[Place, Mark]


class Judged(NamedTuple):
    """A row with what is said of it."""

    reported: ReportedRow
    verdict: Verdict


class Judge:
    """Says something of each row while the rows go by. A product's rows end where the next one begins, so it is judged one row late."""

    def __init__(self) -> None:
        self._waiting: ReportedRow | None = None
        self._one_each = True

    def see(self, reported: ReportedRow) -> Judged | None:
        """Take in the next row of the file; the row before it, judged, if there was one."""
        before, self._waiting = self._waiting, reported
        if before is None:
            return None
        self._one_each = self._one_each and before.row.row + 1 == reported.row.row
        return Judged(before, _verdict(before, reported.row.row))

    def last(self) -> Judged | None:
        """The last row, judged; where every product had a row of its own it has one, too."""
        last, self._waiting = self._waiting, None
        return Judged(last, _verdict(last, last.row.row + 1 if self._one_each else _NO_END)) if last else None


def marks_of(said: Iterable[Verdict]) -> dict[Place, Mark]:
    """The marks of all rows; what several rows say of one cell stands together, the worst first."""
    held: dict[Place, Mark] = {}
    for verdict in said:
        for place, mark in verdict.marks.items():
            both = [held[place], mark] if place in held else [mark]
            both.sort(key=lambda one: one.severity is not Severity.ERROR)
            held[place] = Mark(both[0].severity, tuple(one for part in both for one in part.findings))
    return held


def marks_beside(upload: Upload, catalogue_sheet: str) -> dict[str, dict[Place, Mark]]:
    """Sheet beside the catalogue's -> the marks of its cells, also where a list has none to be marked any more."""
    held: dict[str, dict[Place, list[Occurrence]]] = {_sheet_of(one.cell): {} for one in (*upload.withdraw, *upload.restore)}
    for one in of_file(upload.findings):
        place, sheet = place_of(one.finding.cell), _sheet_of(one.finding.cell or "")
        if place and sheet in held:
            held[sheet].setdefault(place, []).append(one)
    return {
        sheet: {place: Mark(ones[0].finding.severity, tuple(ones)) for place, ones in places.items()}
        for sheet, places in held.items()
        if sheet not in ("", catalogue_sheet)
    }


def _sheet_of(cell: str) -> str:
    return cell.rpartition("!")[0]


def place_of(cell: str | None) -> Place | None:
    """The place that a finding's cell names.

    Example:
        >>> place_of("상품!H25"), place_of(None)
        (Place(column=7, row=25), None)
    """
    named = _CELL.fullmatch(cell or "")
    if named is None:
        return None
    return Place(column_of(named[1]), int(named[2]))


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """A column's number, from 0.

    Example:
        >>> column_of("A"), column_of("AB")
        (0, 27)
    """
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def own_column(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], name: str = RESULT_HEADER) -> int | None:
    """Where an earlier return put this column; a column of the same name with other content is the seller's own.

    A list of codes may have no header, which is told by an empty one: then it is a column behind the codes that holds nothing but
    what a return says.

    Example:
        >>> own_column(["상품코드", "결과"], [(2, ["A-1", "출고 가능 SG"])]), own_column(["상품코드", "결과"], [(2, ["A-1", "합격"])])
        (1, None)
        >>> own_column([], [(1, ["A-1", "단종", "내림 SG"]), (2, ["A-2", "", "보류: ..."])])
        2
    """
    found, foreign = {index for index, text in enumerate(header) if text.strip() == name}, set[int]()
    for _, cells in rows:
        filled = [at for at, text in enumerate(cells) if text.strip()]
        foreign.update(at for at in filled if not _OURS.match(cells[at]))
        if not header:
            found.update(filled[1:])
    return max(found - foreign, default=None)


def behind(findings: Iterable[Occurrence], status: ListingStatus, market: str) -> list[Finding]:
    """The findings that gave a listing its status."""
    severity = _BEHIND.get(status)
    return [one.finding for one in findings if one.finding.severity is severity and (not one.markets or market in one.markets)]


def current_place(cell: str | None, row: UploadRow, end: int = _NO_END) -> Place | None:
    """Where a finding's cell stands in this file.

    A product that did not change keeps the findings of an earlier file, where its rows may have stood elsewhere; a place that is
    not among its rows, which end before ``end``, is taken to its first one.
    """
    place = place_of(cell)
    if place is None or row.outcome != "unchanged" or row.row <= place.row < end:
        return place
    return place._replace(row=row.row)


def _verdict(reported: ReportedRow, end: int) -> Verdict:
    found = of_row(reported)
    line, tone = _line(reported, found)
    return Verdict(line[:_MAX_LINE_CHARS], tone, _marks(reported.row, found, end))


def _line(reported: ReportedRow, found: Sequence[Occurrence]) -> tuple[str, Tone]:
    if reported.row.outcome == "rejected":
        reasons = [one.finding for one in found if one.finding.severity is Severity.ERROR] or [one.finding for one in found]
        return _with_reason("보류", reasons), Tone.ERROR
    if reported.row.outcome == "superseded":
        return _SUPERSEDED, Tone.QUIET
    groups = list(_groups(reported, found))
    return " / ".join(text for text, _ in groups) or _PENDING, groups[0][1] if groups else Tone.QUIET


def _groups(reported: ReportedRow, found: Sequence[Occurrence]) -> Iterator[tuple[str, Tone]]:
    for status, word in STATUS_WORDS.items():
        markets = [listing.market for listing in reported.listings if listing.status is status]
        if markets:
            reasons = [finding for market in markets for finding in behind(found, status, market)]
            yield _with_reason(f"{word} {'·'.join(markets)}", list(dict.fromkeys(reasons))), TONES[status]


def _with_reason(start: str, reasons: Sequence[Finding]) -> str:
    if not reasons:
        return start
    more = f" (외 {len(reasons) - 1}건)" if len(reasons) > 1 else ""
    return f"{start}: {' '.join(reasons[0].message_ko.split())}{more}"


def _marks(row: UploadRow, found: Sequence[Occurrence], end: int) -> dict[Place, Mark]:
    """By cell, the worst finding first, as ``found`` has them; what is only told marks no cell."""
    held: dict[Place, list[Occurrence]] = {}
    for one in found:
        place = current_place(one.finding.cell, row, end)
        if place and one.finding.severity is not Severity.INFO:
            held.setdefault(place, []).append(one)
    return {place: Mark(ones[0].finding.severity, tuple(ones)) for place, ones in held.items()}


def _told(one: Occurrence) -> str:
    finding = one.finding
    word = "보류" if finding.severity is Severity.ERROR else "확인 필요"
    lines = (
        f"{word} {'·'.join(one.markets)}".strip(), finding.message_ko, f"→ {finding.fix}" if finding.fix else "",
        " ".join(filter(None, (finding.message_en, finding.fix_en))),
    )  # fmt: skip
    return "\n".join(filter(None, lines))
