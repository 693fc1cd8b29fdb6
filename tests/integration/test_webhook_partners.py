"""Every partner's door through the real template: whatever is sent, the answer is one of ours; what is taken is taken once."""

import base64
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.adapters.tables.demand import DemandTable
from onestop.domain.channels.iop import push_signature
from tests.conftest import DAY, load_event
from tests.support.stack_state import dead_letters, everything, items, logged, objects
from tests.support.watched_stack import WatchedStack
from tests.support.webhooks import KEYS

SECRETS = "doors/partner-webhooks"
NOW_S = 1793361600
"""Noon of DAY, on which the stack lives."""
BUYER = ("Ayşe", "Örnek", "example.invalid", "11111111110", "5550000000")


@pytest.fixture(scope="module")
def stack() -> Iterator[WatchedStack]:
    """A stack that knows every partner that ships."""
    with WatchedStack({"PartnerSecretsName": SECRETS}) as running:
        running.keep_secret(SECRETS, KEYS)
        running.live_on(DAY)
        yield running


def credentials(partner: str, body: bytes, *, live: bool = True) -> dict[str, str]:
    """The headers with which a partner vouches for a body; with a key of nobody unless it is a live one."""
    keys = KEYS[partner]
    if "sellers" in keys:
        return {"X-Api-Key": keys["sellers"]["100001"]["api_keys"][0] if live else "nobody's"}
    return {"Authorization": push_signature(keys["app_key"], keys["app_secrets"][0] if live else "nobody's", body)}


def order(partner: str, number: int) -> bytes:
    """An order as a partner tells of it."""
    if partner == "trends":
        keywords = [{"keyword": f"tumbler {number}", "volume": number, "buyer": "Ayşe"}, {"keyword": "total"}]
        return json.dumps({"timestamp": NOW_S, "market": "SG", "keywords": keywords}).encode()
    if partner == "trendyol":
        return json.dumps({"id": number, "orderNumber": str(number), "status": "Created", "lastModifiedDate": NOW_S * 1000}).encode()
    data = {"order_status": "pending", "trade_order_id": number, "trade_order_line_id": number, "status_update_time": NOW_S}
    return json.dumps({"seller_id": "7", "message_type": 0, "data": data, "timestamp": NOW_S, "site": f"{partner}_xx"}).encode()


def held(stack: WatchedStack) -> int:
    """How many events and reports are stored."""
    return len(items(stack, "EventsTable")) + len(objects(stack, "DemandBucket"))


def refusals(partner: str) -> dict[str, tuple[bytes, dict[str, str], int]]:
    """What -> a request that is refused, and with which status."""
    body, large = order(partner, 1), b'{"a":"' + b"x" * 256 * 1024 + b'"}'
    bad = {"no JSON": b"order=1", "no object": b"[1]", "no UTF-8": b'{"a":"\xff"}', "no end": b'{"a":' * 50_000, "nothing": b""}
    signed = credentials(partner, body)
    return {
        "no key": (body, {}, 401), "a wrong key": (body, credentials(partner, body, live=False), 401),
        "an empty key": (body, {"Authorization": "", "X-Api-Key": ""}, 401), "not ASCII": (body, dict.fromkeys(signed, "열쇠"), 401),
        "too large": (large, credentials(partner, large), 413), "too large, no key": (large, {}, 413),
        **{what: (wrong, credentials(partner, wrong), 400) for what, wrong in bad.items()},
    }  # fmt: skip


@pytest.mark.parametrize("partner", KEYS)
def test_what_is_refused_leaves_no_trace(stack: WatchedStack, partner: str) -> None:
    """Given each way in which a request can be wrong, when it comes, then its answer is the defined one and nothing is stored or sent."""
    before, sent = everything(stack), dict(stack.meter.sent)

    for what, (body, headers, status) in refusals(partner).items():
        assert (what, stack.request("POST", f"/webhooks/{partner}", body, headers)[0]) == (what, status)

    assert everything(stack) == before
    assert dict(stack.meter.sent) == sent


@pytest.mark.parametrize("partner", [name for name in KEYS if name != "trendyol"])
@pytest.mark.parametrize("sent_at", [NOW_S - 43201, (NOW_S + 7201) * 1000, str(NOW_S - 43201)])
def test_a_signed_push_of_another_time_is_a_replay(stack: WatchedStack, partner: str, sent_at: object) -> None:
    """Given a time outside the window, in seconds, milliseconds or as text, when the push comes rightly signed, then it is refused."""
    body, before = json.dumps({**json.loads(order(partner, 2)), "timestamp": sent_at}).encode(), everything(stack)

    assert stack.request("POST", f"/webhooks/{partner}", body, credentials(partner, body)) == (401, "stale")

    assert everything(stack) == before


@pytest.mark.parametrize("partner", KEYS)
def test_one_order_told_often_is_one_event(stack: WatchedStack, partner: str) -> None:
    """Given an order told twice as text and as base64, and shuffled with others, when all came, then each is stored once."""
    stored = held(stack)
    pushes = [order(partner, number) for number in range(10, 13)] * 3
    random.Random(7).shuffle(pushes)
    for place, body in enumerate(pushes):
        encoded = place % 2 == 0
        event = {
            "pathParameters": {"partner": partner}, "isBase64Encoded": encoded,
            "headers": {name.lower(): value for name, value in credentials(partner, body).items()},
            "body": base64.b64encode(body).decode() if encoded else body.decode(),
        }  # fmt: skip
        assert stack.invoke("ReceiveWebhookFunction", event)["statusCode"] == 200

    assert held(stack) == stored + 3


