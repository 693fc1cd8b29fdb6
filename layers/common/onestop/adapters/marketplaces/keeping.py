"""What all workers share when they call marketplaces, from the names that a function's environment gives."""

from collections.abc import Callable
from datetime import datetime

from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.sealing import Seal
from onestop.adapters.tables.egress import egress_ledger
from onestop.adapters.tables.gateway import GatewayTable
from onestop.adapters.tables.pace import Pace


def keeping_of(who: str, *, channels_table: str, channels_key: str, egress_table: str, clock: Callable[[], datetime]) -> Keeping:
    """Tokens, pictures, pace and the ledger of calls.

    Args:
        who: the function, for the ledger.
        channels_table, egress_table: physical names.
        channels_key: the key that seals tokens.
        clock: the present, UTC.
    """
    table = GatewayTable(channels_table, Seal(channels_key))
    return Keeping(table, Pace(channels_table), clock, egress_ledger(egress_table, who))
