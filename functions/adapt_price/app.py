"""adapt_price: the landed retail price in each market."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.packs import markets
from onestop.adapters.price_rules import calm_policy, market_rules, sanity_policy
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.rates import RatesTable
from onestop.domain.commands import AdaptPrice
from onestop.runtime.clock import now
from onestop.runtime.observability import count
from onestop.runtime.settings import AdaptPriceSettings, settings
from onestop.steps.adapt_price import adapt_price

BUDGET_MS = 3_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the price queue."""
    return consume_commands(event, context, accept=AdaptPrice, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: AdaptPrice) -> None:
    """Quote one product."""
    env = settings(AdaptPriceSettings)
    changed = adapt_price(
        command, catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table),
        rates=RatesTable(env.rates_table), markets=markets(), rules=market_rules, calm=calm_policy(), sanity=sanity_policy(),
        now=now(env.onestop_as_of), send=Queues({"AssembleListing": env.assemble_queue_url, "ReportUpload": env.report_queue_url}),
    )  # fmt: skip
    count("PriceChanges", changed)
