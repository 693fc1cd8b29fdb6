"""Races between two deliveries, and content made to be poison, on the real stack."""

import io
import json
import logging
import socket
import unicodedata

import pytest

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.feed import FeedFiles
from onestop.adapters.objects import Bucket
from onestop.adapters.queues import Queues
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.steering import SteeringTable
from onestop.domain.catalog.upload import UploadState
from onestop.domain.commands import PublishListing
from onestop.domain.errors import RetryableError
from onestop.steps.products import report
from onestop.steps.publish_listing import publish_listing
from tests.support.catalogue import HEAD, PENS, PICTURES, SELLER, catalogue
from tests.support.reports import is_reported
from tests.support.sheets import zip_bytes
from tests.support.stack_state import dead_letters


def listings(stack: Stack, sku: str = "A-2"):
    return ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, sku)


def good(stack: Stack, row: str = PENS) -> None:
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(row))
    stack.pump()


def test_picture_that_comes_while_images_are_adapted_finds_its_product(stack: Stack) -> None:
    """The picture is dropped, and its notification handled, after adapt_images looked and before it struck itself off."""
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
    done = []

    def between(params: dict, model: object, **_: object) -> None:
        if stack._running == "AdaptImagesFunction" and model.name == "UpdateItem" and not done:
            done.append(1)
            stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
            stack._deliver("ReceiveUploadQueue", stack._receive("ReceiveUploadQueue", 10))

    aws.client("dynamodb").meta.events.register("before-parameter-build", between)
    stack.pump()
    assert done
    codes = {f.code for one in listings(stack).values() for f in one.listing.findings}
    assert "PICTURE_NOT_FOUND" not in codes


def test_newer_offer_stays_at_the_channel(stack: Stack) -> None:
    """A slow publication of an older listing must not be the channel's last word."""
    good(stack)
    catalog, table = CatalogTable(stack.tables["CatalogTable"]), ListingsTable(stack.tables["ListingsTable"])
    feed = FeedFiles(Bucket(stack.buckets["ResultsBucket"]))
    send = Queues({"ReportUpload": stack.queues["ReportUploadQueue"]})
    command = PublishListing(event_id="e", occurred_at="2026-10-30T00:00:00Z", seller_id=SELLER, correlation_id="c", sku="A-2", revision=1)
    steering = SteeringTable(stack.tables["ChannelsTable"])
    newer = []

    def listing_with(stock: int, version: int) -> None:
        for one in listings(stack).values():
            variants = tuple(v.model_copy(update={"stock": stock}) for v in one.listing.variants)
            assert table.save(one.listing.model_copy(update={"variants": variants}), product_version=version)

    def publish(way_out) -> None:
        publish_listing(
            command,
            catalog=catalog,
            listings=table,
            feed=way_out,
            channel_of=lambda _: None,
            steering=steering,
            send=send,
            now=command.occurred_at,
        )

    class Slow:
        def write(self, told):
            if not newer:  # while the first one is on its way, a newer offer is published from beginning to end
                newer.append(1)
                listing_with(5, 101)
                publish(feed)
            return feed.write(told)

    listing_with(300, 100)
    with pytest.raises(RetryableError):
        publish(Slow())
    publish(feed)  # the redelivery
    shown = {}
    for market in listings(stack):
        shown[market] = json.loads(Bucket(stack.buckets["ResultsBucket"]).read(f"{SELLER}/feed/{market}/A-2.json"))["variants"][0]["stock"]
    assert set(shown.values()) == {5}


def test_dead_picture_host_does_not_hold_back_the_report(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture's host that never answers is told to the seller."""
    row = PENS.replace("a.jpg", "https://no-such-host.invalid/a.jpg")

    stack.upload(f"{SELLER}/a.csv", catalogue(row.replace(".invalid", ".example")))

    def refused(*_a: object, **_k: object):
        raise ConnectionRefusedError

    def found(*_a: object, **_k: object) -> list[object]:
        return [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(socket, "create_connection", refused)
    stack.pump()
    assert is_reported(stack, SELLER)


@pytest.mark.parametrize("ref", ["사" * 400 + ".jpg", "x" * 2200 + ".jpg"])
def test_absurdly_long_picture_name_is_a_finding(stack: Stack, ref: str) -> None:
    """A name that is no key is not found; it is no poison."""
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS.replace("a.jpg", ref)))
    stack.pump()
    assert is_reported(stack, SELLER)
    assert dead_letters(stack) == {}


