"""The bytes that a publisher of rates has at an address: over TLS, from that address only, never more than agreed."""

import logging
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from onestop.domain.egress.rules import names_of
from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.steps.ports import Egress

_REDIRECTS: Final = range(300, 400)
# Identity only: an unpacked body could be far larger than what was sent.
_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "onestop"}

Form = Mapping[str, str | list[str]]
Fetch = Callable[[str, Form | None], bytes]
"""Gives the bytes behind a URL; with form fields they are posted."""


def https_fetch(
    source: str, max_bytes: int, egress: Egress | None = None, *, connect_timeout_s: float = 3.0, read_timeout_s: float = 8.0
) -> Fetch:
    """What fetches a source's addresses: no redirect is followed, and one byte too many refuses the answer.

    Neither an error nor a log names the address: a key may stand in it.

    Args:
        source: the publisher's short name, told in findings.
        egress: what notes each call before it is made.
        max_bytes: the longest answer that can be what we want.
        connect_timeout_s, read_timeout_s: how long one connection and one wait for bytes may take.

    Returns:
        A function that raises RetryableError (no connection, a timeout, an answer other than 200), PermanentError
        (FX_REDIRECTED, FX_FILE_TOO_LARGE) or ValueError (not https: a wrong setting).
    """

    def fetch(url: str, form: Form | None = None) -> bytes:
        import urllib3

        if not url.startswith("https://"):
            raise ValueError(f"the address of {source} is not https")
        if egress:
            egress.record(source.lower(), "rates", _names(url, form))
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # at DEBUG it writes addresses, and keys in them
        timeout = urllib3.Timeout(connect=connect_timeout_s, read=read_timeout_s)
        method, data = ("GET", None) if form is None else ("POST", urlencode(form, doseq=True))
        headers = _HEADERS if form is None else {**_HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            with urllib3.PoolManager(timeout=timeout, retries=False) as pool:
                answer = pool.request(method, url, body=data, headers=headers, redirect=False, preload_content=False)
                body: bytes = answer.read(max_bytes + 1)
                answer.close()
        except urllib3.exceptions.HTTPError as error:
            raise RetryableError(f"{source} could not be reached: {type(error).__name__}") from None
        _check(source, answer.status, str(answer.headers.get("Location", "")), len(body), max_bytes)
        return body

    return fetch


def _names(url: str, form: Form | None) -> frozenset[str]:
    told = {"query": dict(parse_qsl(urlsplit(url).query)), "form": dict(form or {})}
    return names_of({part: fields for part, fields in told.items() if fields})


def _check(source: str, status: int, location: str, size: int, max_bytes: int) -> None:
    if status in _REDIRECTS:
        raise PermanentError(Finding.of("FX_REDIRECTED", source=source, host=urlsplit(location).hostname or "same host"))
    if status != 200:
        raise RetryableError(f"{source} answered {status}")
    if size > max_bytes:
        raise PermanentError(Finding.of("FX_FILE_TOO_LARGE", source=source, limit=max_bytes))
