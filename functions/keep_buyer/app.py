"""keep_buyer: to whom an order is shipped is kept sealed; an operator who says why is given it."""

from functools import partial
from typing import Any

from onestop.runtime.records import consume_commands
from onestop.adapters.marketplaces.keeping import keeping_of
from onestop.adapters.marketplaces.recipients import owner_of
from onestop.adapters.packs import buyers_policy
from onestop.adapters.queues import put_off
from onestop.adapters.sealing import Seal
from onestop.adapters.secrets import secret
from onestop.adapters.tables.buyers import BuyersTable
from onestop.adapters.tables.listings import ListingsTable
from onestop.adapters.tables.signals import SignalsTable
from onestop.domain.buyers.recipient import OrderName
from onestop.domain.commands import KeepBuyer
from onestop.runtime.clock import now
from onestop.runtime.observability import count, logger
from onestop.runtime.settings import KeepBuyerSettings, settings
from onestop.steps.keep_buyer import Demand, keep_buyer, read_buyer

BUDGET_MS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Serve the queue, and an operator: ``{"read": {"partner", "seller_id", "market", "order_id"}, "operator": ..., "reason": ...}``."""
    env = settings(KeepBuyerSettings)
    buyers = BuyersTable(env.buyers_table, Seal(env.buyers_key))
    if "read" in event:
        return read(event, buyers, env)
    handle = partial(keep, buyers=buyers, env=env)
    return consume_commands(event, context, accept=KeepBuyer, handle=handle, budget_ms=BUDGET_MS, put_off=put_off)


def keep(command: KeepBuyer, *, buyers: BuyersTable, env: KeepBuyerSettings) -> None:
    """Keep one recipient."""
    keeping = keeping_of(
        "keep_buyer", channels_table=env.channels_table, channels_key=env.channels_key, egress_table=env.egress_table, clock=now
    )
    accounts = partial(owner_of, secret(env.marketplace_secrets_name), endpoint=env.lazada_endpoint, keeping=keeping)
    salt = str(secret(env.marketplace_secrets_name).get("signals", {}).get("salt", "")).encode()
    demand = Demand(SignalsTable(env.signals_table), ListingsTable(env.listings_table), salt) if salt else None
    kept = keep_buyer(command, buyers=buyers, account=accounts, now=now(env.onestop_as_of), keep_for=buyers_policy().keep, demand=demand)
    count("BuyersKept", kept)


def read(event: dict[str, Any], buyers: BuyersTable, env: KeepBuyerSettings) -> dict[str, Any]:
    """The recipient's fields, none when none is kept; the log says who read which fields of which order, and why."""
    order = OrderName(**event["read"])
    operator, reason = str(event.get("operator", "")), str(event.get("reason", ""))
    found = read_buyer(order, operator=operator, reason=reason, buyers=buyers, now=now(env.onestop_as_of))
    told = list(found.told) if found else []
    logger().warning("buyer_read", extra={"order": order.key, "operator": operator, "reason": reason, "fields": told})
    count("BuyersRead")
    return found.model_dump(mode="json") if found else {}
