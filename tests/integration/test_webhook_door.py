"""Webhooks through the real template: who may come in, and what happens to everybody else."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest

from onestop.domain.channels.iop import push_signature
from tests.conftest import DAY
from tests.support.shop import PATH, Shop, open_shop, push_body
from tests.support.stack_state import everything


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop that all tests of this module share."""
    with open_shop("door") as opened:
        yield opened


FORGED = {
    "no signature": "", "zeros": "0" * 64, "of another body": push_signature("900001", "kr-secret", b"{}"),
    "with an empty secret": push_signature("900001", "", push_body("1")), "of another app": push_signature("900002", "kr-secret", push_body("1")),
    "not ASCII": "서명" * 20, "upper case": push_signature("900001", "kr-secret", push_body("1")).upper(),
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_push_leaves_no_trace(shop: Shop, forged: str) -> None:
    """Given a signature that is not the partner's, when the push comes, then it is refused and nothing at all is stored or sent."""
    before, sent = everything(shop.stack), dict(shop.stack.meter.sent)

    assert shop.post(push_body("1"), FORGED[forged])[0] == 401

    assert everything(shop.stack) == before
    assert dict(shop.stack.meter.sent) == sent


def test_the_previous_secret_works_while_keys_are_rolled(shop: Shop) -> None:
    """Given two live secrets, when a push is signed with the older one, then it is taken."""
    body = push_body(shop.order("canceled"))

    assert shop.post(body, push_signature(shop.store.app_key, "the-old-secret", body)) == (200, "ok")
    shop.stack.pump()


REFUSED: dict[str, tuple[str, bytes, int]] = {
    "unknown partner": ("/webhooks/nobody", push_body("1"), 404),
    "another path": ("/webhooks", push_body("1"), 404),
    "too large": (PATH, b'{"a":"' + b"x" * 256 * 1024 + b'"}', 413),
    "not JSON": (PATH, b"order=1", 400),
    "not an object": (PATH, b"[1]", 400),
    "not UTF-8": (PATH, b'{"a":"\xff"}', 400),
    "nested without end": (PATH, b'{"a":' * 50_000, 400),
    "nothing": (PATH, b"", 400),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_signed_push_that_cannot_be_used_is_answered_and_not_kept(shop: Shop, what: str) -> None:
    """Given a signed request that is no event, when it comes, then the answer says so and nothing is stored."""
    path, body, status = REFUSED[what]
    before = everything(shop.stack)

    assert shop.post(body, path=path)[0] == status

    assert everything(shop.stack) == before


@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "text"])
def test_a_body_is_verified_over_the_bytes_that_came(shop: Shop, encoded: bool) -> None:
    """Given one signed body as text or as base64, when the API hands it over, then it is taken either way."""
    body = push_body(shop.order("canceled"))
    event = {
        "version": "2.0", "routeKey": "POST /webhooks/{partner}", "rawPath": PATH, "pathParameters": {"partner": "lazada"},
        "headers": {"authorization": push_signature(shop.store.app_key, shop.store.app_secret, body)},
        "body": base64.b64encode(body).decode() if encoded else body.decode(), "isBase64Encoded": encoded,
        "requestContext": {"http": {"method": "POST", "path": PATH}},
    }  # fmt: skip

    assert shop.stack.invoke("ReceiveWebhookFunction", event)["statusCode"] == 200
    shop.stack.pump()


@pytest.mark.parametrize("what", ["text/plain", "application/x-www-form-urlencoded", "application/xml; charset=utf-8", "json", "한글"])
def test_another_content_type_is_refused(shop: Shop, what: str) -> None:
    """Given a signed push that says it is no JSON, when it comes, then it is told so and nothing is stored."""
    body, before = push_body("1"), everything(shop.stack)
    signed = push_signature(shop.store.app_key, shop.store.app_secret, body)

    assert shop.stack.request("POST", PATH, body, {"Authorization": signed, "Content-Type": what}) == (415, "not JSON")

    assert everything(shop.stack) == before


@pytest.mark.parametrize(("body", "encoded"), [("x", True), ("한글", True), ("\ud800", False), (None, False), (None, True)])
def test_a_body_that_no_wire_carries_is_refused(shop: Shop, body: str | None, encoded: bool) -> None:
    """Given no base64 where base64 is announced, half a character, or nothing, when it comes, then it is refused and no failure."""
    event = {"pathParameters": {"partner": "lazada"}, "headers": {"authorization": "0" * 64}, "body": body, "isBase64Encoded": encoded}

    assert shop.stack.invoke("ReceiveWebhookFunction", event)["statusCode"] == 401
    assert shop.stack.invoke("ReceiveWebhookFunction", {"pathParameters": None, "headers": None})["statusCode"] == 404


@pytest.mark.parametrize(("hours", "status"), [(-12, 200), (-12.01, 401), (2, 200), (2.01, 401)])
def test_a_push_of_another_time_is_a_replay(shop: Shop, hours: float, status: int) -> None:
    """Given a signed push from outside the window around now, when it comes, then nothing is stored; inside, it is taken."""
    at = int(datetime.combine(DAY, time(12), tzinfo=UTC).timestamp() + hours * 3600)
    body, before = push_body(shop.order("canceled"), at=at).replace(f"{at}234".encode(), f"{at}000".encode()), everything(shop.stack)

    assert shop.post(body)[0] == status

    assert (everything(shop.stack) == before) is (status == 401)
    shop.stack.pump()
