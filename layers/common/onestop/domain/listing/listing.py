"""A listing: one product in one market, as other people see it. One JSON object a line in ``listings/<MARKET>.jsonl``."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import PictureRole
from onestop.domain.findings import Finding
from onestop.domain.imaging.adapted import ShownLine
from onestop.domain.pricing.quote import FxRate, ReceiptLine
from onestop.domain.values import ExactDecimal, digest


class ListingStatus(StrEnum):
    """Where a listing stands."""

    READY = "ready"
    NEEDS_REVIEW = "needs_review"
    BLOCKED = "blocked"
    WITHDRAWN = "withdrawn"


class Category(BaseModel):
    """A category: whose tree, the path, and the id in that tree when it is known."""

    model_config = ConfigDict(frozen=True)

    source: str
    path: str
    id: str | None = None


class ListedVariant(BaseModel):
    """One variant in the market's language and currency; ``price`` is None while there is none, ``compare_at`` as in ``Quote``."""

    model_config = ConfigDict(frozen=True)

    sku: str
    options: dict[str, str] = Field(default_factory=dict)
    price: ExactDecimal | None = None
    compare_at: ExactDecimal | None = None
    stock: int
    weight_g: int | None = None
    barcode: str | None = None


class ListedPrice(BaseModel):
    """The price with its receipt; see ``Quote``."""

    model_config = ConfigDict(frozen=True)

    amount: ExactDecimal
    compare_at: ExactDecimal | None = None
    currency: str
    receipt: tuple[ReceiptLine, ...] = ()
    net_proceeds_krw: ExactDecimal = Decimal(0)
    margin_pct: ExactDecimal = Decimal(0)
    fx: FxRate | None = None


class ListedImage(BaseModel):
    """One picture of the listing.

    Attributes:
        text_lines_replaced: how many lines of Korean were replaced or removed in it.
        lines: the Korean lines of the seller's picture and what became of each.
        thumb_key, source_thumb_key: small copies after and before, for the report.
        erased_thumb_key, drawn_thumb_key: without the lines, and as proposed where the picture waits for a person.
        marked_key: the seller's picture with its lines numbered, where a person is asked.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    width: int
    height: int
    size_bytes: int
    role: PictureRole
    text_lines_replaced: int = 0
    lines: tuple[ShownLine, ...] = ()
    thumb_key: str = ""
    source_thumb_key: str = ""
    erased_thumb_key: str = ""
    drawn_thumb_key: str = ""
    marked_key: str = ""
    source_ref: str = ""


class Provenance(BaseModel):
    """What the listing was made from and with."""

    model_config = ConfigDict(frozen=True)

    source_digest: str
    rules_version: str
    engines: dict[str, str] = Field(default_factory=dict)


class Listing(BaseModel):
    """One product in one market.

    Attributes:
        price_stands: nothing holds the listing back but a new price that waits for a person; what stands goes on being sold.
        edited, reviewed: the fields that hold what the seller or a reviewer wrote over the machine's text, such as ``title``.
        images_waiting: extra pictures that are left out until a person has seen to the Korean in them.
        gloss: the title in order, each stretch with the Korean it came from, or ``?``.
    """

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    seller_id: str
    sku: str
    revision: int
    market: str
    channel: str
    locale: str
    currency: str
    status: ListingStatus
    title: str
    source_title: str = ""
    gloss: tuple[tuple[str, str], ...] = ()
    description_html: str = ""
    highlights: tuple[str, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)
    brand: str | None = None
    category: Category
    keywords: tuple[str, ...] = ()
    variants: tuple[ListedVariant, ...] = ()
    price: ListedPrice | None = None
    images: tuple[ListedImage, ...] = ()
    images_waiting: tuple[ListedImage, ...] = ()
    findings: tuple[Finding, ...] = ()
    edited: tuple[str, ...] = ()
    price_stands: bool = False
    reviewed: tuple[str, ...] = ()
    provenance: Provenance

    @property
    def is_sold(self) -> bool:
        """Whether a channel may show it."""
        return self.status is ListingStatus.READY or self.price_stands

    def offer_digest(self) -> str:
        """Content address of what a buyer sees; two listings with the same one need no new publication."""
        buyer_sees = {"title", "description_html", "highlights", "attributes", "brand", "category", "keywords", "variants"}
        status = ListingStatus.READY if self.is_sold else self.status
        price = (self.price.amount, self.price.compare_at, self.price.currency) if self.price else None
        return digest(self.model_dump(mode="json", include=buyer_sees), status.value, price, [image.key for image in self.images])
