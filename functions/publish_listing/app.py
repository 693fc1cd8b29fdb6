"""publish_listing: the channels are brought to what the listings say."""

from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.feed import FeedFiles
from onestop.adapters.marketplaces.channels import channels
from onestop.adapters.marketplaces.keeping import keeping_of
from onestop.adapters.objects import Bucket
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.commands import PublishListing
from onestop.runtime.clock import now
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
    keeping = keeping_of(
        "publish_listing", channels_table=env.channels_table, channels_key=env.channels_key, egress_table=env.egress_table, clock=now
    )
    told = publish_listing(
        command, catalog=CatalogTable(env.catalog_table), listings=ListingsTable(env.listings_table), feed=FeedFiles(results),
        channel_of=channels(secret(env.marketplace_secrets_name), results, keeping=keeping, lazada_endpoint=env.lazada_endpoint),
        send=Queues({"ReportUpload": env.report_queue_url, "PublishListing": env.publish_queue_url}), now=now(),
    )  # fmt: skip
    for market, listings in told.items():
        count("ListingsPublished", listings, market=market)
