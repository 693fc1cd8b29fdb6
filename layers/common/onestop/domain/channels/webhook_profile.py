"""How one partner's pushes are trusted and read, as data: a new venture of a known family is a row, not a program."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.partner_event import EventKind


class Window(BaseModel):
    """How far the time that a push says it was sent at may lie from ours, in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    past_s: int = Field(ge=0)
    future_s: int = Field(ge=0)


class WebhookProfile(BaseModel):
    """One partner's row in ``channels/webhooks.json``, under its family's and over by what the operator's secret says.

    Attributes:
        family: whose scheme it follows. ``iop``: a keyed digest over app key and raw body. ``trendyol``: a key per seller.
            ``demand``: signed like ``iop``, and what comes is a keyword report.
        header: which header carries the signature or the key, lower case.
        algorithm: the digest of a signature.
        content_types: media types that are taken; empty when the partner does not say which it sends.
        window: None when pushes carry no time; that an event is stored once is then all that stops a replay.
        kinds: the partner's message type -> what it is about. A type that is not here is stored and acknowledged.
        sites: the partner's name of a site, lower case with underscores -> ISO 3166-1 alpha-2.
        market: where every push is about, for a partner whose pushes name no site.
        grades: field -> how sure it is: V published, U assumed, to be set in the secret where it proves wrong, ASSUMPTION our own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    family: Literal["iop", "trendyol", "demand"]
    header: str = Field("authorization", pattern="^[a-z0-9-]+$")
    algorithm: Literal["sha256", "sha512"] = "sha256"
    content_types: frozenset[str] = frozenset()
    window: Window | None = None
    kinds: dict[int, EventKind] = {}
    sites: dict[str, str] = {}
    market: str | None = None
    grades: dict[str, str] = {}

    def is_timely(self, sent_at: datetime | None, now: datetime) -> bool:
        """Whether a push is no replay by its own word; one without a time of its own is not judged by it.

        Example:
            >>> from datetime import UTC, timedelta
            >>> profile, now = WebhookProfile(family="iop", window=Window(past_s=60, future_s=5)), datetime(2026, 1, 2, tzinfo=UTC)
            >>> [profile.is_timely(now + timedelta(seconds=s), now) for s in (-61, -60, 5, 6)]
            [False, True, True, False]
        """
        if self.window is None or sent_at is None:
            return True
        return -self.window.past_s <= (sent_at - now).total_seconds() <= self.window.future_s

    def takes(self, content_type: str) -> bool:
        """Whether a body of this ``Content-Type`` header is taken.

        Example:
            >>> profile = WebhookProfile(family="iop", content_types={"application/json"})
            >>> profile.takes("Application/JSON; charset=utf-8"), profile.takes("text/xml"), profile.takes("")
            (True, False, True)
        """
        media_type = content_type.partition(";")[0].strip().lower()
        return not media_type or not self.content_types or media_type in self.content_types
