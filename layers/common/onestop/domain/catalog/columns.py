"""The columns of a form: which field of ours each holds, how its cells are read, and where it stands in one sheet."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

MAX_HEADER_CHARS = 200
"""No header is longer; a longer cell is content, and is not looked at when a header is searched."""

_DROPPED_IN_HEADERS = dict.fromkeys(map(ord, "()[]-_/·."))


class Kind(StrEnum):
    """How the text of a column's cells is understood."""

    TEXT = "text"
    MONEY = "money"
    INTEGER = "integer"
    WEIGHT_G = "weight_g"
    WEIGHT_KG = "weight_kg"
    LENGTH_MM = "length_mm"
    LENGTH_CM = "length_cm"
    DATE = "date"
    LIST = "list"
    OPTIONS = "options"
    PICTURE = "picture"
    FLAG = "flag"
    CODE = "code"
    KEY = "key"  # any text that names a product; what cannot serve as a code becomes one


class Column(BaseModel):
    """One field of our model and the headers under which a form holds it.

    Attributes:
        field: the field in our model, such as ``price_krw`` or ``image_1``.
        kind: how its cells are read.
        headers: header names, best first; when a sheet has several of them, the first cell that is not blank counts.
        pattern: a regular expression for normalised headers that vary, such as one price column per market; after ``headers``.
        occurrence: which one counts, from 1 on from the left, when the form repeats a header; 0 for all of them.
        enums: the seller's word, in lower case -> our value.
        blank_pattern: a regular expression of values that say nothing, such as ``0.00`` for a weight.
        blank_means: what a blank cell means by the form's own rule.
        separator: a regular expression between the items of a list; by default a bar or line break, and a comma but for pictures.
        unless: another header; when its cell is filled, the form itself ignores this column.
        beside: another field; of several headers the one counts that stands at the same place as that field's.
        label: what the form's group calls the column, for options and certificates whose name has no cell.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    field: str
    kind: Kind
    headers: tuple[str, ...] = ()
    pattern: str | None = None
    occurrence: int = Field(default=0, ge=0)
    enums: dict[str, str] = Field(default_factory=dict)
    blank_pattern: str | None = None
    blank_means: str = ""
    separator: str | None = None
    unless: str | None = None
    beside: str | None = None
    label: str = ""

    @field_validator("pattern", "blank_pattern", "separator")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {pattern}") from error
        return pattern

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not self.headers and not self.pattern:
            raise ValueError(f"column {self.field} has neither headers nor a pattern")
        return self


class Placed(BaseModel):
    """A column of a form and where it stands in one sheet.

    Attributes:
        column: the column.
        header: the best one's header, as written.
        indexes: from 0, best first.
        headers: the headers of all of them, in the same order.
        unless_index: where the header stands that overrides the column, or None.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    column: Column
    header: str
    indexes: tuple[int, ...] = Field(min_length=1)
    headers: tuple[str, ...] = ()
    unless_index: int | None = None


def normalise_header(text: str) -> str:
    """A header as it is compared: NFKC, lower case, without white space and ``()[]-_/·.``; empty when it is too long for one.

    Example:
        >>> normalise_header("상품 전체중량(kg)"), normalise_header(" Option_1 Name")
        ('상품전체중량kg', 'option1name')
    """
    return _normalised(text) if len(text) <= MAX_HEADER_CHARS else ""


def place(column: Column, names: list[str], cells: list[str]) -> Placed | None:
    """Where a column stands among the headers of a sheet; None when it has no such header.

    Args:
        column: what is looked for.
        names: the headers, normalised.
        cells: the headers, as written.

    Example:
        >>> price = Column(field="price_krw", kind=Kind.MONEY, headers=("판매가", "가격"))
        >>> place(price, ["가격", "코드", "판매가"], ["가격", "코드", "판매가"]).indexes
        (2, 0)
    """
    wanted = [normalise_header(header) for header in column.headers]
    indexes = [index for name in wanted for index, other in enumerate(names) if other == name]
    if column.pattern:
        varying = re.compile(column.pattern)
        indexes += [index for index, name in enumerate(names) if name and index not in indexes and varying.fullmatch(name)]
    if column.occurrence:
        indexes = indexes[column.occurrence - 1 : column.occurrence]
    if not indexes:
        return None
    headers = tuple(" ".join(cells[index].split()) for index in indexes)
    unless = normalise_header(column.unless) if column.unless else ""
    unless_index = names.index(unless) if unless in names and unless else None
    return Placed(column=column, header=headers[0], indexes=tuple(indexes), headers=headers, unless_index=unless_index)


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DROPPED_IN_HEADERS).lower()
