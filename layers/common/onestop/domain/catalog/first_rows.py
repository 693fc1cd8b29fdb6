"""In which row something stood first, for files of any size: a table of content hashes, 12 bytes a slot."""

import sys
from array import array

_FEWEST_SLOTS = 1024
_TO_UNSIGNED = 2 * sys.maxsize + 1


class FirstRows:
    """Remembers the first row of each text, without the text.

    An open-addressing table of 8-byte hashes and 4-byte row numbers, at most two thirds full: 18 to 36 bytes a row, 12.6 MB for
    500,000 rows (19 MB for the moment in which it grows). Two different texts share a hash once in some hundred million files of that size.

    Example:
        >>> rows = FirstRows()
        >>> rows.first("양말", 2), rows.first("장갑", 3), rows.first("양말", 9)
        (None, None, 2)
    """

    def __init__(self) -> None:
        self._slots = _FEWEST_SLOTS
        self._hashes = array("Q", bytes(8 * self._slots))
        self._rows = array("I", bytes(4 * self._slots))
        self._count = 0

    def first(self, text: str, row_number: int) -> int | None:
        """The earlier row that held this text, or None when it is new; then ``row_number`` is remembered for it."""
        # Python's own hash has a secret key, so that nobody can make two texts that share one; the table never leaves the process.
        key = hash(text) & _TO_UNSIGNED or 1
        hashes, slots = self._hashes, self._slots
        at = key % slots
        while (held := hashes[at]) and held != key:
            at = (at + 1) % slots
        if held:
            return self._rows[at]
        hashes[at], self._rows[at] = key, row_number
        self._count += 1
        if self._count * 3 > self._slots * 2:
            self._grow()
        return None

    def find(self, text: str) -> int | None:
        """The earlier row that held this text, or None; nothing is remembered.

        Example:
            >>> rows = FirstRows()
            >>> rows.find("양말"), rows.first("양말", 2), rows.find("양말")
            (None, None, 2)
        """
        at = self._slot_of(hash(text) & _TO_UNSIGNED or 1)
        return self._rows[at] if self._hashes[at] else None

    @property
    def size_bytes(self) -> int:
        """The memory that the table takes."""
        return self._slots * (self._hashes.itemsize + self._rows.itemsize)

    def _slot_of(self, key: int) -> int:
        at = key % self._slots
        while self._hashes[at] not in (0, key):
            at = (at + 1) % self._slots
        return at

    def _grow(self) -> None:
        hashes, rows = self._hashes, self._rows
        self._slots *= 2
        self._hashes = array("Q", bytes(8 * self._slots))
        self._rows = array("I", bytes(4 * self._slots))
        for key, row_number in zip(hashes, rows, strict=True):
            if key:
                at = self._slot_of(key)
                self._hashes[at], self._rows[at] = key, row_number
