"""Which texts of a product need a provider, and the request that says no more than these texts need."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import Finding
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.normalise import normalise
from onestop.domain.text.provider.reading import Reading
from onestop.domain.text.provider.request import Pair, Segment, TranslationRequest
from onestop.domain.text.provider.sentences import sentences
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.termbase import Termbase

TITLE_DOUBTS = frozenset({
    "TEXT_COVERAGE_LOW", "TEXT_COVERAGE_PARTIAL", "TEXT_HEAD_UNKNOWN", "TEXT_HANGUL_LEFT", "TEXT_FACT_CHANGED", "TEXT_CODE_MISSING",
    "TEXT_BRAND_MISSING", "TEXT_TOO_LONG", "TEXT_CHECK_FAILED",
})  # fmt: skip
"""Findings about a composed title that another translation may settle."""

FACTS_ONLY = "TEXT_DESCRIPTION_FACTS_ONLY"
_OPTION = "OPTION_UNTRANSLATED"
DESCRIPTION_MAX_CHARS = 6000
"""How much of a description is sent, Korean characters: a page of text, not a catalogue in one cell."""

_TITLE_MAX_CHARS, _SENTENCE_MAX_CHARS, _WORD_MAX_CHARS = 1000, 1000, 500
_EXAMPLES, _KEYWORDS, _GLOSSARY, _KEEP = 5, 20, 80, 60
# An address, a telephone number or any long number may be somebody's: what holds one stays here.
_PERSONAL = re.compile(
    r"https?://|www\.|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|net|org|shop|(?:co\.)?kr)\b|\+82"
    r"|(?<!\d)0\d{1,3}[\s).·/_-]{1,3}\d{3,4}[\s.·/_-]{1,3}\d{4}(?!\d)|(?<!\d)1[5-8]\d\d[\s-]{1,3}\d{4}(?!\d)"
    r"|\d{8,}|\d{6}-\d{7}|\d{3,4}[ -]\d{3,4}[ -]\d{4}|\d{2,6}-\d{2,6}-\d{5,}",
    re.IGNORECASE,
)


class Asking(NamedTuple):
    """A request, and where its answers belong.

    Attributes:
        reading: the product as the termbase reads it.
        sources: segment id -> the Korean text, as the checks need it.
        options: segment id -> the seller's option name or value.
        paragraphs: the description as paragraphs of segment ids; None for a sentence that is not sent.
    """

    request: TranslationRequest
    reading: Reading
    sources: dict[str, str]
    options: dict[str, str]
    paragraphs: tuple[tuple[str | None, ...], ...]


def asking(
    product: Product, adapted: AdaptedText, *, termbase: Termbase, limits: TextLimits,
    banned: Sequence[str] = (), examples: Iterable[tuple[str, str]] = (), keywords: Iterable[str] = (),
    written: Container[str] = (),
) -> Asking | None:  # fmt: skip
    """What to ask a provider for, or None when nothing is needed.

    A title is asked for when its composed one left a doubt, options when they were only romanised, the sentences of a description
    always. A text that holds a web or mail address, a telephone number or another long number is not sent.

    Args:
        adapted: what termbase and memory gave.
        examples: earlier (Korean, translation) of similar titles, best first.
        keywords: what buyers search for, best first.
        written: ``title``, ``description`` or ``option:<Korean>`` when a person wrote it; it is not asked for.
    """
    reading = Reading(product, adapted.locale, adapted.source_title, termbase)
    title = {"title": adapted.source_title} if "title" not in written and _title_needed(adapted) else {}
    unwritten = (word for word in _untranslated(adapted) if f"option:{word}" not in written)
    options = {f"option{number}": word for number, word in enumerate(unwritten)}
    body, paragraphs = _description(product, adapted) if "description" not in written else ({}, ())
    sources = {**title, **{name: normalise(word) for name, word in options.items()}, **body}
    if not sources:
        return None
    most = {"title": limits.title_max_chars}
    request = TranslationRequest(
        locale=reading.code,
        category="" if _PERSONAL.search(product.category) else product.category[:200],
        segments=tuple(
            Segment(id=name, field=_field(name), text=reading.latinised(text), max_chars=most.get(name)) for name, text in sources.items()
        ),
        glossary=reading.glossary(sources.values())[:_GLOSSARY],
        examples=tuple(Pair(source=ko, target=word) for ko, word in examples if not _PERSONAL.search(ko + word))[:_EXAMPLES],
        keywords=tuple(word for word in keywords if word and not _PERSONAL.search(word))[:_KEYWORDS],
        keep=tuple(dict.fromkeys(word for text in sources.values() for word in reading.keep(text)))[:_KEEP],
        banned=tuple(banned),
    )
    return Asking(request, reading, sources, options, paragraphs)


def _field(name: str) -> Literal["title", "option", "description"]:
    return "title" if name == "title" else "option" if name.startswith("option") else "description"


def _sendable(text: str, most: int) -> bool:
    return bool(HANGUL.search(text)) and len(text) <= most and not _PERSONAL.search(text)


def _title_needed(adapted: AdaptedText) -> bool:
    doubted = any(finding.code in TITLE_DOUBTS and finding.field == "title" for finding in adapted.findings)
    return doubted and _sendable(adapted.source_title, _TITLE_MAX_CHARS)


def romanised_sentence(word: str, locale: str) -> str:
    """The English sentence that an option name or value was only romanised; it tells which word a finding speaks of.

    Example:
        >>> romanised_sentence("힐링", "en") == Finding.of("OPTION_UNTRANSLATED", locale="en", value="힐링").message_en
        True
    """
    return Finding.of(_OPTION, field="options", locale=locale_code(locale), value=word).message_en


def _untranslated(adapted: AdaptedText) -> Iterator[str]:
    said = {finding.message_en for finding in adapted.findings if finding.code == _OPTION}
    for word in dict.fromkeys((*adapted.option_names, *adapted.option_values)):
        if said and romanised_sentence(word, adapted.locale) in said and _sendable(normalise(word), _WORD_MAX_CHARS):
            yield word


def _description(product: Product, adapted: AdaptedText) -> tuple[dict[str, str], tuple[tuple[str | None, ...], ...]]:
    """Each sentence once, by segment id; and the paragraphs made of them."""
    if all(finding.code != FACTS_ONLY for finding in adapted.findings):
        return {}, ()
    ids: dict[str, str] = {}
    room = DESCRIPTION_MAX_CHARS
    paragraphs = []
    for paragraph in sentences(product.description_html):
        row: list[str | None] = []
        for sentence in paragraph:
            new = sentence not in ids
            if _sendable(sentence, _SENTENCE_MAX_CHARS if not new else min(_SENTENCE_MAX_CHARS, room)):
                room -= len(sentence) if new else 0
                row.append(ids.setdefault(sentence, f"s{len(ids)}"))
            else:
                row.append(None)
        paragraphs.append(tuple(row))
    return {name: sentence for sentence, name in ids.items()}, tuple(paragraphs)
