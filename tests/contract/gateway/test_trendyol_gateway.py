"""What Trendyol holds a caller to, and how its batches end."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import Client

from local.gateway.serving import Clock
from local.gateway.trendyol import FakeTrendyol

LOGIN = "Basic dHlLZXkwMTp0eVNlY3JldDAy"
"""Of the documentation's example ``tyKey01:tySecret02``."""
AGENT = "100001 - SelfIntegration"
SELLER = "/integration/product/sellers/100001"
PRICES = "/integration/inventory/sellers/100001/products/price-and-inventory"


@pytest.fixture
def shop(clock: Clock) -> FakeTrendyol:
    """An empty store."""
    return FakeTrendyol(clock=clock)


@pytest.fixture
def call(shop: FakeTrendyol) -> Callable[..., Any]:
    """Call it; the answer with its status."""

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"Authorization": LOGIN, "User-Agent": AGENT, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return Client(shop).open(path, method=method, json=body, headers=given)

    return ask


def item(**changed: Any) -> dict[str, Any]:
    """A product that is right, but for what is changed."""
    return {
        "barcode": "8809000000017", "title": "Çelik Termos 500 ml", "productMainId": "KI-503", "brandId": 1791, "categoryId": 411, "quantity": 20,
        "stockCode": "KI-503-BLK", "dimensionalWeight": 2, "description": "<p>sıcak</p>", "listPrice": 899.9, "salePrice": 749.9, "vatRate": 20,
        "images": [{"url": "https://cdn.example.kr/1.jpg"}], "attributes": [{"attributeId": 338, "attributeValueIds": [6980]}], **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"User_Agent": ""}, 403),
        ({"User_Agent": "python-requests/2"}, 403),
        ({"User_Agent": "100002 - SelfIntegration"}, 403),
        ({"Authorization": "Basic eDp5"}, 401),
        ({"Authorization": ""}, 401),
        ({}, 200),
    ],
)
def test_the_gate(call: Callable[..., Any], headers: dict[str, str], status: int) -> None:
    """Given a call without a name or with a wrong login, when it is made, then it is 403 and 401."""
    assert call("GET", f"{SELLER}/products", **headers).status_code == status


def test_a_batch_is_worked_on_told_and_forgotten(call: Callable[..., Any], clock: Clock, shop: FakeTrendyol) -> None:
    """Given a good and a bad product, when their batch is asked for early, in time and after four hours, then it goes on, is done, is gone."""
    batch = call("POST", f"{SELLER}/v2/products", {"items": [item(), item(barcode="2", title="x" * 101)]}).json["batchRequestId"]
    place = f"{SELLER}/products/batch-requests/{batch}"
    early = call("GET", place).json
    clock.advance(5)
    done = call("GET", place).json

    assert (early["status"], {one["status"] for one in early["items"]}) == ("IN_PROGRESS", {"IN_PROGRESS"})
    assert (done["status"], [one["status"] for one in done["items"]]) == ("COMPLETED", ["SUCCESS", "FAILED"])
    assert (done["failedItemCount"], done["items"][1]["failureReasons"]) == (1, ["title: en fazla 100 karakter"])
    assert list(shop.products.items) == ["8809000000017"]
    clock.advance(14_400)
    assert call("GET", place).status_code == 404


def test_the_same_body_is_refused_for_fifteen_minutes(call: Callable[..., Any], clock: Clock, shop: FakeTrendyol) -> None:
    """Given stock that was told, when the same is told within 15 minutes, then it is refused in Turkish, and later taken."""
    call("POST", f"{SELLER}/v2/products", {"items": [item()]})
    body = {"items": [{"barcode": "8809000000017", "quantity": 18, "salePrice": 749.9, "listPrice": 899.9}]}

    first, again = call("POST", PRICES, body), call("POST", PRICES, body)
    clock.advance(900)
    later = call("POST", PRICES, body)

    assert (first.status_code, again.status_code, later.status_code) == (200, 400, 200)
    assert "15 dakika boyunca" in again.json["errors"][0]["message"]
    assert "status" not in call("GET", f"{SELLER}/products/batch-requests/{first.json['batchRequestId']}").json
    assert shop.products.items["8809000000017"]["quantity"] == 18


def test_fifty_calls_in_ten_seconds_are_the_most_of_each_endpoint(call: Callable[..., Any], clock: Clock, shop: FakeTrendyol) -> None:
    """Given fifty calls, when another comes, then it is 429 there, not elsewhere, and not ten seconds later; prices know no limit."""
    statuses = [call("GET", f"{SELLER}/products").status_code for _ in range(51)]

    assert (statuses[:50], statuses[50], shop.limited) == ([200] * 50, 429, 1)
    assert call("GET", "/integration/product/brands").status_code == 200
    prices = {call("POST", PRICES, {"items": [{"barcode": "1", "quantity": number}]}).status_code for number in range(60)}
    assert prices == {200}
    clock.advance(10)
    assert call("GET", f"{SELLER}/products").status_code == 200


def test_only_an_approved_product_takes_stock(call: Callable[..., Any], clock: Clock, shop: FakeTrendyol) -> None:
    """Given a product that nobody has looked at yet, when its stock is told, then the item fails, and does not once it is approved."""
    shop.products.approves = False
    call("POST", f"{SELLER}/v2/products", {"items": [item()]})
    outcomes = []
    for quantity in (1, 2):
        told = call("POST", PRICES, {"items": [{"barcode": "8809000000017", "quantity": quantity}]}).json["batchRequestId"]
        clock.advance(5)
        outcomes.append(call("GET", f"{SELLER}/products/batch-requests/{told}").json["items"][0]["status"])
        shop.products.approve("8809000000017")

    assert outcomes == ["FAILED", "SUCCESS"]


def test_a_lost_answer_leaves_one_product(call: Callable[..., Any], clock: Clock, shop: FakeTrendyol) -> None:
    """Given an answer that is lost after the work, when the product is sent again, then there is one, and the batch says why."""
    shop.fail_next("POST v2/products", 504, after_commit=True)
    assert call("POST", f"{SELLER}/v2/products", {"items": [item()]}).status_code == 504
    batch = call("POST", f"{SELLER}/v2/products", {"items": [item(quantity=19)]}).json["batchRequestId"]
    clock.advance(5)

    (told,) = call("GET", f"{SELLER}/products/batch-requests/{batch}").json["items"]
    assert (told["status"], len(shop.products.items)) == ("FAILED", 1)
    assert call("GET", f"{SELLER}/products?barcode=8809000000017").json["totalElements"] == 1
