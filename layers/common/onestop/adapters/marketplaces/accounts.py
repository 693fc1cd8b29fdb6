"""Sellers' accounts at marketplaces, as the operator keeps them in one secret.

``{"lazada": {"app_key": "...", "app_secret": "...", "sellers": {"<id there>": {"seller_id": "...", "access_token": "...",
"publish": true}}}}``. Which account belongs to which seller is the operator's word, never the seller's: a seller could claim
somebody else's. Without the secret every gateway is off.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_facts import lazada_facts
from onestop.domain.channels.partner_event import PartnerEvent


class Account(NamedTuple):
    """One seller's account: whose it is, and the client that acts in its name; None where no client of ours speaks with the marketplace."""

    seller_id: str
    orders: LazadaClient | None


def account_of(document: Mapping[str, Any], event: PartnerEvent, *, endpoint: str = "") -> Account | None:
    """The account that an event speaks of, or None when none is configured.

    Args:
        document: the secret.
        endpoint: replaces the country's own address, for a sandbox; empty otherwise.
    """
    found = document.get(event.partner, {}).get("sellers", {}).get(event.partner_seller_id)
    if found is None or event.market is None:
        return None
    return Account(found["seller_id"], _client(document, found, event.market, endpoint) if event.partner == "lazada" else None)


def publishing_client(document: Mapping[str, Any], seller_id: str, market: str, *, endpoint: str = "") -> LazadaClient | None:
    """The client through which a seller's listings are published in a market; None when the operator has not switched it on."""
    for found in document.get("lazada", {}).get("sellers", {}).values():
        if found["seller_id"] == seller_id and found.get("publish"):
            return _client(document, found, market, endpoint)
    return None


def _client(document: Mapping[str, Any], found: Mapping[str, Any], market: str, endpoint: str) -> LazadaClient:
    keys = document["lazada"]
    address = endpoint or lazada_facts().endpoints[market]
    return LazadaClient(address, keys["app_key"], keys["app_secret"], found["access_token"], market=market)
