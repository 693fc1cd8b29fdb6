"""How a market's demand steers one title: what it asks for, when the title may follow, and what stays as it was, to compare with."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.values import digest

REST_DAYS = 14
"""Days in which a title changes at most once (text reference, section 13.3)."""

HOLD_OUT_PCT = 15
"""Listings in a hundred that keep their old title, so that what steering does can be told (text reference: 10 to 20)."""

_BUCKETS = ((0.66, "high"), (0.33, "mid"), (0.0, "low"))
_SLICES = 10_000


class Reason(BaseModel):
    """Why a title was changed.

    Attributes:
        usual, word: what the product was called, and is called now.
        keyword: what buyers type.
        bucket: its worth beside the product's best keyword: high, mid or low.
        source, start, end: the report that says so, and its days.
        why_ko, why: its worth in one line.
    """

    model_config = ConfigDict(frozen=True)

    usual: str
    word: str
    keyword: str
    bucket: str
    source: str
    start: date
    end: date
    why_ko: str
    why: str


class Wanted(NamedTuple):
    """What a market's demand asks for in one title.

    Attributes:
        words: term id -> its word in the title; empty when only the noun comes forward, None when the usual title is the best.
        title: with these words.
        usual_title: without.
        reason: None when the usual title is the best.
        keywords: true of the product and not in the title: they go to the search words, best first.
    """

    words: dict[str, str] | None
    title: str
    usual_title: str
    reason: Reason | None = None
    keywords: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Content address of what is asked for; the order of keywords does not count."""
        return digest(self.words, self.title, sorted(self.keywords))


class Steered(BaseModel):
    """How one title is steered in one market, kept from one report to the next.

    Attributes:
        words: as in ``Wanted``, of the title as it is now.
        title, usual_title: with them, and what stands again when steering is turned off.
        reason: why it is not the usual one.
        keywords: what stands in the search words for it.
        changed_at: when the title last followed demand, UTC; None when it never did. Of a listing that is held out, since when its
            title would have: from then on it is comparable to those that did.
        asked: ``Wanted.key`` of what was last asked for, so that the same is not asked again.
        waits_until: from when on the title may follow what is asked, UTC; None when nothing waits.
        held_out: whether the listing keeps its usual title to be compared with.
        off: whether the seller turned steering off.
    """

    model_config = ConfigDict(frozen=True)

    words: dict[str, str] | None = None
    title: str = ""
    usual_title: str = ""
    reason: Reason | None = None
    keywords: tuple[str, ...] = ()
    changed_at: datetime | None = None
    asked: str = ""
    waits_until: datetime | None = None
    held_out: bool = False
    off: bool = False

    def compares_from(self, start: date) -> bool:
        """Whether what happened from a day on may be compared: its title had been settled by then, one way or the other."""
        settled = self.changed_at is not None and self.changed_at.date() <= start
        return settled and not self.off and (self.held_out or self.words is not None)

    @property
    def has_effect(self) -> bool:
        """Whether the text differs from the usual one."""
        return self.words is not None or bool(self.keywords)


def is_due(wanted: Wanted, before: Steered | None, at: datetime) -> bool:
    """Whether a listing has anything to follow: something new is asked for, or what waited need not wait any more.

    Args:
        before: how it was steered; None when never, and then an order for the usual title is no news.
        at: when the report came in, UTC.
    """
    if before is None:
        return wanted.words is not None or bool(wanted.keywords)
    return before.asked != wanted.key or (before.waits_until is not None and at >= before.waits_until)


def is_held_out(seller_id: str, sku: str, market: str, percent: int = HOLD_OUT_PCT) -> bool:
    """Whether a listing belongs to those that keep their title. It does for good: only what it is called decides.

    Example:
        >>> held = sum(is_held_out("kim-shop", f"A-{number}", "TH") for number in range(2_000))
        >>> 240 < held < 360
        True
    """
    return int(digest("hold-out", seller_id, sku, market)[:8], 16) % _SLICES < percent * _SLICES // 100


def bucket(share: float) -> str:
    """The bucket of a keyword's worth, as a share of the best one's; sellers are shown no figures.

    Example:
        >>> bucket(0.9), bucket(0.5), bucket(0.1)
        ('high', 'mid', 'low')
    """
    return next(name for least, name in _BUCKETS if share >= least)


def decide(wanted: Wanted, before: Steered | None, at: datetime, *, held_out: bool = False, off: bool = False) -> Steered:
    """How the title is steered from now on. Deciding the same again changes nothing; the seller's word need not wait.

    Args:
        before: how it was steered; None when never.
        at: when the report, the file or the seller's word that leads to this came in, UTC.
        held_out: the listing keeps its usual title, search words too.
        off: the seller turned steering off; the usual title comes back at once.
    """
    state = before or Steered()
    usual = {"title": wanted.usual_title, "usual_title": wanted.usual_title, "words": None, "reason": None, "asked": wanted.key}
    if held_out or off:
        since = state.changed_at or (at if held_out and wanted.words is not None else None)
        gone = {"keywords": (), "waits_until": None, "held_out": held_out, "off": off, "changed_at": since}
        return state.model_copy(update={**usual, **gone})
    now = {"held_out": False, "off": False, "asked": wanted.key, "waits_until": None, "usual_title": wanted.usual_title}
    keywords = state.keywords if set(state.keywords) == set(wanted.keywords) else wanted.keywords
    if wanted.words == state.words:
        return state.model_copy(update={**now, "title": wanted.title, "keywords": keywords})
    rests_until = state.changed_at + timedelta(days=REST_DAYS) if state.changed_at and not state.off else None
    if rests_until and at < rests_until:
        return state.model_copy(update={**now, "keywords": keywords, "waits_until": rests_until})
    changed = {"words": wanted.words, "title": wanted.title, "reason": wanted.reason, "keywords": wanted.keywords, "changed_at": at}
    return state.model_copy(update={**now, **changed})
