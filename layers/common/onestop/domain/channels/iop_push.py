"""Pushes of the IOP gateways, which differ in ways that their type does not announce."""

from collections.abc import Iterator

from onestop.domain.channels.partner_event import EPOCH, EventKind, PartnerEvent
from onestop.domain.channels.push_fields import ID, SKU, Fields, match, moment, plain_text, read_object, status_of
from onestop.domain.channels.webhook_profile import WebhookProfile
from onestop.domain.values import digest


def parse_iop_push(partner: str, profile: WebhookProfile, raw: bytes) -> PartnerEvent:
    """The event in the body of a push whose signature was verified.

    Times come in seconds or milliseconds, ids as text or numbers, names as ``item_id`` or ``itemId``, facts inside or beside
    ``data``, a seller may be called "null", and a site is spelled three ways. Types that nothing here acts on, among them one
    without any envelope, come out as UNKNOWN.

    Args:
        partner: the marketplace, such as ``lazada``.
        profile: its message types and sites.
        raw: the body.

    Raises:
        ValueError: the body is not a JSON object.

    Source: Lazada Open Platform, docId 120164 and 120168 (push mechanism and its messages), read 2026-11-24.

    Example:
        >>> profile = WebhookProfile(family="iop", kinds={1: "qc"}, sites={"lazada_sg": "SG"})
        >>> push = b'{"seller_id":"null","message_type":1,"data":{"seller_id":7,"itemId":5,"status":"Lock"},"site":"LAZADA-SG"}'
        >>> event = parse_iop_push("lazada", profile, push)
        >>> event.kind.value, event.market, event.partner_seller_id, event.item_id, event.status
        ('qc', 'SG', '7', '5', 'lock')
    """
    envelope = read_object(raw)
    data = envelope.get("data")
    fields: Fields = {**envelope, **data} if isinstance(data, dict) else envelope
    message_type = envelope.get("message_type")
    known = message_type if type(message_type) is int else None
    kind = EventKind.UNKNOWN if known is None else profile.kinds.get(known, EventKind.UNKNOWN)
    facts = _facts(kind, profile, envelope, fields)
    event_id = digest(partner, raw.decode("utf-8")) if kind is EventKind.UNKNOWN else _event_id(partner, known, fields, facts)
    return PartnerEvent.model_validate({"partner": partner, "kind": kind, "message_type": known, "event_id": event_id, **facts})


def _facts(kind: EventKind, profile: WebhookProfile, envelope: Fields, fields: Fields) -> dict[str, object]:
    sent_at = moment(envelope, "timestamp")
    facts: dict[str, object] = {
        "partner_seller_id": _seller(envelope) or _seller(fields),
        "market": profile.sites.get(_site(envelope), profile.market),
        "occurred_at": moment(fields, "status_update_time", "date") or sent_at or EPOCH,
        "sent_at": sent_at,
    }
    if kind is EventKind.UNKNOWN:
        return facts
    skus = list(_skus(fields))
    return facts | {
        "order_id": match(ID, fields, "trade_order_id", "orderId"),
        "order_line_id": match(ID, fields, "trade_order_line_id"),
        "status": status_of(fields, "order_status", "orderStatus", "reverse_status", "status", "action"),
        "item_id": match(ID, fields, "item_id", "itemId"),
        "sku_ids": tuple(found for sku in skus if (found := match(ID, sku, "sku_id"))),
        "seller_skus": tuple(found for sku in skus if (found := match(SKU, sku, "seller_sku"))),
        "sellable_quantity": _sellable(fields) if kind is EventKind.STOCK else None,
        "reason": plain_text(fields.get("reason")) if kind is EventKind.QC else "",
    }


def _event_id(partner: str, message_type: int | None, fields: Fields, facts: Fields) -> str:
    """What makes a push the same push: never the envelope's timestamp alone, which a repetition may renew."""
    subject = [match(ID, fields, name) for name in ("trade_order_line_id", "reverse_order_line_id", "fulfillment_package_id")]
    told = [facts[name] for name in ("partner_seller_id", "order_id", "status", "item_id", "sku_ids", "sellable_quantity")]
    return digest(partner, _site(fields), message_type, subject, told, str(facts["occurred_at"]))


def _site(fields: Fields) -> str:
    return (status_of(fields, "site") or "").replace("-", "_")


def _seller(fields: Fields) -> str | None:
    found = match(ID, fields, "seller_id", "sellerId")
    return None if found in {None, "null"} else found


def _skus(fields: Fields) -> Iterator[Fields]:
    listed = fields.get("sku_list")
    yield fields
    yield from (sku for sku in (listed if isinstance(listed, list) else []) if isinstance(sku, dict))


def _sellable(fields: Fields) -> int | None:
    parts = [fields.get(name) for name in ("real_quantity", "withhold_quantity", "occupy_quantity")]
    real, withheld, promised = (part if type(part) is int else None for part in parts)
    return None if real is None else max(real - (withheld or 0) - (promised or 0), 0)
