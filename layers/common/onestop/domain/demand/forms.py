"""The keyword reports that are known, as data: their figures, headers and words; and their recognition by the header."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.columns import normalise_header
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import ExactDecimal

Row = tuple[int, list[str]]


class Measure(StrEnum):
    """What a figure of a keyword counts.

    An index is comparable inside one report only; a ratio is a share of 1; trend 1 is doubled; a price is what such things mostly
    cost, in the market's currency.
    """

    VOLUME = "volume"
    INDEX = "index"
    IMPRESSIONS = "impressions"
    CLICKS = "clicks"
    ORDERS = "orders"
    CTR = "ctr"
    CVR = "cvr"
    COMPETITION = "competition"
    TREND = "trend"
    PRICE = "price"


_DROPPED = dict.fromkeys(map(ord, "%#,"))

DEMAND_MEASURES = (Measure.VOLUME, Measure.INDEX, Measure.IMPRESSIONS, Measure.CLICKS)
"""Which figure stands for demand, best first."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class MeasureRule(_Frozen):
    """How the figures of a measure are read.

    Attributes:
        kind: a count is a whole number from 0, an index any number from 0, a ratio may have a percent sign, growth may be negative.
        repeated: what counts when a report has a keyword twice.
        max: a larger figure is nobody's.
    """

    kind: Literal["count", "index", "ratio", "growth"]
    repeated: Literal["sum", "max", "last"]
    max: ExactDecimal


class Source(_Frozen):
    """A known export and the fields whose headers tell it from the others."""

    name: str
    marks: tuple[str, ...]


class Breakout(_Frozen):
    """The words for a growth that is too large to be told, and what it counts as."""

    words: frozenset[str]
    value: ExactDecimal


class TrendsWords(_Frozen):
    """The words by which the two files of Google Trends are told, lower case."""

    times: frozenset[str]
    top: frozenset[str]
    rising: frozenset[str]


class Forms(_Frozen):
    """Everything that is known of keyword reports (``data/demand/reports.json``).

    Attributes:
        headers: field -> header names, best first: each measure, ``keyword``, ``is_brand``, dates, and what only marks a source.
        sources: known exports, the most particular first.
        not_keywords: what stands in the place of a keyword in a line of sums.
        blanks: what stands for no figure.
        market_names: market -> how reports call the country.
    """

    measures: dict[Measure, MeasureRule]
    headers: dict[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    not_keywords: frozenset[str]
    blanks: frozenset[str]
    breakout: Breakout
    yes: frozenset[str]
    trends: TrendsWords
    market_names: dict[str, tuple[str, ...]]

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Field -> its headers as they are compared."""
        return {field: tuple(map(header_name, names)) for field, names in self.headers.items()}

    @cached_property
    def limits(self) -> dict[Measure, Decimal]:
        """Measure -> the largest figure that can be true."""
        return {measure: rule.max for measure, rule in self.measures.items()}


class Layout(NamedTuple):
    """Where the figures of one report stand.

    Attributes:
        source: the export that it is.
        header_row: number of the header's row, from 1.
        keyword: index of the column of keywords, from 0.
        figures: measure, index, and whether the header says that its figures are percent.
        is_brand: index, or None.
        dates: indexes of the columns that tell the period.
    """

    source: str
    header_row: int
    keyword: int
    figures: tuple[tuple[Measure, int, bool], ...]
    is_brand: int | None
    dates: tuple[int, ...]


def header_name(text: str) -> str:
    """A header as it is compared; the signs for percent and number in it make no difference.

    Example:
        >>> header_name("Click-Through Rate (CTR, %)"), header_name("点击率")
        ('clickthroughratectr', '点击率')
    """
    return normalise_header(text).translate(_DROPPED)


def recognise(rows: Iterable[Row], forms: Forms) -> Layout:
    """The first row, of the first 30, that has a header for keywords and one for a figure; what else it has tells the source.

    Raises:
        PermanentError: DEMAND_NO_KEYWORDS for a report of products or days, DEMAND_HEADER_UNKNOWN for anything else.
    """
    figures_only = False
    for number, cells in islice(rows, HEADER_SEARCH_ROWS):
        found = _found(cells, forms)
        measures = [measure for measure in Measure if measure in found and measure is not Measure.PRICE]
        if "keyword" in found and measures:
            return _layout(number, cells, found, forms)
        figures_only |= "visitors" in found or len(measures) > 1
    raise PermanentError(Finding.of("DEMAND_NO_KEYWORDS" if figures_only else "DEMAND_HEADER_UNKNOWN"))


def _found(cells: Sequence[str], forms: Forms) -> dict[str, int]:
    names = [header_name(cell) for cell in cells]
    places = {name: index for index, name in reversed(list(enumerate(names))) if name}
    best = ((field, next((places[name] for name in wanted if name in places), None)) for field, wanted in forms.fields.items())
    return {field: index for field, index in best if index is not None}


def _layout(number: int, cells: Sequence[str], found: dict[str, int], forms: Forms) -> Layout:
    source = next(source.name for source in forms.sources if all(mark in found for mark in source.marks))
    figures = tuple((measure, found[measure], "%" in cells[found[measure]]) for measure in Measure if measure in found)
    dates = tuple(found[field] for field in ("date", "period_start", "period_end") if field in found)
    return Layout(source, number, found["keyword"], figures, found.get("is_brand"), dates)
