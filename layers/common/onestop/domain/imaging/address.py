"""Which addresses a picture may be fetched from: public https hosts, and nothing that points back into our own network."""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

MAX_URL_CHARS = 2048

# Names that never belong to the public internet: RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, ICANN's .internal,
# and what routers and offices use without asking.
_PRIVATE_NAMES = (
    "localhost", "local", "localdomain", "internal", "intranet", "private", "lan", "home", "corp", "home.arpa",
    "test", "invalid", "onion", "alt",
)  # fmt: skip

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_CONTROL_OR_BACKSLASH = re.compile(r"[\x00-\x1f\x7f\\]")
_SAFE = "/%:=&~+!$,;'@()*[]"

# IANA special-purpose address registries (RFC 6890 and its updates), read 2026-11. Listed here rather than asked of
# ``ipaddress``: what its ``is_global`` says differs between Python versions.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
# Everything else in IPv6 is local, multicast, reserved, or an IPv4 address in disguise.
_IPV6_UNICAST = ipaddress.ip_network("2000::/3")


class Target(NamedTuple):
    """Where an allowed URL leads: the host in ASCII, and the percent-encoded path with its query."""

    host: str
    path: str


def public_address(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    Loopback, link-local, private, carrier-grade NAT, multicast, reserved, and IPv6 that wraps an IPv4 address do not.

    Example:
        >>> public_address("93.184.215.14"), public_address("169.254.169.254"), public_address("::ffff:8.8.8.8")
        (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and ip not in _IPV6_UNICAST:
        return False
    return not any(ip in block for block in _NOT_PUBLIC)


def allowed_url(url: str, *, cell: str | None = None) -> Target:
    """The host and path of a picture's URL, when its form is allowed: https, port 443, no user name, a public host name.

    The name may still resolve to a private address; whoever connects asks ``public_address`` of the address it connects to.

    Raises:
        PermanentError: PICTURE_URL_REFUSED.

    Example:
        >>> allowed_url("https://img.shop.kr/티셔츠 1.jpg?v=2#top")
        Target(host='img.shop.kr', path='/%ED%8B%B0%EC%85%94%EC%B8%A0%201.jpg?v=2')
    """
    url = url.strip()
    if len(url) > MAX_URL_CHARS or _CONTROL_OR_BACKSLASH.search(url):
        raise refused(url, "주소 형식 (malformed)", cell=cell)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as exc:  # an unclosed bracket, a port that is no number, characters that turn into "/" or "@"
        raise refused(url, "주소 형식 (malformed)", cell=cell) from exc
    if parts.scheme != "https":
        raise refused(url, "https 아님 (not https)", cell=cell)
    if "@" in parts.netloc:
        raise refused(url, "아이디 포함 (holds a user name)", cell=cell)
    if port not in (None, 443):
        raise refused(url, "443 아닌 포트 (port other than 443)", cell=cell)
    host = _public_name(parts.hostname or "")
    if host is None:
        raise refused(url, "공개 호스트 아님 (not a public host name)", cell=cell)
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    return Target(host, (quote(parts.path, safe=_SAFE) or "/") + query)


def _public_name(host: str) -> str | None:
    """The host as lower-case ASCII, or None when it is an IP address in any spelling or a name inside some network."""
    try:
        # IDNA folds full-width digits and dots, so every check below comes after it.
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = name.split(".")
    well_formed = len(name) <= 253 and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    # A last label that is a number makes the whole host an IPv4 address: 127.1, 0x7f.1, 0177.0.0.1.
    is_number = labels[-1].isdigit() or labels[-1].startswith("0x")
    is_private = any(name == suffix or name.endswith(f".{suffix}") for suffix in _PRIVATE_NAMES)
    return name if well_formed and not is_number and not is_private else None


def refused(url: str, reason: str, *, cell: str | None = None) -> PermanentError:
    """The error that says a picture's URL is refused (PICTURE_URL_REFUSED), without any user name and password in it.

    Example:
        >>> refused("https://me:secret@img.shop.kr/1.jpg", "why").findings[0].message_en
        "The picture address 'https://img.shop.kr/1.jpg' is refused: why."
    """
    shown = re.sub(r"//[^/?#]*@", "//", url)[:200]
    return PermanentError(Finding.of("PICTURE_URL_REFUSED", field="pictures", cell=cell, ref=shown, reason=reason))
