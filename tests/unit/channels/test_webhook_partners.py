"""Partners of one family: what ships about each, what an operator may set, and what their samples come to."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from onestop.adapters.marketplaces.partners import partner_of
from onestop.adapters.packs import read_pack
from onestop.domain.channels.iop import push_signature
from onestop.domain.channels.partner_event import EventKind, PartnerEvent
from onestop.domain.channels.webhook_profile import WebhookProfile
from onestop.steps.receive_webhook import Partner
from tests.conftest import load_event
from tests.support.webhooks import KEYS

IOP = {name: keys for name, keys in KEYS.items() if "app_secrets" in keys and "profile" not in keys}
PACK = read_pack("channels/webhooks.json")
ORDER = b'{"seller_id":"7","message_type":0,"data":{"trade_order_id":"1","order_status":"pending"},"site":"shopx-kh"}'


def partner(name: str, document: dict[str, Any] = KEYS) -> Partner:
    """A partner that is configured."""
    found = partner_of(document, name)
    assert found
    return found


def event_of(name: str) -> PartnerEvent:
    """The event of a sample, which its partner's keys verify."""
    push, known = load_event(f"webhooks/{name}.json"), partner(name.partition("/")[0])
    assert known.verify({"authorization": push["authorization"]}, push["body"].encode()) == push["app_key"]
    (event,) = known.parse("", push["body"].encode())
    return event


FACTS = [
    (
        "daraz/order",
        EventKind.ORDER,
        {"market": "PK", "partner_seller_id": "600000123", "order_id": "770000000000001", "status": "pending"},
    ),
    ("daraz/product-edited", EventKind.PRODUCT, {"market": "BD", "partner_seller_id": "600000123", "item_id": "6600000001"}),
    ("daraz/qc-raw-control-character", EventKind.QC, {"market": "LK", "item_id": "6600000001", "reason": "Image has a border"}),
    ("daraz/token-warning", EventKind.TOKEN, {"market": "NP", "partner_seller_id": "600000123"}),
    ("miravia/order", EventKind.ORDER, {"market": "ES", "order_line_id": "550000000000002"}),
    ("miravia/shallow-stock", EventKind.STOCK, {"market": "ES", "sellable_quantity": 3, "seller_skus": ("KR-TMB-500-BLK",)}),
    ("aliexpress/drop-shipper-order", EventKind.UNKNOWN, {"message_type": 53, "market": None, "order_id": None, "status": None}),
    ("aliexpress/unknown-type", EventKind.UNKNOWN, {"message_type": 9001, "partner_seller_id": "1234"}),
]


@pytest.mark.parametrize(("name", "kind", "facts"), FACTS, ids=[name for name, _, _ in FACTS])
def test_a_sample_becomes_its_event(name: str, kind: EventKind, facts: dict[str, object]) -> None:
    """Given a partner's message in one of its spellings, when it is read, then its facts come out, and nothing of a buyer."""
    event = event_of(name)

    assert (event.partner, event.kind) == (name.partition("/")[0], kind)
    assert event.model_dump(include=set(facts)) == facts
    assert event.sent_at is not None
    assert event.sent_at.year == 2025
    assert not [told for told in ("100000000042", "1861000000", "Tan") if told in event.model_dump_json()]


@pytest.mark.parametrize("name", [*PACK["partners"], "trends"])
def test_every_fact_about_a_partner_is_graded(name: str) -> None:
    """Given a partner that ships, when its row is read, then each of its fields says how sure it is, and no grade is of a field that is not there."""
    profile = partner(name).profile
    told = {*PACK["partners"].get(name, {}), *PACK["families"].get(profile.family, {})} - {"family", "grades"}

    assert told <= profile.grades.keys() <= WebhookProfile.model_fields.keys()
    assert all(
        grade.replace(",", ":").replace(" ", ":").partition(":")[0] in {"V", "W", "U", "ASSUMPTION"} for grade in profile.grades.values()
    )


def test_partners_of_one_family_do_not_open_each_others_doors() -> None:
    """Given the same body signed by each, when it is tried on the others, then only the signer's own door opens."""
    signed = {name: {"authorization": push_signature(key["app_key"], key["app_secrets"][0], ORDER)} for name, key in IOP.items()}

    assert all(
        partner(door).verify(headers, ORDER) == (KEYS[door]["app_key"] if door == name else None)
        for name, headers in signed.items()
        for door in IOP
    )


def test_the_same_order_number_at_two_partners_is_two_events() -> None:
    """Given one body, when two partners send it, then it is two events."""
    assert len({partner(name).parse("", ORDER)[0].event_id for name in IOP}) == len(IOP)


def test_a_new_venture_of_a_known_family_is_configuration() -> None:
    """Given a partner that does not ship, when the secret says its profile, then it is verified and read by that, without a program."""
    profile = {"family": "iop", "header": "x-push-sign", "algorithm": "sha512", "sites": {"shopx_kh": "KH"}}
    known = partner("shopx", {"shopx": {"app_key": "1", "app_secrets": ["now", "before"], "profile": profile}})
    (event,) = known.parse("", ORDER)

    for secret, verified in (("now", "1"), ("before", "1"), ("other", None)):
        assert known.verify({"x-push-sign": push_signature("1", secret, ORDER, "sha512")}, ORDER) == verified
    assert known.verify({"authorization": push_signature("1", "now", ORDER, "sha512")}, ORDER) is None
    assert known.verify({"x-push-sign": push_signature("1", "now", ORDER)}, ORDER) is None
    assert (event.partner, event.kind, event.market, event.status) == ("shopx", EventKind.ORDER, "KH", "pending")


def test_what_is_unverified_can_be_set_right() -> None:
    """Given AliExpress as an operator found it to be, when its push comes, then the order in it is read."""
    keys = {**KEYS["aliexpress"], "profile": {"kinds": {"71": "order"}, "market": "ES"}}
    body = json.dumps({"data": {"orderId": 5, "orderStatus": "PlaceOrderSuccess"}, "message_type": 71, "site": "ae_global"}).encode()
    (event,) = partner("aliexpress", {"aliexpress": keys}).parse("", body)

    assert (event.kind, event.order_id, event.status, event.market) == (EventKind.ORDER, "5", "placeordersuccess", "ES")


@pytest.mark.parametrize("name", ["nobody", "", "Lazada", "partners", "../lazada"])
def test_a_name_that_nothing_is_known_about_is_no_partner(name: str) -> None:
    """Given a name without keys, or with keys and no family, when it is asked for, then there is no such partner."""
    assert partner_of(KEYS, name) is None
    assert partner_of({name: {"app_key": "1", "app_secrets": ["2"]}}, name) is None


@pytest.mark.parametrize(
    "wrong", [{"algorithm": "md5"}, {"headers": "x-sign"}, {"header": "X Sign"}, {"kinds": {"0": "sale"}}, {"family": "x"}]
)
def test_a_profile_that_cannot_be_is_told(wrong: dict[str, Any]) -> None:
    """Given a typing error or a weak digest in the secret, when the partner calls, then it fails loudly instead of guessing."""
    with pytest.raises(ValidationError):
        partner_of({"daraz": {**KEYS["daraz"], "profile": wrong}}, "daraz")
