"""Every way that a day's exchange rates can be bad, through the real template: the last good rates and prices stand."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from local.demo import FIRST_DAY
from onestop.adapters.tables.rates import RatesTable
from onestop.domain.errors import OnestopError
from onestop.domain.pricing.guard import DecisionKind
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.publisher import Publisher, publishing
from tests.support.stack_state import everything
from tests.support.watched_stack import WatchedStack

PER_EURO = {"KRW": "1491.76", "USD": "1.1172", "SGD": "1.4282", "MYR": "4.5325", "THB": "37.683", "PHP": "71.143"}
NEXT = FIRST_DAY + timedelta(days=1)
CENTRAL_BANK, BANK = "/daily.xml", "/exchangeJSON"


def xml(day: date = NEXT, **changed: str | None) -> bytes:
    """The ECB's file of a day; a rate that is None is left out."""
    rates = {currency: rate for currency, rate in {**PER_EURO, **changed}.items() if rate is not None}
    cubes = "".join(f"<Cube currency='{currency}' rate='{rate}'/>" for currency, rate in rates.items())
    space = 'xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"'
    return f"<gesmes:Envelope {space}><Cube><Cube time='{day}'>{cubes}</Cube></Cube></gesmes:Envelope>".encode()


class TrustingStack(WatchedStack):
    """A stack whose functions trust the certificate of the publisher beside it."""

    certificate: Path

    def environment(self, function: str) -> dict[str, str]:
        """As the template says, and whom to trust."""
        return {**super().environment(function), "SSL_CERT_FILE": str(self.certificate)}


