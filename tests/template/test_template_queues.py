"""Queues and what reads from them: nothing is lost, nothing is retried for ever, nobody is starved."""

from typing import Any

import pytest

from tests.template.reading import Resources, of_type, parsed, step_of

DAY_S = 86_400
SCHEDULE_DLQS = ("ReconcileDlq", "RefreshFxDlq")
"""Each takes what a schedule could not deliver; no queue stands before it."""

WORK_QUEUES = sorted(
    name for name in of_type(parsed()["Resources"], "AWS::SQS::Queue") if name.endswith("Queue")
)  # fmt: skip


def _mapping(resources: Resources, queue: str) -> dict[str, Any]:
    """The one event source that reads the queue."""
    mappings = of_type(resources, "AWS::Lambda::EventSourceMapping").values()
    (mapping,) = [one for one in mappings if one["EventSourceArn"] == {"Fn::GetAtt": [queue, "Arn"]}]
    return mapping


def _consumer(resources: Resources, queue: str) -> tuple[str, dict[str, Any]]:
    name = _mapping(resources, queue)["FunctionName"]["Ref"]
    return name, resources[name]["Properties"]


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_a_work_queue_is_tagged_with_its_only_consumer(resources: Resources, queue: str):
    """Who looks at a queue in the console sees whose work it is."""
    name, _ = _consumer(resources, queue)

    assert resources[queue]["Properties"]["Tags"] == [{"Key": "consumer", "Value": step_of(name, "Function")}]
    assert queue.startswith(name.removesuffix("Function"))


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_a_message_stays_hidden_long_enough(resources: Resources, queue: str):
    """Six times the consumer's timeout plus the batching window, so that a throttled batch is not delivered twice."""
    _, function = _consumer(resources, queue)
    window_s = _mapping(resources, queue).get("MaximumBatchingWindowInSeconds", 0)

    assert resources[queue]["Properties"]["VisibilityTimeout"] >= 6 * function["Timeout"] + window_s


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_one_failed_record_does_not_repeat_its_batch(resources: Resources, queue: str):
    """The flag without which a partial answer counts as full success and failed messages are lost."""
    assert _mapping(resources, queue)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_concurrency_is_limited_at_the_queue(resources: Resources, queue: str):
    """Limited where the poller knows it; a reservation on the function would burn receives by throttling."""
    _, function = _consumer(resources, queue)

    assert 2 <= _mapping(resources, queue)["ScalingConfig"]["MaximumConcurrency"] <= 1000
    assert "ReservedConcurrentExecutions" not in function


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_a_work_queue_has_a_dead_letter_queue_of_its_own(resources: Resources, queue: str):
    """Five receives or more, then kept for 14 days, which is longer than the work queue keeps anything."""
    properties = resources[queue]["Properties"]
    dlq = queue.removesuffix("Queue") + "Dlq"
    allowed = resources[dlq]["Properties"]["RedriveAllowPolicy"]

    assert properties["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": [dlq, "Arn"]}
    assert properties["RedrivePolicy"]["maxReceiveCount"] >= 5
    assert resources[dlq]["Properties"]["MessageRetentionPeriod"] == 14 * DAY_S > properties["MessageRetentionPeriod"]
    assert allowed["redrivePermission"] == "byQueue"
    name = properties["QueueName"]["Fn::Sub"]
    assert allowed["sourceQueueArns"] == [{"Fn::Sub": f"arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{name}"}]


def test_no_queue_stands_outside_these_rules(resources: Resources):
    """Every queue is a work queue, its dead-letter queue, or a schedule's."""
    dlqs = {name.removesuffix("Queue") + "Dlq" for name in WORK_QUEUES}

    assert set(of_type(resources, "AWS::SQS::Queue")) == {*WORK_QUEUES, *dlqs, *SCHEDULE_DLQS}


def test_every_queue_is_encrypted_and_kept(resources: Resources):
    """A message waiting in a queue is data like any other."""
    for name, body in of_type(resources, "AWS::SQS::Queue").items():
        assert body["SqsManagedSseEnabled"] is True, name
        assert resources[name]["DeletionPolicy"] == resources[name]["UpdateReplacePolicy"] == "Retain", name


@pytest.mark.parametrize("queue", SCHEDULE_DLQS)
def test_a_schedule_loses_no_run(resources: Resources, queue: str):
    """Neither a run that cannot be delivered nor one that fails on every try."""
    function, arn = {"Fn::GetAtt": [f"{queue.removesuffix('Dlq')}Function", "Arn"]}, {"Fn::GetAtt": [queue, "Arn"]}
    (schedule,) = [one for one in of_type(resources, "AWS::Scheduler::Schedule").values() if one["Target"]["Arn"] == function]
    (invoke,) = [
        one
        for one in of_type(resources, "AWS::Lambda::EventInvokeConfig").values()
        if one["FunctionName"]["Ref"] == function["Fn::GetAtt"][0]
    ]

    assert schedule["Target"]["DeadLetterConfig"]["Arn"] == arn
    assert schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"] >= 2
    assert invoke["DestinationConfig"]["OnFailure"]["Destination"] == arn


@pytest.mark.parametrize(("bucket", "queue"), [("UploadsBucket", "ReceiveUploadQueue"), ("DemandBucket", "LearnDemandQueue")])
def test_a_bucket_tells_a_queue_that_lets_only_this_bucket_in(resources: Resources, bucket: str, queue: str):
    """The bucket waits for the policy, and the policy names the bucket and the account."""
    told = resources[bucket]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    (statement,) = resources[f"{queue}Policy"]["Properties"]["PolicyDocument"]["Statement"]
    name = resources[bucket]["Properties"]["BucketName"]["Fn::Sub"]

    assert told == [{"Event": "s3:ObjectCreated:*", "Queue": {"Fn::GetAtt": [queue, "Arn"]}}]
    assert resources[bucket]["DependsOn"] == f"{queue}Policy"
    assert statement["Resource"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert statement["Condition"]["ArnEquals"] == {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{name}"}}
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_only_input_buckets_notify(resources: Resources):
    """A bucket must not start what writes to it: that is a loop. Whatever a queue feeds may have been started by a bucket."""
    telling = {name for name, body in of_type(resources, "AWS::S3::Bucket").items() if "NotificationConfiguration" in body}
    fed = {one["FunctionName"]["Ref"] for one in of_type(resources, "AWS::Lambda::EventSourceMapping").values()}
    writers = [
        (name, statement["Resource"])
        for name, function in of_type(resources, "AWS::Lambda::Function").items()
        for policy in resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if "s3:PutObject" in statement.get("Action", [])
    ]

    assert telling == {"UploadsBucket", "DemandBucket"}
    assert len(writers) > len(telling)
    told = [(name, resource) for name, resource in writers if any(bucket in str(resource) for bucket in telling)]
    assert told == [("ReceiveWebhookFunction", {"Fn::Sub": "${DemandBucket.Arn}/*"})]
    assert "ReceiveWebhookFunction" not in fed
