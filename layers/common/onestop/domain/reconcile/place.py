"""Where in a store a reading stands, and how a store is read to its end whose pages reach only so far.

A marketplace gives so many items of a list and no more. So a list that is longer is cut in two by the time its items were created, and
those again, until each part can be read whole.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from onestop.domain.reconcile.compare import ShopItem, ShopPage

BEGAN_S = 1_262_304_000
"""Where a list without a beginning is first cut, as if it began in 2010: only how often it is cut depends on it."""

SHORTEST_S = 2
"""Parts share their last second, for a marketplace may count it to either, so nothing shorter can be cut."""


class Window(NamedTuple):
    """When the items of a part were created, epoch seconds; None where the part has no such end."""

    since_s: int | None = None
    until_s: int | None = None

    def halves(self, now_s: int) -> tuple["Window", ...]:
        """Both halves, which share a second; none when it is too short for that.

        Example:
            >>> Window(100, 110).halves(now_s=500)
            (Window(since_s=100, until_s=106), Window(since_s=105, until_s=110))
            >>> Window(105, 107).halves(now_s=500)
            ()
        """
        since_s = BEGAN_S if self.since_s is None else self.since_s
        until_s = now_s if self.until_s is None else self.until_s
        if until_s - since_s <= SHORTEST_S:
            return ()
        middle_s = (since_s + until_s) // 2
        return Window(self.since_s, middle_s + 1), Window(middle_s, self.until_s)


class Page(NamedTuple):
    """What a marketplace gave of a part: how many items of how many that were asked for, and how long the part is, where it says so."""

    items: int
    asked: int
    total: int | None = None


class Place(BaseModel):
    """A place in a store.

    Attributes:
        list_no: which of the marketplace's lists, where it keeps several.
        offset: how many items of the part lie before it.
        parts: the part that is read, and those after it; none behind the last.
        is_cut: whether a part so far was longer than it could be read.
    """

    model_config = ConfigDict(frozen=True)

    list_no: int = 0
    offset: int = 0
    parts: tuple[Window, ...] = (Window(),)
    is_cut: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """The place that a text names; the beginning where it is empty."""
        return cls.model_validate_json(text) if text else cls()

    @property
    def text(self) -> str:
        """The same as a text, for a message.

        Example:
            >>> Place(offset=50).text, Place.of('{"offset":50}').offset, Place.of("") == Place()
            ('{"offset":50}', 50, True)
        """
        return self.model_dump_json(exclude_defaults=True)

    @property
    def part(self) -> Window:
        """The part that is read."""
        return self.parts[0]

    def following(self, page: Page, *, reach: int, now_s: int) -> Self:
        """Where reading goes on: with both halves when the part is longer than ``reach`` items, else with the next items or part.

        Example:
            >>> place, many = Place(), Page(items=50, asked=50, total=30_000)
            >>> place.following(many, reach=10_000, now_s=1_800_000_000).parts[1].since_s
            1531152000
            >>> place.following(Page(items=50, asked=50, total=60), reach=10_000, now_s=0).offset
            50
            >>> place.following(Page(items=9, asked=50, total=9), reach=10_000, now_s=0).parts
            ()
        """
        reached = self.offset + page.asked
        is_full = page.items == page.asked
        is_over = is_full and reached >= reach if page.total is None else page.total > reach
        if is_over and (halves := self.part.halves(now_s)):
            return self.model_copy(update={"offset": 0, "parts": (*halves, *self.parts[1:])})
        is_cut = self.is_cut or is_over
        if is_full and reached < reach:
            return self.model_copy(update={"offset": reached, "is_cut": is_cut})
        return self.model_copy(update={"offset": 0, "parts": self.parts[1:], "is_cut": is_cut})

    def next_list(self, lists: int) -> Self:
        """The beginning of the next list, when this one is over and there is one."""
        if self.parts or self.list_no + 1 >= lists:
            return self
        return self.model_copy(update={"list_no": self.list_no + 1, "parts": (Window(),)})

    def page_of(self, items: Iterable[ShopItem], following: Self) -> ShopPage:
        """The page at this place; a part that is cut in two says nothing yet, since its halves say it all."""
        is_halved = len(following.parts) > len(self.parts)
        return ShopPage(items=() if is_halved else tuple(items), after=following.text if following.parts else None, is_cut=following.is_cut)
