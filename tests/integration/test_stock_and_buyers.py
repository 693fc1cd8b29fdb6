"""One stock over all markets, late reviews, and buyers whose data stays home: through the real template, its gateway switched on."""

import csv
import json
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from local.cli import main
from local.egress import exported, write_ledger
from local.gateway.orders import ADDRESS
from local.gateway.trendyol_calls import BUYER
from local.gateway.trendyol_calls import package as package_of
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.stock import StockTable
from onestop.domain.channels.iop import push_signature
from onestop.domain.channels.verdict import Ruling
from onestop.domain.egress.chain import faults
from onestop.domain.listing.listing import ListingStatus
from onestop.domain.stock.ledger import LineKept, settle
from tests.conftest import ROOT, load_event
from tests.support.catalogue import PENS, SELLER, catalogue
from tests.support.shop import SHOP, Shop, open_shop
from tests.support.stack_state import dead_letters, everything, items, logged, objects
from tests.support.webhooks import KEYS

CANARIES = (
    *ADDRESS.values(),
    *(BUYER["shipmentAddress"][name] for name in ("firstName", "address1", "phone")),
    "100000000042",
    "Örnek",
    "11111111110",
    "5550000000",
    "pf+x7@example.invalid",
)
"""What buyers are called and where they live, in the gateway's replies and in the recorded pushes."""
SAMPLES = sorted(
    (path.parent.name, path.name)
    for path in (ROOT / "events/webhooks").glob("*/*.json")
    if path.parent.name != "trends" and path.name != "published-vector.json"
)
STOCK = {"A-5": 7, "A-7": 5, "A-9": 1, "R-1": 9, "R-2": 8, "R-3": 7, "R-4": 6, "R-5": 5}
"""More products of the shop, each for one test -> pieces."""
NUMBERS = count(58000100)


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop that lists and ships by us."""
    with open_shop("stock", ("SG",), publish=True, ship=True) as opened:
        rows = [
            PENS.replace("A-2", sku).replace(",310,", f",{stock},").replace("12색", f"{12 + 2 * number}색")
            for number, (sku, stock) in enumerate(STOCK.items())
        ]
        opened.stack.upload(f"{SELLER}/more.csv", catalogue(*rows))
        opened.stack.pump()
        yield opened


def metrics(shop: Shop, name: str) -> float:
    """The sum of a metric so far."""
    return sum(float(line[name][0]) for line in logged(shop.stack) if name in line)


def package(shop: Shop, *lines: dict[str, Any], status: str = "Created", number: int | None = None, at: int = 1793340000) -> int:
    """A package is pushed by Trendyol, with its buyer; its number."""
    number = number or next(NUMBERS)
    rows = [{"id": place, "quantity": 1, "price": 100.5, "currencyCode": "TRY", **line} for place, line in enumerate(lines, 1)]
    body = {
        "id": number, "orderNumber": str(number), "status": status, "lastModifiedDate": at * 1000, "lines": rows,
        "customerFirstName": "Ayşe", "customerLastName": "Örnek", "identityNumber": "11111111110",
    }  # fmt: skip
    raw = json.dumps(body).encode()
    assert shop.stack.request("POST", "/webhooks/trendyol", raw, {"X-Api-Key": "invented-key-in-force"}) == (200, "ok")
    return number


def test_two_markets_that_sell_the_last_piece_are_told_apart(shop: Shop) -> None:
    """Given one piece, when two marketplaces sell it before either is told, then one wins, all show 0, and the clash is reported."""
    clashes = metrics(shop, "StockClashes")

    shop.push(shop.order("pending", sku="A-9"))
    number = package(shop, {"merchantSku": "A-9"})
    shop.stack.pump()

    assert set(shop.stock("A-9").values()) == {0}
    assert shop.store.shelf.sku_of("A-9")["sellable"] == 0
    assert metrics(shop, "StockClashes") - clashes == 1
    told = [data.decode() for key, data in objects(shop.stack, "ResultsBucket").items() if key.endswith("findings.csv")]
    assert any("STOCK_OVERSOLD" in text and "A-9" in text for text in told)

    package(shop, {"merchantSku": "A-9"}, status="Cancelled", number=number, at=1793340100)
    shop.stack.pump()
    known = ListingsTable(shop.stack.tables["ListingsTable"]).of_product(SELLER, "A-9")["SG"].listing
    assert [finding.code for finding in known.findings if finding.code == "STOCK_OVERSOLD"] == []
    assert set(shop.stock("A-9").values()) == {0}


def test_orders_that_come_together_make_one_push(shop: Shop) -> None:
    """Given five orders that are counted before the stock is told, when it is told, then each market's store hears of it once."""
    stock = shop.stock()
    for _ in range(5):
        shop.push(shop.order("pending"))
    shop.store.calls.clear()
    while records := shop.stack._receive("ApplyPartnerEventQueue", 10):
        shop.stack._deliver("ApplyPartnerEventQueue", records)
    shop.stack.pump()

    assert {market: have - stock[market] for market, have in shop.stock().items()} == dict.fromkeys(stock, -5)
    assert shop.store.calls.count("/product/stock/sellable/update") == len(stock)