def test_nothing_of_a_buyer_at_trendyol_is_kept_anywhere(stack: WatchedStack) -> None:
    """Given a package full of its buyer, when it was taken, then no table, message or log holds a word of it, nor the key."""
    push = load_event("webhooks/trendyol/created.json")
    assert stack.request("POST", "/webhooks/trendyol", push["body"].encode(), push["headers"]) == (200, "ok")

    assert any(line.get("message") == "webhook" for line in logged(stack))
    held = repr(everything(stack)) + repr(stack.delivered) + stack.logs.getvalue()  # type: ignore[attr-defined]
    assert [word for word in (*BUYER, *push["headers"].values()) if word in held] == []


def test_a_pushed_report_is_learnt_as_one_that_is_dropped(stack: WatchedStack) -> None:
    """Given a keyword report, when it is pushed twice, then its market's words are known, and nothing else of it is kept."""
    body = order("trends", 77)
    for _ in range(2):
        assert stack.request("POST", "/webhooks/trends", body, credentials("trends", body)) == (200, "ok")
    stack.pump()

    demand = DemandTable(stack.tables["CatalogTable"])
    known = [best for held in demand.reports("SG") if (best := demand.best(held))]
    assert [word.figures.demand for best in known for word in best.words if word.keyword == "tumbler 77"] == [77]
    assert "Ayşe" not in repr(known) + repr(items(stack, "CatalogTable")) + repr(objects(stack, "DemandBucket"))
    assert [key for key in objects(stack, "DemandBucket") if not key.startswith("SG/trends-")] == []


def test_an_order_that_cannot_be_read_back_waits_for_the_operator(stack: WatchedStack) -> None:
    """Given orders of partners whose orders are not read yet, when they are worked on, then they wait in the dead-letter queue, stored."""
    stack.pump()
    waiting, stored = dead_letters(stack).get("ApplyPartnerEventDlq", 0), len(items(stack, "EventsTable"))
    for partner in ("daraz", "trendyol"):
        body = order(partner, 99)
        assert stack.request("POST", f"/webhooks/{partner}", body, credentials(partner, body)) == (200, "ok")
    stack.pump()

    assert dead_letters(stack) == {"ApplyPartnerEventDlq": waiting + 2}
    assert len(items(stack, "EventsTable")) == stored + 2


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["null", "\ud800", "\x00", "\x01", "lazada_sg", "DARAZ-PK", NOW_S, NOW_S * 1000, str(NOW_S), 10**4000]),
)  # fmt: skip
NAMES = st.sampled_from([
    "seller_id", "message_type", "data", "timestamp", "site", "order_status", "trade_order_id", "trade_order_line_id", "orderId",
    "status_update_time", "sku_list", "seller_sku", "sku_id", "item_id", "itemId", "reason", "status", "real_quantity", "date",
    "content", "id", "market", "keywords", "keyword", "volume", "orderNumber", "shipmentPackageStatus", "lastModifiedDate", "lines", "merchantSku", "barcode",
])  # fmt: skip
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=6)), max_leaves=12
)
NESTED = st.builds(
    lambda name, depth, opener: f'{{"message_type":0,"id":1,"orderNumber":2,"{name}":{opener * depth}{"]" * depth}}}'.encode(),
    NAMES, st.integers(1, 1200), st.just("["),
)  # fmt: skip
ENVELOPES = st.fixed_dictionaries(
    {"message_type": st.one_of(st.integers(0, 60), SCALARS), "data": st.dictionaries(NAMES, DOCUMENTS, max_size=8)},
    optional={"timestamp": SCALARS, "site": SCALARS, "seller_id": SCALARS, "id": SCALARS, "orderNumber": SCALARS, "content": DOCUMENTS},
)
BODIES = st.one_of(st.binary(max_size=300), st.one_of(ENVELOPES, DOCUMENTS).map(lambda one: json.dumps(one).encode()), NESTED)
HEADERS = st.dictionaries(
    st.one_of(st.text(max_size=10), st.sampled_from(["Authorization", "X-Api-Key", "Content-Type"])),
    st.one_of(st.text(max_size=40), st.sampled_from(["Basic ", "Basic ===", "application/json", "text/xml", ";", "\ud800"])), max_size=4,
)  # fmt: skip
PARTNERS = st.one_of(st.sampled_from(sorted(KEYS)), st.text(max_size=10))


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(partner=PARTNERS, body=BODIES, headers=HEADERS, live=st.booleans())
def test_whatever_is_sent_to_whom_is_answered(stack: WatchedStack, partner: str, body: bytes, headers: dict[str, Any], live: bool) -> None:
    """Given any partner, body and headers, with a live key or without, when they come, then the answer is one of ours, and no failure."""
    known = partner in KEYS
    event = {
        "pathParameters": {"partner": partner}, "body": base64.b64encode(body).decode(), "isBase64Encoded": True,
        "headers": {name.lower(): value for name, value in {**headers, **(credentials(partner, body) if known and live else {})}.items()},
    }  # fmt: skip

    status = stack.invoke("ReceiveWebhookFunction", event)["statusCode"]

    assert status in ({200, 400, 401, 415} if known and live else {401} if known else {404})
