"""Take a partner's push: verify it over the raw bytes, keep the allowed facts once, queue the work, answer fast."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from onestop.domain.channels.partner_event import PartnerEvent
from onestop.domain.commands import ApplyPartnerEvent
from onestop.steps.ports import PartnerEvents, Sender

MAX_BODY_BYTES = 256 * 1024
"""No partner sends more; a larger body is refused before anything looks at it."""


@dataclass(frozen=True)
class Answer:
    """What the partner is told: an HTTP status and one word."""

    status: int
    word: str


@dataclass(frozen=True)
class Partner:
    """How to trust and read one partner.

    Attributes:
        verify: whether a signature belongs to these raw bytes.
        parse: the raw bytes as an event that holds allow-listed facts only. Raises ValueError for what is no event.
    """

    verify: Callable[[str, bytes], bool]
    parse: Callable[[bytes], PartnerEvent]


def receive_webhook(
    name: str, signature: str, body: bytes, *, partners: Mapping[str, Partner], events: PartnerEvents, send: Sender,
    now: datetime,
) -> Answer:  # fmt: skip
    """The answer to one push.

    404 for a partner nobody configured, 413 for a body that is too large, 401 for a wrong signature (nothing is stored
    then), 400 for a signed body that is no event, 200 for everything else: repeated and unknown events too, because a
    partner repeats what it was not told 200 for.

    The event is stored before the command is sent, and the command is sent on a repeat as well: a crash between the two
    is cured by the partner's next try.
    """
    partner = partners.get(name)
    if partner is None:
        return Answer(404, "unknown partner")
    if len(body) > MAX_BODY_BYTES:
        return Answer(413, "too large")
    if not partner.verify(signature, body):
        return Answer(401, "bad signature")
    try:
        event = partner.parse(body)
    except ValueError:
        return Answer(400, "not an event")
    events.save(event, received_at=now)
    send([ApplyPartnerEvent(
        event_id=event.event_id, occurred_at=now, seller_id=event.partner_seller_id or name,
        correlation_id=event.event_id, partner=name, partner_event_id=event.event_id,
    )])  # fmt: skip
    return Answer(200, "ok")
