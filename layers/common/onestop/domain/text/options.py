"""Option names and values in a locale: colours, sizes, figures; what is not known is romanised and said to be so."""

import re
from typing import NamedTuple

from onestop.domain.catalog.product import Product
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.languages import language
from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL
from onestop.domain.text.quantity import render
from onestop.domain.text.romanise import romanise_name
from onestop.domain.text.segment import Piece, segment
from onestop.domain.text.sizes import SizeWord, gender_of, size_word
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import Senses, Termbase, TermKind

_LIST_SIGN = re.compile(r"(?<=[가-힣])\s*([/,+&])\s*(?=[가-힣A-Za-z])")


class AdaptedOptions(NamedTuple):
    """Korean -> this locale for names and values, the values that could not be translated, and the sizes that no table holds."""

    names: dict[str, str]
    values: dict[str, str]
    untranslated: tuple[str, ...]
    unknown_sizes: tuple[str, ...] = ()


def adapt_options(product: Product, termbase: Termbase, code: Locale, root: str) -> AdaptedOptions:
    """Every option name and value of a product's variants in a language.

    Two Korean values never become one: a buyer could not tell the variants apart, so the later one gets a number and a review.
    """
    senses = Senses(termbase, root, prefer=(TermKind.COLOUR, TermKind.SIZE))
    name_words = dict.fromkeys(name for variant in product.variants for name in variant.options)
    labels = termbase.tables.label_by_ko
    known_names = {name: labels[key].text[code] for name in name_words if (key := normalise(name).replace(" ", "")) in labels}
    names = {name: known_names.get(name) or translate(name, senses, code) for name in name_words}
    sizes = _sizes(product, termbase, code, root)
    all_values = dict.fromkeys(value for variant in product.variants for value in variant.options.values())
    values = {value: sizes[value].text if value in sizes else translate(value, senses, code) for value in all_values}
    untranslated = [korean for words in (names, values) for korean, word in words.items() if word is None]
    shown = {value: word or romanise_name(normalise(value)) for value, word in values.items()}
    shown_names = {name: word or romanise_name(normalise(name)) for name, word in names.items()}
    unknown_sizes = tuple(value for value, size in sizes.items() if not size.known)
    return AdaptedOptions(shown_names, *_told_apart(shown, untranslated), unknown_sizes)


def _sizes(product: Product, termbase: Termbase, code: Locale, root: str) -> dict[str, SizeWord]:
    """The values that are Korean sizes: numbers under an option that is called size."""
    tables = termbase.tables
    gender = gender_of(f"{product.title} {product.category}", tables.genders)
    found: dict[str, SizeWord] = {}
    for variant in product.variants:
        for name, value in variant.options.items():
            label = tables.label_by_ko.get(normalise(name).replace(" ", ""))
            size = size_word(normalise(value), code, tables.sizes, root=root, gender=gender) if label and label.id == "size" else None
            if size:
                found[value] = size
    return found


def _told_apart(values: dict[str, str], untranslated: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    taken: dict[str, int] = {}
    apart: dict[str, str] = {}
    for korean, word in values.items():
        taken[word] = taken.get(word, 0) + 1
        apart[korean] = word if taken[word] == 1 else f"{word} ({taken[word]})"
        if taken[word] > 1:
            untranslated.append(korean)
    return apart, tuple(dict.fromkeys(untranslated))


def translate(text: str, senses: Senses, code: Locale) -> str | None:
    """A short phrase in a language, or None when any part of it is unknown.

    Args:
        text: Korean, such as ``라이트 그레이`` or ``블랙/화이트``; a text without Hangul is kept.
        senses: the termbase for the product.
    """
    text = normalise(text)
    if not HANGUL.search(text):
        return text
    parts = _LIST_SIGN.split(text)
    phrases = [part if index % 2 else _phrase(part, senses, code) for index, part in enumerate(parts)]
    return None if None in phrases else "".join(phrase for phrase in phrases if phrase)


def _phrase(text: str, senses: Senses, code: Locale) -> str | None:
    how = language(code)
    words: list[str] = []
    for piece in segment(senses.termbase.scanner.scan(text), senses):
        if piece.affix and words:
            words[-1] = piece.affix.forms[code].format(x=words[-1])
            continue
        word = _word(piece, senses, code)
        if word is None:
            return None
        is_name = piece.sense is not None and piece.sense.term.kind in (TermKind.COLOUR, TermKind.HEAD)
        words.insert(0 if is_name and GRAMMAR[code].head_first else len(words), word)
    return how.standalone(how.phrase([word for word in words if word])) or None


def _word(piece: Piece, senses: Senses, code: Locale) -> str | None:
    if piece.token is not None:
        return render(piece.token, senses.termbase.tables, code, senses.root)
    if piece.sense is None or not piece.sense.sure:
        return None
    form = senses.termbase.words(code).of(piece.sense.term.id)
    if form is None or not form.curated:
        return "" if piece.sense.term.kind is TermKind.NOISE else None
    return form.text
