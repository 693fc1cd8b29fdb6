"""Take in the day's exchange rates and have the listings re-priced whose currency really moved."""

from collections import defaultdict
from datetime import datetime

from onestop.domain.channels.market import Markets
from onestop.domain.commands import AdaptPrice
from onestop.domain.pricing.fx import Decision, FxPolicy, Observation, RateInForce, judge, moved
from onestop.domain.values import digest
from onestop.steps.ports import Listings, Rates, RateSource, Sender

SEND_AT_ONCE = 100
"""Commands held before they are sent; a market may have more listings than fit into memory."""


def refresh_fx(
    *, source: RateSource, rates: Rates, listings: Listings, send: Sender, markets: Markets, policy: FxPolicy, now: datetime
) -> dict[str, Decision]:
    """Judge each currency's latest print, keep what was decided, and re-price the currencies that left the dead band.

    A currency's anchor moves only after its listings were asked to be priced again: a crash in between leaves the old
    anchor, and the next refresh asks once more. Running it twice on one day changes nothing.

    Returns:
        Currency -> the decision.
    """
    today = now.date()
    decisions: dict[str, Decision] = {}
    reprice: dict[str, RateInForce] = {}
    wanted = sorted({market.currency for market in markets.by_code.values()})
    for observation in source.observations(tuple(wanted), today):
        before = rates.in_force(observation.currency)
        decision = judge(observation, before, policy, on=today)
        rates.save_observation(observation, decision)
        kept = decision.in_force
        if kept and _has_moved(before, kept, policy):
            reprice[observation.currency] = kept.model_copy(update={"anchor": kept.rate})
            kept = kept.model_copy(update={"anchor": before.anchor if before else None})
        if kept and kept != before:
            rates.save_in_force(kept)
        decisions[observation.currency] = decision
    _ask_for_prices(reprice, listings, send, markets, now)
    for rate in reprice.values():
        rates.save_in_force(rate)
    return decisions


def _has_moved(before: RateInForce | None, kept: RateInForce, policy: FxPolicy) -> bool:
    observation = Observation(**kept.model_dump(exclude={"anchor", "pending"}))
    return before is None or moved(before, observation, policy.dead_band)


def _ask_for_prices(reprice: dict[str, RateInForce], listings: Listings, send: Sender, markets: Markets, now: datetime) -> None:
    affected: defaultdict[tuple[str, str, int], list[str]] = defaultdict(list)
    for market in markets.by_code.values():
        if market.currency in reprice:
            for product in listings.in_market(market.code):
                affected[product].append(market.code)
    cause = digest("refresh_fx", {currency: [rate.rate, rate.as_of.isoformat()] for currency, rate in reprice.items()})
    held: list[AdaptPrice] = []
    for (seller_id, sku, revision), codes in affected.items():
        held.append(AdaptPrice(
            event_id=digest(cause, seller_id, sku, revision), occurred_at=now, seller_id=seller_id, correlation_id=cause,
            sku=sku, revision=revision, markets=tuple(sorted(codes)),
        ))  # fmt: skip
        if len(held) == SEND_AT_ONCE:
            send(held)
            held = []
    send(held)
