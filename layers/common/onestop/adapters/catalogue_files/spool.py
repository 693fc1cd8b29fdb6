"""A seller's file that need not fit into memory: read in pieces, from its start as often as is wanted, by several readers at once."""

from collections.abc import Iterator
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import IO

from onestop.adapters.catalogue_files.caps import MIB


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """All bytes of the file, some at a time; others may read it meanwhile.

    Example:
        >>> from io import BytesIO
        >>> list(chunks(BytesIO(b"sku,title")))
        [b'sku,title']
    """
    at = 0
    while some := piece(file, at, MIB):
        yield some
        at += len(some)


def piece(file: IO[bytes], start: int, size: int) -> bytes:
    """At most ``size`` bytes of the file, from ``start`` on; all that are left when it is negative."""
    file.seek(start)
    return file.read(size)


def size_of(file: IO[bytes]) -> int:
    """How many bytes the file has."""
    return file.seek(0, 2)


def text_of(file: IO[bytes], encoding: str, *, newline: str | None = None) -> TextIOWrapper:
    """The file's text from its start; closing it leaves the file open."""
    return TextIOWrapper(BufferedReader(_FromStart(file)), encoding=encoding, newline=newline)


class _FromStart(RawIOBase):
    """Reads a file at a place of its own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the buffers that BufferedReader brings
        some = piece(self._file, self._at, len(buffer))
        buffer[: len(some)] = some
        self._at += len(some)
        return len(some)
