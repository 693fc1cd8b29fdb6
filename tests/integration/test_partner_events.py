"""Orders through the real template: counted once, private, and finished whatever fails."""

import json
from collections.abc import Iterator

import pytest

from onestop.adapters.tables.rates import RatesTable
from tests.support.catalogue import PENS, SELLER, catalogue
from tests.support.shop import SHOP, Shop, open_shop, push_body
from tests.support.stack_state import dead_letters, everything, logged, objects

BUYER = ("Mei Ling", "6581234567", "Bedok North", "100000000042")
"""What the marketplace tells of the buyer in every order line."""


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop that all tests of this module share; each brings its own orders and looks at what they change."""
    with open_shop("orders") as opened:
        yield opened


def less(stock: dict[str, int], pieces: int) -> dict[str, int]:
    """The stock after some pieces were sold."""
    assert sorted(stock) == ["SG", "TH", "VN"]
    return {market: have - pieces for market, have in stock.items()}


def feeds(shop: Shop) -> dict[str, bytes]:
    """What each channel was last told."""
    return {key: data for key, data in objects(shop.stack, "ResultsBucket").items() if "/feed/" in key}


def gmv(shop: Shop) -> list[float]:
    """Every emitted figure of overseas sales in won."""
    return [float(metric["OverseasGmvKrw"][0]) for metric in logged(shop.stack) if "OverseasGmvKrw" in metric]


def test_an_order_takes_one_piece_off_every_market(shop: Shop) -> None:
    """Given a signed order push, when it is worked on, then stock falls by one everywhere, channels are told, sales are counted."""
    stock, told, sales = shop.stock(), feeds(shop), gmv(shop)
    rate = RatesTable(shop.stack.tables["RatesTable"]).in_force("SGD")
    assert rate

    assert shop.push(shop.order("pending")) == (200, "ok")
    shop.stack.pump()

    assert shop.stock() == less(stock, 1)
    assert [key for key, data in feeds(shop).items() if told[key] != data] == sorted(told)
    assert all(json.loads(data)["variants"][0]["stock"] == stock["SG"] - 1 for data in feeds(shop).values())
    assert gmv(shop)[len(sales) :] == [round(float(rate.rate) * 12.9)]
    assert dead_letters(shop.stack) == {}


def test_the_same_order_told_often_and_in_any_order_counts_once(shop: Shop) -> None:
    """Given one order's pushes repeated and reordered, when all are worked on, then its two pieces went once."""
    stock, sales, order_id = shop.stock(), gmv(shop), shop.order("ready_to_ship", "ready_to_ship")

    for status, at in (("ready_to_ship", 1793340900), ("packed", 1793340600), ("pending", 1793340000), ("ready_to_ship", 1793340900)):
        assert shop.push(order_id, status, at)[0] == 200
        shop.stack.pump()

    assert shop.stock() == less(stock, 2)
    assert len(gmv(shop)) - len(sales) == 1


def test_every_message_of_an_order_delivered_twice_counts_once(shop: Shop) -> None:
    """Given a queue that delivers its message again after it was done, when it comes, then nothing is sold twice."""
    stock, order_id = shop.stock(), shop.order("pending")
    shop.push(order_id)
    records = shop.stack._receive("ApplyPartnerEventQueue", 1)

    for _ in range(2):
        assert shop.stack.invoke("ApplyPartnerEventFunction", {"Records": records}) == {"batchItemFailures": []}
    shop.stack._deliver("ApplyPartnerEventQueue", records)
    shop.stack.pump()

    assert shop.stock() == less(stock, 1)


def test_a_cancelled_order_gives_its_piece_back_once(shop: Shop) -> None:
    """Given an order that was counted, when it is cancelled and told of twice, then the stock is what it was before."""
    stock, order_id = shop.stock(), shop.order("pending", "pending")
    shop.push(order_id)
    shop.stack.pump()
    assert shop.stock() == less(stock, 2)

    shop.become(order_id, "canceled", "pending")
    for at in (1793341000, 1793341001):
        shop.push(order_id, "canceled", at)
        shop.stack.pump()

    assert shop.stock() == less(stock, 1)


def test_a_cancelled_order_that_was_never_counted_gives_nothing_back(shop: Shop) -> None:
    """Given an order that was cancelled before we heard of it, when its pushes come in any order, then stock stays."""
    stock, order_id = shop.stock(), shop.order("canceled")

    for status, at in (("canceled", 1793341000), ("pending", 1793340000), ("unpaid", 1793339000)):
        shop.push(order_id, status, at)
        shop.stack.pump()

    assert shop.stock() == stock


def test_a_late_push_after_the_cancellation_does_not_sell_again(shop: Shop) -> None:
    """Given an order that was counted and cancelled, when an older push comes late, then the piece stays there."""
    stock, order_id = shop.stock(), shop.order("pending")
    shop.push(order_id, "topack", 1793340300)
    shop.stack.pump()
    shop.become(order_id, "canceled")
    shop.push(order_id, "canceled", 1793341000)
    shop.stack.pump()

    shop.push(order_id, "pending", 1793340000)
    shop.stack.pump()

    assert shop.stock() == stock


