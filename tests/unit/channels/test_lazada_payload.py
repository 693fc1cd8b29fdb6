"""A listing as Lazada wants it told, and everything that is refused before a call is spent on it."""

import json
from decimal import Decimal

import pytest

from onestop.adapters.marketplaces.iop_facts import family
from onestop.domain.channels.lazada_payload import StockLevel, price_payload, product_payload, sellable_payloads
from onestop.domain.channels.replies import ListedItem
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import Category, ListedVariant, Listing, ListingStatus, Provenance

FACTS = family("lazada")
URL = "https://sg-live-02.slatic.net/p/a.jpg"
KNOWN = ListedItem(item_id="7700000001", sku_ids={"A-1": "99000001"})


def variant(**changed: object) -> ListedVariant:
    """A variant that Lazada takes."""
    return ListedVariant(**{"sku": "A-1", "price": Decimal("1E+2"), "stock": 2, "weight_g": 1001, **changed})


def listing(**changed: object) -> Listing:
    """A listing that Lazada takes."""
    fields = {
        "seller_id": "s-1", "sku": "A", "revision": 1, "market": "VN", "channel": "lazada", "locale": "vi", "currency": "VND",
        "status": ListingStatus.READY, "title": "Bình giữ nhiệt 500ml", "category": Category(source="seller", path=""),
        "variants": (variant(),), "provenance": Provenance(source_digest="d", rules_version="r"),
    }  # fmt: skip
    return Listing(**{**fields, **changed})


def product(told: Listing, urls: tuple[str, ...] = (URL,), known: ListedItem | None = None) -> dict:
    """The Product of the payload, as JSON carries it."""
    made = product_payload(told, category_id="10", image_urls=urls, parcel=FACTS.package, limits=FACTS.limits, known=known)
    return json.loads(json.dumps(made))["Request"]["Product"]


def test_one_picture_and_one_sku_are_still_lists() -> None:
    """Given one of each, when mapped, then they are lists, numbers are text, and weight is never rounded down."""
    made = product(listing())
    assert made["Images"]["Image"] == [URL]
    assert made["Skus"]["Sku"] == [{
        "SellerSku": "A-1", "quantity": "2", "price": "100", "package_length": "20", "package_width": "15", "package_height": "10",
        "package_weight": "1.01",
    }]  # fmt: skip


def test_a_list_price_stands_above_what_a_buyer_pays() -> None:
    """Given a list price, when mapped, then it is the price and the amount the special one; without it there is no special price."""
    told = listing(variants=(variant(compare_at=Decimal(250)), variant(sku="A-2")))
    first, second = product(told)["Skus"]["Sku"]
    assert (first["price"], first["special_price"], second["price"], "special_price" in second) == ("250", "100", "100", False)
    (row,) = price_payload(told, KNOWN)["Request"]["Product"]["Skus"]["Sku"]
    assert (row["Price"], row["SalePrice"]) == ("250", "100")


def test_the_marketplace_may_not_guess() -> None:
    """Given any listing, when mapped, then the marketplace is told not to fill attributes in, and no text is empty."""
    made = product(listing())
    assert made["disableAutoFillAttribute"] is True
    assert made["Attributes"] == {"name": "Bình giữ nhiệt 500ml", "brand": "No Brand"}


def test_update_names_item_and_sku() -> None:
    """Given a known item, when mapped, then the item's and the SKU's own ids are in it."""
    made = product(listing(), known=KNOWN)
    assert (made["ItemId"], made["Skus"]["Sku"][0]["SkuId"]) == ("7700000001", "99000001")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": "ก" * 86}, "title over 255 bytes"),
        ({"description_html": "x" * 25001}, "description over 25000 characters"),
        ({"variants": ()}, "no variant or more than 50"),
        ({"variants": tuple(variant(sku=f"A-{n}") for n in range(51))}, "no variant or more than 50"),
        ({"variants": (variant(price=None),)}, "no price"),
        ({"variants": (variant(price=Decimal(0)),)}, "no price"),
        ({"variants": (variant(weight_g=None),)}, "no weight, or over 40000 g"),
        ({"variants": (variant(weight_g=40001),)}, "no weight, or over 40000 g"),
        ({"variants": (variant(sku="한글"),)}, "a SKU with characters that Lazada does not take"),
        ({"variants": (variant(sku="A.1"),)}, "a SKU with characters that Lazada does not take"),
        ({"variants": (variant(options={"a": "1", "b": "2", "c": "3"}),)}, "more than 2 options"),
        ({"variants": (variant(options={"Size": "1/2"}),)}, "in a brand or an option"),
        ({"brand": "<b>"}, "in a brand or an option"),
    ],
)
def test_what_lazada_would_refuse_is_refused_here(changed: dict[str, object], reason: str) -> None:
    """Given a listing over one limit, when mapped, then one finding names the market and that limit."""
    with pytest.raises(PermanentError) as caught:
        product(listing(**changed))
    (finding,) = caught.value.findings
    assert finding.code == "CHANNEL_REJECTED"
    assert finding.message_en.startswith("VN: ")
    assert reason in finding.message_en


@pytest.mark.parametrize(("count", "reason"), [(0, "no picture"), (9, "more than 8 pictures")])
def test_pictures_are_counted(count: int, reason: str) -> None:
    """Given no picture or too many, when mapped, then the finding says so."""
    with pytest.raises(PermanentError) as caught:
        product(listing(), urls=(URL,) * count)
    assert reason in caught.value.findings[0].message_en


def test_every_reason_is_told_at_once() -> None:
    """Given two faults, when mapped, then the seller hears of both."""
    with pytest.raises(PermanentError) as caught:
        product(listing(title="ก" * 86), urls=())
    assert len(caught.value.findings) == 2


def test_price_is_told_for_what_the_marketplace_knows() -> None:
    """Given one known and one new variant, when prices are mapped, then only the known one is in it, in plain digits."""
    told = listing(variants=(variant(), variant(sku="A-2")))
    rows = price_payload(told, KNOWN)["Request"]["Product"]["Skus"]["Sku"]
    assert rows == [{"ItemId": "7700000001", "SkuId": "99000001", "SellerSku": "A-1", "Price": "100"}]


def test_stock_goes_out_twenty_at_a_time() -> None:
    """Given 41 SKUs, when stock is mapped, then three calls carry each of them once."""
    levels = [StockLevel(item_id="7", sku_id=f"sku-{n}&", sellable_quantity=n) for n in range(41)]
    calls = sellable_payloads(levels, FACTS.limits)
    assert [call.count("<Sku>") for call in calls] == [20, 20, 1]
    assert "<SkuId>sku-40&amp;</SkuId><SellableQuantity>40</SellableQuantity>" in calls[2]
