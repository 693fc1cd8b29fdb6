"""An operator's word about what goes out: pause, go on, cancel what nobody has taken yet, look at refusals alike, try again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, model_validator

from onestop.domain.channels.market import Markets
from onestop.domain.channels.steering import Alike, Pause
from onestop.domain.commands import OPERATOR, AssembleListing, Command, PublishListing, TellAgain
from onestop.domain.values import digest
from onestop.steps.ports import IndexedListing, MarketIndex, Sender
from onestop.steps.through_market import go_through, listings_of

SEGMENT_MS = 10_000
"""In which a thousand products are surely asked for."""


class Steered(Protocol):
    """Keeps what the operator said."""

    def save_pause(self, pause: Pause, now: datetime) -> None:
        """Keep a pause, or a cancellation."""

    def end_pause(self, pause: Pause) -> bool:
        """Forget a pause; False when there was none."""

    def pauses(self) -> Sequence[Pause]:
        """All that are in force."""

    def refusals_at(self, channel: str, market: str, now: datetime) -> Sequence[Alike]:
        """What a channel refused in a market lately."""

    def forget_at(self, channel: str, market: str) -> int:
        """Forget those; how many there were."""


class Order(BaseModel):
    """Exactly one of these.

    Attributes:
        pause: what is not told until it is resumed; nothing is withdrawn, and nothing is told of stock either.
        resume: the same words; what changed meanwhile is told.
        cancel: work that was asked for until now and that nobody has taken; later work goes on.
        refusals: the market whose refusals alike are shown.
        lift: the market whose refusals alike are forgotten; its listings are tried again.

    Raises:
        ValueError: none of them, or several, or a field that does not exist.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pause: Pause | None = None
    resume: Pause | None = None
    cancel: Pause | None = None
    refusals: str | None = None
    lift: str | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "Order":
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("say one of pause, resume, cancel, refusals, lift")
        return self


def steer(
    asked: dict[str, Any], *, steered: Steered, index: MarketIndex, send: Sender, markets: Markets, now: datetime
) -> dict[str, Any]:  # fmt: skip
    """Do what an operator asks, and say what it comes to. Doing it twice is harmless.

    Raises:
        pydantic.ValidationError: the order is not one.
        PermanentError: MARKET_UNKNOWN.
        RetryableError: not all could be sent; saying it again is harmless.
    """
    order = Order.model_validate(asked)
    if order.pause:
        steered.save_pause(order.pause, now)
        return {"paused": order.pause.name, "listings": _count(order.pause, index, markets)}
    if order.resume:
        there = steered.end_pause(order.resume)
        send(list(_again("PublishListing", order.resume, markets, now)))
        return {"resumed": order.resume.name, "was_paused": there, "listings": _count(order.resume, index, markets)}
    if order.cancel:
        steered.save_pause(order.cancel.model_copy(update={"before": now}), now)
        return {"cancelled": order.cancel.name, "before": now.isoformat()}
    market = markets.get(order.refusals or order.lift or "")
    if order.refusals:
        return {"refusals": [one.model_dump(mode="json") for one in steered.refusals_at(market.channel, market.code, now)]}
    forgotten = steered.forget_at(market.channel, market.code)
    lifted = Pause(market=market.code)
    send(list(_again("AssembleListing", lifted, markets, now)))
    return {"forgotten": forgotten, "listings": _count(lifted, index, markets)}


def tell_again(command: TellAgain, *, index: MarketIndex, send: Sender, time_left_ms: Callable[[], int]) -> int:
    """Ask for every product of a market that an operator means, some at a time; see ``go_through``.

    A product that is meant in several markets is asked for in each by the same message, and the second changes nothing.

    Returns:
        How many products were asked for.
    """
    kind = PublishListing if command.asks == "PublishListing" else AssembleListing

    def ask(segment: Sequence[IndexedListing]) -> list[Command]:
        return [
            kind(
                event_id=digest(kind.__name__, command.correlation_id, command.occurred_at.isoformat(), one.seller_id, one.sku),
                occurred_at=command.occurred_at, seller_id=one.seller_id, correlation_id=command.correlation_id, sku=one.sku,
                revision=one.revision,
            )
            for one in segment
            if command.of_seller in {None, one.seller_id} and command.of_sku in {None, one.sku}
        ]  # fmt: skip

    product = (command.of_seller, command.of_sku) if command.of_seller and command.of_sku else None
    return go_through(command, index=index, ask=ask, send=send, time_left_ms=time_left_ms, budget_ms=SEGMENT_MS, product=product)


def _again(asks: Literal["PublishListing", "AssembleListing"], pause: Pause, markets: Markets, now: datetime) -> Iterator[TellAgain]:
    """One message for each market: a scope of any size is gone through behind the operator's back, and goes on where time ran out."""
    for market in _markets(pause, markets):
        yield TellAgain(
            event_id=digest("TellAgain", asks, pause.name, now.isoformat(), market), occurred_at=now, seller_id=OPERATOR,
            correlation_id=pause.name, asks=asks, market=market, of_seller=pause.seller_id, of_sku=pause.sku,
        )  # fmt: skip


def _markets(pause: Pause, markets: Markets) -> list[str]:
    if pause.market:
        markets.get(pause.market)
    known = markets.by_code.values()
    return [one.code for one in known if pause.market in {None, one.code} and pause.channel in {None, one.channel}]


def _count(pause: Pause, index: MarketIndex, markets: Markets) -> int:
    """How many listings a pause names."""
    product = (pause.seller_id, pause.sku) if pause.seller_id and pause.sku else None
    found = (one for market in _markets(pause, markets) for one in listings_of(market, index, product=product))
    return sum(pause.seller_id in {None, one.seller_id} and pause.sku in {None, one.sku} for one in found)
