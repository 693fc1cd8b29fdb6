"""Whether a redrawn picture goes out by itself, or waits for a person."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.imaging.text_lines import Box, Doubt, LineAction, LineWording, PictureText, TextLine

ABOUT_WORDS = frozenset({Doubt.LOW_SCORE, Doubt.DIGITS, Doubt.WORDS})
"""What a person who wrote the words has settled."""


class GateRules(BaseModel):
    """Figures of the gate, kept as data.

    Attributes:
        min_score_pct: the least score of a line that counts as read surely.
        min_known_score_pct: the same of a line whose every word is known.
    """

    model_config = ConfigDict(frozen=True)

    min_score_pct: float
    min_known_score_pct: float


class Outcome(StrEnum):
    """What becomes of a redrawn picture."""

    GO = "go"
    REVIEW = "review"


class Verdict(NamedTuple):
    """The outcome, and (line, why) of everything that holds the picture up; the line is empty where the whole picture is meant."""

    outcome: Outcome
    reasons: tuple[tuple[str, Doubt], ...]


def judge(
    text: PictureText, wordings: Sequence[LineWording], doubts: Sequence[tuple[str, Doubt]], reread: Callable[[], PictureText],
    rules: GateRules,
) -> Verdict:  # fmt: skip
    """Put together all that speaks against sending a redrawn picture out.

    Every line has to be read surely, its numbers and words sure, calm, level, horizontal, replaced or removed; nothing that looks like
    text may be left. A person's words settle doubts about words, not about pixels; a line that a person keeps may stay Korean.

    Args:
        text: what was read in the seller's picture.
        wordings: what became of each line; a line without one is as it was.
        doubts: of erasing and drawing.
        reread: the reader's word on the erased picture, asked only when nothing else speaks against it; Thai and Latin letters are
            taken for Korean, so the drawn one would not do.
        rules: the figures.

    Example:
        >>> line = TextLine(line_id="L1", text="무료배송", score_pct=89, box=Box(10, 10, 72, 18), colour="#000000",
        ...                 ground_colour="#ffffff", ground="flat")
        >>> text = PictureText(source_sha256="", width_px=100, height_px=100, engine="", lines=(line,))
        >>> clean = lambda: text.model_copy(update={"lines": ()})
        >>> rules = GateRules(min_score_pct=98, min_known_score_pct=90)
        >>> judge(text, [LineWording(line_id="L1", action="replace", text="Free")], [], clean, rules)
        Verdict(outcome=<Outcome.REVIEW: 'review'>, reasons=(('L1', <Doubt.LOW_SCORE: 'low_score'>),))
        >>> own = LineWording(line_id="L1", action="replace", text="Free", by_person=True)
        >>> judge(text, [own], [], clean, rules).outcome.value
        'go'
    """
    wording_of = {wording.line_id: wording for wording in wordings}
    own = {wording.line_id for wording in wordings if wording.by_person}
    of_lines = [(line.line_id, doubt) for line in text.lines for doubt in line_doubts(line, wording_of.get(line.line_id), rules)]
    found = [*doubts, *of_lines, *([("", Doubt.UNREAD_TEXT)] if text.unread else [])]
    reasons = tuple(dict.fromkeys(one for one in found if not (one[0] in own and one[1] in ABOUT_WORDS)))
    if not reasons:
        # Reading once more takes longest, and what waits for a person anyway is seen by that person.
        still = [line.box for line in text.lines if line.line_id not in wording_of or wording_of[line.line_id].action is LineAction.KEEP]
        reasons = tuple(dict.fromkeys(("", doubt) for doubt in _residue(reread(), still)))
    return Verdict(Outcome.REVIEW if reasons else Outcome.GO, reasons)


def line_doubts(line: TextLine, wording: LineWording | None, rules: GateRules) -> Iterator[Doubt]:
    """What speaks against one line's wording before anything is drawn; a line without a wording stays Korean."""
    if wording is None or wording.action is LineAction.KEEP:
        if wording is None or not wording.by_person:
            yield from _doubts_of_words(wording) or (Doubt.KOREAN_LEFT,)
        return
    if line.score_pct < (rules.min_known_score_pct if wording.known else rules.min_score_pct):
        yield Doubt.LOW_SCORE
    yield from _doubts_of_words(wording)
    if line.vertical:
        yield Doubt.VERTICAL
    if line.tilt_deg:
        yield Doubt.TILTED


def _doubts_of_words(wording: LineWording | None) -> tuple[Doubt, ...]:
    codes = wording.doubts if wording else ()
    return tuple(Doubt(code) if code in set(Doubt) else Doubt.WORDS for code in codes)


def _residue(erased: PictureText, kept: Sequence[Box]) -> Iterator[Doubt]:
    """What the reader still sees where nothing was kept."""
    if any(not _lies_on(line.box, kept) for line in erased.lines):
        yield Doubt.KOREAN_LEFT
    if any(not _lies_on(box, kept) for box in erased.unread):
        yield Doubt.UNREAD_TEXT


def _lies_on(box: Box, kept: Sequence[Box]) -> bool:
    return any(2 * box.overlap(other) > box.width_px * box.height_px for other in kept)
