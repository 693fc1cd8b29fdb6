"""Price a product in every market, or in those whose rate moved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.channels.market import Market, Markets
from onestop.domain.commands import AdaptPrice
from onestop.domain.errors import RetryableError
from onestop.domain.findings import State, state_of
from onestop.domain.pricing.calm import Asked, Calm, CalmPolicy, as_set, calm_quote
from onestop.domain.pricing.history import PriceChange, PriceHistory, amounts_of
from onestop.domain.pricing.orders import Acceptance, PriceMode, PriceOrder, acceptances_for, order_for
from onestop.domain.pricing.policy import PricePolicy
from onestop.domain.pricing.quote import FxRate, Quote
from onestop.domain.pricing.quoting import quote_product
from onestop.domain.pricing.rules import MarketRules
from onestop.domain.pricing.sanity import SanityPolicy, Scales, settled, weighed
from onestop.domain.text.edit import Edit
from onestop.domain.values import digest
from onestop.steps.ports import Adaptations, Catalog, Rates, Sender
from onestop.steps.products import current, finish, markets_of

PRICED = {"price_krw", "list_price_krw", "cost_krw", "weight_g", "length_mm", "width_mm", "height_mm", "hs_code", "origin", "category"}
"""The product's fields that reach a price."""

HISTORY = "#history"
"""Follows the market in the name under which a price's history is kept."""

_WISHES = set(PricePolicy.model_fields) - {"fees"}


class _Work(NamedTuple):
    """One product being priced, with what is known of it."""

    command: AdaptPrice
    stored: StoredProduct
    known: Mapping[str, tuple[str, str]]
    edits: tuple[Edit, ...]
    calm: CalmPolicy
    sanity: SanityPolicy
    now: datetime

    def standing(self, market: str) -> Quote | None:
        """What was quoted last, for the revision that is listed."""
        body = self.known.get(market, ("", ""))[1]
        return Quote.model_validate_json(body) if body else None

    def history(self, market: str) -> PriceHistory:
        """The changes before that."""
        body = self.known.get(f"{market}{HISTORY}", ("", ""))[1]
        return PriceHistory.model_validate_json(body) if body else PriceHistory()

    @property
    def is_held_back(self) -> bool:
        """Whether the seller's row lets the product go nowhere."""
        return state_of(self.stored.findings) is State.BLOCKED

    def order(self, market: str) -> PriceOrder:
        """What the seller ordered."""
        prices, pinned_at = self.stored.settings.prices, self.history(market).pinned_at
        return order_for(self.stored.product.sku, market, settings=prices, edits=self.edits, pinned_at=pinned_at)

    def accepted(self, market: str) -> tuple[Acceptance, ...]:
        """Which odd prices are meant, as far as that still holds."""
        words = acceptances_for(
            self.stored.product.sku, market, settings=self.stored.settings.prices_accepted, edits=self.edits,
            days=self.sanity.accepted_days,
        )  # fmt: skip
        return tuple(word for word in words if self.now.date() <= word.until)

    def frozen(self, market: str) -> bool:
        """Whether the market's prices stand still today."""
        return any(freeze.holds(market, self.now.date()) for freeze in (*self.stored.settings.freezes, *self.calm.freezes))


def adapt_price(
    command: AdaptPrice, *, catalog: Catalog, adaptations: Adaptations, rates: Rates, send: Sender,
    markets: Markets, rules: Callable[[str], MarketRules], calm: CalmPolicy, sanity: SanityPolicy, now: datetime,
) -> int:  # fmt: skip
    """Quote what is missing or whose input changed, then join.

    A price that stands is left alone as long as it may be, see :mod:`onestop.domain.pricing.calm`; a new one that looks wrong
    waits for a person, see :mod:`onestop.domain.pricing.sanity`, and the other markets go on. A re-pricing that nobody's
    upload waits for and that changes no price writes and sends nothing.

    Returns:
        How many prices a buyer would see changed.
    """
    stored = current(command, catalog=catalog, send=send)
    if stored is None:
        return 0
    seller_id, sku = stored.product.seller_id, stored.product.sku
    known = adaptations.of_product(seller_id, sku, "price")
    work = _Work(command, stored, known, catalog.edits(seller_id, sku), calm, sanity, now)
    selling = markets_of(stored, markets)
    wanted = [market for market in selling if command.markets is None or market.code in command.markets]
    currencies = [market.currency for market in wanted]
    in_force = rates.in_force_of(currencies)
    made = {market: source for market, (source, _) in known.items() if not market.endswith(HISTORY)}
    pricing = _Pricing(work, selling, {market.code: (rules(market.code), in_force.get(market.currency)) for market in wanted})
    changed, price = 0, pricing.undone if command.undo else pricing.priced
    for market in wanted:
        source, quote = price(market)
        if quote:
            changed += _keep(work, market.code, quote, source, adaptations)
            made[market.code] = source
    _finish(work, made, catalog=catalog, send=send)
    # A refresh that came in between did not find this product's listings yet, and asked for no new price of theirs.
    if rates.in_force_of(currencies) != in_force:
        raise RetryableError("a rate moved while the product was being priced")
    return changed


