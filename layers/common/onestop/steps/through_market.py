"""Go through the listings of a market, a segment at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from onestop.domain.commands import Command, SteerTitles, SweepPrices, TellAgain
from onestop.domain.values import digest
from onestop.steps.ports import IndexedListing, MarketIndex, Sender

C = TypeVar("C", SteerTitles, SweepPrices, TellAgain)


def listings_of(market: str, index: MarketIndex, *, product: tuple[str, str] | None = None) -> Iterator[IndexedListing]:
    """All of them, or those of one product, (seller_id, sku)."""
    after, more = "", True
    while more:
        segment, after = index.segment(market, after=after, product=product)
        yield from segment
        more = bool(after)


def go_through(
    command: C, *, index: MarketIndex, ask: Callable[[Sequence[IndexedListing]], Sequence[Command]], send: Sender,
    time_left_ms: Callable[[], int], budget_ms: int, product: tuple[str, str] | None = None,
) -> int:  # fmt: skip
    """Send what each segment asks for; when time runs out, a message goes on from there.

    Delivered twice, it sends the same commands with the same ids, and the second of two equal commands changes nothing.

    Args:
        command: whose market is gone through, from ``after`` on.
        ask: the commands that some listings give.
        budget_ms: time in which a segment is surely done.
        product: (seller_id, sku) of the only one to look for.

    Returns:
        How many commands were sent.
    """
    asked, after = 0, command.after
    while True:
        segment, after = index.segment(command.market, after=after, product=product)
        commands = ask(segment)
        send(commands)
        asked += len(commands)
        if not after:
            return asked
        if time_left_ms() < budget_ms:
            event_id = digest(command.correlation_id, command.market, after)
            send([command.model_copy(update={"event_id": event_id, "after": after})])
            return asked
