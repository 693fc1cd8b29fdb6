"""A publisher of exchange rates on this machine: over TLS, with whatever it is told to answer."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ELSEWHERE = "https://elsewhere.example/daily.xml?key=SECRET"
"""Where a redirect points to."""


class Publisher(ThreadingHTTPServer):
    """Path -> status and body; anything else is answered with 503. ``asked`` holds the paths that were asked for, ``forms`` what was posted."""

    def __init__(self, pem: Path) -> None:
        """``pem`` holds the key and the certificate that it shows."""
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.asked: list[str] = []
        self.forms: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A refused certificate is what a test wants."""

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"https://localhost:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    """Answers by path."""

    server: Publisher

    def do_GET(self) -> None:
        """Give what the publisher was told to."""
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        status, body = self.server.answers.get(path, (503, b"later"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", ELSEWHERE)
        self.end_headers()
        with suppress(OSError):  # whoever asked has read enough
            self.wfile.write(body)

    def do_POST(self) -> None:
        """Remember the form and answer as to a GET."""
        self.server.forms.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def publishing(folder: Path) -> Iterator[tuple[Publisher, Path]]:
    """A running publisher, and the file with its certificate."""
    pem = folder / "localhost.pem"
    pem.write_bytes(_self_signed("localhost"))
    publisher = Publisher(pem)
    threading.Thread(target=publisher.serve_forever, daemon=True).start()
    yield publisher, pem
    publisher.shutdown()
    publisher.server_close()


def _self_signed(name: str) -> bytes:
    """A key and a certificate for ``name`` that signs itself, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + certificate.public_bytes(serialization.Encoding.PEM)
