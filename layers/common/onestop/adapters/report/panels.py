"""One product on the page: the seller's original, and beside it a panel per market as its buyers would see it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from onestop.adapters.report.formats import market_money, won
from onestop.adapters.report.waterfall import Waterfall, waterfall
from onestop.domain.channels.market import Market
from onestop.domain.findings import Finding, Severity
from onestop.domain.imaging.adapted import CARD_REF
from onestop.domain.listing.listing import ListedImage, Listing
from onestop.domain.listing.reported import ReportedRow
from onestop.domain.pricing.quote import FX_MOVES, net_if_held_krw
from onestop.domain.text.aligned import aligned

Remark = tuple[str, str]
"""A finding's code and sentence."""


class Choice(NamedTuple):
    """One variant as a buyer may choose it."""

    sku: str
    options: str
    price: str
    stock: int


class Panel(NamedTuple):
    """One listing.

    Attributes:
        title: its pieces in order, each with the Korean it came from, ``?`` where none is known, or nothing.
        price: from the cheapest variant to the dearest; empty when there is none.
        compare_at: the list price that stands struck out beside it; empty when none does.
        price_won: about how much the price is in won, at the rate it was made with.
        options: option name -> its values, in the market's language.
        findings: those that not every market of the product shares.
        notes: numbers of the footnotes that hold for it.
        fx_strip: what the price as it stands would leave, in won, after a fall and after a rise of the rate; empty without a price.
    """

    listing: Listing
    market: Market
    title: tuple[tuple[str, str], ...]
    price: str
    compare_at: str
    price_won: str
    stock: int
    options: dict[str, tuple[str, ...]]
    choices: tuple[Choice, ...]
    receipt: Waterfall | None
    findings: tuple[Finding, ...]
    notes: tuple[int, ...]
    fx_strip: tuple[str, ...]


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


def card(reported: ReportedRow, markets: Mapping[str, Market], notes: Mapping[Remark, int]) -> Card:
    """The card of a row that made a product; findings told in a footnote appear as its number only."""
    listings = [listing for listing in reported.listings if listing.market in markets]
    shared = {finding for finding in _shared(listings) if remark(finding) not in notes}
    pictures = max((tuple(_of_seller(listing)) for listing in listings), key=len, default=())
    title = next((listing.source_title for listing in listings if listing.source_title), reported.row.title)
    panels = tuple(_panel(one, markets[one.market], shared, notes) for one in _in_order(listings, markets))
    findings = tuple(finding for finding in listings[0].findings if finding in shared) if listings else ()
    return Card(reported, title, findings, pictures, panels)


def _of_seller(listing: Listing) -> Iterator[ListedImage]:
    return (image for image in (*listing.images, *listing.images_waiting) if image.source_ref != CARD_REF)


def _in_order(listings: list[Listing], markets: Mapping[str, Market]) -> list[Listing]:
    order = list(markets)
    return sorted(listings, key=lambda one: order.index(one.market))


def _shared(listings: list[Listing]) -> set[Finding]:
    """What every market of a product has in common; of a single market, nothing is told apart from it."""
    if len(listings) < 2:
        return set()
    return set.intersection(*(set(listing.findings) for listing in listings))


def _panel(listing: Listing, market: Market, shared: set[Finding], notes: Mapping[Remark, int]) -> Panel:
    told = tuple(finding for finding in dict.fromkeys(listing.findings) if finding not in shared and remark(finding) not in notes)
    return Panel(
        listing, market, aligned(listing.title, listing.gloss), _price(listing, market), _compare_at(listing, market),
        _price_won(listing), sum(variant.stock for variant in listing.variants), _options(listing), _choices(listing, market),
        waterfall(listing.price, market) if listing.price else None, told,
        tuple(sorted({notes[remark(finding)] for finding in listing.findings if remark(finding) in notes})),
        _fx_strip(listing),
    )  # fmt: skip


def _price(listing: Listing, market: Market) -> str:
    if listing.price is None:
        return ""
    amounts = [variant.price for variant in listing.variants if variant.price is not None] or [listing.price.amount]
    return " – ".join(market_money(amount, market) for amount in sorted({min(amounts), max(amounts)}))


def _compare_at(listing: Listing, market: Market) -> str:
    former = listing.price.compare_at if listing.price else None
    return market_money(former, market) if former is not None else ""


def _fx_strip(listing: Listing) -> tuple[str, ...]:
    price = listing.price
    if price is None or price.fx is None:
        return ()
    return tuple(won(net_if_held_krw(price.amount, price.receipt, price.fx, price.net_proceeds_krw, move)) for move in FX_MOVES)


def _price_won(listing: Listing) -> str:
    price = listing.price
    return won(price.amount * price.fx.rate) if price and price.fx and price.fx.quote == "KRW" else ""


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
    return tuple(Choice(one.sku, " / ".join(one.options.values()), _money(one.price, market), one.stock) for one in listing.variants)


def _money(amount: Decimal | None, market: Market) -> str:
    return "" if amount is None else market_money(amount, market)


def remark(finding: Finding) -> Remark:
    """What a finding says, wherever it was found."""
    return finding.code, finding.message_ko


def common_notes(rows: Iterable[ReportedRow], least: int = 3) -> tuple[Finding, ...]:
    """Remarks that hold word for word for at least ``least`` of the products shown: told once, below, as footnotes.

    A remark that asks for something in a cell stays with its product.

    Example:
        >>> common_notes([])
        ()
    """
    told: dict[Remark, Finding] = {}
    products: Counter[Remark] = Counter()
    for row in rows:
        found = {remark(one): one for listing in row.listings for one in listing.findings if _may_be_a_note(one)}
        products.update(found.keys())
        told = found | told
    return tuple(told[key] for key in sorted(told) if products[key] >= least)


def _may_be_a_note(finding: Finding) -> bool:
    return finding.severity is Severity.INFO and not (finding.cell and finding.fix)
