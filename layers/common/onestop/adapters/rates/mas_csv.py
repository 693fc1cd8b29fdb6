"""Dollar rates of dong and New Taiwan dollar from the Monetary Authority of Singapore's table of end-of-day rates."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from onestop.adapters.rates.https import Fetch, https_fetch
from onestop.adapters.rates.numbers import exact_rate, has_enough_digits
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import FxPolicy, Observation
from onestop.steps.ports import Egress

URL: Final = "https://eservices.mas.gov.sg/statistics/msb/ExchangeRates.aspx"
MAX_BYTES: Final = 1_048_576
_DOLLAR: Final = "US Dollar"
_NAMES: Final = {"VND": "Vietnamese Dong", "TWD": "New Taiwan Dollar"}
# The table names currencies in words. Others stand in it too, but the ECB prints those with more digits.
_HIDDEN: Final = re.compile(rb'name="(__VIEWSTATE|__VIEWSTATEGENERATOR|__EVENTVALIDATION)"[^>]*value="([^"]*)"')
_FORM: Final = "ctl00$ContentPlaceHolder1$"
_PER_UNIT, _PER_HUNDRED = 3, 18  # check boxes of the page's two groups of currencies


class MasLegs:
    """US dollar to dong and New Taiwan dollar, through the Singapore dollar of the same day."""

    name = "MAS"

    def __init__(self, policy: FxPolicy, *, url: str = URL, fetch: Fetch | None = None, egress: Egress | None = None) -> None:
        """``policy`` says how old and how coarse a rate may be."""
        self._policy, self._url = policy, url
        self._fetch = fetch or https_fetch("MAS", MAX_BYTES, egress)

    def legs(self, currencies: Sequence[str], on: date) -> dict[str, Observation]:
        """Currency -> what a US dollar costs in it; only what MAS has, fresh and with enough digits.

        Raises:
            RetryableError: MAS could not be reached.
            PermanentError: FX_FILE_INVALID and what ``exact_rate`` raises.
        """
        wanted = [currency for currency in currencies if currency in _NAMES]
        if not wanted:
            return {}
        rows = {day: row for day, row in parse_table(self._table(on)) if day <= on and _DOLLAR in row}
        found: dict[str, Observation] = {}
        for day, row in sorted(rows.items()):
            found |= {c: leg for c in wanted if (leg := self._leg(c, day, row)) and not self._policy.is_stale(leg, on)}
        return found

    def _leg(self, currency: str, day: date, row: dict[str, tuple[str, int]]) -> Observation | None:
        text, per = row.get(_NAMES[currency], ("", 1))
        if not text or not has_enough_digits(text, self._policy.coarsest_leg):
            return None
        rate = _singapore_dollars(_DOLLAR, *row[_DOLLAR]) / _singapore_dollars(currency, text, per)
        return Observation(base="USD", quote=currency, rate=rate, source="MAS via SGD", as_of=day)

    def _table(self, on: date) -> bytes:
        """The page is a form that wants its own hidden fields back; the table comes as CSV, this month's and the last's."""
        hidden = {name.decode(): value.decode() for name, value in _HIDDEN.findall(self._fetch(self._url, None))}
        start = date(on.year - (on.month == 1), (on.month - 2) % 12 + 1, 1)
        form = {
            f"{_FORM}StartYearDropDownList": str(start.year), f"{_FORM}StartMonthDropDownList": str(start.month),
            f"{_FORM}EndYearDropDownList": str(on.year), f"{_FORM}EndMonthDropDownList": str(on.month),
            f"{_FORM}FrequencyDropDownList": "D", f"{_FORM}DownloadButton": "Download",
        }  # fmt: skip
        boxes = {f"{_FORM}EndOfPeriodPerUnitCheckBoxList${number}": "on" for number in range(_PER_UNIT)}
        boxes |= {f"{_FORM}EndOfPeriodPer100UnitsCheckBoxList${number}": "on" for number in range(_PER_HUNDRED)}
        return self._fetch(self._url, {**hidden, **form, **boxes})


def parse_table(body: bytes) -> Iterator[tuple[date, dict[str, tuple[str, int]]]]:
    """Day -> name of a currency -> Singapore dollars as printed, and for how many units.

    Raises:
        PermanentError: FX_FILE_INVALID, there is no such table in it.
    """
    lines = body.decode("utf-8-sig", errors="replace").splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith("End of Period")), None)
    if start is None:
        raise PermanentError(Finding.of("FX_FILE_INVALID", reason="MAS: no table of rates", reason_ko="MAS: 환율 표가 없음"))
    header, *rows = csv.reader(io.StringIO("\n".join(lines[start:])))
    columns = {number: _column(title) for number, title in enumerate(header) if " of " in title and number > 2}
    year = month = ""
    for cells in rows:
        year, month = (cells[0].strip() or year, cells[1].strip() or month) if len(cells) > 2 else ("", "")
        day = _day(year, month, cells[2].strip()) if year else None
        if day:
            printed = {number: cells[number].strip() for number in columns if number < len(cells)}
            yield day, {columns[number][0]: (text, columns[number][1]) for number, text in printed.items() if text}


def _column(title: str) -> tuple[str, int]:
    """``S$ Per 100 Units of Vietnamese Dong`` -> the name and 100."""
    unit, _, name = title.partition(" of ")
    return name.strip(), 100 if "100" in unit else 1


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return datetime.strptime(f"{year} {month} {day}", "%Y %b %d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


def _singapore_dollars(name: str, text: str, per: int) -> Decimal:
    return exact_rate(text, where=f"MAS {name}") / per
