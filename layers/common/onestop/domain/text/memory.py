"""The translation memory: what a text was translated to before, by whom, and whether it serves again.

A seller's own translation stands above a reviewer's, a reviewer's above a machine's, and a lower one never replaces a higher one.
What a machine made serves again only where a machine would make the same, so remembering changes no result, it only saves work.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict

from onestop.domain.text.normalise import normalise, strip_promo
from onestop.domain.text.number_slots import Shape, refill, shape_of
from onestop.domain.text.spans import Scanner
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import Termbase

EVERYWHERE = "*"
"""Stands in a key for no particular market."""

LISTED = "listed"
"""The kind of key under which all that people wrote for a field in a language is found."""

COMPOSED = "termbase@"
"""How the origin of what our own composer made begins."""


class Status(StrEnum):
    """Who stands behind a translation."""

    MACHINE = "machine"
    REVIEWED = "reviewed"
    SELLER = "seller"

    @property
    def rank(self) -> int:
        """The higher may replace the lower.

        Example:
            >>> Status.SELLER.rank > Status.REVIEWED.rank > Status.MACHINE.rank
            True
        """
        return list(Status).index(self)


class Key(NamedTuple):
    """Where a translation is remembered: under its very text, under its shape without figures, or in the list of a person's own."""

    kind: str  # "exact", "shape" or "listed"
    source: str
    locale: Locale
    field: str
    market: str


class Entry(BaseModel):
    """One remembered translation.

    Attributes:
        source: normalised, without promotion.
        target: the translation; empty when it was taken back.
        market: the one market that it is for, or None.
        context: the seller's category path, which may decide the sense of a word.
        made_from: digest of all that a machine's translation depends on; empty for a person's.
        source_digest: of ``source``.
        origin: the engine and version, or whose edit it was.
        updated_at: UTC.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    target: str
    locale: Locale
    field: str
    market: str | None = None
    context: str = ""
    made_from: str = ""
    source_digest: str
    status: Status
    origin: str
    updated_at: datetime


class MatchKind(IntEnum):
    """How well a remembered text matches, in the per cent that translators use."""

    IN_CONTEXT = 101
    EXACT = 100
    NUMBERS = 95


class Match(NamedTuple):
    """A remembered translation that serves, and what it says for this text; figures put in anew are to be checked again."""

    kind: MatchKind
    entry: Entry
    target: str


class Sought(NamedTuple):
    """A text that a translation is looked for; see ``Entry``."""

    source: str
    shape: Shape
    locale: Locale
    field: str
    market: str | None
    context: str
    made_from: str

    @property
    def keys(self) -> tuple[Key, Key]:
        """Where it may be remembered: the very text, then the shape."""
        place = (self.locale, self.field, self.market or EVERYWHERE)
        return Key("exact", source_digest(self.source), *place), Key("shape", source_digest(self.shape.text), *place)


def source_digest(text: str) -> str:
    """The content address of a source text: SHA-256 of its NFC form.

    Example:
        >>> source_digest("김") == source_digest("김") != source_digest("밥")
        True
    """
    return hashlib.sha256(normalize("NFC", text).encode()).hexdigest()


def source_title(title: str, termbase: Termbase) -> str:
    """A Korean title as it is remembered: normalised, without promotion."""
    return strip_promo(normalise(title), termbase.is_promo, starts=termbase.promo_starts).text


def sought(
    source: str, locale: Locale, field: str, scanner: Scanner, *, market: str | None = None, context: str = "", made_from: str = ""
) -> Sought:
    """What to look for; see ``Entry`` for the parts."""
    return Sought(source, shape_of(source, scanner), locale, field, market, context, made_from)


def entry_of(what: Sought, target: str, *, status: Status, origin: str, updated_at: datetime) -> Entry:
    """A translation to remember; an empty ``target`` takes one back."""
    return Entry(
        source=what.source, target=target, locale=what.locale, field=what.field, market=what.market, context=what.context,
        made_from=what.made_from if status is Status.MACHINE else "", source_digest=source_digest(what.source), status=status,
        origin=origin, updated_at=updated_at,
    )  # fmt: skip


def may_replace(old: Entry | None, new: Entry) -> bool:
    """Whether a translation may take the place of another: a higher owner may, and the same one when it is not older.

    A person's translation that was taken back gives its place free.
    """
    if old is None or not old.target:
        return True
    if old.status is not new.status:
        return new.status.rank > old.status.rank
    return new.updated_at >= old.updated_at


def keeps(entry: Entry, what: Sought) -> tuple[Key, ...]:
    """The keys that a translation is stored under; what our composer made is as cheap to compose with other figures anew."""
    exact, shape = what.keys
    slotted = (shape,) if what.shape.values and not _composed(entry) else ()
    listed = (exact._replace(kind=LISTED),) if _by_person(entry) else ()
    return (exact, *slotted, *listed)


def best_match(what: Sought, known: Mapping[Key, Entry], scanner: Scanner) -> Match | None:
    """The remembered translation that serves, or None: the same text first, then the same words with other figures.

    A machine's translation serves only in the same context and when it was made from the same; a person's wherever the text is.
    """
    exact, shape = what.keys
    entry = known.get(exact)
    if entry and entry.target and entry.source == what.source and (_by_person(entry) or entry.made_from == what.made_from):
        kind = MatchKind.IN_CONTEXT if entry.context == what.context else MatchKind.EXACT
        if _by_person(entry) or kind is MatchKind.IN_CONTEXT:
            return Match(kind, entry, entry.target)
    return _with_other_figures(what, known.get(shape), scanner)


def _with_other_figures(what: Sought, entry: Entry | None, scanner: Scanner) -> Match | None:
    if entry is None or not entry.target or _composed(entry):
        return None
    if not _by_person(entry) and (entry.context, entry.made_from) != (what.context, what.made_from):
        return None
    remembered = shape_of(entry.source, scanner)
    if remembered.text != what.shape.text:
        return None
    target = refill(entry.target, remembered.values, what.shape.values, what.locale)
    return Match(MatchKind.NUMBERS, entry, target) if target else None


def _by_person(entry: Entry) -> bool:
    return entry.status is not Status.MACHINE


def _composed(entry: Entry) -> bool:
    return not _by_person(entry) and entry.origin.startswith(COMPOSED)
