"""What one product's noun is of another: the same thing, a kind of it, a part of it, or what it often is besides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Noun(NamedTuple):
    """What a noun is of others, each named by its term's id.

    Attributes:
        same_as: the noun that stands for all that name this thing ("레인코트" is a "우비"); empty for that noun itself.
        kind_of: the next wider nouns (a long puffer coat is a puffer coat and a coat).
        part_of: what it is a part of (a pendant of a necklace).
        also: what one thing often is at once, though neither noun is the wider one (a bifold wallet that holds cards).
    """

    same_as: str = ""
    kind_of: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Things:
    """The nouns of the termbase, seen by what they are of each other.

    Args:
        nouns: term id -> noun; a noun that is missing is nothing of any other.

    Example:
        >>> things = Things({"long_coat": Noun(kind_of=("coat",)), "coat": Noun(kind_of=("outerwear",)), "overcoat": Noun(same_as="coat")})
        >>> things.covers("outerwear", "long_coat"), things.covers("overcoat", "long_coat"), things.covers("long_coat", "coat")
        (True, True, False)
        >>> things.is_narrower("long_coat", "overcoat"), things.is_narrower("coat", "overcoat")
        (True, False)
    """

    def __init__(self, nouns: Mapping[str, Noun]) -> None:
        self._nouns = nouns
        self._names: dict[str, set[str]] = defaultdict(set)
        self._covering: dict[str, frozenset[str]] = {}
        for term_id, noun in nouns.items():
            if noun.same_as:
                self._names[noun.same_as].add(term_id)

    def is_same(self, one: str, other: str) -> bool:
        """Whether two nouns name the same thing."""
        return self._stands_for(one) == self._stands_for(other)

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether whatever the narrow noun names is also named by the wide one: another name for the same thing, or a wider word."""
        return wide in self._all_covering(narrow)

    def is_narrower(self, narrow: str, wide: str) -> bool:
        """Whether a noun says more than another one about the same thing."""
        return self.covers(wide, narrow) and not self.covers(narrow, wide)

    def is_part(self, part: str, whole: str) -> bool:
        """Whether a noun names a part of what the other one names, or of what that is a kind of."""
        return any(self.covers(one, whole) for one in self._noun(part).part_of)

    def is_also(self, one: str, other: str) -> bool:
        """Whether one thing often is both, said of either noun."""
        return self._says_also(one, other) or self._says_also(other, one)

    def _says_also(self, one: str, other: str) -> bool:
        return any(self.is_same(other, also) for also in self._noun(one).also)

    def _noun(self, term_id: str) -> Noun:
        """What is said of a noun, in the row of the one that stands for it."""
        return self._nouns.get(self._stands_for(term_id), _ALONE)

    def _stands_for(self, term_id: str) -> str:
        noun = self._nouns.get(term_id)
        return (noun.same_as if noun else "") or term_id

    def _all_covering(self, term_id: str) -> frozenset[str]:
        """The noun itself with all others that name what it names; asked once for each noun in use."""
        if term_id not in self._covering:
            self._covering[term_id] = frozenset(self._climb(self._stands_for(term_id)))
        return self._covering[term_id]

    def _climb(self, noun: str) -> Iterator[str]:
        seen, rest = {noun}, [noun]
        while rest:
            at = rest.pop()
            yield at
            yield from self._names.get(at, ())
            wider = {self._stands_for(one) for one in self._noun(at).kind_of} - seen
            seen |= wider
            rest.extend(wider)


_ALONE = Noun()
