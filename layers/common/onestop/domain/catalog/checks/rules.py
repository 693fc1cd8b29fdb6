"""What the checks go by: figures and words from ``data/checks/rules.json``, and the termbase."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.checks.quantities import MOST_NAME_CHARS, Quantities, QuantityReader
from onestop.domain.text.normalise import normalise, strip_promo
from onestop.domain.text.termbase import Termbase, TermKind, lookup_key

_NAMES_KEPT = 512
"""Names whose quantities are kept: the Korean and English ones of a window of rows."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WeightRules(_Frozen):
    """How far a declared weight may be from the one in the name.

    Attributes:
        packaging_factor, packaging_allowance_g: a parcel may weigh so many times its content and so much more.
        rounding_pct, rounding_g: how much less than the content is only rounding; the larger one counts.
        absurd_above_g: no parcel of a marketplace weighs more.
        not_content_before, not_content_after: words next to a mass that is not the content's.
    """

    packaging_factor: Decimal
    packaging_allowance_g: int
    rounding_pct: Decimal
    rounding_g: int
    absurd_above_g: int
    not_content_before: tuple[str, ...]
    not_content_after: tuple[str, ...]


class NotOursRules(_Frozen):
    """Words for goods that the seller bought abroad, and the words behind them that deny it."""

    words: tuple[str, ...] = Field(min_length=1)
    denied_by: tuple[str, ...]


class ExpiryRules(_Frozen):
    """How a shelf life is labelled, words that say it is nearly over, and the days a parcel and its buyer need."""

    labels: tuple[str, ...] = Field(min_length=1)
    near_words: tuple[str, ...]
    transit_days: int
    left_for_buyer_days: int


class CertificateRules(_Frozen):
    """Names of certificates that hold in Korea only, and of those that hold abroad."""

    korea_only: tuple[str, ...] = Field(min_length=1)
    abroad: tuple[str, ...] = Field(min_length=1)


class BracketRules(_Frozen):
    """In how many rows a leading bracket must stand to be taken for a brand, and what brackets say besides."""

    rows_for_a_brand: int = Field(ge=2)
    not_brands: frozenset[str]


class CheckRules(_Frozen):
    """All figures and word lists of the checks.

    Attributes:
        inexact_unit_tolerance_pct: how far a figure in a unit without a power of ten may be off after conversion.
        english_counters: words that sellers count with in English names.
    """

    inexact_unit_tolerance_pct: Decimal
    english_counters: tuple[str, ...]
    weight: WeightRules
    not_ours: NotOursRules
    expiry: ExpiryRules
    certificates: CertificateRules
    brackets: BracketRules


@dataclass(frozen=True)
class CheckContext:
    """What every check may look at besides the product.

    Attributes:
        as_of: the day that the file came in; without it, printed dates of expiry are not judged.
    """

    rules: CheckRules
    termbase: Termbase
    as_of: date | None = None

    @cached_property
    def quantities(self) -> QuantityReader:
        """The reader of quantities in names and options."""
        return QuantityReader(self.termbase.tables, self.rules.english_counters)

    def stated(self, name: str) -> Quantities:
        """The quantities of a name without its promotion; asked for by several checks, read once."""
        return self._stated(name)

    @cached_property
    def _stated(self) -> Callable[[str], Quantities]:
        def read(name: str) -> Quantities:
            return self.quantities.read(strip_promo(normalise(name[:MOST_NAME_CHARS]), self.termbase.is_promo).text)

        return lru_cache(_NAMES_KEPT)(read)

    def is_brand(self, name: str) -> bool:
        """Whether the termbase knows a brand of this name."""
        return any(term.kind is TermKind.BRAND for term in self.termbase.by_key.get(lookup_key(name), ()))
