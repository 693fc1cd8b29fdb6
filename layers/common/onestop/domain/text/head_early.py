"""The noun that buyers look for, brought near the beginning of a title: a telephone shows little more than the first forty letters."""

from collections.abc import Callable

from onestop.domain.text.parts import Item, ParsedTitle, Role

SEEN_CHARS = 40
"""Characters of a title that a telephone shows in a list of results (text reference, section 13.3; U)."""

_MOVABLE = (Role.MOD, Role.MATERIAL)


def head_early(parsed: ParsedTitle, compose: Callable[[ParsedTitle], str], within: int = SEEN_CHARS) -> ParsedTitle:
    """The title with descriptions moved behind its noun until the noun ends within so many characters; nothing is left out.

    Descriptions move from the left, as features that stand behind the name. Where that brings the noun no nearer, as in languages
    that begin with it, the title stays as it is.
    """
    moved = parsed
    while moved.head and _end(moved, compose) > within and (item := _first_movable(moved)):
        moved = moved.with_role(item, Role.USE)
    return moved if moved is not parsed and _end(moved, compose) < _end(parsed, compose) else parsed


def _end(parsed: ParsedTitle, compose: Callable[[ParsedTitle], str]) -> int:
    """Where the noun ends in the title; 0 when it does not stand there as it is written alone."""
    noun = parsed.head.text.lower() if parsed.head else ""
    at = compose(parsed).lower().find(noun)
    return at + len(noun) if at >= 0 else 0


def _first_movable(parsed: ParsedTitle) -> Item | None:
    return next((item for item in parsed.before_head(*_MOVABLE) if not item.keep and not item.was_noun), None)
