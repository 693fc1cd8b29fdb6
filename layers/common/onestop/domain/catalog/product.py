"""A product as the seller describes it: every fact with the cell it was read from."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.values import ExactDecimal, digest


class PictureRole(StrEnum):
    """What a picture is for, in the order a buyer meets them: the first one, the gallery, tables of sizes, the long description."""

    MAIN = "main"
    GALLERY = "gallery"
    SIZE_CHART = "size_chart"
    DETAIL = "detail"


class SourcePicture(BaseModel):
    """A picture as the seller refers to it.

    Attributes:
        ref: file name, relative path or https URL, as written.
        role: main, gallery, size_chart or detail.
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
        pack: how much it holds, milligrams, millilitres or pieces, where the variants are packs of several sizes; else None.
    """

    model_config = ConfigDict(frozen=True)

    sku: str
    options: dict[str, str] = Field(default_factory=dict)
    price_delta_krw: ExactDecimal = Decimal(0)
    stock: int = Field(default=0, ge=0)
    barcode: str | None = None
    pack: ExactDecimal | None = Field(default=None, gt=0)


class Certification(BaseModel):
    """A certificate that the seller names, such as the Korean KC mark.

    Attributes:
        kind: what it is, in the form's or the seller's words, such as ``어린이제품 안전인증``; empty when the seller did not say.
        code: its number, as written.
    """

    model_config = ConfigDict(frozen=True)

    kind: str = ""
    code: str


class Product(BaseModel):
    """One product of one seller, before any adaptation. Everything was read from the seller's own file.

    Attributes:
        seller_id: the first segment of every key, ``[a-z0-9][a-z0-9-]{1,62}``.
        sku: the seller's code; made from the name, or from a handle, where a form has no code.
        title: Korean name as written, NFC.
        title_en: the English name that the seller typed, or None. Checked, never trusted blindly.
        title_zh: the Chinese name that the seller typed, or None.
        description_html: Korean description, plain text or HTML, as written.
        price_krw: selling price at home, KRW, tax included, after the form's own discount.
        list_price_krw: the price before that discount, or the list price beside it, KRW; None unless it is higher.
        cost_krw: the seller's own cost, KRW, or None. Never used as the selling price.
        weight_g: shipping weight, grams, of the heaviest variant, or None when the seller gave none.
        length_mm, width_mm, height_mm: the parcel, or the product where a form knows no parcel, millimetres, or None.
        category: the seller's category path, joined by ``>``; empty when unknown.
        brand, maker: names as written, or None.
        model: the maker's name or number of the model, or None.
        origin: country of manufacture, ISO 3166-1 alpha-2, or None.
        origin_text: the origin in the seller's words, or None.
        hs_code: digits only, 6 to 10 of them, or None.
        tax: Korean VAT on the goods: taxable, exempt (면세) or zero-rated (영세); None when the form does not say.
        adult_only: whether minors, under 19 in Korea, may not buy it.
        certifications: certificates with their numbers.
        importer: who imported the goods, or None.
        parallel_import: whether the seller marks them as 병행수입, imported beside the brand's own importer.
        purchase_agency: whether the seller marks them as 구매대행, bought abroad on a buyer's behalf.
        expires_on: the day up to which they are good (소비기한, 유효일자), or None.
        deals: extra pieces that come free at home, such as ``1+1``.
        keywords: the seller's own search words, Korean.
        variants: at least one.
        pictures: in the seller's order; those of the description come last.
        cells: field name -> the seller's cell, for every field that was read.
    """

    model_config = ConfigDict(frozen=True)

    seller_id: str
    sku: str
    title: str
    title_en: str | None = None
    title_zh: str | None = None
    description_html: str = ""
    price_krw: ExactDecimal
    list_price_krw: ExactDecimal | None = None
    cost_krw: ExactDecimal | None = None
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    category: str = ""
    brand: str | None = None
    maker: str | None = None
    model: str | None = None
    origin: str | None = None
    origin_text: str | None = None
    hs_code: str | None = None
    tax: Literal["taxable", "exempt", "zero_rated"] | None = None
    adult_only: bool = False
    certifications: tuple[Certification, ...] = ()
    importer: str | None = None
    parallel_import: bool = False
    purchase_agency: bool = False
    expires_on: date | None = None
    deals: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = Field(min_length=1)
    pictures: tuple[SourcePicture, ...] = ()
    cells: dict[str, str] = Field(default_factory=dict)

    def cell(self, field: str) -> str | None:
        """The seller's cell that holds ``field``, or None."""
        return self.cells.get(field)

    def digest(self) -> str:
        """Content address of everything the seller said, wherever in the file it stands.

        Moving a row changes no product, so cells do not count. What the seller did not say does not count either, so a field
        that is added to this model changes the digest of no product without it.
        """
        picture_refs = [(picture.ref, picture.role) for picture in self.pictures]
        return digest(self.model_dump(mode="json", exclude={"cells", "pictures"}, exclude_defaults=True), picture_refs)
