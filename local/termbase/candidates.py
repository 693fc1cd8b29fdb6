"""Imported terms held against the termbase: what is new becomes a candidate, what contradicts a curated term is only told."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from onestop.adapters.termbase_files import COLUMNS, FORM_COLUMNS
from onestop.domain.text.facts import lost_and_added
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import Term, Termbase, TermKind, lookup_key
from onestop.domain.values import digest

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_LONGEST = 200
_IN_ROW = tuple(column for column in COLUMNS[1:] if column in GRAMMAR)
"""The locales that a term's own row holds (its first column, ``id``, is no Indonesian); the others have a file of forms each."""


class Candidate(NamedTuple):
    """A term as somebody else's file has it.

    Attributes:
        words: locale -> word.
        kind: its class; ``mod`` when the file knows no classes, for such a term can make no title go out by itself.
        roots: category roots, empty for all.
        source: where it comes from.
    """

    ko: str
    words: dict[Locale, str]
    source: str
    kind: str = TermKind.MOD.value
    roots: str = ""


class Conflict(NamedTuple):
    """A word that was not taken, and why."""

    ko: str
    locale: Locale
    kept: str
    offered: str
    reason: str


class Merged(NamedTuple):
    """New candidates, what was not taken, and how many terms said only what is known."""

    new: list[Candidate]
    conflicts: list[Conflict]
    known: int


def merge(candidates: Iterable[Candidate], termbase: Termbase) -> Merged:
    """Each candidate once; none that the termbase has curated, none that says two things, none whose figures differ."""
    found: dict[str, Candidate] = {}
    conflicts: list[Conflict] = []
    known = 0
    for candidate in map(_clean, candidates):
        key = lookup_key(candidate.ko)
        if reason := _unusable(candidate, termbase):
            conflicts.append(Conflict(candidate.ko, "", "", "", reason))
        elif curated := [term for term in termbase.by_key.get(key, ()) if term.curated]:
            told = list(_against(candidate, curated, termbase))
            conflicts += told
            known += not told
        elif key in found:
            conflicts += _join(found, key, candidate)
        else:
            found[key] = candidate
    return Merged([one for one in found.values() if one.words], conflicts, known)


def _clean(candidate: Candidate) -> Candidate:
    words = {locale: normalise(word) for locale, word in candidate.words.items() if locale in GRAMMAR and word.strip()}
    return candidate._replace(ko=normalise(candidate.ko), words=words)


def _unusable(candidate: Candidate, termbase: Termbase) -> str:
    """Why a candidate is no term at all, or an empty string."""
    if not HANGUL.search(candidate.ko) or not candidate.words:
        return "no Korean, or no translation"
    texts = (candidate.ko, candidate.roots, *candidate.words.values())
    if any(len(text) > _LONGEST or text.startswith(FORMULA_SIGNS) for text in texts):
        return "too long for a term, or starts like a formula"
    if termbase.is_promo(candidate.ko):
        return "promotion is taken out, not translated"
    if any(HANGUL.search(word) for word in candidate.words.values()):
        return "a translation holds Hangul"
    source = termbase.facts.facts(candidate.ko)
    changed = (lost_and_added(source, termbase.facts.facts(word, locale)) for locale, word in candidate.words.items())
    return "a translation has other figures" if any(lost or added for lost, added in changed) else ""


def _against(candidate: Candidate, curated: Sequence[Term], termbase: Termbase) -> Iterator[Conflict]:
    """Words that no curated sense of the Korean has."""
    for locale, word in candidate.words.items():
        forms = (termbase.words(locale).of(term.id) for term in curated)
        kept = {form.text.casefold(): form.text for form in forms if form}
        if kept and word.casefold() not in kept:
            yield Conflict(candidate.ko, locale, " | ".join(kept.values()), word, "the curated term stays")


def _join(found: dict[str, Candidate], key: str, candidate: Candidate) -> Iterator[Conflict]:
    """The same Korean again: new locales are added; where the two differ, neither is taken."""
    first = found[key]
    words = {**candidate.words, **first.words}
    for locale, word in candidate.words.items():
        if words[locale].casefold() != word.casefold():
            yield Conflict(candidate.ko, locale, "", f"{words[locale]} | {word}", "two translations")
            del words[locale]
    found[key] = first._replace(words=words)


def write(merged: Merged, out: Path, name: str) -> list[Path]:
    """The candidates in the termbase's own files, to be looked through and moved to ``data/termbase``; and what was not taken.

    Returns:
        The files written: ``<name>.csv``, ``forms/<locale>.csv``, ``conflicts.csv``.
    """
    ids = {one.ko: f"import.{digest(one.ko)[:12]}" for one in merged.new}
    files = {out / f"{name}.csv": _table(COLUMNS, (_row(ids[one.ko], one) for one in merged.new))}
    for locale in GRAMMAR:
        rows = [_form_row(ids[one.ko], one, locale) for one in merged.new if locale in one.words and locale not in _IN_ROW]
        if rows:
            files[out / "forms" / f"{locale}.csv"] = _table(FORM_COLUMNS, rows)
    told = ({name: _harmless(text) for name, text in conflict._asdict().items()} for conflict in merged.conflicts)
    files[out / "conflicts.csv"] = _table(Conflict._fields, told)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _row(term_id: str, one: Candidate) -> dict[str, str]:
    words = {locale: one.words.get(locale, "") for locale in _IN_ROW}
    return {"id": term_id, "ko": one.ko, "class": one.kind, "roots": one.roots, **words, "status": "candidate", "source": one.source}


def _form_row(term_id: str, one: Candidate, locale: Locale) -> dict[str, str]:
    return {
        "id": term_id, "ko": one.ko, "en": one.words.get("en", ""), "form": one.words[locale], "status": "candidate", "source": one.source,
    }  # fmt: skip


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _table(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
