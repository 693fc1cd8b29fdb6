"""The phrasebook of picture lines that ships with the package, read once and validated; an error names the row."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from onestop.adapters.packs import pack_version, read_csv, read_pack
from onestop.adapters.termbase_files import Provenance, termbase_version
from onestop.domain.imaging.wording import RemovedRule
from onestop.domain.text.phrasebook import SLOT, Phrase, Phrasebook, line_key
from onestop.domain.text.qa import HANGUL

LOCALES = ("en", "zh-Hans", "zh-Hant", "ja", "th", "vi", "id", "ms", "es", "pt-PT", "pt-BR", "tr")
COLUMNS = ("phrase_id", "ko", "variants", "kind", *LOCALES, "status", "source")
_PACK, _PROVENANCE = "text/picture_phrases.csv", "text/picture_phrases.json"
_STATUSES = ("curated", "candidate")
_FORMULA_SIGNS = ("=", "+", "-", "@")


@cache
def phrasebook() -> Phrasebook:
    """Every phrase of ``data/text/picture_phrases.csv``.

    Raises:
        ValueError: a row does not fit; the message names file, row and reason.
    """
    Provenance.model_validate(read_pack(_PROVENANCE)["provenance"])
    file = files("onestop.data").joinpath(*_PACK.split("/"))
    return Phrasebook(read_phrases(file.name, file.read_text(encoding="utf-8-sig")))


@cache
def phrasebook_version() -> str:
    """A short content address of the phrases."""
    return pack_version(_PACK)


def read_phrases(name: str, text: str) -> Iterator[Phrase]:
    """The phrases of one CSV file.

    Args:
        name: file name, for messages.
        text: UTF-8 content with the header row of ``COLUMNS``.

    Raises:
        ValueError: the header or a row does not fit.
    """
    owners: dict[tuple[str, tuple[str, ...]], str] = {}

    def read(row: list[str]) -> Phrase:
        phrase = _phrase(row)
        _unseen(phrase, owners)
        return phrase

    return read_csv(name, text, COLUMNS, read)


def _phrase(row: list[str]) -> Phrase:
    phrase_id, ko, variants, kind, *words, status, source = map(str.strip, row)
    if status not in _STATUSES:
        raise ValueError(f"status must be curated or candidate, not {status!r}")
    if not all(words):
        raise ValueError(f"words are missing: {', '.join(locale for locale, cell in zip(LOCALES, words, strict=True) if not cell)}")
    phrase = Phrase.model_validate({
        "id": phrase_id, "ko": ko, "variants": tuple(part.strip() for part in variants.split("|") if part.strip()), "kind": kind,
        "words": dict(zip(LOCALES, words, strict=True)), "curated": status == "curated", "source": source,
    })  # fmt: skip
    _same_slots(phrase)
    for locale, text in phrase.words.items():
        _clean(locale, text)
    return phrase


def _same_slots(phrase: Phrase) -> None:
    slots = Counter(match[1] for match in SLOT.finditer(phrase.ko))
    if list(slots) != [str(number) for number in range(1, len(slots) + 1)] or set(slots.values()) - {1}:
        raise ValueError("the slots of the Korean must be {1}, {2} and so on, in order and once each")
    for where, text in [("ko", variant) for variant in phrase.variants] + list(phrase.words.items()):
        if Counter(match[1] for match in SLOT.finditer(text) if match[2] is None) != slots:
            raise ValueError(f"{where}: the slots differ from those of the Korean")
        if set("{}") & set(SLOT.sub("", text)):
            raise ValueError(f"{where}: a slot is broken")


def _clean(locale: str, words: str) -> None:
    if HANGUL.search(words):
        raise ValueError(f"{locale}: Hangul is left")
    if "|" in words and locale != "th":
        raise ValueError(f"{locale}: only Thai marks its word bounds with |")
    if not unicodedata.is_normalized("NFC", words) or words.startswith(_FORMULA_SIGNS):
        raise ValueError(f"{locale}: words are in NFC and start with no formula sign")


def _unseen(phrase: Phrase, owners: dict[tuple[str, tuple[str, ...]], str]) -> None:
    for spelling in (phrase.ko, *phrase.variants):
        owner = owners.setdefault(line_key(spelling), spelling)
        if owner is not spelling:
            raise ValueError(f"{spelling!r} is {owner!r} written otherwise")


@cache
def removed_lines() -> tuple[RemovedRule, ...]:
    """The kinds of lines that are taken out of pictures (``imaging/removed_lines.json``)."""
    return tuple(RemovedRule.model_validate(rule) for rule in read_pack("imaging/removed_lines.json")["rules"])


def picture_words_version() -> str:
    """A short content address of all that words are found by in pictures: phrasebook, removed lines, termbase."""
    return f"{phrasebook_version()}+{pack_version('imaging/removed_lines.json')}+{termbase_version()}"
