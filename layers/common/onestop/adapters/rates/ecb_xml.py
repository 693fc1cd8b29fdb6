"""Exchange rates of the day from the European Central Bank's XML file."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from xml.parsers.expat import errors as expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from onestop.adapters.rates.crossing import krw_observations
from onestop.adapters.rates.https import Fetch, https_fetch
from onestop.adapters.rates.numbers import exact_rate
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import Observation
from onestop.steps.ports import Egress

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAILY_URL: Final = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
MAX_BYTES: Final = 65_536
"""The daily file has about 2 KB; anything much larger is something else."""

_CUBE: Final = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"
_CUT_SHORT: Final = {
    expat.codes[name] for name in (expat.XML_ERROR_NO_ELEMENTS, expat.XML_ERROR_UNCLOSED_TOKEN, expat.XML_ERROR_PARTIAL_CHAR)
}


class EcbRates:
    """The ECB's publication of the day. Its reuse is free when the source is named."""

    def __init__(self, url: str = DAILY_URL, *, fetch: Fetch | None = None, egress: Egress | None = None) -> None:
        """``fetch`` gives the bytes behind a URL; by default over HTTPS."""
        self._url = url
        self._fetch = fetch or https_fetch("ECB", MAX_BYTES, egress)

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """Won per unit of each currency as published.

        Raises:
            RetryableError: the file could not be had.
            PermanentError: FX_IN_FUTURE, the file is of a later day than ``on``; or what came is not the ECB's file: see
                ``parse_daily`` and ``https_fetch``.
        """
        as_of, per_euro = parse_daily(self._fetch(self._url, None))
        if as_of > on:
            raise PermanentError(Finding.of("FX_IN_FUTURE", currency="ECB", as_of=as_of))
        return krw_observations(per_euro, currencies, source="ECB", as_of=as_of)


def parse_daily(body: bytes) -> tuple[date, dict[str, Decimal]]:
    """The day and the units per euro of each currency in an ``eurofxref-daily.xml``.

    Raises:
        PermanentError: FX_FILE_TRUNCATED, FX_RATE_ZERO, FX_RATE_NEGATIVE, FX_DECIMAL_COMMA, or FX_FILE_INVALID.
    """
    try:
        dated = [cube for cube in _root(body).iter(_CUBE) if "time" in cube.attrib]
        if len(dated) != 1:
            raise _invalid(f"{len(dated)} dated sections instead of 1", f"날짜 구역이 1개가 아니라 {len(dated)}개")
        as_of = date.fromisoformat(dated[0].attrib["time"])
        written = {cube.attrib["currency"]: cube.attrib["rate"] for cube in dated[0].iter(_CUBE) if "currency" in cube.attrib}
    except ParseError as error:
        if error.code in _CUT_SHORT and body.strip():
            raise PermanentError(Finding.of("FX_FILE_TRUNCATED", source="ECB")) from error
        raise _invalid("not the ECB's daily file", "ECB 일일 환율 파일이 아님") from error
    except (DefusedXmlException, KeyError, ValueError) as error:
        raise _invalid("not the ECB's daily file", "ECB 일일 환율 파일이 아님") from error
    return as_of, {currency: exact_rate(rate, where=f"ECB {currency}") for currency, rate in written.items()}


def _root(body: bytes) -> "Element":
    root: Element = fromstring(body, forbid_dtd=True)
    return root


def _invalid(reason: str, reason_ko: str) -> PermanentError:
    return PermanentError(Finding.of("FX_FILE_INVALID", reason=f"ECB: {reason}", reason_ko=f"ECB: {reason_ko}"))
