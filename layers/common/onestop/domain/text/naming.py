"""What may be said about a product in one language: the words that a keyword has to be made of to be true of it."""

from collections.abc import Iterator

from onestop.domain.demand.relevance import Naming
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.languages import language
from onestop.domain.text.parts import Item, Role
from onestop.domain.text.synonyms import Synonyms
from onestop.domain.text.words import Form
from onestop.domain.text.work import Work

_NOUN_CHARS = 2
"""A shorter part of a name is more often a syllable than a noun."""

_NOT_OTHER = (Role.HEAD, Role.TARGET, Role.BRAND, Role.EXCLUDE, Role.FACT)


def naming_of(work: Work, synonyms: Synonyms) -> Naming:
    """The words of a product's title and options, its name with its synonyms.

    What is left out is said to be missing ("without lid"), so it is not true of the product. A figure counts with its unit only:
    the 2 of "2 pcs" is not the 2 of "2 L".
    """
    parsed, brand, plain = work.parsed, work.brand, language(work.code).plain_target
    names = [parsed.head.text, *(form.text for _, form in head_forms(work, synonyms))] if parsed.head else []
    names += [noun for name in names for noun in nouns_of(name, work)]
    return Naming(
        head=frozenset(names),
        target=frozenset(text for item in parsed.of(Role.TARGET) for text in (item.text, plain(item.text))),
        other=frozenset(_others(work)),
        brands=frozenset([brand.spelling, brand.latin]) if brand else frozenset(),
        function_words=synonyms.function_words(work.code),
        foreign_brands=work.termbase.brand_spellings,
    )


def nouns_of(name: str, work: Work) -> list[str]:
    """The shorter names within a name, where words have no spaces: a เสื้อยืดแขนสั้น (short-sleeved t-shirt) is a เสื้อยืด (t-shirt)."""
    grammar, known = GRAMMAR[work.code], work.termbase.words(work.code).head_words
    if grammar.spaced:
        return []
    parts = (name[:end] if grammar.head_first else name[-end:] for end in range(_NOUN_CHARS, len(name)))
    return [part for part in parts if part in known]


def head_forms(work: Work, synonyms: Synonyms) -> list[tuple[str, Form]]:
    """(Term id, other form) for each synonym of the product's name; none where the name is no term of the termbase."""
    head, words = work.parsed.head, work.termbase.words(work.code)
    terms = [piece.sense.term for piece in work.pieces if piece.sense]
    named = next((term for term in terms if head and head.form and words.of(term.id) == head.form), None)
    return [(named.id, form) for form in synonyms.of(named, head.form, work.code)] if named and head and head.form else []


def _others(work: Work) -> Iterator[str]:
    parsed, options = work.parsed, work.options
    yield from (item.text for item in parsed.items if item.role not in _NOT_OTHER and item.text)
    yield from (text for figure in work.figures if (text := figure.text.replace(" ", "")) and not _is_bare(text))
    yield from (item.token.text.replace(" ", "") for item in parsed.of(Role.FACT) if _has_unit(item) and item.token)
    yield from (text for korean, text in options.values.items() if korean not in options.untranslated)


def _has_unit(item: Item) -> bool:
    return item.token is not None and not _is_bare(item.token.text)


def _is_bare(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()