def test_a_line_that_another_worker_came_before_is_counted_on_what_it_left(shop: Shop) -> None:
    """Given two workers that read the same stock, when the slower writes, then it reads again and neither sale is lost."""
    catalog, stock = CatalogTable(shop.stack.tables["CatalogTable"]), StockTable(shop.stack.tables["CatalogTable"])
    before = catalog.product(SELLER, "A-2")
    assert before
    rivals = [LineKept(variant_sku="A-2", market="TH", pieces=1)]

    def come_between(**_: Any) -> None:
        while rivals:
            rival, stored = rivals.pop(), catalog.product(SELLER, "A-2")
            assert stored
            move = settle(None, rival, stored.stock("A-2"))
            assert move
            assert stock.save("a-rival's", "1", move, replaces=None, stored=stored)

    events = aws.client("dynamodb").meta.events
    events.register("before-parameter-build.dynamodb.TransactWriteItems", come_between)
    try:
        shop.push(shop.order("pending"))
        shop.stack.pump()
    finally:
        events.unregister("before-parameter-build.dynamodb.TransactWriteItems", come_between)

    after = catalog.product(SELLER, "A-2")
    assert after
    assert after.sold["A-2"] == before.sold["A-2"] + 2
    assert sum(after.sold_in.values()) == after.sold["A-2"]


def test_a_package_needs_no_call_and_counts_in_any_order(shop: Shop) -> None:
    """Given packages whose lines come with them, when some are cancelled before they are told of, then only what is open is counted."""
    stock = shop.stock()["SG"]
    shop.store.calls.clear()
    package(shop, {"merchantSku": "A-2", "quantity": 3})
    early = package(shop, {"merchantSku": "A-2", "quantity": 2}, status="Cancelled", at=1793340200)
    package(shop, {"merchantSku": "A-2", "quantity": 2}, number=early)
    split = package(shop, {"merchantSku": "A-2", "quantity": 4})
    package(shop, {"merchantSku": "A-2", "quantity": 4}, status="UnPacked", number=split, at=1793340300)
    package(shop, {"merchantSku": "A-2", "quantity": 1})
    shop.stack.pump()

    assert shop.stock()["SG"] == stock - 4
    assert [call for call in shop.store.calls if "order" in call] == []
    assert dead_letters(shop.stack) == {}


