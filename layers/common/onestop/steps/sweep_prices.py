"""Have those listings of a market priced again that today's rate reaches."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from onestop.domain.channels.market import Markets
from onestop.domain.commands import OPERATOR, AdaptPrice, SweepPrices
from onestop.domain.pricing.quote import FxRate
from onestop.domain.values import digest
from onestop.steps.ports import IndexedListing, MarketIndex, Rates, Sender
from onestop.steps.through_market import go_through, listings_of

BUDGET_MS = 10_000
"""Time in which a segment is surely done."""


def rate_id(rate: FxRate) -> str:
    """What tells one print in force from another: its day, its source and its figure."""
    return digest(rate.rate, rate.as_of.isoformat(), rate.source)


def sweeps(codes: Iterable[str], markets: Markets, rate: FxRate, now: datetime) -> list[SweepPrices]:
    """The commands to go through some markets of one currency; the same print always has the same ones.

    Their correlation id names the event for logs and for undoing, such as ``fx-THB-2026-10-30-0f3a...``.
    """
    cause = f"fx-{rate.base}-{rate.as_of}-{rate_id(rate)}"
    return [
        SweepPrices(
            event_id=digest(cause, code), occurred_at=now, seller_id=OPERATOR, correlation_id=cause, market=code,
            currency=markets.get(code).currency, rate_id=rate_id(rate),
        )
        for code in sorted(codes)
    ]  # fmt: skip


def sweep_prices(
    command: SweepPrices, *, rates: Rates, index: MarketIndex, send: Sender, dead_band: Decimal, time_left_ms: Callable[[], int]
) -> int:
    """Ask for new prices; see ``go_through``.

    A sweep for a rate that is no longer in force does nothing: the refresh that replaced the rate sent its own.

    Args:
        dead_band: a listing is asked for when its rate moved at least this fraction since its price was made.

    Returns:
        How many listings were asked for.
    """
    rate = None if command.undo else rates.in_force(command.currency)
    if not command.undo and (rate is None or rate_id(rate) != command.rate_id):
        return 0

    def ask(segment: Sequence[IndexedListing]) -> list[AdaptPrice]:
        return [_ask(command, one) for one in segment if rate is None or is_reached(one, rate.rate, dead_band)]

    return go_through(command, index=index, ask=ask, send=send, time_left_ms=time_left_ms, budget_ms=BUDGET_MS)


def is_reached(listing: IndexedListing, rate: Decimal, dead_band: Decimal) -> bool:
    """Whether a rate has left the dead band around the one that a listing's price was made at.

    Example:
        >>> at = [IndexedListing("kim-shop", "A-1", 1, made_at) for made_at in (Decimal(1000), Decimal(991), None)]
        >>> [is_reached(one, Decimal(1001), Decimal("0.01")) for one in at]
        [False, True, True]
    """
    return listing.rate is None or abs(rate / listing.rate - 1) >= dead_band


def undo_prices(
    *, cause: str | None, product: tuple[str, str] | None, codes: Sequence[str], index: MarketIndex, send: Sender, markets: Markets,
    now: datetime,
) -> int:  # fmt: skip
    """Have former prices restored, to stay until the seller orders something else.

    Args:
        cause: how the id of the event to undo begins, such as ``fx-THB-2026-10-30``; for one product it may be None: its last
            change, whatever made it.
        product: (seller_id, sku), or None for every product that the event reached.
        codes: the markets to look in.

    Returns:
        How many commands were sent; the prices themselves change as these are worked off.

    Raises:
        PermanentError: MARKET_UNKNOWN.
        ValueError: neither a cause nor a product is named.
    """
    if cause is None and product is None:
        raise ValueError("an undoing names an event or a product")
    markets.require(codes)
    correlation = digest("undo", cause, product)
    swept = [
        SweepPrices(
            event_id=digest(correlation, code), occurred_at=now, seller_id=OPERATOR, correlation_id=correlation, market=code,
            currency=markets.get(code).currency, undo=cause or "last",
        )
        for code in codes
    ]  # fmt: skip
    if product is None:
        send(swept)
        return len(swept)
    asked = [_ask(command, one) for command in swept for one in listings_of(command.market, index, product=product)]
    send(asked)
    return len(asked)


def _ask(command: SweepPrices, listing: IndexedListing) -> AdaptPrice:
    return AdaptPrice(
        event_id=digest(command.correlation_id, command.market, listing.seller_id, listing.sku, listing.revision),
        occurred_at=command.occurred_at, seller_id=listing.seller_id, correlation_id=command.correlation_id, sku=listing.sku,
        revision=listing.revision, markets=(command.market,), undo=command.undo,
    )  # fmt: skip
