"""Re-pricing through the real template: only what moved, in segments, and nothing for a price that stays."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from local.demo import FIRST_DAY
from onestop.adapters import aws
from onestop.adapters.tables.items import Table
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import ListingStatus
from tests.support.catalogue import HEAD, PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters, everything, items
from tests.support.watched_stack import WatchedStack

RATES = {"SGD": "1000", "THB": "40", "VND": "0.055", "MYR": "330", "PHP": "24"}
MANY = 1_100
WRITES = ("Put", "Update", "Delete", "BatchWrite", "Transact", "Send")


class Shop:
    """A stack with a rate file, one product listed at the first day's rates, and days that pass."""

    def __init__(self, stack: WatchedStack, path: Path) -> None:
        self.stack, self.path, self.day, self.lines = stack, path, FIRST_DAY, ["currency,krw_per_unit,as_of"]
        self.at = Decimal(1000)
        stack.rates_from(f"file:{path}")
        self.publish()
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        self.upload("a.csv", catalogue(PENS))

    def upload(self, name: str, data: bytes) -> None:
        """The seller drops a file, and it is worked off."""
        self.stack.upload(f"{SELLER}/{name}", data)
        self.stack.pump()

    def take_in(self, **changed: str) -> None:
        """One more day's rates, judged; what they cause waits in the queues."""
        self.day += timedelta(days=1)
        self.lines += [f"{currency},{rate},{self.day}" for currency, rate in {**RATES, **changed}.items()]
        self.path.write_text("\n".join(self.lines))
        self.stack.live_on(self.day)
        schedule = self.stack.wiring.schedule_of("RefreshFxFunction")
        self.stack.fire(schedule)

    def publish(self, **changed: str) -> None:
        """One more day's rates, with everything that they cause."""
        self.take_in(**changed)
        self.stack.pump()

    def fall(self, rate: str) -> None:
        """The Singapore dollar gets to a rate in steps that no guard finds too large."""
        while self.at > Decimal(rate):
            self.at = max(Decimal(rate), round(self.at * Decimal("0.975")))
            self.publish(SGD=str(self.at))

    def undo(self, **what: Any) -> int:
        """An operator takes something back, and it is worked off."""
        sent: int = self.stack.invoke("RefreshFxFunction", {"undo": what})["sent"]
        self.stack.pump()
        return sent

    def price(self, market: str = "SG") -> Decimal | None:
        """What a buyer pays."""
        listed = ListingsTable(self.stack.tables["ListingsTable"]).of_product(SELLER, "A-2")[market].listing
        return listed.price and listed.price.amount

    def codes(self, market: str = "SG") -> set[str]:
        """What is found about the listing."""
        known = ListingsTable(self.stack.tables["ListingsTable"]).of_product(SELLER, "A-2")[market]
        return {finding.code for finding in known.listing.findings}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """One product listed at the first day's rates."""
    with WatchedStack() as stack:
        yield Shop(stack, tmp_path / "rates.csv")


def fill(shop: Shop, rate: str, count: int = MANY) -> None:
    """A big seller is there: as much of its listings as a market's index knows."""
    rows = [
        {"pk": f"product#big-shop#B-{number:05}", "sk": "market#SG", "market": "SG", "revision": 1, "priced": rate}
        for number in range(count)
    ]  # fmt: skip
    Table(shop.stack.tables["ListingsTable"]).put_many(rows)


def calls(stack: WatchedStack, function: str, work: Any) -> Counter[str]:
    """The AWS calls that a function makes during some work."""
    before = stack.meter.calls.copy()
    work()
    made = stack.meter.calls - before
    return Counter({operation: count for (caller, operation), count in made.items() if caller == function})


def test_a_sweep_in_which_nothing_moved_enough_reads_little_and_writes_nothing(shop: Shop) -> None:
    """Given 1,100 listings priced at today's rate, when their market is swept, then there is at most one read per 100, and no write."""
    fill(shop, "1015")
    shop.take_in(SGD="1015")
    Table(shop.stack.tables["ListingsTable"]).delete_many([(f"product#{SELLER}#A-2", "market#SG")])

    made = calls(shop.stack, "RefreshFxFunction", shop.stack.pump)

    assert made["dynamodb:Query"] <= MANY / 100
    assert sum(made.values()) <= MANY / 100
    assert not [operation for operation in made if operation.partition(":")[2].startswith(WRITES)]


