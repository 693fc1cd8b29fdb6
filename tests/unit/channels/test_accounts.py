"""Whose account it is: the operator's word, under any of its ids, and nothing where nobody switched it on."""

from datetime import UTC, datetime
from typing import Any

import pytest

from onestop.adapters.marketplaces.accounts import account_of, store_of
from onestop.domain.channels.partner_event import EventKind, PartnerEvent

ENTRY = {"seller_id": "kim", "access_token": "t", "ids": {"MY": "900000124"}, "publish": True}
KEYS = {"app_key": "1", "app_secret": "s"}
SECRET: dict[str, Any] = {
    "lazada": {**KEYS, "sellers": {"900000123": ENTRY, "900000200": {"seller_id": "lee", "access_token": "t"}}},
    "daraz": {**KEYS, "endpoint": "http://127.0.0.1:9/rest", "sellers": {"7": {"seller_id": "kim", "access_token": "t", "publish": True}}},
    "aliexpress": {**KEYS, "sellers": {"8": {"seller_id": "kim", "access_token": "t", "publish": True, "settings": {"currency": "GBP"}}}},
}


def event(partner: str, seller: str | None, market: str | None) -> PartnerEvent:
    """An event of a partner."""
    at = datetime(2026, 10, 30, tzinfo=UTC)
    return PartnerEvent(
        partner=partner, event_id="e", kind=EventKind.ORDER, partner_seller_id=seller, market=market, occurred_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("partner", "seller", "market", "owner"),
    [
        ("lazada", "900000123", "SG", "kim"), ("lazada", "900000124", "MY", "kim"), ("lazada", "900000200", "SG", "lee"),
        ("lazada", "1", "SG", None), ("lazada", None, "SG", None), ("lazada", "900000123", None, None), ("unheard", "1", "SG", None),
        ("daraz", "7", "PK", "kim"), ("aliexpress", "8", "US", "kim"),
    ],
)  # fmt: skip
def test_an_event_is_its_accounts(partner: str, seller: str | None, market: str | None, owner: str | None) -> None:
    """Given an event with any id of an account, when its account is asked for, then it is the seller's, and None where nobody is meant."""
    found = account_of(SECRET, event(partner, seller, market))
    assert (found.seller_id if found else None) == owner


@pytest.mark.parametrize(
    ("channel", "seller", "market", "is_on"),
    [
        ("lazada", "kim", "SG", True), ("lazada", "lee", "SG", False), ("lazada", "kim", "PK", False), ("daraz", "kim", "PK", True),
        ("miravia", "kim", "ES", False), ("aliexpress", "kim", "US", True), ("trendyol", "kim", "TR", False),
    ],
)  # fmt: skip
def test_nothing_is_published_unless_switched_on(channel: str, seller: str, market: str, is_on: bool) -> None:
    """Given the operator's secret, when a store is asked for, then only what is switched on, in a country of the marketplace, is there."""
    assert (store_of(SECRET, channel, seller, market) is not None) == is_on


def test_each_country_has_its_address_unless_the_operator_says_otherwise() -> None:
    """Given stores, when looked at, then a sandbox replaces all addresses of one marketplace and of no other."""
    lazada, daraz = store_of(SECRET, "lazada", "kim", "SG"), store_of(SECRET, "daraz", "kim", "PK")
    assert lazada
    assert daraz
    addresses = [client.gateway._address() for client in (lazada.client, lazada.elsewhere("MY"), daraz.client)]
    assert addresses == ["https://api.lazada.sg/rest", "https://api.lazada.com.my/rest", "http://127.0.0.1:9/rest"]
    assert lazada.client.gateway._address(token_call=True) == "https://auth.lazada.com/rest"


def test_an_account_has_settings_of_its_own() -> None:
    """Given an account's settings, when its store is asked for, then they are there; by default there are none."""
    stores = [store_of(SECRET, channel, "kim", market) for channel, market in (("aliexpress", "US"), ("lazada", "SG"))]
    assert [store.settings if store else None for store in stores] == [{"currency": "GBP"}, {}]
