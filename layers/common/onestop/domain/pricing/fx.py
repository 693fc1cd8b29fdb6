"""Exchange rates before they are trusted: what was published, what is in force, and how careful we are."""

from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.pricing.quote import FxRate
from onestop.domain.values import ExactDecimal

_OTHER_SOURCES: Final = "*"
_GRADES: Final = ("V", "W", "U", "ASSUMPTION")  # surest first


class Observation(FxRate):
    """What somebody published: one unit of ``base`` costs ``rate`` units of ``quote``. Not yet fit for a price.

    Attributes:
        has_second: a second source was asked about the same currency.
        second: what it published, None when it had nothing.
    """

    has_second: bool = False
    second: FxRate | None = None

    @property
    def currency(self) -> str:
        """The currency that this is a rate of."""
        return self.base


class RateInForce(FxRate):
    """The won that one unit of a listing currency costs, as quotes use it.

    Attributes:
        anchor: the rate at which listings were last re-priced, None while they never were; small moves add up against it.
        returning: what an outage left without a price is still to be asked for.
        pending: a print that moved too far and waits for the next one to confirm it.
    """

    returning: bool = False
    anchor: ExactDecimal | None = Field(default=None, gt=0)
    pending: Observation | None = None

    @property
    def currency(self) -> str:
        """The currency that this is the rate of."""
        return self.base


class CurrencyPolicy(BaseModel):
    """How careful we are with one currency.

    Attributes:
        outlier_move: a larger move since the rate in force, as a fraction, waits for confirmation.
        agreement: how far, as a fraction, a second source's print may lie from the first's.
        buffer: fraction added to costs, for the payout spread and moves before the money arrives.
        lowest_krw, highest_krw: won per unit beyond which a print is a mistake of unit or direction.
    """

    model_config = ConfigDict(frozen=True)

    outlier_move: ExactDecimal = Field(gt=0)
    agreement: ExactDecimal = Field(gt=0, lt=1)
    buffer: ExactDecimal = Field(ge=0, lt=1)
    lowest_krw: ExactDecimal = Field(gt=0)
    highest_krw: ExactDecimal = Field(gt=0)
    source: str
    grade: str


class FxPolicy(BaseModel):
    """How careful we are with rates as a whole.

    Attributes:
        dead_band: listings are re-priced when a rate has moved at least this fraction.
        max_days_ahead: a print dated further in the future is a mistake.
        days_between_sources: prints that lie further apart are not compared.
        coarsest_leg: half of a printed rate's last digit, as a fraction, beyond which nothing is crossed through it.
        stale_after_days: start of a source's name -> age in days after which its rate makes no price; ``*`` for all others.
        codes: every ISO 4217 code that may stand in a rate file.
    """

    model_config = ConfigDict(frozen=True)

    dead_band: ExactDecimal = Field(gt=0)
    max_days_ahead: int = Field(ge=0)
    days_between_sources: int = Field(ge=0)
    coarsest_leg: ExactDecimal = Field(gt=0)
    stale_after_days: dict[str, int]
    currencies: dict[str, CurrencyPolicy]
    codes: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _covers_every_source(self) -> Self:
        if _OTHER_SOURCES not in self.stale_after_days:
            raise ValueError(f"stale_after_days has no {_OTHER_SOURCES}")
        return self

    def days_until_stale(self, source: str) -> int:
        """The age in days up to which a rate of this source may be used.

        Example:
            >>> policy = FxPolicy(dead_band="0.01", max_days_ahead=2, days_between_sources=4, coarsest_leg="0.0005",
            ...                   stale_after_days={"ECB": 6, "*": 4}, currencies={})
            >>> policy.days_until_stale("ECB via EUR"), policy.days_until_stale("someone")
            (6, 4)
        """
        known = [name for name in self.stale_after_days if source.startswith(name)]
        return self.stale_after_days[max(known, key=len, default=_OTHER_SOURCES)]

    def is_stale(self, rate: FxRate, on: date) -> bool:
        """Whether a rate is too old to price with on that day."""
        return (on - rate.as_of).days > self.days_until_stale(rate.source)


def cross(to_krw: Observation, to_currency: Observation) -> Observation:
    """The won that one unit of a currency costs, through a pivot both legs are quoted in. Nothing is rounded.

    Args:
        to_krw: pivot -> KRW.
        to_currency: the same pivot -> the currency.

    Returns:
        Dated by the won leg; a slower leg's own date stands in the source.

    Raises:
        ValueError: the legs have no common pivot, or the first does not lead to KRW.

    Example:
        >>> day = date(2026, 10, 30)
        >>> krw = Observation(base="EUR", quote="KRW", rate="1491.76", source="ECB", as_of=day)
        >>> sgd = Observation(base="EUR", quote="SGD", rate="1.4282", source="ECB", as_of=day)
        >>> rate = cross(krw, sgd)
        >>> rate.base, rate.quote, round(rate.rate, 4), rate.source
        ('SGD', 'KRW', Decimal('1044.5036'), 'ECB via EUR')
    """
    if to_krw.base != to_currency.base or to_krw.quote != "KRW":
        raise ValueError(f"{to_krw.base}/{to_krw.quote} and {to_currency.base}/{to_currency.quote} do not cross to KRW")
    same = (to_krw.source, to_krw.as_of) == (to_currency.source, to_currency.as_of)
    sources = to_krw.source if same else f"{to_krw.source}, {to_currency.source} of {to_currency.as_of}"
    return Observation(
        base=to_currency.quote, quote="KRW", rate=to_krw.rate / to_currency.rate,
        source=f"{sources} via {to_krw.base}", as_of=to_krw.as_of, grade=max(to_krw.grade, to_currency.grade, key=_GRADES.index),
    )  # fmt: skip


def moved(in_force: RateInForce, observation: Observation, dead_band: Decimal) -> bool:
    """Whether a rate has left the dead band around the one at which listings were last priced.

    Example:
        >>> day = date(2026, 10, 30)
        >>> old = RateInForce(base="SGD", quote="KRW", rate="1000", anchor="1000", source="ECB", as_of=day)
        >>> [moved(old, Observation(base="SGD", quote="KRW", rate=r, source="ECB", as_of=day), Decimal("0.01"))
        ...  for r in ("1009.9", "1010", "990")]
        [False, True, True]
    """
    return in_force.anchor is None or abs(observation.rate / in_force.anchor - 1) >= dead_band
