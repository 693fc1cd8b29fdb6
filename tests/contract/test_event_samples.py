"""The samples in ``events/`` are what AWS and partners send: each is taken by the function it is for, and is shaped like ours."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from local.stack import Stack
from onestop.adapters.s3_events import dropped_files
from onestop.domain.catalog.dropped import DroppedFile, FileKind
from tests.conftest import DAY, ROOT, load_event
from tests.support.stack_state import items
from tests.support.webhooks import KEYS

KEY = "demo-seller/봄 신상품 (1차)+재고.xlsx"
S3 = {"s3_created": 1, "s3_duplicate_pair": 2, "s3_multipart_pair": 2, "s3_reordered_pair": 2}
"""Samples of S3's notifications -> how many each holds."""
OTHERS = {"s3_test_event", "sqs_batch", "sqs_poison", "schedule", "http_webhook", "http_webhook_base64"}
PUSHES = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "events/webhooks").rglob("*.json"))
SECRETS = "samples/partner-webhooks"
OTHERS_KEY = {"lazada/published-vector"}
"""Samples that were signed with a key that is not ours."""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """A stack that knows the samples' partners."""
    with Stack({"PartnerSecretsName": SECRETS}) as running:
        running.keep_secret(SECRETS, KEYS)
        running.live_on(DAY)
        yield running


def notifications(name: str) -> list[dict[str, Any]]:
    """The notifications that a sample holds."""
    sample = load_event(f"{name}.json")
    return sample if isinstance(sample, list) else [sample]


def dropped(name: str) -> list[DroppedFile]:
    """What a sample's notifications tell of."""
    return [file for one in notifications(name) for file in dropped_files(json.dumps(one))]


def sent_on(body: str) -> date:
    """The day on which a push says that it was sent; the stack's own for one that does not say."""
    try:
        sent = json.loads(body, strict=False).get("timestamp")
    except ValueError:
        return DAY
    return datetime.fromtimestamp(int(str(sent)[:10]), UTC).date() if sent else DAY


def headers_of(push: dict[str, Any]) -> dict[str, str]:
    """What a recorded push vouches for itself with."""
    headers: dict[str, str] = push.get("headers") or {"Authorization": push["authorization"]}
    return {"Content-Type": "application/json", **headers}


def shape(value: Any, path: str = "") -> dict[str, type]:
    """Path -> type of every leaf; the elements of a list share one path."""
    if isinstance(value, dict):
        return {key: kind for name, inner in value.items() for key, kind in shape(inner, f"{path}.{name}").items()}
    if isinstance(value, list):
        return {key: kind for inner in value for key, kind in shape(inner, f"{path}[]").items()}
    return {path: type(value)}


def test_every_sample_has_a_test() -> None:
    """Given the folder of samples, when it is listed, then each file is one that a test below reads."""
    assert {path.stem for path in (ROOT / "events").glob("*.json")} == {*S3, *OTHERS}
    assert {name.partition("/")[0] for name in PUSHES} == set(KEYS)
    assert len(PUSHES) == 28


@pytest.mark.parametrize("name", S3)
def test_a_notification_names_the_sellers_file(name: str) -> None:
    """Given a key with Hangul, spaces, parentheses and a plus, when S3 tells of it, then exactly that key is read, decoded once."""
    files = dropped(name)

    assert [file.key for file in files] == [KEY] * S3[name]
    assert {(file.seller_id, file.kind) for file in files} == {("demo-seller", FileKind.CATALOGUE)}
    assert all(file.etag and '"' not in file.etag and file.dropped_at.tzinfo for file in files)


def test_the_pairs_are_what_their_names_say() -> None:
    """Given the samples of two notifications, when they are compared, then they repeat, finish in parts, or come in reverse."""
    first, second = dropped("s3_duplicate_pair")
    assert first == second
    put, complete = dropped("s3_multipart_pair")
    assert (put.upload_id, put.etag[-2:]) == (complete.upload_id, "-2")
    later, earlier = dropped("s3_reordered_pair")
    assert later.dropped_at > earlier.dropped_at
    assert later.upload_id != earlier.upload_id


def test_the_test_event_tells_of_nothing() -> None:
    """Given the event that S3 sends when it is configured, when it is read, then there is no file and no error."""
    assert dropped("s3_test_event") == []


@pytest.fixture(scope="module")
def made(stack: Stack) -> list[dict[str, Any]]:
    """The queue records of the test event and of one upload, as the local stack makes them."""
    stack.upload(KEY, b"x")
    return [record for _ in range(2) for record in stack._receive("ReceiveUploadQueue", 10)]


def test_the_local_notification_is_shaped_like_the_sample(made: list[dict[str, Any]]) -> None:
    """Given an upload to the local bucket, when its notification is compared with the sample, then it has nothing that the sample has not."""
    test_event, created = sorted((json.loads(record["body"]) for record in made), key=lambda body: "Records" in body)
    sample = shape(load_event("s3_created.json"))

    assert shape(created).items() <= sample.items()
    assert {path.removeprefix(".Records[].") for path in sample.keys() - shape(created).keys()} == {
        "userIdentity.principalId", "requestParameters.sourceIPAddress", "responseElements.x-amz-request-id",
        "responseElements.x-amz-id-2", "s3.bucket.ownerIdentity.principalId", "s3.object.versionId", "s3.object.sequencer",
    }  # fmt: skip
    assert [file.key for file in dropped_files(json.dumps(created))] == [KEY]
    assert shape(test_event).items() <= shape(load_event("s3_test_event.json")).items()