def test_a_sweep_that_was_overtaken_does_nothing(shop: Shop) -> None:
    """Given a sweep that still waits, when a later refresh moved the rate on, then only the later one's sweep asks for prices."""
    shop.take_in(SGD="1015")
    shop.take_in(SGD="1030")
    shop.stack.delivered.clear()

    shop.stack.pump()

    asked = [json.loads(body) for function, body, _ in shop.stack.delivered if function == "AdaptPriceFunction"]
    assert [one["correlation_id"][:17] for one in asked if one["markets"] == ["SG"]] == [f"fx-SGD-{shop.day}"]


def test_a_segment_that_dies_midway_is_redriven_and_nothing_is_lost_or_done_twice(shop: Shop) -> None:
    """Given a sweep that dies each time with half of it sent, when an operator redrives it, twice, then each listing was priced anew once."""
    shop.publish(SGD="975")
    fill(shop, "975", 12)
    stood, batches, deaths = shop.price(), [], []

    def die(**_: Any) -> None:
        if shop.stack._running == "RefreshFxFunction":
            batches.append(1)
            if len(batches) > 1:
                batches.clear()
                deaths.append(1)
                raise SystemError

    shop.take_in(SGD="951")
    shop.stack.delivered.clear()
    events = aws.client("sqs").meta.events
    events.register("before-call.sqs.SendMessageBatch", die)
    shop.stack.pump()
    events.unregister("before-call.sqs.SendMessageBatch", die)
    (queue,) = dead_letters(shop.stack)
    assert (len(deaths) > 1, shop.price()) == (True, stood)

    assert shop.stack.redrive(queue) == 1
    shop.stack.pump()
    asked = Counter(json.loads(body)["sku"] for function, body, _ in shop.stack.delivered if function == "AdaptPriceFunction")
    ids = {json.loads(body)["event_id"] for function, body, _ in shop.stack.delivered if function == "AdaptPriceFunction"}
    assert set(asked) == {"A-2", *(f"B-{number:05}" for number in range(12))}
    assert (len(ids), asked["A-2"]) == (len(asked), 1)
    assert shop.price() != stood
    assert dead_letters(shop.stack) == {}
    history = items(shop.stack, "AdaptationsTable")[f"product#{SELLER}#A-2", "price#SG#history"]
    assert len(json.loads(history["body"])["changes"]) == 1
    before = everything(shop.stack)
    for function, body, _ in list(shop.stack.delivered):
        if function == "RefreshFxFunction":
            aws.client("sqs").send_message(QueueUrl=shop.stack.queues["RefreshFxSweepQueue"], MessageBody=body)
    shop.stack.pump()
    assert everything(shop.stack) == before


def test_nothing_is_written_or_sent_for_a_price_that_stays(shop: Shop) -> None:
    """Given a rate that moved by 1.2 %, when the price does not change by it, then the price step writes nothing and sends nothing."""
    stood = shop.price()
    shop.take_in(SGD="1012")

    made = calls(shop.stack, "AdaptPriceFunction", shop.stack.pump)

    assert shop.price() == stood
    assert made
    assert not [operation for operation in made if operation.partition(":")[2].startswith(WRITES)]


def test_a_price_that_the_weekly_limit_held_moves_on_the_day_of_the_sweep(shop: Shop) -> None:
    """Given two real moves in a week, when the second is held back, then it is made good in the sweep of a Monday a week later."""
    stood = shop.price()
    shop.fall("951")
    first = shop.price()
    assert first != stood
    shop.fall("882")
    assert shop.price() == first
    held_on = shop.day
    while not (shop.day.isoweekday() == 1 and shop.day > held_on + timedelta(days=7)):
        shop.publish(SGD="882")
    assert (shop.price() or 0) > (first or 0)


@pytest.mark.parametrize("event", [False, True])
def test_an_operator_takes_a_change_back_and_it_stays(shop: Shop, event: bool) -> None:
    """Given a change by an exchange rate, when an operator undoes it for one product or the whole event, twice, then the price is back and pinned."""
    stood = shop.price()
    shop.fall("951")
    moved = shop.price()
    assert moved != stood
    what = {"cause": f"fx-SGD-{shop.day}"} if event else {"seller_id": SELLER, "sku": "A-2", "markets": ["SG"]}

    assert shop.undo(**what) >= 1
    assert shop.price() == stood
    before = everything(shop.stack)
    shop.undo(**what)
    assert everything(shop.stack) == before

    shop.fall("928")
    assert shop.price() == stood
    shop.stack.live_on(shop.day + timedelta(days=1))
    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,SG,price,")
    assert shop.price() != stood


