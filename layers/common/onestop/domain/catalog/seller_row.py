"""One row of a seller's sheet, read by field: typed values, and a finding with the seller's cell for each one that cannot be used."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from onestop.domain.catalog import cell_values
from onestop.domain.catalog.places import BROKEN, MARKS, cell_name
from onestop.domain.catalog.plan import IN_OUR_MODEL, MAX_CELL_CHARS, Plan
from onestop.domain.findings import Finding

Number = TypeVar("Number", int, Decimal)

_NO_WON, _MOST_WON = Decimal(0), Decimal(10**12)  # compared with other decimals, which takes less than with integers

_SHOWN_CHARS = 60  # a finding quotes the start of a value; the cell has the rest
_REQUIRED = frozenset({"sku", "title", "price_krw", "shop_price"})


class SellerRow:
    """The cells of one row under the fields of a recognised form.

    Attributes:
        number: of the row, from 1.
        shape: what the row has in common with rows in which the same cells are filled.
        is_blank: whether no field of the form has a value, as in a row with nothing but a pre-filled running number.
        texts: field -> its text in one line, the seller's words replaced by ours where the form says so.
        findings: what was found wrong so far; at first with the row as a whole, and with cells whose content is no text.
        rejected: whether one of them leaves no product.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> price = place(Column(field="price_krw", kind=Kind.MONEY, headers=("판매가",)), ["판매가"], ["판매가"])
        >>> row = SellerRow(["스물"], Plan({"price_krw": price}, 1), 2, None)
        >>> row.money("price_krw"), row.findings[0].code, row.findings[0].cell, row.rejected
        (None, 'NUMBER_INVALID', 'A2', True)
    """

    __slots__ = (
        "_at", "_cells", "_plan", "_raws", "_sheet", "findings", "is_blank", "number", "rejected", "shape", "texts",
    )  # fmt: skip

    def __init__(self, cells: Sequence[str], plan: Plan, number: int, sheet: str | None) -> None:
        self._cells = cells
        self._plan = plan
        self._sheet = sheet
        self.shape, self._raws, self.texts, is_plain = plan.read(cells)
        self._at = self.shape.at
        self.number = number
        self.findings: list[Finding] = []
        self.rejected = False
        self.is_blank = not any(self._raws.values())
        if not is_plain:
            self._check_lengths()
            self._check_marks()
        if len(cells) != plan.width:
            self._check_shape()

    def report(self, code: str, field: str | None, *, at: int | None = None, reject: bool = False, **params: object) -> None:
        """Adds a finding at the cell of ``field``, or at column ``at`` (from 0) when that is given.

        The finding names the field of our model, whichever of a form's columns it comes from.
        """
        cell = self.cell(field) if at is None else cell_name(at, self.number, self._sheet)
        self.findings.append(Finding.of(code, field=IN_OUR_MODEL.get(field or "", field), cell=cell, **params))
        self.rejected = self.rejected or reject

    def reported(self, field: str) -> bool:
        """Whether something was found wrong with a field."""
        return bool(self.findings) and any(finding.field == field for finding in self.findings)

    def has(self, field: str) -> bool:
        """Whether the sheet has a column for ``field``."""
        return field in self._at

    def cell(self, field: str | None) -> str:
        """The seller's cell of ``field``; the cell of the product's code when the sheet has no column for it."""
        at = self._at[field] if field and field in self._at else self._at.get("sku", 0)
        place = f"{self._plan.letters[at]}{self.number}"
        return f"{self._sheet}!{place}" if self._sheet else place

    def cells(self) -> dict[str, str]:
        """Field -> the seller's cell, for every field that the sheet has; blank numbered ones are left out."""
        return self.shape.cells(self.number, self._sheet)

    def pictures(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The seller's cell and what it refers to, of each filled field that holds pictures."""
        for field in self.shape.pictures:
            yield self.cell(field), self.items(field)

    def raw(self, field: str) -> str:
        """The cleaned text of a field; empty when the cell is blank, missing or holds only what says nothing."""
        return self._raws.get(field, "")

    def text(self, field: str) -> str:
        """The text of a field in one line, the seller's words replaced by ours where the form says so."""
        return self.texts.get(field, "")

    def label(self, field: str) -> str:
        """What the form calls a field whose name has no cell; empty when it does not say."""
        return self._plan.readers[field].label if field in self._plan.readers else ""

    def money(self, field: str, *, reject: bool = True) -> Decimal | None:
        """An amount in KRW, 0 or more; None when blank or, with a finding, not usable: another currency is not converted."""
        text = self.texts.get(field)
        if not text:
            return None
        known: Decimal | None = self._plan.readers[field].known.get(text)
        if known is not None:
            return known
        amount = cell_values.money(text)
        if amount is None and (found := cell_values.currency(text)) not in (None, "KRW"):
            self.report("PRICE_CURRENCY_NOT_KRW", field, reject=reject, currency=found)
            return None
        return self._within(field, text, amount, _NO_WON, _MOST_WON)

    def makes_code(self, field: str) -> bool:
        """Whether the form has no code in this field, but a text that one is made of."""
        return field in self._plan.keys

    def states_won(self, field: str) -> bool:
        """Whether the cell itself says that its amount is in won."""
        return cell_values.currency(self.text(field)) == "KRW"

    def prices_have_cents(self) -> bool:
        """Whether the sheet's prices without a currency are known not to be in won."""
        return self._plan.has_cents

    def header_currency(self, field: str) -> str:
        """The currency that the header of a field ends with, as ISO 4217 code."""
        return self._plan.currency_at(self._at[field])

    def pieces(self, field: str) -> int | None:
        """A number of pieces; None when blank or, with a finding, not usable."""
        return self._number(field, cell_values.integer, 0, 10**9)

    def grams(self, field: str) -> int | None:
        """A weight of 1 g to 1 t; None when blank, zero or, with a finding, not usable."""
        return self._measure(field, cell_values.grams, 10**6)

    def millimetres(self, field: str) -> int | None:
        """A length of 1 mm to 100 m; None when blank, zero or, with a finding, not usable."""
        return self._measure(field, cell_values.millimetres, 10**5)

    def day(self, field: str) -> date | None:
        """A calendar day; None when blank or, with a finding, not usable."""
        text = self.text(field)
        found = cell_values.day(text) if text else None
        if text and found is None:
            self.report("VALUE_IGNORED", field, value=text[:_SHOWN_CHARS], allowed="YYYY-MM-DD")
        return found

    def matching(self, field: str, text: str, pattern: re.Pattern[str], allowed: str) -> str | None:
        """The text when it is of the pattern; None when blank or, with a finding, not usable."""
        if text and not pattern.fullmatch(text):
            self.report("VALUE_IGNORED", field, value=text[:_SHOWN_CHARS], allowed=allowed)
            return None
        return text or None

    def flag(self, field: str, *, default: bool) -> bool:
        """Yes or no; ``default`` when blank or, with a finding, not usable."""
        text = self.text(field)
        value = cell_values.flag(text) if text else default
        if value is None:
            self.report("VALUE_OUT_OF_RANGE", field, value=text[:_SHOWN_CHARS], allowed="Y, N")
            return default
        return value

    def items(self, field: str) -> tuple[str, ...]:
        """The items of a list cell, cut as its column says, each once."""
        text = self._raws.get(field)
        if not text:
            return ()
        reader = self._plan.readers[field]
        if not reader.search(text):
            return (" ".join(text.split()) if reader.enums else self.texts[field],)
        known: tuple[str, ...] | None = reader.known.get(text)
        if known is None:
            known = tuple(dict.fromkeys(filter(None, [" ".join(part.split()) for part in reader.split(text)])))
            reader.keep(text, known)
        return known

    def option_numbers(self) -> Sequence[int]:
        """The numbers of the options that have columns, from 1 on without a gap."""
        return self._plan.option_numbers

    def option_texts(self) -> tuple[str, ...]:
        """What stands in all fields that options are read from."""
        return self._plan.option_texts(self._raws)

    def known_options(self) -> dict[tuple[str, ...], Any]:
        """What options were read before from such texts in this sheet."""
        return self._plan.known_options

    def _check_lengths(self) -> None:
        for index, text in enumerate(self._cells):
            if len(text) > MAX_CELL_CHARS:
                self.report("CELL_TOO_LONG", self._plan.field_at(index), at=index, reject=True, size=len(text), limit=MAX_CELL_CHARS)

    def _check_shape(self) -> None:
        width = self._plan.width
        found = max((index + 1 for index, text in enumerate(self._cells) if text and not text.isspace()), default=0)
        if len(self._cells) < width or found > width:
            found = max(found, min(len(self._cells), width))
            self.report("ROW_RAGGED", None, at=min(found, width), found=found, expected=width)

    def _check_marks(self) -> None:
        if self._cells[:1] == [BROKEN]:
            self.report(MARKS[BROKEN], None, at=0, reject=True)
            return
        for field, at in self._at.items():
            code = MARKS.get(self._cells[at]) if at < len(self._cells) else None
            if code and not self._raws[field]:
                self.report(code, field, reject=field in _REQUIRED)

    def _measure(self, field: str, parse: Callable[[str, int], int | None], high: int) -> int | None:
        text = self.texts.get(field)
        if not text:
            return None
        reader = self._plan.readers[field]
        known: int | None = reader.known.get(text)
        return (self._within(field, text, parse(text, reader.unit), 0, high) if known is None else known) or None

    def _number(self, field: str, parse: Callable[[str], int | None], low: int, high: int) -> int | None:
        text = self.texts.get(field)
        if not text:
            return None
        known: int | None = self._plan.readers[field].known.get(text)
        return self._within(field, text, parse(text), low, high) if known is None else known

    def _within(self, field: str, text: str, value: Number | None, low: Number, high: Number) -> Number | None:
        if value is None:
            self.report("NUMBER_INVALID", field, reject=True, value=text[:_SHOWN_CHARS])
        elif not low <= value <= high:
            self.report("VALUE_OUT_OF_RANGE", field, value=text[:_SHOWN_CHARS], allowed=f"{low:,} - {high:,}")
            return None
        else:
            self._plan.readers[field].keep(text, value)
        return value
