"""The two files of Google Trends: interest over time, one column a term, and related queries, in two lists without a header."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

from onestop.domain.catalog.columns import MAX_HEADER_CHARS
from onestop.domain.catalog.places import cell_name
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.demand.buyer_data import holds_buyer_data
from onestop.domain.demand.forms import Forms, Measure, Row
from onestop.domain.demand.numbers import AbsurdError, UnreadableError, read_figure
from onestop.domain.demand.periods import Period, assumed, dates_in, require_past
from onestop.domain.demand.report import KeywordDemand, Report, Sheet, Timeline, findings_of
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.text.normalise import normalise

MAX_LINES = 5_000
"""Google gives some 270 points, and 25 queries a list."""

_TERM = re.compile(r"(.+): \((.+)\)\s*")
_INDEX_MAX = Decimal(100)
_UNEVEN = 1.3
"""Months have 28 to 31 days; what differs more is a step left out, or two files in one."""

Words = dict[str, dict[Measure, Decimal]]


class _Term(NamedTuple):
    column: int
    keyword: str
    place: str


def read_trends(sheet: Sheet, forms: Forms) -> Report | None:
    """The report in a file of Google Trends; None when it is none.

    A term's figures are its mean over the file's days (``index``, 0 to 100 of the file's highest point) and how its later half
    compares to its earlier one (``trend``).

    Raises:
        PermanentError: FILE_TOO_LARGE, DEMAND_MARKET_CONTRADICTS, DEMAND_NO_ROWS, DEMAND_NUMBER_INVALID, DEMAND_NUMBER_ABSURD,
            DEMAND_PERIODS_MIXED or DEMAND_PERIOD_INVALID.
    """
    head = list(islice(sheet.rows(), HEADER_SEARCH_ROWS))
    for position, (_, cells) in enumerate(head):
        terms = _terms(cells, forms)
        if terms:
            about = " ".join(normalise(" ".join(cells)).lower() for _, cells in head[:position])
            return _over_time(terms, about, _all(sheet)[position + 1 :], sheet, forms)
    if any(_list_name(cells, forms) for _, cells in head):
        return _related(_all(sheet), sheet, forms)
    return None


def _all(sheet: Sheet) -> list[Row]:
    rows = list(islice(sheet.rows(), MAX_LINES + 1))
    if len(rows) > MAX_LINES:
        raise PermanentError(Finding.of("FILE_TOO_LARGE", size=f"> {MAX_LINES:,} rows", limit=f"{MAX_LINES:,}"))
    return rows


def _terms(cells: Sequence[str], forms: Forms) -> list[_Term]:
    """The terms of a header such as ``Week,tumbler: (Thailand)``; none when it is another row."""
    if not cells or cells[0].strip().lower() not in forms.trends.times:
        return []
    found = [(index, _TERM.fullmatch(cell[:MAX_HEADER_CHARS])) for index, cell in enumerate(cells)]
    return [_Term(index, normalise(match[1]).lower(), match[2].strip()) for index, match in found if match]


def _over_time(terms: list[_Term], about: str, rows: list[Row], sheet: Sheet, forms: Forms) -> Report:
    for term in terms:
        _require_market(term.place, sheet.market, forms)
    told: Counter[str] = Counter()
    days = _days(rows, sheet)
    period, step_days = _even_period(days, rows, sheet)
    words: Words = {}
    timeline = Timeline(about[:MAX_HEADER_CHARS], step_days, {})
    for term in terms:
        if holds_buyer_data(term.keyword):
            told["DEMAND_BUYER_DATA_REMOVED"] += 1
            continue
        points = [_point(number, cells, term.column, sheet, forms, told) for number, cells in rows]
        words[term.keyword] = _summary([point for point in points if point is not None])
        timeline.points[term.keyword] = _by_day(zip(days, points, strict=True))
    return _report(words, period, told, sheet)._replace(timeline=timeline)


def _by_day(points: Iterable[tuple[date, Decimal | None]]) -> dict[date, float]:
    """Day -> index, the mean of its hours where a point is an hour."""
    found: defaultdict[date, list[Decimal]] = defaultdict(list)
    for day, point in points:
        if point is not None:
            found[day].append(point)
    return {day: float(_mean(some)) for day, some in found.items()}


def _summary(points: list[Decimal]) -> dict[Measure, Decimal]:
    if not points:
        return {}
    figures = {Measure.INDEX: _mean(points)}
    early, late = _mean(points[: len(points) // 2]), _mean(points[(len(points) + 1) // 2 :])
    if early:
        figures[Measure.TREND] = (late / early - 1).quantize(Decimal("0.0001"))
    return figures


def _mean(points: list[Decimal]) -> Decimal:
    return (sum(points, Decimal()) / max(1, len(points))).quantize(Decimal("0.01"))


def _point(number: int, cells: list[str], index: int, sheet: Sheet, forms: Forms, told: Counter[str]) -> Decimal | None:
    return _figure(cells[index], Measure.INDEX, cell_name(index, number, sheet.sheet), forms, told) if index < len(cells) else None


def _figure(text: str, measure: Measure, cell: str, forms: Forms, told: Counter[str]) -> Decimal | None:
    try:
        value = read_figure(text, measure, forms, told=told)
    except UnreadableError as error:
        raise PermanentError(Finding.of("DEMAND_NUMBER_INVALID", field=measure.value, cell=cell, value=str(error))) from error
    except AbsurdError as error:
        raise PermanentError(Finding.of("DEMAND_NUMBER_ABSURD", field=measure.value, cell=cell, value=str(error))) from error
    if measure is Measure.INDEX and value is not None and value > _INDEX_MAX:
        raise PermanentError(Finding.of("DEMAND_NUMBER_ABSURD", field=measure.value, cell=cell, value=str(value)))
    return value


def _days(rows: list[Row], sheet: Sheet) -> list[date]:
    """The day of each line.

    Raises:
        PermanentError: DEMAND_NO_ROWS, DEMAND_PERIOD_INVALID.
    """
    if not rows:
        raise PermanentError(Finding.of("DEMAND_NO_ROWS"))
    return [_day(number, cells[0] if cells else "", sheet) for number, cells in rows]


def _even_period(days: Sequence[date], rows: list[Row], sheet: Sheet) -> tuple[Period, int | None]:
    """The days that the lines cover, each as long as the step between them; and that step, in days, None for a single line.

    Raises:
        PermanentError: DEMAND_PERIOD_INVALID, or DEMAND_PERIODS_MIXED where the steps are not the same.
    """
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    usual = sorted(steps)[len(steps) // 2] if steps else 1
    for step, (number, _) in zip(steps, rows[1:], strict=True):
        if not usual / _UNEVEN <= step <= max(1, usual * _UNEVEN):
            raise PermanentError(Finding.of("DEMAND_PERIODS_MIXED", cell=cell_name(0, number, sheet.sheet)))
    # The last step may still run: a week that ends after the drop counts up to the drop.
    end = min(days[-1] + timedelta(days=max(0, usual - 1)), max(days[-1], sheet.dropped_on))
    return require_past(Period(days[0], end), sheet.dropped_on), usual if steps else None


def _day(number: int, text: str, sheet: Sheet) -> date:
    found = dates_in(text[:40].partition("T")[0])
    if not found:
        raise PermanentError(Finding.of("DEMAND_PERIOD_INVALID", cell=cell_name(0, number, sheet.sheet), value=text[:40]))
    return found[0]


def _related(rows: list[Row], sheet: Sheet, forms: Forms) -> Report:
    told: Counter[str] = Counter()
    words: Words = {}
    measure: Measure | None = None
    for number, cells in rows:
        listed = _list_name(cells, forms)
        if listed or measure is None or len(cells) < 2:
            measure = listed or measure
            continue
        keyword = normalise(cells[0][:MAX_HEADER_CHARS]).lower()
        if holds_buyer_data(keyword):
            told["DEMAND_BUYER_DATA_REMOVED"] += 1
        elif keyword and (value := _figure(cells[1], measure, cell_name(1, number, sheet.sheet), forms, told)) is not None:
            words.setdefault(keyword, {})[measure] = value
    period = assumed(sheet.dropped_on)
    told["DEMAND_PERIOD_ASSUMED"] = (period.end - period.start).days + 1
    return _report(words, period, told, sheet, source="google_trends_related")


def _list_name(cells: Sequence[str], forms: Forms) -> Measure | None:
    """What the lines below a list's name tell; None for any other line."""
    filled = [cell.strip().lower() for cell in cells if cell.strip()]
    if len(filled) != 1:
        return None
    if filled[0] in forms.trends.top:
        return Measure.INDEX
    return Measure.TREND if filled[0] in forms.trends.rising else None


def _report(words: Words, period: Period, told: Counter[str], sheet: Sheet, *, source: str = "google_trends") -> Report:
    taken = {keyword: figures for keyword, figures in words.items() if figures}
    if not taken:
        raise PermanentError(Finding.of("DEMAND_NO_ROWS"))
    report = Report(source, sheet.market, period, len(taken), findings_of(told), lambda: iter(()))

    def rows() -> Iterator[KeywordDemand]:
        return (report.row(keyword, figures) for keyword, figures in taken.items())

    return report._replace(rows=rows)


def _require_market(place: str, market: str, forms: Forms) -> None:
    names = {name.casefold() for name in forms.market_names.get(market, ())}
    if place.casefold() not in names:
        raise PermanentError(Finding.of("DEMAND_MARKET_CONTRADICTS", place=place[:40], market=market))
