"""One reading out of several attempts at a line: they vote letter by letter."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from onestop.domain.imaging.found_lines import union
from onestop.domain.imaging.reading import Reading, Word, implausibility, score

Attempt = tuple[Word, ...]
"""What was read in one crop, word by word."""

FAR_BEHIND_PCT = 25.0
"""An attempt that much less sure than the surest has no vote."""
_SHARPNESS = 8
"""The power of its confidence with which a word votes: two unsure attempts do not outvote a sure one."""


class Letter(NamedTuple):
    """A letter of an attempt, and the weight of its vote."""

    text: str
    weight: float


def elect(attempts: Sequence[Attempt]) -> Reading | None:
    """The reading that the attempts agree on, in the words of the surest one; None when nothing was read.

    Each letter of the surest attempt is put to the vote of those that the others have in its place, or of its absence. The
    score is that of the text, with the confidence of the words that carry it, less what speaks against the letter that is
    most in doubt.

    Source:
        Fiscus, A post-processing system to yield reduced word error rates: ROVER, ASRU 1997.

    Example:
        >>> from onestop.domain.imaging.text_lines import Box
        >>> word = lambda text, confidence: (Word(text, confidence, Box(0, 0, 80, 20)),)
        >>> elect([word("강력한", 80.0), word("감력한", 85.0), word("강력한", 84.0)]).text
        '강력한'
    """
    heard = voters(attempts)
    if not heard:
        return None
    first, *others = (letters(attempt) for attempt in heard)
    ballots: list[dict[str, float]] = [{letter.text: letter.weight} for letter in first]
    for other in others:
        for ballot, letter in zip(ballots, aligned(first, other), strict=True):
            ballot[letter.text] = ballot.get(letter.text, 0.0) + letter.weight
    winners = [max(ballot.items(), key=itemgetter(1)) for ballot in ballots]
    text = _in_words([letter for letter, _ in winners], heard[0])
    agreement = min(weight / sum(ballot.values()) for (_, weight), ballot in zip(winners, ballots, strict=True))
    confidence = _confidence(heard[0]) - DISSENT_PCT * (1 - agreement)
    return Reading(text, score(text, confidence), union(word.box for word in heard[0])) if text else None


def voters(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts that are not far less sure than the surest, which comes first."""
    ranked = sorted((attempt for attempt in attempts if attempt), key=_score, reverse=True)
    return [attempt for attempt in ranked if _score(attempt) > _score(ranked[0]) - FAR_BEHIND_PCT]


DISSENT_PCT = 20.0
"""Taken off the confidence where the letter most in doubt has no majority at all."""


def aligned(first: Sequence[Letter], other: Sequence[Letter]) -> Iterator[Letter]:
    """For each letter of the first attempt, the letter in its place in the other, by the fewest changes; empty where it lacks one."""
    costs = _costs([letter.text for letter in first], [letter.text for letter in other])
    mean = sum(letter.weight for letter in other) / len(other)
    places: list[Letter] = []
    at, to = len(first), len(other)
    while at:
        if to and costs[at][to] == costs[at - 1][to - 1] + (first[at - 1].text != other[to - 1].text):
            at, to = at - 1, to - 1
            places.append(other[to])
        elif costs[at][to] == costs[at - 1][to] + 1:
            at -= 1
            places.append(Letter("", mean))
        else:
            to -= 1
    return reversed(places)


def _costs(first: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    """Edit distances between all beginnings of two texts."""
    costs = [list(range(len(other) + 1))]
    for at, letter in enumerate(first, start=1):
        row = [at]
        for to, against in enumerate(other):
            row.append(min(costs[-1][to] + (letter != against), costs[-1][to + 1] + 1, row[-1] + 1))
        costs.append(row)
    return costs


def letters(attempt: Attempt) -> list[Letter]:
    """The letters of an attempt, each with the vote of its word."""
    weights = [max(0.01, (word.confidence_pct - implausibility(word.text)) / 100) ** _SHARPNESS for word in attempt]
    return [Letter(letter, weight) for word, weight in zip(attempt, weights, strict=True) for letter in word.text]


def _score(attempt: Attempt) -> float:
    return score(_in_words([letter for word in attempt for letter in word.text], attempt), _confidence(attempt))


def _confidence(attempt: Attempt) -> float:
    """Of an attempt, each word counted with its letters: long words are surer than short ones."""
    letters = sum(len(word.text) for word in attempt)
    return sum(word.confidence_pct * len(word.text) for word in attempt) / letters


def _in_words(letters: Sequence[str], attempt: Attempt) -> str:
    """The letters parted as the attempt's words are."""
    text, at = "", 0
    for word in attempt:
        text += ("" if word.glued else " ") + "".join(letters[at : at + len(word.text)])
        at += len(word.text)
    return " ".join(text.split())
