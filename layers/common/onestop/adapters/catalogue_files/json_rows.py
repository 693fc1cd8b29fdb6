"""Rows of a JSON or JSONL file: its keys are the headers, each object is a row."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from onestop.adapters.catalogue_files.caps import MAX_JSON_BYTES, MAX_JSON_KEYS, MAX_ROWS, refuse, too_large
from onestop.adapters.catalogue_files.csv_rows import find_encoding
from onestop.adapters.catalogue_files.spool import piece, size_of, text_of
from onestop.domain.catalog.places import BROKEN, NESTED, Row

_LISTS = ("products", "items", "data", "상품")
_PICTURES = frozenset({"images", "pictures", "이미지"})
_OPTIONS = frozenset({"options", "옵션"})
_NAMES, _VALUES = ("name", "이름"), ("values", "value", "값")

Record = dict[str, Any] | None
"""An object of the file, or None where there should be one."""


class JsonTable:
    """The objects of a JSON file as rows: row 1 holds the keys, in the order of their first use; object n is row n + 1.

    Numbers keep their digits, true and false are words, null is blank, a list of texts is joined by a bar. A list of pictures
    and a list of options with name and values become the columns of our own sheet; any other nesting is marked in its cell.

    Raises:
        PermanentError: FILE_JSON_INVALID, FILE_TOO_LARGE or FILE_ENCODING_UNKNOWN, at construction.
    """

    sheet = None

    def __init__(self, records: Callable[[], Iterator[Record]]) -> None:
        self._records = records
        self._keys = _keys(records())

    def rows(self) -> Iterator[Row]:
        """(Row number from 1, cells) of the keys and of every object that is not empty."""
        yield 1, list(self._keys)
        for number, record in enumerate(self._records(), start=2):
            if record is None:
                yield number, [BROKEN] * len(self._keys)
                continue
            cells = _flat(record)
            if any(cells.values()):
                yield number, [cells.get(key, "") for key in self._keys]


def open_json(file: IO[bytes]) -> JsonTable | None:
    """The table in this file; None when it is not JSON at all, such as a CSV whose first cell begins with a bracket.

    Raises:
        PermanentError: FILE_JSON_INVALID when it begins like JSON and is none; FILE_TOO_LARGE; FILE_ENCODING_UNKNOWN.
    """
    start = piece(file, 0, 4096).removeprefix(BOM_UTF8).lstrip()
    if not start.startswith((b"{", b"[")):
        return None
    first_line = start.split(b"\n", 1)[0].strip()
    if start.startswith(b"{") and _as_object(first_line.decode("utf-8", "replace")) is not None:
        return JsonTable(lambda: _lines(file, find_encoding(file)))
    document = _document(file)
    if document is None and start[1:].lstrip()[:1] not in (b"{", b'"', b"[", b"]"):
        return None
    records = _list_in(document)
    if records is None:
        raise refuse("FILE_JSON_INVALID")
    return JsonTable(lambda: (one if isinstance(one, dict) else None for one in records))


def _document(file: IO[bytes]) -> Any:
    if (size := size_of(file)) > MAX_JSON_BYTES:
        raise too_large(size, MAX_JSON_BYTES)
    return _parsed(piece(file, 0, -1).decode(find_encoding(file)))


def _list_in(document: Any) -> list[Any] | None:
    """The list of products: the document itself, or what stands in it under one of the usual names."""
    if isinstance(document, dict):
        document = next((document[name] for name in _LISTS if isinstance(document.get(name), list)), document)
        return [document] if isinstance(document, dict) else document
    return document if isinstance(document, list) else None


def _lines(file: IO[bytes], encoding: str) -> Iterator[Record]:
    for line in text_of(file, encoding):
        if line.strip():
            yield _as_object(line)


def _as_object(text: str) -> Record:
    parsed = _parsed(text)
    return parsed if isinstance(parsed, dict) else None


def _parsed(text: str) -> Any:
    """The value of a JSON text, its numbers as they are written; None when it is none, nested beyond measure, or no Unicode."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        if "\\u" in text:  # half of a surrogate pair can be escaped, but neither stored nor sent
            json.dumps(value, ensure_ascii=False).encode()
    except (json.JSONDecodeError, UnicodeEncodeError, RecursionError):
        return None
    return value


def _keys(records: Iterator[Record]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for number, record in enumerate(records, start=1):
        keys |= dict.fromkeys(_flat(record or {}))
        if len(keys) > MAX_JSON_KEYS or number > MAX_ROWS:
            raise refuse("FILE_TOO_LARGE", size=f"{number:,} x {len(keys):,}", limit=f"{MAX_ROWS:,} x {MAX_JSON_KEYS:,}")
    if not keys:
        raise refuse("FILE_EMPTY")
    return tuple(keys)


def _flat(record: Mapping[str, Any]) -> dict[str, str]:
    """Key -> text of one object."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = key.strip().lower()
        if name in _PICTURES and _is_texts(value):
            cells |= {f"image_{number}": text for number, text in enumerate(value, start=1)}
        elif name in _OPTIONS and isinstance(value, list) and (columns := _option_columns(value)) is not None:
            cells |= columns
        else:
            cells[key] = _text(value)
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value
    return "|".join(value) if _is_texts(value) else NESTED


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _option_columns(options: list[Any]) -> dict[str, str] | None:
    cells: dict[str, str] = {}
    for number, option in enumerate(options, start=1):
        if not isinstance(option, dict):
            return None
        name = next((option[key] for key in _NAMES if key in option), None)
        values = next((option[key] for key in _VALUES if key in option), None)
        if not isinstance(name, str) or not isinstance(values, list) or not _is_texts(values):
            return None
        cells |= {f"option_{number}_name": name, f"option_{number}_value": "|".join(values)}
    return cells
