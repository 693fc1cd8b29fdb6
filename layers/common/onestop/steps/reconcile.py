"""Hold what we believe a store shows against what it reports: a page at a time, then what was on no page.

Each page leaves what it saw in the work bucket, and the name of the page before it. So a message that comes again, or a run that goes on
elsewhere, needs no memory, and a message is as short for the last page as for the first.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.holding import Holding
from onestop.domain.channels.market import Markets
from onestop.domain.commands import PublishListing, ReconcileShop
from onestop.domain.errors import RetryableError
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

    def items(self, after: str) -> ShopPage:
        """The items from a place on: the one that the page before gave, or empty for the first."""


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


class Seen(BaseModel):
    """What a page saw.

    Attributes:
        before: the name of the page before it; empty for the first.
        items: the marketplace's item -> the SKUs that the page had of it.
        known: the SKUs of our products among them.
        found: what differs.
        lacking: variants that an item of the page did not have; another page may.
    """

    model_config = ConfigDict(frozen=True)

    before: str = ""
    items: dict[str, frozenset[str]] = Field(default_factory=dict)
    known: frozenset[str] = frozenset()
    found: tuple[Difference, ...] = ()
    lacking: tuple[Difference, ...] = ()


def reconcile_shop(command: ReconcileShop, *, shop: Shop | None, ports: Ports) -> Counter[Kind]:
    """Compare one page of a store, and send for the next; behind the last page, look for what was on none, and write the report.

    Of a store that the marketplace does not give to its end, nothing is called missing: the report says that it was not read whole.

    Returns:
        What differs, for the metrics; on the last page what was missing too.
    """
    if shop is None:
        return Counter()
    page = shop.items(command.after)
    seen = _compared(command, page.items, ports)
    name = digest(command.before, command.after)
    ports.work.write(_place(command, name), seen.model_dump_json().encode(), "application/json")
    if page.after is not None:
        event_id = digest(command.event_id, page.after)
        ports.send([command.model_copy(update={"event_id": event_id, "after": page.after, "before": name})])
        return Counter(one.kind for one in seen.found)
    whole = _all_seen(command, seen, ports.work)
    unread = Difference(market=command.market, sku="", item_id="", kind=Kind.UNREAD, ours="", theirs=f"> {len(whole.items)}")
    missing = [unread] if page.is_cut else [*_lacking(command, whole, ports), *_missing(command, whole, ports)]
    rows = dict.fromkeys([*whole.found, *missing])  # an item that is on two pages is told once
    ports.results.write(f"{command.seller_id}/reconcile/{command.market}.csv", _table(rows), "text/csv; charset=utf-8")
    return Counter(one.kind for one in (*seen.found, *missing))


def _compared(command: ReconcileShop, items: Iterable[ShopItem], ports: Ports) -> Seen:
    skus: dict[str, frozenset[str]] = {}
    ours, found = set[str](), list[Difference]()
    for item in items:
        skus[item.item_id] = skus.get(item.item_id, frozenset()) | item.skus.keys()
        known = _known(command, item.item_id, ports)
        found += _compare(command, known, item, ports)
        if known and known.holding.item and known.holding.item.item_id == item.item_id:
            ours.add(known.listing.sku)
    now, later = ([one for one in found if _is_lacking(one) is lacks] for lacks in (False, True))
    return Seen(before=command.before, items=skus, known=frozenset(ours), found=tuple(now), lacking=tuple(later))


def _known(command: ReconcileShop, item_id: str, ports: Ports) -> PublishedListing | None:
    sku = ports.listings.product_of_item(command.seller_id, command.market, item_id)
    return ports.listings.of_product(command.seller_id, sku).get(command.market) if sku else None


def _is_lacking(found: Difference) -> bool:
    return found.kind is Kind.MISSING


def _compare(command: ReconcileShop, known: PublishedListing | None, item: ShopItem, ports: Ports) -> list[Difference]:
    if known is None:
        return [Difference(market=command.market, sku=",".join(item.skus), item_id=item.item_id, kind=Kind.EXTRA, theirs=item.title)]
    if not is_settled(known.listing, known.holding):
        return []
    found = list(differences(known.listing, item))
    if any(one.healed and not _is_lacking(one) for one in found):
        _heal(command, known, known.holding.doubted(), ports)
    return found


def _lacking(command: ReconcileShop, seen: Seen, ports: Ports) -> Iterator[Difference]:
    """Variants that their item had on no page at all; the item is told again."""
    for one in dict.fromkeys(seen.lacking):
        if one.sku not in seen.items.get(one.item_id, frozenset()):
            if known := _known(command, one.item_id, ports):
                _heal(command, known, known.holding.doubted(), ports)
            yield one


def _heal(command: ReconcileShop, known: PublishedListing, holding: Holding, ports: Ports) -> None:
    """Have the whole listing told again, by the one step that tells."""
    listing = known.listing
    ports.listings.mark_held(known.model_copy(update={"holding": holding}))
    ports.send([PublishListing(
        event_id=digest("PublishListing", command.run, listing.market, listing.sku), occurred_at=command.occurred_at,
        seller_id=listing.seller_id, correlation_id=command.correlation_id, sku=listing.sku, revision=listing.revision,
    )])  # fmt: skip


def _missing(command: ReconcileShop, seen: Seen, ports: Ports) -> Iterator[Difference]:
    """Our items that no page had; told again, unless there are so many that the answer is doubted."""
    gone = [known for known in _unseen(command, seen, ports) if known.holding.item and known.holding.item.item_id not in seen.items]
    believed = len(gone) <= max(FEW, MOST_MISSING * (len(seen.known) + len(gone)))
    for known in gone:
        if believed:
            _heal(command, known, known.holding.model_copy(update={"item": None, "digests": {}}), ports)
        item_id = known.holding.item.item_id if known.holding.item else ""
        yield Difference(
            market=command.market, sku=known.listing.sku, item_id=item_id, kind=Kind.MISSING, ours=known.listing.title, healed=believed
        )


def _unseen(command: ReconcileShop, seen: Seen, ports: Ports) -> Iterator[PublishedListing]:
    """What the seller has on show in the market, as far as its store was told, of products that no page had."""
    for one in listings_of(command.market, ports.market_index):
        if one.seller_id == command.seller_id and one.sku not in seen.known:
            known = ports.listings.of_product(one.seller_id, one.sku).get(command.market)
            if known and known.listing.is_sold and is_settled(known.listing, known.holding):
                yield known


def _place(command: ReconcileShop, page: str) -> str:
    return f"reconcile/{command.seller_id}/{command.market}/{command.run}/{page}.json"


def _all_seen(command: ReconcileShop, last: Seen, work: Objects) -> Seen:
    """What all pages saw, from the last one back to the first."""
    pages = [last]
    while pages[-1].before:
        kept = work.read(_place(command, pages[-1].before))
        if kept is None:  # what it saw would be taken for missing
            raise RetryableError("what a page saw is not there")
        pages.append(Seen.model_validate_json(kept))
    pages.reverse()
    items: dict[str, frozenset[str]] = {}
    for page in pages:
        for item_id, skus in page.items.items():
            items[item_id] = items.get(item_id, frozenset()) | skus
    known = frozenset[str]().union(*(page.known for page in pages))
    return Seen(
        items=items, known=known, found=tuple(one for page in pages for one in page.found),
        lacking=tuple(one for page in pages for one in page.lacking),
    )  # fmt: skip


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