@pytest.mark.parametrize(
    ("line", "metric", "sold"),
    [
        ({"merchantSku": "NOBODY'S"}, "OrderLinesOfOtherGoods", 0),
        ({"merchantSku": "A-2", "quantity": -2}, "OrderLinesRefused", 0),
        ({"merchantSku": "A-2", "quantity": 1.5}, "OrderLinesRefused", 0),
        ({"quantity": 1}, "OrderLinesRefused", 0),
        ({"merchantSku": "A-2", "currencyCode": "XAU"}, "OrderLinesOfUnknownCurrency", 1),
    ],
)
def test_an_order_that_cannot_be_taken_as_it_is_has_its_answer(shop: Shop, line: dict[str, Any], metric: str, sold: int) -> None:
    """Given a line that is not ours, is none, or is paid in a currency without a rate, when it comes, then the operator is told which."""
    stock, told, gmv = shop.stock()["SG"], metrics(shop, metric), metrics(shop, "OverseasGmvKrw")
    package(shop, line)
    shop.stack.pump()

    assert shop.stock()["SG"] == stock - sold
    assert metrics(shop, metric) - told == 1
    assert metrics(shop, "OverseasGmvKrw") == gmv
    assert dead_letters(shop.stack) == {}


def test_an_order_for_withdrawn_goods_is_counted_and_the_market_told_once_more(shop: Shop) -> None:
    """Given goods that were taken off, when a store sells them all the same, then the piece counts and the store is told again."""
    shop.stack.upload(f"{SELLER}/withdraw.csv", b"A-7")
    shop.stack.pump()
    hidden, taken_off = metrics(shop, "OrderLinesOfHiddenGoods"), shop.store.calls.count("/product/deactivate")

    shop.push(shop.order("pending", sku="A-7"))
    shop.stack.pump()

    stored = CatalogTable(shop.stack.tables["CatalogTable"]).product(SELLER, "A-7")
    assert stored
    assert stored.sold == {"A-7": 1}
    assert metrics(shop, "OrderLinesOfHiddenGoods") - hidden == 1
    assert shop.store.calls.count("/product/deactivate") > taken_off


def qc(shop: Shop, status: str, at: int, *, item_id: str, reason: str = "") -> None:
    """The marketplace has reviewed an item."""
    data = {"date": at * 1000, "itemId": int(item_id), "reason": reason, "seller_id": int(SHOP), "status": status}
    body = {"seller_id": SHOP, "message_type": 1, "data": data, "timestamp": at, "site": "lazada_sg"}
    assert shop.post(json.dumps(body).encode()) == (200, "ok")
    shop.stack.pump()


