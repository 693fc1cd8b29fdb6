"""A marketplace's pushes become events that hold allowed facts only, however the message was spelled."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.marketplaces.partners import partner_of
from onestop.domain.channels.iop_push import parse_iop_push
from onestop.domain.channels.partner_event import EventKind, PartnerEvent

FOLDER = Path(__file__).parents[3] / "events/webhooks/lazada"
SAMPLES = {path.stem: json.loads(path.read_text("utf-8"))["body"] for path in sorted(FOLDER.glob("*.json"))}
PARSED = {name: body for name, body in SAMPLES.items() if name != "published-vector"}
PROFILE = partner_of({"lazada": {"app_key": "1", "app_secrets": ["2"]}}, "lazada").profile


def parse_lazada_push(raw: bytes) -> PartnerEvent:
    """The event as it is read with the profile that ships."""
    return parse_iop_push("lazada", PROFILE, raw)


def parse(name: str) -> PartnerEvent:
    """The event of a sample."""
    return parse_lazada_push(SAMPLES[name].encode())


def push(**fields: object) -> bytes:
    """An order push with some fields changed."""
    data = {"order_status": "pending", "trade_order_id": "88", "trade_order_line_id": "89", "status_update_time": 1760000000}
    message = {"seller_id": "900", "message_type": 0, "data": data, "timestamp": 1760000001234, "site": "lazada_sg"}
    return json.dumps({**message, **fields}).encode()


FACTS = [
    ("order", EventKind.ORDER, {"market": "SG", "order_id": "880000000000001", "order_line_id": "880000000000002", "status": "pending"}),
    ("return", EventKind.ORDER, {"status": "returned", "order_line_id": "880000000000002"}),
    ("qc", EventKind.QC, {"market": "TH", "item_id": "7700000001", "status": "rejected", "reason": "Main image contains text"}),
    ("qc-control-character", EventKind.QC, {"status": "lock", "reason": "Main image contains text"}),
    ("product-added", EventKind.PRODUCT, {"status": "published", "sku_ids": ("99000001",), "seller_skus": ("KR-TMB-500-BLK",)}),
    ("product-edited", EventKind.PRODUCT, {"market": "SG", "status": "edited_updated", "item_id": "7700000001"}),
    ("shallow-stock", EventKind.STOCK, {"sellable_quantity": 3, "seller_skus": ("KR-TMB-500-BLK",), "sku_ids": ("99000001",)}),
    ("token-warning", EventKind.TOKEN, {"market": "VN", "partner_seller_id": "900000123"}),
    ("reverse-order", EventKind.REVERSE, {"market": "MY", "order_id": "880000000000001", "status": "rtm_init"}),
    ("fulfilment", EventKind.FULFILMENT, {"order_id": "880000000000001", "status": "delivered"}),
    ("category-broadcast", EventKind.CATEGORY, {"partner_seller_id": None, "status": "finish"}),
    ("review-unknown-type", EventKind.UNKNOWN, {"message_type": 21, "partner_seller_id": "900000123", "order_id": None}),
    ("promotion-no-envelope", EventKind.UNKNOWN, {"message_type": None, "partner_seller_id": "900000123", "market": None}),
]


@pytest.mark.parametrize(("name", "kind", "facts"), FACTS, ids=[name for name, _, _ in FACTS])
def test_sample_becomes_its_event(name: str, kind: EventKind, facts: dict[str, object]) -> None:
    """Given a documented message, when parsed, then its kind and its facts come out in one shape."""
    event = parse(name)
    assert event.kind is kind
    assert event.model_dump(include=set(facts)) == facts


def test_every_sample_is_looked_at() -> None:
    """Given the folder of samples, when compared with the cases above, then none is left out."""
    assert {name for name, _, _ in FACTS} == set(PARSED)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("order", datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)),
        ("product-added", datetime(2025, 10, 9, 8, 54, 50, tzinfo=UTC)),
        ("qc", datetime(2025, 10, 9, 8, 55, 0, 123000, tzinfo=UTC)),
        ("shallow-stock", datetime(2025, 10, 9, 10, 0, tzinfo=UTC)),
        ("promotion-no-envelope", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_time_is_utc_from_seconds_or_milliseconds(name: str, when: datetime) -> None:
    """Given ten or thirteen digits, or none, when parsed, then the moment is right, or the epoch."""
    assert parse(name).occurred_at == when


@pytest.mark.parametrize("name", PARSED)
def test_nothing_of_a_buyer_gets_in(name: str) -> None:
    """Given messages with a buyer's id, name or words in them, when parsed, then none of it is in the event."""
    stored = parse(name).model_dump_json()
    assert not [secret for secret in ("100000000042", "Tan Mei Ling", "6581234567", "call me") if secret in stored]


