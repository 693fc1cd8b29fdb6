"""The rows of one product in a seller's sheet become a product, or findings that name the cells to correct."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from onestop.domain.catalog.grouping import RowGroup
from onestop.domain.catalog.known_cells import MAX_DESCRIPTION_CHARS
from onestop.domain.catalog.options import Combination, variants_of
from onestop.domain.catalog.places import BROKEN
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.profile import Recognition
from onestop.domain.catalog.row_facts import read_facts
from onestop.domain.catalog.row_options import read_options
from onestop.domain.catalog.row_pictures import read_pictures
from onestop.domain.catalog.row_prices import NO_WON, Price, check_price, read_price
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.catalog.variant_rows import CODE, VariantRows, read_barcode, read_variants
from onestop.domain.findings import Finding
from onestop.domain.values import digest, maker

_DEFAULTS, _make = maker(Product)
_NO_CODE = re.compile(r"[^A-Za-z0-9]+")
_SLUG_CHARS = 30
_DIGEST_CHARS = 10
_SHOWN_CHARS = 60
_KOREAN, _ENGLISH, _CHINESE = "ko", "en", "zh"


class RowResult(NamedTuple):
    """What the rows of one product gave.

    Attributes:
        product: None when they are rejected, or hold no product at all (then there are no findings either).
        findings: everything that was found, whether or not there is a product.
        sku: the product's code, or None.
        title: the Korean name, possibly empty.
    """

    product: Product | None
    findings: tuple[Finding, ...]
    sku: str | None
    title: str


def read_row(cells: Sequence[str], *, recognition: Recognition, row_number: int, sheet: str | None, seller_id: str) -> RowResult:
    """The product that one row describes, and what is wrong with the row; see ``read_group``.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind
        >>> from onestop.domain.catalog.profile import Profile, recognise
        >>> kinds = {"sku": Kind.CODE, "title": Kind.TEXT, "price_krw": Kind.MONEY, "weight_g": Kind.WEIGHT_G, "stock": Kind.INTEGER}
        >>> columns = tuple(Column(field=field, kind=kind, headers=(field,)) for field, kind in kinds.items())
        >>> form = Profile(name="tiny", option_grammar="columns", required=(("sku",),), columns=columns)
        >>> found = recognise([(1, list(kinds))], [form])
        >>> result = read_row(["A-1", "양말", "1", "", "5"], recognition=found, row_number=2, sheet=None, seller_id="demo")
        >>> result.product.title, [(finding.code, finding.cell) for finding in result.findings]
        ('양말', [('PRICE_PLACEHOLDER', 'C2'), ('WEIGHT_MISSING', 'D2')])
    """
    return read_group(RowGroup(((row_number, list(cells)),)), recognition=recognition, sheet=sheet, seller_id=seller_id)


def read_group(group: RowGroup, *, recognition: Recognition, sheet: str | None, seller_id: str) -> RowResult:
    """The product that a group of rows describes, and what is wrong with them.

    Rows whose facts cannot be read give no product: SKU_MISSING, SKU_INVALID, TITLE_MISSING, PRICE_MISSING,
    PRICE_CURRENCY_NOT_KRW, NUMBER_INVALID, CELL_TOO_LONG, OPTION_UNREADABLE, OPTION_TOO_MANY, PRODUCT_TYPE_UNREAD,
    PRODUCT_PARENT_MISSING, ROW_UNREADABLE, an unusable price, an uncomputed formula in code, name or price; and a code that
    stood before: SKU_DUPLICATE, PRODUCT_ROWS_APART or VARIANT_SKU_TAKEN. Everything else comes with the product.

    Args:
        group: the rows.
        recognition: how the sheet is read.
        sheet: name of the sheet when the workbook has several, else None.
        seller_id: whose rows they are.
    """
    if len(group.rows) == 1 and not (group.first_row or group.taken):
        (number, cells), known = group.rows[0], recognition.known_cells
        if read := known.read(cells, number=number, sheet=sheet, seller_id=seller_id):
            product, findings = read
            return RowResult(product, findings, product.sku, product.title[:MAX_DESCRIPTION_CHARS])
    return _read_in_full(group, recognition, sheet, seller_id)


def _read_in_full(group: RowGroup, recognition: Recognition, sheet: str | None, seller_id: str) -> RowResult:
    rows = [SellerRow(cells, recognition.plan, number, sheet) for number, cells in group.rows]
    if rows[0].is_blank and _say_nothing(rows):
        return RowResult(None, (), None, "")
    if group.rows[0][1][:1] == [BROKEN]:
        return RowResult(None, tuple(rows[0].findings), None, "")
    head = rows[0] if len(rows) == 1 else _head(rows)
    _tell_taken(group, rows)
    first_cell = group.first_cell(recognition, sheet) if group.first_row else None
    product = None
    if first_cell and recognition.profile.several_rows:
        head.report("PRODUCT_ROWS_APART", "sku", reject=True, value=head.text("sku")[:_SHOWN_CHARS], first=first_cell)
        sku, title = _code(head), head.text("title")
    else:
        sku, title = _named(head, recognition)
        product = _product(head, rows, recognition, seller_id=seller_id, sku=sku, title=title)
        if first_cell and product:
            head.report("SKU_DUPLICATE", "sku", reject=True, value=sku, first=first_cell)
    rejected = head.rejected if len(rows) == 1 else any(row.rejected for row in rows)
    findings = tuple(head.findings) if len(rows) == 1 else tuple([finding for row in rows for finding in row.findings])
    if product and len(rows) == 1:
        recognition.known_cells.learn(head, group.rows[0][1], product)
    return RowResult(None if rejected else product, findings, sku[:_SHOWN_CHARS] or None, title[:MAX_DESCRIPTION_CHARS])


def _say_nothing(rows: Sequence[SellerRow]) -> bool:
    told = [finding for row in rows for finding in row.findings if finding.code != "ROW_RAGGED"]
    return not told and all(row.is_blank for row in rows)


def code_of(text: str) -> str:
    """A code made of any text: the text itself when it can serve as one, else what is Latin in it and a digest.

    Example:
        >>> code_of("floor-lamp"), code_of("여름 Shirt")
        ('floor-lamp', 'Shirt-d179c915be')
    """
    if CODE.fullmatch(text):
        return text
    slug = _NO_CODE.sub("-", text).strip("-")[:_SLUG_CHARS].strip("-") or "P"
    return f"{slug}-{digest(text)[:_DIGEST_CHARS]}"


def _tell_taken(group: RowGroup, rows: list[SellerRow]) -> None:
    for number, field, first_row in group.taken:
        row = next(row for row in rows if row.number == number)
        row.report("VARIANT_SKU_TAKEN", field, reject=True, value=row.text(field)[:_SHOWN_CHARS], row=first_row)


def _head(rows: list[SellerRow]) -> SellerRow:
    """The row that describes the product: in Korean where rows differ by language, and no variant of another."""
    korean = next((row for row in rows if row.text("locale")[:2].lower() == _KOREAN), None)
    return korean or next((row for row in rows if not row.text("parent")), rows[0])


def _code(row: SellerRow) -> str:
    text = row.texts.get("sku", "")
    return code_of(text) if text and row.makes_code("sku") else text


def _named(row: SellerRow, recognition: Recognition) -> tuple[str, str]:
    """The code and the name; findings for what is missing."""
    sku, title = _code(row), row.texts.get("title", "")
    if row.texts.get("parent"):
        row.report("PRODUCT_PARENT_MISSING", "sku", reject=True, parent=row.text("parent")[:_SHOWN_CHARS])
    elif (kind := row.texts.get("type")) and kind.lower() in recognition.profile.unread_types:
        row.report("PRODUCT_TYPE_UNREAD", "type", reject=True, value=row.text("type")[:_SHOWN_CHARS])
    if not sku and not row.reported("sku"):
        row.report("SKU_MISSING", "sku", reject=True)
    elif sku and not CODE.fullmatch(sku):
        row.report("SKU_INVALID", "sku", reject=True, value=sku[:_SHOWN_CHARS])
    if not title and not row.reported("title"):
        row.report("TITLE_MISSING", "title", reject=True)
    return sku, title


def _product(head: SellerRow, rows: list[SellerRow], recognition: Recognition, *, seller_id: str, sku: str, title: str) -> Product | None:
    by_row = recognition.profile.option_grammar == "rows"
    if head.rejected and by_row:
        return None
    price, found = read_variants(head, rows) if by_row else VariantRows(*_priced(head, recognition))
    if price is None:
        return None
    cost_krw = head.money("cost_krw")
    lowest_delta_krw = min([one.price_delta_krw for one in found], default=NO_WON)
    check_price(head, price.selling_krw + lowest_delta_krw if lowest_delta_krw else price.selling_krw, cost_krw)
    description = _description(head)
    facts = read_facts(head, rows, recognition.plan)
    if len(rows) > 1 and head.has("locale"):
        facts |= _names_abroad(head, rows)
    made = _DEFAULTS | facts
    made["seller_id"], made["sku"], made["title"], made["description_html"] = seller_id, sku, title, description
    made["price_krw"], made["list_price_krw"], made["cost_krw"] = price.selling_krw, price.list_krw, cost_krw
    made["variants"] = variants_of(found, sku=sku, stock=_stock(head, found))
    made["pictures"], made["cells"] = read_pictures(rows, description), head.cells()
    return _make(made)


def _priced(row: SellerRow, recognition: Recognition) -> tuple[Price | None, tuple[Combination, ...]]:
    price = read_price(row)
    found = read_options(row, recognition.profile.option_grammar)
    barcode = read_barcode(row)
    return price, found or ((Combination({}, barcode=barcode),) if barcode else ())


def _names_abroad(head: SellerRow, rows: list[SellerRow]) -> dict[str, str]:
    """Names in other languages, from the rows of other locales."""
    found = {row.text("locale")[:2].lower(): row.text("title") for row in rows if row is not head}
    return {f"title_{language}": found[language] for language in (_ENGLISH, _CHINESE) if found.get(language)}


def _stock(row: SellerRow, found: Sequence[Combination]) -> int:
    stock = row.pieces("stock") if not row.reported("stock") else 0
    off = [field for field in ("on_sale", "displayed") if row.texts.get(field) and not row.flag(field, default=True)]
    if off:
        row.report("NOT_ON_SALE", off[0])
        return 0
    if stock is None and [one.stock for one in found].count(None) == len(found) and not row.reported("stock"):
        row.report("STOCK_MISSING", "stock")
    return stock or 0


def _description(row: SellerRow) -> str:
    text = row.raw("description")
    if len(text) > MAX_DESCRIPTION_CHARS:
        row.report("DESCRIPTION_CUT", "description", size=len(text), limit=MAX_DESCRIPTION_CHARS)
    return text[:MAX_DESCRIPTION_CHARS]
