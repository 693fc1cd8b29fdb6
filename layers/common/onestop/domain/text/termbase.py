"""The termbase: Korean product terms with their words in each locale, and the sense that fits a product's category."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.text.facts import FactReader
from onestop.domain.text.normalise import normalise
from onestop.domain.text.spans import Scanner
from onestop.domain.text.tables import Locale, Tables
from onestop.domain.text.things import Things
from onestop.domain.text.words import Form, Words

OWN_BRAND = "own"
"""The id of a term made of the product's own brand."""


class TermKind(StrEnum):
    """What a term does in a title: names the product (head), says how, of what, for whom it is, and so on."""

    HEAD = "head"
    MOD = "mod"
    MATERIAL = "material"
    TARGET = "target"
    COLOUR = "colour"
    SIZE = "size"
    BRAND = "brand"
    PROMO = "promo"
    USE = "use"
    COMPAT = "compat"
    UNIT = "unit"
    NOISE = "noise"


class Term(BaseModel):
    """One sense of one Korean term.

    Attributes:
        ko, variants: its Korean spellings; spaces in them are optional when matching.
        roots: category roots in which it has this sense; empty for all.
        words: locale -> the word, for the locales that the term's own row holds; lower-case in English but for proper nouns. A brand
            has one spelling, under ``en``.
        classifiers: locale -> the classifier that counts it.
        curated: False for a candidate, which counts half in coverage.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    ko: str = Field(min_length=1)
    variants: tuple[str, ...] = ()
    kind: TermKind
    roots: tuple[str, ...] = ()
    words: dict[Locale, str] = Field(default_factory=dict)
    classifiers: dict[Locale, str] = Field(default_factory=dict)
    curated: bool = True
    source: str = ""

    def word(self, locale: Locale) -> str:
        """The word in this locale, or an empty string when the term's own row has none."""
        return self.words.get("en" if self.kind is TermKind.BRAND else locale, "")

    def form(self, locale: Locale) -> Form | None:
        """The form in this locale that the term's own row gives, or None."""
        word = self.word(locale)
        return Form(word, counter=self.classifiers.get(locale, "")) if word else None


class Sense(NamedTuple):
    """A term chosen for a category; ``sure`` is False when the category does not confirm it.

    ``describes`` says that this thing is not sold in the category, and only says what another one is for (the dumplings of a steamer).
    """

    term: Term
    sure: bool
    describes: bool = False


@lru_cache(maxsize=1 << 14)
def lookup_key(text: str) -> str:
    """What two spellings of one term share: normalised, without spaces, lower-case.

    Example:
        >>> lookup_key("USB 충전식")
        'usb충전식'
    """
    return normalise(text).replace(" ", "").lower()


def _spellings(term: Term) -> tuple[str, ...]:
    """A brand is also known by its Latin spelling, which sellers write as often."""
    return (term.ko, *term.variants, *((term.word("en"),) if term.kind is TermKind.BRAND else ()))


def _no_forms(_: Locale) -> Mapping[str, Form]:
    return {}


_UNAMBIGUOUS_SYLLABLES = 3
_MIXED = re.compile(r"[A-Za-z0-9]")
_HANGUL = re.compile("[가-힣]")
_ONLY_HANGUL = re.compile("[가-힣 ]*")


