"""The termbase and word tables that ship with the package, read once and validated; an error names the file and the row."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field

from onestop.adapters.packs import pack_version, read_csv, read_pack
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.tables import Tables
from onestop.domain.text.termbase import Term, Termbase, TermKind
from onestop.domain.text.things import Noun, Things
from onestop.domain.text.words import Form

COLUMNS = ("id", "ko", "variants", "class", "roots", "en", "th", "vi", "th_clf", "vi_clf", "status", "source")
FORM_COLUMNS = ("id", "ko", "en", "form", "plural", "gender", "feminine", "feminine_plural", "counter", "possessed", "status", "source")
NOUN_COLUMNS = ("id", "ko", "en", "same_as", "kind_of", "part_of", "also", "status", "source")
_STATUSES = ("curated", "candidate")
_TABLE_PACKS = tuple(
    f"text/{name}.json" for name in ("counters", "units", "affixes", "labels", "roots", "sizes", "negations", "spellings")
)  # fmt: skip
_FORMULA_SIGNS = ("=", "+", "-", "@")


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

    What its nouns are of each other is in ``data/termbase/things/nouns.csv``. The forms of a locale
    (``data/termbase/forms/<locale>.csv``) are read when that locale is first asked for.

    Raises:
        ValueError: a row does not fit; the message names file, row and reason. A row of forms says so when its locale is read.
    """
    Provenance.model_validate(read_pack("termbase/provenance.json")["provenance"])
    terms = tuple(term for file in _term_files() for term in read_terms(file.name, file.read_text(encoding="utf-8-sig")))
    korean = {term.id: term.ko for term in terms}

    @cache
    def forms(locale: str) -> Mapping[str, Form]:
        file = files("onestop.data").joinpath("termbase", "forms", f"{locale}.csv")
        return read_forms(file.name, file.read_text(encoding="utf-8-sig"), korean) if file.is_file() else {}

    file = files("onestop.data").joinpath("termbase", "things", "nouns.csv")
    nouns = read_nouns(file.name, file.read_text(encoding="utf-8-sig"), {t.id: t.ko for t in terms if t.kind is TermKind.HEAD})
    return Termbase(terms=terms, tables=tables(), forms=forms, things=Things(nouns), version=termbase_version())


@cache
def tables() -> Tables:
    """The word tables of ``data/text/``: counters, units, affixes, labels, category roots, sizes, negations, spellings."""
    packs = [read_pack(name) for name in _TABLE_PACKS]
    for pack in packs:
        Provenance.model_validate(pack.pop("provenance"))
    return Tables.model_validate({key: value for pack in packs for key, value in pack.items()})


@cache
def termbase_version() -> str:
    """A short content address of every file that decides how a title is translated."""
    names = [f"termbase/{file.name}" for file in _term_files()]
    names += [f"termbase/{folder}/{file.name}" for folder in ("forms", "things") for file in _csv_files(folder)]
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
    return read_csv(name, text, COLUMNS, _term)


def _term(row: list[str]) -> Term:
    term_id, ko, variants, kind, roots, en, th, vi, th_clf, vi_clf, status, source = map(str.strip, row)
    if status not in _STATUSES:
        raise ValueError(f"status must be curated or candidate, not {status!r}")
    words, classifiers = {"en": en, "th": th, "vi": vi}, {"th": th_clf, "vi": vi_clf}
    return Term.model_validate({
        "id": term_id, "ko": ko, "variants": _parts(variants), "kind": kind, "roots": _parts(roots),
        "words": words if en and th and vi else _filled(words), "classifiers": classifiers if th_clf and vi_clf else _filled(classifiers),
        "curated": status == "curated", "source": source,
    })  # fmt: skip


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {locale: cell for locale, cell in cells.items() if cell}


def read_forms(name: str, text: str, korean: Mapping[str, str]) -> dict[str, Form]:
    """The forms of one locale's CSV file, by term id.

    Args:
        name: file name, for messages.
        text: UTF-8 content with the header row of ``FORM_COLUMNS``.
        korean: term id -> its Korean, which each row repeats so that a translator sees what is meant.

    Raises:
        ValueError: the header or a row does not fit.
    """
    return dict(read_csv(name, text, FORM_COLUMNS, lambda row: (row[0], _form(row, korean))))


def _form(row: list[str], korean: Mapping[str, str]) -> Form:
    term_id, ko, _, text, plural, gender, feminine, feminine_plural, counter, possessed, status, _ = row
    if korean.get(term_id) != ko:
        raise ValueError(f"the term's Korean is {korean.get(term_id)!r}, not {ko!r}")
    if not text or status not in _STATUSES or gender not in ("", "m", "f"):
        raise ValueError("a form, a status of curated or candidate and a gender of m, f or nothing are expected")
    cells = "".join(row[3:10])
    if HANGUL.search(cells) or not unicodedata.is_normalized("NFC", cells) or text.startswith(_FORMULA_SIGNS):
        raise ValueError("a form is in NFC, holds no Hangul and starts with no formula sign")
    return Form(text, plural, gender, feminine, feminine_plural, counter, possessed, status == "curated")


def read_nouns(name: str, text: str, korean: Mapping[str, str]) -> dict[str, Noun]:
    """What nouns are of each other, by term id; a candidate row says nothing yet.

    Args:
        name: file name, for messages.
        text: UTF-8 content with the header row of ``NOUN_COLUMNS``.
        korean: id -> Korean of every term that names a product; each row repeats it so that a reader sees what is meant.

    Raises:
        ValueError: the header or a row does not fit; a noun is, over others, a kind of itself.
    """
    found: dict[str, Noun] = {}
    for noun in read_csv(name, text, NOUN_COLUMNS, lambda row: _noun(row, korean)):
        found.update(noun)
    _check_nouns(name, found)
    return found


def _noun(row: list[str], korean: Mapping[str, str]) -> dict[str, Noun]:
    """The row's noun by its id; nothing when it is of no other noun, or a candidate."""
    term_id, ko, _, same_as, kind_of, part_of, also, status, _ = row
    if korean.get(term_id) != ko:
        raise ValueError(f"the noun's Korean is {korean.get(term_id)!r}, not {ko!r}")
    noun = Noun(same_as, _parts(kind_of), _parts(part_of), _parts(also))
    others = filter(None, (same_as, *noun.kind_of, *noun.part_of, *noun.also))
    if unknown := [other for other in others if other not in korean or other == term_id]:
        raise ValueError(f"another noun's id is expected, not {unknown[0]!r}")
    if status not in _STATUSES:
        raise ValueError(f"status must be curated or candidate, not {status!r}")
    if same_as and noun != Noun(same_as):
        raise ValueError("what it is besides belongs to the row of the noun that it is the same as")
    return {term_id: noun} if status == "curated" and noun != Noun() else {}


def _check_nouns(name: str, nouns: Mapping[str, Noun]) -> None:
    """Raises ValueError when a noun stands for others and is itself the same as another, or is a kind of itself."""
    things = Things(nouns)
    for term_id, noun in nouns.items():
        if noun.same_as and nouns.get(noun.same_as, Noun()).same_as:
            raise ValueError(f"{name} ({term_id}): {noun.same_as} is itself the same as another noun; name that one")
        if any(things.covers(term_id, wider) for wider in noun.kind_of):
            raise ValueError(f"{name} ({term_id}): over its wider nouns it is a kind of itself")


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def _term_files() -> list[Traversable]:
    return _csv_files()


def _csv_files(*folders: str) -> list[Traversable]:
    folder = files("onestop.data").joinpath("termbase", *folders)
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((file for file in found if file.name.endswith(".csv")), key=lambda file: file.name)
