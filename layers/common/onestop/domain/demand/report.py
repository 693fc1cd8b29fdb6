"""A keyword report: proven as a whole before its first row is given. Nothing is kept of a bad one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.demand.forms import Measure, Row
from onestop.domain.demand.periods import Period
from onestop.domain.findings import Finding
from onestop.domain.values import ExactDecimal, proven

MAX_KEYWORD_CHARS = 200
"""Nobody types more; a longer cell is something pasted."""


Pairs = Iterable[tuple[str, str]]
"""(Key, what goes with it)."""

Sort = Callable[[Pairs], Callable[[], Iterator[tuple[str, str]]]]
"""Takes pairs in, all of them, then gives them by key at each call, those of one key in the order in which they came.

Where the pairs lie meanwhile is its own affair: a report of a million lines does not fit into memory.
"""


def sort_in_memory(pairs: Pairs) -> Callable[[], Iterator[tuple[str, str]]]:
    """What is small enough to be held.

    Example:
        >>> list(sort_in_memory([("b", "1"), ("a", "2"), ("b", "0")])())
        [('a', '2'), ('b', '1'), ('b', '0')]
    """
    held = sorted(pairs, key=itemgetter(0))
    return lambda: iter(held)


class KeywordDemand(BaseModel):
    """The canonical row: what one report tells of one keyword of one market.

    Attributes:
        keyword: NFC, lower case, single spaces. Whatever it says, it is only a keyword.
        source: the export, such as ``aliexpress_hot``.
        period_start, period_end: both days included.
        figures: measure -> value; an index is comparable inside its report only.
        is_brand: whether the report calls it a brand.
    """

    model_config = ConfigDict(frozen=True)

    keyword: str = Field(min_length=1, max_length=MAX_KEYWORD_CHARS)
    market: str
    source: str
    period_start: date
    period_end: date
    figures: dict[Measure, ExactDecimal]
    is_brand: bool = False


class Sheet(NamedTuple):
    """What is read: the rows of a file, from their start at each call, and what is known of the file.

    Attributes:
        rows: gives (row number from 1, cells).
        name: the file's own name, which may tell the period.
        market: ISO 3166-1 alpha-2.
        dropped_on: the day, UTC.
        sheet: name of the workbook's sheet when it has several.
    """

    rows: Callable[[], Iterator[Row]]
    name: str
    market: str
    dropped_on: date
    sheet: str | None = None


class Timeline(NamedTuple):
    """What an export of Google Trends is on each of its days.

    Attributes:
        about: what stands above its terms, such as the category; two that differ in it are of different things.
        step_days: from one point to the next, 0 for hours; None where there is only one.
        points: keyword -> day -> index.
    """

    about: str
    step_days: int | None
    points: dict[str, dict[date, float]]


class Report(NamedTuple):
    """A report that can be taken as a whole.

    Attributes:
        source: the export that it is.
        market: ISO 3166-1 alpha-2.
        period: what it is about.
        lines: how many lines it has that are taken.
        findings: what was left out or assumed, one for each kind.
        rows: gives its rows, each keyword once, in flat memory; as long as what sorted them is there.
        timeline: of an export of Google Trends over time.
    """

    source: str
    market: str
    period: Period
    lines: int
    findings: tuple[Finding, ...]
    rows: Callable[[], Iterator[KeywordDemand]]
    timeline: Timeline | None = None

    def row(self, keyword: str, figures: dict[Measure, ExactDecimal], *, is_brand: bool = False) -> KeywordDemand:
        """A row of this report, of a keyword and figures that were proven."""
        return proven(KeywordDemand, {
            "keyword": keyword, "market": self.market, "source": self.source, "period_start": self.period.start,
            "period_end": self.period.end, "figures": figures, "is_brand": is_brand,
        })  # fmt: skip


def findings_of(told: Counter[str]) -> tuple[Finding, ...]:
    """One finding for each kind of thing that was counted while a report was read."""
    return tuple(Finding.of(code, count=count) for code, count in sorted(told.items()) if count)
