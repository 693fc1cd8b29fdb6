"""One product on the page: the seller's original, and beside it a panel per market as its buyers would see it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from onestop.adapters.report.formats import market_money
from onestop.adapters.report.waterfall import Waterfall, waterfall
from onestop.domain.channels.market import Market
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import ListedImage, Listing
from onestop.domain.listing.report import ReportedRow


class Choice(NamedTuple):
    """One variant as a buyer may choose it."""

    sku: str
    options: str
    price: str
    stock: int


class Panel(NamedTuple):
    """One listing.

    Attributes:
        price: from the cheapest variant to the dearest; empty when there is none.
        options: option name -> its values, in the market's language.
        findings: those that not every market of the product shares.
        notes: numbers of the footnotes that hold for it.
    """

    listing: Listing
    market: Market
    price: str
    stock: int
    options: dict[str, tuple[str, ...]]
    choices: tuple[Choice, ...]
    receipt: Waterfall | None
    findings: tuple[Finding, ...]
    notes: tuple[int, ...]


class Card(NamedTuple):
    """One product.

    Attributes:
        findings: those that all its markets share.
        pictures: of the seller, the main one first.
    """

    reported: ReportedRow
    title: str
    findings: tuple[Finding, ...]
    pictures: tuple[ListedImage, ...]
    panels: tuple[Panel, ...]


def card(reported: ReportedRow, markets: Mapping[str, Market], notes: Mapping[Finding, int]) -> Card:
    """The card of a row that made a product; findings told in a footnote appear as its number only."""
    listings = [listing for listing in reported.listings if listing.market in markets]
    shared = _shared(listings) - notes.keys()
    pictures = max((listing.images for listing in listings), key=len, default=())
    title = next((listing.source_title for listing in listings if listing.source_title), reported.row.title)
    panels = tuple(_panel(one, markets[one.market], shared, notes) for one in _in_order(listings, markets))
    findings = tuple(finding for finding in listings[0].findings if finding in shared) if listings else ()
    return Card(reported, title, findings, pictures, panels)


def _in_order(listings: list[Listing], markets: Mapping[str, Market]) -> list[Listing]:
    order = list(markets)
    return sorted(listings, key=lambda one: order.index(one.market))


def _shared(listings: list[Listing]) -> set[Finding]:
    """What every market of a product has in common; of a single market, nothing is told apart from it."""
    if len(listings) < 2:
        return set()
    return set.intersection(*(set(listing.findings) for listing in listings))


def _panel(listing: Listing, market: Market, shared: set[Finding], notes: Mapping[Finding, int]) -> Panel:
    told = tuple(finding for finding in dict.fromkeys(listing.findings) if finding not in shared and finding not in notes)
    return Panel(
        listing, market, _price(listing, market), sum(variant.stock for variant in listing.variants), _options(listing),
        _choices(listing, market), waterfall(listing.price, market) if listing.price else None, told,
        tuple(sorted({notes[finding] for finding in listing.findings if finding in notes})),
    )  # fmt: skip


def _price(listing: Listing, market: Market) -> str:
    if listing.price is None:
        return ""
    amounts = [variant.price for variant in listing.variants if variant.price is not None] or [listing.price.amount]
    return " – ".join(market_money(amount, market) for amount in sorted({min(amounts), max(amounts)}))


def _options(listing: Listing) -> dict[str, tuple[str, ...]]:
    values: dict[str, dict[str, None]] = {}
    for variant in listing.variants:
        for name, value in variant.options.items():
            values.setdefault(name, {})[value] = None
    return {name: tuple(found) for name, found in values.items()}


def _choices(listing: Listing, market: Market) -> tuple[Choice, ...]:
    """The variants, when there is anything to choose."""
    if len(listing.variants) < 2:
        return ()
    return tuple(
        Choice(one.sku, " / ".join(one.options.values()), _money(one.price, market), one.stock) for one in listing.variants
    )


def _money(amount: Decimal | None, market: Market) -> str:
    return "" if amount is None else market_money(amount, market)


def common_notes(rows: Iterable[ReportedRow], least: int = 3) -> tuple[Finding, ...]:
    """Remarks that hold word for word for at least ``least`` products and name no cell: told once, below, as footnotes.

    Example:
        >>> common_notes([])
        ()
    """
    products: dict[Finding, int] = {}
    for row in rows:
        told = dict.fromkeys(finding for listing in row.listings for finding in listing.findings)
        for finding in told:
            if finding.severity == "info" and finding.cell is None:
                products[finding] = products.get(finding, 0) + 1
    common = [finding for finding, count in products.items() if count >= least]
    return tuple(sorted(common, key=lambda finding: (finding.code, finding.message_ko)))