@pytest.mark.parametrize("field", ["trade_order_id", "trade_order_line_id", "order_status"])
def test_a_text_where_an_id_belongs_is_left_out(field: str) -> None:
    """Given a field that holds a sentence instead of an id, when parsed, then the sentence is not let in."""
    event = parse_lazada_push(push(data={field: "Tan Mei Ling, Blk 12 #03-04"}))
    assert "Tan" not in event.model_dump_json()


@pytest.mark.parametrize(
    "again",
    [
        {"site": "lazada-sg"},
        {"site": "LAZADA_SG"},
        {"timestamp": 1760000099},
        {"seller_id": 900},
        {"data": {"order_status": "Pending", "trade_order_id": 88, "trade_order_line_id": 89, "status_update_time": 1760000000000}},
    ],
)
def test_repeated_push_has_the_same_id(again: dict[str, object]) -> None:
    """Given the same event spelled another way or sent later, when parsed, then its id is the same."""
    assert parse_lazada_push(push(**again)).event_id == parse_lazada_push(push()).event_id


@pytest.mark.parametrize(
    "other",
    [
        {"site": "lazada_my"},
        {"seller_id": "901"},
        {"message_type": 10},
        {"data": {"order_status": "shipped", "trade_order_id": "88", "trade_order_line_id": "89", "status_update_time": 1760000000}},
        {"data": {"order_status": "pending", "trade_order_id": "88", "trade_order_line_id": "90", "status_update_time": 1760000000}},
        {"data": {"order_status": "pending", "trade_order_id": "88", "trade_order_line_id": "89", "status_update_time": 1760000001}},
    ],
)
def test_another_event_has_another_id(other: dict[str, object]) -> None:
    """Given another site, seller, type, status, line or time, when parsed, then the id differs."""
    assert parse_lazada_push(push(**other)).event_id != parse_lazada_push(push()).event_id


@pytest.mark.parametrize("body", [b"", b"[1]", b'"text"', b"{", b"\xff\xfe{}", b"[" * 100_000, b'{"a": 1' + b"0" * 5000 + b"}"])
def test_what_is_no_event_is_a_value_error(body: bytes) -> None:
    """Given a body that is no JSON object, when parsed, then one kind of error says so."""
    with pytest.raises(ValueError, match=r"\w"):
        parse_lazada_push(body)


def test_stock_is_never_negative() -> None:
    """Given more promised than there is, when parsed, then nothing is sellable."""
    figures = {"real_quantity": 1, "withhold_quantity": 2, "occupy_quantity": 2, "sku_id": 5}
    event = parse_lazada_push(push(message_type=6, data=figures))
    assert event.sellable_quantity == 0


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NAMES = [
    "seller_id",
    "site",
    "timestamp",
    "status_update_time",
    "item_id",
    "itemId",
    "sku_list",
    "reason",
    "status",
    "date",
    "real_quantity",
]
FIELDS = st.dictionaries(st.sampled_from(NAMES), st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3)))


@given(FIELDS, FIELDS, st.sampled_from([0, 1, 3, 6, 14, 99, "0", None]))
def test_any_signed_object_is_taken(envelope: dict[str, object], data: dict[str, object], message_type: object) -> None:
    """Given any values in the known fields, when parsed, then an event comes out that survives storage."""
    event = parse_lazada_push(json.dumps({**envelope, "data": data, "message_type": message_type}).encode())
    assert PartnerEvent.model_validate_json(event.model_dump_json()) == event
