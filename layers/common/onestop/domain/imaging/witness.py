"""A line that two engines read: what both of them see is sure, and where they differ their word is weighed letter by letter."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from onestop.domain.imaging.found_lines import union
from onestop.domain.imaging.reading import SURE_PCT, Reading, has_korean
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.voting import Attempt, Letter, elect, letters, voters

VOUCHED_PCT = 98.0
"""The least score of a line whose every letter both engines see."""
CONTESTED_PCT = 97.0
"""The most that any other line reaches."""


class Glyph(NamedTuple):
    """A letter as the second engine sees it.

    Attributes:
        chances: how probable each letter is that it could be, 0 to 1; the improbable ones are left out.
        box: where it stands in the picture.
    """

    chances: Mapping[str, float]
    box: Box

    @property
    def text(self) -> str:
        """The most probable letter."""
        return max(self.chances.items(), key=itemgetter(1))[0]


class _Place(NamedTuple):
    """What is known of one letter of a line: its chances, and the share of the votes that each letter has."""

    chances: Mapping[str, float]
    votes: Mapping[str, float]
    space_after: bool

    def joint(self) -> tuple[str, float]:
        """The letter that both engines together find most probable, and how probable that is among all that either sees."""
        weights = {
            letter: (self.chances.get(letter, 0.0) + _UNSEEN) * (self.votes.get(letter, 0.0) + _UNVOTED)
            for letter in {*self.chances, *self.votes}
            if letter
        }
        best = max(weights, key=lambda letter: (weights[letter], letter))
        return best, weights[best] / sum(weights.values())

    @property
    def vouched(self) -> bool:
        """Whether neither engine finds the letter unlikely that both together find most probable."""
        letter, _ = self.joint()
        return self.chances.get(letter, 0.0) >= LEAST_CHANCE and self.votes.get(letter, 0.0) >= LEAST_VOTE


_UNSEEN, _UNVOTED = 0.002, 0.02
"""What a letter weighs that the one engine or the other does not see at all: neither has a veto."""
SURE_LETTER, SURE_ALONE = 0.9, 0.9
"""How probable each letter has to be by both engines together, where both see it and where the second one reads alone."""
LEAST_CHANCE, LEAST_VOTE = 0.7, 0.3
"""The chance and the share of votes that each letter of a vouched line has: neither engine may be talked round by the other."""
CERTAIN, MOST_LETTERS = 0.98, 0.7
"""The chance of each letter that the second engine is certain of, and the share of them that the first one has to see as well: it knows
some syllables so seldom that it never reads them."""
_MOST_INSERTED = 0.5
_DIFFERENT, _LOST, _ALIKE = 10, 9, 3
"""What letters cost where the engines' letters are laid side by side: unlike ones, one that only one engine has, and possible ones."""
_POSSIBLE = 0.02
"""A letter that the second engine gives this chance stands in its place rather than beside it."""


def weighed(attempts: Sequence[Attempt], glyphs: Sequence[Glyph]) -> Reading | None:
    """One reading out of the first engine's attempts and the second engine's letters; None when neither saw any.

    A line scores 98 or more when each letter is probable by both engines together, no letter is in most attempts beside them, and neither
    engine finds a letter unlikely, or else the second one is certain of each and the first one sees most of them. Any other line stays
    under that, however sure one engine is. Where the second engine's letters make no sure line, the first one's election stands.

    Source:
        Errors of engines that were made apart from each other seldom fall on the same letter; the figures are calibrated on generated
        pages (``make eval-images``) and belong to both engines' data.

    Example:
        >>> from onestop.domain.imaging.reading import Word
        >>> word = (Word("감력한", 92.0, Box(0, 0, 90, 30)),)
        >>> seen = [Glyph({"강": 0.96, "감": 0.04}, Box(0, 0, 30, 30)), Glyph({"력": 1.0}, Box(30, 0, 30, 30)),
        ...         Glyph({"한": 1.0}, Box(60, 0, 30, 30))]
        >>> both = weighed([word, (Word("강력한", 90.0, Box(0, 0, 90, 30)),)], seen)
        >>> both.text, both.score_pct >= VOUCHED_PCT, weighed([word], seen).score_pct >= VOUCHED_PCT
        ('강력한', True, False)
    """
    elected = elect(attempts)
    if not glyphs:
        return elected and elected._replace(score_pct=min(CONTESTED_PCT, elected.score_pct))
    heard = voters(attempts)
    places, inserted = _places(heard, glyphs)
    found = [place.joint() for place in places]
    text = "".join(letter + (" " if place.space_after else "") for (letter, _), place in zip(found, places, strict=True)).strip()
    least = min(chance for _, chance in found)
    box = elected.box if elected else union(glyph.box for glyph in glyphs)
    sure = least >= SURE_LETTER and inserted < _MOST_INSERTED
    if heard and sure and (all(place.vouched for place in places) or _is_certain(places)):
        return Reading(text, round(VOUCHED_PCT + (100 - VOUCHED_PCT) * least, 2), box)
    known = elected.score_pct if elected else 0.0
    if least >= SURE_ALONE and inserted < _MOST_INSERTED:
        return Reading(text, min(CONTESTED_PCT, max(SURE_PCT, known)), box)
    return elected and elected._replace(score_pct=min(CONTESTED_PCT, known))


