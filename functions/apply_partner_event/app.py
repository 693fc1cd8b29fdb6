"""apply_partner_event: an order lowers the stock in every market, exactly once; a review's verdict reaches the seller."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.marketplaces.accounts import account_of, renew_token
from onestop.adapters.marketplaces.keeping import keeping_of
from onestop.adapters.packs import order_state
from onestop.adapters.queues import Queues, put_off
from onestop.adapters.secrets import secret
from onestop.adapters.tables.catalog import CatalogTable
from onestop.adapters.tables.events import EventsTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.rates import RatesTable
from onestop.adapters.tables.stock import StockTable
from onestop.domain.commands import ApplyPartnerEvent
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import ApplyPartnerEventSettings, settings
from onestop.steps.apply_partner_event import Ports, apply_partner_event

BUDGET_MS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the partner event queue."""
    return consume_commands(event, context, accept=ApplyPartnerEvent, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def handle(command: ApplyPartnerEvent) -> None:
    """Apply one event."""
    env = settings(ApplyPartnerEventSettings)
    ports = Ports(
        catalog=CatalogTable(env.catalog_table), stock=StockTable(env.catalog_table), listings=ListingsTable(env.listings_table),
        rates=RatesTable(env.rates_table),
        send=Queues({"AssembleListing": env.assemble_queue_url, "KeepBuyer": env.buyer_queue_url}),
    )  # fmt: skip
    keeping = keeping_of(
        "apply_partner_event", channels_table=env.channels_table, channels_key=env.channels_key, egress_table=env.egress_table, clock=now
    )
    document, endpoint = secret(env.marketplace_secrets_name), env.lazada_endpoint
    applied = apply_partner_event(
        command, events=EventsTable(env.events_table), ports=ports, state_of=order_state,
        account=partial(account_of, document, endpoint=endpoint, keeping=keeping),
        renew=partial(renew_token, document, keeping=keeping, endpoint=endpoint),
    )  # fmt: skip
    count("OverseasGmvKrw", float(applied.gmv_krw), market=applied.market or "unknown")
    for note, lines in applied.notes.items():
        logger().warning("order_lines", extra={"note": note.value, "lines": lines})
        count(note.value, lines)
