"""What the steps need from the outside world. Adapters implement these; tests may bring their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray
    from pydantic import BaseModel

    from onestop.domain.catalog.settings import SellerSettings
    from onestop.domain.catalog.stored import StoredProduct
    from onestop.domain.catalog.upload import Upload, UploadRow
    from onestop.domain.channels.market import Market
    from onestop.domain.channels.partner_event import PartnerEvent
    from onestop.domain.channels.verdict import Verdict
    from onestop.domain.commands import Command
    from onestop.domain.demand.ranked import Ranking
    from onestop.domain.demand.uplift import Uplift
    from onestop.domain.imaging.reading import Crop, Reading, Spot
    from onestop.domain.listing.listing import Listing
    from onestop.domain.listing.published import PublishedListing
    from onestop.domain.listing.reported import ReportedRow
    from onestop.domain.pricing.fx import Observation, RateInForce
    from onestop.domain.pricing.guard import Decision
    from onestop.domain.stock.ledger import LineKept, Move
    from onestop.domain.text.edit import Edit
    from onestop.domain.text.memory import Entry, Key
    from onestop.domain.text.tables import Locale


class Sender(Protocol):
    """Puts commands on the queue of the function that handles them."""

    def __call__(self, commands: Sequence[Command], *, delay_s: int = 0) -> None:
        """Send all of them, to arrive after ``delay_s`` seconds; raises RetryableError unless every single one was taken."""


class Egress(Protocol):
    """Whether something may leave the account, and the record that it did."""

    def record(self, partner: str, purpose: str, fields: Iterable[str]) -> None:
        """Note a call before it is made: to whom, what for, and the names of what is sent (``names_of``), never a value.

        Raises:
            EgressRefusedError: the partner may not get one of these for this purpose; the call must not be made.
            RetryableError: it cannot be noted now; the call must not be made.
        """


class Objects(Protocol):
    """One bucket."""

    def read(self, key: str) -> bytes | None:
        """The object's bytes, or None when there is none."""

    def open(self, key: str) -> AbstractContextManager[IO[bytes]]:
        """The object's bytes as a file, which need not fit into memory; an empty one when there is no object."""

    def etag(self, key: str) -> str | None:
        """The object's entity tag without quotes, or None when there is none."""

    def size(self, key: str) -> int | None:
        """How many bytes the object has, or None when there is none; nothing of it is read."""

    def write(self, key: str, data: bytes, media_type: str) -> None:
        """Store the bytes; the same bytes again are the same object."""

    def writing(self, key: str, media_type: str) -> AbstractContextManager[Callable[[bytes], None]]:
        """What takes an object's bytes piece by piece; the object is there once the block ends, and only if it ends well."""


class Catalog(Protocol):
    """Sellers, uploads and products."""

    def settings(self, seller_id: str) -> SellerSettings | None: ...
    def save_settings(self, seller_id: str, settings: SellerSettings) -> None: ...

    def current_upload(self, seller_id: str, key: str) -> Upload | None:
        """The upload that a key stands for at the moment."""

    def upload(self, seller_id: str, upload_id: str) -> Upload | None: ...
    def save_upload(self, upload: Upload) -> None: ...
    def finish_upload(self, upload: Upload) -> None:
        """Store an upload's head; what its key stands for by now stays as it is."""

    def save_rows(self, seller_id: str, upload_id: str, rows: Sequence[UploadRow]) -> None: ...
    def rows(self, seller_id: str, upload_id: str) -> Iterator[UploadRow]: ...
    def expect(self, seller_id: str, upload_id: str, *what: str) -> None:
        """Note that the upload waits for ``what``."""

    def arrived(self, seller_id: str, upload_id: str, *what: str) -> bool:
        """Strike ``what`` off; True when the upload waits for nothing any more. Repeating it is harmless."""

    def product(self, seller_id: str, sku: str) -> StoredProduct | None: ...
    def products(self, seller_id: str, skus: Sequence[str]) -> dict[str, StoredProduct]: ...

    def save_product(self, stored: StoredProduct, *, replaces: StoredProduct | None) -> bool:
        """Store a new revision; False when somebody else wrote the item since ``replaces`` was read."""

    def finish_step(self, seller_id: str, sku: str, revision: int, step: str, result: str, *, strike: bool) -> frozenset[str] | None:
        """Note a step's new results; what the revision still waits for, or None when it is not the current one."""

    def edits(self, seller_id: str, sku: str) -> tuple[Edit, ...]:
        """Every edit of a product's text, those that were taken back too."""

    def save_edit(self, seller_id: str, edit: Edit) -> bool:
        """Store an edit, or that it was taken back; False when a later one is there."""

    def note_pictures(self, seller_id: str, sku: str, keys: Sequence[str]) -> None:
        """Note where a product's pictures are looked for in the uploads bucket."""

    def products_with_picture(self, key: str, *, after: str = "") -> Iterator[str]:
        """SKUs of the products that look for a picture under this key, in their order, those after one of them."""

    def note_woken(self, key: str, notice: str, *, up_to: str) -> None:
        """Note that the products of a picture, up to this SKU, know of what a notice tells; a later notice begins anew."""

    def woken_up_to(self, key: str, notice: str) -> str:
        """The SKU that was noted for a notice; empty when none was."""

    def variant_owners(self, seller_id: str, variant_skus: Sequence[str]) -> dict[str, str]:
        """Variant's SKU -> SKU of the product that had it last; without the variants that are the product itself."""

    def product_of_variant(self, seller_id: str, variant_sku: str) -> str:
        """The SKU of the product that a variant belongs to."""


