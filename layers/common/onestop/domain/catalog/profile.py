"""Which form a seller's file is: profiles of known forms, and their recognition by header fingerprint."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.catalog.columns import Column, Placed, normalise_header, place
from onestop.domain.catalog.known_cells import KnownCells
from onestop.domain.catalog.plan import Plan
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding

HEADER_SEARCH_ROWS = 30
"""How deep a header may stand: the deepest one in a known form is row 4, and sellers put notes above it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class Trap(_Frozen):
    """A header that invites a mistake: it must never be read as ``never``."""

    header: str
    never: str
    reason: str


class Guide(_Frozen):
    """A row of the form itself, such as its instructions or its example, told by what stands in one of its cells.

    Attributes:
        header: the column; empty for any cell of the row.
        pattern: a regular expression that the whole cell matches.
    """

    header: str = ""
    pattern: str


class Profile(_Frozen):
    """A known form. A new form is a new data file, unless its options are written in a new grammar.

    Attributes:
        name: identifier, such as ``cafe24``.
        option_grammar: how options are written: ``columns`` (name and values in columns of their own), ``cafe24``
            (``name{value|value}//...``), ``esm`` (one option a line, by type), ``naver`` (names and values by line and comma),
            ``rows`` (one row for each variant), or ``none``.
        several_rows: whether one product may take several rows: those with the same code, or with a ``parent``.
        required: anchors that must all be there; each is a set of names for the same header.
        strong: anchors that speak for the form.
        negative: anchors that speak against it.
        guide_rows: how many rows below the header the form's own rows reach.
        guides: how those are told from products.
        unread_types: values of the field ``type`` that are no goods with a price of their own.
        columns: what is read.
        traps: what must not be taken for something else.
    """

    name: str
    option_grammar: Literal["columns", "cafe24", "esm", "naver", "rows", "none"]
    several_rows: bool = False
    required: tuple[tuple[str, ...], ...] = Field(min_length=1)
    strong: tuple[tuple[str, ...], ...] = ()
    negative: tuple[tuple[str, ...], ...] = ()
    guide_rows: int = Field(default=0, ge=0)
    guides: tuple[Guide, ...] = ()
    unread_types: tuple[str, ...] = ()
    columns: tuple[Column, ...] = Field(min_length=1)
    traps: tuple[Trap, ...] = ()

    @model_validator(mode="after")
    def _no_trap_is_read(self) -> Self:
        for trap in self.traps:
            name = normalise_header(trap.header)
            for column in self.columns:
                named = name in map(normalise_header, column.headers) or re.fullmatch(column.pattern or r"(?!)", name)
                if named and column.field == trap.never:
                    raise ValueError(f"profile {self.name}: {trap.header} must never be read as {column.field}")
        return self


class Recognition(_Frozen):
    """How one sheet is read: the receipt of the recognition, and all that ``read_row`` needs.

    Attributes:
        profile: the form.
        header_row: the row of the header, from 1.
        width: columns up to the last header that is not blank; anything to the right is a phantom.
        columns: field -> where it is read from.
        ignored: headers that are not read, as written.
        confidence: 0 to 1, the share of the form's anchors that were found, less those that speak against it.
        guide_indexes: for each of the form's guides the index of its column, or None for any cell.
        has_cents: whether the first prices have fractions, which won have not: then none of the sheet's is taken for won.
    """

    profile: Profile
    header_row: int = Field(ge=1)
    width: int = Field(ge=1)
    columns: dict[str, Placed]
    ignored: tuple[str, ...]
    confidence: float
    guide_indexes: tuple[int | None, ...] = ()
    has_cents: bool = False

    @cached_property
    def plan(self) -> Plan:
        """The columns, made ready to read many rows."""
        return Plan(self.columns, self.width, has_cents=self.has_cents)

    @cached_property
    def known_cells(self) -> KnownCells:
        """What the cells of the sheet said so far."""
        return KnownCells(self.plan, self.profile.option_grammar)

    def receipt(self) -> dict[str, str]:
        """Header as written -> the field, or fields, that are read from it."""
        read: dict[str, str] = {}
        for field, placed in self.columns.items():
            for header in placed.headers or (placed.header,):
                read[header] = f"{read[header]}, {field}" if header in read and field not in read[header] else field
        return read


def recognise(rows: Iterable[tuple[int, Sequence[str]]], profiles: Sequence[Profile]) -> Recognition:
    """The best match of a profile and a header row among the first rows of a sheet.

    Rows above the header, the order of columns, spacing inside headers and columns that nobody knows change nothing.

    Args:
        rows: (row number from 1, cells); only the first 30 are looked at.
        profiles: the known forms.

    Raises:
        PermanentError: FILE_HEADER_UNKNOWN when no form fits, or two fit equally well.

    Example:
        >>> from onestop.domain.catalog.columns import Kind
        >>> code = Column(field="sku", kind=Kind.CODE, headers=("sku", "상품코드"))
        >>> form = Profile(name="tiny", option_grammar="columns", required=(("sku", "상품코드"),), columns=(code,))
        >>> found = recognise([(1, ["note"]), (2, ["memo", "상품 코드"])], [form])
        >>> found.header_row, found.columns["sku"].indexes, found.ignored
        (2, (1,), ('memo',))
    """
    matches = [
        (score, -number, profile, number, cells)
        for number, cells in islice(rows, HEADER_SEARCH_ROWS)
        for headers in [frozenset(map(normalise_header, cells))]
        for profile in profiles
        if (score := _score(profile, headers)) is not None
    ]
    if not matches:
        raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))
    best_score, _, profile, number, cells = max(matches, key=lambda match: match[:2])
    if any(match[0] == best_score and match[2] is not profile for match in matches):
        raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))
    return _recognition(profile, number, cells, best_score)


def _score(profile: Profile, headers: frozenset[str]) -> int | None:
    def hits(anchors: tuple[tuple[str, ...], ...]) -> int:
        return sum(any(normalise_header(name) in headers for name in names) for names in anchors)

    if hits(profile.required) < len(profile.required):
        return None
    return len(profile.required) + hits(profile.strong) - hits(profile.negative)


def _recognition(profile: Profile, number: int, cells: Sequence[str], score: int) -> Recognition:
    names = [normalise_header(cell) for cell in cells]
    found = ((column.field, place(column, names, list(cells))) for column in profile.columns)
    columns = {field: placed for field, placed in found if placed}
    read = {index for placed in columns.values() for index in placed.indexes}
    confidence = max(0, score) / (len(profile.required) + len(profile.strong))
    guided = [normalise_header(guide.header) for guide in profile.guides]
    return Recognition(
        profile=profile, header_row=number, columns=columns, confidence=round(confidence, 2),
        width=max(index for index, name in enumerate(names) if name) + 1,
        ignored=tuple(cell.strip() for index, cell in enumerate(cells) if names[index] and index not in read),
        guide_indexes=tuple(names.index(name) if name and name in names else None for name in guided),
    )  # fmt: skip
