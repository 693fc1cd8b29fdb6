"""The checks on the products of a file: each by itself, and each against the rows around it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from onestop.domain.catalog.checks.brackets import bracket_brands
from onestop.domain.catalog.checks.misordered import REACH_ROWS, Names, misordered_blocks
from onestop.domain.catalog.checks.packs import inverted, pack_of_product
from onestop.domain.catalog.checks.registry import check_product
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

T = TypeVar("T")

_ROW_IN_CELL = re.compile(r"\d+$")


class Window(NamedTuple, Generic[T]):
    """Some consecutive rows of a file, with those just before and just after them."""

    before: tuple[T, ...]
    rows: tuple[T, ...]
    after: tuple[T, ...]


def windows(rows: Iterable[T], *, size: int, overlap: int = REACH_ROWS) -> Iterator[Window[T]]:
    """The rows in windows of ``size``, never holding more than one window and its overlap.

    Args:
        size: rows of a window.
        overlap: rows seen of the windows before and after; as far as an English name is looked for.

    Example:
        >>> [window.rows for window in windows(range(5), size=2, overlap=1)]
        [(0, 1), (2, 3), (4,)]
        >>> list(windows(range(5), size=2, overlap=1))[1]
        Window(before=(1,), rows=(2, 3), after=(4,))
    """
    before: tuple[T, ...] = ()
    held: deque[T] = deque()
    for row in rows:
        held.append(row)
        if len(held) == size + overlap:
            own = tuple(held.popleft() for _ in range(size))
            yield Window(before, own, tuple(held))
            before = own[-overlap:] if overlap else ()
    while held:
        own = tuple(held.popleft() for _ in range(min(size, len(held))))
        yield Window(before, own, tuple(held)[:overlap])
        before = own[-overlap:] if overlap else ()


class _Seen(NamedTuple):
    product: Product
    first_row: int | None


class FileChecks:
    """Checks the products of one window of rows; a window never needs another one, so a chunk that died is read again alone.

    Memory is that of the window: its products, and two names for each row around it.

    Args:
        context: what the checks go by.
    """

    def __init__(self, context: CheckContext) -> None:
        self._context = context
        self._seen: dict[int, _Seen] = {}
        self._names: dict[int, Names] = {}

    def see(self, row_number: int, product: Product, *, first_row: int | None = None) -> None:
        """Takes in one product of the window.

        Args:
            first_row: the earlier row of the file that holds the same name and options under another code, if any.
        """
        self._seen[row_number] = _Seen(product, first_row)
        self.see_neighbour(row_number, product.title, product.title_en)

    def see_neighbour(self, row_number: int, title: str, title_en: str | None) -> None:
        """Takes in the names of a row before or after the window; nothing is found in it, but English names may belong there."""
        self._names[row_number] = Names(title, title_en)

    def findings(self) -> dict[int, tuple[Finding, ...]]:
        """Row number -> what was found there, for the rows of the window in which anything was found.

        Asking twice gives the same. A row in a block of misplaced English names is not told that its English contradicts it:
        that is what the block says.
        """
        misplaced = self._misplaced()
        packs = self._packs()
        brands = bracket_brands([seen.product for seen in self._seen.values()], self._context)
        found = {}
        for (row_number, seen), brand in zip(self._seen.items(), brands, strict=True):
            own = check_product(seen.product, self._context)
            if row_number in misplaced:
                own = (*(finding for finding in own if not finding.code.startswith("NAME_EN_")), misplaced[row_number])
            others = (packs.get(row_number), brand, _duplicate(seen))
            found[row_number] = (*own, *(finding for finding in others if finding))
        return {row_number: findings for row_number, findings in found.items() if findings}

    def _misplaced(self) -> dict[int, Finding]:
        numbers = sorted(self._names)
        found = {}
        for block in misordered_blocks([self._names[number] for number in numbers], self._context):
            for number in (numbers[index] for index in block.affected):
                if number in self._seen:
                    cell = self._seen[number].product.cell("title_en") or str(number)
                    first, last = (_cell_in_row(cell, numbers[end]) for end in (block.first, block.last))
                    found[number] = Finding.of("NAME_EN_MISORDERED_BLOCK", field="title_en", cell=cell, first=first, last=last)
        return found

    def _packs(self) -> dict[int, Finding]:
        packs = {number: pack for number, seen in self._seen.items() if (pack := pack_of_product(seen.product, self._context))}
        numbers = list(packs)
        return {numbers[index]: finding for index, finding in inverted(list(packs.values())).items()}


def _duplicate(seen: _Seen) -> Finding | None:
    if seen.first_row is None:
        return None
    cell = seen.product.cell("title")
    return Finding.of("PRODUCT_DUPLICATE_NAME", field="title", cell=cell, first=_cell_in_row(cell or "1", seen.first_row))


def _cell_in_row(cell: str, row_number: int) -> str:
    """The cell of the same column in another row.

    Example:
        >>> _cell_in_row("상품!H12", 7)
        '상품!H7'
    """
    return _ROW_IN_CELL.sub(str(row_number), cell)
