"""How a line of text was read, and how sure that is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from onestop.domain.imaging.found_lines import FoundLine, same_place
from onestop.domain.imaging.text_lines import Box

# What recognisers put for strokes that they could not make out; sellers hardly ever print it.
_IMPLAUSIBLE = frozenset('|~`_^*=<>{}[]\\"“”‘’°©®§¢£¥€')
_LONE_JAMO = re.compile(r"[\u3131-\u318e]")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
# A count or measure with its Korean ending, such as 500ml로, is how people write.
_MEASURE = re.compile(r"\d*[A-Za-z]{1,3}[가-힣]+")

SURE_PCT = 91.0
"""A reading this good is not tried again in another way."""
HOPELESS_PCT = 50.0
"""A reading less sure than this is no line."""
SHORT_PCT = 65.0
"""Two syllables need this score."""
SURE_SYLLABLES, SEVERAL_SYLLABLES = 2, 4
"""What a picture has to hold for its short and unsure readings to be believed, and what is believed on its own."""
SURE_FOREIGN_PCT = 60.0
"""What holds no Hangul is text in another script from this score on."""


class Crop(NamedTuple):
    """A piece of a picture as a recogniser takes it: dark ink on light ground, one byte a pixel, row by row from the top.

    Attributes:
        place: what part of the picture it shows.
    """

    width_px: int
    height_px: int
    grey: bytes
    place: Box


class Spot(NamedTuple):
    """A place that looks like a line of text.

    Attributes:
        line: what was found there.
        views: crops that show it level, the most promising first.
        tilt_deg: by how much the line is turned, counter-clockwise, where its neighbours are too.
    """

    line: FoundLine
    views: tuple[Crop, ...]
    tilt_deg: float = 0.0


class Word(NamedTuple):
    """A word as one attempt read it, or a piece of one.

    Attributes:
        text: its letters.
        confidence_pct: how sure the recogniser is of them.
        box: where they stand in the picture.
        glued: no space stands before it: recognisers take words apart that they do not know.
    """

    text: str
    confidence_pct: float
    box: Box
    glued: bool = False


class Reading(NamedTuple):
    """What a recogniser saw in one crop.

    Attributes:
        text: NFC, words parted by single spaces; empty when nothing was seen.
        score_pct: how sure it is, 0 to 100: see ``score``.
        box: around the words, in pixels of the picture.
    """

    text: str
    score_pct: float
    box: Box


def score(text: str, confidence_pct: float) -> float:
    """How far a reading can be trusted: the recogniser's own confidence, less what is implausible, plus a little for length.

    * 0.3 for each character without spaces, 12 at most;
    * less 25 times the share of symbols that sellers hardly print, and 30 times that of lone jamo;
    * less, for each word that mixes Hangul and Latin, 12 for each Latin letter, three at most, over the number of words;
      a measure with an ending such as ``500ml로`` is left alone.

    Source:
        Measured on generated pages, see ``make eval-images``; a gate belongs to this definition and to the recogniser's data.

    Example:
        >>> score("무료배송", 90.0), score("무료|송", 90.0), score("", 90.0)
        (91.2, 84.95, 0.0)
    """
    bare = "".join(text.split())
    if not bare:
        return 0.0
    return min(100.0, max(0.0, round(confidence_pct - implausibility(text) + 0.3 * min(len(bare), 12), 2)))


def implausibility(text: str) -> float:
    """What ``score`` takes off for letters that sellers hardly print together.

    Example:
        >>> implausibility("무료배송"), implausibility("BEST료"), implausibility("500ml로")
        (0.0, 36.0, 0.0)
    """
    bare, words = "".join(text.split()), text.split()
    if not bare:
        return 0.0
    odd = 25 * sum(letter in _IMPLAUSIBLE for letter in bare) / len(bare) + 30 * len(_LONE_JAMO.findall(bare)) / len(bare)
    return odd + sum(12 * min(len(_LATIN.findall(word)), 3) for word in words if _is_mixed(word)) / len(words)


def _is_mixed(word: str) -> bool:
    return bool(_HANGUL.search(word) and _LATIN.search(word) and not _MEASURE.fullmatch(word))


def has_korean(text: str) -> bool:
    """Whether there is a Hangul syllable in it.

    Example:
        >>> has_korean("1+1 행사"), has_korean("NEW")
        (True, False)
    """
    return bool(_HANGUL.search(text))


def is_line(reading: Reading) -> bool:
    """Whether a reading is a line of Korean: it holds Hangul, and the fewer syllables, the surer: things look like them.

    Example:
        >>> is_line(Reading("크기", 75.0, Box(0, 0, 9, 9))), is_line(Reading("고 1", 80.0, Box(0, 0, 9, 9)))
        (True, False)
    """
    syllables = len(_HANGUL.findall(reading.text))
    alone = syllables == 1 and len("".join(reading.text.split())) <= 2
    needed = SURE_PCT if alone else SHORT_PCT if syllables <= 2 else HOPELESS_PCT
    return syllables > 0 and reading.score_pct >= needed


def believed(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a picture that are lines of Korean: short and unsure ones only beside a sure one.

    Folds, leaves and knobs look like a syllable or two here and there; of a picture that holds nothing else, none is believed.

    Example:
        >>> sure, short, long = (Reading(text, score, Box(0, 0, 9, 9)) for text, score in
        ...                      [("수분 크림", 98.0), ("스토", 66.0), ("피부 속까지", 66.0)])
        >>> [len(believed(some)) for some in ([short], [long], [sure, short])]
        [0, 1, 2]
    """
    lines = [reading for reading in readings if is_line(reading)]
    if any(reading.score_pct >= SURE_PCT and _syllables(reading) >= SURE_SYLLABLES for reading in lines):
        return lines
    return [reading for reading in lines if _syllables(reading) >= SEVERAL_SYLLABLES and not _LONE_JAMO.search(reading.text)]


def _syllables(reading: Reading) -> int:
    return len(_HANGUL.findall(reading.text))


def is_foreign(reading: Reading) -> bool:
    """Whether a reading is surely text without Korean, such as a brand or a phone number: it stays as it is.

    Example:
        >>> is_foreign(Reading("MADE IN ITALY", 95.0, Box(0, 0, 9, 9))), is_foreign(Reading("l1|i", 40.0, Box(0, 0, 9, 9)))
        (True, False)
    """
    return bool(reading.text) and not has_korean(reading.text) and reading.score_pct >= SURE_FOREIGN_PCT


def without_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those that lie on a better one: longer and surer readings come first.

    Example:
        >>> whole, part = Reading("오늘 출발", 93.0, Box(0, 0, 90, 20)), Reading("출발", 95.0, Box(50, 0, 40, 20))
        >>> [reading.text for reading in without_repeats([part, whole])]
        ['오늘 출발']
    """
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda reading: (-reading.score_pct * len(reading.text) ** 0.5, reading.box)):
        if not any(same_place(reading.box, other.box) for other in kept):
            kept.append(reading)
    return kept
