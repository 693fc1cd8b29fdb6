"""At-least-once delivery, lost races, crashes and poison: nothing is lost, nothing happens twice."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from local.stack import Context, Stack
from onestop.adapters import aws
from onestop.adapters.tables.catalog import CatalogTable
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, catalogue
from tests.support.stack_state import TwiceStack, dead_letters, everything, items, objects

CATALOGUE = "kim-shop/봄 상품+1 (최종).csv"
PANTS = "A-1,여성 린넨 와이드 팬츠,28900,13000,45,380,패션>바지,a.jpg"
TIME = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+Z")


class Crash(BaseException):
    """The machine is gone: nothing catches this, nothing is cleaned up."""


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A product picture of the demo shop."""
    return PICTURES[0].read_bytes()


@pytest.fixture
def shop(stack: Stack, picture: bytes) -> Stack:
    """A stack in which the picture is there, the catalogue not yet."""
    stack.upload("kim-shop/a.jpg", picture)
    stack.pump()
    return stack


def comparable(stack: Stack) -> str:
    """All that a stack holds, but for the moments when its files came in."""
    return TIME.sub("TIME", repr(everything(stack)))


def statuses(stack: Stack) -> dict[str, list[str]]:
    """SKU -> status of its listings in the order of the markets."""
    found: dict[str, list[str]] = {}
    for (pk, _), item in sorted(items(stack, "ListingsTable").items()):
        status = re.search(r'"status":"(\w+)"', item["body"])
        assert status
        found.setdefault(pk.rpartition("#")[2], []).append(status.group(1))
    return found


def reports(stack: Stack) -> list[str]:
    """Keys of the report pages."""
    return [key for key in objects(stack, "ResultsBucket") if key.endswith("report.html")]


def test_every_function_run_twice_leaves_the_same_bytes(picture: bytes) -> None:
    """A stack in which each delivery happens twice holds the same bytes as one in which it happens once."""
    held = []
    for kind in (Stack, TwiceStack):
        with kind() as stack:
            stack.live_on(DAY)
            refresh(stack)
            stack.upload("kim-shop/a.jpg", picture)
            stack.upload(CATALOGUE, catalogue(PANTS, PENS))
            stack.pump()
            held.append((comparable(stack), dead_letters(stack), statuses(stack)))

    assert held[0] == held[1]
    assert held[0][1:] == ({}, {"A-1": ["ready"] * 3, "A-2": ["ready"] * 3})


def test_the_same_content_announced_or_uploaded_again_changes_nothing(shop: Stack) -> None:
    """A repeated notification and a repeated upload of the same bytes do no product's work again."""
    shop.upload(CATALOGUE, catalogue(PANTS, PENS))
    shop.pump()
    before, records = comparable(shop), shop.meter.records["AdaptTextFunction"]

    shop.upload(CATALOGUE, catalogue(PANTS, PENS))
    shop.pump()

    assert comparable(shop) == before
    assert shop.meter.records["AdaptTextFunction"] == records == 2


def test_only_the_changed_row_is_worked_on_again(shop: Stack) -> None:
    """A corrected file makes one new revision; a new price writes no new text."""
    shop.upload(CATALOGUE, catalogue(PANTS, PENS))
    shop.pump()
    texts = items(shop, "AdaptationsTable")

    shop.upload(CATALOGUE, catalogue(PANTS, PENS.replace("9900", "10900")))
    shop.pump()

    revisions = {pk: item["revision"] for (pk, sk), item in items(shop, "CatalogTable").items() if sk == "product" and "revision" in item}
    assert revisions == {"product#kim-shop#A-1": 1, "product#kim-shop#A-2": 2}
    after = items(shop, "AdaptationsTable")
    changed = {sk.partition("#")[0] for (pk, sk), item in after.items() if texts.get((pk, sk)) != item}
    assert changed == {"price"}


def test_an_older_file_never_replaces_a_newer_one(shop: Stack) -> None:
    """Two files with one SKU, the older one's chunk delivered last: the newer one's product stays."""
    shop.upload("kim-shop/old.csv", catalogue(PENS))
    deliver(shop, "ReceiveUploadQueue")
    late = shop._receive("ReceiveUploadChunkQueue", 1)
    shop.upload("kim-shop/new.csv", catalogue(PENS.replace("9900", "12900")))
    shop.pump()

    shop._deliver("ReceiveUploadChunkQueue", late)
    shop.pump()

    stored = CatalogTable(shop.tables["CatalogTable"]).product("kim-shop", "A-2")
    assert stored is not None
    assert stored.product.price_krw == 12900
    outcomes = [item["body"] for (_, sk), item in items(shop, "CatalogTable").items() if sk.startswith("row#")]
    assert sum('"outcome":"superseded"' in body for body in outcomes) == 1
    assert len(reports(shop)) == 2


def test_a_notification_of_replaced_content_is_left_to_the_later_one(shop: Stack) -> None:
    """A reordered pair of events of one key: only the content that is there is read, and read once."""
    shop.upload(CATALOGUE, catalogue(PENS))
    first = shop._receive("ReceiveUploadQueue", 1)
    shop.upload(CATALOGUE, catalogue(PENS, PANTS))
    shop.pump()
    before = comparable(shop)

    shop._deliver("ReceiveUploadQueue", first)
    shop.pump()

    assert comparable(shop) == before
    assert set(statuses(shop)) == {"A-1", "A-2"}


