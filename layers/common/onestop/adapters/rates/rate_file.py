"""Exchange rates from a file that a person gives: CSV or JSON, won per unit of each currency."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation

MAX_BYTES: Final = 1_048_576
_COLUMNS: Final = ("currency", "krw_per_unit", "as_of")
_PLAIN_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,18})?", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"-?\d+(\.\d{3})*,\d+", re.ASCII)


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
            PermanentError: FX_FILE_INVALID with what is wrong and where.
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
        """Won per unit of every currency asked for, of the newest day up to ``on``.

        Raises:
            PermanentError: FX_FILE_INVALID, a currency is missing; a file that a person gives must be complete.
        """
        return tuple(self._latest(currency, on) for currency in currencies)

    def _latest(self, currency: str, on: date) -> Observation:
        dated = [each for each in self._observations if each.base == currency and each.as_of <= on]
        if not dated:
            raise _invalid("file", f"there is no rate of {currency} up to {on}", f"{on}까지의 {currency} 환율이 없음")
        return max(dated, key=lambda each: each.as_of)


def _rows(content: bytes) -> Iterator[_Row]:
    if len(content) > MAX_BYTES:
        raise _invalid("file", f"larger than {MAX_BYTES} bytes", f"{MAX_BYTES}바이트보다 큼")
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
        raise _invalid(row.where, f"{_shown(currency)} is not an ISO 4217 code", f"{_shown(currency)}은(는) ISO 4217 코드가 아님")
    source = str(row.source or "").strip()[:60]
    return Observation(
        base=currency, quote="KRW", rate=_rate(row), as_of=_day(row), source=f"file: {source}" if source else "file",
    )  # fmt: skip


def _rate(row: _Row) -> Decimal:
    if isinstance(row.rate, float):
        raise _invalid(row.where, "a number with a fraction must stand in quotes", "소수는 따옴표 안에 적어야 함")
    text = "" if row.rate is None or isinstance(row.rate, bool) else str(row.rate).strip()
    if _DECIMAL_COMMA.fullmatch(text):
        raise _invalid(row.where, f"{_shown(text)} has a comma; write a point and no thousands", f"{_shown(text)}에 쉼표가 있음")
    if text.startswith("-") and _PLAIN_NUMBER.fullmatch(text[1:]):
        raise _invalid(row.where, f"{_shown(text)} is negative", f"{_shown(text)}은(는) 음수")
    if not _PLAIN_NUMBER.fullmatch(text):
        raise _invalid(row.where, f"{_shown(text)} is not a number", f"{_shown(text)}은(는) 숫자가 아님")
    rate = Decimal(text)
    if rate == 0:
        raise _invalid(row.where, "the rate is zero", "환율이 0")
    return rate


def _day(row: _Row) -> date:
    text = str(row.as_of or "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _invalid(row.where, f"{_shown(text)} is not a day (YYYY-MM-DD)", f"{_shown(text)}은(는) 날짜(YYYY-MM-DD)가 아님") from error


def _shown(text: str) -> str:
    """What the file says, short enough for a message and without anything that breaks a line."""
    return f"'{''.join(c for c in text if c.isprintable())[:40]}'"


def _invalid(where: str, reason: str, reason_ko: str) -> PermanentError:
    cell = None if where == "file" else where
    return PermanentError(
        Finding.of("FX_FILE_INVALID", field="krw_per_unit", cell=cell, reason=_at(where, reason), reason_ko=_at(where, reason_ko))
    )


def _at(where: str, reason: str) -> str:
    return reason if where == "file" else f"{where}: {reason}"
