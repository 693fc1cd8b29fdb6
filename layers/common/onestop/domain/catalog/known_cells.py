"""Rows whose cells say nothing but what such cells said before: most rows of most catalogues, read at a glance."""

from collections.abc import Sequence
from decimal import Decimal
from operator import contains, getitem
from typing import Any, NamedTuple

from onestop.domain.catalog.cell_values import clean
from onestop.domain.catalog.columns import Kind
from onestop.domain.catalog.options import Combination, variants_of
from onestop.domain.catalog.plan import FIRST_OF_MARKS, MAX_CELL_CHARS, MAX_KNOWN, Plan, Reader, Shape, is_ordinary, picker
from onestop.domain.catalog.product import Product
from onestop.domain.catalog.row_options import read_options
from onestop.domain.catalog.row_pictures import detail_pictures, html_pictures, pictures_in
from onestop.domain.catalog.row_prices import NO_WON, is_usual
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.catalog.variant_rows import CODE
from onestop.domain.findings import Finding
from onestop.domain.values import maker

MAX_DESCRIPTION_CHARS = 30_000
"""What is kept of a description: more than any destination channel takes, and a bound on the size of a stored product."""

_OF_ONE_CELL = frozenset({
    "adult_only", "brand", "category", "cost_krw", "deals", "expires_on", "height_mm", "hs_code", "importer", "keywords", "length_mm",
    "maker", "origin", "origin_text", "parallel_import", "price_krw", "purchase_agency", "tax", "weight_g", "width_mm",
})  # fmt: skip
"""Fields of a product that each come from one cell, whatever stands in the others."""

_NUMBERS = frozenset({Kind.MONEY, Kind.INTEGER, Kind.WEIGHT_G, Kind.LENGTH_MM})
_SEVERAL = frozenset({"sku", "description"})
"""Fields that may stand in several cells; a row whose best one is blank is read in full."""

_NAMES = ("title_en", "title_zh", "model")
_SAYS_SO = frozenset({"on_sale", "displayed"})
"""Where they say that it is not there is a finding, and nothing is learnt from rows with findings."""

_NO_STOCK = "STOCK_MISSING"
_DEFAULTS, _product = maker(Product)


class _Choice(NamedTuple):
    combinations: tuple[Combination, ...]
    lowest_delta_krw: Decimal
    have_stocks: bool
    shape: Shape


class _UnknownError(KeyError):
    """Something in a row is new."""


