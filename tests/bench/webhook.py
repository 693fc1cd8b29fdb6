"""A webhook's first answer of a process: importing receive_webhook and handling one signed order, against the least such function."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from local.gateway.lazada import FakeLazada
from local.gateway.serving import Clock, serve
from tests.bench.imports import ROOT

AIM_RATIO, AIM_MS = 1.3, 500
SECRET = {"lazada": {"app_key": "900001", "app_secrets": ["kr-secret"]}}
TIMED = """
import json, sys, time
event = json.loads(sys.stdin.read())
processor, wall = time.process_time(), time.perf_counter()
{code}
imported = time.process_time() - processor
answer = handler(event, None)
print(json.dumps([answer["statusCode"], imported * 1000, (time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000]))
"""
OURS = "from functions.receive_webhook.app import handler"
BARE = """
import base64, hashlib, hmac, os
import boto3
from aws_lambda_powertools import Logger
logger = Logger(service="bare")
def handler(event, context):
    secrets = boto3.client("secretsmanager")
    keys = json.loads(secrets.get_secret_value(SecretId=os.environ["PARTNER_SECRETS_NAME"])["SecretString"])["lazada"]
    body = base64.b64decode(event["body"])
    expected = hmac.new(keys["app_secrets"][0].encode(), keys["app_key"].encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, event["headers"]["authorization"]):
        return {"statusCode": 401}
    name = hashlib.sha256(body).hexdigest()
    item = {"pk": {"S": "event#lazada"}, "sk": {"S": name}, "body": {"S": body.decode()}}
    boto3.client("dynamodb").put_item(TableName=os.environ["EVENTS_TABLE"], Item=item, ConditionExpression="attribute_not_exists(pk)")
    boto3.client("sqs").send_message(QueueUrl=os.environ["PARTNER_EVENT_QUEUE_URL"], MessageBody=name)
    logger.info("webhook", extra={"status": 200})
    return {"statusCode": 200, "body": "ok"}
"""
"""The same work without anything of ours, and without pydantic: no allow-list, no model, no clock, no profile of a partner."""
WITH_MODEL = """
from pydantic import BaseModel
class Push(BaseModel):
    seller_id: str
    message_type: int
Push(seller_id="1", message_type=0)
"""
"""What the bare function pays for reading its push through one model, as the floor of all functions' imports does."""


@Request.application
def aws(request: Request) -> Response:
    """The three services that the function calls, answering at once."""
    operation = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
    answers: dict[str, Any] = {
        "GetSecretValue": {"SecretString": json.dumps(SECRET)},
        "SendMessageBatch": {"Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": ""}], "Failed": []},
        "SendMessage": {"MessageId": "m", "MD5OfMessageBody": ""},
    }
    return Response(json.dumps(answers.get(operation, {})), mimetype="application/x-amz-json-1.0")


def measure_webhook(rounds: int = 7) -> dict[str, Any]:
    """Milliseconds until the first answer, ours and two bare ones: processor time, and by the wall; the least of rounds in which they take turns."""
    clock = Clock()
    push = FakeLazada(clock=clock).pushes.order("880000000000001", "pending")
    event = json.dumps(push.event("/webhooks/lazada", encoded=True))
    with serve(aws, "") as address:
        environment = {
            "AWS_ENDPOINT_URL": address, "PARTNER_SECRETS_NAME": "partners", "EVENTS_TABLE": "events", "DEMAND_BUCKET": "demand",
            "PARTNER_EVENT_QUEUE_URL": f"{address}/1/queue", "POWERTOOLS_SERVICE_NAME": "receive_webhook",
            "ONESTOP_AS_OF": datetime.fromtimestamp(clock(), UTC).date().isoformat(), "AWS_DEFAULT_REGION": "ap-northeast-2",
            "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}",
        }  # fmt: skip
        codes = {"ours": OURS, "bare": BARE, "bare_with_a_model": BARE + WITH_MODEL}
        runs = [{name: _answered(code, event, environment) for name, code in codes.items()} for _ in range(rounds + 1)]
    least = {
        name: dict(zip(("import_ms", "processor_ms", "wall_ms"), map(min, zip(*(run[name] for run in runs[1:]), strict=True)), strict=True))
        for name in runs[0]
    }
    ours_ms = least["ours"]["processor_ms"]
    ratios = {f"ratio_to_{name}": ours_ms / least[name]["processor_ms"] for name in codes if name != "ours"}
    return {**least, **ratios, "aim_ratio": AIM_RATIO, "aim_ms": AIM_MS}


def _answered(code: str, event: str, environment: dict[str, str]) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(code=code)], input=event, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    status, *times = json.loads(done.stdout.splitlines()[-1])
    if status != 200:
        raise RuntimeError(done.stdout)
    return list(times)
