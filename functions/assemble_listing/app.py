"""assemble_listing: text, price, pictures and screening become one listing per market."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.packs import channel_profiles, markets, stock_policy
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.screening_rules import screening_rules
from onestop.adapters.tables.adaptations import AdaptationsTable
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.commands import AssembleListing
from onestop.runtime.clock import now
from onestop.runtime.observability import count
from onestop.runtime.settings import AssembleListingSettings, settings
from onestop.steps.assemble_listing import assemble_listing

BUDGET_MS = 3_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the assemble queue."""
    return consume_commands(event, context, accept=AssembleListing, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: AssembleListing) -> None:
    """Assemble one product's listings."""
    env = settings(AssembleListingSettings)
    changed = assemble_listing(
        command, catalog=CatalogTable(env.catalog_table), adaptations=AdaptationsTable(env.adaptations_table),
        listings=ListingsTable(env.listings_table), markets=markets(), profiles=channel_profiles(), rules=screening_rules(),
        stock=stock_policy(), now=now(env.onestop_as_of),
        send=Queues({"PublishListing": env.publish_queue_url, "ReportUpload": env.report_queue_url}),
    )  # fmt: skip
    for (market, status), listings in changed.items():
        count(f"Listings{status.title().replace('_', '')}", listings, market=market)
