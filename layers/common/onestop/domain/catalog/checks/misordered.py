"""English names pasted against the wrong rows: the English of one row fits the Korean of another one nearby."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from onestop.domain.catalog.checks.names import compare_names
from onestop.domain.catalog.checks.quantities import MOST_NAME_CHARS
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.text.normalise import normalise, strip_promo
from onestop.domain.text.segment import segment
from onestop.domain.text.termbase import Senses

_LATIN_WORD = re.compile(r"[a-z]{2,}")
_WORDS_THAT_PROVE = 2
"""How many words must fit another row, and none the own one, before names without figures count as misplaced."""

REACH_ROWS = 20
"""How far away the row may be to which an English name belongs."""


class Names(NamedTuple):
    """What a row calls its product: the Korean name and the English one, if any."""

    korean: str
    english: str | None


class Block(NamedTuple):
    """A run of rows whose English names are mixed up.

    Attributes:
        first, last: indexes of its ends.
        affected: indexes of the rows in it whose English name must not be used.
    """

    first: int
    last: int
    affected: tuple[int, ...]


class _Row:
    """A row with what is read from its names; words are looked up only when a row is in doubt."""

    def __init__(self, names: Names, context: CheckContext) -> None:
        self._names = names
        self._context = context
        self.korean = context.stated(names.korean)
        self.english = context.stated(names.english) if names.english else None

    @cached_property
    def is_doubtful(self) -> bool:
        """Whether the English may belong to another row: it contradicts the Korean, or shares neither figure nor word with it."""
        if self.english is None:
            return False
        compared = compare_names(self.korean, self.english, self._context)
        return bool(compared.contradicting) or not (compared.agreeing or self.own_words)

    @property
    def is_proven(self) -> bool:
        """Whether there is no English to doubt, or a word says that it is this product's."""
        return self.english is None or (self.own_words > 0 and not self.is_doubtful)

    @property
    def own_words(self) -> int:
        """How many words of the English name the Korean one leads to expect."""
        return self.words_for(self)

    def words_for(self, other: "_Row") -> int:
        """How many words of this row's English name another row's Korean leads to expect."""
        return len(self._words & other._expected_words)

    @cached_property
    def _words(self) -> frozenset[str]:
        return _words((self._names.english or "")[:MOST_NAME_CHARS])

    @cached_property
    def _expected_words(self) -> frozenset[str]:
        """The termbase's English for the Korean name, and what that says in Latin letters."""
        termbase = self._context.termbase
        text = strip_promo(normalise(self._names.korean[:MOST_NAME_CHARS]), termbase.is_promo).text
        terms = [piece.sense.term.word("en") for piece in segment(termbase.scanner.scan(text), Senses(termbase)) if piece.sense]
        return _words(" ".join([text, *terms]))


def misordered_blocks(names: Sequence[Names], context: CheckContext) -> list[Block]:
    """The blocks of rows in which English names stand in each other's rows.

    A row is misplaced when its English contradicts its Korean (or shares no word with it) and fits the Korean of a row nearby,
    which in turn has no English that fits. A block reaches from each misplaced row to where its English belongs; blocks that
    touch are one. A row alone is no block: nothing says that its English belongs to anybody.

    Args:
        names: of consecutive rows.
    """
    rows = [_Row(one, context) for one in names]
    candidates = [index for index, row in enumerate(rows) if row.english is None or row.is_doubtful]
    homes = {index: home for index in candidates if (home := _home(index, rows, candidates, context)) is not None}
    blocks = []
    for first, last in _joined([(min(pair), max(pair)) for pair in homes.items()]):
        inside = range(first, last + 1)
        if sum(index in homes for index in inside) > 1:
            blocks.append(Block(first, last, tuple(index for index in inside if index in homes or not rows[index].is_proven)))
    return blocks


def _home(index: int, rows: Sequence[_Row], candidates: Sequence[int], context: CheckContext) -> int | None:
    """The row to which the English of a doubtful row belongs, nearest of the best, or None when it fits none better."""
    row = rows[index]
    if row.english is None:
        return None
    fits: list[tuple[int, int, int, int]] = []
    for other in (other for other in candidates if abs(other - index) <= REACH_ROWS):
        compared = compare_names(rows[other].korean, row.english, context)
        words = row.words_for(rows[other])
        gained = words - row.own_words
        if other != index and not compared.contradicting and gained >= 0 and (compared.agreeing or gained >= _WORDS_THAT_PROVE):
            fits.append((compared.agreeing, words, -abs(other - index), other))
    return max(fits)[-1] if fits else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_LATIN_WORD.findall(normalise(text).lower()))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap or touch, made one.

    Example:
        >>> _joined([(4, 6), (1, 2), (3, 3), (9, 9)])
        [(1, 6), (9, 9)]
    """
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
