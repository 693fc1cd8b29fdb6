"""What holds a listing back from its channel although it is ready: an operator's pause, or refusals alike that the next would meet."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator

from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing
from onestop.domain.values import digest

ENOUGH = 3
"""So many products refused alike, with none taken in between, stop the next."""

KEEP = timedelta(days=14)
"""So long a refusal counts."""

_NUMBER = re.compile(r"\d{6,}|\d+[.,]\d+")


class Pause(BaseModel):
    """Which listings are not told, until the operator goes on. What is None does not matter, but something must be named.

    Attributes:
        market: ISO 3166-1 alpha-2.
        before: only work that was asked for before this moment, UTC: a cancellation of what has not been taken yet.

    Raises:
        ValueError: it names nothing, or a field that does not exist.

    Example:
        >>> Pause(market="TH", channel="lazada").name
        'channel=lazada market=TH'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str | None = None
    market: str | None = None
    seller_id: str | None = None
    sku: str | None = None
    before: datetime | None = None

    @model_validator(mode="after")
    def _names_something(self) -> "Pause":
        if not self.name:
            raise ValueError("name a channel, a market, a seller or a product")
        return self

    @property
    def name(self) -> str:
        """What it holds, as one word for each thing that it names."""
        named = self.model_dump(include={"channel", "market", "seller_id", "sku"}, exclude_none=True)
        return " ".join(f"{field}={value}" for field, value in named.items())

    def holds(self, *, channel: str, market: str, seller_id: str, sku: str) -> bool:
        """Whether a listing is meant."""
        asked = ((self.channel, channel), (self.market, market), (self.seller_id, seller_id), (self.sku, sku))
        return all(wanted in {None, has} for wanted, has in asked)

    def covers(self, listing: Listing, asked_at: datetime) -> bool:
        """Whether a listing is not told now, for work that was asked for then."""
        of_time = self.before is None or asked_at < self.before
        return of_time and self.holds(channel=listing.channel, market=listing.market, seller_id=listing.seller_id, sku=listing.sku)


class Alike(BaseModel):
    """Refusals of one kind: the same channel, market, category and reason.

    Attributes:
        reason_ko, reason_en: what the marketplace said of the first of them, without its codes and title.
        products: (seller, product code), each once, the first ``ENOUGH``.
    """

    model_config = ConfigDict(frozen=True)

    signature: str
    reason_ko: str
    reason_en: str
    field: str | None = None
    products: tuple[tuple[str, str], ...] = ()

    @property
    def stops(self) -> bool:
        """Whether the next one need not be tried."""
        return len(self.products) >= ENOUGH

    def with_product(self, listing: Listing) -> "Alike":
        """The same with one more product; the same product again counts once."""
        products = tuple(dict.fromkeys((*self.products, (listing.seller_id, listing.sku))))[:ENOUGH]
        return self.model_copy(update={"products": products})

    def finding(self, listing: Listing) -> Finding:
        """Why a listing is not tried: the seller's own products by name, others' only by number."""
        own = [sku for seller, sku in self.products if seller == listing.seller_id]
        others = len(self.products) - len(own)
        ko = ", ".join([*own, *([f"다른 판매자의 상품 {others}개"] if others else [])])
        en = ", ".join([*own, *([f"{others} of other sellers"] if others else [])])
        cell = listing.cells.get(self.field) if self.field else None
        about = {"market": listing.market, "products_ko": ko, "products": en, "reason_ko": self.reason_ko, "reason": self.reason_en}
        return Finding.of("CHANNEL_REFUSES_ALIKE", field=self.field, cell=cell, count=len(self.products), **about)


class Kind(NamedTuple):
    """What refusals are compared within: a channel's market, and a category of goods."""

    place: str
    category: str


def kind_of(listing: Listing) -> Kind:
    """The kind that a listing is of."""
    return Kind(f"{listing.channel}#{listing.market}", digest(listing.category.path))


def alike(finding: Finding, listing: Listing) -> Alike:
    """A refusal as one of its kind: two are alike when they differ only in codes of products and in figures."""
    return Alike(
        signature=digest(_NUMBER.sub("#", _masked(finding.message_en, listing).casefold())), field=finding.field,
        reason_ko=_masked(finding.message_ko, listing), reason_en=_masked(finding.message_en, listing),
        products=((listing.seller_id, listing.sku),),
    )  # fmt: skip


def _masked(said: str, listing: Listing) -> str:
    """Without the product's own codes and title, which another seller shall not read."""
    own = {listing.sku, listing.title, *(one.sku for one in listing.variants)} - {""}
    for name in sorted(own, key=len, reverse=True):
        said = said.replace(name, "…")
    return said
