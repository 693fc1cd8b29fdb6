"""Take in the day's exchange rates and have the listings re-priced whose currency really moved."""

from collections import defaultdict
from datetime import date, datetime

from onestop.domain.channels.market import Markets
from onestop.domain.commands import AdaptPrice
from onestop.domain.pricing.fx import FxPolicy, Observation, RateInForce, moved
from onestop.domain.pricing.guard import Decision, judge, missing
from onestop.domain.values import digest
from onestop.steps.ports import Listings, Rates, RateSource, Sender


def refresh_fx(
    *, source: RateSource, rates: Rates, listings: Listings, send: Sender, markets: Markets, policy: FxPolicy, now: datetime
) -> dict[str, Decision]:
    """Judge each currency's latest print, keep what was decided, and re-price the currencies that left the dead band.

    A currency's anchor is set only after its listings were asked to be priced again: a crash in between leaves the old
    anchor, and the next refresh asks once more. Running it twice on one day changes nothing.

    Returns:
        Currency -> the decision.
    """
    today = now.date()
    decisions: dict[str, Decision] = {}
    reprice: dict[str, RateInForce] = {}
    only_unpriced: set[str] = set()
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
            # The first fresh rate after an outage: what could not be priced meanwhile is asked for, the rest is left alone.
            reprice[currency] = kept.model_copy(update={"returning": False})
            only_unpriced.add(currency)
            kept = kept.model_copy(update={"returning": True})
        if kept and kept != before:
            rates.save_in_force(kept)
        decisions[currency] = decision
    decisions |= {currency: missing(currency, rates.in_force(currency)) for currency in wanted if currency not in decisions}
    _ask_for_prices(reprice, only_unpriced, listings, send, markets, now)
    for rate in reprice.values():
        rates.save_in_force(rate)
    return decisions


def _has_moved(before: RateInForce | None, kept: RateInForce, policy: FxPolicy) -> bool:
    observation = Observation(**kept.model_dump(exclude={"anchor", "pending", "returning"}))
    return before is None or moved(before, observation, policy.dead_band)


def _returns(before: RateInForce, kept: RateInForce, policy: FxPolicy, today: date) -> bool:
    return policy.is_stale(before, today) and not policy.is_stale(kept, today)


def _ask_for_prices(
    reprice: dict[str, RateInForce], only_unpriced: set[str], listings: Listings, send: Sender, markets: Markets, now: datetime
) -> None:
    affected: defaultdict[tuple[str, str, int], list[str]] = defaultdict(list)
    for market in markets.by_code.values():
        if market.currency in reprice:
            for product in listings.in_market(market.code, unpriced_only=market.currency in only_unpriced):
                affected[product].append(market.code)
    cause = digest("refresh_fx", {currency: [rate.rate, rate.as_of.isoformat()] for currency, rate in reprice.items()})
    commands = [
        AdaptPrice(
            event_id=digest(cause, seller_id, sku, revision), occurred_at=now, seller_id=seller_id, correlation_id=cause,
            sku=sku, revision=revision, markets=tuple(sorted(codes)),
        )
        for (seller_id, sku, revision), codes in affected.items()
    ]  # fmt: skip
    send(commands)
