"""refresh_fx: the day's rates are judged and kept, and what really moved is priced again."""

from typing import Any

from onestop.adapters.packs import markets
from onestop.adapters.price_rules import fx_policy
from onestop.adapters.queues import Queues
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.rates import RatesTable
from onestop.domain.findings import Finding
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import RefreshFxSettings, settings
from onestop.steps.refresh_fx import refresh_fx


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:
    """Run one refresh; what was decided per currency."""
    env = settings(RefreshFxSettings)
    decisions = refresh_fx(
        source=rate_source(env.rate_source, secrets_name=env.rate_secrets_name, tell=_tell),
        rates=RatesTable(env.rates_table), listings=ListingsTable(env.listings_table),
        send=Queues({"AdaptPrice": env.price_queue_url}), markets=markets(), policy=fx_policy(), now=now(env.onestop_as_of),
    )  # fmt: skip
    for currency, decision in decisions.items():
        count(f"Rates{decision.kind.value.title()}", currency=currency)
        if decision.finding:
            _tell(decision.finding)
    told = {currency: decision.kind.value for currency, decision in decisions.items()}
    logger().info("rates", extra={"decisions": told})
    return told


def _tell(finding: Finding) -> None:
    logger().warning(finding.message_en, extra={"code": finding.code})
