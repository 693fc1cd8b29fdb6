"""Vietnamese: the noun first, material, then modifiers in reverse order, for whom last, decimal comma in figures."""

from onestop.domain.text.compose.words import first_capital, joined, tight_and_loose
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_BARE_TARGETS = ("nữ", "nam", "unisex", "nam nữ", "trẻ em")
_NAMES = (Role.MOD, Role.LATIN)


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The Vietnamese title: noun, material, modifiers, for whom, for what, with what, figures, colours; brand behind the noun phrase."""
    if parsed.head is None:
        return ""
    materials = parsed.of(Role.MATERIAL)
    modifiers = [*reversed(parsed.before_head(*_NAMES)), *parsed.after_head(*_NAMES)]
    words = [parsed.head.text, *(item.text for item in (*materials, *modifiers))]
    relations = [*map(_for, parsed.of(Role.TARGET, Role.COMPAT)), *(item.text for item in parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE))]
    tight, loose = tight_and_loose(figures)
    brand = [item.text for item in parsed.of(Role.BRAND)]
    main = joined([first_capital(joined(words)), *brand, *relations, *tight])
    return joined([main, *loose, joined((f"màu {item.text}" for item in parsed.of(Role.COLOUR)), "/")], ", ")


def _for(item: Item) -> str:
    bare = item.text in _BARE_TARGETS or item.text.startswith("cho ")
    return item.text if bare else f"cho {item.text}"
