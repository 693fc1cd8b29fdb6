"""The whole stack in this process: the template's buckets, queues and tables in moto, its functions called as Lambda would.

What is played is what is deployed: event sources, batch sizes, partial failures, retries, dead-letter queues, HTTP
routes, schedules and every function's environment are read from template.yaml.
"""

import contextlib
import importlib
import io
import itertools
import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Self, TextIO

import boto3
from moto import mock_aws

from local.http import http_event, match
from local.invocation import Context, Meter
from local.partitions import partitioned_queries
from local.template import HELD, REGION, ROOT, Wiring, read_wiring
from onestop.adapters import aws
from onestop.adapters.secrets import secret
from onestop.runtime.settings import settings

STACK_NUMBERS = itertools.count(1)
"""Every stack of a process has its own name, so that several may run beside each other."""

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_SESSION_TOKEN": "local",
    "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION,
}  # fmt: skip
LOCAL_PARAMETERS = {"RateSource": "embedded", "PartnerSecretsName": "onestop/partner-webhooks", "LogLevel": "INFO"}


class Stack:
    """A running stack; a context manager.

    Example (not run here, it takes a second)::

        with Stack() as stack:
            stack.upload("demo-seller/catalogue.xlsx", data)
            stack.pump()
    """

    def __init__(self, parameters: Mapping[str, str] = {}, *, logs: TextIO | None = None) -> None:  # never changed
        """``parameters`` are the template's; ``logs`` takes what the functions print."""
        self._parameters = {**LOCAL_PARAMETERS, **parameters}
        self.logs = logs if logs is not None else io.StringIO()
        self.meter = Meter()
        self._running = ""
        self._waiting: set[str] = set()
        self._cleanup = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Stand the stack up."""
        self._cleanup.enter_context(_environment({**os.environ, **CREDENTIALS}))
        self._cleanup.enter_context(mock_aws())
        self._cleanup.enter_context(partitioned_queries())
        self.wiring: Wiring = read_wiring()
        for cached in (settings, secret, aws.client):
            cached.cache_clear()
        self._outputs = self._create()
        self.queues = {name: self._outputs[f"{name}Ref"] for name in self._held("AWS::SQS::Queue")}
        self.buckets = {name: self._outputs[f"{name}Ref"] for name in self._held("AWS::S3::Bucket")}
        self.tables = {name: self._outputs[f"{name}Ref"] for name in self._held("AWS::DynamoDB::Table")}
        self._by_url = {url: name for name, url in self.queues.items()}
        self._set("IMAGING_ASSETS", str(ROOT / ".cache/imaging"))
        self._notify()
        for service in ("sqs", "s3", "dynamodb", "secretsmanager", "kms"):
            aws.client(service).meta.events.register("before-parameter-build", self._seen)
        return self

    def __exit__(self, *exc: object) -> None:
        """Take it down."""
        self._cleanup.close()

    # ---- what the outside world does

    def upload(self, key: str, data: bytes, *, bucket: str = "UploadsBucket") -> None:
        """A seller (or a partner) drops a file."""
        aws.client("s3").put_object(Bucket=self.buckets[bucket], Key=key, Body=data)

    def fire(self, schedule: str) -> Any:
        """A schedule goes off."""
        event = {"version": "0", "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {}, "resources": [schedule]}
        return self.invoke(self.wiring.schedules[schedule], event)

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Somebody calls the HTTP API; status and body of the answer."""
        for (route_method, route), function in self.wiring.routes.items():
            parameters = match(route, path)
            if route_method == method and parameters is not None:
                event = http_event(method, route, path, body, headers, parameters)
                answer = self.invoke(function, event)
                return int(answer["statusCode"]), str(answer.get("body", ""))
        return 404, '{"message":"Not Found"}'

    def live_on(self, day: date) -> None:
        """Let the stack live on another day: functions read it instead of the clock, as a stack deployed with ``AsOf`` does."""
        self._set("ONESTOP_AS_OF", day.isoformat())

    def rates_from(self, source: str) -> None:
        """Where refresh_fx takes rates from: what ``rate_source`` knows, such as ``embedded`` or ``file:<path>``."""
        self._set("RATE_SOURCE", source)

    def keep_secret(self, name: str, document: dict[str, Any]) -> None:
        """An operator stores a secret."""
        aws.client("secretsmanager").create_secret(Name=name, SecretString=json.dumps(document))

    # ---- what AWS does

    def pump(self, *, on_batch: Callable[[str, int], None] | None = None) -> int:
        """Deliver messages until every queue is quiet; the most downstream first, so that queues stay short.

        Args:
            on_batch: told the function and the number of records after each delivered batch.

        Returns:
            How many batches were delivered.
        """
        batches = 0
        downstream_first = list(reversed(list(self.wiring.sources)))
        while waiting := [queue for queue in downstream_first if queue in self._waiting]:
            source = self.wiring.sources[waiting[0]]
            records = self._receive(source.queue, source.batch_size)
            if not records:
                self._waiting.discard(source.queue)
                continue
            self._deliver(source.queue, records)
            batches += 1
            if on_batch:
                on_batch(source.function, len(records))
        return batches

    def invoke(self, function: str, event: dict[str, Any], *, context: Context | None = None) -> Any:
        """Call a function's handler with exactly the environment that the template gives it."""
        module = importlib.import_module(self.wiring.code[function])
        started, before = time.perf_counter(), self._running
        self._running = function
        environment = self.environment(function)
        _log_to(self.logs, environment["POWERTOOLS_SERVICE_NAME"])
        try:
            with _environment({**CREDENTIALS, **environment}), contextlib.redirect_stdout(self.logs):
                return module.handler(event, context or Context(function))
        finally:
            self._running = before
            self.meter.seconds[function] += time.perf_counter() - started
            self.meter.invocations[function] += 1

    def environment(self, function: str) -> dict[str, str]:
        """The variables that the template gives a function."""
        names = self.wiring.resources[function]["Properties"]["Environment"]["Variables"]
        return {name: self._outputs[_output(function, name)] for name in names}

    def waiting(self, queue: str) -> int:
        """Messages in a queue that can be received now."""
        reply = aws.client("sqs").get_queue_attributes(QueueUrl=self.queues[queue], AttributeNames=["ApproximateNumberOfMessages"])
        return int(reply["Attributes"]["ApproximateNumberOfMessages"])

    def redrive(self, dead_letters: str) -> int:
        """An operator starts a redrive: every dead message goes back to the queue it came from, as a new message."""
        origin = next(
            name for name, resource in self.wiring.resources.items()
            if resource["Type"] == "AWS::SQS::Queue" and dead_letters in str(resource["Properties"].get("RedrivePolicy", ""))
        )  # fmt: skip
        moved = 0
        while messages := aws.client("sqs").receive_message(QueueUrl=self.queues[dead_letters], MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                aws.client("sqs").send_message(QueueUrl=self.queues[origin], MessageBody=message["Body"])
                aws.client("sqs").delete_message(QueueUrl=self.queues[dead_letters], ReceiptHandle=message["ReceiptHandle"])
                moved += 1
        return moved

    # ---- inside

    def _set(self, variable: str, value: str) -> None:
        for function in self.wiring.code:
            self._outputs[_output(function, variable)] = value
        settings.cache_clear()

    def _held(self, kind: str) -> list[str]:
        return [name for name, resource in self.wiring.resources.items() if resource["Type"] == kind]

    def _create(self) -> dict[str, str]:
        """Create the stack; CloudFormation itself resolves names and environments, through outputs."""
        document, resources = self.wiring.document, self.wiring.resources
        held = {
            name: {key: value for key, value in body.items() if key != "DependsOn"}
            for name, body in resources.items() if body["Type"] in HELD
        }  # fmt: skip
        outputs: dict[str, Any] = {f"{name}Ref": {"Ref": name} for name in held}
        outputs |= {f"{name}Arn": {"Fn::GetAtt": [name, "Arn"]} for name in held}
        for function in self.wiring.code:
            for variable, value in resources[function]["Properties"]["Environment"]["Variables"].items():
                outputs[_output(function, variable)] = value
        body = {
            "Parameters": document["Parameters"], "Conditions": document.get("Conditions", {}), "Resources": held,
            "Outputs": {name: {"Value": value, **_condition(held, name)} for name, value in outputs.items()},
        }  # fmt: skip
        cloudformation = boto3.client("cloudformation")
        parameters = [{"ParameterKey": name, "ParameterValue": value} for name, value in self._parameters.items()]
        name = f"onestop-{next(STACK_NUMBERS)}"
        cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(body), Parameters=parameters)
        described = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        return {output["OutputKey"]: str(output["OutputValue"]) for output in described["Outputs"]}

    def _notify(self) -> None:
        """Set up the buckets' notifications, which moto's CloudFormation leaves out."""
        self._announces: dict[str, str] = {}
        for name in self.buckets:
            rules = self.wiring.resources[name]["Properties"].get("NotificationConfiguration", {}).get("QueueConfigurations", [])
            entries: list[dict[str, Any]] = []
            for rule in rules:
                queue = rule["Queue"]["Fn::GetAtt"][0]
                entries.append({"QueueArn": self._outputs[f"{queue}Arn"], "Events": [rule["Event"]]})
                self._announces[self.buckets[name]] = queue
            if entries:
                boto3.client("s3").put_bucket_notification_configuration(
                    Bucket=self.buckets[name], NotificationConfiguration={"QueueConfigurations": entries}
                )
                self._waiting.add(queue)

    def _seen(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        """Note every AWS call: who made it, and which queue has something to deliver now."""
        self.meter.calls[self._running, f"{model.service_model.service_name}:{model.name}"] += 1
        if model.name.startswith("SendMessage"):
            queue = self._by_url[params["QueueUrl"]]
            self.meter.sent[queue] += len(params.get("Entries", [1]))
            for entry in params.get("Entries", []):
                entry["DelaySeconds"] = 0  # nobody waits here, neither for a retry nor for a delay
            self._waiting.add(queue)
        elif model.name in ("PutObject", "CopyObject", "CompleteMultipartUpload") and params["Bucket"] in self._announces:
            self._waiting.add(self._announces[params["Bucket"]])

    def _receive(self, queue: str, batch_size: int) -> list[dict[str, Any]]:
        reply = aws.client("sqs").receive_message(
            QueueUrl=self.queues[queue], MaxNumberOfMessages=min(10, batch_size), AttributeNames=["All"], MessageAttributeNames=["All"]
        )
        arn = self._outputs[f"{queue}Arn"]
        return [
            {
                "messageId": message["MessageId"], "receiptHandle": message["ReceiptHandle"], "body": message["Body"],
                "attributes": message["Attributes"], "messageAttributes": {}, "md5OfBody": message["MD5OfBody"],
                "eventSource": "aws:sqs", "eventSourceARN": arn, "awsRegion": REGION,
            }
            for message in reply.get("Messages", [])
        ]  # fmt: skip

    def _deliver(self, queue: str, records: list[dict[str, Any]]) -> None:
        source = self.wiring.sources[queue]
        everything = {record["messageId"] for record in records}
        try:
            answer = self.invoke(source.function, {"Records": records}) or {}
            failed = {one["itemIdentifier"] for one in answer.get("batchItemFailures", [])} if source.partial_failures else set()
        except BaseException as error:  # whatever ends a function, Lambda gives the whole batch back
            if isinstance(error, KeyboardInterrupt):
                raise
            self.logs.write(json.dumps({"level": "ERROR", "function": source.function, "error": repr(error)}) + "\n")
            failed = everything
        self.meter.records[source.function] += len(records)
        sqs, url = aws.client("sqs"), self.queues[queue]
        for handle in [record["receiptHandle"] for record in records if record["messageId"] in failed]:
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
            self._waiting.add(queue)
        if done := [record for record in records if record["messageId"] not in failed]:
            entries = [{"Id": str(place), "ReceiptHandle": record["receiptHandle"]} for place, record in enumerate(done)]
            sqs.delete_message_batch(QueueUrl=url, Entries=entries)


def _condition(held: Mapping[str, Any], output: str) -> dict[str, str]:  # as the resource that it tells of
    return {name: value for name, value in held.get(output[:-3], {}).items() if name == "Condition"}


def _output(function: str, variable: str) -> str:
    return function + "".join(part.title() for part in variable.split("_"))


def _log_to(stream: TextIO, service: str) -> None:
    """A process makes a function's logger once, with the stream of the stack that ran first."""
    for handler in logging.getLogger(service).handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.stream = stream  # setStream would flush the old one, which may be closed


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Replace the process's environment."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
