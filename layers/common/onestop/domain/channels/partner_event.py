"""What a marketplace pushes to us, reduced to the few facts that are allowed in: nothing about a buyer has a field here."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from onestop.domain.values import digest


class EventKind(StrEnum):
    """What an event is about; UNKNOWN is kept and acknowledged, so that the partner stops repeating it."""

    ORDER = "order"
    REVERSE = "reverse"
    QC = "qc"
    PRODUCT = "product"
    STOCK = "stock"
    TOKEN = "token"  # noqa: S105  # a kind, not a secret
    FULFILMENT = "fulfilment"
    CATEGORY = "category"
    UNKNOWN = "unknown"


class PartnerEvent(BaseModel):
    """One push.

    Attributes:
        partner: the marketplace, such as ``lazada``.
        event_id: content address of site, seller, type, subject, status and time; a repeated push has the same one.
        message_type: the partner's own number, or None.
        partner_seller_id: the seller's id at the partner; None for a broadcast.
        market: ISO 3166-1 alpha-2, or None when the site is not known.
        order_id: unique within one store only.
        status: lower case, whatever the partner writes.
        occurred_at: UTC; the epoch when nothing tells the time.
        item_id, sku_ids, seller_skus: the listing it is about.
        sellable_quantity: of a stock event: what is there, less what is withheld and promised.
        reason: of a QC event: what the marketplace found wrong, as plain text.
    """

    model_config = ConfigDict(frozen=True)

    partner: str
    event_id: str
    kind: EventKind
    message_type: int | None = None
    partner_seller_id: str | None = None
    market: str | None = None
    order_id: str | None = None
    order_line_id: str | None = None
    status: str | None = None
    occurred_at: datetime
    item_id: str | None = None
    sku_ids: tuple[str, ...] = ()
    seller_skus: tuple[str, ...] = ()
    sellable_quantity: int | None = None
    reason: str = ""


_KINDS = {
    0: EventKind.ORDER, 1: EventKind.QC, 3: EventKind.PRODUCT, 4: EventKind.PRODUCT, 5: EventKind.PRODUCT, 6: EventKind.STOCK,
    8: EventKind.TOKEN, 10: EventKind.REVERSE, 12: EventKind.CATEGORY, 14: EventKind.FULFILMENT,
}  # fmt: skip
_MARKETS = {"sg": "SG", "my": "MY", "th": "TH", "vn": "VN", "ph": "PH", "id": "ID"}
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_STATUS = re.compile(r"[A-Za-z0-9_ -]{1,64}")
_SKU = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_TAG = re.compile(r"<[^<>]{0,200}>")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Fields = Mapping[str, object]


def parse_lazada_push(raw: bytes) -> PartnerEvent:
    """The event in the body of a Lazada push whose signature was verified.

    The messages differ in ways that their type does not announce: times in seconds or milliseconds, ids as text or numbers,
    ``item_id`` or ``itemId``, facts inside or beside ``data``, a seller called "null", a site spelled three ways. Types that
    nothing here acts on, among them one without any envelope, come out as UNKNOWN.

    Raises:
        ValueError: the body is not a JSON object.

    Source: Lazada Open Platform, docId 120164 and 120168 (push mechanism and its messages), read 2026-11-24.

    Example:
        >>> push = b'{"seller_id":"null","message_type":1,"data":{"seller_id":7,"itemId":5,"status":"Lock"},"site":"LAZADA-SG"}'
        >>> event = parse_lazada_push(push)
        >>> event.kind.value, event.market, event.partner_seller_id, event.item_id, event.status
        ('qc', 'SG', '7', '5', 'lock')
    """
    envelope = _read(raw)
    data = envelope.get("data")
    fields: _Fields = {**envelope, **data} if isinstance(data, dict) else envelope
    message_type = envelope.get("message_type")
    known = message_type if type(message_type) is int else None
    kind = _KINDS.get(known, EventKind.UNKNOWN) if known is not None else EventKind.UNKNOWN
    facts = _facts(kind, envelope, fields)
    return PartnerEvent.model_validate(
        {"partner": "lazada", "kind": kind, "message_type": known, "event_id": _event_id(raw, known, fields, facts), **facts}
    )


def _read(raw: bytes) -> dict[str, object]:
    try:
        # Not strict: the marketplace lets control characters through in texts that it passes on.
        document = json.loads(raw.decode("utf-8"), strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    return document


def _facts(kind: EventKind, envelope: _Fields, fields: _Fields) -> dict[str, object]:
    facts: dict[str, object] = {
        "partner_seller_id": _seller(envelope) or _seller(fields),
        "market": _MARKETS.get(_site(envelope).removeprefix("lazada_")),
        "occurred_at": _moment(fields, "status_update_time", "date") or _moment(envelope, "timestamp") or _EPOCH,
    }
    if kind is EventKind.UNKNOWN:
        return facts
    skus = list(_skus(fields))
    return facts | {
        "order_id": _match(_ID, fields, "trade_order_id"),
        "order_line_id": _match(_ID, fields, "trade_order_line_id"),
        "status": (_match(_STATUS, fields, "order_status", "reverse_status", "status", "action") or "").lower() or None,
        "item_id": _match(_ID, fields, "item_id", "itemId"),
        "sku_ids": tuple(found for sku in skus if (found := _match(_ID, sku, "sku_id"))),
        "seller_skus": tuple(found for sku in skus if (found := _match(_SKU, sku, "seller_sku"))),
        "sellable_quantity": _sellable(fields) if kind is EventKind.STOCK else None,
        "reason": _plain_text(fields.get("reason")) if kind is EventKind.QC else "",
    }


def _event_id(raw: bytes, message_type: int | None, fields: _Fields, facts: _Fields) -> str:
    """What makes a push the same push: never the envelope's timestamp alone, which a repetition may renew."""
    if message_type not in _KINDS:
        return digest("lazada", raw.decode("utf-8"))
    subject = [_match(_ID, fields, name) for name in ("trade_order_line_id", "reverse_order_line_id", "fulfillment_package_id")]
    told = [facts[name] for name in ("partner_seller_id", "order_id", "status", "item_id", "sku_ids", "sellable_quantity")]
    return digest("lazada", _site(fields), message_type, subject, told, str(facts["occurred_at"]))