def test_local_queue_records_are_shaped_like_the_samples(made: list[dict[str, Any]]) -> None:
    """Given a record of a local queue, when it is compared with the sample batch, then it is the same but for its values."""
    assert shape({"Records": made}) == shape(load_event("sqs_batch.json"))


def test_a_sample_batch_is_taken(stack: Stack) -> None:
    """Given a notification of an object that was replaced since, when the function gets it, then it is done without a trace."""
    before = items(stack, "CatalogTable")

    assert stack.invoke("ReceiveUploadFunction", load_event("sqs_batch.json")) == {"batchItemFailures": []}

    assert items(stack, "CatalogTable") == before


def test_a_poison_record_is_given_back_alone(stack: Stack) -> None:
    """Given a body that is no JSON beside a good one, when the function gets both, then only the poison is given back."""
    (poison,), (good,) = load_event("sqs_poison.json")["Records"], load_event("sqs_batch.json")["Records"]

    answer = stack.invoke("ReceiveUploadFunction", {"Records": [{**poison, "messageId": "poison"}, good]})

    assert answer == {"batchItemFailures": [{"itemIdentifier": "poison"}]}


def test_the_schedules_sample_refreshes_the_rates(stack: Stack) -> None:
    """Given the scheduler's event, when the function gets it, then every currency has a rate."""
    decisions = stack.invoke("RefreshFxFunction", load_event("schedule.json"))

    assert set(decisions.values()) == {"accepted"}
    assert {"SGD", "THB", "VND"} <= decisions.keys()


@pytest.mark.parametrize("name", ["http_webhook", "http_webhook_base64"])
def test_an_http_sample_is_answered(stack: Stack, name: str) -> None:
    """Given a signed push as the HTTP API hands it over, when the function gets it, then the partner is told 200."""
    event = load_event(f"{name}.json")
    (route,) = stack.wiring.routes
    stack.live_on(sent_on(load_event("http_webhook.json")["body"]))

    assert event["routeKey"] == " ".join(route)
    assert stack.invoke("ReceiveWebhookFunction", event) == {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": "ok"}


def test_both_http_samples_hold_the_same_push() -> None:
    """Given the sample as text and as base64, when they are compared, then only the encoding differs."""
    text, encoded = load_event("http_webhook.json"), load_event("http_webhook_base64.json")

    assert base64.b64decode(encoded["body"]).decode() == text["body"]
    assert {**encoded, "body": text["body"], "isBase64Encoded": False} == text


def test_local_requests_are_shaped_like_the_sample(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a request to the local API, when its event is compared with the sample, then it has nothing that the sample has not."""
    seen: list[dict[str, Any]] = []
    invoke = stack.invoke
    monkeypatch.setattr(stack, "invoke", lambda function, event: (seen.append(event), invoke(function, event))[1])
    sample = load_event("http_webhook_base64.json")
    body = base64.b64decode(sample["body"])
    stack.live_on(sent_on(body.decode()))

    status, _ = stack.request("POST", sample["rawPath"], body, {"Authorization": sample["headers"]["authorization"]})

    (event,) = seen
    assert status == 200
    assert shape(event).items() <= shape(sample).items()
    assert {name: event[name] for name in ("routeKey", "rawPath", "pathParameters", "body")} == {
        name: sample[name] for name in ("routeKey", "rawPath", "pathParameters", "body")
    }


@pytest.mark.parametrize("name", PUSHES)
def test_a_sample_push_is_answered_as_its_key_deserves(stack: Stack, name: str) -> None:
    """Given each recorded push, when it comes on its day as recorded, then ours are taken, and one of another app is refused."""
    push, ours = load_event(f"webhooks/{name}.json"), name not in OTHERS_KEY
    stack.live_on(sent_on(push["body"]))
    stored = len(items(stack, "EventsTable"))

    status, _ = stack.request("POST", f"/webhooks/{name.partition('/')[0]}", push["body"].encode(), headers_of(push))

    assert status == (200 if ours else 401)
    assert ours or len(items(stack, "EventsTable")) == stored


@pytest.mark.parametrize("name", ["lazada/order", "lazada/qc"])
def test_a_sample_push_of_another_day_is_refused(stack: Stack, name: str) -> None:
    """Given a recorded push, whose time is in milliseconds or seconds, when it comes two days later or before, then it is a replay."""
    push = load_event(f"webhooks/{name}.json")
    for days in (-2, 2):
        stack.live_on(sent_on(push["body"]) + timedelta(days=days))
        before = items(stack, "EventsTable")

        assert stack.request("POST", "/webhooks/lazada", push["body"].encode(), headers_of(push)) == (401, "stale")

        assert items(stack, "EventsTable") == before


def test_a_stack_keyed_for_the_published_example_verifies_it_and_finds_no_event() -> None:
    """Given the documentation's own key and signature, when its body comes, which is no JSON, then the answer is 400 and not 401."""
    push = load_event("webhooks/lazada/published-vector.json")
    with Stack({"PartnerSecretsName": "samples/published"}) as published:
        published.keep_secret("samples/published", {"lazada": {"app_key": push["app_key"], "app_secrets": [push["secret"]]}})

        status, _ = published.request("POST", "/webhooks/lazada", push["body"].encode(), {"Authorization": push["authorization"]})

    assert status == 400
