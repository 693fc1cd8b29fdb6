"""Pushes of orders, many of them told twice and none in order, through the webhook and the function that counts them."""

import json
import sys
import time
from collections import Counter
from random import Random
from typing import Any

from local.gateway.pushes import Push
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.stock import StockTable
from onestop.domain.values import digest
from tests.support.catalogue import PENS, SELLER, catalogue
from tests.support.shop import Shop, open_shop

PUSHES, REPEATED, CANCELED = 10_000, 0.2, 0.25
HEAD = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1,option_1_name,option_1_value,option_1_stock"
COLOURS = ("블랙", "화이트", "블루", "레드", "그린")
OPENING = 20_000
WORKED_AFTER = 50
"""So many pushes wait at most: moto reads through all that waits at every call of a queue."""
QUEUE, FOLLOWS = "ApplyPartnerEventQueue", "AssembleListingQueue"


def measure_pushes(pushes: int = PUSHES) -> dict[str, Any]:
    """What was lost and what was counted twice of so many pushes: every order is told of twice, a quarter is canceled, a fifth repeated.

    The second time the order stands elsewhere, and the repeats of the first time come among them. An order counts as lost when it is
    not kept as it ended, and stock that differs from the opening stock less the open orders was moved twice or not at all.
    """
    with open_shop(f"pushes-{pushes}") as shop:
        codes = _open_shelf(shop)
        chance, orders = Random(7), round(pushes / (1 + REPEATED) / 2)
        numbers = {str(880000000000001 + number): codes[number % len(codes)] for number in range(orders)}
        canceled = set(chance.sample(sorted(numbers), round(orders * CANCELED)))
        first = [_told(shop, number, sku, "pending") for number, sku in numbers.items()]
        again = chance.choices(first, k=pushes - 2 * orders)
        cut = len(again) // 2
        started = time.process_time()
        _deliver(shop, [*first, *again[:cut]], chance)
        second = [_told(shop, number, sku, "canceled" if number in canceled else "ready_to_ship") for number, sku in numbers.items()]
        _deliver(shop, [*second, *again[cut:]], chance)
        spent_s = time.process_time() - started
        return {"pushes": 2 * orders + len(again), "ms_per_push": spent_s * 1000 / pushes, **_counted(shop, numbers, canceled)}


def _open_shelf(shop: Shop) -> list[str]:
    """Pens in five colours, with enough of each; their SKUs."""
    row = PENS.replace("A-2", "B-1") + f",색상,{'|'.join(COLOURS)},{'|'.join([str(OPENING)] * len(COLOURS))}"
    shop.stack.upload(f"{SELLER}/b.csv", catalogue(row, head=HEAD))
    shop.stack.pump()
    stored = CatalogTable(shop.stack.tables["CatalogTable"]).product(SELLER, "B-1")
    assert stored
    return sorted(stored.sold)


def _told(shop: Shop, number: str, sku: str, status: str) -> Push:
    """The order stands there now, and the marketplace says so."""
    shop.store.orders[number] = [(sku, "12.90", status)]
    at_s = 1793340000 + (600 if status != "pending" else 0)
    push = shop.store.pushes.order(number, status, at_s=at_s)
    shop.store.pushes.waiting.clear()
    return push


def _deliver(shop: Shop, pushes: list[Push], chance: Random) -> None:
    """All of them in no order, while the queue is worked on now and then."""
    for number, push in enumerate(chance.sample(pushes, len(pushes)), 1):
        status, word = shop.stack.request("POST", "/webhooks/lazada", push.body, push.headers)
        if status != 200:
            raise RuntimeError(f"{status} {word}")
        if number % WORKED_AFTER == 0 or number == len(pushes):
            while records := shop.stack._receive(QUEUE, 10):
                shop.stack._deliver(QUEUE, records)
            _drop(shop.stack.queues[FOLLOWS])


def _drop(url: str) -> None:
    """Forget what follows from orders: listings told anew are not measured here."""
    sqs = aws.client("sqs")
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        entries = [{"Id": one["MessageId"], "ReceiptHandle": one["ReceiptHandle"]} for one in messages]
        sqs.delete_message_batch(QueueUrl=url, Entries=entries)


def _counted(shop: Shop, numbers: dict[str, str], canceled: set[str]) -> dict[str, int]:
    table = shop.stack.tables["CatalogTable"]
    kept, stored = StockTable(table), CatalogTable(table).product(SELLER, "B-1")
    assert stored
    lines = {number: kept.line(digest("order", "lazada", SELLER, "SG", number), str(int(f"{number[-6:]}001"))) for number in numbers}
    wrong = [number for number, line in lines.items() if line is None or line.back != (number in canceled)]
    open_orders = Counter(sku for number, sku in numbers.items() if number not in canceled)
    off = sum(abs(stored.stock(sku).open - open_orders[sku]) for sku in stored.sold)
    return {"orders": len(numbers), "canceled": len(canceled), "lost": len(wrong), "pieces_off": off}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure_pushes(int(sys.argv[1]) if len(sys.argv) > 1 else PUSHES)) + "\n")
