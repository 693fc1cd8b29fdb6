"""What a title is made of: items in roles, in source order, with the one that names the product."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from onestop.domain.text.spans import Token
from onestop.domain.text.words import Form


class Role(StrEnum):
    """What an item does in a title.

    ALSO is another noun that the seller put behind the head, LATIN a Latin word kept as written, FACT a token with figures or a code.
    """

    BRAND = "brand"
    TARGET = "target"
    MOD = "mod"
    MATERIAL = "material"
    HEAD = "head"
    USE = "use"
    COMPAT = "compat"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    ALSO = "also"
    COLOUR = "colour"
    SIZE = "size"
    LATIN = "latin"
    FACT = "fact"


class Item(NamedTuple):
    """One word or figure of a title, in the target language.

    Attributes:
        ko: what the seller wrote.
        text: the word in the locale; empty for facts, which are rendered with the head's classifier.
        form: how the locale writes the term that it is, with what agreement needs; ``text`` may say more than ``form.text``.
        at: position in the source.
        noun: whether it came as the name of a product.
        keep: whether shortening may not drop it, because it holds a figure.
        term: id of the term that it is; empty for facts and Latin words.
    """

    role: Role
    ko: str
    text: str = ""
    token: Token | None = None
    form: Form | None = None
    noun: bool = False
    at: int = 0
    keep: bool = False
    term: str = ""

    @property
    def classifier(self) -> str:
        """What counts this thing, or an empty string."""
        return self.form.counter if self.form else ""

    @property
    def was_noun(self) -> bool:
        """Whether it is a product's name that only describes another product here, such as the seaweed of a seaweed snack."""
        return self.noun and self.role is not Role.HEAD and self.form is not None and self.text == self.form.text


class ParsedTitle(NamedTuple):
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
        if len(roles) == 1:
            role = roles[0]
            return [item for item in self.items if item.role is role]
        return [item for item in self.items if item.role in roles]

    def before_head(self, *roles: Role) -> list[Item]:
        """Those of these roles that stand before the head."""
        head = self.head
        return [item for item in self.items if item.at < head.at and item.role in roles] if head else []

    def after_head(self, *roles: Role) -> list[Item]:
        """Those of these roles that stand behind the head."""
        head = self.head
        return [item for item in self.items if item.at > head.at and item.role in roles] if head else []

    def with_texts(self, texts: dict[int, str]) -> "ParsedTitle":
        """The same title with other words for some of its items, each named by its position."""

        def changed(item: Item) -> Item:
            return item._replace(text=texts[item.at]) if texts.get(item.at, item.text) != item.text else item

        items = tuple(map(changed, self.items)) if texts else self.items
        head = changed(self.head) if self.head else None
        return ParsedTitle(items, head, self.unknown, self.doubts, self.coverage)

    def with_role(self, item: Item, role: Role) -> "ParsedTitle":
        """The same title with one item in another role."""
        return self._replace(items=tuple(other._replace(role=role) if other is item else other for other in self.items))

    def without(self, item: Item) -> "ParsedTitle":
        """The same title with one item left out."""
        return self._replace(items=tuple(other for other in self.items if other is not item))
