"""The languages that titles are composed in, and how each writes a single word or phrase on its own."""

from collections.abc import Callable
from typing import NamedTuple

from onestop.domain.text.compose import en, th, vi
from onestop.domain.text.compose.words import first_capital, title_case
from onestop.domain.text.parts import ParsedTitle
from onestop.domain.text.quantity import Figure
from onestop.domain.text.tables import Locale


class Language(NamedTuple):
    """How a language puts a title together.

    Attributes:
        compose: the title of parsed items and their figures.
        standalone: a phrase as a line or value of its own.
        plain_target: whom a thing is for, without the "for" or "'s" that ties it to a noun.
        modifier_first: whether a modifier stands before what it modifies.
    """

    compose: Callable[[ParsedTitle, list[Figure]], str]
    standalone: Callable[[str], str]
    plain_target: Callable[[str], str]
    modifier_first: bool


_LANGUAGES = {
    "en": Language(en.compose, title_case, lambda text: text.removesuffix("'s").removesuffix("'"), modifier_first=True),
    "th": Language(th.compose, str, lambda text: text.removeprefix("สำหรับ"), modifier_first=False),
    "vi": Language(vi.compose, first_capital, lambda text: text.removeprefix("cho "), modifier_first=False),
}


def language_code(locale: str) -> Locale:
    """The language of a BCP 47 locale that titles can be composed in.

    Raises:
        KeyError: no market of ours uses it.

    Example:
        >>> language_code("en-SG")
        'en'
    """
    code = locale.split("-", maxsplit=1)[0].lower()
    if code not in _LANGUAGES:
        raise KeyError(f"no composer for locale {locale!r}")
    return code


def language(code: Locale) -> Language:
    """The language of a code from :func:`language_code`."""
    return _LANGUAGES[code]
