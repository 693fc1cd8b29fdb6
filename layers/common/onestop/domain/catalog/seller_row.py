"""One row of a seller's sheet, read by field: typed values, and a finding with the seller's cell for each one that cannot be used."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.profile import Kind, Placed, Recognition
from onestop.domain.catalog.sheet import UNCOMPUTED, cell_name
from onestop.domain.findings import Finding

MAX_CELL_CHARS = 32_767
"""What a spreadsheet cell can hold; more than that is a broken quote or an attack."""

Number = TypeVar("Number", int, Decimal)

_NUMBERED = re.compile(r"_\d")  # image_3, option_1_name
_SHOWN_CHARS = 60  # a finding quotes the start of a value; the cell has the rest


class SellerRow:
    """The cells of one row under the fields of a recognised form.

    Attributes:
        findings: what was found wrong so far.
        rejected: whether one of them leaves no product.

    Example:
        >>> from onestop.domain.catalog.profile import Column, Profile, recognise
        >>> price = Column(field="price_krw", kind=Kind.MONEY, headers=("판매가",))
        >>> form = Profile(name="tiny", option_grammar="columns", required=(("판매가",),), columns=(price,))
        >>> row = SellerRow(["스물"], recognise([(1, ["판매가"])], [form]), 2, None)
        >>> row.money("price_krw"), row.findings[0].code, row.findings[0].cell, row.rejected
        (None, 'NUMBER_INVALID', 'A2', True)
    """

    def __init__(self, cells: Sequence[str], recognition: Recognition, row_number: int, sheet: str | None) -> None:
        self._cells = cells
        self._recognition = recognition
        self._row_number = row_number
        self._sheet = sheet
        self._at = {field: self._index(placed) for field, placed in recognition.columns.items()}
        self._texts = {field: self._meaning(field, index) for field, index in self._at.items()}
        self.findings: list[Finding] = []
        self.rejected = False

    def report(self, code: str, field: str | None, *, at: int | None = None, reject: bool = False, **params: object) -> None:
        """Adds a finding at the cell of ``field``, or at column ``at`` (from 0) when that is given."""
        cell = self.cell(field) if at is None else self._name(at)
        self.findings.append(Finding.of(code, field=field, cell=cell, **params))
        self.rejected = self.rejected or reject

    def has(self, field: str) -> bool:
        """Whether the sheet has a column for ``field``."""
        return field in self._recognition.columns

    def cell(self, field: str | None) -> str:
        """The seller's cell of ``field``; the cell of the product's code when the sheet has no column for it."""
        return self._name(self._at.get(field or "", self._at.get("sku", 0)))

    def cells(self) -> dict[str, str]:
        """Field -> the seller's cell, for every field that the sheet has; blank numbered ones are left out."""
        return {field: self._name(at) for field, at in self._at.items() if self._texts[field] or not _NUMBERED.search(field)}

    def raw(self, field: str) -> str:
        """The cleaned text of a field; empty when the cell is blank, missing or holds only what says nothing."""
        return self._texts.get(field, "")

    def text(self, field: str) -> str:
        """The text of a field in one line, the seller's words replaced by ours where the form says so."""
        text = " ".join(self.raw(field).split())
        placed = self._recognition.columns.get(field)
        return placed.column.enums.get(text.casefold(), text) if placed else text

    def money(self, field: str) -> Decimal | None:
        """An amount in KRW, 0 or more; None when blank or, with a finding, not usable."""
        return self._number(field, cell_values.money, 0, 10**12)

    def pieces(self, field: str) -> int | None:
        """A number of pieces; None when blank or, with a finding, not usable."""
        return self._number(field, cell_values.integer, 0, 10**9)

    def grams(self, field: str) -> int | None:
        """A weight of 1 g to 1 t; None when blank, zero or, with a finding, not usable."""
        kind = self._recognition.columns[field].column.kind if self.has(field) else Kind.WEIGHT_G
        return self._number(field, lambda text: cell_values.grams(text, 1000 if kind is Kind.WEIGHT_KG else 1), 0, 10**6) or None

    def flag(self, field: str, *, default: bool) -> bool:
        """Yes or no; ``default`` when blank or, with a finding, not usable."""
        text = self.text(field)
        value = cell_values.flag(text) if text else default
        if value is None:
            self.report("VALUE_OUT_OF_RANGE", field, value=text[:_SHOWN_CHARS], allowed="Y, N")
            return default
        return value

    def items(self, field: str) -> tuple[str, ...]:
        """The items of a list cell, separated by comma, ``|`` or line break (a picture cell: not by comma), each once."""
        is_picture = self.has(field) and self._recognition.columns[field].column.kind is Kind.PICTURE
        parts = re.split(r"[|\n]" if is_picture else r"[,|\n]", self.raw(field))
        return tuple(dict.fromkeys(part for part in map(cell_values.one_line, parts) if part))

    def check_shape(self) -> None:
        """Reports what is wrong with the row as a whole: a cell that is too long, too few or too many cells."""
        for index, text in enumerate(self._cells):
            if len(text) > MAX_CELL_CHARS:
                self.report("CELL_TOO_LONG", self._field_at(index), at=index, reject=True, size=len(text), limit=MAX_CELL_CHARS)
        width = self._recognition.width
        found = max((index + 1 for index, text in enumerate(self._cells) if text and not text.isspace()), default=0)
        if len(self._cells) < width or found > width:
            found = max(found, min(len(self._cells), width))
            self.report("ROW_RAGGED", None, at=min(found, width), found=found, expected=width)

    def check_formulas(self) -> None:
        """Reports fields that are read from a formula whose value was never stored."""
        for field, at in self._at.items():
            if at < len(self._cells) and self._cells[at] == UNCOMPUTED:
                self.report("CELL_FORMULA_NO_VALUE", field, reject=field in ("sku", "title", "price_krw"))

    def is_blank(self) -> bool:
        """Whether no field of the form has a value, as in a row with nothing but a pre-filled running number."""
        return not any(self._texts.values())

    def _number(self, field: str, parse: Callable[[str], Number | None], low: int, high: int) -> Number | None:
        text = self.text(field)
        if not text:
            return None
        value = parse(text)
        if value is None:
            self.report("NUMBER_INVALID", field, reject=True, value=text[:_SHOWN_CHARS])
        elif not low <= value <= high:
            self.report("VALUE_OUT_OF_RANGE", field, value=text[:_SHOWN_CHARS], allowed=f"{low:,} - {high:,}")
            return None
        return value

    def _index(self, placed: Placed) -> int:
        """The first of several columns for one field that is not blank in this row."""
        if len(placed.indexes) == 1:
            return placed.indexes[0]
        return next((index for index in placed.indexes if self._text_at(index)), placed.indexes[0])

    def _text_at(self, index: int) -> str:
        """The cleaned text of a cell; a cell that is too long counts as blank, it is reported for itself."""
        text = self._cells[index] if index < len(self._cells) else ""
        return cell_values.clean(text) if len(text) <= MAX_CELL_CHARS else ""

    def _meaning(self, field: str, index: int) -> str:
        text = self._text_at(index)
        blank_pattern = self._recognition.columns[field].column.blank_pattern
        means_nothing = bool(blank_pattern) and re.fullmatch(blank_pattern or "", text) is not None
        return "" if means_nothing or (text and self._cells[index] == UNCOMPUTED) else text

    def _field_at(self, index: int) -> str | None:
        return next((field for field, placed in self._recognition.columns.items() if index in placed.indexes), None)

    def _name(self, index: int) -> str:
        return cell_name(index, self._row_number, self._sheet)