class Desk:
    """A stack whose rates come from a publisher on this machine, with one product listed at the first day's rates."""

    def __init__(self, stack: WatchedStack, publisher: Publisher) -> None:
        """Publish the first day and list the product."""
        self.stack, self.publisher = stack, publisher
        self.publish(xml(FIRST_DAY), FIRST_DAY)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        stack.pump()

    def publish(self, body: bytes, day: date = NEXT, *, status: int = 200, second: bytes | None = None) -> dict[str, str]:
        """Answer with this from now on, and let the schedule go off on a day; currency -> decision."""
        self.publisher.answers = {CENTRAL_BANK: (status, body), **({BANK: (200, second)} if second is not None else {})}
        both = f",kexim:{self.publisher.url}{BANK}" if second is not None else ""
        self.stack.rates_from(f"ecb:{self.publisher.url}{CENTRAL_BANK}{both}")
        self.stack.live_on(day)
        schedule = self.stack.wiring.schedule_of("RefreshFxFunction")
        decisions: dict[str, str] = self.stack.fire(schedule)
        self.stack.pump()
        return decisions

    def kept(self) -> dict[Any, Any]:
        """Everything that is stored, but for the note of whom was asked."""
        return {key: value for key, value in everything(self.stack).items() if key != "EgressTable"}

    def prices(self) -> dict[Any, Any]:
        """The same, but for the log of decisions and what waits."""
        return {key: value for key, value in self.kept().items() if key != "RatesTable"}

    @property
    def rates(self) -> RatesTable:
        """The stack's rates."""
        return RatesTable(self.stack.tables["RatesTable"])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing that is tried here may change anything."""
    with publishing(tmp_path_factory.mktemp("tls")) as (publisher, pem), TrustingStack() as stack:
        stack.certificate = pem
        stack.live_on(FIRST_DAY)
        yield Desk(stack, publisher)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (xml(SGD="0"), 200, "FX_RATE_ZERO"),
        (xml(SGD="-1.4282"), 200, "FX_RATE_NEGATIVE"),
        (xml(SGD="1,4282"), 200, "FX_DECIMAL_COMMA"),
        (xml()[:-40], 200, "FX_FILE_TRUNCATED"),
        (b"<html>Maintenance</html>", 200, "FX_FILE_INVALID"),
        (xml(NEXT + timedelta(days=30)), 200, "FX_IN_FUTURE"),
        (b"x" * 50_000_000, 200, "FX_FILE_TOO_LARGE"),
        (b"", 302, "FX_REDIRECTED"),
        (b"", 503, "ECB answered 503"),
    ],
    ids=["zero", "negative", "comma", "truncated", "html", "future", "50 MB", "redirect", "outage"],
)
def test_a_bad_file_changes_nothing_at_all(desk: Desk, body: bytes, status: int, code: str) -> None:
    """Given a publication that cannot be used, when the schedule goes off, then it fails with that code and not a byte changes."""
    before = desk.kept()

    with pytest.raises(OnestopError, match=code):
        desk.publish(body, status=status)

    assert desk.kept() == before
    assert set(desk.publisher.asked) <= {CENTRAL_BANK, BANK}  # nobody followed the redirect


@pytest.mark.parametrize(
    ("body", "day", "kind", "code"),
    [
        (xml(SGD="0.7002"), NEXT, DecisionKind.REJECTED, "FX_IMPLAUSIBLE"),
        (xml(SGD="142.82"), NEXT, DecisionKind.REJECTED, "FX_IMPLAUSIBLE"),
        (xml(SGD=None), NEXT, DecisionKind.MISSING, "FX_NOT_PUBLISHED"),
        (xml(FIRST_DAY - timedelta(days=30)), NEXT, DecisionKind.STALE, "FX_PRINT_STALE"),
        (xml(SGD="1.3282"), NEXT, DecisionKind.QUARANTINED, "FX_QUARANTINED"),
    ],
    ids=["inverted", "a hundredfold", "missing", "stale", "jump"],
)
def test_a_bad_print_leaves_the_last_good_rate_and_its_prices(desk: Desk, body: bytes, day: date, kind: DecisionKind, code: str) -> None:
    """Given a print that cannot be, when the schedule goes off, then it is told and logged, and the rate and every price stand."""
    before, rate = desk.prices(), desk.rates.in_force("SGD")
    assert rate

    assert desk.publish(body, day)["SGD"] == kind.value

    kept = desk.rates.in_force("SGD")
    assert kept
    assert (kept.rate, kept.as_of) == (rate.rate, rate.as_of)
    assert desk.prices() == before
    if kind is not DecisionKind.MISSING:
        logged = [decision.finding for _, _, decision in desk.rates.decisions("SGD") if decision.kind is kind]
        assert code in {finding.code for finding in logged if finding}


def test_two_sources_that_disagree_leave_the_last_good_rate(desk: Desk) -> None:
    """Given a bank that is 5 % away from the ECB, when the schedule goes off, then nothing is priced by either."""
    before = desk.prices()
    desk.stack.keep_secret("onestop/rates", {"kexim": {"key": "KEY"}})
    desk.stack._set("RATE_SECRETS_NAME", "onestop/rates")
    bank = b'[{"result":1,"cur_unit":"SGD","ttb":"1,085","tts":"1,107","deal_bas_r":"1,096.73"}]'

    decisions = desk.publish(xml(MYR="4.5326"), second=bank)

    assert (decisions["SGD"], decisions["MYR"]) == ("quarantined", "accepted")
    reasons = {decision.reason for _, _, decision in desk.rates.decisions("MYR")}
    assert "no second source to compare" in reasons
    assert desk.prices() == before


def test_the_next_good_day_is_taken_in_by_itself(desk: Desk) -> None:
    """Given all those bad days, when a good file comes, then every currency is accepted again and nothing waits."""
    decisions = desk.publish(xml(NEXT + timedelta(days=1), SGD="1.4283"), NEXT + timedelta(days=1))
    assert {decisions[c] for c in ("SGD", "MYR", "PHP", "THB")} == {"accepted"}
    rate = desk.rates.in_force("SGD")
    assert rate
    assert rate.pending is None
