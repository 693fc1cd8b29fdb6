"""The languages that titles are composed in, and how each writes a single word or phrase on its own."""

from collections.abc import Callable
from typing import NamedTuple

from onestop.domain.text.compose import chinese, en, ja, malay, romance, th, tr, vi
from onestop.domain.text.compose.words import first_capital, joined, packed, title_case
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.parts import ParsedTitle, Role
from onestop.domain.text.quantity import Figure
from onestop.domain.text.tables import Locale


def _as_it_is(parsed: ParsedTitle) -> ParsedTitle:
    return parsed


class Language(NamedTuple):
    """How a language puts a title together.

    Attributes:
        compose: the title of inflected items and their figures, without further nouns.
        standalone: a phrase as a line or value of its own.
        plain_target: whom a thing is for, without the "for" or "'s" that ties it to a noun.
        inflect: the items with the endings that they ask of each other.
        phrase: a few words in their order as one phrase.
        lower: a search word.
    """

    compose: Callable[[ParsedTitle, list[Figure]], str]
    standalone: Callable[[str], str]
    plain_target: Callable[[str], str]
    inflect: Callable[[ParsedTitle], ParsedTitle] = _as_it_is
    phrase: Callable[[list[str]], str] = joined
    lower: Callable[[str], str] = str.lower


def _without(*ties: str) -> Callable[[str], str]:
    def plain(text: str) -> str:
        for tie in ties:
            text = text.removeprefix(f"{tie} ")
        return text

    return plain


_romance = Language(romance.compose, first_capital, _without("para", "de"), romance.agree)
_malay = Language(malay.compose, malay.capitals, _without("untuk"))
_LANGUAGES = {
    "en": Language(en.compose, title_case, lambda text: text.removesuffix("'s").removesuffix("'")),
    "th": Language(th.compose, str, lambda text: text.removeprefix("สำหรับ"), lower=str),
    "vi": Language(vi.compose, first_capital, lambda text: text.removeprefix("cho ")),
    "ja": Language(ja.compose, str, lambda text: text.removesuffix("用"), phrase="".join),
    "zh-Hans": Language(chinese.simplified, str, lambda text: text.removesuffix("用"), chinese.merge, phrase=packed),
    "zh-Hant": Language(chinese.traditional, str, lambda text: text.removesuffix("用"), chinese.merge, phrase=packed),
    "id": _malay,
    "ms": _malay,
    "es": _romance,
    "pt-PT": _romance,
    "pt-BR": _romance,
    "tr": Language(tr.compose, tr.capitals, str, tr.possess, lower=tr.lower),
}


def titled(parsed: ParsedTitle, figures: list[Figure], code: Locale) -> str:
    """The title of inflected items and their figures; further nouns stand last, each as a name of its own."""
    how = _LANGUAGES[code]
    also = [how.standalone(item.text) for item in parsed.of(Role.ALSO)] if parsed.head else []
    return joined([how.compose(parsed, figures), *also], ", " if GRAMMAR[code].spaced else " ")


def language(code: Locale) -> Language:
    """The language of a code from :func:`onestop.domain.text.grammar.locale_code`."""
    return _LANGUAGES[code]