def _site(fields: _Fields) -> str:
    return str(fields.get("site", "")).lower().replace("-", "_")[:64]


def _seller(fields: _Fields) -> str | None:
    found = _match(_ID, fields, "seller_id", "sellerId")
    return None if found in {None, "null"} else found


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if type(value) is int else ""


def _match(pattern: re.Pattern[str], fields: _Fields, *names: str) -> str | None:
    """The first of the named fields that looks like what it should be; a text that does not is not let in."""
    return next((text for name in names if pattern.fullmatch(text := _text(fields.get(name)))), None)


def _moment(fields: _Fields, *names: str) -> datetime | None:
    """Ten digits are seconds, thirteen are milliseconds, anything else is no time."""
    digits = _match(re.compile(r"\d{10}|\d{13}", re.ASCII), fields, *names)
    if digits is None:
        return None
    return datetime.fromtimestamp(int(digits) / (1000 if len(digits) == 13 else 1), UTC)


def _skus(fields: _Fields) -> Iterator[_Fields]:
    listed = fields.get("sku_list")
    yield fields
    yield from (sku for sku in (listed if isinstance(listed, list) else []) if isinstance(sku, dict))


def _sellable(fields: _Fields) -> int | None:
    parts = [fields.get(name) for name in ("real_quantity", "withhold_quantity", "occupy_quantity")]
    real, withheld, promised = (part if type(part) is int else None for part in parts)
    return None if real is None else max(real - (withheld or 0) - (promised or 0), 0)


def _plain_text(value: object) -> str:
    text = _UNPRINTABLE.sub(" ", _TAG.sub(" ", value if isinstance(value, str) else ""))
    return " ".join(text.split())[:300]
