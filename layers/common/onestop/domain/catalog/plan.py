"""The columns of one recognised sheet, made ready once so that each of its many rows is read fast."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, NamedTuple

from onestop.domain.catalog.cell_values import clean
from onestop.domain.catalog.columns import Kind, Placed, normalise_header
from onestop.domain.catalog.places import MARKS, column_letters

MAX_CELL_CHARS = 32_767
"""What a spreadsheet cell can hold; more than that is a broken quote or an attack."""

MAX_KNOWN = 2_000
"""How much of a kind is remembered of a sheet because it repeats there: prices, weights, lists of words, whole sets of options."""

ROW = "\0"
"""Stands for the number of a row where the names of cells are laid out before the row is known."""

_NUMBERED = re.compile(r"_\d")  # image_3, option_1_name
FIRST_OF_MARKS = "\0"
_ORDINARY = (
    r' !"$-~'  # ASCII without controls and without what errors of a spreadsheet begin with
    r"¡-¬®-˿‐-‧‰-⁞←-⌨①-⛿、-〟ぁ-ゖァ-ヺ一-鿿가-힣！-～"
)
is_ordinary = re.compile(f"[{_ORDINARY}]*").fullmatch
"""Characters that ``clean`` leaves as they are, whatever stands beside them: printable, NFC, no space but the common one."""

IN_OUR_MODEL = {"shop_price": "price_krw", "foreign_price": "price_krw", "shop_list_price": "list_price_krw"}
"""Fields of forms that say in other words what a field of our model says -> that field."""

_UNITS = {Kind.WEIGHT_KG: 1000, Kind.LENGTH_CM: 10}


class Shape(NamedTuple):
    """What rows have in common in which the same cells are filled. A sheet has few shapes and many rows of each.

    Attributes:
        at: field -> the index of the cell that counts.
        fields: the fields whose cells are named; of numbered fields only those filled.
        places: the names of those cells, one a line, with ``ROW`` for the number of the row.
        pictures: the filled fields that hold pictures, in the seller's order.
    """

    at: Mapping[str, int]
    fields: tuple[str, ...]
    places: str
    pictures: tuple[str, ...]

    def cells(self, number: int, sheet: str | None) -> dict[str, str]:
        """Field -> the seller's cell, for every field whose cell is named.

        Args:
            number: of the row, from 1.
            sheet: name of the sheet when the workbook has several, else None.
        """
        names = self.places.replace(ROW, str(number)).split("\n")
        return dict(zip(self.fields, [f"{sheet}!{name}" for name in names] if sheet else names, strict=True))


class Texts(NamedTuple):
    """One row, by field.

    Attributes:
        shape: what it has in common with rows in which the same cells are filled.
        raws: field -> its cleaned text.
        texts: field -> its text in one line, the seller's words replaced by ours where the form says so.
        is_plain: whether no cell can be too long or hold a mark.
    """

    shape: Shape
    raws: dict[str, str]
    texts: dict[str, str]
    is_plain: bool


class Reader:
    """One column, ready: where it stands, what means nothing in it, and whose words are replaced.

    Attributes:
        field, kind, label: as in the form.
        index, indexes: where it stands, the best place, and all of them.
        enums: the seller's word, in lower case -> our value.
        search, split: find what separates the items of a list, and cut it there.
        is_blank: tells texts that say nothing, or None.
        is_one_cell: whether its text is just that of one cell, but for what says nothing.
        takes_first: whether its text is that of the first of its cells that is filled, but for what says nothing.
        unit: grams or millimetres in one unit of a bare number.
        known: texts that were read before -> what they say, because most columns repeat themselves; a bounded number of them.
    """

    __slots__ = (
        "_beside", "_unless", "enums", "field", "index", "indexes", "is_blank", "is_one_cell", "kind", "known", "label", "search", "split",
        "takes_first", "unit",
    )  # fmt: skip

    def __init__(self, field: str, placed: Placed, beside: Placed | None) -> None:
        column = placed.column
        self.field, self.kind, self.label, self.enums = field, column.kind, column.label, column.enums
        self.indexes, self.index, self._unless = placed.indexes, placed.indexes[0], placed.unless_index
        says_nothing = re.compile(column.blank_pattern, re.DOTALL | re.IGNORECASE).fullmatch if column.blank_pattern else None
        self.is_blank = lru_cache(maxsize=MAX_KNOWN)(says_nothing) if says_nothing else None
        self._beside = beside.indexes if beside and len(beside.indexes) == len(placed.indexes) else None
        separator = re.compile(column.separator or (r"[|\n]" if column.kind is Kind.PICTURE else r"[,|\n]"))
        self.search, self.split = separator.search, separator.split
        self.takes_first = self._unless is None and self._beside is None
        self.is_one_cell = len(self.indexes) == 1 and self._unless is None and (self._beside is None or self.is_blank is None)
        self.unit = _UNITS.get(self.kind, 1)
        self.known: dict[str, Any] = {}

    def keep(self, text: str, value: object) -> None:
        """Remembers what a text of the column says."""
        if len(self.known) < MAX_KNOWN:
            self.known[text] = value

    def choose(self, cells: Sequence[str]) -> tuple[int, str]:
        """The index that counts in a row of cells, and what stands there; empty when it says nothing."""
        if self._unless is None or not cells[self._unless].strip():
            for index in self.indexes if self._beside is None else self._candidates(cells, self._beside):
                text = cells[index].strip()
                if text and not (self.is_blank and self.is_blank(text)):
                    return index, text
        return self.index, ""

    def _candidates(self, cells: Sequence[str], beside: Sequence[int]) -> Sequence[int]:
        return [own for own, other in zip(self.indexes, beside, strict=True) if cells[other].strip()][:1]


class Plan:
    """All columns of one sheet, ready.

    Attributes:
        readers: field -> its column.
        width: columns up to the last header.
        letters: the columns' names, ``A`` on.
        has_cents: whether prices without a currency are known not to be in won.
        blank_means: field -> what a blank cell means by the form's own rule.
        numbered: fields such as ``image_3``, whose cells are named only when they are filled.
        option_numbers: of the options that have columns, from 1 on without a gap.
        option_texts: takes out of the texts by field those that options are read from.
        keys: fields that hold no code, but a text that one is made of.
        known_options: what those fields gave before, since shops repeat their options; a bounded number of them.
        known_facts: the texts of facts that shops repeat -> what they say together; a bounded number of them.
        certificates: the numbers of the certificates that have columns.
    """

    def __init__(self, columns: Mapping[str, Placed], width: int, *, has_cents: bool = False) -> None:
        self.has_cents = has_cents
        self.readers = {field: Reader(field, placed, columns.get(placed.column.beside or "")) for field, placed in columns.items()}
        self.width = width
        self.letters = [column_letters(index) for index in range(width)]
        self.blank_means = {field: placed.column.blank_means for field, placed in columns.items() if placed.column.blank_means}
        self.keys = frozenset(field for field, reader in self.readers.items() if reader.kind is Kind.KEY)
        self.numbered = frozenset(field for field in self.readers if _NUMBERED.search(field))
        named = (number for number in count(1) if not self.readers.keys() & {f"option_{number}_name", f"option_{number}_value"})
        self.option_numbers = range(1, next(named))
        self.option_texts = picker([field for field in self.readers if field.startswith("option")])
        self.known_facts: dict[tuple[str, ...], dict[str, Any]] = {}
        self.known_options: dict[tuple[str, ...], Any] = {}
        self.certificates = tuple(int(field.split("_")[1]) for field in self.readers if re.fullmatch(r"certification_\d+_code", field))
        self._at = {field: reader.index for field, reader in self.readers.items()}
        self._one_celled = [field for field, reader in self.readers.items() if reader.is_one_cell]
        self._pick = picker([self._at[field] for field in self._one_celled])
        self._pictures = [field for field, reader in self.readers.items() if reader.kind is Kind.PICTURE]
        telling = [field for field in self.readers if field in self.numbered or field in self._pictures]
        self._telling = picker(telling)
        self._shapes: dict[tuple[int, ...], Shape] = {}
        self._many_sided = [reader for reader in self.readers.values() if not reader.is_one_cell]
        self._blanks = [(field, one.is_blank) for field, one in self.readers.items() if one.is_one_cell and one.is_blank]
        self._enums = [(field, reader.enums) for field, reader in self.readers.items() if reader.enums]
        self._headers = {
            index: normalise_header(header)
            for placed in columns.values()
            for index, header in zip(placed.indexes, placed.headers, strict=False)
        }

    def read(self, cells: Sequence[str]) -> Texts:
        """One row by field. A cell that is too long, or holds a mark, counts as blank."""
        joined = "".join(cells)
        if len(cells) < self.width:
            cells = [*cells, *[""] * (self.width - len(cells))]
        if len(joined) <= MAX_CELL_CHARS and is_ordinary(joined):
            is_plain, is_one_line = True, "  " not in joined
        else:
            is_plain, is_one_line = len(joined) <= MAX_CELL_CHARS and FIRST_OF_MARKS not in joined, False
            cells = [_cleaned(text) for text in cells]
        raws = dict(zip(self._one_celled, map(str.strip, self._pick(cells)), strict=False))  # as many as were picked
        for field, says_nothing in self._blanks:
            if (text := raws[field]) and says_nothing(text):
                raws[field] = ""
        chosen = []
        for reader in self._many_sided:
            index, raws[reader.field] = reader.choose(cells)
            chosen.append(index)
        return Texts(self._shape(raws, chosen), raws, self._texts(raws, is_one_line=is_one_line), is_plain)

    def _shape(self, raws: Mapping[str, str], chosen: Sequence[int]) -> Shape:
        key = (*map(bool, self._telling(raws)), *chosen)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shaped(raws, chosen)
            if len(self._shapes) < MAX_KNOWN:
                self._shapes[key] = shape
        return shape

    def _shaped(self, raws: Mapping[str, str], chosen: Sequence[int]) -> Shape:
        at = self._at | {reader.field: index for reader, index in zip(self._many_sided, chosen, strict=True)}
        places = {field: self.letters[index] for field, index in at.items() if raws[field] or field not in self.numbered}
        if "price_krw" not in places:
            for field, ours in IN_OUR_MODEL.items():
                if field in places:
                    places.setdefault(ours, places[field])
        pictures = tuple(field for field in self._pictures if raws[field])
        return Shape(at, tuple(places), "\n".join(f"{letters}{ROW}" for letters in places.values()), pictures)

    def _texts(self, raws: dict[str, str], *, is_one_line: bool) -> dict[str, str]:
        texts = raws.copy() if is_one_line else {field: " ".join(text.split()) for field, text in raws.items()}
        for field, enums in self._enums:
            if text := texts[field]:
                texts[field] = enums.get(text.casefold(), text)
        for field, meant in self.blank_means.items():
            texts[field] = texts[field] or meant
        return texts

    def currency_at(self, index: int) -> str:
        """The three letters that the header of a column ends with, such as ``USD`` in ``price (USD)``."""
        return self._headers.get(index, "")[-3:].upper()

    def field_at(self, index: int) -> str | None:
        """The field that is read from a column, or None."""
        return next((field for field, reader in self.readers.items() if index in reader.indexes), None)


def _cleaned(text: str) -> str:
    if len(text) > MAX_CELL_CHARS or text in MARKS:
        return ""
    return text.strip() if is_ordinary(text) else clean(text)


def picker(keys: Sequence[Any]) -> Callable[[Any], tuple[str, ...]]:
    """What takes the texts at these keys.

    Example:
        >>> picker(["sku", "title"])({"sku": "A-1", "title": "양말", "brand": ""})
        ('A-1', '양말')
    """
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda texts: tuple([texts[key] for key in keys])
