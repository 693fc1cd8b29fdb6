"""Sellers' accounts at Trendyol, as the operator keeps them in the secret of the marketplaces.

``{"trendyol": {"sellers": {"<id there>": {"seller_id": "...", "api_key": "...", "api_secret": "...", "company": "...",
"pictures_url": "https://.../", "categories": {"주방>텀블러": 411}, "brand_id": 1, "storefront": "", "publish": true, "ship": true}}}}``;
``"endpoint"`` beside ``sellers`` replaces Trendyol's own address.
"""

from collections.abc import Mapping
from typing import Any

from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.marketplaces.trendyol import Login, TrendyolClient
from onestop.adapters.packs import channel_profiles
from onestop.domain.channels.trendyol_payload import TrendyolStore

Json = Mapping[str, Any]


def trendyol_client(document: Json, account: str, market: str, keeping: Keeping) -> TrendyolClient | None:
    """Calls in an account's name; None without keys, or where nothing says how fast Trendyol may be called."""
    told, rates = document.get("trendyol", {}), channel_profiles()["trendyol"].rates
    entry = told.get("sellers", {}).get(account, {})
    if not entry.get("api_key") or rates is None:
        return None
    login = Login(account, entry["api_key"], entry["api_secret"], entry.get("company", "SelfIntegration"), entry.get("storefront", ""))
    endpoint, clock = told.get("endpoint", ""), lambda: keeping.clock().timestamp()
    return TrendyolClient(login, market=market, rates=rates, pace=keeping.pace, endpoint=endpoint, egress=keeping.egress, clock=clock)


def publishing_store(document: Json, seller_id: str, market: str, keeping: Keeping) -> tuple[TrendyolClient, TrendyolStore] | None:
    """The client of a seller's store, and what the operator says of the store; None where the operator has not switched it on."""
    for account, entry in document.get("trendyol", {}).get("sellers", {}).items():
        if entry["seller_id"] == seller_id and entry.get("publish"):
            client = trendyol_client(document, account, market, keeping)
            return (client, TrendyolStore.model_validate(entry)) if client else None
    return None
