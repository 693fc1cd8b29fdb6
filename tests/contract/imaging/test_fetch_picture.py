"""Fetching pictures against a real server on this machine: the policy stays on, only the last hop is led to the server."""

import datetime
import socket
import ssl
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from onestop.adapters.fetch import FetchLimits, addresses_of, fetch_picture, open_tls
from onestop.domain.errors import PermanentError, RetryableError
from tests.contract.imaging.picture_host import PICTURE, PUBLIC, Host, public_host


def refuse_to_connect(host, address, timeout_s):
    """The connection that must not be made."""
    raise AssertionError(f"connected to {address}")


def code_of(call, *args, **kwargs) -> str:
    """The code of the one finding that a call is refused with."""
    with pytest.raises(PermanentError) as caught:
        call(*args, **kwargs)
    (finding,) = caught.value.findings
    assert finding.cell == "M4"
    return finding.code


def test_a_picture_is_fetched_from_its_host(fetch):
    """Given a public https URL, when it is fetched, then the bytes come back and the host was asked by its name."""
    assert fetch("https://img.shop.kr/picture/1.jpg?v=2") == PICTURE
    assert Host.asked == [("img.shop.kr", "/picture/1.jpg?v=2")]


def test_a_body_without_a_length_is_fetched(fetch):
    """Given a chunked answer, when it is fetched, then its pieces are joined."""
    assert fetch("https://img.shop.kr/chunks") == b"firstsecond"


@pytest.mark.parametrize("location", ["https://cdn.shop.kr/picture/", "/picture/", "//cdn.shop.kr/picture/"])
def test_a_redirect_to_a_public_host_is_followed(fetch, location):
    """Given a redirect, absolute or relative, when it is fetched, then the picture behind it comes back."""
    assert fetch(f"https://img.shop.kr/to/{location}") == PICTURE


@pytest.mark.parametrize(
    "location",
    ["http://img.shop.kr/picture/", "https://169.254.169.254/", "https://localhost/", "https://img.shop.kr:22/", "file:///etc/passwd"],
)
def test_a_redirect_out_of_the_policy_is_refused(fetch, location):
    """Given a redirect to what may not be fetched, when it is followed, then it is refused before any connection."""
    assert code_of(fetch, f"https://img.shop.kr/to/{location}") == "PICTURE_URL_REFUSED"
    assert len(Host.asked) == 1


def test_a_redirect_to_a_name_that_resolves_inside_is_refused(fetch):
    """Given a redirect to a name with a private address, when it is followed, then it is refused before any connection."""

    def resolve(host):
        return [PUBLIC] if host == "img.shop.kr" else ["10.0.0.5"]

    assert code_of(fetch, "https://img.shop.kr/to/https://evil.shop.kr/", resolve=resolve) == "PICTURE_URL_REFUSED"
    assert len(Host.asked) == 1


def test_endless_redirects_are_refused_after_three(fetch):
    """Given a host that redirects to itself, when it is fetched, then three redirects are followed and no more."""
    assert code_of(fetch, "https://img.shop.kr/loop") == "PICTURE_URL_REFUSED"
    assert len(Host.asked) == 4


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["169.254.169.254"], ["fd00:ec2::254"], ["::ffff:10.0.0.1"], [PUBLIC, "192.168.0.1"], []],
)
def test_a_name_with_any_address_inside_is_refused(addresses):
    """Given a public name that resolves to somewhere private, even among others, when it is fetched, then nothing connects."""
    code = code_of(
        fetch_picture, "https://img.shop.kr/1.jpg", cell="M4", resolve=lambda _: addresses, connect=refuse_to_connect
    )  # fmt: skip

    assert code == "PICTURE_URL_REFUSED"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433"])
def test_this_machine_is_refused_as_shipped(port, host):
    """Given nothing replaced and a server that listens here, when this machine is named, then it is refused and never asked."""
    assert code_of(fetch_picture, f"https://{host}/picture/", cell="M4") == "PICTURE_URL_REFUSED"
    assert addresses_of("localhost")[0] in {"127.0.0.1", "::1"}
    assert Host.asked == []


