"""The termbase and word tables that ship with the package, read once and validated; an error names the file and the row."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field

from onestop.adapters.packs import pack_version, read_pack
from onestop.domain.text.tables import Tables
from onestop.domain.text.termbase import Term, Termbase

COLUMNS = ("id", "ko", "variants", "class", "roots", "en", "th", "vi", "th_clf", "vi_clf", "status", "source")
_LOCALES = ("en", "th", "vi")
_TABLE_PACKS = ("text/counters.json", "text/units.json", "text/affixes.json", "text/labels.json", "text/roots.json")


class Provenance(BaseModel):
    """Where data comes from, as every pack states it."""

    model_config = ConfigDict(frozen=True)

    source_title: str = Field(min_length=1)
    source_url: str = Field(min_length=1)
    retrieved_on: date
    licence: str = Field(min_length=1)


@cache
def termbase() -> Termbase:
    """Every term of ``data/termbase/*.csv`` with the word tables of ``data/text/``.

    Raises:
        ValueError: a row does not fit; the message names file, row and reason.
    """
    Provenance.model_validate(read_pack("termbase/provenance.json")["provenance"])
    terms = tuple(term for file in _term_files() for term in read_terms(file.name, file.read_text(encoding="utf-8-sig")))
    return Termbase(terms=terms, tables=tables(), version=termbase_version())


@cache
def tables() -> Tables:
    """The word tables of ``data/text/``: counters, units, affixes, labels, category roots."""
    packs = [read_pack(name) for name in _TABLE_PACKS]
    for pack in packs:
        Provenance.model_validate(pack.pop("provenance"))
    return Tables.model_validate({key: value for pack in packs for key, value in pack.items()})


@cache
def termbase_version() -> str:
    """A short content address of every file that decides how a title is translated."""
    names = [f"termbase/{file.name}" for file in _term_files()]
    return pack_version(*names, *_TABLE_PACKS)


@cache
def banned_words(channel: str, locale: str) -> tuple[str, ...]:
    """Words that a channel refuses in a title of this locale (``text/banned.json``); empty for a channel that names none."""
    channels: dict[str, dict[str, list[dict[str, str]]]] = read_pack("text/banned.json")["channels"]
    return tuple(row["word"] for row in channels.get(channel, {}).get(locale, []))


def read_terms(name: str, text: str) -> Iterator[Term]:
    """The terms of one CSV file.

    Args:
        name: file name, for messages.
        text: UTF-8 content with the header row of ``COLUMNS``.

    Raises:
        ValueError: the header or a row does not fit.
    """
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ValueError(f"{name}: the header must be {','.join(COLUMNS)}")
    for row in reader:
        try:
            yield _term(row)
        except ValueError as error:  # pydantic's ValidationError is one
            raise ValueError(f"{name}, row {reader.line_num} ({row.get('id')}): {error}") from error


def _term(row: dict[str, str | None]) -> Term:
    if None in row or None in row.values():
        raise ValueError(f"{len(COLUMNS)} cells are expected")
    cells = {key: (value or "").strip() for key, value in row.items()}
    if cells["status"] not in ("curated", "candidate"):
        raise ValueError(f"status must be curated or candidate, not {cells['status']!r}")
    return Term.model_validate({
        "id": cells["id"], "ko": cells["ko"], "variants": _parts(cells["variants"]), "kind": cells["class"],
        "roots": _parts(cells["roots"]), "words": {locale: cells[locale] for locale in _LOCALES if cells[locale]},
        "classifiers": {locale: cells[f"{locale}_clf"] for locale in ("th", "vi") if cells[f"{locale}_clf"]},
        "curated": cells["status"] == "curated", "source": cells["source"],
    })  # fmt: skip


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _term_files() -> list[Traversable]:
    folder = files("onestop.data").joinpath("termbase")
    return sorted((file for file in folder.iterdir() if file.name.endswith(".csv")), key=lambda file: file.name)
