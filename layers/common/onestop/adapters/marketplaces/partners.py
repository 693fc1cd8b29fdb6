"""The partners that may call our webhooks: how each one's signature is checked, and its body read."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from onestop.adapters.packs import read_pack
from onestop.domain.channels.webhook_profile import WebhookProfile
from onestop.steps.receive_webhook import Headers, Partner


def partner_of(document: Mapping[str, Any], name: str) -> Partner | None:
    """The partner of a name, or None when the secret has no keys for it or nothing tells what it sends.

    Args:
        document: the secret: ``{"lazada": {"app_key": "...", "app_secrets": ["now", "before"]}}``, or ``{"trendyol": {"sellers":
            {"<id there>": {"api_keys": ["now", "before"], "logins": ["user:password"]}}}}``. Two are live while keys are rolled
            over. ``"sellers"`` of a partner of demand are ``{"<id there>": "<our seller>"}``. ``"profile"`` beside them says what
            our row of the partner does not, or says wrongly; a new partner of a known family needs no row at all.
        name: what stands in the address, which may be anything.

    Raises:
        pydantic.ValidationError, KeyError: the operator's secret is not what it should be.
    """
    keys = document.get(name)
    if not keys:
        return None
    profile = _profile(name, keys.get("profile", {}))
    return _PARTNERS[profile.family](name, profile, keys) if profile else None


@cache
def _pack() -> Mapping[str, Any]:
    return read_pack("channels/webhooks.json")


def _profile(name: str, told: Mapping[str, Any]) -> WebhookProfile | None:
    pack = _pack()
    row = {**pack["partners"].get(name, {}), **told}
    if "family" not in row:
        return None
    family = pack["families"].get(row["family"], {})
    grades = {**family.get("grades", {}), **row.get("grades", {})}
    return WebhookProfile.model_validate({**family, **row, "grades": grades})


def _iop(name: str, profile: WebhookProfile, keys: Mapping[str, Any]) -> Partner:
    from onestop.domain.channels.iop import verify_push
    from onestop.domain.channels.iop_push import parse_iop_push

    app_key: str = keys["app_key"]
    secrets = tuple(keys["app_secrets"])

    def verify(headers: Headers, body: bytes) -> str | None:
        return app_key if verify_push(headers.get(profile.header), app_key, body, secrets, profile.algorithm) else None

    return Partner(profile, verify, lambda _, body: [parse_iop_push(name, profile, body)])


def _demand(name: str, profile: WebhookProfile, keys: Mapping[str, Any]) -> Partner:
    from onestop.domain.channels.push_fields import read_object
    from onestop.domain.demand.pushed_report import PushedReport, parse_demand_push
    from onestop.domain.demand.pushed_traffic import parse_traffic_push

    def parse(_: str, body: bytes) -> list[PushedReport]:
        document = read_object(body)
        if "listings" in document:
            return [parse_traffic_push(name, profile.market, keys.get("sellers", {}), document)]
        return [parse_demand_push(name, profile.market, document)]

    return replace(_iop(name, profile, keys), parse=parse)


def _trendyol(name: str, profile: WebhookProfile, keys: Mapping[str, Any]) -> Partner:
    from onestop.domain.channels.trendyol_push import SellerKeys, calling_seller, parse_trendyol_push

    sellers = {seller_id: SellerKeys(**{kind: tuple(live) for kind, live in its.items()}) for seller_id, its in keys["sellers"].items()}

    def verify(headers: Headers, _body: bytes) -> str | None:
        return calling_seller(headers.get(profile.header), headers.get("authorization"), sellers)

    return Partner(profile, verify, lambda seller_id, body: parse_trendyol_push(name, seller_id, profile.market, body))


_PARTNERS = {"iop": _iop, "trendyol": _trendyol, "demand": _demand}
