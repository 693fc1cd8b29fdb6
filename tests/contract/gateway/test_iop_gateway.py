"""What the gateway of an IOP marketplace holds a caller to, and how it words it."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from local.gateway.aliexpress import FakeAliexpress
from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock

Call = Callable[..., dict[str, Any]]


def picture(call: Call, shop: FakeLazada, content: bytes = b"pixels") -> str:
    """The address of an uploaded picture."""
    return str(call(shop, "/image/upload", files={"image": (BytesIO(content), "image.jpg")})["data"]["image"]["url"])


def product(url: str, **sku: Any) -> dict[str, Any]:
    """A product of two variants, the first changed as told."""
    package = {f"package_{side}": "10" for side in ("length", "width", "height", "weight")}
    skus = [
        {"SellerSku": f"KI-{colour}", "saleProp": {"color_family": colour}, "quantity": "3", "price": "29.90", **package}
        for colour in ("BLK", "IVR")
    ]
    skus[0] |= sku
    return {
        "PrimaryCategory": "10001",
        "Images": {"Image": [url]},
        "Attributes": {"name": "Tumbler 500ml", "brand": "No Brand"},
        "Skus": {"Sku": skus},
    }


def create(call: Call, shop: FakeLazada, told: dict[str, Any]) -> dict[str, Any]:
    """The answer to a create."""
    return call(shop, "/product/create", payload=json.dumps({"Request": {"Product": told}}))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"sign_method": "hmac"}, "IncompleteSignature"),
        ({"timestamp": "1759992799000"}, "IncompleteSignature"),
        ({"timestamp": "1760000000"}, "IncompleteSignature"),
        ({"timestamp": "2025-10-09T08:53:20Z"}, "0"),
        ({"app_key": "1"}, "InvalidAppKey"),
        ({"token": "other"}, "IllegalAccessToken"),
        ({"token": None}, "IllegalAccessToken"),
        ({}, "0"),
    ],
)
def test_the_gate(call: Call, lazada: FakeLazada, changed: dict[str, Any], code: str) -> None:
    """Given one thing that is wrong with a call, when it is made, then HTTP says 200 and the code says what it is."""
    assert call(lazada, "/seller/get", **changed)["code"] == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told["Images"].update(Image="x"), "1001"),
        (lambda told: told["Images"].update(Image=["https://elsewhere.example/a.jpg"]), "4138"),
        (lambda told: told["Images"].update(Image=told["Images"]["Image"] * 2), "4116"),
        (lambda told: told["Images"].update(Image=[]), "BIZ_CHECK_MAIN_IMAGE_REQUIRE"),
        (lambda told: told["Images"].update(Image=told["Images"]["Image"] * 9), "4169"),
        (lambda told: told["Attributes"].update(name="ก" * 86), "4160"),
        (lambda told: told["Attributes"].update(model='500"'), "4129"),
        (lambda told: told["Attributes"].update(description='<img src="https://elsewhere.example/a.jpg">'), "4138"),
        (lambda told: told.update(PrimaryCategory="1000"), "4134"),
        (lambda told: told["Skus"]["Sku"][0].update(special_price="29.90"), "4157"),
        (lambda told: told["Skus"]["Sku"][0].update(price="0"), "4118"),
        (lambda told: told["Skus"]["Sku"][0].update(price="29.901"), "4104"),
        (lambda told: told["Skus"]["Sku"][0].update(SellerSku="KI-IVR"), "4126"),
        (lambda told: told["Skus"]["Sku"][0].update(SellerSku="한글"), "4197"),
        (lambda told: told["Skus"]["Sku"][0].update(saleProp={"color_family": "IVR"}), "4112"),
        (lambda told: told["Skus"]["Sku"][0].update(color_family="BLK"), "4145"),
        (lambda told: told["Skus"]["Sku"][0].update(package_weight="40.01"), "4164"),
        (lambda told: told["Skus"]["Sku"][0].update(package_length="281"), "4165"),
        (lambda told: told["Skus"]["Sku"][0].pop("package_width"), "4108"),
        (lambda told: told["Skus"]["Sku"][0].update(quantity="-1"), "4107"),
        (lambda told: told["Skus"]["Sku"][0].update(Images={"Image": told["Images"]["Image"]}), "4153"),
    ],
)
def test_a_product_that_breaks_a_rule_is_refused_by_its_code(call: Call, lazada: FakeLazada, change: Callable[..., Any], code: str) -> None:
    """Given a product with one fault, when it is created, then the overview's details name it and nothing is in the store."""
    told = product(picture(call, lazada))
    change(told)

    answer = create(call, lazada, told)

    details = [one["message"].partition(":")[0] for one in answer.get("detail", [{"message": answer["code"]}])]
    assert code in details
    assert answer["code"] == ("1001" if code == "1001" else "500")
    assert lazada.items == {}


