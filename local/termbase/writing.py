"""The termbase in the formats of translation tools: TMX 1.4, and the custom terminology of Amazon Translate."""

import csv
import html
import io
from collections.abc import Iterator, Sequence

from local.termbase.candidates import FORMULA_SIGNS
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.provider.facts import ProviderFacts
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import Term, Termbase, TermKind, lookup_key

_NAMES = (TermKind.BRAND, TermKind.COMPAT)
"""Proper names: the only terms that a substitution after the fact never bends wrongly. They stand first."""
_HEADER = '<header creationtool="onestop" creationtoolversion="{version}" segtype="phrase" o-tmf="csv" adminlang="en" srclang="ko" datatype="plaintext"/>'  # noqa: E501  # one element


def amazon_terminologies(termbase: Termbase, facts: ProviderFacts, *, words_too: bool = False) -> dict[int, str]:
    """Number of the file -> CSV, for import with MergeStrategy OVERWRITE; no file has more target languages than the service takes.

    Args:
        words_too: besides proper names, also every other word that has one sense; the service does not inflect them.
    """
    files: dict[int, list[Locale]] = {}
    for locale in GRAMMAR:
        files.setdefault(facts.locales[locale].terminology_file, []).append(locale)
    return {
        number: _table(
            ["ko", *(facts.locales[locale].amazon for locale in locales)],
            _terms(termbase, locales, facts.amazon.term_max_bytes, words_too=words_too),
        )
        for number, locales in files.items()
    }  # fmt: skip


def _terms(termbase: Termbase, locales: Sequence[Locale], max_bytes: int, *, words_too: bool) -> Iterator[list[str]]:
    """Rows of Korean and one word for each locale; a term that lacks one, is too long or ambiguous has no row."""
    seen: set[str] = set()
    for term in sorted(_curated(termbase, words_too=words_too), key=_names_first):
        words = [_word(termbase, term, locale) for locale in locales]
        for spelling in (term.ko, *term.variants):
            row = [spelling, *words]
            fits = all(0 < len(cell.encode()) <= max_bytes and not cell.startswith(FORMULA_SIGNS) for cell in row)
            alone = len(termbase.by_key.get(lookup_key(spelling), ())) == 1
            if fits and alone and HANGUL.search(spelling) and spelling not in seen:
                seen.add(spelling)
                yield row


def _curated(termbase: Termbase, *, words_too: bool) -> Iterator[Term]:
    for term in termbase.terms:
        if term.curated and (words_too or term.kind in _NAMES):
            yield term


def _names_first(term: Term) -> int:
    return _NAMES.index(term.kind) if term.kind in _NAMES else len(_NAMES)


def _word(termbase: Termbase, term: Term, locale: Locale) -> str:
    form = termbase.words(locale).of(term.id)
    return form.text if form and form.curated else ""


def _table(header: Sequence[str], rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def tmx(termbase: Termbase) -> str:
    """Every curated term as a TMX 1.4 document, its id as a property."""
    units = "".join(_unit(termbase, term) for term in termbase.terms if term.curated and term.kind is not TermKind.PROMO)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">'
    return f"{head}\n{_HEADER.format(version=html.escape(termbase.version))}\n<body>\n{units}</body>\n</tmx>\n"


def _unit(termbase: Termbase, term: Term) -> str:
    words = {locale: word for locale in GRAMMAR if (word := _word(termbase, term, locale))}
    if not words:
        return ""
    variants = "".join(
        f'<tuv xml:lang="{locale}"><seg>{html.escape(word, quote=False)}</seg></tuv>' for locale, word in {"ko": term.ko, **words}.items()
    )  # fmt: skip
    return f'<tu tuid="{html.escape(term.id)}"><prop type="x-class">{term.kind.value}</prop>{variants}</tu>\n'
