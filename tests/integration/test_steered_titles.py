"""Titles follow what buyers type: from the dropped report to the listing, and back by one row of the seller's."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.run import play_auto
from onestop.adapters import aws
from onestop.adapters.tables.demand import DemandTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.demand.steered import is_held_out
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.conftest import DAY, refresh
from tests.support.catalogue import PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters, items
from tests.support.watched_stack import WatchedStack

FREE = [sku for sku in (f"S-{number}" for number in range(40)) if not is_held_out(SELLER, sku, "VN")]
TEE, CUP, PEN, SOCKS = FREE[:4]
HELD = next(sku for sku in (f"H-{number}" for number in range(40)) if is_held_out(SELLER, sku, "VN"))
REST = "12900,3900,310,260"
ROWS = [
    f"{TEE},여성 코튼 반팔 티셔츠,{REST},패션>티셔츠,a.jpg", f"{CUP},스테인리스 텀블러 500ml,{REST},주방>텀블러,a.jpg",
    f"{PEN},젤펜 0.5mm 12색 세트,{REST},문구>젤펜,a.jpg", f"{SOCKS},순면 양말 10켤레,{REST},패션>양말,a.jpg",
    f"{HELD},여성 린넨 반팔 티셔츠,{REST},패션>티셔츠,a.jpg",
]  # fmt: skip
REPORT = "keyword,volume\náo phông,9000\náo thun,100\ncốc giữ nhiệt,9000\nvớ,5000\náo phông nike,99999\nkim 010-1234-5678,9\n"


@pytest.fixture(scope="module")
def stack() -> Iterator[WatchedStack]:
    """A shop with five products in Singapore and Vietnam; people wrote the socks' Vietnamese name."""
    with WatchedStack() as running:
        running.live_on(DAY)
        refresh(running)
        running.upload(f"{SELLER}/settings.json", b'{"markets": ["SG", "VN"]}')
        running.upload(f"{SELLER}/a.jpg", min(PICTURES, key=lambda path: path.stat().st_size).read_bytes())
        running.upload(f"{SELLER}/overrides.csv", f"sku,locale,field,value\n{SOCKS},vi,title,Tất 10 đôi cotton nguyên chất".encode())
        running.upload(f"{SELLER}/a.csv", catalogue(*ROWS))
        running.pump()
        yield running


def listings(stack: WatchedStack, market: str = "VN") -> dict[str, Listing]:
    """SKU -> its listing."""
    table = ListingsTable(stack.tables["ListingsTable"])
    skus = (TEE, CUP, PEN, SOCKS, HELD)
    return {sku: known[market].listing for sku in skus if market in (known := table.of_product(SELLER, sku))}


def asked(stack: WatchedStack, report: str) -> Counter[str]:
    """SKU -> how many texts a report has written again; every command of the sweep comes twice."""
    before = len(stack.delivered)
    stack.upload("VN/kw.csv", report.encode(), bucket="DemandBucket")
    stack.pump()
    (sweep,) = (body for function, body, _ in stack.delivered[before:] if '"SteerTitles"' in body and function == "AdaptTextFunction")
    aws.client("sqs").send_message(QueueUrl=stack.queues["AdaptTextSweepQueue"], MessageBody=sweep)
    stack.pump()
    told = {json.loads(body)["event_id"]: json.loads(body)["sku"] for _, body, _ in stack.delivered[before:] if '"AdaptText"' in body}
    return Counter(told.values())


def test_a_report_changes_the_titles_that_it_is_about_and_no_other(stack: WatchedStack) -> None:
    """Given a report, when it is dropped, then what buyers call otherwise is renamed with a reason, people's words and others stay."""
    before, elsewhere = listings(stack), listings(stack, "SG")
    touched = asked(stack, REPORT)
    after = listings(stack)

    assert (after[TEE].title, after[CUP].title) == ("Áo phông tay ngắn cotton nữ", "Cốc giữ nhiệt inox 500ml")
    assert {sku: after[sku].title for sku in (PEN, SOCKS, HELD)} == {sku: before[sku].title for sku in (PEN, SOCKS, HELD)}
    assert {sku: one.title for sku, one in listings(stack, "SG").items()} == {sku: one.title for sku, one in elsewhere.items()}
    assert touched == {TEE: 1, CUP: 1, SOCKS: 1, HELD: 1}
    assert "áo thun" in after[TEE].keywords[:2]
    assert not any("nike" in word for one in after.values() for word in one.keywords)
    (reason,) = [finding for finding in after[TEE].findings if finding.code == "TITLE_STEERED"]
    assert "'áo thun tay ngắn' 대신 'áo phông tay ngắn'" in reason.message_ko
    assert "'áo phông'" in reason.message_ko
    assert before[TEE].title in reason.message_ko
    assert {sku: one.status for sku, one in after.items()} == {sku: one.status for sku, one in before.items()}
    assert dead_letters(stack) == {}


