"""Sellers' accounts at the marketplaces of the IOP gateway, as the operator keeps them in one secret.

``{"lazada": {"app_key": "...", "app_secret": "...", "sellers": {"<id there>": {"seller_id": "...", "refresh_token": "...",
"ids": {"MY": "<id there>"}, "settings": {"mode": "gsp"}, "publish": true, "ship": true, "signals": true}}}}``. Which account belongs to
which seller is the operator's word, never the seller's: a seller could claim somebody else's. Without the secret every gateway is off.

An account says how it is permitted by one of ``code`` (fresh from the authorisation page), ``refresh_token``, or ``access_token``, which
the operator renews by hand. ``ids`` names the ids of a cross-border account in further countries. ``settings`` say how it is used;
``"product"`` in them goes into every product of AliExpress, such as its ``freight_template_id``. ``"endpoint"`` beside ``app_key``
replaces the marketplace's own addresses, for a sandbox; ``{market}`` in it becomes the country's code.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from onestop.adapters.marketplaces.iop import AppKeys, Gateway, IopClient, Pace
from onestop.adapters.marketplaces.iop_facts import families
from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.tokens import GivenToken, KeptTokens
from onestop.adapters.tables.gateway import GatewayTable
from onestop.domain.channels.iop_errors import NotAuthorisedError
from onestop.domain.channels.iop_family import EVERYWHERE
from onestop.domain.channels.partner_event import PartnerEvent
from onestop.steps.ports import Egress

Json = Mapping[str, Any]


class Keeping(NamedTuple):
    """What all workers share: the table of tokens, pictures and facts, the pace, the time, and the record of what leaves."""

    table: GatewayTable
    pace: Pace
    clock: Callable[[], datetime]
    egress: Egress | None = None


class Subject(Protocol):
    """What speaks of an account: an event, or a command that follows from one."""

    @property
    def partner(self) -> str:
        """The marketplace."""

    @property
    def partner_seller_id(self) -> str | None:
        """The seller's id there."""

    @property
    def market(self) -> str | None:
        """ISO 3166-1 alpha-2."""


class Account(NamedTuple):
    """One seller's account: whose it is, and the client that acts in its name; None where no client of ours reads its orders' lines.

    Attributes:
        ships: whether the seller ships orders by us, so that their recipients are needed.
        counts: whether orders are counted for demand, though the seller ships by themselves.
    """

    seller_id: str
    orders: LazadaClient | None
    ships: bool = False
    counts: bool = False


class Store(NamedTuple):
    """An account in one country.

    Attributes:
        client: calls in its name.
        settings: ``mode`` (``local``, or ``gsp`` for global products), ``currency``, and what every product is posted with.
        elsewhere: the same account's client in another country.
    """

    client: IopClient
    settings: Json
    elsewhere: Callable[[str], IopClient]


def account_of(document: Json, event: Subject, *, endpoint: str = "", keeping: Keeping | None = None) -> Account | None:
    """The account that an event speaks of, or None when none is configured.

    Args:
        document: the secret.
        endpoint: replaces Lazada's own addresses, for a sandbox; empty otherwise.
        keeping: what renews and paces; without it only an ``access_token`` is of use.
    """
    found = _named(document, event.partner, event.partner_seller_id)
    if found is None or event.market is None:
        return None
    account, entry = found
    ships, counts = bool(entry.get("ship")), bool(entry.get("signals"))
    if not _sells_in(event.partner, event.market) or event.partner == "aliexpress":
        return Account(entry["seller_id"], None, ships, counts)
    client = _client(document, event.partner, event.market, account, entry, endpoint, keeping)
    return Account(entry["seller_id"], LazadaClient(client), ships, counts)


def store_of(
    document: Json, channel: str, seller_id: str, market: str, *, endpoint: str = "", keeping: Keeping | None = None
) -> Store | None:
    """Where a seller's listings are published in a market; None when the operator has not switched it on."""
    for account, entry in document.get(channel, {}).get("sellers", {}).items():
        if entry["seller_id"] == seller_id and entry.get("publish") and _sells_in(channel, market):

            def reach(country: str, account: str = account, entry: Json = entry) -> IopClient:
                return _client(document, channel, country, account, entry, endpoint, keeping)

            return Store(reach(market), entry.get("settings", {}), reach)
    return None


def publishing_client(document: Json, seller_id: str, market: str, *, endpoint: str = "") -> LazadaClient | None:
    """The client through which a seller's listings are published at Lazada; None when the operator has not switched it on."""
    store = store_of(document, "lazada", seller_id, market, endpoint=endpoint)
    return LazadaClient(store.client) if store else None


def publishing_sellers(document: Json) -> list[tuple[str, str]]:
    """(seller, channel) of every account that the operator switched on."""
    kept = [(channel, entry) for channel in document for _, entry in _entries(document, channel)]
    return [(str(entry["seller_id"]), channel) for channel, entry in kept if entry.get("publish")]


def renew_token(document: Json, event: PartnerEvent, keeping: Keeping, *, endpoint: str = "") -> bool:
    """Renew the token that a marketplace warns of; False when no account of ours is meant.

    Raises:
        NotAuthorisedError: it cannot be renewed; a person has to act before it ends.
    """
    found = _named(document, event.partner, event.partner_seller_id)
    if found is None or event.partner not in families():
        return False
    market = event.market or next(iter(families()[event.partner].endpoints))
    tokens = _tokens(document, event.partner, market, *found, endpoint, keeping)
    if isinstance(tokens, GivenToken):
        raise NotAuthorisedError("the operator renews this token")
    tokens.renew()
    return True


def _named(document: Json, channel: str, partner_seller_id: str | None) -> tuple[str, Json] | None:
    """The account's own id and entry, by any of its ids."""
    if not partner_seller_id:
        return None
    return next((pair for pair in _entries(document, channel) if partner_seller_id in {pair[0], *pair[1].get("ids", {}).values()}), None)


def _entries(document: Json, channel: str) -> Iterator[tuple[str, Json]]:
    yield from document.get(channel, {}).get("sellers", {}).items()


def _sells_in(channel: str, market: str) -> bool:
    known = families().get(channel)
    return known is not None and bool(known.endpoints.keys() & {market, EVERYWHERE})


def _client(document: Json, channel: str, market: str, account: str, entry: Json, endpoint: str, keeping: Keeping | None) -> IopClient:
    tokens = _tokens(document, channel, market, account, entry, endpoint, keeping)
    seller = entry.get("ids", {}).get(market, account)
    return IopClient(_gateway(document, channel, market, endpoint, keeping), tokens, pace=keeping.pace if keeping else None, account=seller)


def _tokens(
    document: Json, channel: str, market: str, account: str, entry: Json, endpoint: str, keeping: Keeping | None
) -> KeptTokens | GivenToken:
    if keeping and (entry.get("code") or entry.get("refresh_token")):
        gateway = _gateway(document, channel, market, endpoint, keeping)
        return KeptTokens(keeping.table, gateway, account, entry, clock=keeping.clock)
    return GivenToken(entry.get("access_token", ""))


def _gateway(document: Json, channel: str, market: str, endpoint: str, keeping: Keeping | None) -> Gateway:
    keys = document[channel]
    address = ((endpoint if channel == "lazada" else "") or keys.get("endpoint", "")).replace("{market}", market)
    clock = {"clock": lambda: keeping.clock().timestamp()} if keeping else {}
    egress = keeping.egress if keeping else None
    return Gateway(channel, market, AppKeys(keys["app_key"], keys["app_secret"]), endpoint=address, egress=egress, **clock)