def test_zip_with_new_pictures_and_the_same_rows_is_worked_on(stack: Stack) -> None:
    """The corrected pictures of a ZIP reach the listing."""
    rows = catalogue(PENS)
    stack.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": rows, "a.jpg": PICTURES[0].read_bytes()}))
    stack.pump()
    before = {m: one.listing.images[0].key for m, one in listings(stack).items()}
    stack.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": rows, "a.jpg": PICTURES[1].read_bytes()}))
    stack.pump()
    after = {m: one.listing.images[0].key for m, one in listings(stack).items()}
    assert before != after


@pytest.mark.parametrize("second", ["A-2\u200b", " A-2", "Ａ-2", "A-2\u00a0", "\ufeffA-2"])
def test_one_code_written_in_two_ways(stack: Stack, second: str) -> None:
    """Two rows whose codes only look different are one SKU_DUPLICATE, not a poisoned chunk."""
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS, PENS.replace("A-2,", second + ",", 1)))
    stack.pump()
    assert is_reported(stack, SELLER)
    assert dead_letters(stack) == {}


def test_secrets_stay_out_of_the_log_at_debug(stack: Stack) -> None:
    """LogLevel=DEBUG, which Lambda gives to the root logger, must not print a secret or an item."""
    stack.keep_secret("review/secret", {"lazada": {"app_secret": "TOP-SECRET-VALUE"}})
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        secret("review/secret")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "TOP-SECRET-VALUE" not in out.getvalue()


def test_settings_with_byte_order_mark(stack: Stack) -> None:
    """Notepad's UTF-8 with BOM is a settings file too."""
    stack.upload(f"{SELLER}/settings.json", b"\xef\xbb\xbf" + b'{"markets": ["SG"]}')
    stack.pump()
    assert CatalogTable(stack.tables["CatalogTable"]).settings(SELLER)


def test_picture_name_written_apart(stack: Stack) -> None:
    """A Mac writes Hangul names decomposed; the cell's name finds them."""
    stack.upload(unicodedata.normalize("NFD", f"{SELLER}/볼펜.jpg"), PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS.replace("a.jpg", "볼펜.jpg")))
    stack.pump()
    assert "PICTURE_NOT_FOUND" not in {f.code for one in listings(stack).values() for f in one.listing.findings}


def test_report_of_an_older_upload_leaves_the_pointer(stack: Stack) -> None:
    """The key goes on standing for the newest upload when the older one is reported late."""
    good(stack)
    catalog = CatalogTable(stack.tables["CatalogTable"])
    first = catalog.current_upload(SELLER, f"{SELLER}/a.csv")
    catalog.save_upload(first.model_copy(update={"state": UploadState.WORKING}))
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS.replace("310", "300")))
    stack.pump()
    aws.client("sqs").send_message(
        QueueUrl=stack.queues["ReportUploadQueue"], MessageBody=report(SELLER, first.upload_id, at=first.received_at).model_dump_json()
    )
    stack.pump()
    assert catalog.current_upload(SELLER, f"{SELLER}/a.csv").upload_id != first.upload_id


def test_file_with_the_same_product_still_in_work_is_reported_with_its_listings(stack: Stack) -> None:
    """The same products in a second file, while the first is in work: the second report has their listings."""
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(f"{SELLER}/a.csv", catalogue(PENS))
    for queue in ("ReceiveUploadQueue", "ReceiveUploadQueue", "ReceiveUploadChunkQueue"):
        stack._deliver(queue, stack._receive(queue, 10))
    stack.upload(f"{SELLER}/b.csv", catalogue(PENS))
    for queue in ("ReceiveUploadQueue", "ReceiveUploadChunkQueue", "ReportUploadQueue"):
        stack._deliver(queue, stack._receive(queue, 10))
    stack.pump()
    catalog = CatalogTable(stack.tables["CatalogTable"])
    second = catalog.current_upload(SELLER, f"{SELLER}/b.csv")
    lines = Bucket(stack.buckets["ResultsBucket"]).read(f"{SELLER}/uploads/{second.upload_id}/listings/SG.jsonl")
    assert lines


def test_variant_code_of_one_product_is_another_products_code(stack: Stack) -> None:
    """A sale of the plain product 'A-2-01' is not booked on the variant A-2-01 of A-2."""
    head = HEAD + ",option_1_name,option_1_value"
    stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
    stack.upload(
        f"{SELLER}/a.csv",
        catalogue(PENS + ",색상,블랙|화이트", PENS.replace("A-2,", "A-2-01,", 1).replace("젤펜", "볼펜") + ",,", head=head),
    )
    stack.pump()
    catalog = CatalogTable(stack.tables["CatalogTable"])
    assert catalog.product(SELLER, "A-2-01") is not None
    assert catalog.product_of_variant(SELLER, "A-2-01") == "A-2-01"
