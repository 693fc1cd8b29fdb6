"""Who reads to whom an order is shipped, at whichever marketplace it was made; for the buyers' function alone."""

from typing import NamedTuple

from onestop.adapters.marketplaces.accounts import Json, Keeping, Subject, account_of
from onestop.adapters.marketplaces.trendyol_accounts import trendyol_client
from onestop.steps.keep_buyer import Recipients


class Owner(NamedTuple):
    """Whose an order is, what reads its recipient, None where no client of ours does, and whether the seller ships by us."""

    seller_id: str
    recipients: Recipients | None
    ships: bool


def owner_of(document: Json, order: Subject, *, endpoint: str = "", keeping: Keeping) -> Owner | None:
    """The owner of an order; None when no account is configured. See ``account_of``."""
    account = account_of(document, order, endpoint=endpoint, keeping=keeping)
    if account is None:
        return None
    if order.partner == "trendyol":
        return Owner(
            account.seller_id, trendyol_client(document, order.partner_seller_id or "", order.market or "", keeping), account.ships
        )
    return Owner(account.seller_id, account.orders, account.ships)
