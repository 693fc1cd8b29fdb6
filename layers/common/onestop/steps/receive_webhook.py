"""Take a partner's push: verify it over the raw bytes, keep the allowed facts once, queue the work, answer fast."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onestop.domain.channels.partner_event import PartnerEvent
from onestop.domain.channels.webhook_profile import WebhookProfile
from onestop.domain.commands import ApplyPartnerEvent
from onestop.domain.demand.pushed_report import PushedReport
from onestop.steps.ports import Objects, PartnerEvents, Sender

MAX_BODY_BYTES = 256 * 1024
"""No partner sends more; a larger body is refused before anything looks at it."""


@dataclass(frozen=True)
class Answer:
    """What the partner is told: an HTTP status and one word."""

    status: int
    word: str


Headers = Mapping[str, str]
"""A request's headers, their names in lower case."""

Told = PartnerEvent | PushedReport
"""What a push may hold."""


@dataclass(frozen=True)
class Partner:
    """How to trust and read one partner.

    Attributes:
        profile: what the partner sends.
        verify: whose key these headers bring for these raw bytes, the seller's or the app's by its id there; None for nobody's.
        parse: whose key it was, and the raw bytes, as what it tells, allow-listed facts only. Raises ValueError for what is none.
    """

    profile: WebhookProfile
    verify: Callable[[Headers, bytes], str | None]
    parse: Callable[[str, bytes], Sequence[Told]]


def receive_webhook(
    partner: Partner | None,
    headers: Headers,
    body: bytes,
    *,
    events: PartnerEvents,
    reports: Objects,
    send: Sender,
    now: datetime,
) -> Answer:
    """The answer to one push.

    404 for a partner nobody configured (None), 413 for a body that is too large, 401 for a wrong signature or key and for a
    push that was sent too long ago, 415 and 400 for a signed body that is of another type or no event: nothing is stored
    then. 200 for everything else: repeated and unknown events too, because a partner repeats what it was not told 200 for.

    An event is stored before its command is sent, and the command is sent on a repeat as well: a crash between the two
    is cured by the partner's next try. A keyword report is put among those that are dropped as files, and learnt as they are.
    """
    if partner is None:
        return Answer(404, "unknown partner")
    if len(body) > MAX_BODY_BYTES:
        return Answer(413, "too large")
    caller = partner.verify(headers, body)
    if caller is None:  # told before anything else about the request: without a key nobody learns more
        return Answer(401, "bad signature")
    found = _read(partner, caller, headers, body, now)
    if isinstance(found, Answer):
        return found
    for report in (one for one in found if isinstance(one, PushedReport)):
        reports.write(report.key, report.body, "application/json")
    told = [one for one in found if isinstance(one, PartnerEvent)]
    for event in told:
        events.save(event, received_at=now)
    send([_command(event, now) for event in told])
    return Answer(200, "ok")


def _read(partner: Partner, caller: str, headers: Headers, body: bytes, now: datetime) -> Sequence[Told] | Answer:
    if not partner.profile.takes(headers.get("content-type", "")):
        return Answer(415, "not JSON")
    try:
        found = partner.parse(caller, body)
    except ValueError:
        return Answer(400, "not an event")
    if not all(partner.profile.is_timely(one.sent_at, now) for one in found):
        return Answer(401, "stale")
    return found


def _command(event: PartnerEvent, now: datetime) -> ApplyPartnerEvent:
    return ApplyPartnerEvent(
        event_id=event.event_id, occurred_at=now, seller_id=event.partner_seller_id or event.partner,
        correlation_id=event.event_id, partner=event.partner, partner_event_id=event.event_id,
    )  # fmt: skip
