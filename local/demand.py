"""``onestop demand``: what a keyword report holds, read as the stack reads it, and what its words are worth to a product."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.demand_forms import demand_forms
from onestop.adapters.sorting import sorting_on_disk
from onestop.domain.demand.market_words import Measuring
from onestop.domain.demand.ranked import rank
from onestop.domain.demand.read_report import looks_like_report, read_report
from onestop.domain.demand.relevance import Gate, Naming
from onestop.domain.demand.report import KeywordDemand, Report, Sheet

SHOWN = 20
"""Lines: a look, not the report."""


@contextmanager
def reading(path: Path, market: str) -> Iterator[Report]:
    """The report in a file, as if it had been dropped today; its rows are there within the block.

    Raises:
        PermanentError: why it cannot be used.
    """
    forms = demand_forms()
    with path.open("rb") as file, sorting_on_disk() as sort:
        opened = open_catalogue(file, path.name, looks_right=partial(looks_like_report, forms=forms))
        yield read_report(Sheet(opened.rows, path.name, market, datetime.now(UTC).date(), opened.sheet), forms, sort=sort)


def show(console: Console, report: Report, head: Sequence[str], also: Sequence[str]) -> None:
    """Print the first rows; or, when it is told what a product is (``head``) and what else is true of it, the best ones, and why."""
    about = f"{report.source}, {report.market}, {report.period.start} – {report.period.end}, {report.lines:,} lines"
    table = Table("keyword", "why" if head else "figures", title=about, title_justify="left")
    for keyword, said in _lines(report, head, also):
        table.add_row(escape(keyword), escape(said))
    console.print(table)


def _lines(report: Report, head: Sequence[str], also: Sequence[str]) -> Iterable[tuple[str, str]]:
    if not head:
        return ((row.keyword, _figures(row)) for row in islice(report.rows(), SHOWN))
    gate = Gate(Naming(frozenset(head), other=frozenset(also)))
    measuring = Measuring()
    measuring.take(report.rows())
    ranked = rank([measuring.report(report.source, report.period)], gate, datetime.now(UTC).date())
    return ((one.keyword, one.score.why_ko()) for one in ranked[:SHOWN])


def _figures(row: KeywordDemand) -> str:
    return ", ".join(f"{measure.value} {value:f}" for measure, value in row.figures.items())
