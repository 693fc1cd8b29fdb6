"""Texts that nearly match: suggestions for a person, and examples for a language model; never used by themselves."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

MINIMUM = 80
"""Per cent of likeness from which a text is worth showing."""

_LOOKED_AT = 30


class Suggestion(NamedTuple):
    """A known text and how alike it is, in per cent."""

    source: str
    target: str
    likeness: int


class FuzzyIndex:
    """Known (source, target) pairs, found by the pairs of letters that they share.

    Example:
        >>> index = FuzzyIndex([("여성 코튼 반팔 티셔츠", "Women's Cotton T-Shirt"), ("강아지 배변패드", "Dog Pee Pads")])
        >>> [(one.target, one.likeness) for one in index.suggest("여성 코튼 긴팔 티셔츠")]
        [("Women's Cotton T-Shirt", 91)]
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(dict.fromkeys(pairs))
        self._grams = [_bigrams(source) for source, _ in self._pairs]
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self._grams):
            for gram in grams:
                self._holding[gram].append(number)

    def suggest(self, source: str, *, limit: int = 5, minimum: int = MINIMUM) -> list[Suggestion]:
        """The best pairs, best first; among equals, the one that was given first."""
        grams = _bigrams(source)
        shared = Counter(number for gram in grams for number in self._holding.get(gram, ()))
        dice = {number: 2 * count / (len(grams) + len(self._grams[number])) for number, count in shared.items()}
        nearest = sorted(dice, key=lambda number: (-dice[number], number))[:_LOOKED_AT]
        found = [Suggestion(*self._pairs[number], _likeness(source, self._pairs[number][0])) for number in nearest]
        return sorted((one for one in found if one.likeness >= minimum), key=lambda one: -one.likeness)[:limit]


def _bigrams(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _likeness(one: str, other: str) -> int:
    return int(100 * SequenceMatcher(None, one, other, autojunk=False).ratio())
