"""An operator's word about what goes out: pause, go on, cancel what nobody has taken yet, look at refusals alike, try again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, model_validator

from onestop.domain.channels.market import Markets
from onestop.domain.channels.steering import Alike, Pause
from onestop.domain.commands import AssembleListing, Command, PublishListing
from onestop.domain.values import digest
from onestop.steps.batches import batches
from onestop.steps.ports import IndexedListing, MarketIndex, Sender
from onestop.steps.through_market import listings_of

AT_ONCE = 100


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
        return {"paused": order.pause.name, "listings": sum(1 for _ in _meant(order.pause, index, markets))}
    if order.resume:
        there = steered.end_pause(order.resume)
        return {
            "resumed": order.resume.name,
            "was_paused": there,
            "sent": _send(PublishListing, order.resume, index, send, markets, now),
        }
    if order.cancel:
        steered.save_pause(order.cancel.model_copy(update={"before": now}), now)
        return {"cancelled": order.cancel.name, "before": now.isoformat()}
    market = markets.get(order.refusals or order.lift or "")
    if order.refusals:
        return {"refusals": [one.model_dump(mode="json") for one in steered.refusals_at(market.channel, market.code, now)]}
    forgotten = steered.forget_at(market.channel, market.code)
    return {"forgotten": forgotten, "sent": _send(AssembleListing, Pause(market=market.code), index, send, markets, now)}


def _meant(pause: Pause, index: MarketIndex, markets: Markets) -> Iterator[tuple[str, IndexedListing]]:
    """The listings that a pause names, market after market."""
    if pause.market:
        markets.get(pause.market)
    for market in markets.by_code.values():
        if pause.market not in {None, market.code} or pause.channel not in {None, market.channel}:
            continue
        product = (pause.seller_id, pause.sku) if pause.seller_id and pause.sku else None
        for one in listings_of(market.code, index, product=product):
            if pause.seller_id in {None, one.seller_id} and pause.sku in {None, one.sku}:
                yield market.code, one


def _send(
    kind: type[PublishListing | AssembleListing], pause: Pause, index: MarketIndex, send: Sender, markets: Markets, now: datetime
) -> int:  # fmt: skip
    """Ask for every product that is meant, once; how many."""
    products = {(one.seller_id, one.sku): one.revision for _, one in _meant(pause, index, markets)}
    cause = f"{kind.__name__} {pause.name} {now.isoformat()}"
    commands: list[Command] = [
        kind(
            event_id=digest(cause, *product),
            occurred_at=now,
            seller_id=product[0],
            correlation_id=pause.name,
            sku=product[1],
            revision=revision,
        )
        for product, revision in products.items()
    ]
    for some in batches(commands, AT_ONCE):
        send(list(some))
    return len(commands)
