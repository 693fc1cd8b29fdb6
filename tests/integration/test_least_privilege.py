"""Each function's role against what the function really did: nothing is missing, and nothing is granted that was never used."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from local.demo import FIRST_DAY
from local.gateway.lazada import FakeLazada
from local.gateway.serving import serve
from local.invocation import Context
from local.template import read_wiring
from onestop.adapters.aws import client
from onestop.adapters.secrets import secret
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.channels.iop import push_signature
from onestop.domain.listing.listing import ListingStatus
from tests.conftest import DAY, DEMO, refresh
from tests.support.sheets import zip_bytes
from tests.support.stack_state import dead_letters
from tests.support.watched_stack import WatchedStack
from tests.support.worded_pictures import page
from tests.template.reading import logical_id, statements, step_of

SELLER, SHOP = "kim-shop", "900000123"
SECRETS = {"PartnerSecretsName": "roles/partner-webhooks", "MarketplaceSecretsName": "roles/marketplaces"}
READING = {"PictureReader": "tesseract"}
HEAD = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1,option_1_name,option_1_value,option_1_stock"
PENS = "A-2,젤펜 0.5mm 12색 세트,9900,3900,310,160,문구>젤펜,a.jpg,색상,블랙|화이트,5|6"

ACTIONS = {
    "s3:HeadObject": {"s3:GetObject"}, "s3:ListObjectsV2": {"s3:ListBucket"}, "sqs:SendMessageBatch": {"sqs:SendMessage"},
    "sqs:ChangeMessageVisibilityBatch": {"sqs:ChangeMessageVisibility"}, "dynamodb:TransactWriteItems": {"dynamodb:PutItem", "dynamodb:UpdateItem"},
}  # fmt: skip
"""API operation -> the IAM actions that it needs, where that is not its own name."""

NEVER_CALLED = {
    "logs:CreateLogStream", "logs:PutLogEvents",  # by the Lambda service, in the function's name
    "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",  # by the event source mapping, in the function's name
    "s3:ListBucket",  # so that a missing object is answered 404 and not 403
}  # fmt: skip
"""Granted although no function calls it."""

NOT_PLAYED = {
    ("refresh_fx", "sqs:SendMessage", "RefreshFxDlq"),  # a failed invocation by the schedule is parked by the Lambda service
    ("adapt_text", "translate:TranslateText", "*"), ("adapt_text", "bedrock:InvokeModel", "BedrockModelId"),
    ("adapt_text", "secretsmanager:GetSecretValue", "TranslatorSecretsName"),
    ("report_upload", "s3:AbortMultipartUpload", "ResultsBucket"),  # when writing a file of more than 8 MiB breaks off
    ("refresh_fx", "secretsmanager:GetSecretValue", "RateSecretsName"),
    *((step, f"dynamodb:{verb}", "EgressTable") for step in ("adapt_text", "refresh_fx") for verb in ("PutItem", "UpdateItem")),
    ("reconcile", "sqs:SendMessage", "ReconcileDlq"),
    ("keep_buyer", "secretsmanager:GetSecretValue", "MarketplaceSecretsName"),  # read before, by another function of this process
    ("keep_buyer", "kms:Encrypt", "ChannelsKey"), ("reconcile", "kms:Encrypt", "ChannelsKey"),  # a token that ends meanwhile
    ("adapt_text", "sqs:SendMessage", "AdaptTextSweepQueue"),  # when a market has more listings than are looked through at once
}  # fmt: skip
"""Granted for what the local stack does not play; a translator's and a bank's grants are there only when a parameter asks for them."""

Grants = dict[str, set[tuple[str, str]]]
"""Step -> (IAM action, what it works on)."""


def play(stack: WatchedStack, store: FakeLazada) -> None:
    """Everything that functions do: settings, edits, a file that is none, a ZIP, a correction, outdated commands, an order, other rates, a withdrawal, an operator's orders, a report of keywords."""
    stack.live_on(FIRST_DAY)
    refresh(stack)
    stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG", "TH", "VN"]}')
    stack.upload(f"{SELLER}/overrides.csv", b"sku,locale,field,value\nA-2,en,title,Fine Gel Pens 0.5mm 12 Colors")
    stack.upload(f"{SELLER}/letter.csv", "안녕하세요".encode())
    stack.upload("SG/keywords.csv", b"keyword,volume\ntumbler,1200\n", bucket="DemandBucket")
    picture = min((DEMO / "pictures").glob("*.jpg")).read_bytes()
    stack.upload(f"{SELLER}/a.jpg", picture)
    stack.upload(f"{SELLER}/a.zip", zip_bytes({"a.csv": "\n".join([HEAD, PENS]).encode(), "a.jpg": picture}))
    stack.pump()
    for price, queue in (("10900", "AssembleListingQueue"), ("11900", "PublishListingQueue"), ("12900", None)):
        correct(stack, price, until=queue)
    stack.pump()
    stack.upload(f"{SELLER}/overrides.csv", b"sku,locale,field,value\nA-2,en,title,Smooth Gel Pens 0.5mm 12 Colors")
    stack.upload(f"{SELLER}/words.jpg", page())
    other = PENS.replace("A-2", "A-3").replace("젤펜", "꾸밍쭈밍 뭉치").replace("a.jpg", "words.jpg")
    stack.upload(f"{SELLER}/c.csv", "\n".join([HEAD, other]).encode())
    stack.pump()
    stack.live_on(DAY)
    refresh(stack)
    order(stack, store)
    review(stack, store)
    secret.cache_clear()
    with pytest.MonkeyPatch.context() as pages:
        pages.setattr("onestop.adapters.marketplaces.lazada.ITEMS_A_PAGE", 1)  # so that the last page is not the first
        stack.fire(stack.wiring.schedule_of("ReconcileFunction"))
        stack.pump()
    warn_of_token(stack, store)
    push_report(stack, store, DAY)
    stack.upload("SG/keywords.csv", b"keyword,volume\ntumbler,1300\n", bucket="DemandBucket")
    stack.upload("VN/keywords.csv", "keyword,volume\nviết gel,1300\n".encode(), bucket="DemandBucket")
    stack.upload(f"VN/traffic/{SELLER}/products.csv", b"seller sku,impressions,clicks\nA-2,900,9\n", bucket="DemandBucket")
    for name in ("withdraw.csv", "restore.csv"):
        stack.upload(f"{SELLER}/{name}", b"A-2")
        stack.pump()
        order(stack, store, "880000000000002")  # of goods that were off then
    for said in ({"pause": {"market": "VN"}}, {"resume": {"market": "VN"}}, {"lift": "SG"}):
        stack.invoke("PublishListingFunction", said)
        stack.pump()
    for queue, source in stack.wiring.sources.items():
        run_out_of_time(stack, queue, source.function)


