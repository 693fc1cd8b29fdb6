"""Each marketplace as the suite sees it: our way out of production at one end, its fake gateway at the other."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from local.gateway.serving import Clock
from onestop.adapters.marketplaces.accounts import Keeping
from onestop.adapters.marketplaces.channels import channels
from onestop.domain.catalog.product import PictureRole
from onestop.domain.channels.holding import Holding
from onestop.domain.listing.listing import Category, ListedImage, ListedVariant, Listing, ListingStatus, Part, Provenance
from onestop.steps.told_channel import Channel
from tests.contract.marketplaces.memory import AllowedOnly, MemoryTable, PaceInMemory

SELLER, ACCOUNT = "s-1", "900000123"
COUNTRIES = {
    "MY": ("en", "MYR"),
    "US": ("en", "USD"),
    "SG": ("en", "SGD"),
    "VN": ("vi", "VND"),
    "PK": ("en", "PKR"),
    "ES": ("es", "EUR"),
    "TR": ("tr", "TRY"),
}
BLACK, IVORY = "KI-503-BLK", "KI-503-IVR"


class Shown(NamedTuple):
    """What a buyer sees: text, number of pictures, SKU -> price and what may be sold."""

    title: str
    pictures: int
    prices: dict[str, Decimal]
    stock: dict[str, int]
    on_sale: bool


class Pictures(dict[str, bytes]):
    """The adapted pictures, in memory."""

    def read(self, key: str) -> bytes | None:
        """The bytes, or None."""
        return self.get(key)


def listing_for(channel: str, market: str) -> Listing:
    """A tumbler in two colours, ready to go."""
    locale, currency = COUNTRIES[market]
    image = {"width": 1600, "height": 1600, "size_bytes": 9, "role": PictureRole.MAIN}
    prices = ("299000", "315000") if currency == "VND" else ("29.90", "31.50")
    return Listing(
        seller_id=SELLER, sku="KI-503", revision=1, market=market, channel=channel, locale=locale, currency=currency,
        status=ListingStatus.READY, title="Onsaemi Stainless Tumbler 500ml", description_html="<ul><li>500 ml & more</li></ul>",
        highlights=("Keeps hot",), category=Category(source="seller", path="주방>텀블러"),
        variants=(
            ListedVariant(sku=BLACK, options={"Color": "Black"}, price=Decimal(prices[0]), stock=20, weight_g=421, barcode="8809000000017"),
            ListedVariant(sku=IVORY, options={"Color": "Ivory"}, price=Decimal(prices[1]), stock=5, weight_g=421, barcode="8809000000024"),
        ),
        images=tuple(ListedImage(key=f"{SELLER}/media/{name}.jpg", **image) for name in "ab"),
        provenance=Provenance(source_digest="d", rules_version="r"),
    )  # fmt: skip


def changed_listing(listing: Listing, part: Part) -> Listing:
    """The listing with one part that differs."""
    first, *others = listing.variants
    changes: dict[Part, dict[str, Any]] = {
        Part.TEXT: {"title": "Onsaemi Steel Tumbler 500ml"},
        Part.PICTURES: {"images": (*listing.images, listing.images[0].model_copy(update={"key": f"{SELLER}/media/c.jpg"}))},
        Part.PRICE: {"variants": (first.model_copy(update={"price": first.price + 10}), *others)},
        Part.STOCK: {"variants": (first.model_copy(update={"stock": 3}), *others)},
    }
    return listing.model_copy(update=changes[part])


class Shop(ABC):
    """One seller's store at one marketplace.

    Attributes:
        clock: the marketplace's time; ours is ``skew_s`` ahead.
        told_by: part -> the calls that tell it alone, once it is known.
        pages: how the calls that only ask begin.
    """

    channel_name: str
    market: str
    told_by: Mapping[Part, list[str]]
    creates: str
    asks: tuple[str, ...] = ()
    partial: Part | None = None
    """The part whose call takes the good SKUs beside a bad one; None where a call is all or nothing."""

    def __init__(self) -> None:
        """Nothing is open yet."""
        self.clock, self.skew_s = Clock(), 0
        self.listing = listing_for(self.channel_name, self.market)
        self.results = Pictures({f"{SELLER}/media/{name}.jpg": name.encode() for name in "abc"})
        self.keeping = Keeping(MemoryTable(), PaceInMemory(self.clock), self._now, AllowedOnly())
        self._cleanup = ExitStack()
        self._seen = 0

    def __enter__(self) -> "Shop":
        """Open the marketplace."""
        self.document = self.open(self._cleanup)
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self._cleanup.close()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.clock() + self.skew_s, UTC)

    def channel(self) -> Channel:
        """The way out, made anew as in each invocation."""
        found = channels(self.document, self.results, keeping=self.keeping)(self.listing)
        assert found
        return found

    def publish(self, listing: Listing, holding: Holding) -> Holding:
        """Publish, and look again for as long as the marketplace works on it."""
        holding = self.channel().publish(listing, holding)
        for _ in range(5):
            if not holding.pending:
                return holding
            self.clock.advance(60)
            holding = self.channel().publish(listing, holding)
        raise AssertionError(f"{holding.pending} never ended")

    def told(self) -> tuple[Listing, Holding]:
        """A listing that is on sale, and what the channel holds of it; the calls so far are not counted."""
        holding = self.publish(self.listing, Holding())
        self.review()
        self.new_calls()
        return self.listing, holding

    def new_calls(self) -> list[str]:
        """The calls since this was last asked."""
        new, self._seen = self.calls()[self._seen :], len(self.calls())
        return new

    def new_writes(self) -> list[str]:
        """Those of them that tell something."""
        return [call for call in self.new_calls() if not call.startswith(self.asks)]

    @abstractmethod
    def open(self, cleanup: ExitStack) -> Mapping[str, Any]:
        """Start the gateway; the operator's secret for it."""

    @abstractmethod
    def calls(self) -> list[str]:
        """Every call so far."""

    @abstractmethod
    def shown(self) -> list[Shown]:
        """The items of the store."""

    @abstractmethod
    def review(self) -> None:
        """The marketplace approves what is new."""

    @abstractmethod
    def lose_answer(self, call: str) -> None:
        """The answer to the next such call is lost after the work."""

    @abstractmethod
    def refuse(self, sku: str, reason: str) -> None:
        """The marketplace will not have a SKU."""

    @abstractmethod
    def throttle(self) -> int:
        """Whoever calls now, called too fast before; the seconds that the marketplace tells."""

    def refused_calls(self) -> int:
        """How many calls came too fast."""
        throttle = self.gateway.throttle
        return int(throttle.refused)
