"""Lazada's own client talks to the gateway over HTTP, so that our idea of the protocol is not only ours."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve

TITLE = "한글 텀블러 ถ้วย Bình & 100% +1"


@pytest.fixture
def shop() -> FakeLazada:
    """A store in the client's own time: it takes no other."""
    return FakeLazada()


@pytest.fixture
def execute(sdk: ModuleType, shop: FakeLazada) -> Iterator[Callable[..., Any]]:
    """Call the store through the official client; the document of the answer."""
    with serve(shop) as address:
        client = sdk.LazopClient(address, shop.app_key, shop.app_secret)

        def ask(path: str, method: str = "POST", files: dict[str, Any] | None = None, **params: str) -> Any:
            request = sdk.LazopRequest(path, method)
            for name, value in params.items():
                request.add_api_param(name, value)
            for name, value in (files or {}).items():
                request.add_file_param(name, value)
            return client.execute(request, shop.access_token).body

        yield ask


def xml(url: str) -> str:
    """A product in XML, its texts in four scripts."""
    title, package = (
        TITLE.replace("&", "&amp;"),
        "".join(f"<package_{side}>1</package_{side}>" for side in ("length", "width", "height", "weight")),
    )
    sku = f"<SellerSku>KI-1</SellerSku><quantity>3</quantity><price>29.90</price>{package}"
    return f'<?xml version="1.0" encoding="UTF-8"?><Request><Product><PrimaryCategory>10001</PrimaryCategory><Images><Image>{url}</Image></Images><Attributes><name>{title}</name><brand>No Brand</brand></Attributes><Skus><Sku>{sku}</Sku></Skus></Product></Request>'


def test_it_reads_writes_and_uploads(execute: Callable[..., Any], shop: FakeLazada) -> None:
    """Given the official client, when it uploads a picture, posts Korean and Thai and asks again by GET, then all of it arrives whole."""
    picture = execute("/image/upload", files={"image": ("image.jpg", BytesIO(b"pixels"), "image/jpeg")})
    url = picture["data"]["image"]["url"]
    made = execute("/product/create", payload=xml(url))
    found = execute("/products/get", "GET", filter="all", sku_seller_list=json.dumps(["KI-1"]), empty="")

    assert (picture["code"], made["code"], found["code"]) == ("0", "0", "0")
    (product,) = found["data"]["products"]
    assert (product["attributes"]["name"], product["images"], product["item_id"]) == (TITLE, [url], made["data"]["item_id"])
    assert shop.pictures.hosted == {url: b"pixels"}


def test_it_is_refused_for_a_wrong_secret(sdk: ModuleType, shop: FakeLazada) -> None:
    """Given the official client with another secret, when it calls, then the code says that the signature is wrong."""
    with serve(shop) as address:
        answer = sdk.LazopClient(address, shop.app_key, "other").execute(sdk.LazopRequest("/seller/get", "GET"), shop.access_token)

    assert (answer.code, answer.type) == ("IncompleteSignature", "ISV")


def test_business_calls_of_aliexpress_are_signed_without_a_path(call: Callable[..., Any]) -> None:
    """Given a call that names its method, when the official code signs it, then the gateway takes it and wraps the answer."""
    shop = FakeAliexpress(clock=lambda: 1_760_000_000)

    answer = call(shop, "aliexpress.solution.seller.category.tree.query", empty="")

    assert answer["code"] == "0"
    assert answer["aliexpress_solution_seller_category_tree_query_response"]["is_success"]