class Termbase(BaseModel):
    """All terms and word tables, with the indexes that matching needs.

    Attributes:
        version: content address of the files it was read from.
        things: what its nouns are of each other.
        forms: locale -> term id -> form, for the locales that have a file of their own; asked once for each locale in use.
    """

    model_config = ConfigDict(frozen=True, defer_build=True, arbitrary_types_allowed=True)

    terms: tuple[Term, ...]
    tables: Tables
    forms: Callable[[Locale], Mapping[str, Form]] = _no_forms
    things: Things = Things({})
    version: str = "test"

    def __hash__(self) -> int:
        """A termbase is read once and asked from everywhere: it is known by itself, so that what is read with it can be remembered."""
        return id(self)

    @cached_property
    def by_key(self) -> dict[str, tuple[Term, ...]]:
        """Every non-promotion term by each of its spellings."""
        index: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            if term.kind is not TermKind.PROMO:
                for key in sorted({lookup_key(spelling) for spelling in _spellings(term)} - {""}):
                    index[key].append(term)
        known = {key: tuple(terms) for key, terms in index.items()}
        return {**dict(self._spelled_otherwise(known)), **known}

    def _spelled_otherwise(self, known: Mapping[str, tuple[Term, ...]]) -> Iterator[tuple[str, tuple[Term, ...]]]:
        """Each spelling with a part of it as sellers also write it ("초코렛"); what is a term of its own wins over it."""
        parts = re.compile("|".join(sorted(self.tables.spellings, key=len, reverse=True)) or "(?!)")
        for key, terms in known.items():
            for part in parts.findall(key):
                for written in self.tables.spellings[part]:
                    yield key.replace(part, written), terms

    @cached_property
    def promo(self) -> frozenset[str]:
        """Every promotion phrase."""
        promo = (term for term in self.terms if term.kind is TermKind.PROMO)
        return frozenset(lookup_key(spelling) for term in promo for spelling in (term.ko, *term.variants))

    @cached_property
    def longest_by_start(self) -> dict[str, int]:
        """Length of the longest spelling that starts with a letter, or with two: how far a match has to look."""
        longest: dict[str, int] = {}
        for key in self.by_key:
            for start in {key[:1], key[:2]}:
                longest[start] = max(len(key), longest.get(start, 0))
        return longest

    @cached_property
    def mixed_spellings(self) -> tuple[str, ...]:
        """Spellings that mix Hangul with Latin letters or digits, such as C타입, longest first."""
        written = (spelling for term in self.terms for spelling in (term.ko, *term.variants))
        spellings = {normalise(spelling) for spelling in written if not _ONLY_HANGUL.fullmatch(spelling)}
        mixed = (spelling for spelling in spellings if _MIXED.search(spelling) and _HANGUL.search(spelling))
        return tuple(sorted(mixed, key=lambda spelling: (-len(spelling), spelling)))

    @cached_property
    def _senses(self) -> dict[tuple[str, tuple[TermKind, ...]], dict[str, Sense | None]]:
        return {}

    @cached_property
    def _words(self) -> dict[Locale, Words]:
        return {}

    def words(self, locale: Locale) -> Words:
        """Every word of a locale, read when it is first asked for."""
        if locale not in self._words:
            rows = self._names if (forms := self.forms(locale)) else self.terms
            own = {term.id: form for term in rows if (form := term.form(locale))}
            self._words[locale] = Words(locale, {**own, **forms}, self._heads)
        return self._words[locale]

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        return tuple(term.id for term in self.terms if term.kind is TermKind.HEAD)

    @cached_property
    def _names(self) -> tuple[Term, ...]:
        """The brands: what is spelled alike everywhere."""
        return tuple(term for term in self.terms if term.kind is TermKind.BRAND)

    @cached_property
    def brand_spellings(self) -> frozenset[str]:
        """Every brand, in each of its spellings."""
        return frozenset(spelling for term in self._names for spelling in _spellings(term))

    @cached_property
    def scanner(self) -> Scanner:
        """The scanner for titles, made from these tables and spellings."""
        return Scanner(self.tables, self.mixed_spellings)

    @cached_property
    def facts(self) -> FactReader:
        """The reader of figures and codes, made from these tables."""
        return FactReader(self.tables)

    def is_promo(self, phrase: str) -> bool:
        """Whether a phrase without spaces is promotion."""
        return lookup_key(phrase) in self.promo

    @cached_property
    def promo_starts(self) -> frozenset[str]:
        """What promotion phrases start with: their first letter, and their first two."""
        return frozenset(phrase[:size] for phrase in self.promo for size in (1, 2))

    def sense(self, key: str, root: str, prefer: tuple[TermKind, ...] = ()) -> Sense | None:
        """The sense of a spelling in a category, or None when it is unknown or the category leaves it open.

        A sense of this root wins over a general one. A single sense of another root is taken: as sure when it is a long word, for short
        ones often have a second meaning that nobody has written down yet; the name of a thing only when no category speaks against it,
        or one where such things are sold too. Where they are only what another thing is for, their names describe.

        Args:
            key: from :func:`lookup_key`.
            root: the product's category root, or an empty string.
            prefer: kinds that win over all others, such as a colour in an option.
        """
        terms = self.by_key.get(key)
        if terms is None:
            return None
        return _choose(terms, root, prefer) or self._only(terms, key, root)

    def senses_read(self, root: str, prefer: tuple[TermKind, ...] = ()) -> dict[str, Sense | None]:
        """What :meth:`sense` said of spellings so far, to be added to: titles share most of their words."""
        return self._senses.setdefault((root, prefer), {})

    def _only(self, terms: tuple[Term, ...], key: str, root: str) -> Sense | None:
        elsewhere = set(self.tables.described_by.get(root, ()))
        describing = [term for term in terms if term.kind is TermKind.HEAD and elsewhere.intersection(term.roots)]
        if len(describing) == 1 and len(key) > 1:
            return Sense(describing[0], describing[0].curated, describes=True)
        if len(terms) > 1:
            return None
        term = terms[0]
        near = not root or bool(set(self.tables.near_roots.get(root, ())).intersection(term.roots))
        return Sense(term, term.curated and len(key) >= _UNAMBIGUOUS_SYLLABLES and (near or term.kind is not TermKind.HEAD))


def _choose(terms: tuple[Term, ...], root: str, prefer: tuple[TermKind, ...]) -> Sense | None:
    for fitting in ([t for t in terms if root in t.roots], [t for t in terms if not t.roots]):
        if fitting:
            best = min(fitting, key=lambda term: (term.kind not in prefer, not term.curated))
            return Sense(best, best.curated)
    return None


class Senses:
    """The termbase seen from one product: its category root, and its own brand where that is no term.

    Args:
        own_brand: the seller's spelling, and the spelling to show.
        prefer: kinds of term that win where a spelling has several.
    """

    def __init__(
        self, termbase: Termbase, root: str = "", own_brand: tuple[str, str] | None = None, prefer: tuple[TermKind, ...] = ()
    ) -> None:
        self.termbase = termbase
        self.root = root
        self._known = termbase.by_key
        self._longest = termbase.longest_by_start
        self._prefer = prefer
        self._read = termbase.senses_read(root, prefer)
        self._brand_key = lookup_key(own_brand[0]) if own_brand else ""
        self._brand = own_brand

    def of(self, key: str) -> Sense | None:
        """The sense of a spelling for this product; a known term wins over an unknown brand of the same spelling."""
        if key in self._read:
            return self._read[key]
        if key in self._known:
            self._read[key] = sense = self.termbase.sense(key, self.root, self._prefer)
            return sense
        if self._brand and key == self._brand_key:
            return Sense(Term(id=OWN_BRAND, ko=self._brand[0], kind=TermKind.BRAND, words={"en": self._brand[1]}), sure=True)
        return None

    def longest_from(self, text: str) -> int:
        """How long the longest term, or own brand, that starts as this text does is."""
        start = text[:2].lower()
        longest = self._longest.get(start, 0)
        return max(longest, len(self._brand_key)) if self._brand_key and self._brand_key.startswith(start) else longest