def test_the_same_again_touches_nothing_and_a_new_report_only_what_it_changes(stack: WatchedStack) -> None:
    """Given a shop that follows a report, when it comes again, and when one word changes, then calls go to that word's listings only."""
    asked(stack, REPORT)
    state = items(stack, "AdaptationsTable")
    assert asked(stack, REPORT) == {}
    assert asked(stack, REPORT.replace("9000", "8000")) == {}
    assert items(stack, "AdaptationsTable") == state

    assert asked(stack, REPORT.replace("cốc giữ nhiệt,9000", "cốc giữ nhiệt,1\nly giữ nhiệt,9000")) == {CUP: 1}
    assert listings(stack)[CUP].title == "Cốc giữ nhiệt inox 500ml", "a title changes at most once in fourteen days"


def test_one_row_takes_it_back(stack: WatchedStack) -> None:
    """Given a steered title, when the seller writes off, then the former title stands and stays; a blank lets it follow again."""
    asked(stack, REPORT)
    for value, title in (("off", "Áo thun tay ngắn cotton nữ"), ("", "Áo phông tay ngắn cotton nữ")):
        stack.upload(f"{SELLER}/overrides.csv", f"sku,market,field,value\n{TEE},VN,title_steering,{value}".encode())
        stack.pump()
        assert listings(stack)[TEE].title == title
        asked(stack, REPORT.replace("9000", f"900{len(value)}"))
        assert listings(stack)[TEE].title == title


def test_a_report_by_product_is_compared_with_what_was_held_out(stack: WatchedStack) -> None:
    """Given figures by product, when they come after the titles changed, then both sides are counted, and few are said to be few."""
    asked(stack, REPORT)
    day = datetime.now(UTC).date()
    rows = "\n".join(f'{sku},"1,200",40,3' for sku in (TEE, PEN, HELD))
    for days, sides in (("2026-01-01_2026-01-31", (0, 0)), (f"{day}_{day}", (1, 1))):
        report = f"seller sku,impressions,clicks,orders\n{rows}\n".encode()
        stack.upload(f"VN/traffic/{SELLER}/{days}.csv", report, bucket="DemandBucket")
        stack.pump()
        told = DemandTable(stack.tables["CatalogTable"]).uplifts("VN", SELLER)
        assert [(one.steered, one.held_out, one.verdict) for one in told] == [(*sides, "not_enough_data")] * 2
    assert dead_letters(stack) == {}


def test_markets_are_chosen_by_what_the_catalogue_fits(stack: WatchedStack, tmp_path: Path) -> None:
    """Given keyword reports of two markets, when an upload goes where it fits, then it stays in the market that searches for it."""
    for market, words in (("VN", "áo thun,900"), ("SG", "vacuum cleaner,900")):
        (tmp_path / "demand" / market).mkdir(parents=True)
        (tmp_path / "demand" / market / "kw.csv").write_text(f"keyword,volume\n{words}\n", encoding="utf-8")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/a.csv").write_bytes(catalogue(ROWS[0]))
    (tmp_path / "shop/a.jpg").write_bytes(PICTURES[0].read_bytes())
    outcome, chosen = play_auto(
        stack, tmp_path / "shop", seller_id="auto-shop", demand=tmp_path / "demand", out=tmp_path / "out", progress=lambda *_: None
    )

    assert chosen == ("VN",)
    assert [(one["market"], one["fitting"]) for one in outcome.summary["market_fit"]] == [("VN", 1), ("SG", 0)]
    known = ListingsTable(stack.tables["ListingsTable"]).of_product("auto-shop", TEE)
    assert {market for market, one in known.items() if one.listing.status is not ListingStatus.WITHDRAWN} == {"VN"}
