"""Take in the day's exchange rates and have the listings re-priced whose currency really moved."""

from collections.abc import Mapping
from datetime import date, datetime

from onestop.domain.channels.market import Markets
from onestop.domain.pricing.calm import CalmPolicy
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, moved
from onestop.domain.pricing.guard import Decision, judge, missing
from onestop.steps.ports import Rates, RateSource, Sender
from onestop.steps.sweep_prices import sweeps


def refresh_fx(
    *, source: RateSource, rates: Rates, send: Sender, markets: Markets, policy: FxPolicy, calm: CalmPolicy, now: datetime
) -> dict[str, Decision]:
    """Judge each currency's latest print, keep what was decided, and have the markets swept whose currency left the dead band.

    A currency's anchor is set only after its sweeps were sent: a crash in between leaves the old anchor, and the next refresh
    sends once more. Running it twice on one day changes nothing. Once a week every market is swept, for what a freeze or the
    weekly limit held back. After an outage the first fresh rate sweeps too: what could not be priced meanwhile is asked for.

    Returns:
        Currency -> the decision.
    """
    today = now.date()
    decisions: dict[str, Decision] = {}
    reprice: dict[str, RateInForce] = {}
    wanted = sorted({market.currency for market in markets.by_code.values()})
    for observation in source.observations(tuple(wanted), today):
        currency, before = observation.currency, rates.in_force(observation.currency)
        decision = judge(observation, before, policy, on=today)
        rates.save_observation(observation, decision, at=now)
        kept = decision.in_force
        if kept and _has_moved(before, kept, policy):
            reprice[currency] = kept.model_copy(update={"anchor": kept.rate})
            kept = kept.model_copy(update={"anchor": before.anchor if before else None})
        elif kept and before and (before.returning or _returns(before, kept, policy, today)):
            reprice[currency] = kept.model_copy(update={"returning": False})
            kept = kept.model_copy(update={"returning": True})
        if kept and kept != before:
            rates.save_in_force(kept)
        decisions[currency] = decision
    decisions |= {currency: missing(currency, rates.in_force(currency)) for currency in wanted if currency not in decisions}
    _sweep(reprice, rates, send, markets, calm, now)
    for rate in reprice.values():
        rates.save_in_force(rate)
    return decisions


def _has_moved(before: RateInForce | None, kept: RateInForce, policy: FxPolicy) -> bool:
    observation = Observation(**kept.model_dump(exclude={"anchor", "pending", "returning"}))
    return before is None or moved(before, observation, policy.dead_band)


def _returns(before: RateInForce, kept: RateInForce, policy: FxPolicy, today: date) -> bool:
    return policy.is_stale(before, today) and not policy.is_stale(kept, today)


def _sweep(reprice: Mapping[str, RateInForce], rates: Rates, send: Sender, markets: Markets, calm: CalmPolicy, now: datetime) -> None:
    by_currency: dict[str, list[str]] = {}
    for market in markets.by_code.values():
        by_currency.setdefault(market.currency, []).append(market.code)
    due: Mapping[str, RateInForce] = reprice
    if now.isoweekday() == calm.sweep_weekday:
        held = {currency: rate for currency in by_currency if (rate := rates.in_force(currency))}
        due = {**held, **reprice}
    send([command for currency, rate in due.items() for command in sweeps(by_currency[currency], markets, rate, now)])
