"""refresh_fx: the day's rates are judged and kept, and what really moved is priced again."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, fx_policy
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.tables.egress import egress_ledger
from onestop.adapters.tables.market_index import MarketIndexTable
from onestop.adapters.tables.rates import RatesTable
from onestop.domain.commands import SweepPrices
from onestop.domain.findings import Finding
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import RefreshFxSettings, settings
from onestop.steps.refresh_fx import refresh_fx
from onestop.steps.sweep_prices import BUDGET_MS, sweep_prices, undo_prices


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the schedule, the queue of sweeps that this function cut itself, and an operator's undoing."""
    env = settings(RefreshFxSettings)
    send = Queues({"AdaptPrice": env.price_queue_url, "SweepPrices": env.sweep_queue_url})
    rates, index = RatesTable(env.rates_table), MarketIndexTable(env.listings_table)
    if "undo" in event:
        return {"sent": undo_prices(**undoing(event["undo"]), index=index, send=send, markets=markets(), now=now(env.onestop_as_of))}

    def sweep(command: SweepPrices) -> None:
        band, left = calm_policy().dead_band, context.get_remaining_time_in_millis
        count("ListingsSwept", sweep_prices(command, rates=rates, index=index, send=send, dead_band=band, time_left_ms=left))

    if "Records" in event:
        return consume_commands(event, context, accept=SweepPrices, handle=sweep, budget_ms=BUDGET_MS, put_off=put_off)
    return refresh(env, rates, send)


def undoing(asked: dict[str, Any]) -> dict[str, Any]:
    """What an operator's payload asks to undo."""
    product = (asked["seller_id"], asked["sku"]) if "sku" in asked else None
    return {"cause": asked.get("cause"), "product": product, "codes": tuple(asked.get("markets") or markets().by_code)}


def refresh(env: RefreshFxSettings, rates: RatesTable, send: Queues) -> dict[str, str]:
    """Run one refresh; what was decided per currency."""
    egress, at = egress_ledger(env.egress_table, "refresh_fx"), now(env.onestop_as_of)
    source = rate_source(env.rate_source, secrets_name=env.rate_secrets_name, tell=_tell, egress=egress)
    decisions = refresh_fx(source=source, rates=rates, send=send, markets=markets(), policy=fx_policy(), calm=calm_policy(), now=at)
    told = {currency: decision.kind.value for currency, decision in decisions.items()}
    for currency, kind in told.items():
        count(f"Rates{kind.title()}", currency=currency)
    for finding in (decision.finding for decision in decisions.values() if decision.finding):
        _tell(finding)
    logger().info("rates", extra={"decisions": told})
    return told


def _tell(finding: Finding) -> None:
    logger().warning(finding.message_en, extra={"code": finding.code})
