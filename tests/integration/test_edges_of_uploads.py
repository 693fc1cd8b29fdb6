"""Uploads at the edges: very long names, many columns, every limit at once, the same file again."""

from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.stack import Stack
from onestop.adapters.objects import Bucket
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.dropped import picture_places
from onestop.domain.channels.iop import push_signature
from tests.conftest import DAY, refresh
from tests.support.catalogue import HEAD, PENS, PICTURES, SELLER, catalogue
from tests.support.reports import is_reported
from tests.support.sheets import zip_bytes
from tests.support.shop import SHOP, push_body
from tests.support.stack_state import dead_letters


def test_two_stores_with_the_same_order_numbers() -> None:
    """Two sellers' stores in one market use the same order and line ids; both sales count."""
    store = FakeLazada()
    params = {"PartnerSecretsName": "two/webhooks", "MarketplaceSecretsName": "two/marketplaces"}
    with serve(store) as address, Stack({**params, "LazadaEndpoint": address}) as stack:
        stack.keep_secret(params["PartnerSecretsName"], {"lazada": {"app_key": store.app_key, "app_secrets": [store.app_secret]}})
        sellers = {
            s: {"seller_id": who, "access_token": store.access_token, "publish": False} for s, who in (("1", "kim-shop"), ("2", "lee-shop"))
        }
        stack.keep_secret(
            params["MarketplaceSecretsName"], {"lazada": {"app_key": store.app_key, "app_secret": store.app_secret, "sellers": sellers}}
        )
        stack.live_on(DAY)
        refresh(stack)
        for who in ("kim-shop", "lee-shop"):
            stack.upload(f"{who}/a.jpg", PICTURES[0].read_bytes())
            stack.upload(f"{who}/a.csv", catalogue(PENS))
        stack.pump()
        store.orders["777"] = [("A-2", "12.90", "pending")]
        for shop in ("1", "2"):
            body = push_body("777").replace(SHOP.encode(), shop.encode())
            assert (
                stack.request("POST", "/webhooks/lazada", body, {"Authorization": push_signature(store.app_key, store.app_secret, body)})[0]
                == 200
            )
        stack.pump()
        catalog = CatalogTable(stack.tables["CatalogTable"])
        sold = {who: catalog.product(who, "A-2").sold for who in ("kim-shop", "lee-shop")}
        assert sold == {"kim-shop": {"A-2": 1}, "lee-shop": {"A-2": 1}}


def test_zip_member_with_a_very_long_name(stack: Stack) -> None:
    """A picture whose key would be over S3's 1,024 bytes stops neither the catalogue nor the picture beside it."""
    picture = PICTURES[0].read_bytes()
    stack.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": catalogue(PENS), "사" * 400 + ".jpg": picture, "a.jpg": picture}))
    stack.pump()
    found = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, "A-2")
    assert {market: len(one.listing.images) for market, one in found.items()} == {"SG": 1, "TH": 1, "VN": 1}
    assert is_reported(stack, SELLER)
    assert dead_letters(stack) == {}


def test_header_with_thousands_of_columns(stack: Stack) -> None:
    """Unknown columns are many and long; the upload's head is one item."""
    head = HEAD + "," + ",".join("가" * 200 + str(n) for n in range(1000))
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS + "," * 1000, head=head))
    stack.pump()
    assert is_reported(stack, SELLER)
    assert dead_letters(stack) == {}


def test_product_at_every_limit(stack: Stack) -> None:
    """300 variants with long values and a 30,000 character Korean description fit into one item everywhere."""
    head = HEAD + ",description,option_1_name,option_1_value"
    values = "|".join(f"아주 길고 긴 색상 이름 블랙 {'가' * 60} {n}" for n in range(300))
    row = PENS + "," + "가" * 30_000 + ",색상," + values
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(row, head=head))
    stack.pump()
    assert is_reported(stack, SELLER)
    assert dead_letters(stack) == {}


def test_default_market_that_nobody_knows() -> None:
    """DefaultMarkets=XX passes the template's pattern; the seller is told."""
    with Stack({"DefaultMarkets": "SG,XX"}) as stack:
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
        stack.pump()
        upload = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/a.csv")
        assert [finding.code for finding in upload.findings] == ["MARKET_UNKNOWN"]
        assert is_reported(stack, SELLER)
        assert dead_letters(stack) == {}


def test_same_catalogue_again_after_another_file_changed_its_product(stack: Stack) -> None:
    """a.csv (310 pieces), then b.csv (5 pieces), then a.csv again, unchanged: the seller's last word is 310."""
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    for name, stock in (("a", "310"), ("b", "5"), ("a", "310")):
        stack.upload(f"{SELLER}/{name}.csv", catalogue(PENS.replace("310", stock)))
        stack.pump()
    stock = CatalogTable(stack.tables["CatalogTable"]).product(SELLER, "A-2").product.variants[0].stock
    assert stock == 310


def test_restored_product_of_a_zip_keeps_its_pictures(stack: Stack) -> None:
    """Withdraw + restore lists of a product from a ZIP: a later look at its pictures still finds them."""
    rows = catalogue(PENS)
    stack.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": rows, "a.jpg": PICTURES[0].read_bytes()}))
    stack.pump()
    for name in ("withdraw", "restore"):
        stack.upload(f"{SELLER}/{name}.csv", b"sku\nA-2\n")
        stack.pump()
    stored = CatalogTable(stack.tables["CatalogTable"]).product(SELLER, "A-2")
    _, key = picture_places(stored.source_key, stored.upload_id, "a.jpg")[0]
    assert Bucket(stack.buckets["WorkBucket"]).etag(key)