class _Pricing:
    """The prices of one product: each market's is made once, and may be weighed against the others."""

    def __init__(self, work: _Work, selling: Sequence[Market], by: Mapping[str, tuple[MarketRules, FxRate | None]]) -> None:
        """``by`` holds what the markets that are to be priced are priced by, ``selling`` all that the product goes to."""
        self._work, self._selling, self._by = work, selling, by
        self._made = dict[str, Calm]()

    def priced(self, market: Market) -> tuple[str, Quote | None]:
        """What a price is made from, as a digest, and the quote; None when there is nothing new to keep."""
        work, (rule, rate) = self._work, self._by[market.code]
        order, accepted = work.order(market.code), work.accepted(market.code)
        source = digest(
            _facts(work), _policy(work, market), rate and _used(rate), rule.version, work.now.date().isoformat(), order,
            work.frozen(market.code), accepted, work.calm, work.sanity, work.is_held_back,
        )  # fmt: skip
        if work.known.get(market.code, ("", ""))[0] == source:
            return source, None
        calm, standing = self._calm(market), work.standing(market.code)
        scales = Scales(
            work.stored.product, order, calm.computed, lambda: self._sisters_krw(market), lambda: rule.bounds_on(work.now.date()),
            accepted, work.sanity, work.now.date(),
        )  # fmt: skip
        quote = weighed(calm.quote, settled(standing), scales)
        # Nobody sees the price of a product that is held back; once it is mended, no later one is measured by it.
        if work.is_held_back:
            quote = quote.model_copy(update={"state": State.BLOCKED})
        return source, None if quote == standing and work.command.markets is not None else quote

    def undone(self, market: Market) -> tuple[str, Quote | None]:
        """The quote at the price that stood before a change, which stays from now on; None when there is nothing to take back."""
        work = self._work
        change = work.history(market.code).undo_of(work.command.cause_undone)
        if change is None:
            return "", None
        return digest("undo", work.command.event_id), as_set(self._asked(market).standing_at(change.before))

    def _calm(self, market: Market) -> Calm:
        if market.code not in self._made:
            work, history = self._work, self._work.history(market.code)
            often = history.changes_in_week(work.now.date(), besides=work.command.correlation_id)
            self._made[market.code] = calm_quote(
                self._asked(market), settled(work.standing(market.code)), work.order(market.code), work.calm,
                frozen=work.frozen(market.code), changes_in_week=often,
            )  # fmt: skip
        return self._made[market.code]

    def _sisters_krw(self, market: Market) -> tuple[Decimal, ...]:
        """The product's prices on the other sites of the marketplace: those that are made now, else those that stand.

        A price that somebody set is no measure for others before it stands.
        """
        sisters = [other for other in self._selling if other.channel == market.channel and other.code != market.code]
        quotes = [self._measure(other) for other in sisters]
        return tuple(quote.amount * quote.fx.rate for quote in quotes if quote and quote.amount and quote.fx)

    def _measure(self, market: Market) -> Quote | None:
        is_set = self._work.order(market.code).mode is PriceMode.FIXED
        return settled(self._work.standing(market.code)) if is_set or market.code not in self._by else self._calm(market).quote

    def _asked(self, market: Market) -> Asked:
        work, (rule, rate) = self._work, self._by[market.code]
        product, policy, today = work.stored.product, _policy(work, market), work.now.date()

        def ask(at_rate: FxRate | None, at: dict[Decimal, Decimal]) -> Quote:
            return quote_product(product, market, rule, at_rate, policy=policy, on=today, at=at)

        return Asked(product, ask, rate)


def _policy(work: _Work, market: Market) -> PricePolicy:
    settings = work.stored.settings
    return PricePolicy(**settings.model_dump(include=_WISHES), fees=settings.fees.get(market.code))


def _facts(work: _Work) -> tuple[object, ...]:
    product = work.stored.product
    deltas = [(variant.sku, variant.price_delta_krw, variant.pack) for variant in product.variants]
    return product.model_dump(mode="json", include=PRICED), deltas


def _used(rate: FxRate) -> tuple[object, ...]:
    return rate.rate, rate.as_of.isoformat(), rate.source


def _keep(work: _Work, market: str, quote: Quote, source: str, adaptations: Adaptations) -> bool:
    """Store a quote with what it replaces; whether a buyer sees another price than before.

    A change is noted before it is made, an undoing after it: whatever a crash leaves, the next delivery completes.
    """
    command, history = work.command, work.history(market)
    before, after = amounts_of(work.standing(market)), amounts_of(quote)
    seller_id, sku, revision = work.stored.product.seller_id, work.stored.product.sku, work.stored.revision
    noted = history
    if command.undo and (change := history.undo_of(command.cause_undone)):
        noted = history.after_undoing(change, command.occurred_at)
    elif before and before != after:
        noted = history.with_change(PriceChange(cause=command.correlation_id, on=work.now.date(), before=before))
    writes = [(market, source, quote), (f"{market}{HISTORY}", source, noted)]
    for name, input_digest, body in writes if command.undo else reversed(writes):
        if body != history:
            adaptations.save(seller_id, sku, "price", name, revision=revision, input_digest=input_digest, body=body)
    return before is not None and before != after


def _finish(work: _Work, made: Mapping[str, str], *, catalog: Catalog, send: Sender) -> None:
    """Note the results and have the listings joined; nothing of both when a re-pricing left every price alone.

    A re-pricing is noted as unsent, sent, and then noted as what it is: a machine lost in between is made good by the next
    delivery, which a note that is equal would stop.
    """
    command, stored = work.command, work.stored
    whole = command.markets is None
    if whole or command.upload_id:
        finish(command, stored, "price", made, catalog=catalog, send=send, strike=whole)
    elif stored.results.get("price") != digest(dict(made)):
        finish(command, stored, "price", {**made, "unsent": command.event_id}, catalog=catalog, send=send, strike=False)
        catalog.finish_step(command.seller_id, command.sku, command.revision, "price", digest(dict(made)), strike=False)
