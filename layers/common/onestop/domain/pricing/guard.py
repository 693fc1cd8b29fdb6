"""The guard in front of every price: which published exchange rates come into force, and which wait, are too old, or cannot be."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from onestop.domain.findings import Finding
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce
from onestop.domain.pricing.quote import FxRate


class DecisionKind(StrEnum):
    """What happens to a print."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    DUPLICATE = "duplicate"
    STALE = "stale"
    REJECTED = "rejected"
    MISSING = "missing"


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


def judge(observation: Observation, in_force: RateInForce | None, policy: FxPolicy, *, on: date) -> Decision:
    """What to do with a new print of a currency's rate in won.

    A print that moves further than the currency usually does waits, with the last good rate kept, until the next print
    also lies that far on the same side: a slip of one publication goes away by itself, a real jump costs one publication.
    A second source that lies that far too confirms it at once; one that contradicts the first holds any print back.

    Args:
        observation: won per unit of a currency, with a second source's print if there is one.
        in_force: the rate of that currency as it is now, with what waits; None at the very first print.
        policy: the figures to judge by.
        on: today, UTC.

    Returns:
        The decision; its ``in_force`` is what to keep, with the anchor as it was. With a print that is not used comes why:
        FX_QUARANTINED, FX_SOURCES_DISAGREE, FX_IMPLAUSIBLE, FX_IN_FUTURE, FX_PRINT_STALE, FX_NOT_PUBLISHED (no policy).

    Source: the guard "V2" of Frankfurter's validation rules and our own replay of the ECB's history.
    """
    if finding := _mistake(observation, policy, on):
        return _unused(DecisionKind.REJECTED, finding, in_force)
    if policy.is_stale(observation, on):
        finding = Finding.of("FX_PRINT_STALE", currency=observation.base, as_of=observation.as_of)
        return _unused(DecisionKind.STALE, finding, in_force)
    second = _comparable(observation, policy, on)
    if kind := _nothing_new(observation, in_force, second):
        return Decision(kind=kind, reason=f"the rate in force is of {in_force.as_of}" if in_force else "", in_force=in_force)
    if second and not agree(observation, second, policy.currencies[observation.base].agreement):
        return _disagreeing(observation, second, in_force)
    return _weigh(observation, second, in_force, policy)


def missing(currency: str, in_force: RateInForce | None) -> Decision:
    """What to do when nobody published a currency: the rate in force stays, and the operator is told."""
    return _unused(DecisionKind.MISSING, Finding.of("FX_NOT_PUBLISHED", currency=currency), in_force)


def agree(first: FxRate, second: FxRate, band: Decimal) -> bool:
    """Whether two prints of a currency lie within a band around the first.

    Example:
        >>> day = date(2026, 10, 30)
        >>> first, second = (FxRate(base="SGD", quote="KRW", rate=r, source="x", as_of=day) for r in ("1000", "1020"))
        >>> agree(first, second, Decimal("0.02")), agree(first, second, Decimal("0.01"))
        (True, False)
    """
    return abs(second.rate / first.rate - 1) <= band


def _unused(kind: DecisionKind, finding: Finding, in_force: RateInForce | None) -> Decision:
    return Decision(kind=kind, reason=finding.message_en, in_force=in_force, finding=finding)


def _waiting(observation: Observation, finding: Finding, in_force: RateInForce | None) -> Decision:
    kept = in_force.model_copy(update={"pending": observation}) if in_force else None
    return _unused(DecisionKind.QUARANTINED, finding, kept)


def _disagreeing(observation: Observation, second: FxRate, in_force: RateInForce | None) -> Decision:
    difference = f"{(second.rate / observation.rate - 1) * 100:+.2f}"
    finding = Finding.of(
        "FX_SOURCES_DISAGREE", currency=observation.base, difference=difference,
        first=f"{observation.source} {observation.rate:.6g}", second=f"{second.source} {second.rate:.6g}",
    )  # fmt: skip
    return _waiting(observation, finding, in_force)


def _weigh(observation: Observation, second: FxRate | None, in_force: RateInForce | None, policy: FxPolicy) -> Decision:
    said = "first print" if in_force is None else ""
    if observation.has_second:
        said = f"{said}; ".lstrip("; ") + (f"agrees with {second.source} of {second.as_of}" if second else "no second source to compare")
    if in_force is None:
        return Decision(kind=DecisionKind.ACCEPTED, reason=said, in_force=_put_in_force(observation, second, anchor=observation.rate))
    limit = policy.currencies[observation.base].outlier_move
    kind = DecisionKind.ACCEPTED
    if abs(observation.rate / in_force.rate - 1) > limit:
        if not _confirmed(observation, second, in_force, limit):
            percent = f"{(observation.rate / in_force.rate - 1) * 100:+.2f}"
            return _waiting(observation, Finding.of("FX_QUARANTINED", currency=observation.base, move=percent), in_force)
        kind = DecisionKind.RELEASED
    return Decision(kind=kind, reason=said, in_force=_put_in_force(observation, second, anchor=in_force.anchor))


def _confirmed(observation: Observation, second: FxRate | None, in_force: RateInForce, limit: Decimal) -> bool:
    """An earlier print that waits, or another source's, lies beyond the limit on the same side."""
    pending = in_force.pending
    earlier = pending if pending and pending.as_of < observation.as_of else None
    up = observation.rate > in_force.rate
    moves = [witness.rate / in_force.rate - 1 for witness in (earlier, second) if witness]
    return any(abs(move) > limit and (move > 0) == up for move in moves)


def _comparable(observation: Observation, policy: FxPolicy, on: date) -> FxRate | None:
    """The second source's print, when it is sound itself and of about the same day."""
    if observation.second is None:
        return None
    second = Observation(**observation.second.model_dump())
    near = abs((second.as_of - observation.as_of).days) <= policy.days_between_sources
    return second if near and not _mistake(second, policy, on) else None


def _mistake(observation: Observation, policy: FxPolicy, on: date) -> Finding | None:
    known = policy.currencies.get(observation.base)
    if known is None or observation.quote != "KRW":
        return Finding.of("FX_NOT_PUBLISHED", currency=f"{observation.base}/{observation.quote}")
    if not known.lowest_krw <= observation.rate <= known.highest_krw:
        return Finding.of(
            "FX_IMPLAUSIBLE", currency=observation.base, rate=f"{observation.rate:.6g}", low=known.lowest_krw, high=known.highest_krw
        )
    if (observation.as_of - on).days > policy.max_days_ahead:
        return Finding.of("FX_IN_FUTURE", currency=observation.base, as_of=observation.as_of)
    return None


def _nothing_new(observation: Observation, in_force: RateInForce | None, second: FxRate | None) -> DecisionKind | None:
    if in_force is None:
        return None
    if observation.as_of < in_force.as_of:
        return DecisionKind.STALE
    # What waits may be looked at again once a second source speaks.
    seen = (in_force, in_force.pending) if in_force.pending and not second else (in_force,)
    same = any((o.as_of, o.rate) == (observation.as_of, observation.rate) for o in seen)
    return DecisionKind.DUPLICATE if same else None


def _put_in_force(observation: Observation, second: FxRate | None, *, anchor: Decimal | None) -> RateInForce:
    rate = FxRate.model_validate(observation.model_dump(include=set(FxRate.model_fields)))
    checked = f", checked by {second.source} of {second.as_of}" if second else ""
    return RateInForce(**{**rate.model_dump(), "source": f"{rate.source}{checked}"}, anchor=anchor)
