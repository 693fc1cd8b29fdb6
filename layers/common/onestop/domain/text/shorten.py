"""A title made to fit its channel: whole descriptions are left out, never a fact, never half a word."""

from collections.abc import Callable
from typing import NamedTuple

from onestop.domain.channels.market import TextLimits
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.qa import fits

_DROP_ORDER = (Role.ALSO, Role.COLOUR, Role.LATIN, Role.MOD, Role.USE, Role.MATERIAL, Role.TARGET)


class FittedTitle(NamedTuple):
    """A title, what it was composed from, and the Korean words left out to make it fit."""

    title: str
    parsed: ParsedTitle
    dropped: tuple[str, ...]


def fit(parsed: ParsedTitle, compose: Callable[[ParsedTitle], str], limits: TextLimits) -> FittedTitle:
    """The longest title within the limits, in characters and in bytes.

    Further nouns and colours go first, then features from the right, uses, materials, target. Brand, head, figures, codes, device and
    what is included never go; a title that is still too long is returned as it is, and the length check will say so.

    Args:
        compose: makes the title of what is left.
    """
    title, dropped = compose(parsed), []
    while not fits(title, limits) and (item := _next_to_drop(parsed)):
        parsed = parsed.without(item)
        dropped.append(item.ko)
        title = compose(parsed)
    return FittedTitle(title, parsed, tuple(dropped))


def _next_to_drop(parsed: ParsedTitle) -> Item | None:
    for role in _DROP_ORDER:
        if droppable := [item for item in parsed.of(role) if not item.keep]:
            return droppable[-1]
    return None
