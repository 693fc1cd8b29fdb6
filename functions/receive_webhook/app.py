"""receive_webhook: a partner's push is verified, stored once and queued; the answer is fast."""

from base64 import b64decode
from typing import Any

from onestop.adapters.marketplaces.partners import partner_of
from onestop.adapters.objects import Bucket
from onestop.adapters.queues import Queues
from onestop.adapters.secrets import secret
from onestop.adapters.tables.events import EventsTable
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import ReceiveWebhookSettings, settings
from onestop.steps.receive_webhook import receive_webhook


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one HTTP request of the API."""
    env = settings(ReceiveWebhookSettings)
    name = (event.get("pathParameters") or {}).get("partner", "")
    answer = receive_webhook(
        partner_of(secret(env.partner_secrets_name), name), event.get("headers") or {}, _raw_body(event),
        events=EventsTable(env.events_table), reports=Bucket(env.demand_bucket),
        send=Queues({"ApplyPartnerEvent": env.partner_event_queue_url}),        now=now(env.onestop_as_of),
    )  # fmt: skip
    count("WebhooksAnswered", status=str(answer.status))
    logger().info("webhook", extra={"status": answer.status})
    return {"statusCode": answer.status, "headers": {"content-type": "text/plain"}, "body": answer.word}


def _raw_body(event: dict[str, Any]) -> bytes:
    """The bytes as they came over the wire; none where what should be base64 is not, which no signature fits."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return body.encode("utf-8", "replace")
    try:
        return b64decode(body)
    except ValueError:
        return b""