class _Plain(dict[str, Any]):
    """What the cells of a column of numbers said; so few bare digits that they are within every limit need not have stood before."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._end = ".00" if reader.kind is Kind.MONEY else ""
        self._most_digits = 8 if reader.kind is Kind.MONEY else 5
        self._number = Decimal if reader.kind is Kind.MONEY else int
        self._means_nothing = reader.is_blank

    def __missing__(self, text: str) -> Decimal | int:
        bare = text.removesuffix(self._end)
        is_bare = len(bare) <= self._most_digits and bare.isascii() and bare.isdecimal()
        if not is_bare or text[0] == "0" or (self._means_nothing and self._means_nothing(text)):
            raise KeyError(text)
        number = self._number(bare)
        if len(self) < MAX_KNOWN:
            self[text] = number
        return number


class KnownCells:
    """What the cells of a sheet said in rows that were read in full.

    A row is read at a glance when it has its code and name, all that its other cells hold was in such rows before, and nothing
    about it is to be told but that its form knows no stock. It gives the product that it would give when read in full, at half the
    cost; all other rows give None.

    Args:
        plan: how the sheet is read.
        grammar: of its options.

    Attributes:
        applies: whether the form is one in which a cell says the same whatever stands beside it; else every row is read in full.

    Example:
        >>> from onestop.domain.catalog.columns import Column, place
        >>> names = ["sku", "title", "description", "price_krw", "cost_krw", "stock", "weight_g"]
        >>> kinds = [Kind.CODE, Kind.TEXT, Kind.TEXT, Kind.MONEY, Kind.MONEY, Kind.INTEGER, Kind.WEIGHT_G]
        >>> columns = [Column(field=name, kind=kind, headers=(name,)) for name, kind in zip(names, kinds)]
        >>> plan = Plan({one.field: place(one, [name.replace("_", "") for name in names], names) for one in columns}, len(names))
        >>> known = KnownCells(plan, "columns")
        >>> known.read(["A-1", "양말", "", "9900", "4000", "7", "80"], number=2, sheet=None, seller_id="demo")[0].price_krw
        Decimal('9900')
        >>> known.read(["A-2", "양말", "", "9,900", "4000", "7", "80"], number=3, sheet=None, seller_id="demo") is None
        True
    """

    def __init__(self, plan: Plan, grammar: str) -> None:
        readers = plan.readers
        free = {field for field, one in readers.items() if one.kind is Kind.PICTURE or field.startswith("option")}
        free |= readers.keys() & {"sku", "title", "description", *_NAMES}
        self.applies = (
            grammar != "rows" and not plan.keys
            and {"sku", "title", "description", "price_krw", "cost_krw", "weight_g"} <= readers.keys()
            and all(one.is_one_cell or (one.takes_first and field in _SEVERAL) for field, one in readers.items())
            and not any(readers[field].is_blank or readers[field].enums or field in plan.blank_means for field in free)
        )  # fmt: skip
        self._plan, self._grammar = plan, grammar
        self._names = [field for field in _NAMES if field in readers]
        stating = [field for field in readers if field in _OF_ONE_CELL]
        silent = [field for field in readers if field not in free and field not in stating and field != "stock"]
        self._said: dict[str, dict[str, Any]] = {
            field: _Plain(readers[field]) if readers[field].kind in _NUMBERS and readers[field].unit == 1 else {} for field in stating
        }
        self._choices: dict[tuple[str | bool, ...], _Choice] = {}
        self._stock: dict[str, int | None] = _Plain(readers["stock"]) if "stock" in readers else {}
        self._silent: dict[str, set[str]] = {field: set() for field in silent}
        at = {field: one.index for field, one in readers.items()}
        self._pick_stating, self._pick_silent = picker([at[field] for field in stating]), picker([at[field] for field in silent])
        self._pick_names = picker([at[field] for field in ("sku", "title", *self._names) if field in at])
        self._pick_options = picker([one.index for field, one in readers.items() if field.startswith("option")])
        self._pick_pictures = picker([one.index for one in readers.values() if one.kind is Kind.PICTURE])
        self._others = bool(silent) or plan.width > len(set(at.values()))
        self._at = at

    def learn(self, row: SellerRow, cells: Sequence[str], product: Product) -> None:
        """Remembers what each cell of a row said; the row was read in full, with no finding but that there is no stock."""
        if not self.applies or len(cells) != self._plan.width or any(row.text(field) for field in self._silent if field not in _SAYS_SO):
            return
        if any(finding.code != _NO_STOCK for finding in row.findings):
            return
        for field, cells_before in self._silent.items():
            if len(cells_before) < MAX_KNOWN:
                cells_before.add(cells[self._at[field]])
        for field, said in self._said.items():
            if len(said) < MAX_KNOWN:
                said[cells[self._at[field]]] = getattr(product, field)
        if "stock" in self._at and len(self._stock) < MAX_KNOWN:
            self._stock[cells[self._at["stock"]]] = row.pieces("stock")

    def read(self, cells: Sequence[str], *, number: int, sheet: str | None, seller_id: str) -> tuple[Product, tuple[Finding, ...]] | None:
        """The product of a row, with STOCK_MISSING where the form has no stock; None when the row has to be read in full.

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

    def _glance(self, cells: Sequence[str], *, number: int, sheet: str | None, seller_id: str) -> tuple[Product, tuple[Finding, ...]]:
        made = _DEFAULTS.copy()
        made.update(zip(self._said, map(getitem, self._said.values(), self._pick_stating(cells)), strict=True))
        stock = self._stock[cells[self._at["stock"]]] if "stock" in self._at else None
        sku, title, *names = self._read_names(cells)
        made["seller_id"], made["sku"], made["title"] = seller_id, sku, title
        for field, name in zip(self._names, names, strict=True):
            made[field] = name or None
        made["description_html"] = description = self._read_description(cells)
        refs = self._read_refs(cells)
        choice = self._choice(cells, refs, number, sheet)
        has_stock = stock is not None or choice.have_stocks
        if (
            made["weight_g"] is None
            or not (has_stock or "stock" not in self._at)
            or not is_usual(made["price_krw"] + choice.lowest_delta_krw, made["cost_krw"])
        ):
            raise _UnknownError
        made["variants"] = variants_of(choice.combinations, sku=sku, stock=stock or 0)
        made["cells"] = places = choice.shape.cells(number, sheet)
        own = pictures_in(map(places.__getitem__, choice.shape.pictures), filter(None, refs))
        if "<" in description:
            detail = html_pictures(description)
            if detail.inline:
                raise _UnknownError
            own += detail_pictures(detail, places["description"], refs)
        made["pictures"] = own
        return _product(made), () if has_stock else (Finding.of(_NO_STOCK, field="stock", cell=places["sku"]),)

    def _read_names(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Code, title and other names, of ordinary characters and in one line each."""
        names = tuple(map(str.strip, self._pick_names(cells)))
        joined = "|".join(names)
        if not CODE.fullmatch(names[0]) or not names[1] or "  " in joined or len(joined) > MAX_CELL_CHARS or not is_ordinary(joined):
            raise _UnknownError
        return names

    def _read_description(self, cells: Sequence[str]) -> str:
        text = cells[self._at["description"]]
        if len(text) > MAX_DESCRIPTION_CHARS or FIRST_OF_MARKS in text or (self._others and self._tell_more(cells)):
            raise _UnknownError
        text = text.strip() if is_ordinary(text) else clean(text)
        if not text and len(self._plan.readers["description"].indexes) > 1:
            raise _UnknownError
        return text

    def _tell_more(self, cells: Sequence[str]) -> bool:
        """Whether a cell that is mostly silent says something, or one that no field is read from may be too long."""
        return len("".join(cells)) > MAX_CELL_CHARS or not all(map(contains, self._silent.values(), self._pick_silent(cells)))

    def _read_refs(self, cells: Sequence[str]) -> tuple[str, ...]:
        """What each cell for pictures refers to: to one, and none to the same as another."""
        refs = tuple(map(str.strip, self._pick_pictures(cells)))
        joined = "".join(refs)
        is_several = "|" in joined or "," in joined or "  " in joined or len(set(filter(None, refs))) < len(refs) - refs.count("")
        if is_several or len(joined) > MAX_CELL_CHARS or not is_ordinary(joined):
            raise _UnknownError
        return refs

    def _choice(self, cells: Sequence[str], refs: Sequence[str], number: int, sheet: str | None) -> _Choice:
        """The options, and the shape of the row; both are read where they are new, when they are all that is."""
        key: tuple[str | bool, ...] = (*map(str.strip, self._pick_options(cells)), *map(bool, refs))
        known = self._choices.get(key)
        if known is None:
            row = SellerRow(cells, self._plan, number, sheet)
            found = read_options(row, self._grammar)
            if row.findings:
                raise _UnknownError
            lowest_delta_krw = min([one.price_delta_krw for one in found], default=NO_WON)
            known = _Choice(found, lowest_delta_krw, any(one.stock is not None for one in found), row.shape)
            if len(self._choices) < MAX_KNOWN:
                self._choices[key] = known
        return known