def test_a_late_rejection_reaches_the_seller_and_holds_until_something_is_changed(shop: Shop) -> None:
    """Given a listing on sale, when it is rejected later, then it is off with the reason, whatever comes late, until the seller acts."""
    listings = ListingsTable(shop.stack.tables["ListingsTable"])
    known = listings.of_product(SELLER, "A-5")["SG"]
    assert known.holding.item
    item_id = known.holding.item.item_id

    qc(shop, "REJECTED", 1793340500, item_id=item_id, reason="Main image contains text <br/>\u0001")
    qc(shop, "APPROVED", 1793340400, item_id=item_id)
    refused = listings.of_product(SELLER, "A-5")["SG"]
    assert (refused.listing.status, refused.verdict and refused.verdict.ruling) == (ListingStatus.BLOCKED, Ruling.REJECTED)
    (finding,) = [one for one in refused.listing.findings if one.code == "CHANNEL_QC_REJECTED"]
    assert (finding.field, finding.cell) == ("title", "B2")
    assert "Main image contains text" in finding.message_ko
    told = [data.decode() for key, data in objects(shop.stack, "ResultsBucket").items() if key.endswith("findings.csv")]
    assert any("CHANNEL_QC_REJECTED" in text and "Main image contains text" in text for text in told)

    package(shop, {"merchantSku": "A-5"})  # another stock is no other listing
    shop.stack.pump()
    assert listings.of_product(SELLER, "A-5")["SG"].listing.status is ListingStatus.BLOCKED
    shop.stack.upload(f"{SELLER}/overrides.csv", b"sku,locale,field,value\nA-5,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    shop.stack.pump()
    assert listings.of_product(SELLER, "A-5")["SG"].listing.status is ListingStatus.READY
    qc(shop, "APPROVED", 1793340900, item_id="7799999999")  # not ours
    assert dead_letters(shop.stack) == {}


def test_a_report_is_written_anew_where_a_review_changes_it(shop: Shop) -> None:
    """Given an item that is approved, refused and approved, when each is told, then the report is written for the last two alone."""
    known = ListingsTable(shop.stack.tables["ListingsTable"]).of_product(SELLER, "A-7")["SG"]
    assert known.holding.item
    written = []
    for status, at in (("APPROVED", 1793340600), ("REJECTED", 1793340700), ("APPROVED", 1793340800)):
        before = shop.stack.meter.sent["ReportUploadQueue"]
        qc(shop, status, at, item_id=known.holding.item.item_id, reason="blurred")
        written.append(shop.stack.meter.sent["ReportUploadQueue"] > before)
    assert written == [False, True, True]


def ask(shop: Shop, order_id: str, partner: str = "lazada", market: str = "SG", **said: str) -> Any:
    """An operator invokes the buyers' function."""
    order = {"partner": partner, "seller_id": SELLER, "market": market, "order_id": order_id}
    return shop.stack.invoke("KeepBuyerFunction", {"read": order, **said})


def test_a_recipient_is_kept_once_sealed_and_given_to_who_says_why(shop: Shop) -> None:
    """Given an order to ship, when it was counted, then its recipient is sealed; who reads it is written down, without a word of it."""
    order_id = shop.order("pending")
    shop.store.calls.clear()
    for at in (1793340000, 1793340001):
        shop.push(order_id, at=at)
        shop.stack.pump()
    assert shop.store.calls.count("/order/get") == 1
    rows = repr(items(shop.stack, "BuyersTable"))
    assert [word for word in CANARIES if word in rows] == []

    signals = [json.loads(row["body"]) for row in items(shop.stack, "SignalsTable").values()]
    assert {(one["seller"], one["market"], one["group"]) for one in signals} == {(SELLER, "SG", "")}
    assert {one["keyword"] for one in signals} == {"gel pen"}
    assert len({one["buyer"] for one in signals}) == 1
    assert [word for word in (*CANARIES, order_id) if word in repr(items(shop.stack, "SignalsTable"))] == []

    found = ask(shop, order_id, operator="kim", reason="label lost")
    assert (found["name"], found["phone"], found["lines"]) == ("Mei Ling Tan", ADDRESS["phone"], [ADDRESS["address1"]])
    (line,) = [one for one in logged(shop.stack) if one.get("message") == "buyer_read"]
    assert (line["operator"], line["reason"], line["fields"]) == ("kim", "label lost", ["name", "phone", "lines"])
    assert ask(shop, "880000000000999", operator="kim", reason="a wrong number") == {}
    with pytest.raises(ValueError, match="who asks"):
        ask(shop, order_id, operator="kim")


def test_a_recipient_of_a_package_is_kept_as_well(shop: Shop) -> None:
    """Given a package to ship, when it was counted, then its recipient is read from Trendyol once and kept sealed, like any other."""
    number = next(NUMBERS)
    shop.bazaar.calls.clear()
    shop.bazaar.orders[str(number)] = package_of(str(number), "8809000000017", "A-2", 100.5, at_s=1793340000)
    for at in (1793340000, 1793340001):
        package(shop, {"merchantSku": "A-2"}, number=number, at=at)
        shop.stack.pump()

    assert shop.bazaar.calls.count("GET orders") == 1
    rows = repr(items(shop.stack, "BuyersTable"))
    assert [word for word in CANARIES if word in rows] == []
    found = ask(shop, str(number), "trendyol", "TR", operator="kim", reason="label lost")
    assert (found["name"], found["lines"], found["city"], found["country"]) == ("Ayşe Yılmaz", ["Lale Sk. 5"], "İstanbul", "TR")
    *_, called = (row for row in exported(shop.stack).rows if row.partner == "trendyol")
    assert (called.who, called.purpose, called.fields, called.refused) == ("keep_buyer", "GET orders", ("orderNumber",), ())


def test_no_word_of_a_buyer_is_anywhere_but_in_the_buyers_table(shop: Shop) -> None:
    """Given buyers in every recorded push and every reply, when all is quiet, then no table, object, message, log or call holds them."""
    for partner, name in SAMPLES:
        body, headers = _with_a_buyer(partner, load_event(f"webhooks/{partner}/{name}"))
        assert shop.stack.request("POST", f"/webhooks/{partner}", body, headers) == (200, "ok")
    shop.push(shop.order("pending"))
    shop.stack.pump()

    held = {name: rows for name, rows in everything(shop.stack).items() if name != "BuyersTable"}
    told = repr(held) + shop.stack.logs.getvalue() + repr(shop.stack.delivered) + repr(shop.store.sent)  # type: ignore[attr-defined]
    assert items(shop.stack, "BuyersTable")
    assert [word for word in CANARIES if word in told] == []


def _with_a_buyer(partner: str, push: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """A recorded push that tells of its buyer wherever there is room, sent just now; Trendyol's does so by itself."""
    if partner == "trendyol":
        return push["body"].encode(), push["headers"]
    message = json.loads(push["body"], strict=False)
    message |= {"timestamp": 1793361600, **ADDRESS, "buyer_id": CANARIES[-5]}
    if isinstance(message.get("data"), dict):
        message["data"] |= {**ADDRESS, "buyer": {**ADDRESS}, "buyer_id": CANARIES[-5]}
    body = json.dumps(message).encode()
    keys = KEYS[partner]
    return body, {"Authorization": push_signature(keys["app_key"], keys["app_secrets"][0], body)}


def test_every_call_to_the_marketplace_is_in_the_ledger_and_a_forged_row_is_found(shop: Shop) -> None:
    """Given all that was called, when the ledger is exported, then each call has its row, whole; one changed, cut or lost row shows."""
    shop.push(shop.order("pending"))
    shop.store.calls.clear()
    before = len(exported(shop.stack).rows)
    shop.stack.pump()
    ledger = exported(shop.stack)

    assert len(ledger.rows) - before == len(shop.store.calls)
    assert faults(ledger.rows, ledger.heads) == []
    assert {row.who for row in ledger.rows} == {"publish_listing", "apply_partner_event", "keep_buyer"}
    assert not any(row.refused for row in ledger.rows)
    forged = [ledger.rows[0].model_copy(update={"purpose": "/order/get"}), *ledger.rows[1:]]
    assert [fault.kind for fault in faults(forged, ledger.heads)] == ["changed"]
    assert faults(ledger.rows[:-1], ledger.heads) != []
    assert len(ledger.heads) == 3


def test_the_command_finds_what_was_done_to_an_export(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given an exported ledger, when a row is changed, cut out or moved, or a whole stream is gone, then the command says so and fails."""
    path, heads = tmp_path / "egress.jsonl", tmp_path / "heads.json"
    assert write_ledger(shop.stack, path) > 10
    assert main(["verify-egress", str(path), "--heads", str(heads)]) == 0
    lines = path.read_text().splitlines(keepends=True)
    stream = json.loads(lines[0])["pk"]
    for told, forged in {
        "바뀌었습니다": [lines[0].replace("lazada", "nobody"), *lines[1:]], "없어졌습니다": [*lines[:1], *lines[2:]],
        "자리가": [lines[1], lines[0], *lines[2:]], "잘렸습니다": [line for line in lines if json.loads(line)["pk"] != stream],
    }.items():  # fmt: skip
        path.write_text("".join(forged))
        capsys.readouterr()
        assert (told, main(["verify-egress", str(path), "--heads", str(heads)])) == (told, 1)
        assert told in capsys.readouterr().out
    scanned = {
        "Items": [
            {name: {"S" if isinstance(value, str) else "N": str(value)} for name, value in json.loads(line).items()} for line in lines
        ]
    }
    path.write_text(json.dumps(scanned))
    assert main(["verify-egress", str(path)]) == 0
    path.write_text("no ledger")
    assert main(["verify-egress", str(path)]) == 2


def reconcile(shop: Shop) -> dict[str, list[list[str]]]:
    """A night's run; market -> rows of the seller's table."""
    assert shop.stack.fire(shop.stack.wiring.schedule_of("ReconcileFunction")) == {"stores": 1}
    shop.stack.pump()
    found = objects(shop.stack, "ResultsBucket", f"{SELLER}/reconcile/")
    return {key[-6:-4]: list(csv.reader(data.decode("utf-8-sig").splitlines()))[1:] for key, data in found.items()}


def test_a_night_heals_what_is_safe_and_reports_the_rest(shop: Shop) -> None:
    """Given a store that differs in every way, when it is compared, then what is safe is told again, and of the rest the seller hears."""
    shelf = shop.store.shelf
    item_of = {sku["SellerSku"]: number for number, item in shelf.items.items() for sku in item["Skus"]["Sku"]}
    shelf.items[item_of["R-1"]]["Attributes"]["name"] = "Somebody else wrote this"
    shelf.sku_of("R-2")["price"] = "0.10"
    shelf.sku_of("R-3")["sellable"] = 70
    shelf.sku_of("R-4")["sellable"] = 2
    number, by_hand = shelf.put(
        {**shelf.items[item_of["R-1"]], "Skus": {"Sku": [{"SellerSku": "BY-HAND", "price": "5.00", "quantity": "1"}]}}
    )
    shelf.items["7799000001"] = by_hand
    del shelf.items[number]
    del shelf.items[item_of["R-5"]]

    told = {(row[1], row[3]): (row[4], row[5], row[6]) for row in reconcile(shop)["SG"]}

    assert told["R-1", "text"][1:] == ("Somebody else wrote this", "True")
    assert told["R-2", "price"][1:] == ("0.1", "True")
    assert told["R-3", "stock"] == ("7", "70", "True")
    assert told["R-4", "stock"] == ("6", "2", "False")
    assert told["R-5", "missing"][2] == "True"
    assert told["BY-HAND", "extra"][2] == "False"
    assert shelf.items[item_of["R-1"]]["Attributes"]["name"] != "Somebody else wrote this"
    assert (shelf.sku_of("R-2")["price"], shelf.sku_of("R-3")["sellable"], shelf.sku_of("R-4")["sellable"]) != ("0.10", 70, 2)
    assert shelf.sku_of("R-5")["sellable"] == 5
    assert metrics(shop, "StoreDifferences") > 0
    left = {(row[1], row[3]) for row in reconcile(shop)["SG"]}
    assert left & set(told) == {("R-4", "stock"), ("BY-HAND", "extra")}
    assert dead_letters(shop.stack).keys() <= {"ApplyPartnerEventDlq"}


def test_a_store_that_is_not_given_to_its_end_misses_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a marketplace that gives two items of each moment and no more, when the store is compared, then no listing is called gone."""
    monkeypatch.setattr("onestop.adapters.marketplaces.lazada.ITEMS_A_PAGE", 2)
    monkeypatch.setattr("onestop.adapters.marketplaces.lazada.LAST_OFFSET", 0)
    monkeypatch.setattr("onestop.domain.reconcile.place.BEGAN_S", int(time.time()) - 8)
    for item in shop.store.items.values():
        item["created_s"] = time.time() - 3
    rows = reconcile(shop)["SG"]
    assert [row for row in rows if row[3] in {"missing", "unread"}] == [["SG", "", "", "unread", "", "> 2", "False"]]