def test_daraz_takes_no_json(call: Call, clock: Clock) -> None:
    """Given the marketplace that documents XML alone, when a product comes as JSON, then it is no valid payload."""
    assert create(call, FakeLazada("PK", "daraz", clock=clock), {"PrimaryCategory": "10001"})["code"] == "5"


def test_prices_in_dong_have_no_decimals(call: Call, clock: Clock) -> None:
    """Given Vietnam, when a price has decimals, then the code is that of its precision."""
    shop = FakeLazada("VN", clock=clock)

    answer = create(call, shop, product(picture(call, shop)))

    assert {one["message"].partition(":")[0] for one in answer["detail"]} == {"4104"}


def test_a_call_for_several_skus_is_taken_in_part(call: Call, lazada: FakeLazada) -> None:
    """Given one SKU that the marketplace will not touch, when two are priced, then the other is, and the detail names the one."""
    made = create(call, lazada, product(picture(call, lazada)))["data"]
    lazada.shelf.refused["KI-IVR"] = "4131:Sensitive words"
    rows = [
        {"ItemId": made["item_id"], "SkuId": one["sku_id"], "SellerSku": one["seller_sku"], "Price": "19.90"} for one in made["sku_list"]
    ]

    answer = call(lazada, "/product/price_quantity/update", payload=json.dumps({"Request": {"Product": {"Skus": {"Sku": rows}}}}))

    assert (answer["code"], [one["seller_sku"] for one in answer["detail"]]) == ("501", ["KI-IVR"])
    assert [lazada.shelf.sku_of(f"KI-{colour}")["price"] for colour in ("BLK", "IVR")] == ["19.90", "29.90"]


def test_a_seller_who_asks_too_often_is_told_how_long_the_ban_lasts(call: Call, lazada: FakeLazada, clock: Clock) -> None:
    """Given two calls a second and a ban of three, when a third call comes, then it waits as told, and another seller does not."""
    lazada.throttle.default_per_s, lazada.throttle.ban_s = 2, 3
    lazada.tokens.allow("tok-other", "ref-other", {"sg": "900000999"})

    codes = [call(lazada, "/seller/get")["code"] for _ in range(3)]
    said = call(lazada, "/seller/get")["message"]

    assert (codes, said[-len("last 3 seconds") :]) == (["0", "0", "ApiCallLimit"], "last 3 seconds")
    assert call(lazada, "/seller/get", token="tok-other")["code"] == "0"
    clock.advance(2.9)
    assert call(lazada, "/seller/get")["code"] == "ApiCallLimit"
    clock.advance(0.1)
    assert call(lazada, "/seller/get")["code"] == "0"


def test_all_sellers_together_meet_the_limit_of_an_api(call: Call, lazada: FakeLazada) -> None:
    """Given an API of thirty calls a second, when a thirty-first comes, then the code is 901."""
    codes = [call(lazada, "/category/brands/query")["code"] for _ in range(31)]

    assert (codes[:30], codes[30]) == (["0"] * 30, "901")


