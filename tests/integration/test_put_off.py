"""A message whose work failed comes again when that is worth it, not only when its queue's long visibility ends."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ConnectTimeoutError
from moto.core.utils import unix_time_millis
from moto.sqs.models import sqs_backends

from local.invocation import ACCOUNT, Context
from local.stack import Stack
from local.template import REGION
from onestop.adapters.aws import client
from onestop.adapters.queues import body
from onestop.domain.commands import ReportUpload
from tests.support.stack_state import dead_letters

QUEUE, FUNCTION = "ReportUploadQueue", "ReportUploadFunction"
OWN_S = 5400


@pytest.fixture(scope="module")
def running() -> Iterator[Stack]:
    with Stack() as stack:
        yield stack


@pytest.fixture
def stack(running: Stack, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """The stack with one message in the queue: by default a command for an upload that is not there (yet)."""
    at = datetime(2026, 11, 2, tzinfo=UTC)
    command = ReportUpload(event_id="e", occurred_at=at, seller_id="kim-shop", correlation_id="u", upload_id="u")
    client("sqs").send_message(QueueUrl=running.queues[QUEUE], MessageBody=getattr(request, "param", body(command)))
    yield running
    for record in running._receive(QUEUE, 1):
        client("sqs").delete_message(QueueUrl=running.queues[QUEUE], ReceiptHandle=record["receiptHandle"])


def hidden_s(stack: Stack) -> int:
    """How long the message stays hidden, in seconds."""
    (message,) = sqs_backends[ACCOUNT][REGION].queues[stack.queues[QUEUE].rpartition("/")[2]]._messages
    return round((message.visible_at - unix_time_millis()) / 1000)


def fail(stack: Stack, *, remaining_ms: int = 900_000) -> int:
    """The message is received, and its work fails; how long it stays hidden then, in seconds."""
    (record,) = stack._receive(QUEUE, 1)
    assert abs(hidden_s(stack) - OWN_S) <= 1
    answer = stack.invoke(FUNCTION, {"Records": [record]}, context=Context(FUNCTION, remaining_ms=remaining_ms))
    assert answer == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
    found = hidden_s(stack)
    client("sqs").change_message_visibility(QueueUrl=stack.queues[QUEUE], ReceiptHandle=record["receiptHandle"], VisibilityTimeout=0)
    return found


def test_what_may_pass_by_itself_is_tried_again_soon_then_later_then_dies(stack: Stack) -> None:
    """Given an error that may pass, when it does not, then the waits grow, and after its five receives the message is a dead letter."""
    waits = [fail(stack) for _ in range(5)]

    assert waits == pytest.approx([60, 300, OWN_S, OWN_S, OWN_S], abs=2)
    assert stack._receive(QUEUE, 1) == []
    assert dead_letters(stack) == {"ReportUploadDlq": 1}


def test_work_that_ran_out_of_time_goes_on_at_once(stack: Stack) -> None:
    """Given work for which no time is left, when it is handed back, however often, then it comes again within seconds."""
    assert [fail(stack, remaining_ms=10) for _ in range(3)] == pytest.approx([5, 5, 5], abs=2)


@pytest.mark.parametrize("stack", ["{}"], indirect=True)
def test_a_fault_of_ours_waits_as_its_queue_says(stack: Stack) -> None:
    """Given a message that no retry cures, when it fails, then its visibility is left alone."""
    assert fail(stack) == pytest.approx(OWN_S, abs=2)


def test_a_failure_to_put_off_fails_nothing_else(stack: Stack) -> None:
    """Given that SQS refuses, when a message is to be put off, then it is still handed back alone, and its queue's time holds."""
    refused = []

    def refuse(**_: object) -> None:
        refused.append(1)
        raise ConnectTimeoutError(endpoint_url="sqs")

    events = client("sqs").meta.events
    events.register("before-call.sqs.ChangeMessageVisibilityBatch", refuse)
    try:
        waited = fail(stack)
    finally:
        events.unregister("before-call.sqs.ChangeMessageVisibilityBatch", refuse)

    assert (waited, refused) == (pytest.approx(OWN_S, abs=2), [1])
