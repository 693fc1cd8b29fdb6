"""Our client and a gateway that checks as Lazada's does: what gets through, what does not, and what never comes back."""

import logging
from collections.abc import Callable

import pytest
from werkzeug.wrappers import Response

from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from onestop.adapters.marketplaces.iop_facts import family
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.domain.channels.lazada_payload import Payload, StockLevel, product_payload, sellable_payloads
from onestop.domain.channels.replies import ListedItem, OrderLine
from onestop.domain.errors import OnestopError, PermanentError, RetryableError
from onestop.domain.listing.listing import Listing

FACTS = family("lazada")
SECRETS = ["kr-secret", "tok-sg"]
BUYER = ["Mei Ling", "Tan", "6581234567", "Bedok", "100000000042"]


def payload(client: LazadaClient, listing: Listing, known: ListedItem | None = None) -> Payload:
    """What a create or an update sends."""
    urls = [client.upload_image(b"main"), client.upload_image(b"second")]
    return product_payload(listing, category_id="10001958", image_urls=urls, parcel=FACTS.package, limits=FACTS.limits, known=known)


def test_create_then_find(client: LazadaClient, listing: Listing) -> None:
    """Given a listing, when it is created, then each SKU gets an id, and asking for the SKU finds the same item."""
    made = client.create_product(payload(client, listing))
    found = client.find_by_seller_sku("KI-503-IVR")
    assert found is not None
    assert (found.item_id, found.sku_ids) == (made.item_id, made.sku_ids)
    assert set(made.sku_ids) == {"KI-503-BLK", "KI-503-IVR"}
    assert made.status == "Pending QC"


def test_unknown_sku_is_not_found(client: LazadaClient) -> None:
    """Given an empty store, when a SKU is asked for, then there is none."""
    assert client.find_by_seller_sku("KI-503-BLK") is None


def test_korean_thai_and_signs_travel_whole(client: LazadaClient, gateway: FakeLazada, listing: Listing) -> None:
    """Given a title with letters and signs that encodings break, when created, then the gateway holds the same title."""
    title = "แก้ว 한글 Bình & 100% +1 「컵」"
    made = client.create_product(payload(client, listing.model_copy(update={"title": title})))
    assert gateway.items[made.item_id]["Attributes"]["name"] == title


def test_duplicate_sku_is_the_sellers_matter(client: LazadaClient, listing: Listing) -> None:
    """Given a SKU in use, when created again, then the finding carries the marketplace's own words and no retry is asked."""
    client.create_product(payload(client, listing))
    with pytest.raises(PermanentError) as caught:
        client.create_product(payload(client, listing))
    assert [finding.code for finding in caught.value.findings] == ["CHANNEL_REJECTED"] * len(listing.variants)
    assert all("THD_IC_ERR_F_IC_INFRA_PRODUCT_036" in finding.message_en for finding in caught.value.findings)


def test_create_that_timed_out_is_found_before_it_is_repeated(client: LazadaClient, gateway: FakeLazada, listing: Listing) -> None:
    """Given a create that happened although it timed out, when the SKU is asked for first, then the item is there, once."""
    gateway.fail_next("/product/create", "ServiceTimeout", after_commit=True)
    with pytest.raises(RetryableError):
        client.create_product(payload(client, listing))
    assert client.find_by_seller_sku("KI-503-BLK") is not None
    assert len(gateway.items) == 1


def test_update_price_and_stock(client: LazadaClient, gateway: FakeLazada, listing: Listing) -> None:
    """Given an item, when text, price and stock are told, then the gateway holds them."""
    known = client.create_product(payload(client, listing))
    client.update_product(payload(client, listing.model_copy(update={"title": "Onsaemi Steel Tumbler 500ml"}), known))
    client.update_price_quantity({"Request": {"Product": {"Skus": {"Sku": [
        {"ItemId": known.item_id, "SkuId": known.sku_ids["KI-503-BLK"], "SellerSku": "KI-503-BLK", "Price": "27.90"}
    ]}}}})  # fmt: skip
    level = StockLevel(item_id=known.item_id, sku_id=known.sku_ids["KI-503-BLK"], sellable_quantity=18)
    for text in sellable_payloads([level], FACTS.limits):
        client.update_sellable(text)
    item = gateway.items[known.item_id]
    assert item["Attributes"]["name"] == "Onsaemi Steel Tumbler 500ml"
    assert (item["Skus"]["Sku"][0]["price"], item["Skus"]["Sku"][0]["sellable"]) == ("27.90", 18)


def test_same_picture_has_the_same_address(client: LazadaClient) -> None:
    """Given the same bytes twice, when uploaded, then the address is the same."""
    assert client.upload_image(b"pixels") == client.upload_image(b"pixels")


def test_category_is_suggested(client: LazadaClient) -> None:
    """Given a title, when a category is asked for, then the marketplace's id comes back."""
    assert client.suggest_category("Tumbler 500ml") == "10001958"


def test_order_lines_hold_no_buyer(client: LazadaClient, gateway: FakeLazada) -> None:
    """Given a reply full of a buyer's data, when the order is read, then only the five facts of each unit come out."""
    gateway.orders["880000000000001"] = [("KI-503-BLK", "29.90", "pending"), ("KI-503-BLK", "29.90", "Canceled")]
    lines = client.order_items("880000000000001")
    assert lines[1] == OrderLine(line_id="1002", seller_sku="KI-503-BLK", paid_price="29.9", currency="SGD", status="canceled")
    assert not [word for word in BUYER if word in repr(lines)]


