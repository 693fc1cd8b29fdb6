"""A product as the seller describes it: every fact with the cell it was read from."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal, digest


class PictureRole(StrEnum):
    """What a picture is for: the first one a buyer sees, the gallery, or the long description."""

    MAIN = "main"
    GALLERY = "gallery"
    DETAIL = "detail"


class SourcePicture(BaseModel):
    """A picture as the seller refers to it.

    Attributes:
        ref: file name, relative path or https URL, as written.
        role: main, gallery or detail.
        cell: the seller's cell.
    """

    model_config = ConfigDict(frozen=True)

    ref: str
    role: PictureRole
    cell: str | None = None


class Variant(BaseModel):
    """One thing a buyer can put into the basket.

    Attributes:
        sku: unique within the seller; equals the product's SKU when there are no options.
        options: option name -> option value, Korean, in the seller's order; empty when there are none.
        price_delta_krw: added to the product's price, KRW, may be negative.
        stock: pieces that can be sold, 0 or more.
        barcode: GTIN as text, or None.
    """

    model_config = ConfigDict(frozen=True)

    sku: str
    options: dict[str, str] = Field(default_factory=dict)
    price_delta_krw: ExactDecimal = Decimal(0)
    stock: int = Field(default=0, ge=0)
    barcode: str | None = None


class Product(BaseModel):
    """One product of one seller, before any adaptation.

    Attributes:
        seller_id: the first segment of every key, ``[a-z0-9][a-z0-9-]{1,62}``.
        sku: the seller's code.
        title: Korean name as written, NFC.
        title_en: the English name that the seller typed, or None. Checked, never trusted blindly.
        description_html: Korean description, plain text or HTML, as written.
        price_krw: selling price at home, KRW, tax included.
        cost_krw: the seller's own cost, KRW, or None. Never used as the selling price.
        weight_g: shipping weight, grams, or None when the seller gave none.
        category: the seller's category path, joined by ``>``; empty when unknown.
        origin: ISO 3166-1 alpha-2, or None.
        hs_code: digits only, 6 to 10 of them, or None.
        keywords: the seller's own search words, Korean.
        variants: at least one.
        pictures: in the seller's order.
        cells: field name -> the seller's cell, for every field that was read.
    """

    model_config = ConfigDict(frozen=True)

    seller_id: str
    sku: str
    title: str
    title_en: str | None = None
    description_html: str = ""
    price_krw: ExactDecimal
    cost_krw: ExactDecimal | None = None
    weight_g: int | None = None
    category: str = ""
    brand: str | None = None
    maker: str | None = None
    origin: str | None = None
    hs_code: str | None = None
    adult_only: bool = False
    keywords: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = Field(min_length=1)
    pictures: tuple[SourcePicture, ...] = ()
    cells: dict[str, str] = Field(default_factory=dict)

    def cell(self, field: str) -> str | None:
        """The seller's cell that holds ``field``, or None."""
        return self.cells.get(field)

    def digest(self) -> str:
        """Content address of everything the seller said, wherever in the file it stands.

        Moving a row changes no product, so cells do not count.
        """
        picture_refs = [(picture.ref, picture.role) for picture in self.pictures]
        return digest(self.model_dump(mode="json", exclude={"cells", "pictures"}), picture_refs)
