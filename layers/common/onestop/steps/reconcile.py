"""Hold what we believe a store shows against what it reports: a page at a time, then what was on no page.

Each page leaves what it saw in the work bucket, so a message that comes again, or a run that goes on elsewhere, needs no memory.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from onestop.domain.channels.holding import Holding
from onestop.domain.channels.market import Markets
from onestop.domain.commands import PublishListing, ReconcileShop
from onestop.domain.listing.published import PublishedListing
from onestop.domain.reconcile.compare import Difference, Kind, ShopItem, ShopPage, differences, is_settled
from onestop.domain.values import digest
from onestop.steps.ports import Catalog, Listings, MarketIndex, Objects, Sender
from onestop.steps.through_market import listings_of

MOST_MISSING = 0.2
"""Of a seller's listings in a market. If more are on no page, the answer is doubted rather than everything listed anew."""

FEW = 10
"""So many missing ones are believed in any case."""

HEAD = ("market", "sku", "item_id", "kind", "ours", "theirs", "healed")


class Shop(Protocol):
    """Reads what a store shows."""

    def items(self, offset: int) -> ShopPage:
        """The items from a place on."""


class Ports(NamedTuple):
    """What a store is compared with. ``work`` keeps what pages saw; ``results`` gets the seller's ``reconcile/<CC>.csv``."""

    listings: Listings
    market_index: MarketIndex
    work: Objects
    results: Objects
    send: Sender


def stores(
    accounts: Iterable[tuple[str, str]], *, catalog: Catalog, markets: Markets, default_markets: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """(seller, channel, market) of every store: where an account's channel sells and its seller's settings say so.

    Args:
        accounts: (seller, channel) of those that are switched on.
        default_markets: of a seller without settings.
    """
    for seller_id, channel in accounts:
        settings = catalog.settings(seller_id)
        for code in (settings.markets if settings else None) or default_markets:
            if code in markets.by_code and markets.get(code).channel == channel:
                yield seller_id, channel, code


def begin(shops: Iterable[tuple[str, str, str]], now: datetime) -> list[ReconcileShop]:
    """One command for each (seller, channel, market); a schedule that goes off twice in a day sends the same ones."""
    run = now.date().isoformat()
    return [
        ReconcileShop(
            event_id=digest("ReconcileShop", seller_id, channel, market, run), occurred_at=now, seller_id=seller_id,
            correlation_id=f"reconcile-{run}", channel=channel, market=market, run=run,
        )
        for seller_id, channel, market in sorted(set(shops))
    ]  # fmt: skip


def reconcile_shop(command: ReconcileShop, *, shop: Shop | None, ports: Ports) -> Counter[Kind]:
    """Compare one page of a store, and send for the next; behind the last page, look for what was on none, and write the report.

    Of a store that the marketplace does not give to its end, nothing is called missing: the report says that it was not read whole.

    Returns:
        What differs, for the metrics; on the last page what was missing too.
    """
    if shop is None:
        return Counter()
    page = shop.items(command.offset)
    found = [one for item in page.items for one in _compare(command, item, ports)]
    _remember(command, [item.item_id for item in page.items], found, ports.work)
    if page.after is not None:
        event_id = digest(command.event_id, page.after)
        ports.send([command.model_copy(update={"event_id": event_id, "offset": page.after, "pages": (*command.pages, command.offset)})])
        return Counter(one.kind for one in found)
    seen, told = _remembered(command, ports.work)
    unread = Difference(market=command.market, sku="", item_id="", kind=Kind.UNREAD, ours="", theirs=f"> {len(seen)}")
    missing = [unread] if page.is_cut else list(_missing(command, seen, ports))
    ports.results.write(f"{command.seller_id}/reconcile/{command.market}.csv", _table([*told, *missing]), "text/csv; charset=utf-8")
    return Counter(one.kind for one in (*found, *missing))


def _compare(command: ReconcileShop, item: ShopItem, ports: Ports) -> list[Difference]:
    sku = ports.listings.product_of_item(command.seller_id, command.market, item.item_id)
    known = ports.listings.of_product(command.seller_id, sku).get(command.market) if sku else None
    if known is None:
        return [Difference(market=command.market, sku=",".join(item.skus), item_id=item.item_id, kind=Kind.EXTRA, theirs=item.title)]
    if not is_settled(known.listing, known.holding):
        return []
    found = list(differences(known.listing, item))
    if any(one.healed for one in found):
        _heal(command, known, known.holding.doubted(), ports)
    return found


def _heal(command: ReconcileShop, known: PublishedListing, holding: Holding, ports: Ports) -> None:
    """Have the whole listing told again, by the one step that tells."""
    listing = known.listing
    ports.listings.mark_held(known.model_copy(update={"holding": holding}))
    ports.send([PublishListing(
        event_id=digest("PublishListing", command.run, listing.market, listing.sku), occurred_at=command.occurred_at,
        seller_id=listing.seller_id, correlation_id=command.correlation_id, sku=listing.sku, revision=listing.revision,
    )])  # fmt: skip


def _missing(command: ReconcileShop, seen: frozenset[str], ports: Ports) -> Iterator[Difference]:
    """Our items that no page had; told again, unless there are so many that the answer is doubted."""
    ours = [known for known in _ours(command, ports) if known.holding.item]
    gone = [known for known in ours if known.holding.item and known.holding.item.item_id not in seen]
    believed = len(gone) <= max(FEW, MOST_MISSING * len(ours))
    for known in gone:
        if believed:
            _heal(command, known, known.holding.model_copy(update={"item": None, "digests": {}}), ports)
        item_id = known.holding.item.item_id if known.holding.item else ""
        yield Difference(
            market=command.market, sku=known.listing.sku, item_id=item_id, kind=Kind.MISSING, ours=known.listing.title, healed=believed
        )


def _ours(command: ReconcileShop, ports: Ports) -> Iterator[PublishedListing]:
    """What the seller has on show in the market, as far as its store was told."""
    for one in listings_of(command.market, ports.market_index):
        if one.seller_id == command.seller_id:
            known = ports.listings.of_product(one.seller_id, one.sku).get(command.market)
            if known and known.listing.is_sold and is_settled(known.listing, known.holding):
                yield known


def _place(command: ReconcileShop, offset: int) -> str:
    return f"reconcile/{command.seller_id}/{command.market}/{command.run}/{offset}.json"


def _remember(command: ReconcileShop, seen: Sequence[str], found: Sequence[Difference], work: Objects) -> None:
    told: dict[str, Any] = {"seen": seen, "found": [one.model_dump(mode="json") for one in found]}
    work.write(_place(command, command.offset), json.dumps(told).encode(), "application/json")


def _remembered(command: ReconcileShop, work: Objects) -> tuple[frozenset[str], list[Difference]]:
    pages = [json.loads(work.read(_place(command, offset)) or b"{}") for offset in (*command.pages, command.offset)]
    seen = frozenset(item for page in pages for item in page.get("seen", ()))
    return seen, [Difference.model_validate(one) for page in pages for one in page.get("found", ())]


def _table(rows: Iterable[Difference]) -> bytes:
    """A table that a spreadsheet opens as text: what begins like a formula is none."""
    out = io.StringIO()
    write: Callable[[Iterable[str]], Any] = csv.writer(out).writerow
    write(HEAD)
    for row in rows:
        told = row.model_dump(mode="json")
        write(_inert(str(told[name])) for name in HEAD)
    return "\ufeff".encode() + out.getvalue().encode()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