def test_a_timeout_may_come_after_the_work(call: Call, lazada: FakeLazada) -> None:
    """Given an answer that is to be lost, when a product is created, then it is there; a proxy's page is no JSON."""
    told = product(picture(call, lazada))
    lazada.fail_next("/product/create", "ServiceTimeout", after_commit=True)
    assert (create(call, lazada, told)["code"], len(lazada.items)) == ("ServiceTimeout", 1)
    assert create(call, lazada, told)["detail"][0]["message"].startswith("THD_IC_ERR_F_IC_INFRA_PRODUCT_036")


def test_tokens_come_end_and_are_refreshed(call: Call, lazada: FakeLazada, clock: Clock) -> None:
    """Given a code, when it is used, waited out and refreshed, then each token ends what came before it, and a code is good once."""
    code = lazada.tokens.authorise({"sg": "900000777", "my": "900000778"})
    made = call(lazada, "/auth/token/create", token=None, code=code)
    assert [one["seller_id"] for one in made["country_user_info"]] == ["900000777", "900000778"]
    assert call(lazada, "/auth/token/create", token=None, code=code)["code"] == "InvalidCode"
    clock.advance(made["expires_in"])
    assert call(lazada, "/seller/get", token=made["access_token"])["code"] == "IllegalAccessToken"

    again = call(lazada, "/auth/token/refresh", token=None, refresh_token=made["refresh_token"])

    assert (again["expires_in"], again["refresh_expires_in"]) == (864_000, 4_320_000 - 864_000)
    assert [one["country"] for one in again["country_user_info_list"]] == ["sg", "my"]
    assert call(lazada, "/seller/get", token=again["access_token"])["data"]["seller_id"] == 900000777
    assert call(lazada, "/auth/token/refresh", token=None, refresh_token=made["refresh_token"])["code"] == "IllegalRefreshToken"


def test_a_token_may_be_one_that_cannot_be_refreshed(call: Call, lazada: FakeLazada) -> None:
    """Given a grant of test accounts, when its token comes, then the second lifetime is 0 and a refresh is refused."""
    lazada.tokens.refresh_expires_in = 0
    made = call(lazada, "/auth/token/create", token=None, code=lazada.tokens.authorise({"sg": "1"}))

    assert made["refresh_expires_in"] == 0
    assert call(lazada, "/auth/token/refresh", token=None, refresh_token=made["refresh_token"])["code"] == "IllegalRefreshToken"


def test_migrated_pictures_need_half_a_second(call: Call, lazada: FakeLazada, clock: Clock) -> None:
    """Given two addresses, one of a private network, when they are migrated, then the batch is empty at first, then one is there."""
    urls = "".join(f"<Url>{url}</Url>" for url in ("https://shop.example/a.jpg", "http://10.0.0.1/b.jpg"))
    batch = call(lazada, "/images/migrate", payload=f"<Request><Images>{urls}</Images></Request>")["batch_id"]
    early = call(lazada, "/image/response/get", batch_id=batch)["data"]
    clock.advance(0.5)
    late = call(lazada, "/image/response/get", batch_id=batch)["data"]

    assert early == {"images": [], "errors": []}
    assert [lazada.pictures.has(one["url"]) for one in late["images"]] == [True]
    assert [one["original_url"] for one in late["errors"]] == ["http://10.0.0.1/b.jpg"]


def test_pushes_come_as_messily_as_the_samples(lazada: FakeLazada, call: Call) -> None:
    """Given a rejection, orders and a warning, when they are delivered, then sites, ids and times differ, repeat and are out of order."""
    made = create(call, lazada, product(picture(call, lazada)))["data"]
    lazada.review(str(made["item_id"]), "REJECTED", "Main image contains text")
    lazada.review(str(made["item_id"]), "Lock")
    for number in range(10):
        lazada.pushes.order(f"88000000000000{number}", "pending")
    lazada.pushes.token_ends(1_760_172_800)
    told = [json.loads(push.body) for push in lazada.pushes.waiting]

    delivered = list(lazada.pushes.deliver(repeats=0.2))

    assert {one["site"] for one in told} == {"lazada_sg", "lazada-sg", "LAZADA_SG"}
    assert told[0]["data"]["reason"].endswith("<br/>\x01\x01")
    assert any(b"\\u0001" in push.body for push in delivered)
    assert {type(one["data"]["itemId"]) for one in told[:2]} == {int, str}
    assert told[-1]["seller_id"] == "null"
    assert (len(delivered), len({push.body for push in delivered})) == (16, 13)
    assert [push.body for push in delivered[:13]] != [json.dumps(one, separators=(",", ":")).encode() for one in told]
    assert lazada.pushes.forged(delivered[0]).headers["Authorization"] != delivered[0].headers["Authorization"]
    assert delivered[0].event("/webhooks/lazada", encoded=True)["isBase64Encoded"]


