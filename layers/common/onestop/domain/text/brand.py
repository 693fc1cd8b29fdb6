"""The brand as buyers abroad read it: its own Latin spelling, or a romanised one that says so."""

from functools import lru_cache
from typing import NamedTuple

from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.romanise import romanise_name
from onestop.domain.text.termbase import Termbase, TermKind, lookup_key


class Brand(NamedTuple):
    """A brand.

    Attributes:
        spelling: as the seller wrote it.
        latin: in Latin letters.
        romanised: whether ``latin`` was only made from the sound, or is a guess of the termbase that nobody confirmed.
    """

    spelling: str
    latin: str
    romanised: bool


@lru_cache(maxsize=1 << 10)
def brand_of(spelling: str | None, termbase: Termbase) -> Brand | None:
    """The brand that the seller named, or None when there is none; a shop has few, so they are remembered."""
    name = normalise(spelling or "")
    if not name:
        return None
    known = next((t for t in termbase.by_key.get(lookup_key(name), ()) if t.kind is TermKind.BRAND), None)
    if known:
        return Brand(name, known.word("en"), romanised=not known.curated)
    if not HANGUL.search(name):
        return Brand(name, name, romanised=False)
    return Brand(name, romanise_name(name), romanised=True)
