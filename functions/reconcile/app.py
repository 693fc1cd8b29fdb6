"""reconcile: what stores show is held against what we believe; what is safe is told again, the rest is reported."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.marketplaces.accounts import publishing_sellers
from onestop.adapters.marketplaces.keeping import keeping_of
from onestop.adapters.marketplaces.shops import shop_of
from onestop.adapters.objects import Bucket
from onestop.adapters.packs import markets
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.market_index import MarketIndexTable
from onestop.domain.commands import ReconcileShop
from onestop.runtime.clock import now
from onestop.runtime.observability import count
from onestop.runtime.settings import ReconcileSettings, settings
from onestop.steps.reconcile import Ports, begin, reconcile_shop, stores

BUDGET_MS = 30_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the schedule, and the queue of stores and pages that this function cut itself."""
    env = settings(ReconcileSettings)
    send = Queues({"ReconcileShop": env.shop_queue_url, "PublishListing": env.publish_queue_url})
    if "Records" in event:
        handle = partial(compare, env=env, send=send)
        return consume_commands(event, context, accept=ReconcileShop, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)
    accounts, catalog = publishing_sellers(secret(env.marketplace_secrets_name)), CatalogTable(env.catalog_table)
    found = stores(accounts, catalog=catalog, markets=markets(), default_markets=env.default_markets.split(","))
    commands = begin(found, now(env.onestop_as_of))
    send(commands)
    return {"stores": len(commands)}


def compare(command: ReconcileShop, *, env: ReconcileSettings, send: Queues) -> None:
    """Compare one page of one store."""
    keeping = keeping_of(
        "reconcile", channels_table=env.channels_table, channels_key=env.channels_key, egress_table=env.egress_table, clock=now
    )
    document, endpoint = secret(env.marketplace_secrets_name), env.lazada_endpoint
    shop = shop_of(document, command.seller_id, markets().get(command.market), keeping, endpoint=endpoint)
    index = MarketIndexTable(env.listings_table)
    ports = Ports(ListingsTable(env.listings_table), index, Bucket(env.work_bucket), Bucket(env.results_bucket), send)
    for kind, times in reconcile_shop(command, shop=shop, ports=ports).items():
        count("StoreDifferences", times, kind=kind.value, market=command.market)
