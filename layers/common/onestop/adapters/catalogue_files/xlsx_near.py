"""Proves quickly that no cell of a sheet lies far out, so that most sheets need not be measured cell by cell."""

import re
from collections.abc import Callable
from functools import lru_cache

from onestop.adapters.catalogue_files.caps import MAX_GRID_CELLS

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"')
_PREFIXED = re.compile(rb":(?:row|c)[\s/>]")
_LETTERS = 26
_MOST_ROUNDS = 27  # up to ZZ; no real sheet is wider

Search = Callable[[bytes, int], re.Match[bytes] | None]


class NearCells:
    """A rectangle that is known to hold all cells seen so far; it grows in steps, and is only somewhat larger than need be.

    Attributes:
        is_proven: whether all windows so far hold none but cells written as spreadsheet programs do, in a rectangle that may be.
    """

    def __init__(self) -> None:
        self.is_proven = True
        self._rounds, self._digits, self._first = 1, 4, 9

    def look(self, window: bytes) -> None:
        """Widens the rectangle by the cells of a window, or gives up."""
        self.is_proven = self.is_proven and not _PREFIXED.search(window) and self._holds(window)

    def _holds(self, window: bytes) -> bool:
        at = 0
        while outside := _outside(self._rounds, self._digits, self._first)(window, at):
            at = outside.start()
            cell = _CELL.match(window, at)
            if cell is None:
                return False
            self._widen(column_number(cell[1]), cell[2])
            if self._rounds > _MOST_ROUNDS or self._rounds * _LETTERS * (self._first + 1) * 10 ** (self._digits - 1) > MAX_GRID_CELLS:
                return False
        return True

    def _widen(self, column: int, row: bytes) -> None:
        self._rounds = max(self._rounds, -(-column // _LETTERS))
        self._digits, self._first = max((self._digits, self._first), (len(row), int(row[:1])))


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """The number of a column, from 1.

    Example:
        >>> column_number(b"A"), column_number(b"AB")
        (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number


@lru_cache(maxsize=256)
def _outside(rounds: int, digits: int, first: int) -> Search:
    """Finds the next cell that does not say, as programs write it, that it lies in the rectangle.

    Args:
        rounds: how many times 26 columns it is wide.
        digits, first: how many digits its last row has, and the first of them; the others are nines.
    """
    second = f"[A-{chr(ord('A') + rounds - 2)}]?" if rounds > 1 else ""
    row = rf"(?:\d{{1,{digits - 1}}}|[1-{first}]\d{{{digits - 1}}})"
    return re.compile(rf'<c(?=[\s/>])(?! r="{second}[A-Z]{row}")'.encode()).search
