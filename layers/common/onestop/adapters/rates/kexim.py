"""Exchange rates of the day from the Export-Import Bank of Korea (KEXIM), quoted in won."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from onestop.adapters.rates.https import Fetch, https_fetch
from onestop.adapters.rates.numbers import exact_rate, without_thousands
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation
from onestop.steps.ports import Egress

URL: Final = "https://oapi.koreaexim.go.kr/site/program/financial/exchangeJSON"
MAX_BYTES: Final = 262_144
"""A day's 23 rows have about 6 KB."""

_LONGEST_HOLIDAY_DAYS: Final = 10
_UNIT: Final = re.compile(r"([A-Z]{3})(?:\((\d{1,4})\))?", re.ASCII)
_ZERO: Final = re.compile(r"0+(\.0+)?", re.ASCII)
_ISO_OF: Final = {"CNH": "CNY"}
# The bank's own name for the yuan that it deals in; ISO 4217 knows the yuan only once.
_ERRORS: Final = {
    2: ("the kind of data is unknown", "데이터 코드 오류"),
    3: ("the key is not accepted", "인증키 오류"),
    4: ("today's quota is used up", "오늘 사용량 초과"),
}


class KeximRates:
    """The bank's base rates (``deal_bas_r``), the middle between what it pays and what it asks for currency."""

    def __init__(self, key: str, *, url: str = URL, fetch: Fetch | None = None, egress: Egress | None = None) -> None:
        """``key`` is the operator's; it goes into the address and nowhere else."""
        self._key, self._url = key, url
        self._fetch = fetch or https_fetch("KEXIM", MAX_BYTES, egress)

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency, of the last day up to ``on`` that has rates; others are left out.

        A day has none before 11 in the morning in Seoul, at weekends and on holidays: then the day before is asked, and
        the rates carry the day that really had them. A refusal stops at once: asking on would burn the daily quota.

        Raises:
            RetryableError: the bank could not be reached.
            PermanentError: FX_SOURCE_REFUSED (the bank's own error), FX_FILE_INVALID and what ``exact_rate`` raises.
        """
        if not self._key:
            raise _refused("there is no key", "인증키가 없음")
        for days_back in range(_LONGEST_HOLIDAY_DAYS + 1):
            day = on - timedelta(days=days_back)
            query = urlencode({"authkey": self._key, "searchdate": f"{day:%Y%m%d}", "data": "AP01"})
            rates = parse_rates(self._fetch(f"{self._url}?{query}", None))
            if rates:
                found = [(currency, rates[currency]) for currency in currencies if currency in rates]
                return tuple(Observation(base=c, quote="KRW", rate=rate, source="KEXIM", as_of=day) for c, rate in found)
        return ()


def parse_rates(body: bytes) -> dict[str, Decimal]:
    """ISO 4217 code -> won per one unit; empty when the day has no rates.

    Raises:
        PermanentError: FX_SOURCE_REFUSED, FX_FILE_INVALID, FX_DECIMAL_COMMA, FX_RATE_NEGATIVE.

    Example:
        >>> parse_rates(b'[{"result":1,"cur_unit":"JPY(100)","ttb":"901.1","tts":"919.3","deal_bas_r":"910.25"}]')
        {'JPY': Decimal('9.1025')}
    """
    rates: dict[str, Decimal] = {}
    for currency, rate in _rows(body):
        if currency in rates:
            raise _invalid(f"{currency} stands twice", f"{currency}이(가) 두 번 있음")
        rates[currency] = rate
    return rates


def _rows(body: bytes) -> Iterator[tuple[str, Decimal]]:
    try:
        document = json.loads(body, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise _invalid("not JSON", "JSON이 아님") from error
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise _invalid("not a list of rates", "환율 목록이 아님")
    for row in document:
        _check_result(row)
        unit = _UNIT.fullmatch(str(row.get("cur_unit", "")).strip())
        if unit is None:
            raise _invalid("a currency unit is unknown", "통화 단위를 알 수 없음")
        if _is_dealt_in(row):
            currency, per = unit.group(1), int(unit.group(2) or 1)
            yield _ISO_OF.get(currency, currency), exact_rate(_text(row, "deal_bas_r"), where=f"KEXIM {currency}") / per


def _check_result(row: Mapping[str, Any]) -> None:
    result = row.get("result")
    if result != 1:
        reason, reason_ko = _ERRORS.get(result if isinstance(result, int) else 0, ("an unknown answer", "알 수 없는 응답"))
        raise _refused(reason, reason_ko)


def _is_dealt_in(row: Mapping[str, Any]) -> bool:
    """The won itself and currencies that are no more stand there with zeros."""
    base, buys, sells = (_ZERO.fullmatch(_text(row, name)) for name in ("deal_bas_r", "ttb", "tts"))
    return not base and not (buys and sells)


def _text(row: Mapping[str, Any], name: str) -> str:
    return without_thousands(str(row.get(name, "")).strip())


def _refused(reason: str, reason_ko: str) -> PermanentError:
    return PermanentError(Finding.of("FX_SOURCE_REFUSED", source="KEXIM", reason=reason, reason_ko=reason_ko))


def _invalid(reason: str, reason_ko: str) -> PermanentError:
    return PermanentError(Finding.of("FX_FILE_INVALID", reason=f"KEXIM: {reason}", reason_ko=f"KEXIM: {reason_ko}"))
