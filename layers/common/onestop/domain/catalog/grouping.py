"""Rows become groups, one for each product, while they stream by; a product's or variant's code that comes again is told."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onestop.domain.catalog.cell_values import one_line
from onestop.domain.catalog.first_rows import FirstRows
from onestop.domain.catalog.places import Row, cell_name
from onestop.domain.catalog.profile import Recognition

MAX_GROUP_ROWS = 1_000
"""Rows of one product: variants and pictures together stay far below in any shop; a bound on what one group can cost."""

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.-]*").fullmatch
"""Most codes by far: ``one_line`` would leave them as they are."""

WINDOW_ROWS = 2_000
"""Rows that are held back where a form puts variants apart from their product, as WooCommerce does, which exports by number."""


class RowGroup(NamedTuple):
    """The rows of one product.

    Attributes:
        rows: in the file's order, at least one.
        first_row: the row where the same code stood before, when another group had it already; else None.
        taken: (row, field, earlier row) where a code stands that another group had already, as its own or as a variant's.
    """

    rows: tuple[Row, ...]
    first_row: int | None = None
    taken: tuple[tuple[int, str, int], ...] = ()

    def first_cell(self, recognition: Recognition, sheet: str | None) -> str | None:
        """The cell where the same code stood before, or None."""
        if self.first_row is None:
            return None
        return cell_name(recognition.plan.readers["sku"].index, self.first_row, sheet)


def grouped(rows: Iterator[Row], recognition: Recognition) -> Iterator[RowGroup]:
    """The rows by product, in the order of the products' first rows.

    In most forms each row is a product. Where a product takes several rows, those with the same code that follow each other
    are one group; where rows name a parent, rows of one product may stand up to 2,000 rows apart.

    Args:
        rows: (row number from 1, cells).
        recognition: how the sheet is read.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind
        >>> from onestop.domain.catalog.profile import Profile, recognise
        >>> handle = Column(field="sku", kind=Kind.KEY, headers=("Handle",))
        >>> form = Profile(name="tiny", option_grammar="rows", several_rows=True, required=(("Handle",),), columns=(handle,))
        >>> found = recognise([(1, ["Handle"])], [form])
        >>> rows = iter([(2, ["a"]), (3, ["a"]), (4, ["b"]), (5, ["a"])])
        >>> [([number for number, _ in group.rows], group.first_row) for group in grouped(rows, found)]
        [([2, 3], None), ([4], None), ([5], 2)]
    """
    seen = FirstRows()
    if recognition.profile.several_rows:
        groups = _several(rows, recognition, seen)
        yield from _told_apart(groups, recognition, seen) if "variant_sku" in recognition.plan.readers else groups
        return
    indexes = recognition.plan.readers["sku"].indexes if "sku" in recognition.plan.readers else ()
    for row in rows:
        number, cells = row
        key = ""
        for index in indexes:
            if index < len(cells):
                text = cells[index]
                key = text if _PLAIN_KEY(text) else one_line(text)
                if key:
                    break
        yield RowGroup((row,), seen.first(key, number) if key else None)


def _several(rows: Iterator[Row], recognition: Recognition, seen: FirstRows) -> Iterator[RowGroup]:
    plan = recognition.plan
    limit = WINDOW_ROWS if "parent" in plan.readers else 0
    held: dict[str, list[Row]] = {}
    heads: dict[str, str] = {}
    count = 0
    for row in rows:
        texts = plan.read(row[1]).texts
        names, parent = _names(texts), texts.get("parent", "")
        if limit and not parent and names and names[0] in heads:
            yield RowGroup((row,), held[heads[names[0]]][0][0])
            continue
        key = (heads.get(parent, parent) if parent else "".join(names[:1])) or f"\0{row[0]}"
        held.setdefault(key, []).append(row)
        if limit and not parent:
            heads |= dict.fromkeys(names, key)
        count += 1
        while count - len(held[key]) > limit or len(held[key]) > MAX_GROUP_ROWS:
            oldest = key if len(held[key]) > MAX_GROUP_ROWS else next(name for name in held if name != key)
            group = held.pop(oldest)
            count -= len(group)
            for name in _names(plan.read(group[0][1]).texts):
                heads.pop(name, None)
            yield RowGroup(tuple(group), seen.first(oldest, group[0][0]))
            held.setdefault(key, [])
    for key, group in held.items():
        if group:
            yield RowGroup(tuple(group), seen.first(key, group[0][0]))


def _told_apart(groups: Iterator[RowGroup], recognition: Recognition, keys: FirstRows) -> Iterator[RowGroup]:
    """The groups, with where their codes were another group's before: of what is ordered under such a code, nobody knows which it is.

    Args:
        keys: where each product's own code stood first, of the groups up to the one that comes.
    """
    variants, (own, each) = FirstRows(), (recognition.plan.readers[field].indexes for field in ("sku", "variant_sku"))
    for group in groups:
        start, key = group.rows[0][0], _first_text(group.rows[0][1], own)
        found = [(start, "sku", earlier)] if group.first_row is None and (earlier := variants.find(key)) else []
        codes = {} if group.first_row else {_first_text(cells, each): number for number, cells in reversed(group.rows)}
        for code, number in reversed(codes.items()):
            if not code or not _PLAIN_KEY(code):  # no other text can become a variant's code
                continue
            first = variants.first(code, number) or keys.find(code)
            if first and first != start and not (found and code == key):
                found.append((number, "variant_sku", first))
        yield group._replace(taken=tuple(found)) if found else group


def _first_text(cells: list[str], indexes: Sequence[int]) -> str:
    return next((text for index in indexes if index < len(cells) and (text := cells[index].strip())), "")


def _names(texts: dict[str, str]) -> list[str]:
    """What a row may be called by the rows of its variants: its code, and its number in the shop."""
    return [name for name in (texts.get("sku", ""), f"id:{texts['row_id']}" if texts.get("row_id") else "") if name]
