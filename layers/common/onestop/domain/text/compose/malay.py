"""Indonesian and Malay: the noun first, material, then modifiers in reverse order, for whom last, a capital on every word."""

from onestop.domain.text.compose.words import joined, tight_and_loose, titled
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_NAMES = (Role.MOD, Role.LATIN)
_FOR = "untuk "
_RELATES = (_FOR, "bisa ", "boleh ", "sesuai ")
_SMALL = frozenset({"untuk", "dan", "dengan", "tanpa", "atau", "di", "ke", "dari", "yang", "pcs", "x"})


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The title: brand, noun, material, modifiers, for whom, for what, with what, measures; then sets, sizes, colours."""
    if parsed.head is None:
        return ""
    modifiers = [*reversed(parsed.before_head(*_NAMES)), *parsed.after_head(*_NAMES)]
    phrase = [parsed.head, *parsed.of(Role.MATERIAL), *modifiers, *parsed.of(Role.TARGET)]
    relations = [*map(_for, parsed.of(Role.COMPAT)), *(item.text for item in parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE))]
    tight, loose = tight_and_loose(figures)
    colours = joined((item.text for item in parsed.of(Role.COLOUR)), "/")
    words = map(capitals, [*[item.text for item in phrase], *relations])
    main = joined([*[item.text for item in parsed.of(Role.BRAND)], *words, *tight])
    return joined([main, *map(capitals, loose), capitals(f"warna {colours}") if colours else ""], ", ")


def capitals(text: str) -> str:
    """A capital on every word but the small ones.

    Example:
        >>> capitals("kaos katun untuk wanita")
        'Kaos Katun untuk Wanita'
    """
    return titled(text, _SMALL)


def _for(item: Item) -> str:
    return item.text if item.text.startswith(_RELATES) else _FOR + item.text