def test_a_seller_fixes_pins_and_frees_a_price_by_a_file(shop: Shop) -> None:
    """Given rows of an overrides file, when a price is fixed, pinned or freed, then the listing says so, and rates reach it or not."""
    computed = shop.price()
    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,SG,price,19.50")
    assert shop.price() == Decimal("19.50")
    shop.fall("951")
    assert shop.price() == Decimal("19.50")
    shop.upload("overrides.csv", "상품코드,나라,항목,값\nA-2,싱가포르,가격,pin".encode())
    shop.publish(SGD="975")
    assert shop.price() == Decimal("19.50")
    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,SG,price,")
    assert shop.price() == computed
    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,SG,price,0.50")
    assert (shop.price(), "PRICE_BELOW_FLOOR" in shop.codes()) == (None, True)


def test_a_price_that_jumps_waits_until_it_is_accepted(shop: Shop) -> None:
    """Given a price ten times as high, or one set in won, when uploaded, twice, then what stands is sold on in every market until a word frees one."""
    stood = {market: shop.price(market) for market in ("SG", "TH", "VN")}
    rows = [PENS.replace("9900", "99000") + ",", "B-1,젤펜 0.5mm 흑색,9900,3900,310,160,문구>젤펜,a.jpg,15000"]
    dear = catalogue(*rows, head=f"{HEAD},소비자가")
    for day in range(2):
        shop.stack.live_on(shop.day + timedelta(days=day))
        shop.upload("a.csv", dear)
        assert {market: shop.price(market) for market in stood} == stood
        assert all("PRICE_JUMP" in shop.codes(market) for market in stood)
    listed = ListingsTable(shop.stack.tables["ListingsTable"])
    held = listed.of_product(SELLER, "A-2")["SG"].listing
    (why,) = [one for one in held.findings if one.code == "PRICE_JUMP"]
    assert (held.status, held.is_sold, why.field, why.cell) == (ListingStatus.NEEDS_REVIEW, True, "price_krw", "C2")
    beside = listed.of_product(SELLER, "B-1")["SG"].listing
    assert beside.status is ListingStatus.READY
    assert beside.price
    assert beside.price.compare_at == beside.variants[0].compare_at > beside.price.amount

    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,SG,price_accepted,1~999 2026-01-01")
    assert shop.price() == stood["SG"]
    value = re.search(r"value (\S+) into", why.fix_en)
    assert value
    for _ in range(2):
        shop.upload("overrides.csv", f"상품코드,나라,항목,값\nA-2,싱가포르,가격 승인,{value[1]}".encode())
        assert (shop.price(), "PRICE_JUMP" in shop.codes()) == (Decimal(value[1]), False)
        assert (shop.price("TH"), "PRICE_JUMP" in shop.codes("TH")) == (stood["TH"], True)
    shop.upload("overrides.csv", b"sku,market,field,value\nA-2,TH,price,99000")
    assert (shop.price("TH"), "PRICE_SET_IN_WON" in shop.codes("TH")) == (stood["TH"], True)
    assert dead_letters(shop.stack) == {}


@pytest.mark.parametrize("moment", ["before-call.sqs.SendMessageBatch", "after-call.dynamodb.UpdateItem", "after-call.dynamodb.PutItem"])
def test_a_new_price_survives_the_loss_of_the_machine_that_made_it(shop: Shop, moment: str) -> None:
    """Given a machine that dies while it prices, when the message comes again, then the listing has the new price."""
    stood, crashes = shop.price(), []

    def crash(**_: Any) -> None:
        if shop.stack._running == "AdaptPriceFunction" and not crashes:
            crashes.append(moment)
            raise SystemError

    shop.publish(SGD="975")
    shop.take_in(SGD="951")
    for service in ("dynamodb", "sqs"):
        aws.client(service).meta.events.register(moment, crash)
    shop.stack.pump()

    assert crashes
    assert shop.price() != stood
    assert dead_letters(shop.stack) == {}


def test_an_undoing_names_something() -> None:
    """Given a payload without an event or a product, when it is asked for, then it is an error and nothing is touched."""
    with WatchedStack() as stack, pytest.raises(ValueError, match="names an event or a product"):
        stack.invoke("RefreshFxFunction", {"undo": {}})
