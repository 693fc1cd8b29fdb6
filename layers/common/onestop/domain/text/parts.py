"""What a title is made of: items in roles, in source order, with the one that names the product."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from onestop.domain.text.spans import Token


class Role(StrEnum):
    """What an item does in a title. LATIN is a Latin word kept as written; FACT is a token with figures or a code."""

    BRAND = "brand"
    TARGET = "target"
    MOD = "mod"
    MATERIAL = "material"
    HEAD = "head"
    USE = "use"
    COMPAT = "compat"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    COLOUR = "colour"
    SIZE = "size"
    LATIN = "latin"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Item:
    """One word or figure of a title, in the target language.

    Attributes:
        ko: what the seller wrote.
        text: the word in the locale; empty for facts, which are rendered with the head's classifier.
        classifier: what counts this thing, when it is a head.
        at: position in the source.
        keep: whether shortening may not drop it, because it holds a figure.
    """

    role: Role
    ko: str
    text: str = ""
    token: Token | None = None
    classifier: str = ""
    at: int = 0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """A title's items in source order, its head, and what could not be read.

    Attributes:
        unknown: Korean that nothing in the termbase covers.
        doubts: Korean that was read, but may be meant otherwise.
        coverage: share of Hangul syllables outside promotion, brand and figures that were translated.
    """

    items: tuple[Item, ...]
    head: Item | None
    unknown: tuple[str, ...]
    doubts: tuple[str, ...]
    coverage: Decimal

    def of(self, *roles: Role) -> list[Item]:
        """The items in one of these roles, in source order."""
        return [item for item in self.items if item.role in roles]

    def before_head(self, *roles: Role) -> list[Item]:
        """Those of these roles that stand before the head."""
        return [item for item in self.of(*roles) if self.head and item.at < self.head.at]

    def after_head(self, *roles: Role) -> list[Item]:
        """Those of these roles that stand behind the head."""
        return [item for item in self.of(*roles) if self.head and item.at > self.head.at]

    def without(self, item: Item) -> "ParsedTitle":
        """The same title with one item left out."""
        return replace(self, items=tuple(other for other in self.items if other is not item))