@pytest.mark.parametrize("key", ["kim-shop/봄 상품+1 (최종)&=.csv", "kim-shop/a b/c+d%2B.csv", "kim-shop/😀.csv"])
def test_awkward_keys_are_read_back_as_written(shop: Stack, key: str) -> None:
    """Spaces, plus signs, percent signs and Hangul in a key survive the form encoding of notifications."""
    shop.upload(key, catalogue(PENS.replace("a.jpg", "https://127.0.0.1/a.jpg")))
    shop.pump()

    assert CatalogTable(shop.tables["CatalogTable"]).current_upload("kim-shop", key)
    assert set(statuses(shop)) == {"A-2"}


def test_poison_dies_after_exactly_the_configured_receives_and_a_redrive_finishes_it(shop: Stack) -> None:
    """A message that cannot be handled is received as often as the template says, then waits; once cured, a redrive does it."""
    allowed = shop.wiring.resources["AdaptTextQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"]
    shop.upload(CATALOGUE, catalogue(PENS))
    deliver(shop, "ReceiveUploadQueue")
    deliver(shop, "ReceiveUploadChunkQueue")
    table, shop._outputs["AdaptTextFunctionCatalogTable"] = shop.tables["CatalogTable"], "onestop-NoSuchTable"
    shop._set("ONESTOP_AS_OF", DAY.isoformat())
    shop.pump()

    assert shop.meter.records["AdaptTextFunction"] == allowed
    assert dead_letters(shop) == {"AdaptTextDlq": 1}
    assert statuses(shop) == {}

    shop._outputs["AdaptTextFunctionCatalogTable"] = table
    shop._set("ONESTOP_AS_OF", DAY.isoformat())
    assert shop.redrive("AdaptTextDlq") == 1
    shop.pump()

    assert dead_letters(shop) == {}
    assert statuses(shop) == {"A-2": ["ready"] * 3}
    assert len(reports(shop)) == 1


def test_a_body_that_is_no_command_goes_to_the_dead_letters_and_its_neighbours_are_done(shop: Stack) -> None:
    """One garbage body in a batch fails alone."""
    shop.upload(CATALOGUE, catalogue(PENS))
    deliver(shop, "ReceiveUploadQueue")
    deliver(shop, "ReceiveUploadChunkQueue")
    aws.client("sqs").send_message(QueueUrl=shop.queues["AdaptPriceQueue"], MessageBody="not json")

    shop.pump()

    assert dead_letters(shop) == {"AdaptPriceDlq": 1}
    assert statuses(shop) == {"A-2": ["ready"] * 3}


CRASHES = [
    ("ReceiveUploadQueue", "PutObject"), ("ReceiveUploadQueue", "SendMessageBatch"), ("ReceiveUploadQueue", "BatchWriteItem"),
    ("ReceiveUploadChunkQueue", "PutItem"), ("ReceiveUploadChunkQueue", "SendMessageBatch"),
    ("ReceiveUploadChunkQueue", "BatchWriteItem"), ("AdaptTextQueue", "PutItem"), ("AdaptTextQueue", "UpdateItem"),
    ("AdaptPriceQueue", "PutItem"), ("AdaptPriceQueue", "UpdateItem"), ("AdaptImagesQueue", "PutObject"),
    ("AdaptImagesQueue", "PutItem"), ("AdaptImagesQueue", "UpdateItem"), ("AssembleListingQueue", "UpdateItem"),
    ("AssembleListingQueue", "SendMessageBatch"), ("PublishListingQueue", "PutObject"), ("PublishListingQueue", "UpdateItem"),
    ("PublishListingQueue", "BatchWriteItem"), ("ReportUploadQueue", "PutObject"),
]  # fmt: skip


@pytest.mark.parametrize(("queue", "call"), CRASHES)
@pytest.mark.parametrize("done", [False, True], ids=["before the call", "after the call"])
def test_a_crash_between_any_save_and_its_send_loses_nothing(shop: Stack, queue: str, call: str, done: bool) -> None:
    """The machine dies right before or right after the first such call of a function; redelivery finishes the work."""
    shop.upload(CATALOGUE, catalogue(PENS))
    crashed = crash_once(shop, shop.wiring.sources[queue].function, call, done=done)

    shop.pump()

    assert crashed() == 1
    assert dead_letters(shop) == {}
    assert statuses(shop) == {"A-2": ["ready"] * 3}
    assert len(reports(shop)) == 1


def crash_once(stack: Stack, function: str, call: str, *, done: bool) -> Callable[[], int]:
    """Make the first call of this name by the function end the machine; how often it did."""
    crashes: list[str] = []

    def crash(**_: Any) -> None:
        if stack._running == function and not crashes:
            crashes.append(call)
            raise Crash

    event = f"after-call.*.{call}" if done else f"before-call.*.{call}"
    for service in ("s3", "sqs", "dynamodb"):
        aws.client(service).meta.events.register(event, crash)
    return lambda: len(crashes)


def deliver(stack: Stack, queue: str) -> None:
    """Deliver one batch of one queue."""
    stack._deliver(queue, stack._receive(queue, 10))


def test_too_little_time_left_gives_records_back_instead_of_timing_out(shop: Stack) -> None:
    """A function with too little time left begins nothing and returns every record as failed."""
    shop.upload(CATALOGUE, catalogue(PENS))
    records = shop._receive("ReceiveUploadQueue", 1)

    answer = shop.invoke("ReceiveUploadFunction", {"Records": records}, context=Context("ReceiveUploadFunction", remaining_ms=10))

    assert answer == {"batchItemFailures": [{"itemIdentifier": records[0]["messageId"]}]}
    assert items(shop, "CatalogTable") == {}
