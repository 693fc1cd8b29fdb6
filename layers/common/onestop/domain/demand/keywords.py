"""Keyword reports: which words a market's buyers search for, and how often."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain, islice
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.columns import normalise_header
from onestop.domain.catalog.profile import HEADER_SEARCH_ROWS
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.values import ExactDecimal

Row = tuple[int, list[str]]


class Keyword(BaseModel):
    """One searched word of one market; ``volume`` is in the unit of its report and comparable only within it."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(min_length=1, max_length=200)
    volume: ExactDecimal = Field(ge=0)


def read_keywords(rows: Iterable[Row], headers: Mapping[str, Sequence[str]]) -> Iterator[Keyword]:
    """The keywords of a report, in its order; lines without a word or a figure (subtotals, notes) are passed over.

    Args:
        rows: (row number, cells).
        headers: ``keyword`` and ``volume`` -> header names.

    Raises:
        PermanentError: FILE_HEADER_UNKNOWN.

    Example:
        >>> names = {"keyword": ["keyword"], "volume": ["volume"]}
        >>> list(read_keywords([(1, ["Keyword", "Volume"]), (2, ["Tumbler ", "1,200"]), (3, ["", ""])], names))
        [Keyword(text='tumbler', volume=Decimal('1200'))]
    """
    rows = iter(rows)
    head = list(islice(rows, HEADER_SEARCH_ROWS))
    wanted = {field: {normalise_header(name) for name in names} for field, names in headers.items()}
    for position, (_, cells) in enumerate(head):
        found = {field: _index(cells, names) for field, names in wanted.items()}
        keyword, volume = found.get("keyword"), found.get("volume")
        if keyword is not None and volume is not None:
            return _keywords(chain(head[position + 1 :], rows), keyword, volume)
    raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))


def _index(cells: Sequence[str], names: set[str]) -> int | None:
    return next((index for index, cell in enumerate(cells) if normalise_header(cell) in names), None)


def _keywords(rows: Iterable[Row], keyword: int, volume: int) -> Iterator[Keyword]:
    for _, cells in rows:
        if len(cells) > max(keyword, volume):
            text = normalize("NFC", " ".join(cells[keyword].split())).lower()
            number = _number(cells[volume])
            if text and number is not None:
                yield Keyword(text=text[:200], volume=number)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
