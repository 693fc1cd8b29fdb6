"""Rows of a text table: CSV, TSV and their kin, in the encodings and with the delimiters that sellers' programs write."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from itertools import chain, islice
from typing import IO

from onestop.adapters.catalogue_files.caps import MAX_FILE_BYTES, MAX_ROWS, MIB, refuse
from onestop.adapters.catalogue_files.spool import chunks, piece, text_of

Row = tuple[int, list[str]]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"
_SNIFF_CHARS = 64 * 1024
_SNIFF_ROWS = 50
_END = "\x00end"  # no text holds a NUL; the line shows whether a quote was still open at the end
_MULTIBYTE_TO_BE_UTF8 = 10  # CP949 text does not form that many valid UTF-8 sequences by chance


class TextTable:
    """The rows of one text file, decoded while they are read.

    Raises:
        PermanentError: FILE_ENCODING_UNKNOWN, at construction.
    """

    sheet = None

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encoding = find_encoding(file)
        self._delimiter = find_delimiter(self._text().read(_SNIFF_CHARS))

    def rows(self) -> Iterator[Row]:
        """(Row number from 1, cells) of every row that is not blank.

        Raises:
            PermanentError: FILE_TOO_LARGE after 1,048,576 rows; FILE_QUOTE_OPEN at the end, when a quote was never closed,
                because then an unknown number of products lies inside one cell.
        """
        csv.field_size_limit(MAX_FILE_BYTES)  # a cell is bounded by the file, and judged by whoever reads the row
        reader = csv.reader(chain(self._text(), [_END]), delimiter=self._delimiter)
        for number, cells in enumerate(reader, start=1):
            if cells and cells[-1].endswith(_END):
                if cells != [_END]:
                    raise refuse("FILE_QUOTE_OPEN", row=number)
                return
            if number > MAX_ROWS:
                raise refuse("FILE_TOO_LARGE", size=f"> {MAX_ROWS:,} rows", limit=f"{MAX_ROWS:,}")
            if (cells and cells[0].strip()) or any(map(str.strip, cells)):
                yield number, cells

    def _text(self) -> TextIOWrapper:
        return text_of(self._file, self._encoding, newline="")


def find_encoding(file: IO[bytes]) -> str:
    """The name of the codec that reads all of the file: UTF-8, UTF-16 with a mark, or CP949 (which holds EUC-KR).

    Raises:
        PermanentError: FILE_ENCODING_UNKNOWN. Damaged UTF-8 is not taken for CP949, which would read nonsense out of it.

    Example:
        >>> from io import BytesIO
        >>> find_encoding(BytesIO("상품명".encode())), find_encoding(BytesIO("상품명".encode("cp949")))
        ('utf-8', 'cp949')
    """
    head = piece(file, 0, max(len(mark) for mark, _ in _MARKS))
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    encoding = marked or "utf-8"
    broken_at = _first_broken_byte(file, encoding)
    if broken_at is None:
        return encoding
    if marked is None and not _looks_like_utf8(file, broken_at):
        encoding = "cp949"
        broken_at = _first_broken_byte(file, encoding)
        if broken_at is None:
            return encoding
    raise refuse("FILE_ENCODING_UNKNOWN", detail=f"{encoding}, byte {broken_at + 1}")


def find_delimiter(head: str) -> str:
    """The delimiter among ``, ; tab |`` that cuts the most rows into the most equal number of cells; a comma for a tie.

    Example:
        >>> find_delimiter("note, with a comma\\nsku;title;price\\nA;B, C;1\\n")
        ';'
    """
    return max(_DELIMITERS, key=lambda delimiter: _evenness(head, delimiter))


def _evenness(head: str, delimiter: str) -> int:
    csv.field_size_limit(MAX_FILE_BYTES)
    widths = Counter(len(cells) for cells in islice(csv.reader(StringIO(head, newline=""), delimiter=delimiter), _SNIFF_ROWS))
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _first_broken_byte(file: IO[bytes], encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    start = 0
    try:
        for chunk in chain(chunks(file), [b""]):
            pending = len(decoder.getstate()[0])
            decoder.decode(chunk, final=not chunk)
            start += len(chunk)
    except UnicodeDecodeError as error:
        return start - pending + error.start
    return None


def _looks_like_utf8(file: IO[bytes], valid_bytes: int) -> bool:
    """Whether the bytes before the first broken one hold so much UTF-8 that they are hardly anything else."""
    valid = piece(file, max(0, valid_bytes - MIB), min(valid_bytes, MIB))
    return sum(byte >= 0xC2 for byte in valid) >= _MULTIBYTE_TO_BE_UTF8
