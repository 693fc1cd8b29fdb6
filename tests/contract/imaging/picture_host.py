"""A web server on this machine that plays picture hosts, good and bad."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler

PUBLIC = "93.184.215.14"
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 1000


def public_host(_host):
    """A name service that knows one public address."""
    return [PUBLIC]


class Host(BaseHTTPRequestHandler):
    """A picture host, good and bad: what it does is in the path."""

    protocol_version = "HTTP/1.1"
    release = threading.Event()
    asked: list[tuple[str, str]] = []  # noqa: RUF012  # emptied by the fixture
    bodies: dict[str, bytes] = {}  # noqa: RUF012  # emptied by the fixture

    def do_GET(self):
        """Do what the first segment of the path says."""
        self.asked.append((self.headers["Host"], self.path))
        kind, _, argument = self.path.lstrip("/").partition("/")
        with contextlib.suppress(OSError):
            getattr(self, f"_say_{kind}")(argument)

    def _say_picture(self, _):
        self._answer(200, {"Content-Length": str(len(PICTURE))}, PICTURE)

    def _say_claims(self, argument):
        content_type, name = argument.rsplit("/", 1)
        body = self.bodies[name]
        self._answer(200, {"Content-Length": str(len(body)), "Content-Type": content_type}, body)

    def _say_status(self, status):
        self._answer(int(status), {"Content-Length": "0"})

    def _say_to(self, location):
        self._answer(302, {"Content-Length": "0", "Location": location})

    def _say_loop(self, _):
        self._answer(301, {"Content-Length": "0", "Location": "/loop"})

    def _say_endless(self, _):
        self._answer(200, {"Transfer-Encoding": "chunked"})
        while not self.release.is_set():
            self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")

    def _say_huge(self, _):
        self._answer(200, {"Content-Length": str(10**12)})

    def _say_cut(self, _):
        self._answer(200, {"Content-Length": "5000"}, bytes(100))
        self.close_connection = True

    def _say_chunks(self, _):
        self._answer(200, {"Transfer-Encoding": "chunked"}, b"5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n")

    def _say_stall(self, _):
        self._answer(200, {"Content-Length": "5000"}, bytes(100))
        self.release.wait(30)

    def _say_open(self, _):
        self.close_connection = True
        self._answer(200, {"Connection": "close"}, bytes(100))
        self.release.wait(30)

    def _say_nothing(self, _):
        self.release.wait(30)
        self.close_connection = True

    def _answer(self, status, headers, body=b""):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002  # the base class calls it so
        """Say nothing."""
