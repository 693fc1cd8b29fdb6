"""English: modifiers in Korean order before the noun, ``for`` and ``with`` behind it, figures last, Title Case."""

from onestop.domain.text.compose.words import joined, tight_and_loose, title_case
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_DESCRIBING = (Role.TARGET, Role.MOD, Role.MATERIAL, Role.LATIN)
_BEHIND = ("for ", "with ", "without ")


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The English title.

    Order: brand, whose (``Women's``), what the seller added behind the noun, what stood before it, noun, for what, with what,
    figures, uses, colours.
    """
    head = parsed.head
    if head is None:
        return ""
    describing = sorted(parsed.of(*_DESCRIBING), key=lambda item: (not _is_possessive(item), item.at < head.at))
    phrases = [_relation(item) for item in parsed.of(Role.COMPAT, Role.USE, Role.INCLUDE, Role.EXCLUDE)]
    behind = sorted([phrase for phrase in phrases if phrase.startswith(_BEHIND)], key=lambda phrase: not phrase.startswith("for "))
    features = [phrase for phrase in phrases if phrase not in behind]
    # "Pot 3-Piece Set with Lid": a set that opens the figures is part of the name.
    named_set = [title_case(figure.text) for figure in figures[:1] if figure.is_set]
    tight, loose = tight_and_loose(figures[len(named_set) :])
    main = joined([*map(_cased, (*parsed.of(Role.BRAND), *describing, head)), *named_set, *map(title_case, behind)])
    gap = ", " if (behind or named_set) and tight else " "
    colours = joined((title_case(item.text) for item in parsed.of(Role.COLOUR)), "/")
    return joined([joined([main, joined(tight)], gap), *map(title_case, [*loose, *features]), colours], ", ")


def _cased(item: Item) -> str:
    return item.text if item.role in (Role.BRAND, Role.LATIN) else title_case(item.text)


def _is_possessive(item: Item) -> bool:
    return item.role is Role.TARGET and (item.text.lower().endswith(("'s", "s'")) or item.text.lower() == "unisex")


def _relation(item: Item) -> str:
    return f"for {item.text}" if item.role is Role.COMPAT and not item.text.startswith("for ") else item.text
