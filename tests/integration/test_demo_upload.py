"""The demo upload through the real template: what comes out, exactly."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from local.stack import Stack
from tests.conftest import ROOT
from tests.support.stack_state import dead_letters, items, logged, objects

READY, REVIEW, BLOCKED = "ready", "needs_review", "blocked"


def report_file(stack: Stack, name: str) -> bytes:
    """One file of the demo upload's results."""
    (found,) = [data for key, data in objects(stack, "ResultsBucket", "demo-seller/uploads/").items() if key.endswith(f"/{name}")]
    return found


def listings(stack: Stack, market: str) -> dict[str, dict[str, object]]:
    """SKU -> listing of one market, out of the JSON Lines file."""
    lines = report_file(stack, f"listings/{market}.jsonl").decode().splitlines()
    return {listing["sku"]: listing for listing in map(json.loads, lines)}


def test_every_row_becomes_a_product_and_nothing_is_dead(demo: Stack) -> None:
    """All 33 rows become products, no message is left anywhere, none is dead."""
    summary = json.loads(report_file(demo, "summary.json"))

    assert summary["products"] == 33
    assert summary["outcomes"] == {"product": 33}
    assert dead_letters(demo) == {}
    assert [queue for queue in demo.queues if demo.waiting(queue)] == []


@pytest.mark.parametrize(
    ("market", "expected"),
    [
        ("SG", {READY: 26, REVIEW: 3, BLOCKED: 4}),
        ("TH", {READY: 25, REVIEW: 4, BLOCKED: 4}),
        ("VN", {READY: 25, REVIEW: 4, BLOCKED: 4}),
    ],
)
def test_counts_per_market(demo: Stack, market: str, expected: dict[str, int]) -> None:
    """Ready, to be reviewed and blocked are exactly these, market by market."""
    assert json.loads(report_file(demo, "summary.json"))["listings"][market] == dict(sorted(expected.items()))


@pytest.mark.parametrize(
    ("sku", "code", "cell"),
    [
        ("KI-504", "WEIGHT_MISSING", "H25"),
        ("XX-902", "PRICE_PLACEHOLDER", "E35"),
        ("ST-803", "PICTURE_TOO_SMALL", "P33"),
        ("XX-903", "GOODS_PROHIBITED", "B36"),
    ],
)
def test_each_planted_mistake_blocks_its_product_and_names_the_cell(demo: Stack, sku: str, code: str, cell: str) -> None:
    """The mistakes in the sample hold their products in every market, and point to the seller's cell."""
    for market in ("SG", "TH", "VN"):
        listing = listings(demo, market)[sku]
        found = [finding for finding in listing["findings"] if finding["code"] == code]
        assert listing["status"] == BLOCKED
        assert [finding["cell"] for finding in found] == [cell]
        assert all(finding["message_ko"] and finding["message_en"] for finding in found)


def test_a_promotion_phrase_is_taken_out_and_said(demo: Stack) -> None:
    """The promo-tagged title loses its tag, keeps its words, and the seller is told."""
    listing = listings(demo, "SG")["FA-101"]

    assert listing["title"] == "Women's Oversized Cotton Short-Sleeve T-Shirt"
    assert "무료배송" not in listing["source_title"]
    assert "PROMO_REMOVED" in [finding["code"] for finding in listing["findings"]]


def test_no_hangul_reaches_a_buyer(demo: Stack) -> None:
    """Nothing that a buyer reads in a ready listing holds Hangul."""
    for market in ("SG", "TH", "VN"):
        for listing in listings(demo, market).values():
            shown = {name: listing[name] for name in ("title", "description_html", "highlights", "attributes", "keywords", "variants")}
            text = json.dumps(shown, ensure_ascii=False)
            assert listing["status"] != READY or not any("가" <= char <= "힣" for char in text), (market, listing["sku"], text)


def test_receipts_sum_to_the_price(demo: Stack) -> None:
    """Every price is the exact sum of its receipt's lines."""
    from decimal import Decimal

    for market in ("SG", "TH", "VN"):
        priced = [listing["price"] for listing in listings(demo, market).values() if listing["price"]]
        assert len(priced) == 32
        for price in priced:
            assert sum(Decimal(line["amount"]) for line in price["receipt"]) == Decimal(price["amount"])


def test_markets_share_the_same_pictures(demo: Stack) -> None:
    """Three markets with one spec get one set of pictures, each stored once."""
    shown = [{image["key"] for listing in listings(demo, market).values() for image in listing["images"]} for market in ("SG", "TH", "VN")]
    stored = {key for key in objects(demo, "ResultsBucket", "demo-seller/media/") if "/thumbs/" not in key}

    assert shown[0] == shown[1] == shown[2] == stored
    assert len(stored) == 44


def test_logs_carry_ids_and_no_content(demo: Stack) -> None:
    """No title, description or picture name of the seller is in any log line."""
    text = json.dumps(logged(demo), ensure_ascii=False)
    titles = [json.loads(item["body"])["title"] for (_, sk), item in items(demo, "CatalogTable").items() if sk.startswith("row#")]

    assert len(titles) == 33
    assert [title for title in titles if title in text] == []
    assert "봄 신상품" not in text


def test_the_readable_report_is_one_page(demo: Stack) -> None:
    """The report is there, in Korean, and loads nothing from elsewhere."""
    page = report_file(demo, "report.html").decode()

    assert '<html lang="ko"' in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert (ROOT / "events/uploads/demo-seller").is_dir()


def test_the_sellers_own_workbook_comes_back_marked(demo: Stack) -> None:
    """Beside the report lies the workbook, with a word for each of the 33 products and marks on the planted mistakes."""
    ((key, data),) = [(key, data) for key, data in objects(demo, "ResultsBucket").items() if "/returned/" in key]
    sheet = load_workbook(BytesIO(data))["상품"]

    assert key.endswith("/봄 신상품 (1차)+재고_결과.xlsx")
    assert sum(cell.value is not None for cell in sheet["AG"]) == 34
    assert {cell for cell in ("H25", "E35", "P33", "B36") if sheet[cell].comment} == {"H25", "E35", "P33", "B36"}
