"""The word tables that are not terms: counters, units, affixes, labels, category roots. Read from ``data/text/`` by the adapter."""

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.text.negation import Negations
from onestop.domain.text.sizes import SizeSystem

Locale = str
_CATEGORIES_KEPT = 1 << 8


class Forms(BaseModel):
    """A pattern for one and for other numbers; a language without the difference gives a single one."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    one: str
    other: str

    @model_validator(mode="before")
    @classmethod
    def _same_for_all(cls, value: Any) -> Any:
        return {"one": value, "other": value} if isinstance(value, str) else value


class Counter(BaseModel):
    """A Korean counting word and how each language counts with it.

    Attributes:
        ko: spellings; a space stands for an optional space.
        role: ``count`` is a number of things in the parcel, ``set`` a set of that many, ``spec`` any other figure.
        forms: locale -> patterns with ``{n}``, ``{clf}`` where the thing counted brings its own classifier, and ``{li}`` for the
            Turkish suffix that the number asks for.
        forms_by_root: category root -> patterns that replace ``forms`` there.
        classifiers: locale -> what ``{clf}`` becomes for a thing without its own.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    ko: tuple[str, ...]
    role: Literal["count", "set", "spec"]
    forms: dict[Locale, Forms]
    forms_by_root: dict[str, dict[Locale, Forms]] = Field(default_factory=dict)
    classifiers: dict[Locale, str] = Field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.id)


class Unit(BaseModel):
    """A unit of measure: the names it goes by, its dimension with the base unit, and the factor to that base.

    Attributes:
        shown_as: locale -> name of the unit that buyers there expect instead; must convert without a rest.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    dimension: str
    factor: Decimal
    names: tuple[str, ...]
    render: dict[Locale, str]
    shown_as: dict[Locale, str] = Field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.id)


class Affix(BaseModel):
    """A Korean word ending that says how a word relates to the product, such as 용 (for) or 포함 (included).

    Attributes:
        forms: locale -> pattern with ``{x}``.
        standalone: also read when written as a word of its own.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    ko: str
    role: Literal["use", "compat", "include", "exclude", "mod"]
    forms: dict[Locale, str]
    standalone: bool = False


class Label(BaseModel):
    """The name of an attribute or an option: Korean spellings and the word in each locale."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    ko: tuple[str, ...]
    text: dict[Locale, str]


class Tables(BaseModel):
    """All word tables together.

    Attributes:
        bundle: locale -> pattern for ``a+b`` pieces, with ``{sum}`` as written, ``{total}`` and ``{clf}``.
        origins: ISO 3166-1 alpha-2 -> country name in each locale.
        roots: category root -> words in a seller's first category level that mean it.
        near_roots: category root -> the roots whose things are also sold there under their own names.
        described_by: category root -> the roots whose things are not sold there, but say what is sold for them (food, among pots).
        sizes: Korean sizes and what they are called abroad, in the order in which they are tried.
        genders: whom goods are for -> the Korean words that say so.
        spellings: part of a Korean word -> how sellers also spell it.
        word_starts, word_ends: category root, or ``*`` for all -> the syllables that are words of their own at the beginning, or end, of a
            longer word.
        negations: how each language says that something is not in, on or needed.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    counters: tuple[Counter, ...]
    bundle: dict[Locale, str]
    units: tuple[Unit, ...]
    affixes: tuple[Affix, ...] = ()
    labels: tuple[Label, ...] = ()
    origins: dict[str, dict[Locale, str]] = Field(default_factory=dict)
    roots: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    near_roots: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    described_by: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sizes: tuple[SizeSystem, ...] = ()
    genders: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    spellings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    word_starts: dict[str, str] = Field(default_factory=dict)
    word_ends: dict[str, str] = Field(default_factory=dict)
    negations: Negations = Field(default_factory=Negations)

    @cached_property
    def counter_by_name(self) -> dict[str, Counter]:
        """Counter by each of its spellings without spaces."""
        return {name.replace(" ", ""): counter for counter in self.counters for name in counter.ko}

    @cached_property
    def unit_by_name(self) -> dict[str, Unit]:
        """Unit by each of its names, and by the lower-case name where that is not taken."""
        exact = {name: unit for unit in self.units for name in unit.names}
        return {**{name.lower(): unit for name, unit in exact.items()}, **exact}

    @cached_property
    def affix_by_ko(self) -> dict[str, Affix]:
        """Affix by its spelling."""
        return {affix.ko: affix for affix in self.affixes}

    @cached_property
    def label_by_id(self) -> dict[str, Label]:
        """Label by its id."""
        return {label.id: label for label in self.labels}

    @cached_property
    def label_by_ko(self) -> dict[str, Label]:
        """Label by each Korean spelling."""
        return {name: label for label in self.labels for name in label.ko}

    def label(self, label_id: str, locale: Locale) -> str:
        """The word of this label in this locale."""
        return self.label_by_id[label_id].text[locale]

    def __hash__(self) -> int:
        """Tables are read once and asked from everywhere: each is known by itself, so that what is made with it can be remembered."""
        return id(self)

    def root_of(self, category: str) -> str:
        """The category root of a seller's category path, or an empty string when its first level says nothing known."""
        return self._root_of_first(category.split(">", 1)[0].strip())

    @cached_property
    def _root_of_first(self) -> Callable[[str], str]:
        """The root of a first category level; a shop has few, so they are remembered."""

        def root(first: str) -> str:
            return next((root for root, words in self.roots.items() if any(word in first for word in words)), "")

        return lru_cache(maxsize=_CATEGORIES_KEPT)(root)