def test_an_unpaid_order_holds_nothing(shop: Shop) -> None:
    """Given an order that nobody paid yet, when its push comes, then stock stays; once it is pending, the piece goes."""
    stock, order_id = shop.stock(), shop.order("unpaid")
    shop.push(order_id, "unpaid")
    shop.stack.pump()
    assert shop.stock() == stock

    shop.become(order_id, "pending")
    shop.push(order_id, "pending", 1793340001)
    shop.stack.pump()
    assert shop.stock() == less(stock, 1)


@pytest.mark.parametrize("later", ["pending", "shipped", "delivered"])
def test_an_order_that_met_an_outage_waits_and_a_redrive_counts_it(shop: Shop, later: str) -> None:
    """Given a gateway that fails at every try, when the message has died and is redriven, then the sale counts, however far it is by then."""
    stock, order_id = shop.stock(), shop.order("pending")
    allowed = shop.stack.wiring.resources["ApplyPartnerEventQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"]
    for _ in range(allowed):
        shop.store.fail_next("/order/items/get", "ServiceTimeout")
    shop.stack.delivered.clear()

    assert shop.push(order_id)[0] == 200
    shop.stack.pump()
    receives = [times for function, _, times in shop.stack.delivered if function == "ApplyPartnerEventFunction"]
    assert receives == list(range(1, allowed + 1))
    assert dead_letters(shop.stack) == {"ApplyPartnerEventDlq": 1}
    assert shop.stock() == stock

    shop.become(order_id, later)
    assert shop.stack.redrive("ApplyPartnerEventDlq") == 1
    shop.stack.pump()
    assert dead_letters(shop.stack) == {}
    assert shop.stock() == less(stock, 1)


def test_one_failed_try_is_made_good_by_the_next(shop: Shop) -> None:
    """Given a gateway that fails once after it answered, when the queue delivers again, then the order counts once."""
    stock = shop.stock()
    shop.store.fail_next("/order/items/get", "ServiceTimeout", after_commit=True)

    shop.push(shop.order("pending"))
    shop.stack.pump()

    assert shop.stock() == less(stock, 1)
    assert dead_letters(shop.stack) == {}


def test_stock_never_falls_below_zero(shop: Shop) -> None:
    """Given more pieces sold than there are, when the order is counted, then zero is shown, and a return counts against the debt."""
    shop.stack.upload(f"{SELLER}/few.csv", catalogue(PENS.replace("A-2", "A-9").replace(",310,", ",1,")))
    shop.stack.pump()
    order_id = shop.order("pending", "pending", sku="A-9")
    shop.push(order_id)
    shop.stack.pump()
    assert shop.stock("A-9") == {"SG": 0, "TH": 0, "VN": 0}

    shop.become(order_id, "canceled", "pending")
    shop.push(order_id, "canceled", 1793341000)
    shop.stack.pump()
    assert shop.stock("A-9") == {"SG": 0, "TH": 0, "VN": 0}


def test_pushes_that_are_not_orders_are_kept_and_change_no_stock(shop: Shop) -> None:
    """Given pushes of other kinds and of unknown ones, when they come, then each is answered 200 and nothing is dead."""
    stock = shop.stock()
    for message_type in (1, 3, 4, 6, 8, 10, 12, 14, 21, 99, None):
        body = {
            "seller_id": SHOP,
            "message_type": message_type,
            "data": {"item_id": 77, "buyer_name": BUYER[0]},
            "timestamp": 1,
            "site": "lazada_sg",
        }
        assert shop.post(json.dumps(body).encode())[0] == 200
    shop.stack.pump()

    assert shop.stock() == stock
    assert dead_letters(shop.stack) == {}


def test_nothing_of_a_buyer_is_kept_anywhere(shop: Shop) -> None:
    """Given orders and reviews that told of their buyers, when all is quiet, then no table, object, log or message holds a word of it."""
    shop.push(shop.order("pending"))
    extra = json.loads(push_body(shop.order("pending")))
    extra["data"] |= {"buyer_id": BUYER[3], "buyer_name": BUYER[0], "phone": BUYER[1], "address": BUYER[2]}
    shop.post(json.dumps(extra).encode())
    shop.stack.pump()
    assert {path for path in shop.store.calls if "order" in path} == {"/order/items/get"}

    assert [line for line in logged(shop.stack) if line.get("message") == "webhook"]
    held = repr(everything(shop.stack)) + shop.stack.logs.getvalue() + repr(shop.stack.delivered)  # type: ignore[attr-defined]
    assert [word for word in BUYER if word in held] == []


def test_an_order_for_goods_sold_elsewhere_is_no_trouble(shop: Shop) -> None:
    """A store may sell goods that are not listed through us: their order is counted as such, changes nothing and alarms nobody."""
    before = shop.stock()
    shop.push(shop.order("pending", sku="SOMETHING-ELSE"))
    shop.stack.pump()

    assert shop.stock() == before
    assert dead_letters(shop.stack) == {}
    assert any("OrderLinesOfOtherGoods" in line for line in logged(shop.stack))