def test_broken_order_line_shows_nothing_of_its_buyer(client: LazadaClient, gateway: FakeLazada) -> None:
    """Given a unit whose price is no number, when the order is read, then the error tells nothing that the reply held."""
    gateway.orders["880000000000001"] = [("KI-503-BLK", "nan", "pending")]
    with pytest.raises(RetryableError) as caught:
        client.order_items("880000000000001")
    assert caught.value.__suppress_context__
    assert not [word for word in BUYER if word in str(caught.value)]


@pytest.mark.parametrize("code", ["ApiCallLimit", "SellerCallLimit", "901", "ServiceTimeout", "4147", "NeverHeardOf"])
def test_what_may_pass_is_retryable(client: LazadaClient, gateway: FakeLazada, code: str) -> None:
    """Given throttling, a backend fault or an unknown code, when called, then the message goes back to the queue."""
    gateway.fail_next("/products/get", code)
    with pytest.raises(RetryableError, match=code):
        client.find_by_seller_sku("KI-503-BLK")
    assert client.find_by_seller_sku("KI-503-BLK") is None


@pytest.mark.parametrize("code", ["4160", "4118", "4131", "SellerNotActive", "5"])
def test_what_no_retry_cures_is_a_finding(client: LazadaClient, gateway: FakeLazada, code: str) -> None:
    """Given a refusal of the content or the store, when called, then the seller is told and the message is done."""
    gateway.fail_next("/product/category/suggestion/get", code)
    with pytest.raises(PermanentError) as caught:
        client.suggest_category("Tumbler")
    assert (caught.value.findings[0].code, code in caught.value.findings[0].message_ko) == ("CHANNEL_REJECTED", True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"secret": "other"}, "IncompleteSignature"),
        ({"token": "expired"}, "IllegalAccessToken"),
        ({"app_key": "1"}, "InvalidAppKey"),
        ({"now_s": 1_760_000_000 - 7201}, "IncompleteSignature"),
        ({"now_s": 1_760_000_000 + 7201}, "IncompleteSignature"),
    ],
)
def test_wrong_keys_wait_for_the_operator(client_of: Callable[..., LazadaClient], change: dict[str, object], code: str) -> None:
    """Given a wrong secret, token, key or clock, when called, then the message waits until the operator has repaired it."""
    with pytest.raises(RetryableError, match=code):
        client_of(**change).find_by_seller_sku("KI-503-BLK")


@pytest.mark.parametrize("now_s", [1_760_000_000 - 7200, 1_760_000_000 + 7200])
def test_clock_may_be_two_hours_off(client_of: Callable[..., LazadaClient], now_s: int) -> None:
    """Given a clock at the edge of the window, when called, then the gateway still answers."""
    assert client_of(now_s=now_s).find_by_seller_sku("KI-503-BLK") is None


def test_nobody_listening_is_retryable_and_keeps_the_token(client_of: Callable[..., LazadaClient]) -> None:
    """Given an address where nobody listens, when called, then the error names the path and neither address nor token."""
    with pytest.raises(RetryableError) as caught:
        client_of(endpoint="http://127.0.0.1:9/rest").find_by_seller_sku("KI-503-BLK")
    assert caught.value.__suppress_context__
    assert str(caught.value).startswith("/products/get: ")
    assert not [secret for secret in SECRETS if secret in str(caught.value)]


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        (200, "<html>maintenance</html>", "HTTP 200"),
        (502, '{"code": "0"}', "HTTP 502"),
        (302, "", "HTTP 302"),
        (200, "[]", "HTTP 200"),
        (200, "{}", "no code"),
        (200, '{"code": "0", "data": null}', "without an address"),
    ],
)
def test_an_answer_that_is_no_gateways_is_retryable(client_of: Callable[..., LazadaClient], status: int, text: str, said: str) -> None:
    """Given a proxy's page, a redirect or an empty reply, when called, then it is a fault that may pass, and is not followed."""
    answer = Response(text, status=status, headers={"location": "http://127.0.0.1:9/"}, mimetype="text/html")
    with serve(answer) as address, pytest.raises(RetryableError, match=said):
        client_of(endpoint=address).upload_image(b"pixels")


def test_item_without_an_id_is_retryable(client_of: Callable[..., LazadaClient]) -> None:
    """Given a reply that says all is well and names no item, when created, then nothing is taken for granted."""
    with serve(Response('{"code": "0", "data": {}}')) as address, pytest.raises(RetryableError, match="without an id"):
        client_of(endpoint=address).create_product({})


def test_nothing_is_logged(
    client: LazadaClient, client_of: Callable[..., LazadaClient], gateway: FakeLazada, listing: Listing, caplog, capfd
) -> None:
    """Given every level of logging on, when calls succeed and fail, then no key, token or buyer is written anywhere."""
    caplog.set_level(logging.DEBUG)
    gateway.orders["880000000000001"] = [("KI-503-BLK", "29.90", "pending")]
    client.create_product(payload(client, listing))
    client.order_items("880000000000001")
    gateway.fail_next("/products/get", "ApiCallLimit")
    with pytest.raises(OnestopError):
        client.find_by_seller_sku("KI-503-BLK")
    written = caplog.text + "".join(capfd.readouterr())
    assert not [word for word in [*SECRETS, *BUYER] if word in written]
