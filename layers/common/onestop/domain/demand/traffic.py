"""A seller's own figures by product, as a marketplace exports them: how often each listing was seen, clicked and bought."""

from collections import Counter, defaultdict
from itertools import islice
from typing import NamedTuple

from onestop.domain.catalog.places import cell_name
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.demand.forms import Forms, Measure, header_name
from onestop.domain.demand.numbers import AbsurdError, UnreadableError, read_figure, unwrap
from onestop.domain.demand.periods import Period, assumed, dates_in, period_in, require_past
from onestop.domain.demand.report import Sheet
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

MAX_ROWS = 100_000
"""Listings of one store; a longer file is no report by product."""

_MEASURES = (Measure.IMPRESSIONS, Measure.CLICKS, Measure.ORDERS)
_DATES = ("date", "period_start", "period_end")


class Seen(NamedTuple):
    """What one listing saw: counts."""

    impressions: int
    clicks: int
    orders: int


class TrafficReport(NamedTuple):
    """The report: its days, and SKU -> what it saw, as the store names its variants."""

    period: Period
    seen: dict[str, Seen]


def read_traffic(sheet: Sheet, forms: Forms) -> TrafficReport:
    """The figures by product in a sheet; a product that stands in several lines is summed.

    The days stand in columns, above the header or in the file's name; without them, the thirty before the drop are assumed.

    Raises:
        PermanentError: DEMAND_HEADER_UNKNOWN, DEMAND_NO_ROWS, DEMAND_NUMBER_INVALID, DEMAND_NUMBER_ABSURD, DEMAND_PERIOD_INVALID,
            FILE_TOO_LARGE.
    """
    rows = list(islice(sheet.rows(), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise PermanentError(Finding.of("FILE_TOO_LARGE", size=f"> {MAX_ROWS:,} rows", limit=f"{MAX_ROWS:,}"))
    at, columns = _header(rows, forms)
    sums: defaultdict[str, Counter[Measure]] = defaultdict(Counter)
    for number, cells in rows[at + 1 :]:
        sku = unwrap(cells[columns["sku"]]).strip() if columns["sku"] < len(cells) else ""
        if sku and sku.lower() not in forms.not_keywords:
            for measure in _MEASURES:
                sums[sku][measure] += _count(number, cells, columns.get(measure), measure, sheet, forms)
    if not sums:
        raise PermanentError(Finding.of("DEMAND_NO_ROWS"))
    told = (_days(rows[at + 1 :], columns), *(period_in(text) for text in (*(" ".join(cells) for _, cells in rows[:at]), sheet.name)))
    period = next((period for period in told if period), assumed(sheet.dropped_on))
    seen = {sku: Seen(*(count[measure] for measure in _MEASURES)) for sku, count in sums.items()}
    return TrafficReport(require_past(period, sheet.dropped_on), seen)


def _days(rows: list[tuple[int, list[str]]], columns: dict[str, int]) -> Period | None:
    """From the first to the last day that the lines name; None when they name none."""
    places = [columns[name] for name in _DATES if name in columns]
    named = {cells[place] for _, cells in rows for place in places if place < len(cells)}
    found = [day for text in named for day in dates_in(text)]
    return Period(min(found), max(found)) if found else None


def _header(rows: list[tuple[int, list[str]]], forms: Forms) -> tuple[int, dict[str, int]]:
    """Where the header stands, and field -> column."""
    for at, (_, cells) in enumerate(rows[:HEADER_SEARCH_ROWS]):
        names = [header_name(cell) for cell in cells]
        found = {
            field: names.index(name)
            for field in ("sku", *(measure.value for measure in _MEASURES), *_DATES)
            for name in reversed(forms.fields[field])
            if name in names
        }
        if "sku" in found and any(measure.value in found for measure in _MEASURES):
            return at, found
    raise PermanentError(Finding.of("DEMAND_HEADER_UNKNOWN"))


def _count(number: int, cells: list[str], column: int | None, measure: Measure, sheet: Sheet, forms: Forms) -> int:
    if column is None or column >= len(cells):
        return 0
    try:
        return int(read_figure(cells[column], measure, forms, told=Counter()) or 0)
    except (UnreadableError, AbsurdError) as error:
        code = "DEMAND_NUMBER_ABSURD" if isinstance(error, AbsurdError) else "DEMAND_NUMBER_INVALID"
        place = cell_name(column, number, sheet.sheet)
        raise PermanentError(Finding.of(code, field=measure.value, cell=place, value=str(error))) from error
