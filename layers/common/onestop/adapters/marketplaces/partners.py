"""The partners that may call our webhooks: how each one's signature is checked, and its body read."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from onestop.domain.channels.iop import verify_push
from onestop.domain.channels.partner_event import parse_lazada_push
from onestop.steps.receive_webhook import Partner


def partners(document: Mapping[str, Any]) -> dict[str, Partner]:
    """The partners that the secret names: ``{"lazada": {"app_key": "...", "app_secrets": ["now", "before"]}}``.

    Two secrets are live while keys are rolled over.
    """
    if "lazada" not in document:
        return {}
    keys = document["lazada"]
    verify = partial(_lazada, keys["app_key"], tuple(keys["app_secrets"]))
    return {"lazada": Partner(verify=verify, parse=parse_lazada_push)}


def _lazada(app_key: str, secrets: tuple[str, ...], signature: str, body: bytes) -> bool:
    return verify_push(signature, app_key, body, secrets)
