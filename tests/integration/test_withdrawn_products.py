"""A product leaves every market when its seller says so, stays away when an old file comes again, and comes back when the seller says that."""

import json
import re
from collections.abc import Iterator, Mapping

import pytest

from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.stack import Stack
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.upload import Upload, UploadRow, UploadState
from tests.conftest import DAY, DEMO, refresh
from tests.support.sheets import CAFE24_FORM, CAFE24_ROW, csv_bytes, own_table, table, xlsx_bytes
from tests.support.stack_state import TwiceStack, dead_letters, everything, objects

SELLER = "kim-shop"
PLAIN = {
    "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "image_1": "a.jpg", "image_2": "",
    "option_1_name": "", "option_1_value": "", "option_1_price": "", "option_2_name": "", "option_2_value": "",
}  # fmt: skip
PENS = {**PLAIN, "sku": "PEN", "title": "젤펜 0.5mm 12색 세트", "price_krw": "9900", "cost_krw": "3900", "weight_g": "160"}
SOCKS = {**PLAIN, "sku": "SOCK", "title": "순면 양말 5켤레", "price_krw": "12900", "cost_krw": "4900", "category": "패션>양말"}
TIME = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+Z")


def sheet(*rows: Mapping[str, str]) -> bytes:
    """Our own sheet as CSV."""
    return csv_bytes(own_table(*rows))


def picture() -> bytes:
    """A picture of the demo shop."""
    return min((DEMO / "pictures").glob("*.jpg")).read_bytes()


def drop(stack: Stack, name: str, data: bytes) -> None:
    """A seller drops a file, and all of it is done."""
    stack.upload(f"{SELLER}/{name}", data)
    stack.pump()


@pytest.fixture
def shop(stack: Stack) -> Stack:
    """A stack in which pens and socks are on three markets."""
    stack.upload(f"{SELLER}/a.jpg", picture())
    drop(stack, "a.csv", sheet(PENS, SOCKS))
    assert (status(stack, "PEN"), status(stack, "SOCK")) == (["ready"] * 3, ["ready"] * 3)
    return stack


