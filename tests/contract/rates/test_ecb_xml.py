"""The ECB's daily file, as it should be and as it should not."""

import tracemalloc
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from onestop.adapters.rates.ecb_xml import MAX_BYTES, EcbRates, parse_daily
from onestop.adapters.rates.https import https_fetch
from onestop.domain.errors import PermanentError, RetryableError
from tests.support.publisher import publishing

HEAD = '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
TAIL = "</gesmes:Envelope>"
DAY = "<Cube time='2026-10-30'><Cube currency='USD' rate='1.1172'/><Cube currency='KRW' rate='1491.76'/></Cube>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def envelope(cubes, *, before=""):
    """An ECB file around some dated sections."""
    return f"<?xml version='1.0' encoding='UTF-8'?>{before}{HEAD}<Cube>{cubes}</Cube>{TAIL}".encode()


def test_the_daily_file_gives_its_day_and_its_rates():
    """Given the ECB's file, when it is read, then day and units per euro come out exactly."""
    assert parse_daily(envelope(DAY)) == (date(2026, 10, 30), {"USD": Decimal("1.1172"), "KRW": Decimal("1491.76")})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Proxy login</body></html>",
        b"not xml at all",
        envelope(""),
        envelope(DAY + DAY),
        envelope(DAY.replace("2026-10-30", "30 October 2026")),
        envelope(DAY.replace("1.1172", "NaN")),
        envelope(DAY.replace(" rate='1.1172'", "")),
        envelope(DAY, before=BOMB),
        envelope(DAY, before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
    ],
    ids=[
        "empty",
        "html",
        "text",
        "no day",
        "two days",
        "day",
        "nan",
        "no rate",
        "entities",
        "external",
    ],
)
def test_anything_else_is_refused(body):
    """Given something that is not the ECB's file, when it is read, then it is refused as a bad rate file."""
    with pytest.raises(PermanentError) as caught:
        parse_daily(body)
    assert [finding.code for finding in caught.value.findings] == ["FX_FILE_INVALID"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (envelope(DAY.replace("1.1172", "1,1172")), "FX_DECIMAL_COMMA"),
        (envelope(DAY.replace("1.1172", "0")), "FX_RATE_ZERO"),
        (envelope(DAY.replace("1.1172", "-1")), "FX_RATE_NEGATIVE"),
        *((envelope(DAY)[:length], "FX_FILE_TRUNCATED") for length in (60, 200, 300, len(envelope(DAY)) - 1)),
    ],
)
def test_a_bad_figure_or_a_cut_file_has_a_code_of_its_own(body, code):
    """Given a zero, a negative rate, a decimal comma or a file that ends in the middle, when it is read, then the code says which."""
    with pytest.raises(PermanentError, match=code):
        parse_daily(body)


def test_a_file_without_won_gives_nothing():
    """Given a file without KRW, when rates are asked, then none can be crossed and none come."""
    body = envelope("<Cube time='2026-10-30'><Cube currency='USD' rate='1.1172'/></Cube>")
    assert EcbRates(fetch=lambda _url, _form: body).observations(("USD",), date(2026, 10, 30)) == ()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A publisher on this machine and the file with the certificate it shows."""
    with publishing(tmp_path_factory.mktemp("tls")) as (publisher, pem):
        publisher.answers = {"/daily.xml": (200, envelope(DAY)), "/huge": (200, b"x" * 50_000_000), "/moved": (302, b"")}
        yield publisher, pem


@pytest.fixture
def trusted(server, monkeypatch):
    """The server's address, its certificate trusted."""
    publisher, pem = server
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return publisher.url


def test_the_file_is_fetched_over_tls(trusted):
    """Given a server with a trusted certificate, when rates are asked, then they come from its file."""
    (observation,) = EcbRates(f"{trusted}/daily.xml").observations(("USD",), date(2026, 10, 30))
    assert observation.rate == Decimal("1491.76") / Decimal("1.1172")


FETCH = https_fetch("ECB", MAX_BYTES)


def test_any_error_may_be_better_later(trusted):
    """Given a server in trouble, when the file is fetched, then the failure may pass."""
    with pytest.raises(RetryableError, match="ECB answered 503"):
        FETCH(f"{trusted}/broken", None)


def test_a_redirect_to_another_host_is_not_followed(trusted):
    """Given an address that points elsewhere, when the file is fetched, then nobody else is asked and the host is named."""
    with pytest.raises(PermanentError, match="FX_REDIRECTED") as caught:
        FETCH(f"{trusted}/moved", None)
    (finding,) = caught.value.findings
    assert "elsewhere.example" in finding.message_en
    assert "SECRET" not in finding.model_dump_json()


def test_fifty_megabytes_are_refused_after_the_first_64_kib(trusted):
    """Given an answer of 50 MB, when it is fetched, then reading stops one byte past the limit and it is refused."""
    tracemalloc.start()
    with pytest.raises(PermanentError, match="FX_FILE_TOO_LARGE"):
        FETCH(f"{trusted}/huge", None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_an_unknown_certificate_is_refused(server):
    """Given a server whose certificate nobody signed, when the file is fetched, then nothing is read."""
    with pytest.raises(RetryableError, match="SSLError"):
        FETCH(f"{server[0].url}/daily.xml", None)


def test_a_file_that_cannot_be_had_may_be_had_later():
    """Given a port where nobody listens, when the file is fetched, then the failure is one that may pass."""
    with pytest.raises(RetryableError):
        https_fetch("ECB", 10, connect_timeout_s=1, read_timeout_s=1)("https://127.0.0.1:1/eurofxref-daily.xml", None)


def test_a_form_is_posted_with_each_value_of_a_name(trusted, server):
    """Given a form with one name for several values, when it is posted, then all of them arrive."""
    FETCH(f"{trusted}/daily.xml", {"chk_cur[]": ["USD~US Dollar", "PKR~Pakistan Rupee"], "rangeType": "dates"})
    (form,) = server[0].forms
    assert parse_qs(form) == {"chk_cur[]": ["USD~US Dollar", "PKR~Pakistan Rupee"], "rangeType": ["dates"]}


def test_only_https_is_fetched():
    """Given an address without TLS, when the file is fetched, then nothing is sent."""
    with pytest.raises(ValueError, match="not https"):
        FETCH("http://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml", None)


def test_a_key_in_an_address_is_in_no_log_and_no_error(trusted, caplog):
    """Given an address with a key, when it is asked with every log on, then neither log nor error holds the key."""
    with caplog.at_level("DEBUG"):
        FETCH(f"{trusted}/daily.xml?authkey=SECRET", None)
        with pytest.raises(RetryableError) as failed:
            FETCH(f"{trusted}/broken?authkey=SECRET", None)
    assert "SECRET" not in caplog.text + str(failed.value) + repr(failed.value.__cause__)
