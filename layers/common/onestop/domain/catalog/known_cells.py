"""Rows whose cells say nothing but what such cells said before: most rows of most catalogues, read at a glance."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import contains, getitem
from typing import Any, NamedTuple

from onestop.domain.catalog.cell_values import clean
from onestop.domain.catalog.columns import Kind
from onestop.domain.catalog.options import Combination, variants_of
from onestop.domain.catalog.plan import FIRST_OF_MARKS, MAX_CELL_CHARS, MAX_KNOWN, Plan, Reader, Shape, is_ordinary, picker
from onestop.domain.catalog.product import Product, SourcePicture
from onestop.domain.catalog.row_options import read_options
from onestop.domain.catalog.row_pictures import NO_PICTURES, detail_pictures, html_pictures, own_pictures
from onestop.domain.catalog.row_prices import NO_WON, is_usual
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.catalog.variant_rows import CODE
from onestop.domain.values import maker

MAX_DESCRIPTION_CHARS = 30_000
"""What is kept of a description: more than any destination channel takes, and a bound on the size of a stored product."""

_OF_ONE_CELL = frozenset({
    "adult_only", "brand", "category", "cost_krw", "deals", "expires_on", "height_mm", "hs_code", "importer", "keywords", "length_mm",
    "maker", "origin", "origin_text", "parallel_import", "price_krw", "purchase_agency", "tax", "weight_g", "width_mm",
})  # fmt: skip
"""Fields of a product that each come from one cell, whatever stands in the others."""

_NUMBERS = frozenset({Kind.MONEY, Kind.INTEGER, Kind.WEIGHT_G, Kind.LENGTH_MM})
_NAMES = ("title_en", "title_zh", "model")
_SAYS_SO = frozenset({"on_sale", "displayed"})
"""Where they say that it is not there is a finding, and nothing is learnt from rows with findings."""

_DEFAULTS, _product = maker(Product)


class _Options(NamedTuple):
    combinations: tuple[Combination, ...]
    lowest_delta_krw: Decimal
    have_stocks: bool


class _UnknownError(KeyError):
    """Something in a row is new."""


class _Plain(dict[str, Any]):
    """What the cells of a column of numbers said; so few bare digits that they are within every limit need not have stood before."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._most_digits = 8 if reader.kind is Kind.MONEY else 5
        self._number = Decimal if reader.kind is Kind.MONEY else int
        self._means_nothing = reader.is_blank

    def __missing__(self, text: str) -> Decimal | int:
        is_bare = len(text) <= self._most_digits and text.isascii() and text.isdecimal()
        if not is_bare or text[0] == "0" or (self._means_nothing and self._means_nothing(text)):
            raise KeyError(text)
        number = self._number(text)
        if len(self) < MAX_KNOWN:
            self[text] = number
        return number


