"""Trendyol's webhook: whose key it is, and what of a package is let in."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.marketplaces.partners import partner_of
from onestop.domain.channels.partner_event import EventKind, PartnerEvent
from onestop.domain.channels.trendyol_push import MAX_PACKAGES, SellerKeys, calling_seller, parse_trendyol_push
from tests.conftest import load_event
from tests.support.webhooks import KEYS

TRENDYOL = partner_of(KEYS, "trendyol")
BUYER = ("Ayşe", "Örnek", "example.invalid", "11111111110", "5550000000", "İstanbul", "7250000000000000")
SELLERS = {"1": SellerKeys(("new", "old", ""), ()), "2": SellerKeys((), ("user:pass:word", "")), "3": SellerKeys(("다른 열쇠",), ())}


def events_of(name: str) -> list[PartnerEvent]:
    """The events of a sample, whose headers are verified."""
    push = load_event(f"webhooks/trendyol/{name}.json")
    assert TRENDYOL
    caller = TRENDYOL.verify({header.lower(): value for header, value in push["headers"].items()}, b"")
    assert caller
    return list(TRENDYOL.parse(caller, push["body"].encode()))


def basic(login: bytes) -> str:
    """The header of a login."""
    return f"Basic {base64.b64encode(login).decode()}"


FACTS: list[tuple[str, list[dict[str, object]]]] = [
    ("created", [{
        "kind": EventKind.ORDER, "partner_seller_id": "100001", "market": "TR", "order_id": "9000000001", "package_id": "58000001",
        "status": "created", "seller_skus": ("KR-TMB-500-BLK",), "sku_ids": ("8809000000017",), "sent_at": None,
    }]),
    ("cancelled-basic", [{"kind": EventKind.ORDER, "partner_seller_id": "100002", "package_id": "58000001", "status": "cancelled"}]),
    ("listed", [{"order_id": "9000000001", "status": "created"}, {"order_id": "9000000002", "status": "atcollectionpoint"}]),
    ("unknown-status", [{"kind": EventKind.ORDER, "status": "teleportedaway"}]),
    ("no-package", [{"kind": EventKind.UNKNOWN, "order_id": None, "partner_seller_id": "100001"}]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts"), FACTS, ids=[name for name, _ in FACTS])
def test_a_sample_becomes_its_events(name: str, facts: list[dict[str, object]]) -> None:
    """Given a sample with its key or login, when it is read, then it is the seller's, its facts come out, and nothing of the buyer."""
    events = events_of(name)

    assert [event.model_dump(include=set(told)) for event, told in zip(events, facts, strict=True)] == facts
    assert [word for word in BUYER for event in events if word in event.model_dump_json()] == []


def test_a_package_told_alone_or_in_a_list_is_the_same_event() -> None:
    """Given one package, when it comes by itself and in the envelope of the list, then its event is one; in another state it is another."""
    (alone,), (listed, other), (later,) = events_of("created"), events_of("listed"), events_of("unknown-status")

    assert alone == listed
    assert len({alone.event_id, other.event_id, later.event_id}) == 3


@pytest.mark.parametrize(
    ("api_key", "authorization", "seller"),
    [
        ("new", None, "1"), ("old", None, "1"), ("다른 열쇠", None, "3"), (None, basic(b"user:pass:word"), "2"),
        (None, basic(b"user:pass:word").replace("Basic", "basic"), "2"), ("new", "Basic ?", "1"),
        (None, None, None), ("", "", None), ("new ", None, None), ("NEW", None, None), ("new,old", None, None), ("\ud800", None, None),
        ("user:pass:word", None, None), (None, basic(b"new"), None), (None, basic(b""), None), (None, "Basic", None),
        (None, "Basic ===", None), (None, "Basic 한글", None), (None, "Bearer " + base64.b64encode(b"user:pass:word").decode(), None),
    ],
)  # fmt: skip
def test_a_key_tells_whose_call_it_is(api_key: str | None, authorization: str | None, seller: str | None) -> None:
    """Given a live key or login, when a call brings it as it should, then it is that seller's; anything else is nobody's."""
    assert calling_seller(api_key, authorization, SELLERS) == seller


@given(st.text(max_size=20), st.text(max_size=40))
def test_no_guess_opens_the_door(api_key: str, authorization: str) -> None:
    """Given any headers, when they hold no live key, then nobody calls, and nothing fails."""
    assert calling_seller(api_key, authorization, {"1": SellerKeys(("k" * 32, ""), ("u:" + "p" * 32, ""))}) is None


@pytest.mark.parametrize("content", [None, {}, "x", 1, [1], [[]], [None], [{}] * (MAX_PACKAGES + 1)])
def test_a_list_that_is_none_is_a_value_error(content: Any) -> None:
    """Given an envelope that holds no packages, or more than are stored in time, when it is read, then one kind of error says so."""
    with pytest.raises(ValueError, match="package"):
        parse_trendyol_push("trendyol", "1", "TR", json.dumps({"content": content}).encode())


def test_an_empty_list_is_nothing() -> None:
    """Given an envelope without a package, when it is read, then there is no event and no error."""
    assert parse_trendyol_push("trendyol", "1", "TR", b'{"content":[]}') == []


@pytest.mark.parametrize("field", ["id", "orderNumber"])
def test_a_text_where_a_number_belongs_is_left_out(field: str) -> None:
    """Given a sentence in place of an id, when the package is read, then it is kept as one that nothing acts on, without the sentence."""
    package = {"id": 1, "orderNumber": "2", "status": "Created", field: "Ayşe Örnek"}
    (event,) = parse_trendyol_push("trendyol", "1", "TR", json.dumps(package).encode())

    assert event.kind is EventKind.UNKNOWN
    assert "rnek" not in event.model_dump_json()


def test_another_storefront_is_configuration() -> None:
    """Given a seller who came in through another storefront, when the secret names it, then its orders are of that market."""
    told = {"arabic": {"sellers": {"7": {"api_keys": ["k"]}}, "profile": {"family": "trendyol", "market": "AE"}}}
    storefront = partner_of(told, "arabic")
    assert storefront

    assert storefront.verify({"x-api-key": "k"}, b"") == "7"
    assert [event.market for event in storefront.parse("7", b'{"id":1,"orderNumber":2}')] == ["AE"]