def test_a_name_that_does_not_exist_is_told_to_the_seller():
    """Given a host name that does not exist, when it is fetched, then the picture is not found, for good."""

    def resolve(host):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert code_of(fetch_picture, "https://img.shop.kr/1.jpg", cell="M4", resolve=resolve) == "PICTURE_NOT_FOUND"


def test_a_name_service_that_fails_is_tried_again():
    """Given a name service that does not answer, when a picture is fetched, then the failure is one that may pass."""

    def resolve(host):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    with pytest.raises(RetryableError):
        fetch_picture("https://img.shop.kr/1.jpg", resolve=resolve)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 204])
def test_a_picture_that_is_not_there_is_told_to_the_seller(fetch, status):
    """Given an answer that will stay, when a picture is fetched, then it is not found, for good."""
    assert code_of(fetch, f"https://img.shop.kr/status/{status}") == "PICTURE_NOT_FOUND"


@pytest.mark.parametrize("path", ["status/500", "status/503", "status/429", "status/408", "cut"])
def test_a_host_in_trouble_is_tried_again(fetch, path):
    """Given an answer that may pass, or one that breaks off, when a picture is fetched, then the failure is one that may pass."""
    with pytest.raises(RetryableError):
        fetch(f"https://img.shop.kr/{path}")


def test_a_host_that_cannot_be_reached_is_tried_again():
    """Given a closed port, when a picture is fetched, then the failure is one that may pass."""

    def connect(host, address, timeout_s):
        raise ConnectionRefusedError

    with pytest.raises(RetryableError):
        fetch_picture("https://img.shop.kr/1.jpg", resolve=public_host, connect=connect)


@pytest.mark.parametrize("path", ["endless", "huge", "picture/"])
def test_more_bytes_than_the_limit_are_not_read(fetch, path):
    """Given a body over the limit, told or not, when it is fetched, then reading stops there."""
    limits = FetchLimits(max_bytes=100_000)

    assert code_of(fetch, f"https://img.shop.kr/{path}", limits=limits) == "PICTURE_TOO_LARGE"


@pytest.mark.parametrize("path", ["stall", "open", "nothing"])
@pytest.mark.parametrize("limits", [FetchLimits(wait_timeout_s=0.2), FetchLimits(wait_timeout_s=60, request_timeout_s=0.2)])
def test_a_host_that_stalls_cannot_hold_us(fetch, path, limits):
    """Given a host that falls silent, when either limit passes, then the request is over and may be tried again."""
    started = time.monotonic()

    with pytest.raises(RetryableError):
        fetch(f"https://img.shop.kr/{path}", limits=limits)

    assert time.monotonic() - started < 5


@pytest.fixture
def certificate(tmp_path):
    """A key and a certificate for img.shop.kr that signs itself, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "img.shop.kr")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("img.shop.kr")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    pem = tmp_path / "host.pem"
    pem.write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, no_password) + signed.public_bytes(encoding))
    return pem


@pytest.fixture
def tls_fetch(certificate):
    """Fetches through our own TLS, its last hop led to a server here that shows the certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused certificate is what a test wants
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    trust = ssl.create_default_context(cadata=certificate.read_text())

    def connect(host, address, timeout_s):
        return open_tls(host, "127.0.0.1", timeout_s, port=server.server_port, context=trust)

    yield partial(fetch_picture, cell="M4", resolve=public_host, connect=connect)
    Host.release.set()
    server.shutdown()
    server.server_close()


def test_the_certificate_is_checked_against_the_name_not_the_address(tls_fetch):
    """Given a connection to a bare address, when the host shows a certificate for its name, then the picture is fetched."""
    assert tls_fetch("https://img.shop.kr/picture/1.jpg") == PICTURE


def test_a_certificate_for_another_name_is_refused(tls_fetch):
    """Given a host that shows another name's certificate, when it is fetched, then the seller is told, and nothing is retried."""
    assert code_of(tls_fetch, "https://other.shop.kr/picture/1.jpg") == "PICTURE_URL_REFUSED"


def test_a_stall_inside_tls_cannot_hold_us(tls_fetch):
    """Given a host that falls silent inside TLS, when the request's time is over, then it ends and may be tried again."""
    Host.release.clear()

    with pytest.raises(RetryableError):
        tls_fetch("https://img.shop.kr/stall", limits=FetchLimits(wait_timeout_s=60, request_timeout_s=0.3))