def aliexpress_product(**changed: Any) -> dict[str, Any]:
    """A product of one variant."""
    sku = {"sku_code": "KI-BLK", "price": "24.90", "inventory": 20, "sku_attributes_list": []}
    return {
        "aliexpress_category_id": 200000346, "language": "en", "multi_language_subject_list": [{"language": "en", "subject": "Tumbler"}],
        "multi_language_description_list": [{"language": "en", "web_detail": "<p>hot</p>"}], "weight": "0.45", "package_length": 10,
        "main_image_urls_list": ["https://ae01.alicdn.com/kf/S1.jpg"], "sku_info_list": [sku], "package_width": 10, "package_height": 24, **changed,
    }  # fmt: skip


def test_aliexpress_audits_what_is_new_and_erases_what_is_left_out(call: Call, clock: Clock) -> None:
    """Given a product with a discount, when it is edited in audit, and priced without one, then the edit is refused and the discount gone."""
    shop, post, edit = FakeAliexpress(clock=clock), "aliexpress.solution.product.post", "aliexpress.solution.product.edit"
    made = call(shop, post, simplify="true", post_product_request=json.dumps(aliexpress_product()))["result"]["product_id"]
    changed = json.dumps(aliexpress_product(product_id=made))
    assert call(shop, edit, edit_product_request=changed)["code"] == "PRODUCT_IN_AUDIT"
    shop.review(str(made))
    assert call(shop, edit, edit_product_request=changed)["code"] == "0"

    for prices in ({"price": "24.90", "discount_price": "19.90"}, {"price": "24.90"}):
        rows = [{"product_id": made, "multiple_sku_update_list": [{"sku_code": "KI-BLK", **prices}]}]
        answer = call(shop, "aliexpress.solution.batch.product.price.update", simplify="true", mutiple_product_update_list=json.dumps(rows))
        assert answer["update_success"]
        assert shop.sku_of("KI-BLK").get("discount_price") == prices.get("discount_price")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"multi_language_subject_list": [{"language": "en", "subject": "x" * 129}]}, "SUBJECT_TOO_LONG"),
        ({"language": "id"}, "LANGUAGE_INVALID"),
        ({"main_image_urls_list": ["https://x.example/a.jpg"] * 7}, "IMAGES_INVALID"),
        ({"weight": "501"}, "PACKAGE_INVALID"),
        ({"sku_info_list": [{"sku_code": "K" * 21, "price": "1", "inventory": 1}]}, "SKU_CODE_INVALID"),
        ({"sku_info_list": [{"sku_code": "K", "price": "1", "discount_price": "1", "inventory": 1}]}, "DISCOUNT_INVALID"),
        ({"multi_language_description_list": [{"web_detail": "<iframe src=x>"}]}, "DESCRIPTION_INVALID"),
    ],
)
def test_aliexpress_refuses_what_its_sdk_forbids(call: Call, clock: Clock, changed: dict[str, Any], code: str) -> None:
    """Given a product that breaks a documented limit, when it is posted, then it is refused and not kept."""
    shop = FakeAliexpress(clock=clock)

    answer = call(shop, "aliexpress.solution.product.post", post_product_request=json.dumps(aliexpress_product(**changed)))

    assert (answer["code"], shop.items) == (code, {})
