"""receive_webhook: a partner's push is verified, stored once and queued; the answer is fast."""

from base64 import b64decode
from typing import Any

from onestop.adapters.marketplaces.partners import partners
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
    name = event.get("pathParameters", {}).get("partner", "")
    raw = event.get("body") or ""
    body = b64decode(raw) if event.get("isBase64Encoded") else raw.encode()
    answer = receive_webhook(
        name, event.get("headers", {}).get("authorization", ""), body, partners=partners(secret(env.partner_secrets_name)),
        events=EventsTable(env.events_table), send=Queues({"ApplyPartnerEvent": env.partner_event_queue_url}),
        now=now(env.onestop_as_of),
    )  # fmt: skip
    count("WebhooksAnswered", status=str(answer.status))
    logger().info("webhook", extra={"status": answer.status})
    return {"statusCode": answer.status, "headers": {"content-type": "text/plain"}, "body": answer.word}