def status(stack: Stack, sku: str) -> list[str]:
    """The status of a product in each market; what the feed files say must be the same."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    found = [known[market].listing.status.value for market in sorted(known)]
    feed = objects(stack, "ResultsBucket")
    assert [json.loads(feed[f"{SELLER}/feed/{market}/{sku}.json"])["status"] for market in sorted(known)] == found
    return found


def codes(stack: Stack, sku: str) -> set[str]:
    """What is told in the listings of a product about its being withdrawn."""
    known = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)
    found = {finding.code for one in known.values() for finding in one.listing.findings}
    return {code for code in found if "WITHDRAWN" in code}


def upload(stack: Stack, name: str) -> Upload:
    """The upload that a file became; it must be through."""
    found = CatalogTable(stack.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/{name}")
    assert found
    assert found.state is UploadState.DONE
    return found


def told(stack: Stack, name: str) -> dict[str, tuple[str, list[str]]]:
    """SKU -> what became of its row in a file, and the codes of what was found there."""
    rows: list[UploadRow] = list(CatalogTable(stack.tables["CatalogTable"]).rows(SELLER, upload(stack, name).upload_id))
    return {str(row.sku): (row.outcome, [finding.code for finding in row.findings]) for row in rows}


def report_file(stack: Stack, name: str, part: str) -> str:
    """One of the files that a seller got back."""
    key = f"{SELLER}/uploads/{upload(stack, name).upload_id}/{part}"
    return objects(stack, "ResultsBucket", key)[key].decode("utf-8-sig")


WITHDRAWING = {
    "stock 0": {"b.csv": sheet({**PENS, "stock": "0"})},
    "a sheet that lists it": {"b.xlsx": xlsx_bytes({"상품": own_table(SOCKS), "withdraw": [["상품코드"], ["PEN"]]})},
    "a sheet that lists it, in Korean": {"b.xlsx": xlsx_bytes({"상품": own_table(PENS, SOCKS), "판매중지": [["PEN", "단종"]]})},
    "a file that lists it": {"withdraw.csv": b"sku\nPEN\n"},
    "a file of one code": {"withdraw.csv": b"PEN"},
    "a Korean file name": {"판매중지.csv": "상품코드,이유\nPEN,단종\n".encode("cp949")},
    "a workbook that lists it": {"withdraw.xlsx": xlsx_bytes([["상품코드"], ["PEN"]])},
}
"""How a seller says it -> the file."""


@pytest.mark.parametrize("how", WITHDRAWING)
def test_a_withdrawn_product_leaves_every_market_and_no_old_file_brings_it_back(shop: Stack, how: str) -> None:
    """Given two products, when one is withdrawn, then it alone leaves all markets, and the old file changes nothing."""
    ((name, data),) = WITHDRAWING[how].items()
    drop(shop, name, data)

    assert (status(shop, "PEN"), status(shop, "SOCK")) == (["withdrawn"] * 3, ["ready"] * 3)
    assert codes(shop, "PEN") == {"PRODUCT_WITHDRAWN"}
    assert dead_letters(shop) == {}

    drop(shop, "again/a.csv", sheet(PENS, SOCKS))

    assert (status(shop, "PEN"), status(shop, "SOCK")) == (["withdrawn"] * 3, ["ready"] * 3)
    assert told(shop, "again/a.csv")["PEN"] == ("unchanged", ["PRODUCT_STAYS_WITHDRAWN"])
    assert json.loads(report_file(shop, "again/a.csv", "summary.json"))["listings"]["SG"] == {"ready": 1, "withdrawn": 1}


RESTORING = {
    "new stock": {"c.csv": sheet({**PENS, "stock": "25"})},
    "a file that lists it": {"restore.csv": "상품코드\nPEN\n".encode()},
    "a Korean file name": {"판매재개.csv": b"PEN"},
    "a sheet that lists it": {"c.xlsx": xlsx_bytes({"상품": own_table(PENS), "restore": [["PEN"]]})},
}
"""How a seller says it -> the file."""


@pytest.mark.parametrize("how", RESTORING)
@pytest.mark.parametrize("gone", ["stock 0", "a file that lists it"])
def test_it_comes_back_when_the_seller_says_so_and_can_leave_again(shop: Stack, gone: str, how: str) -> None:
    """Given a withdrawn product, when it is restored, then every market has it, with no word of withdrawal; and it may leave again."""
    ((leave, data),) = WITHDRAWING[gone].items()
    drop(shop, leave, data)
    ((name, restore),) = RESTORING[how].items()
    drop(shop, name, restore)

    assert status(shop, "PEN") == ["ready"] * 3
    assert codes(shop, "PEN") == set()

    drop(shop, f"second/{leave}", data)
    assert status(shop, "PEN") == ["withdrawn"] * 3


@pytest.mark.parametrize("changed", [{"판매상태": "N"}, {"진열상태": "N"}], ids=["not on sale", "not displayed"])
def test_a_cafe24_status_withdraws(stack: Stack, changed: dict[str, str]) -> None:
    """Given a Cafe24 form, when a product is taken off sale or display in it, then it leaves every market; switched on, it comes back."""
    row = {**CAFE24_ROW, "상품코드": "P00000AB", "이미지등록(상세)": "a.jpg", "이미지등록(목록)": "a.jpg"}
    stack.upload(f"{SELLER}/a.jpg", picture())
    drop(stack, "a.csv", csv_bytes(table(CAFE24_FORM, row)))
    before = status(stack, "P00000AB")

    drop(stack, "b.csv", csv_bytes(table(CAFE24_FORM, {**row, **changed})))
    assert "withdrawn" not in before
    assert status(stack, "P00000AB") == ["withdrawn"] * 3
    assert told(stack, "b.csv")["P00000AB"][1][-1] == "PRODUCT_WITHDRAWN"

    drop(stack, "c.csv", csv_bytes(table(CAFE24_FORM, {**row, "판매가": "6900.00"})))
    assert status(stack, "P00000AB") == before


def test_a_code_that_nobody_knows_is_told(shop: Stack) -> None:
    """Given a list with a mistyped code, when it is dropped, then that code is told, and the others are withdrawn."""
    drop(shop, "withdraw.csv", b"sku\nPEN\nPENN\n")

    assert told(shop, "withdraw.csv") == {"PEN": ("product", []), "PENN": ("rejected", ["LIST_CODE_UNKNOWN"])}
    assert (status(shop, "PEN"), status(shop, "SOCK")) == (["withdrawn"] * 3, ["ready"] * 3)
    assert "'PENN'" in report_file(shop, "withdraw.csv", "findings.csv")


def test_a_list_too_long_to_be_kept_is_refused(shop: Stack) -> None:
    """Given a list of more codes than an upload holds, when it is dropped, then it is refused as a whole, with advice."""
    shop.upload(f"{SELLER}/withdraw.csv", "\n".join(f"CODE-{number:012d}" for number in range(20_000)).encode())
    shop.pump()
    found = CatalogTable(shop.tables["CatalogTable"]).current_upload(SELLER, f"{SELLER}/withdraw.csv")

    assert found
    assert (found.state, [finding.code for finding in found.findings]) == (UploadState.REJECTED, ["FILE_TOO_LARGE"])
    assert dead_letters(shop) == {}


def test_a_list_that_meets_a_product_in_work_waits_for_it(stack: Stack) -> None:
    """Given a product whose steps are not done, when it is listed, then it ends up withdrawn, and both uploads are reported."""
    stack.upload(f"{SELLER}/a.jpg", picture())
    stack.upload(f"{SELLER}/a.csv", sheet(PENS))
    for queue in ("ReceiveUploadQueue", "ReceiveUploadQueue", "ReceiveUploadChunkQueue"):
        stack._deliver(queue, stack._receive(queue, 10))
    drop(stack, "withdraw.csv", b"PEN")

    assert status(stack, "PEN") == ["withdrawn"] * 3
    assert (upload(stack, "a.csv").state, upload(stack, "withdraw.csv").state) == (UploadState.DONE, UploadState.DONE)


def test_withdrawn_listings_are_counted_on_the_page(shop: Stack) -> None:
    """Given a withdrawn product, when its upload is reported, then the page counts it; a page without any says nothing of it."""
    drop(shop, "b.csv", sheet({**PENS, "stock": "0"}))

    assert '<div class="withdrawn">' in report_file(shop, "b.csv", "report.html")
    assert '<div class="withdrawn">' not in report_file(shop, "a.csv", "report.html")


def test_twice_is_once() -> None:
    """Given withdrawals and returns by row and by list, when every delivery happens twice, then the same bytes are there."""
    held = []
    for kind in (Stack, TwiceStack):
        with kind() as stack:
            stack.live_on(DAY)
            refresh(stack)
            stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
            stack.pump()
            stack.upload(f"{SELLER}/a.jpg", picture())
            drop(stack, "a.csv", sheet(PENS, SOCKS))
            drop(stack, "withdraw.csv", b"PEN\nNOBODY")
            drop(stack, "b.csv", sheet({**SOCKS, "stock": "0"}))
            drop(stack, "restore.csv", b"PEN\nSOCK")
            held.append(TIME.sub("TIME", repr(everything(stack))))
            assert (status(stack, "PEN"), status(stack, "SOCK")) == (["ready"], ["ready"])

    assert held[0] == held[1]


@pytest.fixture
def store() -> Iterator[tuple[Stack, FakeLazada]]:
    """A shop whose products go to a marketplace's gateway."""
    gateway = FakeLazada()
    with serve(gateway) as address, Stack({"MarketplaceSecretsName": "withdrawals/marketplaces", "LazadaEndpoint": address}) as stack:
        sellers = {"900000123": {"seller_id": SELLER, "access_token": gateway.access_token, "publish": True}}
        account = {"app_key": gateway.app_key, "app_secret": gateway.app_secret, "sellers": sellers}
        stack.keep_secret("withdrawals/marketplaces", {"lazada": account})
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", picture())
        stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
        drop(stack, "a.csv", sheet(PENS, SOCKS))
        yield stack, gateway


def test_the_marketplace_is_told(store: tuple[Stack, FakeLazada]) -> None:
    """Given products in a marketplace's store, when one is listed to be withdrawn, then it alone is switched off there, and on again."""
    stack, gateway = store
    before = sorted(item["status"] for item in gateway.items.values())
    drop(stack, "withdraw.csv", b"PEN")
    withdrawn = {item["Skus"]["Sku"][0]["SellerSku"]: item["status"] for item in gateway.items.values()}
    drop(stack, "restore.csv", b"PEN")
    restored = {item["Skus"]["Sku"][0]["SellerSku"]: item["status"] for item in gateway.items.values()}

    assert before == ["Pending QC", "Pending QC"]
    assert sum("deactivate" in path for path in gateway.calls) == 1
    assert withdrawn == {"PEN": "InActive", "SOCK": "Pending QC"}
    assert restored == {"PEN": "Active", "SOCK": "Pending QC"}
