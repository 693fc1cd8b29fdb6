"""Exchange rates before they are trusted: what was published, what is in force, and what to do with a new print."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.findings import Finding
from onestop.domain.pricing.quote import FxRate
from onestop.domain.values import ExactDecimal

_OTHER_SOURCES: Final = "*"
_GRADES: Final = ("V", "W", "U", "ASSUMPTION")  # surest first


class Observation(FxRate):
    """What somebody published: one unit of ``base`` costs ``rate`` units of ``quote``. Not yet fit for a price."""

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
        buffer: fraction added to costs, for the payout spread and moves before the money arrives.
        lowest_krw, highest_krw: won per unit beyond which a print is a mistake of unit or direction.
    """

    model_config = ConfigDict(frozen=True)

    outlier_move: ExactDecimal = Field(gt=0)
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
        stale_after_days: start of a source's name -> age in days after which its rate makes no price; ``*`` for all others.
        codes: every ISO 4217 code that may stand in a rate file.
    """

    model_config = ConfigDict(frozen=True)

    dead_band: ExactDecimal = Field(gt=0)
    max_days_ahead: int = Field(ge=0)
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
            >>> policy = FxPolicy(dead_band="0.01", max_days_ahead=2, stale_after_days={"ECB": 6, "*": 4}, currencies={})
            >>> policy.days_until_stale("ECB via EUR"), policy.days_until_stale("someone")
            (6, 4)
        """
        known = [name for name in self.stale_after_days if source.startswith(name)]
        return self.stale_after_days[max(known, key=len, default=_OTHER_SOURCES)]

    def is_stale(self, rate: FxRate, on: date) -> bool:
        """Whether a rate is too old to price with on that day."""
        return (on - rate.as_of).days > self.days_until_stale(rate.source)


class DecisionKind(StrEnum):
    """What happens to a print."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    DUPLICATE = "duplicate"
    STALE = "stale"
    REJECTED = "rejected"


class Decision(BaseModel):
    """What happens to a print, why, and what is in force from now on.

    Attributes:
        in_force: the rate to keep, with what waits for confirmation; None while there was never a good print.
    """

    model_config = ConfigDict(frozen=True)

    kind: DecisionKind
    reason: str = ""
    in_force: RateInForce | None = None
    finding: Finding | None = None


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


def judge(observation: Observation, in_force: RateInForce | None, policy: FxPolicy, *, on: date) -> Decision:
    """What to do with a new print of a currency's rate in won.

    A print that moves further than the currency usually does waits, with the last good rate kept, until the next print
    also lies that far on the same side: a slip of one publication goes away by itself, a real jump costs one publication.

    Args:
        observation: won per unit of a currency.
        in_force: the rate of that currency as it is now, with what waits; None at the very first print.
        policy: the figures to judge by.
        on: today, UTC.

    Returns:
        The decision; its ``in_force`` is what to keep, with the anchor as it was. FX_QUARANTINED comes with a print that has to wait.
    """
    if reason := _mistake(observation, policy, on):
        return Decision(kind=DecisionKind.REJECTED, reason=reason, in_force=in_force)
    if policy.is_stale(observation, on):
        return Decision(kind=DecisionKind.STALE, reason=f"published {observation.as_of}", in_force=in_force)
    if in_force is None:
        first = _put_in_force(observation, anchor=observation.rate)
        return Decision(kind=DecisionKind.ACCEPTED, reason="first print", in_force=first)
    if reason := _nothing_new(observation, in_force):
        kind = DecisionKind.STALE if observation.as_of < in_force.as_of else DecisionKind.DUPLICATE
        return Decision(kind=kind, reason=reason, in_force=in_force)
    return _weigh(observation, in_force, policy)


def _weigh(observation: Observation, in_force: RateInForce, policy: FxPolicy) -> Decision:
    limit = policy.currencies[observation.base].outlier_move
    move = observation.rate / in_force.rate - 1
    kind = DecisionKind.ACCEPTED
    if abs(move) > limit:
        if not _confirms(in_force, observation):
            percent = f"{move * 100:+.2f}"
            return Decision(
                kind=DecisionKind.QUARANTINED, reason=f"moved {percent} % at once",
                in_force=in_force.model_copy(update={"pending": observation}),
                finding=Finding.of("FX_QUARANTINED", currency=observation.base, move=percent),
            )  # fmt: skip
        kind = DecisionKind.RELEASED
    return Decision(kind=kind, in_force=_put_in_force(observation, anchor=in_force.anchor))


def _confirms(in_force: RateInForce, observation: Observation) -> bool:
    pending = in_force.pending
    if pending is None or pending.as_of >= observation.as_of:
        return False
    return (pending.rate > in_force.rate) == (observation.rate > in_force.rate)


def _mistake(observation: Observation, policy: FxPolicy, on: date) -> str:
    known = policy.currencies.get(observation.base)
    if known is None or observation.quote != "KRW":
        return f"no policy for {observation.base}/{observation.quote}"
    if not known.lowest_krw <= observation.rate <= known.highest_krw:
        return f"outside {known.lowest_krw} to {known.highest_krw} KRW"
    if (observation.as_of - on).days > policy.max_days_ahead:
        return f"dated {observation.as_of}, in the future"
    return ""


def _nothing_new(observation: Observation, in_force: RateInForce) -> str:
    if observation.as_of < in_force.as_of:
        return f"older than the rate in force of {in_force.as_of}"
    seen = (in_force, in_force.pending) if in_force.pending else (in_force,)
    if any((o.as_of, o.rate) == (observation.as_of, observation.rate) for o in seen):
        return "seen before"
    return ""


def _put_in_force(observation: Observation, *, anchor: Decimal | None) -> RateInForce:
    return RateInForce(**observation.model_dump(), anchor=anchor)
