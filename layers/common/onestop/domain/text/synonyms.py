"""Other words that buyers use for one and the same thing: the one choice in a title that changes nothing it says."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import Term, TermKind
from onestop.domain.text.words import Form


class Synonym(BaseModel):
    """One pair of words (``data/demand/synonyms.json``), also as the noun of a longer name: short-sleeve t-shirt, short-sleeve tee.

    Attributes:
        usual: the termbase's own word.
        other: the word that says the same.
        roots: category roots in which it does; empty for all.
        but: ids of terms whose longer name means another thing.
    """

    model_config = ConfigDict(frozen=True)

    locale: Locale
    usual: str = Field(min_length=1)
    other: str = Field(min_length=1)
    roots: tuple[str, ...] = ()
    but: tuple[str, ...] = Field(default=(), alias="except")


class Synonyms:
    """Every pair of words, found by language.

    Example:
        >>> tee = Synonym(locale="en", usual="t-shirt", other="tee")
        >>> term = Term(id="tshirt", ko="반팔 티셔츠", kind=TermKind.HEAD)
        >>> [form.text for form in Synonyms([tee]).of(term, Form("short-sleeve t-shirt"), "en")]
        ['short-sleeve tee']
    """

    def __init__(self, pairs: Iterable[Synonym] = (), function_words: dict[Locale, tuple[str, ...]] | None = None) -> None:
        """``function_words`` are the words of a language that say nothing about a thing."""
        self._pairs: dict[Locale, list[Synonym]] = {}
        for pair in pairs:
            self._pairs.setdefault(pair.locale, []).append(pair)
        self._function_words = {locale: frozenset(words) for locale, words in (function_words or {}).items()}

    def function_words(self, locale: Locale) -> frozenset[str]:
        """The words of a language that a keyword may hold without saying anything more."""
        return self._function_words.get(locale.partition("-")[0], frozenset())

    def of(self, term: Term, form: Form, locale: Locale) -> tuple[Form, ...]:
        """The other ways to write a product's name; none for anything that is no product's name."""
        if term.kind is not TermKind.HEAD:
            return ()
        fitting = (pair for pair in self._pairs.get(locale, ()) if _fits(pair, term))
        written = (_written(form.text, pair) for pair in fitting)
        return tuple(form._replace(text=text) for text in dict.fromkeys(written) if text)


def _fits(pair: Synonym, term: Term) -> bool:
    return term.id not in pair.but and (not pair.roots or not term.roots or bool(set(pair.roots) & set(term.roots)))


def _written(text: str, pair: Synonym) -> str:
    """A name with its noun in the other word; empty when that is not its noun."""
    grammar, border = GRAMMAR[pair.locale], " " if GRAMMAR[pair.locale].spaced else ""
    if text == pair.usual:
        return pair.other
    if grammar.head_first and text.startswith(pair.usual + border):
        return pair.other + text[len(pair.usual) :]
    if not grammar.head_first and text.endswith(border + pair.usual):
        return text[: -len(pair.usual)] + pair.other
    return ""
