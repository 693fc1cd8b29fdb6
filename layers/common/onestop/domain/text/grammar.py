"""What differs between the languages of our locales: where the noun stands, whether words have spaces, how numbers are written."""

from typing import NamedTuple

from onestop.domain.text.tables import Locale


class Grammar(NamedTuple):
    """How one language writes.

    Attributes:
        head_first: whether the noun stands before what describes it.
        spaced: whether words are written with spaces between them.
        decimal_comma: whether a comma is the decimal mark.
        percent: how a share stands with its material: ``{p}`` per cent of ``{x}``.
    """

    head_first: bool
    spaced: bool
    decimal_comma: bool
    percent: str


_BEHIND = "{x} {p}%"
_ROMANCE = Grammar(head_first=True, spaced=True, decimal_comma=True, percent=_BEHIND)
_CHINESE = Grammar(head_first=False, spaced=False, decimal_comma=False, percent="{p}%{x}")

GRAMMAR: dict[Locale, Grammar] = {
    "en": Grammar(head_first=False, spaced=True, decimal_comma=False, percent="{p}% {x}"),
    "th": Grammar(head_first=True, spaced=False, decimal_comma=False, percent=_BEHIND),
    "vi": Grammar(head_first=True, spaced=True, decimal_comma=True, percent=_BEHIND),
    "ja": Grammar(head_first=False, spaced=False, decimal_comma=False, percent="{x}{p}%"),
    "zh-Hans": _CHINESE,
    "zh-Hant": _CHINESE,
    "id": Grammar(head_first=True, spaced=True, decimal_comma=True, percent=_BEHIND),
    "ms": Grammar(head_first=True, spaced=True, decimal_comma=False, percent=_BEHIND),
    "es": _ROMANCE,
    "pt-PT": _ROMANCE,
    "pt-BR": _ROMANCE,
    "tr": Grammar(head_first=False, spaced=True, decimal_comma=True, percent="%{p} {x}"),
}
"""Locale -> its grammar; Korean, the source, writes numbers as English does."""

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def locale_code(locale: str) -> Locale:
    """The one of our locales that a BCP 47 tag asks for.

    Raises:
        KeyError: none of ours.

    Example:
        >>> [locale_code(tag) for tag in ("en-SG", "zh-TW", "zh", "pt", "pt-AO", "es-MX")]
        ['en', 'zh-Hant', 'zh-Hans', 'pt-BR', 'pt-PT', 'es']
    """
    language, *rest = locale.lower().replace("_", "-").split("-")
    if language == "zh":
        return "zh-Hant" if _TRADITIONAL.intersection(rest) else "zh-Hans"
    if language == "pt":
        return "pt-BR" if not rest or "br" in rest else "pt-PT"
    if language not in GRAMMAR:
        raise KeyError(f"no composer for locale {locale!r}")
    return language


def decimal_comma(locale: Locale) -> bool:
    """Whether a language writes 1,5 for one and a half; a language that is not ours does not.

    Example:
        >>> decimal_comma("es"), decimal_comma("ms"), decimal_comma("ko")
        (True, False, False)
    """
    grammar = GRAMMAR.get(locale) or GRAMMAR.get(locale.split("-")[0])
    return locale.split("-")[0] == "pt" or (grammar is not None and grammar.decimal_comma)
