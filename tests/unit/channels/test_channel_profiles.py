"""Channel profiles: every limit graded, checks made from them, and a new venture that is data alone."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.packs import channel_profiles, markets, picture_specs, read_pack
from onestop.domain.channels.preflight import CHECKS, preflight
from onestop.domain.channels.preview import previewed
from onestop.domain.channels.profile import Limits, markets_of, profiles_of
from onestop.domain.findings import Severity, State, state_of
from onestop.domain.listing.listing import Listing
from tests.contract.marketplaces.shops import listing_for

SHOPX = {
    "provenance": {"source_title": "a new venture", "source_url": "https://shopx.example", "retrieved_on": "2026-11-24", "licence": "facts"},
    "channel": "shopx", "name": "ShopX", "family": "iop", "inherits": "lazada",
    "limits": {"title_max_chars": 60, "price_decimals": {"KHR": 0}}, "grades": {"title_max_chars": "V its page", "price_decimals": "V its page"},
    "category": {"how": "suggested", "grade": "UNVERIFIED", "source": "as Lazada"},
    "brand": {"how": "looked up by name", "grade": "UNVERIFIED", "source": "as Lazada"},
}  # fmt: skip


def changed(listing: Listing, **fields: Any) -> Listing:
    """The listing with some fields, or fields of its first variant, changed, and the cells that a catalogue has."""
    first = listing.variants[0]
    of_variant = {name: value for name, value in fields.items() if name in type(first).model_fields and name not in {"sku"}}
    variants = (first.model_copy(update=of_variant), *listing.variants[1:])
    of_listing = {name: value for name, value in fields.items() if name not in of_variant}
    cells = {"title": "B2", "weight_g": "F2", "option_1_value": "J2", "price_krw": "C2", "brand": "H2", "image_1": "I2", "sku": "A2"}
    return listing.model_copy(update={"variants": variants, "cells": cells, **of_listing})


@pytest.mark.parametrize("name", channel_profiles())
def test_every_limit_says_how_sure_it_is(name: str) -> None:
    """Given a channel that ships, when its limits are looked at, then each is V, 2nd or UNVERIFIED with a reason, and its market's is the same."""
    profile = channel_profiles()[name]
    assert {check.limit for check in CHECKS} <= set(Limits.model_fields)
    told = set(profile.limits.model_fields_set)
    assert told <= profile.grades.keys()
    assert all(grade.split(maxsplit=1)[0] in {"V", "2nd", "UNVERIFIED"} for grade in profile.grades.values())
    own = [market for market in markets().by_code.values() if market.channel == name]
    assert own
    assert all(market.text.title_max_chars == profile.limits.title_max_chars for market in own)
    assert all(market.pictures.max_count <= profile.limits.max_images for market in own)


@pytest.mark.parametrize("name", channel_profiles())
def test_a_sound_listing_passes_everywhere(name: str) -> None:
    """Given a listing of a tumbler, when it is held against each channel, then nothing is found."""
    market = {"lazada": "SG", "daraz": "PK", "miravia": "ES", "aliexpress": "SG", "trendyol": "TR"}[name]
    assert preflight(listing_for(name, market), channel_profiles()[name]) == []


@pytest.mark.parametrize(
    ("fields", "code", "cell"),
    [
        ({"title": "x" * 256}, "CHANNEL_TITLE_TOO_LONG", "B2"),
        ({"title": "ก" * 86}, "CHANNEL_TITLE_TOO_LONG", "B2"),
        ({"title": "Pen"}, "CHANNEL_TITLE_TOO_SHORT", "B2"),
        ({"description_html": "x" * 25_001}, "CHANNEL_DESCRIPTION_TOO_LONG", None),
        ({"options": {"Size": "1/2"}}, "CHANNEL_CHARACTERS_BANNED", "J2"),
        ({"brand": "A~B"}, "CHANNEL_CHARACTERS_BANNED", "H2"),
        ({"options": {"a": "1", "b": "2", "c": "3"}}, "CHANNEL_OPTIONS_TOO_MANY", None),
        ({"weight_g": 40_001}, "CHANNEL_TOO_HEAVY", "F2"),
        ({"price": Decimal("9.999")}, "CHANNEL_PRICE_DECIMALS", "C2"),
    ],
)
def test_what_lazada_would_refuse_is_told_with_its_cell(fields: dict[str, Any], code: str, cell: str | None) -> None:
    """Given a listing with one fault, when it is held against Lazada, then that alone is found, in both languages, at the seller's cell."""
    (found,) = preflight(changed(listing_for("lazada", "SG"), **fields), channel_profiles()["lazada"])
    assert (found.code, found.severity, found.cell) == (code, Severity.ERROR, cell)
    assert "SG" in found.message_ko
    assert "Lazada" in found.message_en
    assert found.fix


def test_what_is_not_verified_is_told_and_goes_out() -> None:
    """Given a limit that Daraz only inherits, when a listing breaks it, then it is told and nothing is held back."""
    (found, *others) = preflight(changed(listing_for("daraz", "PK"), weight_g=40_001), channel_profiles()["daraz"])
    assert (found.code, found.cell, others) == ("CHANNEL_MAY_REFUSE", "F2", [])
    assert state_of([found]) is State.READY


@given(title=st.text(max_size=300), limit=st.integers(1, 300))
def test_a_title_is_refused_exactly_beyond_its_limit(title: str, limit: int) -> None:
    """Given any title and any limit, when it is checked, then it is refused where it has more characters, and never elsewhere."""
    lazada = channel_profiles()["lazada"]
    profile = lazada.model_copy(update={"limits": lazada.limits.model_copy(update={"title_max_chars": limit, "title_max_bytes": None})})
    found = preflight(changed(listing_for("lazada", "SG"), title=title), profile)
    assert ("CHANNEL_TITLE_TOO_LONG" in {one.code for one in found}) == (len(title) > limit)


def test_a_new_venture_is_data_alone() -> None:
    """Given a document for a venture of a known family and a row for its market, when they are read, then its listings are checked and shown."""
    documents = [read_pack(f"channels/profiles/{name}.json") for name in channel_profiles()]
    profiles = profiles_of([*documents, json.loads(json.dumps(SHOPX))])
    row = {
        "code": "KH",
        "name_ko": "캄보디아",
        "name_en": "Cambodia",
        "channel": "shopx",
        "locale": "en",
        "currency": "KHR",
        "listing_digits": 0,
    }
    market = markets_of([row], profiles, {"shopx": picture_specs()["lazada"]}).get("KH")
    listing = listing_for("lazada", "SG").model_copy(update={"market": "KH", "channel": "shopx", "currency": "KHR"})
    profile = profiles["shopx"]

    assert market.text.title_max_chars == 60
    long = preflight(listing.model_copy(update={"title": "x" * 61}), profile)
    assert [(one.code, "ShopX" in one.message_en) for one in long] == [
        ("CHANNEL_TITLE_TOO_LONG", True),
        *[("CHANNEL_PRICE_DECIMALS", True)] * 2,
    ]
    assert not profile.is_sure("max_weight_g")
    assert previewed(listing, profile)["Attributes.name"] == listing.title


def test_a_limit_without_a_grade_is_refused() -> None:
    """Given a document whose limit has no grade, when it is read, then the channel and the limit are named."""
    document = {**SHOPX, "inherits": "lazada", "limits": {"title_max_chars": 60, "max_sale_props": 1, "barcode_pattern": ".+"}}
    lazada = read_pack("channels/profiles/lazada.json")
    with pytest.raises(ValueError, match="shopx: no grade for barcode_pattern"):
        profiles_of([lazada, document])