class KnownCells:
    """What the cells of a sheet said in rows that were read in full.

    A row is read at a glance when it has its code and name, all that its other cells hold was in such rows before, and nothing
    about it is to be told. It gives the product that it would give when read in full, at half the cost; all other rows give None.

    Args:
        plan: how the sheet is read.
        grammar: of its options.

    Attributes:
        applies: whether the form is one in which a cell says the same whatever stands beside it; else every row is read in full.

    Example:
        >>> from onestop.domain.catalog.columns import Column, place
        >>> kinds = {"sku": Kind.CODE, "title": Kind.TEXT, "price_krw": Kind.MONEY, "stock": Kind.INTEGER, "weight_g": Kind.WEIGHT_G}
        >>> names = list(kinds)
        >>> columns = [Column(field=name, kind=kind, headers=(name,)) for name, kind in kinds.items()]
        >>> plan = Plan({one.field: place(one, [name.replace("_", "") for name in names], names) for one in columns}, len(names))
        >>> known = KnownCells(plan, "columns")
        >>> known.product(["A-1", "양말", "9900", "7", "80"], number=2, sheet=None, seller_id="demo").price_krw
        Decimal('9900')
        >>> known.product(["A-2", "양말", "9,900", "7", "80"], number=3, sheet=None, seller_id="demo") is None
        True
    """

    def __init__(self, plan: Plan, grammar: str) -> None:
        readers = plan.readers
        free = {field for field, one in readers.items() if one.kind is Kind.PICTURE or field.startswith("option")}
        free |= readers.keys() & {"sku", "title", "description", *_NAMES}
        self.applies = (
            grammar != "rows" and {"sku", "title", "price_krw", "stock", "weight_g"} <= readers.keys() and not plan.keys
            and all(one.is_one_cell for one in readers.values())
            and not any(readers[field].is_blank or readers[field].enums or field in plan.blank_means for field in free)
        )  # fmt: skip
        self._plan, self._grammar = plan, grammar
        self._names = [field for field in _NAMES if field in readers]
        stating = [field for field in readers if field in _OF_ONE_CELL]
        silent = [field for field in readers if field not in free and field not in stating and field != "stock"]
        self._said: dict[str, dict[str, Any]] = {
            field: _Plain(readers[field]) if readers[field].kind in _NUMBERS and readers[field].unit == 1 else {} for field in stating
        }
        self._known_options: dict[tuple[str, ...], _Options] = {}
        self._stock: dict[str, int | None] = _Plain(readers["stock"]) if "stock" in readers else {}
        self._silent: dict[str, set[str]] = {field: set() for field in silent}
        at = {field: one.index for field, one in readers.items()}
        self._pick_stating, self._pick_silent = picker([at[field] for field in stating]), picker([at[field] for field in silent])
        self._pick_names = picker([at[field] for field in ("sku", "title", *self._names) if field in at])
        self._pick_options = picker([one.index for field, one in readers.items() if field.startswith("option")])
        self._pick_pictures = picker([one.index for one in readers.values() if one.kind is Kind.PICTURE])
        self._at = at

    def learn(self, row: SellerRow, cells: Sequence[str], product: Product) -> None:
        """Remembers what each cell of a row said; the row was read in full, without a finding."""
        if not self.applies or len(cells) != self._plan.width or any(row.text(field) for field in self._silent if field not in _SAYS_SO):
            return
        for field, cells_before in self._silent.items():
            if len(cells_before) < MAX_KNOWN:
                cells_before.add(cells[self._at[field]])
        for field, said in self._said.items():
            if len(said) < MAX_KNOWN:
                said[cells[self._at[field]]] = getattr(product, field)
        if len(self._stock) < MAX_KNOWN:
            self._stock[cells[self._at["stock"]]] = row.pieces("stock")

    def product(self, cells: Sequence[str], *, number: int, sheet: str | None, seller_id: str) -> Product | None:
        """The product of a row; None when the row has to be read in full.

        Args:
            cells: of the row.
            number: of the row, from 1.
            sheet: name of the sheet when the workbook has several, else None.
            seller_id: whose row it is.
        """
        if not self.applies or len(cells) != self._plan.width:
            return None
        try:
            return self._glance(cells, number=number, sheet=sheet, seller_id=seller_id)
        except KeyError:
            return None

    def _glance(self, cells: Sequence[str], *, number: int, sheet: str | None, seller_id: str) -> Product:
        made = _DEFAULTS.copy()
        made.update(zip(self._said, map(getitem, self._said.values(), self._pick_stating(cells)), strict=True))
        stock = self._stock[cells[self._at["stock"]]]
        made["seller_id"] = seller_id
        made["description_html"] = description = self._description(cells)
        made["sku"], made["title"], *names = map(str.strip, self._pick_names(cells))
        for field, name in zip(self._names, names, strict=True):
            made[field] = name or None
            if "  " in name:
                raise _UnknownError
        options, shape = self._options(cells, number, sheet)
        lowest_krw = made["price_krw"] + options.lowest_delta_krw
        has_stock = stock is not None or options.have_stocks
        if (
            not CODE.fullmatch(made["sku"]) or not made["title"] or "  " in made["title"]
            or made["weight_g"] is None or not has_stock or not is_usual(lowest_krw, made["cost_krw"])
        ):  # fmt: skip
            raise _UnknownError
        made["variants"] = variants_of(options.combinations, sku=made["sku"], stock=stock or 0)
        made["cells"] = places = shape.cells(number, sheet)
        made["pictures"] = self._known_pictures(cells, description, shape.pictures, places)
        return _product(made)

    def _description(self, cells: Sequence[str]) -> str:
        """The description, when all other cells are of ordinary characters and silent where they always were."""
        joined = "".join(cells)
        if len(joined) > MAX_CELL_CHARS or (self._silent and not all(map(contains, self._silent.values(), self._pick_silent(cells)))):
            raise _UnknownError
        text = cells[self._at["description"]] if "description" in self._at else ""
        if is_ordinary(joined):
            text = text.strip()
        elif FIRST_OF_MARKS not in text and is_ordinary(joined.replace(text, "", 1)):
            text = clean(text)
        else:
            raise _UnknownError
        if len(text) > MAX_DESCRIPTION_CHARS:
            raise _UnknownError
        return text

    def _options(self, cells: Sequence[str], number: int, sheet: str | None) -> tuple[_Options, Shape]:
        """The options, and the shape of the row; both are read where they are new, when they are all that is."""
        texts, shape = tuple(map(str.strip, self._pick_options(cells))), self._plan.known_shape(cells)
        known = self._known_options.get(texts)
        if known is None or shape is None:
            row = SellerRow(cells, self._plan, number, sheet)
            found, shape = read_options(row, self._grammar), row.shape
            if row.findings:
                raise _UnknownError
            lowest_delta_krw = min([one.price_delta_krw for one in found], default=NO_WON)
            known = _Options(found, lowest_delta_krw, any(one.stock is not None for one in found))
            if len(self._known_options) < MAX_KNOWN:
                self._known_options[texts] = known
        return known, shape

    def _known_pictures(
        self, cells: Sequence[str], description: str, fields: Sequence[str], places: Mapping[str, str]
    ) -> tuple[SourcePicture, ...]:
        """All pictures, when no cell holds several, and the description none that is no file."""
        refs = tuple(filter(None, map(str.strip, self._pick_pictures(cells))))
        detail = html_pictures(description) if "<" in description else NO_PICTURES
        joined = FIRST_OF_MARKS.join(refs)
        if detail.inline or "|" in joined or "," in joined or "\n" in joined or "  " in joined:
            raise _UnknownError
        own = own_pictures(zip(map(places.__getitem__, fields), refs, strict=True))
        return (*own.values(), *detail_pictures(detail, places["description"], own)) if detail.refs else tuple(own.values())
