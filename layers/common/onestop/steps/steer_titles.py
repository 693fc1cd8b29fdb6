"""Have those texts of a market written again whose best keywords a new report changed."""

from collections.abc import Callable, Sequence
from itertools import groupby

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import AdaptText, SteerTitles
from onestop.domain.demand.steered import Steered, is_due
from onestop.domain.values import digest
from onestop.steps.batches import batches
from onestop.steps.ports import Adaptations, Catalog, IndexedListing, MarketIndex, Sender
from onestop.steps.through_market import go_through
from onestop.steps.title_steering import KIND, TitleSteering

_AT_ONCE = 100


def steer_titles(
    command: SteerTitles, *, index: MarketIndex, catalog: Catalog, adaptations: Adaptations, steering: TitleSteering, markets: Markets,
    send: Sender, time_left_ms: Callable[[], int], budget_ms: int,
) -> int:  # fmt: skip
    """Ask for new texts; see ``go_through``.

    Args:
        budget_ms: time in which a segment of a thousand listings is surely done.

    Returns:
        How many listings were asked for: those whose best keywords the report changed.
    """
    market = markets.get(command.market)

    def ask(segment: Sequence[IndexedListing]) -> list[AdaptText]:
        some = batches(iter(segment), _AT_ONCE)
        return [_ask(command, stored) for each in some for stored in _due(command, each, market, catalog, adaptations, steering)]

    return go_through(command, index=index, ask=ask, send=send, time_left_ms=time_left_ms, budget_ms=budget_ms)


def _due(
    command: SteerTitles, some: Sequence[IndexedListing], market: Market, catalog: Catalog, adaptations: Adaptations,
    steering: TitleSteering,
) -> list[StoredProduct]:  # fmt: skip
    kept = adaptations.of_products([(one.seller_id, one.sku) for one in some], KIND, market.code)
    found: list[StoredProduct] = []
    for seller_id, of_seller in groupby(some, key=lambda one: one.seller_id):
        for sku, stored in catalog.products(seller_id, [one.sku for one in of_seller]).items():
            body = kept.get((seller_id, sku))
            before = Steered.model_validate_json(body) if body else None
            asked = steering.wanted(stored.product, market, before, command.occurred_at)
            if asked and market.code in (stored.settings.markets or ()) and is_due(asked, before, command.occurred_at):
                found.append(stored)
    return found


def _ask(command: SteerTitles, stored: StoredProduct) -> AdaptText:
    product = stored.product
    return AdaptText(
        event_id=digest(command.correlation_id, product.seller_id, product.sku, stored.revision), occurred_at=command.occurred_at,
        seller_id=product.seller_id, correlation_id=command.correlation_id, sku=product.sku, revision=stored.revision,
    )  # fmt: skip
