"""Reports with one keyword a line: hot words, sponsored search, search terms and what else has a header."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from onestop.domain.catalog.places import cell_name
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.demand.buyer_data import holds_buyer_data
from onestop.domain.demand.forms import Forms, Layout, Measure, recognise
from onestop.domain.demand.numbers import AbsurdError, UnreadableError, read_figure, unwrap
from onestop.domain.demand.periods import Period, assumed, dates_in, period_in, require_past
from onestop.domain.demand.report import MAX_KEYWORD_CHARS, KeywordDemand, Report, Sheet, Sort, findings_of, sort_in_memory
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.text.normalise import normalise

MAX_CELL_CHARS = 1_000
"""More of a cell is not looked at: its keyword is too long already, or its spaces are."""

Figures = dict[Measure, Decimal]


class _Line(NamedTuple):
    keyword: str
    figures: Figures
    is_brand: bool
    number: int
    cells: list[str]

    def body(self) -> str:
        """What the line tells of its keyword, to be put aside."""
        return json.dumps([{measure.value: str(value) for measure, value in self.figures.items()}, self.is_brand])


def read_word_table(sheet: Sheet, forms: Forms, *, sort: Sort = sort_in_memory) -> Report:
    """The report in a sheet whose header is known; every line is looked at once, and put where ``sort`` has those of its keyword.

    Raises:
        PermanentError: DEMAND_HEADER_UNKNOWN, DEMAND_NO_KEYWORDS, DEMAND_NO_ROWS, DEMAND_NUMBER_INVALID, DEMAND_NUMBER_ABSURD,
            DEMAND_PERIODS_MIXED, DEMAND_PERIOD_INVALID, or what the file itself raises.
    """
    layout = recognise(sheet.rows(), forms)
    told: Counter[str] = Counter()
    dated = _Dated(sheet, layout)
    by_keyword = sort((line.keyword, line.body()) for line in _lines(sheet, layout, forms, told) if dated.holds(line))
    if not dated.lines:
        raise PermanentError(Finding.of("DEMAND_NO_ROWS"))
    period = dated.period or _stated(sheet, layout)
    if period is None:
        told["DEMAND_PERIOD_ASSUMED"] = (assumed(sheet.dropped_on).end - assumed(sheet.dropped_on).start).days + 1
    days = require_past(period or assumed(sheet.dropped_on), sheet.dropped_on)
    report = Report(layout.source, sheet.market, days, dated.lines, findings_of(told), lambda: iter(()))
    return report._replace(rows=lambda: _rows(report, by_keyword, forms))


def _rows(report: Report, by_keyword: Callable[[], Iterator[tuple[str, str]]], forms: Forms) -> Iterator[KeywordDemand]:
    """The report's rows; a keyword that comes twice is one row."""
    for keyword, lines in groupby(by_keyword(), key=itemgetter(0)):
        figures, is_brand = None, False
        for _, body in lines:
            told, says_brand = json.loads(body)
            figures = _merged(figures, {Measure(name): Decimal(value) for name, value in told.items()}, forms)
            is_brand |= says_brand
        yield report.row(keyword, figures or {}, is_brand=is_brand)


def _merged(known: Figures | None, figures: Figures, forms: Forms) -> Figures:
    if known is None:
        return figures
    for measure, value in figures.items():
        repeated, before = forms.measures[measure].repeated, known.get(measure)
        if before is None or repeated == "last":
            known[measure] = value
        else:
            known[measure] = before + value if repeated == "sum" else max(before, value)
    return known


def _lines(sheet: Sheet, layout: Layout, forms: Forms, told: Counter[str]) -> Iterator[_Line]:
    """The lines that have a keyword and a figure."""
    for number, cells in sheet.rows():
        if number <= layout.header_row or len(cells) <= layout.keyword:
            continue
        keyword = normalise(unwrap(cells[layout.keyword][:MAX_CELL_CHARS])).lower()
        if not keyword or keyword in forms.not_keywords:
            continue
        if reason := _unwanted(keyword):
            told[reason] += 1
            continue
        figures = _figures(number, cells, sheet, layout, forms, told)
        if figures:
            yield _Line(keyword, figures, _is_yes(cells, layout.is_brand, forms), number, cells)


def _unwanted(keyword: str) -> str | None:
    """The code of what speaks against a keyword; a pasted page is not searched for anything."""
    if len(keyword) > MAX_KEYWORD_CHARS:
        return "DEMAND_KEYWORD_TOO_LONG"
    return "DEMAND_BUYER_DATA_REMOVED" if holds_buyer_data(keyword) else None


def _figures(number: int, cells: list[str], sheet: Sheet, layout: Layout, forms: Forms, told: Counter[str]) -> Figures:
    figures: Figures = {}
    for measure, index, percent in layout.figures:
        if index >= len(cells):
            continue
        try:
            value = read_figure(cells[index], measure, forms, percent=percent, told=told)
        except (UnreadableError, AbsurdError) as error:
            code = "DEMAND_NUMBER_ABSURD" if isinstance(error, AbsurdError) else "DEMAND_NUMBER_INVALID"
            cell = cell_name(index, number, sheet.sheet)
            raise PermanentError(Finding.of(code, field=measure.value, cell=cell, value=str(error))) from error
        if value is not None:
            figures[measure] = value
    return figures


def _is_yes(cells: list[str], index: int | None, forms: Forms) -> bool:
    return index is not None and index < len(cells) and cells[index].strip().lower() in forms.yes


class _Dated:
    """Holds the lines of a report to one period, and counts them."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self._sheet, self._indexes = sheet, layout.dates
        self._text: list[str] | None = None
        self.period: Period | None = None
        self.lines = 0

    def holds(self, line: _Line) -> bool:
        """True, once the line is seen to be of the same days as those before it."""
        self.lines += 1
        text = [line.cells[index] for index in self._indexes if index < len(line.cells)]
        if text == self._text or not self._indexes:
            return True
        period = self._period(text, line.number)
        if self._text is not None and period != self.period:
            raise PermanentError(Finding.of("DEMAND_PERIODS_MIXED", cell=cell_name(self._indexes[0], line.number, self._sheet.sheet)))
        self._text, self.period = text, period
        return True

    def _period(self, text: list[str], number: int) -> Period | None:
        if not any(map(str.strip, text)):
            return None
        found = [day for cell in text for day in dates_in(cell[:MAX_CELL_CHARS])]
        if not found:
            cell = cell_name(self._indexes[0], number, self._sheet.sheet)
            raise PermanentError(Finding.of("DEMAND_PERIOD_INVALID", cell=cell, value=" ".join(text)[:40]))
        return Period(found[0], found[-1])


def _stated(sheet: Sheet, layout: Layout) -> Period | None:
    """The period that stands above the header, or in the file's name."""
    above = (" ".join(cells) for number, cells in islice(sheet.rows(), HEADER_SEARCH_ROWS) if number < layout.header_row)
    return next((period for text in (*above, sheet.name) if (period := period_in(text))), None)