def run_out_of_time(stack: WatchedStack, queue: str, function: str) -> None:
    """A message comes when its function has no time left for it, so that it is put off."""
    client("sqs").send_message(QueueUrl=stack.queues[queue], MessageBody="{}")
    (record,) = stack._receive(queue, 1)
    answer = stack.invoke(function, {"Records": [record]}, context=Context(function, remaining_ms=1))
    assert answer == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}


def correct(stack: WatchedStack, price: str, *, until: str | None) -> None:
    """A new price comes in before the work on the last one is done; that work is held back from ``until`` on."""
    for _ in range(2):
        stack.upload(f"{SELLER}/b.csv", "\n".join([HEAD, PENS.replace("9900", price)]).encode())
        for queue in ("ReceiveUploadQueue", "ReceiveUploadChunkQueue"):
            stack._deliver(queue, stack._receive(queue, 10))
        price = str(int(price) + 1)
    for queue in ("AdaptTextQueue", "AdaptPriceQueue", "AdaptImagesQueue", "AssembleListingQueue"):
        if queue == until:
            return
        while records := stack._receive(queue, 10):
            stack._deliver(queue, records)


def push_report(stack: WatchedStack, store: FakeLazada, at: date) -> None:
    """A partner pushes what buyers search for."""
    sent_at = int(datetime.combine(at, time(12), tzinfo=UTC).timestamp())
    body = json.dumps({"timestamp": sent_at, "market": "TH", "keywords": [{"keyword": "ปากกา", "volume": 900}]}).encode()
    signed = {"Authorization": push_signature(store.app_key, store.app_secret, body)}
    assert stack.request("POST", "/webhooks/trends", body, signed) == (200, "ok")
    stack.pump()


def warn_of_token(stack: WatchedStack, store: FakeLazada) -> None:
    """The marketplace says that the seller's token ends."""
    data = {"app_key": store.app_key, "auth_expiry_time": 1793500000, "seller_id": SHOP}
    body = json.dumps({"seller_id": "null", "message_type": 8, "data": data, "timestamp": 1793342000, "site": "lazada_sg"}).encode()
    signed = {"Authorization": push_signature(store.app_key, store.app_secret, body)}
    before = store.calls.count("/auth/token/refresh")
    assert stack.request("POST", "/webhooks/lazada", body, signed)[0] == 200
    stack.pump()
    assert store.calls.count("/auth/token/refresh") == before + 1


def review(stack: WatchedStack, store: FakeLazada) -> None:
    """The marketplace has looked at an item."""
    item_id = next(iter(store.items))
    data = {"itemId": int(item_id), "status": "APPROVED", "date": 1793340000000}
    body = json.dumps({"seller_id": SHOP, "message_type": 1, "data": data, "timestamp": 1793340000, "site": "lazada_sg"}).encode()
    signed = {"Authorization": push_signature(store.app_key, store.app_secret, body)}
    assert stack.request("POST", "/webhooks/lazada", body, signed)[0] == 200
    stack.pump()


