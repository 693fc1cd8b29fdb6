"""The columns of one recognised sheet, made ready once so that each of its many rows is read fast."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onestop.domain.catalog.cell_values import clean
from onestop.domain.catalog.columns import Kind, Placed, normalise_header
from onestop.domain.catalog.places import MARKS, column_letters

MAX_CELL_CHARS = 32_767
"""What a spreadsheet cell can hold; more than that is a broken quote or an attack."""

_NUMBERED = re.compile(r"_\d")  # image_3, option_1_name
_FIRST_OF_MARKS = "\0"


class Texts(NamedTuple):
    """One row, by field.

    Attributes:
        at: field -> the index of the cell that counts.
        raws: field -> its cleaned text.
        texts: field -> its text in one line, the seller's words replaced by ours where the form says so.
        is_plain: whether no cell can be too long or hold a mark.
    """

    at: Mapping[str, int]
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
        is_simple: whether its text is just that of its one cell.
    """

    __slots__ = ("_beside", "_blank", "_unless", "enums", "field", "index", "indexes", "is_simple", "kind", "label", "search", "split")

    def __init__(self, field: str, placed: Placed, beside: Placed | None) -> None:
        column = placed.column
        self.field, self.kind, self.label, self.enums = field, column.kind, column.label, column.enums
        self.indexes, self.index, self._unless = placed.indexes, placed.indexes[0], placed.unless_index
        self._blank = re.compile(column.blank_pattern, re.DOTALL | re.IGNORECASE).fullmatch if column.blank_pattern else None
        self._beside = beside.indexes if beside and len(beside.indexes) == len(placed.indexes) else None
        separator = re.compile(column.separator or (r"[|\n]" if column.kind is Kind.PICTURE else r"[,|\n]"))
        self.search, self.split = separator.search, separator.split
        self.is_simple = len(self.indexes) == 1 and not self._blank and self._unless is None

    def choose(self, cells: Sequence[str]) -> tuple[int, str]:
        """The index that counts in a row of cleaned cells, and what stands there; empty when it says nothing."""
        if self._unless is None or not cells[self._unless]:
            for index in self._candidates(cells):
                text = cells[index]
                if text and not (self._blank and self._blank(text)):
                    return index, text
        return self.index, ""

    def _candidates(self, cells: Sequence[str]) -> Sequence[int]:
        if self._beside is None:
            return self.indexes
        return [own for own, other in zip(self.indexes, self._beside, strict=True) if cells[other]][:1]


class Plan:
    """All columns of one sheet, ready.

    Attributes:
        readers: field -> its column.
        width: columns up to the last header.
        letters: the columns' names, ``A`` on.
        has_cents: whether prices without a currency are known not to be in won.
        blank_means: field -> what a blank cell means by the form's own rule.
        numbered: fields such as ``image_3``, whose cells are named only when they are filled.
        pictures: fields that hold pictures, in the seller's order.
        option_fields: every field that options are read from.
        known_options: what those fields gave before, since shops repeat their options; a bounded number of them.
        certificates: the numbers of the certificates that have columns.
    """

    def __init__(self, columns: Mapping[str, Placed], width: int, *, has_cents: bool = False) -> None:
        self.has_cents = has_cents
        self.readers = {field: Reader(field, placed, columns.get(placed.column.beside or "")) for field, placed in columns.items()}
        self.width = width
        self.letters = [column_letters(index) for index in range(width)]
        self.blank_means = {field: placed.column.blank_means for field, placed in columns.items() if placed.column.blank_means}
        self.pictures = tuple(field for field, reader in self.readers.items() if reader.kind is Kind.PICTURE)
        self.numbered = frozenset(field for field in self.readers if _NUMBERED.search(field))
        self.option_fields = tuple(field for field in self.readers if field.startswith("option"))
        self.known_options: dict[tuple[str, ...], Any] = {}
        self.certificates = tuple(int(field.split("_")[1]) for field in self.readers if re.fullmatch(r"certification_\d+_code", field))
        self._at = {field: reader.index for field, reader in self.readers.items()}
        self._many_sided = [reader for reader in self.readers.values() if not reader.is_simple]
        self._enums = [(field, reader.enums) for field, reader in self.readers.items() if reader.enums]
        self._headers = {
            index: normalise_header(header)
            for placed in columns.values()
            for index, header in zip(placed.indexes, placed.headers, strict=False)
        }

    def read(self, cells: Sequence[str]) -> Texts:
        """One row by field. A cell that is too long, or holds a mark, counts as blank."""
        joined = ",".join(cells)
        is_plain = len(joined) <= MAX_CELL_CHARS and _FIRST_OF_MARKS not in joined
        is_simple = is_plain and "#" not in joined and joined.isprintable() and unicodedata.is_normalized("NFC", joined)
        if is_simple:
            cleaned = list(map(str.strip, cells))  # what ``clean`` does to each of them, found out for all at once
        else:
            cleaned = [clean(text) if len(text) <= MAX_CELL_CHARS and text not in MARKS else "" for text in cells]
        if len(cleaned) < self.width:
            cleaned += [""] * (self.width - len(cleaned))
        raws = dict(zip(self._at, map(cleaned.__getitem__, self._at.values()), strict=True))
        at: Mapping[str, int] = self._at
        for reader in self._many_sided:
            index, raws[reader.field] = reader.choose(cleaned)
            if index != reader.index:
                at = {**at, reader.field: index}
        return Texts(at, raws, self._texts(raws, is_one_line=is_simple and "  " not in joined), is_plain)

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
