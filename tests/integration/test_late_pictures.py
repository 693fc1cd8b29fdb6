"""Pictures that come after their catalogue: every product sees them, no time runs out on them, and the seller gets one report."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from local.stack import Stack
from onestop.adapters.aws import client
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.catalog.dropped import DroppedFile
from onestop.domain.commands import Command
from onestop.domain.errors import OutOfTimeError
from onestop.steps import wake_products as step
from onestop.steps.wake_products import wake_products
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue

SKUS = [f"A-{number}" for number in range(1, 6)]
SHARED = f"{SELLER}/all.jpg"
AT = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop() -> Iterator[Stack]:
    """Five products whose pictures are not there yet: one picture of its own each, and one that all of them show."""
    head = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1,image_2"
    rows = [
        PENS.replace("A-2", sku).replace("a.jpg", f"{sku}.jpg,all.jpg").replace("12색", f"{at}2색") for at, sku in enumerate(SKUS, start=1)
    ]
    with Stack() as running:
        running.live_on(DAY)
        refresh(running)
        running.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
        running.pump()
        running.upload(f"{SELLER}/a.csv", catalogue(*rows, head=head))
        running.pump()
        yield running


def test_many_pictures_that_come_at_once_are_reported_once(shop: Stack) -> None:
    """Given pictures dropped one after another, when all of it is done, then each product shows its own, after a single report."""
    before, delays = shop.meter.sent["ReportUploadQueue"], set()

    def note(params: dict[str, Any], **_: Any) -> None:
        if "images" in params["QueueUrl"]:
            delays.update(entry["DelaySeconds"] for entry in params["Entries"])

    client("sqs").meta.events.register("provide-client-params.sqs.SendMessageBatch", note)
    for sku, picture in zip(SKUS, PICTURES, strict=False):
        shop.upload(f"{SELLER}/{sku}.jpg", picture.read_bytes())
    while records := shop._receive("ReceiveUploadQueue", 1):  # on AWS all of them are there before the first delay ends
        shop._deliver("ReceiveUploadQueue", records)
    shop.pump()
    client("sqs").meta.events.unregister("provide-client-params.sqs.SendMessageBatch", note)

    listings = ListingsTable(shop.tables["ListingsTable"])
    assert [len(listings.of_product(SELLER, sku)["SG"].listing.images) for sku in SKUS] == [1] * 5
    assert (shop.meter.sent["ReportUploadQueue"] - before, delays) == (1, {60})


def woken(shop: Stack, time_left_ms: Callable[[], int], *, dropped_at: datetime = AT) -> list[str]:
    """The products that one delivery of the notice of the shared picture has looked at again."""
    sent: list[str] = []

    def send(commands: Sequence[Command], *, delay_s: int = 0) -> None:
        sent.extend(command.sku for command in commands if command.type == "AdaptImages" and delay_s)

    dropped = DroppedFile(key=SHARED, etag="e", dropped_at=dropped_at)
    catalog = CatalogTable(shop.tables["CatalogTable"])
    try:
        wake_products(dropped, SELLER, catalog=catalog, send=send, time_left_ms=time_left_ms)
    except OutOfTimeError:
        sent.append("out of time")
    return sent


def test_a_picture_of_many_products_is_gone_on_with(shop: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given more products than one delivery has time for, when the next one comes, then it begins where that stopped; a new notice anew."""
    monkeypatch.setattr(step, "PRODUCTS_AT_ONCE", 2)
    clock = iter([60_000, 0, 60_000, 0, *[60_000] * 10])

    assert woken(shop, lambda: next(clock)) == ["A-1", "A-2", "out of time"]
    assert woken(shop, lambda: next(clock)) == ["A-3", "A-4", "out of time"]
    assert woken(shop, lambda: next(clock)) == ["A-5"]
    assert woken(shop, lambda: 60_000, dropped_at=AT.replace(hour=1)) == SKUS
