"""A row of a seller's sheet becomes a product, or findings that name the cells to correct."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from onestop.domain.catalog.options import Choice, combine
from onestop.domain.catalog.product import PictureRole, Product, SourcePicture
from onestop.domain.catalog.profile import Kind, Recognition
from onestop.domain.catalog.row_options import read_choices
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.findings import Finding
from onestop.domain.values import plain

PLACEHOLDER_UP_TO_KRW = 10
"""Prices that no one sells for: Korean marketplaces accept from 10 won on, so a product that is only parked gets 1 or 10."""

PLACEHOLDER_FROM_KRW = 99_999_999
"""The other way to park a product: a price so high that nobody buys; 100 million won is the most that a marketplace accepts."""

MAX_DESCRIPTION_CHARS = 30_000
"""What is kept of a description: more than any destination channel takes, and a bound on the size of a stored product."""

_SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,49}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HS_CODE = re.compile(r"\d{6,10}")
_SHOWN_CHARS = 60


class RowResult(NamedTuple):
    """What one row gave.

    Attributes:
        product: None when the row is rejected, or holds no product at all (then there are no findings either).
        findings: everything that was found, whether or not there is a product.
        sku: the seller's code as written, or None.
        title: the Korean name, possibly empty.
    """

    product: Product | None
    findings: tuple[Finding, ...]
    sku: str | None
    title: str


def read_row(cells: Sequence[str], *, recognition: Recognition, row_number: int, sheet: str | None, seller_id: str) -> RowResult:
    """The product that one row describes, and what is wrong with the row.

    A row whose facts cannot be read gives no product: SKU_MISSING, SKU_INVALID, TITLE_MISSING, PRICE_MISSING,
    NUMBER_INVALID, CELL_TOO_LONG, OPTION_UNREADABLE, OPTION_TOO_MANY, an unusable price or an uncomputed formula in one of
    the three. Everything else (PRICE_PLACEHOLDER, PRICE_BELOW_COST, WEIGHT_MISSING, STOCK_MISSING, NOT_ON_SALE,
    VALUE_OUT_OF_RANGE, VALUE_IGNORED, DESCRIPTION_CUT, ROW_RAGGED) comes with the product.

    Args:
        cells: the text of the row's cells.
        recognition: how the sheet is read.
        row_number: from 1.
        sheet: name of the sheet when the workbook has several, else None.
        seller_id: whose row it is.

    Example:
        >>> from onestop.domain.catalog.profile import Column, Profile, recognise
        >>> kinds = {"sku": Kind.CODE, "title": Kind.TEXT, "price_krw": Kind.MONEY, "weight_g": Kind.WEIGHT_G, "stock": Kind.INTEGER}
        >>> columns = tuple(Column(field=field, kind=kind, headers=(field,)) for field, kind in kinds.items())
        >>> form = Profile(name="tiny", option_grammar="columns", required=(("sku",),), columns=columns)
        >>> found = recognise([(1, list(kinds))], [form])
        >>> result = read_row(["A-1", "양말", "1", "", "5"], recognition=found, row_number=2, sheet=None, seller_id="demo")
        >>> result.product.title, [(finding.code, finding.cell) for finding in result.findings]
        ('양말', [('PRICE_PLACEHOLDER', 'C2'), ('WEIGHT_MISSING', 'D2')])
    """
    row = SellerRow(cells, recognition, row_number, sheet)
    row.check_shape()
    row.check_formulas()
    if row.is_blank() and not any(finding.code != "ROW_RAGGED" for finding in row.findings):
        return RowResult(None, (), None, "")
    sku, title, price_krw = _required(row)
    choices = read_choices(row, recognition.profile)
    product = None
    if price_krw is not None:
        product = _product(row, recognition, choices, seller_id=seller_id, sku=sku, title=title, price_krw=price_krw)
    return RowResult(None if row.rejected else product, tuple(row.findings), sku[:_SHOWN_CHARS] or None, title[:MAX_DESCRIPTION_CHARS])


def _required(row: SellerRow) -> tuple[str, str, Decimal | None]:
    sku, title = row.text("sku"), row.text("title")
    reported = {finding.field for finding in row.findings}
    if not sku and "sku" not in reported:
        row.report("SKU_MISSING", "sku", reject=True)
    elif sku and not _SKU.fullmatch(sku):
        row.report("SKU_INVALID", "sku", reject=True, value=sku[:_SHOWN_CHARS])
    if not title and "title" not in reported:
        row.report("TITLE_MISSING", "title", reject=True)
    price_krw = row.money("price_krw")
    if price_krw is None and not row.text("price_krw") and "price_krw" not in reported:
        row.report("PRICE_MISSING", "price_krw", reject=True)
    row.rejected = row.rejected or price_krw is None
    return sku, title, price_krw


def _product(
    row: SellerRow, recognition: Recognition, choices: tuple[Choice, ...], *, seller_id: str, sku: str, title: str, price_krw: Decimal
) -> Product:
    cost_krw = row.money("cost_krw")
    _check_price(row, price_krw + _lowest_delta(choices), cost_krw)
    return Product(
        seller_id=seller_id, sku=sku, title=title, title_en=row.text("title_en") or None, description_html=_description(row),
        price_krw=price_krw, cost_krw=cost_krw, weight_g=_weight(row), category=row.text("category"),
        brand=row.text("brand") or None, maker=row.text("maker") or None,
        origin=_matching(row, "origin", row.text("origin").upper(), _COUNTRY, "ISO 3166-1 alpha-2"),
        hs_code=_matching(row, "hs_code", re.sub(r"[.\s-]", "", row.text("hs_code")), _HS_CODE, "6-10 digits"),
        adult_only=row.flag("adult_only", default=False), keywords=row.items("keywords"),
        variants=combine(choices, sku=sku, stock=_stock(row, choices)),
        pictures=_pictures(row, recognition), cells=row.cells(),
    )  # fmt: skip


def _lowest_delta(choices: tuple[Choice, ...]) -> Decimal:
    return sum((min(choice.price_deltas_krw) for choice in choices), Decimal(0))


def _check_price(row: SellerRow, lowest_krw: Decimal, cost_krw: Decimal | None) -> None:
    if lowest_krw <= PLACEHOLDER_UP_TO_KRW or lowest_krw >= PLACEHOLDER_FROM_KRW:
        row.report("PRICE_PLACEHOLDER", "price_krw", price=plain(lowest_krw))
    elif cost_krw is not None and lowest_krw < cost_krw:
        row.report("PRICE_BELOW_COST", "price_krw", price=plain(lowest_krw), cost=plain(cost_krw))


def _weight(row: SellerRow) -> int | None:
    weight_g = row.grams("weight_g")
    reported = any(finding.field == "weight_g" for finding in row.findings)
    if weight_g is None and not reported:
        row.report("WEIGHT_MISSING", "weight_g")
    return weight_g


def _stock(row: SellerRow, choices: tuple[Choice, ...]) -> int:
    stock = row.pieces("stock")
    off = [field for field in ("on_sale", "displayed") if not row.flag(field, default=True)]
    if off:
        row.report("NOT_ON_SALE", off[0])
        return 0
    has_own = any(choice.stocks is not None for choice in choices)
    if stock is None and not has_own and not any(finding.field == "stock" for finding in row.findings):
        row.report("STOCK_MISSING", "stock")
    return stock or 0


def _description(row: SellerRow) -> str:
    text = row.raw("description")
    if len(text) > MAX_DESCRIPTION_CHARS:
        row.report("DESCRIPTION_CUT", "description", size=len(text), limit=MAX_DESCRIPTION_CHARS)
    return text[:MAX_DESCRIPTION_CHARS]


def _matching(row: SellerRow, field: str, text: str, pattern: re.Pattern[str], allowed: str) -> str | None:
    if text and not pattern.fullmatch(text):
        row.report("VALUE_IGNORED", field, value=text[:_SHOWN_CHARS], allowed=allowed)
        return None
    return text or None


def _pictures(row: SellerRow, recognition: Recognition) -> tuple[SourcePicture, ...]:
    """Pictures in the seller's order; the first one is the main one, wherever it stands."""
    fields = [field for field, placed in recognition.columns.items() if placed.column.kind is Kind.PICTURE]
    refs = [(ref, row.cell(field)) for field in fields for ref in row.items(field)]
    roles = (PictureRole.MAIN,) + (PictureRole.GALLERY,) * len(refs)
    return tuple(SourcePicture(ref=ref, role=role, cell=cell) for (ref, cell), role in zip(refs, roles, strict=False))
