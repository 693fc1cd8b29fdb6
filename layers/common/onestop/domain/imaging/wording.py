"""What each line of a picture is to say in a market: translated, taken away, or left for a person to word."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.imaging.text_lines import Doubt, LineAction, LineWording, TextLine
from onestop.domain.text.normalise import normalise

KEEP_WORDS, REMOVE_WORDS = frozenset({"keep", "그대로", "유지"}), frozenset({"remove", "삭제", "지움"})
WHOLE = "*"
"""The line of an edit that is meant for every line of the picture."""

_SPACE = re.compile(r"\s+")


class RemovedRule(BaseModel):
    """A kind of line that is never translated, because what it promises holds at home only.

    Attributes:
        kind: such as ``shipping`` or ``coupon``.
        pattern: of the line, normalised and without spaces.
        why_ko, why_en: the reason in words.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    pattern: str
    why_ko: str
    why_en: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready to search."""
        return re.compile(self.pattern, re.IGNORECASE)


def removed_by(text: str, rules: Iterable[RemovedRule]) -> RemovedRule | None:
    """The first rule by which a line is taken away, or None.

    Example:
        >>> rules = [RemovedRule(kind="shipping", pattern="무료배송", why_ko="국내 배송", why_en="domestic shipping")]
        >>> removed_by("★ 무료 배송 ★", rules).kind
        'shipping'
    """
    bare = _SPACE.sub("", normalise(text))
    return next((rule for rule in rules if rule.compiled.search(bare)), None)


class Speaker(NamedTuple):
    """What a language has to say.

    Attributes:
        say: a Korean line -> the words for it, or None when that is not sure.
        figures: a Korean line -> the figures that it states, as facts that can be compared.
        known: the figures that the product's own fields state.
    """

    say: Callable[[str], str | None]
    figures: Callable[[str], Collection[object]]
    known: Collection[object]


def wording_of(
    line: TextLine, speaker: Speaker, rules: Iterable[RemovedRule], *, edit: str = "", may_show_text: bool = True
) -> LineWording:  # fmt: skip
    """What becomes of one line.

    A person's word stands over all. A promise that holds at home only is taken away. Where the channel lets a picture show no
    text at all, every line is taken away, and whether it is printed on the goods is for a person to see. Figures are believed
    only when the product's own fields state them, for a reader mistakes them most.

    Args:
        line: as it was read.
        speaker: the language.
        rules: kinds of lines that are taken away.
        edit: what a person wrote for the line: new words, or to keep or remove it; empty when nobody did.
        may_show_text: whether the channel lets this picture show words.
    """
    if edit:
        return _by_person(line, edit)
    if removed_by(line.text, rules):
        return LineWording(line_id=line.line_id, action=LineAction.REMOVE, known=True)
    if not may_show_text:
        return LineWording(line_id=line.line_id, action=LineAction.REMOVE, doubts=(Doubt.ON_PRODUCT,))
    words = speaker.say(line.text)
    doubts = [] if words else [Doubt.WORDS]
    if not set(speaker.figures(line.text)) <= set(speaker.known):
        doubts.append(Doubt.DIGITS)
    return LineWording(
        line_id=line.line_id,
        action=LineAction.REPLACE if words else LineAction.KEEP,
        text=words or "",
        doubts=tuple(doubts),
        known=bool(words),
    )


def _is_whole(text: str) -> bool:
    """Whether no bracket is open: half of a line may be made of known words too."""
    return all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "「」"))


def _by_person(line: TextLine, edit: str) -> LineWording:
    word = normalise(edit).lower()
    if word in KEEP_WORDS:
        return LineWording(line_id=line.line_id, action=LineAction.KEEP, by_person=True)
    if word in REMOVE_WORDS:
        return LineWording(line_id=line.line_id, action=LineAction.REMOVE, by_person=True)
    return LineWording(line_id=line.line_id, action=LineAction.REPLACE, text=edit, by_person=True)


def edit_of(line_id: str, edits: Mapping[str, str]) -> str:
    """What a person wrote for a line, or for the whole picture, in that order.

    Example:
        >>> edit_of("L2", {"*": "keep", "L2": "Rice cake"}), edit_of("L1", {"*": "keep"}), edit_of("L1", {})
        ('Rice cake', 'keep', '')
    """
    return edits.get(line_id) or edits.get(WHOLE, "")


def _in_parts(text: str) -> tuple[str, str] | None:
    label, colon, value = text.partition(":")
    return (label.strip(), value.strip()) if colon and label.strip() and value.strip() else None


def saying(ways: Iterable[Callable[[str], str | None]]) -> Callable[[str], str | None]:
    """One way of saying a line out of several: the first that knows the whole line, else its label and its value apart.

    Example:
        >>> say = saying([{"소재": "Material", "면": "Cotton"}.get])
        >>> say("소재 : 면"), say("소재 : 마") is None
        ('Material: Cotton', True)
    """
    tried = tuple(ways)

    def whole(text: str) -> str | None:
        return next((words for way in tried if (words := way(text))), None)

    def say(text: str) -> str | None:
        if words := whole(text):
            return words
        parts = _in_parts(text)
        if not parts:
            return None
        label, value = whole(parts[0]), whole(parts[1])
        return f"{label}: {value}" if label and value else None

    return say
