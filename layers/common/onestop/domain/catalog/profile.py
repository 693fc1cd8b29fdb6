"""Which form a seller's file is: profiles of known forms, and their recognition by header fingerprint."""

import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

HEADER_SEARCH_ROWS = 30
"""How deep a header may stand: the deepest one in a known form is row 4, and sellers put notes above it."""

_DROPPED_IN_HEADERS = frozenset("()[]-_/·.")


class Kind(StrEnum):
    """How the text of a column's cells is understood."""

    TEXT = "text"
    MONEY = "money"
    INTEGER = "integer"
    WEIGHT_G = "weight_g"
    WEIGHT_KG = "weight_kg"
    LIST = "list"
    OPTIONS = "options"
    PICTURE = "picture"
    FLAG = "flag"
    CODE = "code"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Column(_Frozen):
    """One field of our model and the headers under which a form holds it.

    Attributes:
        field: the field in our model, such as ``price_krw`` or ``image_1``.
        kind: how its cells are read.
        headers: header names, best first; when a sheet has several of them, the first cell that is not blank counts.
        enums: the seller's word, in lower case -> our value.
        blank_pattern: a regular expression of values that say nothing, such as ``0.00`` for a weight.
    """

    field: str
    kind: Kind
    headers: tuple[str, ...] = Field(min_length=1)
    enums: dict[str, str] = Field(default_factory=dict)
    blank_pattern: str | None = None


class Trap(_Frozen):
    """A header that invites a mistake: it must never be read as ``never``."""

    header: str
    never: str
    reason: str


class Profile(_Frozen):
    """A known form. A new form is a new data file, unless its options are written in a new grammar.

    Attributes:
        name: identifier, such as ``cafe24``.
        option_grammar: ``columns`` (name and values in columns of their own) or ``cafe24`` (``name{value|value}//...``).
        required: anchors that must all be there; each is a set of names for the same header.
        strong: anchors that speak for the form.
        negative: anchors that speak against it.
        columns: what is read.
        traps: what must not be taken for something else.
    """

    name: str
    option_grammar: Literal["columns", "cafe24"]
    required: tuple[tuple[str, ...], ...] = Field(min_length=1)
    strong: tuple[tuple[str, ...], ...] = ()
    negative: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Column, ...] = Field(min_length=1)
    traps: tuple[Trap, ...] = ()

    @model_validator(mode="after")
    def _no_trap_is_read(self) -> Self:
        trapped = {(normalise_header(trap.header), trap.never) for trap in self.traps}
        for column in self.columns:
            for header in column.headers:
                if (normalise_header(header), column.field) in trapped:
                    raise ValueError(f"profile {self.name}: {header} must never be read as {column.field}")
        return self


class Placed(_Frozen):
    """A column of a profile and where it stands in one sheet: indexes from 0, best first, and the best one's header as written."""

    column: Column
    header: str
    indexes: tuple[int, ...] = Field(min_length=1)


class Recognition(_Frozen):
    """How one sheet is read: the receipt of the recognition, and all that ``read_row`` needs.

    Attributes:
        profile: the form.
        header_row: the row of the header, from 1.
        width: columns up to the last header that is not blank; anything to the right is a phantom.
        columns: field -> where it is read from.
        ignored: headers that are not read, as written.
        confidence: 0 to 1, the share of the form's anchors that were found, less those that speak against it.
    """

    profile: Profile
    header_row: int = Field(ge=1)
    width: int = Field(ge=1)
    columns: dict[str, Placed]
    ignored: tuple[str, ...]
    confidence: float


def normalise_header(text: str) -> str:
    """A header as it is compared: NFKC, lower case, without white space and ``()[]-_/·.``.

    Example:
        >>> normalise_header("상품 전체중량(kg)"), normalise_header(" Option_1 Name")
        ('상품전체중량kg', 'option1name')
    """
    kept = (char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char not in _DROPPED_IN_HEADERS)
    return "".join(kept).lower()


def recognise(rows: Iterable[tuple[int, Sequence[str]]], profiles: Sequence[Profile]) -> Recognition:
    """The best match of a profile and a header row among the first rows of a sheet.

    Rows above the header, the order of columns, spacing inside headers and columns that nobody knows change nothing.

    Args:
        rows: (row number from 1, cells); only the first 30 are looked at.
        profiles: the known forms.

    Raises:
        PermanentError: FILE_HEADER_UNKNOWN when no form fits, or two fit equally well.

    Example:
        >>> code = Column(field="sku", kind=Kind.CODE, headers=("sku", "상품코드"))
        >>> form = Profile(name="tiny", option_grammar="columns", required=(("sku", "상품코드"),), columns=(code,))
        >>> found = recognise([(1, ["note"]), (2, ["memo", "상품 코드"])], [form])
        >>> found.header_row, found.columns["sku"].indexes, found.ignored
        (2, (1,), ('memo',))
    """
    matches = [
        (score, -number, profile, number, cells)
        for number, cells in islice(rows, HEADER_SEARCH_ROWS)
        for profile in profiles
        if (score := _score(profile, frozenset(map(normalise_header, cells)))) is not None
    ]
    if not matches:
        raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))
    best_score, _, profile, number, cells = max(matches, key=lambda match: match[:2])
    if any(match[0] == best_score and match[2] is not profile for match in matches):
        raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))
    return _place(profile, number, cells, best_score)


def _score(profile: Profile, headers: frozenset[str]) -> int | None:
    def hits(anchors: tuple[tuple[str, ...], ...]) -> int:
        return sum(any(normalise_header(name) in headers for name in names) for names in anchors)

    if hits(profile.required) < len(profile.required):
        return None
    return len(profile.required) + hits(profile.strong) - hits(profile.negative)


def _place(profile: Profile, number: int, cells: Sequence[str], score: int) -> Recognition:
    names = [normalise_header(cell) for cell in cells]
    columns = {}
    for column in profile.columns:
        wanted = [normalise_header(header) for header in column.headers]
        indexes = sorted((index for index, name in enumerate(names) if name in wanted), key=lambda index: wanted.index(names[index]))
        if indexes:
            columns[column.field] = Placed(column=column, header=" ".join(cells[indexes[0]].split()), indexes=tuple(indexes))
    read = {index for placed in columns.values() for index in placed.indexes}
    confidence = max(0, score) / (len(profile.required) + len(profile.strong))
    return Recognition(
        profile=profile, header_row=number, columns=columns, confidence=round(confidence, 2),
        width=max(index for index, name in enumerate(names) if name) + 1,
        ignored=tuple(cell.strip() for index, cell in enumerate(cells) if names[index] and index not in read),
    )  # fmt: skip
