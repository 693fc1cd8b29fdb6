"""How well products fit a market: what is searched there, what they would cost beside what such things cost, and what stands in the way."""

from decimal import Decimal
from heapq import heappush, heappushpop
from statistics import quantiles
from typing import NamedTuple

from onestop.domain.listing.listing import Listing, ListingStatus

MIN_PRICES = 5
"""So many keywords have to tell a price before there is a corridor: it is made of medians, never of one competitor's price."""

MOST_FIRST = 40
"""Products that are named to be sent first."""

_READY = {ListingStatus.READY: 1.0, ListingStatus.NEEDS_REVIEW: 0.5}


class Corridor(NamedTuple):
    """Between which prices half of what buyers are shown for a product's keywords lies, in the market's currency."""

    low: float
    high: float


class ProductFit(NamedTuple):
    """How well one product fits one market: the product of its three factors, each 0 to 1.

    Attributes:
        score: match × price × ready.
        match: the greatest demand of the keywords that are true of it, as a share of the market's greatest.
        keyword: that keyword; empty when none is.
        price: 1 within the corridor, below it, and where none is known; less the further above.
        ready: 1 when it may go out, a half when a person has to look, 0 when it is held.
        corridor: None when none is known.
    """

    sku: str
    score: float
    match: float
    keyword: str
    price: float
    ready: float
    corridor: Corridor | None


class MarketFit(NamedTuple):
    """How well a catalogue fits a market.

    Attributes:
        market: its code.
        score: of all products together.
        first: the products to send first, best first.
        fitting: how many products fit at all.
        matched: how many answer to something that is searched.
        held: how many of those are held, so that nothing can be sent.
        dear: how many of those that fit stand above their corridor.
        without_corridor: how many of those that fit have none.
    """

    market: str
    score: float
    first: tuple[ProductFit, ...]
    fitting: int
    matched: int
    held: int
    dear: int
    without_corridor: int

    def why_ko(self) -> str:
        """The advice in one sentence, Korean.

        Example:
            >>> MarketFit("TH", 1.0, (), 0, 2, 2, 0, 0).why_ko()
            '먼저 보낼 상품이 없습니다: 찾는 말에 맞는 상품 2개가 모두 보류입니다.'
        """
        if not self.fitting:
            if self.matched:
                return f"먼저 보낼 상품이 없습니다: 찾는 말에 맞는 상품 {self.matched}개가 모두 보류입니다."
            return "먼저 보낼 상품이 없습니다: 찾는 말에 맞는 상품이 없습니다."
        prices = f"가격대를 알 수 없는 상품 {self.without_corridor}개" if self.without_corridor else f"가격대보다 비싼 상품 {self.dear}개"
        return f"상품 {len(self.first)}개를 먼저 보내세요: 찾는 말에 맞는 상품 {self.matched}개, 그중 보류 {self.held}개, {prices}."

    def why(self) -> str:
        """The advice in one sentence, English.

        Example:
            >>> MarketFit("TH", 1.0, (), 0, 0, 0, 0, 0).why()
            'Nothing to send first: no product answers to what is searched.'
        """
        if not self.fitting:
            held = (
                f"all {self.matched} that answer to what is searched are held" if self.matched else "no product answers to what is searched"
            )
            return f"Nothing to send first: {held}."
        prices = f"{self.without_corridor} with no corridor known" if self.without_corridor else f"{self.dear} above the price corridor"
        return f"Send these {len(self.first)} first: {self.matched} answer to what is searched, {self.held} of them held, {prices}."


def corridor_of(prices: list[float]) -> Corridor | None:
    """The middle half of what the keywords of a product say that things cost; None where too few say it.

    Example:
        >>> corridor_of([8, 9, 10, 11, 12]), corridor_of([10, 11])
        (Corridor(low=8.5, high=11.5), None)
    """
    if len(prices) < MIN_PRICES:
        return None
    low, _, high = quantiles(sorted(prices), n=4)
    return Corridor(low, high)


def product_fit(listing: Listing, matches: list[tuple[float, str]], prices: list[float]) -> ProductFit:
    """How well a listing fits its market.

    Args:
        matches: (share of the market's greatest demand, keyword) of the keywords that are true of it.
        prices: what those keywords' reports say that such things cost, in the market's currency.
    """
    match, keyword = max(matches, key=lambda one: (one[0], one[1]), default=(0.0, ""))
    corridor = corridor_of(prices)
    amount = listing.price.amount if listing.price else None
    price = 1.0 if corridor is None or amount is None else min(1.0, corridor.high / max(float(amount), 1e-9))
    ready = 1.0 if listing.is_sold else _READY.get(listing.status, 0.0)
    return ProductFit(listing.sku, match * price * ready, match, keyword, price, ready, corridor)


class Fitting:
    """Takes in products one by one, and keeps the best; a catalogue of any size takes the same memory."""

    def __init__(self, market: str) -> None:
        """``market`` is its code."""
        self._market, self._score = market, 0.0
        self._first: list[tuple[float, str, ProductFit]] = []
        self._fitting = self._matched = self._held = self._dear = self._without = 0

    def see(self, fit: ProductFit) -> None:
        """Take in the next product."""
        self._matched += fit.match > 0
        self._held += fit.match > 0 and not fit.ready
        if fit.score <= 0:
            return
        self._fitting, self._score = self._fitting + 1, self._score + fit.score
        self._dear, self._without = self._dear + (fit.price < 1), self._without + (fit.corridor is None)
        entry = (fit.score, _reversed(fit.sku), fit)
        if len(self._first) < MOST_FIRST:
            heappush(self._first, entry)
        else:
            heappushpop(self._first, entry)

    def fit(self) -> MarketFit:
        """What they come to."""
        first = tuple(fit for _, _, fit in sorted(self._first, reverse=True))
        return MarketFit(
            self._market, round(self._score, 6), first, self._fitting, self._matched, self._held, self._dear, self._without
        )  # fmt: skip


def _reversed(sku: str) -> str:
    """A text that sorts the other way round: of two that are worth the same, the first code comes first."""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in sku)


def best_first(fits: tuple[MarketFit, ...]) -> tuple[MarketFit, ...]:
    """Markets by how well the catalogue fits them; of two alike, by their code."""
    return tuple(sorted(fits, key=lambda one: (-one.score, one.market)))


def told(fit: MarketFit) -> dict[str, object]:
    """A market's fit as ``summary.json`` holds it."""
    first = [
        {"sku": one.sku, "score": str(Decimal(one.score).quantize(Decimal("0.0001"))), "keyword": one.keyword,
         "corridor": [round(one.corridor.low, 2), round(one.corridor.high, 2)] if one.corridor else None}
        for one in fit.first
    ]  # fmt: skip
    return {"market": fit.market, "score": str(Decimal(fit.score).quantize(Decimal("0.0001"))), "first": first,
            "fitting": fit.fitting, "matched": fit.matched, "held": fit.held, "why": fit.why(), "why_ko": fit.why_ko()}  # fmt: skip
