"""publish_listing: the channels are brought to what the listings say."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.feed import FeedFiles
from onestop.adapters.marketplaces.accounts import publishing_client
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel
from onestop.adapters.objects import Bucket
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.commands import PublishListing
from onestop.runtime.observability import count
from onestop.runtime.settings import PublishListingSettings, settings
from onestop.steps.publish_listing import publish_listing

BUDGET_MS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the publish queue."""
    return consume_commands(event, context, accept=PublishListing, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: PublishListing) -> None:
    """Publish what changed of one product."""
    env = settings(PublishListingSettings)
    results = Bucket(env.results_bucket)
    client_for = partial(publishing_client, secret(env.marketplace_secrets_name), endpoint=env.lazada_endpoint)
    told = publish_listing(
        command, catalog=CatalogTable(env.catalog_table), listings=ListingsTable(env.listings_table),
        channels={"lazada": LazadaChannel(FeedFiles(results), results, client_for)},
        send=Queues({"ReportUpload": env.report_queue_url}),
    )  # fmt: skip
    for market, listings in told.items():
        count("ListingsPublished", listings, market=market)
