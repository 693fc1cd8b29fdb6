"""Dollar rates of the rupees and the taka from the Central Bank of Sri Lanka's page of indicative rates."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Final

from onestop.adapters.rates.https import Fetch, https_fetch
from onestop.adapters.rates.numbers import exact_rate, has_enough_digits
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import FxPolicy, Observation
from onestop.steps.ports import Egress

URL: Final = "https://www.cbsl.gov.lk/cbsl_custom/exrates/exrates_results.php"
MAX_BYTES: Final = 1_048_576
_DAYS: Final = 14
_NAMES: Final = {"USD": "US Dollar", "PKR": "Pakistan Rupee", "BDT": "Bangladesh Taka", "NPR": "Nepal Rupee"}
# The page's form takes a code and the page's own name of it.
_COLUMN: Final = re.compile(r"1\s+([A-Z]{3})\s+->\s+LKR")
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class CbslLegs:
    """US dollar to the rupees of Sri Lanka, Pakistan and Nepal and to the taka, through the Sri Lankan rupee of the same day."""

    name = "CBSL"

    def __init__(self, policy: FxPolicy, *, url: str = URL, fetch: Fetch | None = None, egress: Egress | None = None) -> None:
        """``policy`` says how old and how coarse a rate may be."""
        self._policy, self._url = policy, url
        self._fetch = fetch or https_fetch("CBSL", MAX_BYTES, egress)

    def legs(self, currencies: Sequence[str], on: date) -> dict[str, Observation]:
        """Currency -> what a US dollar costs in it; only what CBSL has, fresh and with enough digits.

        Raises:
            RetryableError: CBSL could not be reached.
            PermanentError: FX_FILE_INVALID and what ``exact_rate`` raises.
        """
        wanted = [currency for currency in currencies if currency in ("LKR", *_NAMES)]
        if not wanted:
            return {}
        tables = self._tables(on)
        found: dict[str, Observation] = {}
        for day, dollar in sorted(tables.get("USD", {}).items()):
            for currency in wanted:
                printed = "1.0000" if currency == "LKR" else tables.get(currency, {}).get(day, "")
                if day <= on and printed and has_enough_digits(printed, self._policy.coarsest_leg):
                    rate = exact_rate(dollar, where="CBSL USD") / exact_rate(printed, where=f"CBSL {currency}")
                    found[currency] = Observation(base="USD", quote=currency, rate=rate, source="CBSL via LKR", as_of=day)
        return {currency: leg for currency, leg in found.items() if not self._policy.is_stale(leg, on)}

    def _tables(self, on: date) -> dict[str, dict[date, str]]:
        form: dict[str, str | list[str]] = {
            "lookupPage": "lookup_daily_exchange_rates.php", "rangeType": "dates", "txtStart": f"{on - timedelta(days=_DAYS)}",
            "txtEnd": f"{on}", "chk_cur[]": [f"{code}~{name}" for code, name in _NAMES.items()], "submit_button": "Submit",
        }  # fmt: skip
        return parse_page(self._fetch(self._url, form))


def parse_page(body: bytes) -> dict[str, dict[date, str]]:
    """Currency -> day -> Sri Lankan rupees for one unit, as printed.

    Raises:
        PermanentError: FX_FILE_INVALID, there is no table of rates in it.
    """
    page = _Page()
    page.feed(body.decode("utf-8", errors="replace"))
    if not page.tables:
        raise PermanentError(Finding.of("FX_FILE_INVALID", reason="CBSL: no table of rates", reason_ko="CBSL: 환율 표가 없음"))
    return page.tables


class _Page(HTMLParser):
    """One table for each currency: a header cell ``1 USD -> LKR``, then rows of a day and what one unit costs."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, dict[date, str]] = {}
        self._currency, self._cells, self._text = "", list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base class names it
        if tag == "table":
            self._currency = ""
        elif tag == "tr":
            self._cells = []
        elif tag in ("td", "th"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "th" and (named := _COLUMN.search(self._text)):
            self._currency = named.group(1)
            self.tables.setdefault(self._currency, {})
        elif tag == "td":
            self._cells.append(self._text.strip())
        elif tag == "tr" and self._currency and len(self._cells) > 1 and _ISO_DAY.fullmatch(self._cells[0]):
            self.tables[self._currency][_day(self._cells[0])] = self._cells[1]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PermanentError(Finding.of("FX_FILE_INVALID", reason=f"CBSL: {text}", reason_ko=f"CBSL: {text}")) from error