class Stock(Protocol):
    """The lines of orders, and how many pieces of each product they hold."""

    def line(self, order: str, line_id: str) -> LineKept | None:
        """What is kept of an order's line, or None."""

    def save(self, order: str, line_id: str, move: Move, *, replaces: LineKept | None, stored: StoredProduct) -> bool:
        """Keep a line and count its pieces, both or neither; False when somebody else wrote either meanwhile."""


class Adaptations(Protocol):
    """Results of the adaptation steps, kept under what makes them unique."""

    def of_product(self, seller_id: str, sku: str, kind: str) -> dict[str, tuple[str, str]]:
        """Variant of the kind (a locale, a market, a spec) -> (input digest, JSON body)."""

    def of_products(self, products: Sequence[tuple[str, str]], kind: str, variant: str) -> dict[tuple[str, str], str]:
        """(Seller, SKU) -> the JSON body of one variant of the kind, of the products that have it."""

    def all_of_product(self, seller_id: str, sku: str) -> dict[str, dict[str, tuple[str, str]]]:
        """Kind -> the same, for every kind, in one read."""

    def save(self, seller_id: str, sku: str, kind: str, variant: str, *, revision: int, input_digest: str, body: BaseModel) -> None:
        """Store a result unless a newer revision's is there."""

    def picture(self, seller_id: str, source_sha256: str, spec_id: str) -> str | None: ...
    def save_picture(self, seller_id: str, source_sha256: str, spec_id: str, body: BaseModel) -> None: ...


class IndexedListing(NamedTuple):
    """What a market's index knows of a listing. ``rate`` is the one that its price was made at; None when it has no price."""

    seller_id: str
    sku: str
    revision: int
    rate: Decimal | None


class MarketIndex(Protocol):
    """Which listings a market has."""

    def segment(self, market: str, *, after: str = "", product: tuple[str, str] | None = None) -> tuple[Sequence[IndexedListing], str]:
        """Some listings of a market in one read, and where they end; that is empty behind the last one."""


class Listings(Protocol):
    """One listing per product and market."""

    def of_product(self, seller_id: str, sku: str) -> dict[str, PublishedListing]: ...
    def of_products(self, seller_id: str, skus: Sequence[str], markets: Sequence[str]) -> dict[str, tuple[Listing, ...]]:
        """SKU -> its listings in some markets, in the order of the markets' codes; only products that have any."""

    def save(self, listing: Listing, *, product_version: int) -> bool:
        """Store a listing; False when one made from a later version of the product is there."""

    def mark_published(self, told: PublishedListing) -> bool:
        """Note that the channel was told this offer, and what it holds now; False when the listing changed meanwhile."""

    def mark_held(self, told: PublishedListing) -> None:
        """Note what the channel holds, but not that it was told the offer, so that it is told again."""

    def product_of_item(self, seller_id: str, market: str, item_id: str) -> str | None:
        """The SKU of the product that a channel knows under an id of its own; None when it is none of ours."""

    def note_verdict(self, listing: Listing, verdict: Verdict) -> None:
        """Keep what a channel's review says, unless a later one is there."""


class Rates(Protocol):
    """Exchange rates: every observation, and the rate in force of each currency."""

    def in_force(self, currency: str) -> RateInForce | None: ...
    def in_force_of(self, currencies: Iterable[str]) -> Mapping[str, RateInForce]:
        """The rates that quotes use, by currency; those that there are."""

    def save_observation(self, observation: Observation, decision: Decision, *, at: datetime) -> None: ...
    def save_in_force(self, rate: RateInForce) -> None: ...


class RateSource(Protocol):
    """Somebody who publishes exchange rates."""

    def observations(self, currencies: tuple[str, ...], on: date) -> tuple[Observation, ...]:
        """The latest rates published on or before ``on``."""


class PartnerEvents(Protocol):
    """Verified partner events, each stored once."""

    def save(self, event: PartnerEvent, *, received_at: datetime) -> bool: ...
    def get(self, partner: str, event_id: str) -> PartnerEvent | None: ...


class ReturnedFile(Protocol):
    """A seller's own file on its way back, marked while the rows of its report go by."""

    @property
    def name(self) -> str:
        """What the file is called; known for certain once there are bytes."""

    def row(self, reported: ReportedRow) -> bytes:
        """Take in the next row of the file; the bytes that are ready by now, maybe none."""

    def rest(self) -> bytes:
        """All bytes that are left, once every row was taken in."""


class TextDetector(Protocol):
    """Finds lines of text in a picture."""

    def find(self, rgb: NDArray[np.uint8]) -> Sequence[Spot]:
        """What looks like lines of text, read or not, in pixels of height x width x 3."""


class TextRecognizer(Protocol):
    """Reads one line of text."""

    @property
    def engine(self) -> str:
        """What reads, with its version and data."""

    def read(self, views: Sequence[Crop]) -> Reading | None:
        """The line that all crops show; None when there is no text."""


class Memory(Protocol):
    """Each seller's own translation memory."""

    def find(self, seller_id: str, keys: Iterable[Key]) -> dict[Key, Entry]:
        """What this seller's memory holds under some keys."""

    def save(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> bool:
        """Remember a translation under some keys, each unless a higher owner's is there; True when the first was taken."""

    def written(self, seller_id: str, locale: Locale, field: str, *, limit: int) -> list[Entry]:
        """What people wrote for a field in a language, for every market of it."""

    def take_back(self, seller_id: str, keys: Sequence[Key], entry: Entry) -> None:
        """Forget what this ``origin`` wrote under some keys; what others wrote stays."""


class Rankings(Protocol):
    """What buyers type, market by market."""

    def of(self, market: Market) -> Ranking | None:
        """A market's best keywords; None where nothing is known of its buyers."""

    def uplifts(self, market: str, seller_id: str) -> tuple[Uplift, ...]:
        """Whether a seller's titles that follow demand do better, by their last report; empty when none came."""
