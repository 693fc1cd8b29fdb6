"""chrF2: how many character n-grams two texts share, recall counted twice as much as precision."""

from collections import Counter
from collections.abc import Iterable

_BETA_SQUARED = 4
LATIN_ORDER = 6
UNSPACED_ORDER = 3
"""Six-character runs say nothing about languages whose words have one to three characters."""


def chrf(pairs: Iterable[tuple[str, str]], order: int = LATIN_ORDER) -> float:
    """The score of (hypothesis, reference) pairs taken as one text, 0 to 100.

    Source:
        Popović, chrF: character n-gram F-score for automatic MT evaluation, 2015; white space removed, orders that one side lacks left out.

    Example:
        >>> round(chrf([("Cotton T-Shirt", "Cotton Short-Sleeve T-Shirt")]), 4), chrf([("a", "b")])
        (38.653, 0.0)
    """
    matches, hypotheses, references = [0] * order, [0] * order, [0] * order
    for hypothesis, reference in pairs:
        for size in range(1, order + 1):
            ours, theirs = _ngrams(hypothesis, size), _ngrams(reference, size)
            matches[size - 1] += (ours & theirs).total()
            hypotheses[size - 1] += ours.total()
            references[size - 1] += theirs.total()
    sides = [(match, ours, theirs) for match, ours, theirs in zip(matches, hypotheses, references, strict=True) if ours and theirs]
    if not sides:
        return 0.0
    precision = sum(match / ours for match, ours, _ in sides) / len(sides)
    recall = sum(match / theirs for match, _, theirs in sides) / len(sides)
    if not precision + recall:
        return 0.0
    return 100 * (1 + _BETA_SQUARED) * precision * recall / (_BETA_SQUARED * precision + recall)


def _ngrams(text: str, size: int) -> Counter[str]:
    bare = "".join(text.split())
    return Counter(bare[at : at + size] for at in range(len(bare) - size + 1))
