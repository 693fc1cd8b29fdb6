"""Pictures from the web, fetched so that no URL can reach into our own network or tie up the machine."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.parse import urljoin

from onestop.domain.errors import PermanentError, RetryableError
from onestop.domain.findings import Finding
from onestop.domain.imaging.address import Target, allowed_url, public_address, refused
from onestop.domain.imaging.plan import MAX_SOURCE_BYTES

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAY_PASS = frozenset({408, 425, 429, *range(500, 600)})
# Identity only: an unpacked body could be far larger than what was sent.
_HEADERS = {"Accept": "image/jpeg,image/png,image/webp", "Accept-Encoding": "identity", "User-Agent": "onestop"}


class FetchLimits(NamedTuple):
    """How much and how long: bytes of the picture, redirects, seconds for one wait and for one request in all."""

    max_bytes: int = MAX_SOURCE_BYTES
    max_redirects: int = 3
    wait_timeout_s: float = 5.0
    request_timeout_s: float = 20.0


def addresses_of(host: str) -> tuple[str, ...]:
    """Every address that a host name resolves to, IPv4 first.

    Raises:
        socket.gaierror: the name does not resolve.
    """
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    by_family = sorted(found, key=lambda entry: entry[0] != socket.AF_INET)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in by_family))


def open_tls(host: str, address: str, timeout_s: float, *, port: int = 443, context: ssl.SSLContext | None = None) -> socket.socket:
    """A TLS connection to this very address, whose certificate must be the host's.

    The name is not resolved again, so an answer that changes between the check and the connection gains nothing.

    Raises:
        OSError: no connection; ``ssl.SSLCertVerificationError`` when the certificate is not valid for the host.
    """
    plain = socket.create_connection((address, port), timeout=timeout_s)
    try:
        return (context or _tls_context()).wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


@cache
def _tls_context() -> ssl.SSLContext:
    return ssl.create_default_context()


def fetch_picture(
    url: str,
    *,
    cell: str | None = None,
    limits: FetchLimits = FetchLimits(),  # noqa: B008  # immutable
    resolve: Callable[[str], Sequence[str]] = addresses_of,
    connect: Callable[[str, str, float], socket.socket] = open_tls,
) -> bytes:
    """The bytes behind a picture's URL, at most ``limits.max_bytes``.

    Every hop of a redirect passes the same checks: form of the URL, and every address of its host public.

    Args:
        url: as the seller wrote it.
        cell: the seller's cell that holds the URL.
        limits: bytes, redirects and seconds.
        resolve: host name -> its addresses.
        connect: host, checked address, timeout in seconds -> a connected socket.

    Raises:
        PermanentError: PICTURE_URL_REFUSED, PICTURE_TOO_LARGE, or PICTURE_NOT_FOUND.
        RetryableError: the network or the host failed in a way that may pass.
    """
    place = url
    for _ in range(limits.max_redirects + 1):
        target = allowed_url(place, cell=cell)
        address = _checked_address(target, url, resolve, cell)
        try:
            with _request(target, address, limits, connect) as response:
                if response.status not in _REDIRECTS:
                    return _body(response, url, limits, cell)
                place = urljoin(place, response.headers.get("Location", ""))
        except ssl.SSLCertVerificationError as exc:
            raise refused(url, "인증서 오류 (certificate not valid)", cell=cell) from exc
        except (OSError, HTTPException) as exc:
            raise RetryableError(f"{target.host}: {type(exc).__name__}") from exc
    raise refused(url, f"> {limits.max_redirects} redirects", cell=cell)


def _checked_address(target: Target, url: str, resolve: Callable[[str], Sequence[str]], cell: str | None) -> str:
    try:
        addresses = resolve(target.host)
    except socket.gaierror as exc:
        if exc.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
            raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=cell, ref=url[:200])) from exc
        raise RetryableError(f"{target.host}: name not resolved") from exc
    if not addresses or not all(map(public_address, addresses)):
        raise refused(url, "공개 주소 아님 (not a public address)", cell=cell)
    return addresses[0]


@contextmanager
def _request(
    target: Target, address: str, limits: FetchLimits, connect: Callable[[str, str, float], socket.socket]
) -> Iterator[HTTPResponse]:
    """The answer to a GET; whatever the host does, it is over after ``limits.request_timeout_s``."""
    sock = connect(target.host, address, limits.wait_timeout_s)
    expired = threading.Event()

    def hang_up() -> None:
        expired.set()
        # The plain socket's own method: it wakes a read that waits inside TLS, which SSLSocket.shutdown is not made for.
        with suppress(OSError):  # closed a moment ago
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    # A timeout on the socket limits each wait only: a host that sends one byte at a time would never meet it.
    watchdog = threading.Timer(limits.request_timeout_s, hang_up)
    watchdog.daemon = True
    connection = HTTPConnection(target.host)
    connection.sock, connection.auto_open = sock, 0
    watchdog.start()
    try:
        connection.request("GET", target.path, headers=_HEADERS)
        yield connection.getresponse()
        if expired.is_set():
            raise TimeoutError
    finally:
        watchdog.cancel()
        connection.close()


def _body(response: HTTPResponse, url: str, limits: FetchLimits, cell: str | None) -> bytes:
    if response.status in _MAY_PASS:
        raise RetryableError(f"HTTP {response.status}")
    if response.status != 200:
        raise PermanentError(Finding.of("PICTURE_NOT_FOUND", field="pictures", cell=cell, ref=url[:200]))
    # Taken before reading: some Python versions count it down, some do not.
    declared, body = response.length, bytearray()
    while declared is None or len(body) < declared:
        if max(len(body), declared or 0) > limits.max_bytes:
            reason = f"> {limits.max_bytes / 1024 / 1024:g} MB"
            raise PermanentError(Finding.of("PICTURE_TOO_LARGE", field="pictures", cell=cell, ref=url[:200], reason=reason))
        if not (chunk := response.read1(65536)):
            break
        body += chunk
    if declared is not None and len(body) < declared:
        raise RetryableError("the connection ended before the picture did")
    return bytes(body)