def order(stack: WatchedStack, store: FakeLazada, order_id: str = "880000000000001") -> None:
    """A buyer buys a piece and gives it back; an operator asks to whom it was shipped."""
    secret.cache_clear()  # on Lambda every function has a process, and a cache, of its own
    listing = ListingsTable(stack.tables["ListingsTable"]).of_product(SELLER, "A-2")["SG"].listing
    for at, status in ((1793340000, "pending"), (1793341000, "canceled")):
        store.orders[order_id] = [(listing.variants[0].sku, "12.90", status)]
        data = {"order_status": status, "trade_order_id": order_id, "status_update_time": at}
        body = json.dumps({"seller_id": SHOP, "message_type": 0, "data": data, "timestamp": at, "site": "lazada_sg"}).encode()
        signed = {"Authorization": push_signature(store.app_key, store.app_secret, body)}
        assert stack.request("POST", "/webhooks/lazada", body, signed)[0] == 200
        stack.pump()
    named = {"partner": "lazada", "seller_id": SELLER, "market": "SG", "order_id": order_id}
    assert stack.invoke("KeepBuyerFunction", {"read": named, "operator": "kim", "reason": "a label"})["name"]


@pytest.fixture(scope="module")
def played() -> Iterator[WatchedStack]:
    """A stack after a full day, its marketplace's gateway switched on."""
    store = FakeLazada()
    with serve(store) as address, WatchedStack({**SECRETS, **READING, "LazadaEndpoint": address}) as stack:
        keys = {"app_key": store.app_key, "app_secrets": [store.app_secret]}
        stack.keep_secret(SECRETS["PartnerSecretsName"], {"lazada": keys, "trends": {**keys, "profile": {"family": "demand"}}})
        sellers = {SHOP: {"seller_id": SELLER, "refresh_token": store.tokens.grants[0].refresh_token, "publish": True, "ship": True}}
        account = {"app_key": store.app_key, "app_secret": store.app_secret, "sellers": sellers}
        stack.keep_secret(SECRETS["MarketplaceSecretsName"], {"lazada": account, "signals": {"salt": "grains"}})
        play(stack, store)
        yield stack


@pytest.fixture(scope="module")
def used(played: WatchedStack) -> Grants:
    """What each function needed."""
    found: Grants = defaultdict(set)
    parameters = {value: name for name, value in SECRETS.items()}
    for function, operation, target in played.used:
        if function:
            for action in ACTIONS.get(operation, {operation}):
                found[step_of(function, "Function")].add((action, parameters.get(target, target)))
    return found


@pytest.fixture(scope="module")
def granted() -> Grants:
    """What each function's role allows."""
    resources = read_wiring().resources
    functions = [name for name, body in resources.items() if body["Type"] == "AWS::Lambda::Function"]
    return {step: set(_allowed(resources, step)) for step in (step_of(name, "Function") for name in functions)}


def _allowed(resources: dict[str, Any], step: str) -> Iterator[tuple[str, str]]:
    for statement in statements(resources[logical_id(step, "Role")]["Properties"]):
        for action in statement["Action"]:
            yield from ((action, _target(resource)) for resource in statement["Resource"])


def _target(resource: dict[str, Any]) -> str:
    """A table, index, bucket, queue or log group by its logical id (an index by its name), a secret by its parameter, or ``*``."""
    if resource == "*":
        return "*"
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    text = resource["Fn::Sub"]
    if "/index/" in text:
        return str(text.rpartition("/")[2])
    return str(re.findall(r"\$\{(\w+)(?:\.Arn)?\}", text)[-1])


STEPS = sorted(step_of(name, "Function") for name in read_wiring().code)


def test_the_day_was_full(played: WatchedStack) -> None:
    """Given the played day, when all is quiet, then every function ran, nothing is dead, and the gateway shows the listings."""
    assert set(played.meter.invocations) == set(played.wiring.code)
    assert dead_letters(played) == {}
    known = ListingsTable(played.tables["ListingsTable"]).of_product(SELLER, "A-2")
    assert {found.listing.status for found in known.values()} == {ListingStatus.READY}


@pytest.mark.parametrize("step", STEPS)
def test_a_function_may_do_all_that_it_does(granted: Grants, used: Grants, step: str) -> None:
    """Given the calls that a function made, when they are held against its role, then each is allowed on that very thing."""
    assert used[step] - granted[step] == set()


@pytest.mark.parametrize("step", STEPS)
def test_a_function_may_do_no_more_than_it_does(granted: Grants, used: Grants, step: str) -> None:
    """Given a function's role, when it is held against the calls that were made, then nothing is left over but what is explained."""
    left = {one for one in granted[step] - used[step] if one[0] not in NEVER_CALLED and (step, *one) not in NOT_PLAYED}

    assert left == set()
