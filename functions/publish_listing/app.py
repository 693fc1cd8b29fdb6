"""publish_listing: the channels are brought to what the listings say."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.feed import FeedFiles
from onestop.adapters.marketplaces.channels import channels
from onestop.adapters.marketplaces.keeping import keeping_of
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.market_index import MarketIndexTable
from onestop.adapters.tables.steering import SteeringTable
from onestop.domain.commands import PublishListing, TellAgain
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import PublishListingSettings, settings
from onestop.steps.publish_listing import publish_listing
from onestop.steps.steer_channels import steer, tell_again

BUDGET_MS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the publish queue, and an operator's orders, whose long work this function cuts for itself."""
    env = settings(PublishListingSettings)
    send = Queues({"PublishListing": env.publish_queue_url, "TellAgain": env.publish_queue_url, "AssembleListing": env.assemble_queue_url})
    steered, index = SteeringTable(env.channels_table), MarketIndexTable(env.listings_table)
    if "Records" in event:
        again = partial(tell_again, index=index, send=send, time_left_ms=context.get_remaining_time_in_millis)

        def handle(command: PublishListing | TellAgain) -> None:
            again(command) if isinstance(command, TellAgain) else publish(command)

        return consume_commands(event, context, accept=PublishListing | TellAgain, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)
    told = steer(event, steered=steered, index=index, send=send, markets=markets(), now=now())
    logger().info("steered", extra={"order": event})
    return told


def publish(command: PublishListing) -> None:
    """Publish what changed of one product."""
    env = settings(PublishListingSettings)
    results = Bucket(env.results_bucket)
    keeping = keeping_of(
        "publish_listing", channels_table=env.channels_table, channels_key=env.channels_key, egress_table=env.egress_table, clock=now
    )
    tables, document = ListingsTable(env.listings_table), secret(env.marketplace_secrets_name)
    told = publish_listing(
        command, catalog=CatalogTable(env.catalog_table), listings=tables, feed=FeedFiles(results), now=now(),
        channel_of=channels(document, results, keeping=keeping, sisters=tables.sisters, lazada_endpoint=env.lazada_endpoint),
        send=Queues({"ReportUpload": env.report_queue_url, "PublishListing": env.publish_queue_url}),
        steering=SteeringTable(env.channels_table),
    )  # fmt: skip
    for market, told_now in told.items():
        count("ListingsPublished", told_now, market=market)
