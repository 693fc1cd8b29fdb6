"""Exchange rates of the day from the European Central Bank's XML file."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from onestop.adapters.rates.crossing import krw_observations
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAILY_URL: Final = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
MAX_BYTES: Final = 65_536
"""The daily file has about 2 KB; anything much larger is something else."""

# Identity only: an unpacked body could be far larger than what was sent.
_HEADERS: Final = {"Accept": "application/xml, text/xml", "Accept-Encoding": "identity", "User-Agent": "onestop"}
_CUBE: Final = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"


class EcbRates:
    """The ECB's publication of the day. Its reuse is free when the source is named."""

    def __init__(self, url: str = DAILY_URL, *, fetch: Callable[[str], bytes] | None = None) -> None:
        """``fetch`` gives the bytes behind a URL; by default over HTTPS."""
        self._url = url
        self._fetch = fetch or fetch_https

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency as published; nothing when the file is of a later day than ``on``.

        Raises:
            RetryableError: the file could not be had.
            PermanentError: FX_FILE_INVALID, what came is not the ECB's file.
        """
        as_of, per_euro = parse_daily(self._fetch(self._url))
        return krw_observations(per_euro, currencies, source="ECB", as_of=as_of) if as_of <= on else ()


def parse_daily(body: bytes) -> tuple[date, dict[str, Decimal]]:
    """The day and the units per euro of each currency in an ``eurofxref-daily.xml``.

    Raises:
        PermanentError: FX_FILE_INVALID.
    """
    if len(body) > MAX_BYTES:
        raise _invalid(f"{len(body)} bytes", f"{len(body)}바이트")
    try:
        dated = [cube for cube in _root(body).iter(_CUBE) if "time" in cube.attrib]
        if len(dated) != 1:
            raise _invalid(f"{len(dated)} dated sections instead of 1", f"날짜 구역이 1개가 아니라 {len(dated)}개")
        as_of = date.fromisoformat(dated[0].attrib["time"])
        per_euro = {cube.attrib["currency"]: Decimal(cube.attrib["rate"]) for cube in dated[0].iter(_CUBE) if "currency" in cube.attrib}
    except (ParseError, DefusedXmlException, KeyError, ValueError, InvalidOperation) as error:
        raise _invalid("not the ECB's daily file", "ECB 일일 환율 파일이 아님") from error
    if any(not rate.is_finite() or rate <= 0 for rate in per_euro.values()):
        raise _invalid("a rate is not above zero", "0 이하의 환율")
    return as_of, per_euro


def fetch_https(url: str, *, connect_timeout_s: float = 3.0, read_timeout_s: float = 10.0) -> bytes:
    """The bytes behind an https URL: no redirect, at most one byte more than ``MAX_BYTES``.

    Raises:
        RetryableError: no connection, a timeout, or an answer other than 200.
        ValueError: the URL is not https: a wrong setting.
    """
    import urllib3

    if not url.startswith("https://"):
        raise ValueError(f"{url} is not https")
    timeout = urllib3.Timeout(connect=connect_timeout_s, read=read_timeout_s)
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request("GET", url, headers=_HEADERS, timeout=timeout, retries=False, redirect=False, preload_content=False)
            body = answer.read(MAX_BYTES + 1)
            answer.close()
    except urllib3.exceptions.HTTPError as error:
        raise RetryableError(f"the ECB's file could not be fetched: {type(error).__name__}") from error
    if answer.status != 200:
        raise RetryableError(f"the ECB answered {answer.status}")
    return body


def _root(body: bytes) -> "Element":
    root: Element = fromstring(body, forbid_dtd=True)
    return root


def _invalid(reason: str, reason_ko: str) -> PermanentError:
    return PermanentError(Finding.of("FX_FILE_INVALID", reason=f"ECB: {reason}", reason_ko=f"ECB: {reason_ko}"))
