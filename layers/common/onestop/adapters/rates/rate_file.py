"""Exchange rates from a file that a person gives: CSV or JSON, won per unit of each currency."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from onestop.adapters.rates.numbers import exact_rate, shown
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation

MAX_BYTES: Final = 1_048_576
_COLUMNS: Final = ("currency", "krw_per_unit", "as_of")


class _Row(NamedTuple):
    """One rate as written, with where it stands: ``row 3`` of a CSV, ``item 3`` of a JSON file."""

    where: str
    currency: object
    rate: object
    as_of: object
    source: object


class RateFile:
    """A rate file. CSV: ``currency,krw_per_unit,as_of[,source]``. JSON: a list of such objects, or currency -> object.

    Numbers in JSON stand in quotes, so that every digit survives; whole numbers need none.
    """

    def __init__(self, content: bytes, *, codes: frozenset[str]) -> None:
        """Read the whole file, so that a mistake shows before any price is made.

        Args:
            content: UTF-8, with or without a byte-order mark.
            codes: every ISO 4217 code that may stand in it.

        Raises:
            PermanentError: what is wrong and where: FX_FILE_INVALID, FX_FILE_TOO_LARGE, FX_RATE_ZERO, FX_RATE_NEGATIVE,
                FX_DECIMAL_COMMA.
        """
        found: dict[tuple[str, date], Observation] = {}
        for row in _rows(content):
            observation = _observation(row, codes)
            key = (observation.base, observation.as_of)
            if key in found:
                raise _invalid(row.where, f"{key[0]} of {key[1]} stands twice", f"{key[0]} {key[1]} 환율이 두 번 있음")
            found[key] = observation
        self._observations = tuple(found.values())

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of the currencies asked for that stand in it, each of the newest day up to ``on``.

        Raises:
            PermanentError: FX_CURRENCY_MISSING; the file has none of them.
        """
        found = tuple(latest for currency in currencies if (latest := self._latest(currency, on)))
        if currencies and not found:
            raise PermanentError(Finding.of("FX_CURRENCY_MISSING", field="currency", currency=", ".join(currencies), on=on))
        return found

    def _latest(self, currency: str, on: date) -> Observation | None:
        dated = [each for each in self._observations if each.base == currency and each.as_of <= on]
        return max(dated, key=lambda each: each.as_of, default=None)


def _rows(content: bytes) -> Iterator[_Row]:
    if len(content) > MAX_BYTES:
        raise PermanentError(Finding.of("FX_FILE_TOO_LARGE", source="file", limit=MAX_BYTES))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid("file", "not UTF-8", "UTF-8이 아님") from error
    if not text.strip():
        raise _invalid("file", "empty", "비어 있음")
    return _json_rows(text) if text.lstrip()[0] in "[{" else _csv_rows(text)


def _csv_rows(text: str) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="more", strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        if header[: len(_COLUMNS)] != list(_COLUMNS):
            raise _invalid("row 1", f"the header is not {','.join(_COLUMNS)}", f"머리글이 {','.join(_COLUMNS)}이(가) 아님")
        reader.fieldnames = header
        for cells in reader:
            where = f"row {reader.line_num}"
            if cells.get("more"):
                raise _invalid(where, "too many cells; was a decimal comma used?", "칸이 너무 많음; 소수점에 쉼표를 썼는지 확인")
            yield _row(where, cells)
    except csv.Error as error:
        raise _invalid(f"row {reader.line_num}", "not CSV", "CSV가 아님") from error


def _json_rows(text: str) -> Iterator[_Row]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid("file", "not JSON", "JSON이 아님") from error
    if isinstance(document, dict):
        document = [{"currency": code, **item} if isinstance(item, dict) else item for code, item in document.items()]
    if not document:
        raise _invalid("file", "empty", "비어 있음")
    for number, item in enumerate(document, start=1):
        if not isinstance(item, dict):
            raise _invalid(f"item {number}", "not an object", "객체가 아님")
        yield _row(f"item {number}", item)


def _row(where: str, values: Mapping[str, object]) -> _Row:
    return _Row(where, *(values.get(name) for name in (*_COLUMNS, "source")))


def _observation(row: _Row, codes: frozenset[str]) -> Observation:
    currency = str(row.currency or "").strip()
    if currency not in codes:
        raise _invalid(row.where, f"{shown(currency)} is not an ISO 4217 code", f"{shown(currency)}은(는) ISO 4217 코드가 아님")
    source = str(row.source or "").strip()[:60]
    return Observation(
        base=currency, quote="KRW", rate=_rate(row), as_of=_day(row), source=f"file: {source}" if source else "file",
    )  # fmt: skip


def _rate(row: _Row) -> Decimal:
    if isinstance(row.rate, float):
        raise _invalid(row.where, "a number with a fraction must stand in quotes", "소수는 따옴표 안에 적어야 함")
    text = "" if row.rate is None or isinstance(row.rate, bool) else str(row.rate).strip()
    cell = None if row.where == "file" else row.where
    return exact_rate(text, where=row.where, field="krw_per_unit", cell=cell)


def _day(row: _Row) -> date:
    text = str(row.as_of or "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _invalid(row.where, f"{shown(text)} is not a day (YYYY-MM-DD)", f"{shown(text)}은(는) 날짜(YYYY-MM-DD)가 아님") from error


def _invalid(where: str, reason: str, reason_ko: str) -> PermanentError:
    cell = None if where == "file" else where
    return PermanentError(
        Finding.of("FX_FILE_INVALID", field="krw_per_unit", cell=cell, reason=_at(where, reason), reason_ko=_at(where, reason_ko))
    )


def _at(where: str, reason: str) -> str:
    return reason if where == "file" else f"{where}: {reason}"
