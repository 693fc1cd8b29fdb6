"""A picture host on this machine, and fetching from it under the policy as it ships."""

import socket
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from onestop.adapters.fetch import fetch_picture
from tests.contract.imaging.picture_host import PUBLIC, Host, public_host


@pytest.fixture
def port():
    """The port of a picture host on this machine."""
    Host.release.clear()
    Host.asked.clear()
    Host.bodies.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    Host.release.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetch(port):
    """Fetches as shipped, except that every name has a public address, and the connection to it ends at the picture host here."""

    def connect(host, address, timeout_s):
        assert address == PUBLIC, "only a checked address is ever connected to"
        return socket.create_connection(("127.0.0.1", port), timeout=timeout_s)

    return partial(fetch_picture, cell="M4", resolve=public_host, connect=connect)