def _is_certain(places: Sequence[_Place]) -> bool:
    """Whether the second engine has no doubt about any letter, and the first one sees most of them: all but a few syllables."""
    chances = [place.chances.get(place.joint()[0], 0.0) for place in places]
    alone = [place.joint()[0] for place in places if not place.vouched]
    return min(chances) >= CERTAIN and len(alone) <= (1 - MOST_LETTERS) * len(places) and all(map(has_korean, alone))


def _places(attempts: Sequence[Attempt], glyphs: Sequence[Glyph]) -> tuple[list[_Place], float]:
    """Each glyph with the votes for the letters in its place, and the share of attempts that see a letter which no glyph stands for."""
    votes: list[dict[str, float]] = [{} for _ in glyphs]
    spaces, total, inserted = [0.0] * len(glyphs), 0.0, 0.0
    for attempt in attempts:
        seen, parted = letters(attempt), _before_spaces(attempt)
        mean = sum(letter.weight for letter in seen) / len(seen)
        where = _aligned([glyph.chances for glyph in glyphs], [letter.text for letter in seen])
        total += mean
        inserted += mean if len(seen) > sum(at is not None for at in where) else 0.0
        for place, at in enumerate(where):
            letter = Letter("", mean) if at is None else seen[at]
            votes[place][letter.text] = votes[place].get(letter.text, 0.0) + letter.weight
            spaces[place] += mean if at in parted else 0.0
    found = [
        _Place(glyph.chances, {letter: weight / sum(ballot.values()) for letter, weight in ballot.items()}, 2 * space > total)
        for glyph, ballot, space in zip(glyphs, votes, spaces, strict=True)
    ]
    return found, inserted / total if total else 0.0


def _before_spaces(attempt: Attempt) -> set[int]:
    """The places of an attempt's letters that a space follows."""
    ends = list(accumulate(len(word.text) for word in attempt))
    return {end - 1 for end, following in zip(ends, attempt[1:], strict=False) if not following.glued}


def _aligned(chances: Sequence[Mapping[str, float]], texts: Sequence[str]) -> list[int | None]:
    """For each glyph the place of the letter that stands for it, by the fewest changes; None where there is none."""
    costs = [[_LOST * to for to in range(len(texts) + 1)]]
    for at, glyph in enumerate(chances, start=1):
        row = [_LOST * at]
        for to, text in enumerate(texts):
            row.append(min(costs[-1][to] + _cost(glyph, text), costs[-1][to + 1] + _LOST, row[-1] + _LOST))
        costs.append(row)
    return list(_way_back(costs, chances, texts))[::-1]


def _way_back(costs: Sequence[Sequence[int]], chances: Sequence[Mapping[str, float]], texts: Sequence[str]) -> Iterator[int | None]:
    at, to = len(chances), len(texts)
    while at:
        if to and costs[at][to] == costs[at - 1][to - 1] + _cost(chances[at - 1], texts[to - 1]):
            at, to = at - 1, to - 1
            yield to
        elif costs[at][to] == costs[at - 1][to] + _LOST:
            at -= 1
            yield None
        else:
            to -= 1


def _cost(glyph: Mapping[str, float], text: str) -> int:
    chance = glyph.get(text, 0.0)
    return 0 if chance == max(glyph.values()) else _ALIKE if chance >= _POSSIBLE else _DIFFERENT
