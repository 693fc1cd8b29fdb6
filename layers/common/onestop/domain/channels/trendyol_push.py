"""Trendyol's webhook: a key in a header says which seller's shop calls, the body is a shipment package."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.channels.partner_event import EPOCH, EventKind, PartnerEvent
from onestop.domain.channels.push_fields import CURRENCY, ID, SKU, Fields, match, moment, money, read_object, status_of
from onestop.domain.channels.replies import MOST_PIECES, OrderLine
from onestop.domain.values import digest

MAX_PACKAGES = 50
"""Of one call, where one is what is documented; more would not be stored within the time of a function."""


class SellerKeys(NamedTuple):
    """With what one seller's webhook may come: each list has the one in force and, while it is changed, the one before.

    Attributes:
        api_keys: for ``authenticationType`` API_KEY.
        logins: for BASIC_AUTHENTICATION, each ``user:password``.
    """

    api_keys: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()


def calling_seller(api_key: str | None, authorization: str | None, sellers: Mapping[str, SellerKeys]) -> str | None:
    """The seller whose key or login a call brings, or None.

    There is no signature and no time, so the key is all: one per seller, long and random. Every key of every seller is compared
    in constant time, whatever fits before, so that the answer's delay tells nothing; an empty key fits nothing.

    Args:
        api_key: the header ``x-api-key``; None when there was none.
        authorization: the header ``Authorization``.
        sellers: Trendyol's id of a seller -> keys.

    Source: Trendyol developers' pages, "Webhook Model" (authenticationType), read 2026-11-24.

    Example:
        >>> sellers = {"1001": SellerKeys(api_keys=("now", "before")), "1002": SellerKeys(logins=("tyKey01:tySecret02",))}
        >>> calling_seller("before", None, sellers), calling_seller(None, "Basic dHlLZXkwMTp0eVNlY3JldDAy", sellers)
        ('1001', '1002')
        >>> calling_seller("", None, sellers) is None
        True
    """
    given_key, given_login = _blurred((api_key or "").encode("utf-8", "replace")), _blurred(_login(authorization or ""))
    found = None
    for seller_id, keys in sellers.items():
        for given, live in ((given_key, keys.api_keys), (given_login, keys.logins)):
            fits = [hmac.compare_digest(given, _blurred(one.encode())) for one in live if one]
            found = seller_id if any(fits) else found
    return found


def parse_trendyol_push(partner: str, seller_id: str, market: str | None, raw: bytes) -> list[PartnerEvent]:
    """The events in a body whose key was verified: one for each package, in the order of the body.

    The body is a package, or a list of them under ``content``. It is full of the buyer: the numbers of order and package, the
    status, its time, and of each line its number, SKU, quantity, price and status are read, nothing else. A package of a status
    that is new to us is an order's all the same.

    Args:
        partner: ``trendyol``, or the name of another storefront's entry.
        seller_id: whose key it was; the body does not say.
        market: ISO 3166-1 alpha-2 of the storefront.
        raw: the body.

    Raises:
        ValueError: the body is not a JSON object, or holds no packages where it should, or too many.

    Source: Trendyol developers' pages, "Webhook Model" and getShipmentPackages, read 2026-11-24.

    Example:
        >>> push = b'{"orderNumber":"9","id":5,"status":"Created","lastModifiedDate":1760000005000,"shipmentAddress":{"city":"x"}}'
        >>> (event,) = parse_trendyol_push("trendyol", "1001", "TR", push)
        >>> event.kind.value, event.order_id, event.status, event.occurred_at.isoformat()
        ('order', '9', 'created', '2025-10-09T08:53:25+00:00')
    """
    document = read_object(raw)
    listed = document.get("content", [document])
    if not isinstance(listed, list) or len(listed) > MAX_PACKAGES:
        raise ValueError("no list of packages, or too long a one")
    whole = raw.decode("utf-8")
    return [_event(partner, seller_id, market, package, (whole, place)) for place, package in enumerate(listed)]


def _event(partner: str, seller_id: str, market: str | None, package: object, place: tuple[str, int]) -> PartnerEvent:
    if not isinstance(package, dict):
        raise ValueError("not a package")
    package_id, order_id = match(ID, package, "id"), match(ID, package, "orderNumber")
    status = status_of(package, "shipmentPackageStatus", "status")
    occurred_at = moment(package, "lastModifiedDate")
    facts = {"partner": partner, "partner_seller_id": seller_id, "market": market, "occurred_at": occurred_at or EPOCH}
    if package_id is None or order_id is None:
        event_id = digest(partner, seller_id, place)
        return PartnerEvent.model_validate({**facts, "kind": EventKind.UNKNOWN, "event_id": event_id})
    lines = _lines(package)
    ordered = [found for line in lines if (found := _ordered(line, package, status))]
    return PartnerEvent.model_validate({
        **facts, "kind": EventKind.ORDER, "event_id": digest(partner, seller_id, package_id, status, str(occurred_at)),
        "order_id": order_id, "package_id": package_id, "status": status,
        "sku_ids": tuple(code for line in lines if (code := match(SKU, line, "barcode"))),
        "seller_skus": tuple(code for line in lines if (code := match(SKU, line, "merchantSku"))),
        "lines": tuple(ordered), "lines_refused": len(lines) - len(ordered),
    })  # fmt: skip


def _lines(package: Fields) -> list[Fields]:
    listed = package.get("lines")
    return [line for line in (listed if isinstance(listed, list) else []) if isinstance(line, dict)]


def _ordered(line: Fields, package: Fields, status: str | None) -> OrderLine | None:
    """What a line orders; None when it does not say so."""
    pieces = line.get("quantity")
    line_id, sku = match(ID, line, "id"), match(SKU, line, "merchantSku")
    if line_id is None or sku is None or type(pieces) is not int or not 1 <= pieces <= MOST_PIECES:
        return None
    currency = match(CURRENCY, line, "currencyCode") or match(CURRENCY, package, "currencyCode") or ""
    own = status_of(line, "orderLineItemStatusName") or status or ""
    paid = money(line, "price", "amount") or Decimal(0)
    return OrderLine(line_id=line_id, seller_sku=sku, pieces=pieces, paid_price=paid, currency=currency, status=own)


def _login(authorization: str) -> bytes:
    """``user:password`` of a basic authorization; empty for anything else."""
    scheme, _, encoded = authorization.strip().partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded.strip(), validate=True)
    except ValueError:
        return b""


def _blurred(key: bytes) -> bytes:
    """A key's digest: comparing keys of other lengths would end at once, and tell the length."""
    return hashlib.sha256(key).digest()
