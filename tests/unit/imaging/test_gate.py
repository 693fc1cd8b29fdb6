"""What holds a redrawn picture up, and what a person's word settles."""

import pytest

from onestop.domain.imaging.gate import GateRules, Outcome, judge
from onestop.domain.imaging.text_lines import Box, Doubt, LineAction, LineWording, PictureText, TextLine

RULES = GateRules(min_score_pct=98, min_known_score_pct=90)


def line(name: str, top_px: int, **looks: object) -> TextLine:
    style = {"colour": "#000000", "ground_colour": "#ffffff", "ground": "flat", "score_pct": 98.0, **looks}
    return TextLine(line_id=name, text="무료배송", box=Box(10, top_px, 80, 20), **style)


def picture(*lines: TextLine, unread: tuple[Box, ...] = ()) -> PictureText:
    return PictureText(source_sha256="", width_px=200, height_px=200, engine="", lines=lines, unread=unread)


def said(name: str, **more: object) -> LineWording:
    return LineWording(line_id=name, **{"action": LineAction.REPLACE, "text": "Free", **more})


def verdict(text: PictureText, *wordings: LineWording, doubts: tuple = (), left: PictureText | None = None):
    return judge(text, wordings, doubts, lambda: left or picture(), RULES)


def test_a_sure_calm_picture_goes_out():
    """Given lines read surely, replaced and removed, when nothing is left, then no person is needed."""
    found = verdict(picture(line("L1", 10), line("L2", 50)), said("L1"), said("L2", action=LineAction.REMOVE, text=""))

    assert found == (Outcome.GO, ())


@pytest.mark.parametrize(
    ("text", "wording", "reason"),
    [
        (picture(line("L1", 10, score_pct=97.9)), said("L1"), ("L1", Doubt.LOW_SCORE)),
        (picture(line("L1", 10, score_pct=89.9)), said("L1", known=True), ("L1", Doubt.LOW_SCORE)),
        (picture(line("L1", 10, vertical=True)), said("L1"), ("L1", Doubt.VERTICAL)),
        (picture(line("L1", 10, tilt_deg=-4.0)), said("L1"), ("L1", Doubt.TILTED)),
        (picture(line("L1", 10)), said("L1", doubts=("digits",)), ("L1", Doubt.DIGITS)),
        (picture(line("L1", 10)), said("L1", doubts=("some_engine_code",)), ("L1", Doubt.WORDS)),
        (picture(line("L1", 10)), said("L1", action=LineAction.KEEP, text=""), ("L1", Doubt.KOREAN_LEFT)),
        (picture(line("L1", 10)), said("L9"), ("L1", Doubt.KOREAN_LEFT)),
        (picture(line("L1", 10), unread=(Box(0, 90, 40, 20),)), said("L1"), ("", Doubt.UNREAD_TEXT)),
    ],
    ids=lambda value: value[1].value if isinstance(value, tuple) and isinstance(value[1], Doubt) else "",
)
def test_each_doubt_holds_the_picture_up(text, wording, reason):
    """Given one fault, then the picture waits for a person, and the reason names the line."""
    assert verdict(text, wording) == (Outcome.REVIEW, (reason,))


def test_known_words_vouch_for_a_line():
    """Given a line read less surely, when every word of it is known, then it counts as read."""
    assert verdict(picture(line("L1", 10, score_pct=91.0)), said("L1", known=True)).outcome is Outcome.GO


def test_what_the_reader_still_sees_holds_the_picture_up():
    """Given Korean or rows of text on the erased picture, then each is a reason for the whole picture."""
    found = verdict(picture(line("L1", 10)), said("L1"), left=picture(line("L1", 12), unread=(Box(0, 90, 40, 20),)))

    assert found.reasons == (("", Doubt.KOREAN_LEFT), ("", Doubt.UNREAD_TEXT))


def test_a_person_settles_words_but_not_pixels():
    """Given a line that a person wrote, then its score and words are beyond doubt, and its busy ground is not."""
    doubtful = picture(line("L1", 10, score_pct=40))
    own = said("L1", by_person=True, doubts=("digits", "words"))

    assert verdict(doubtful, own).outcome is Outcome.GO
    assert verdict(doubtful, own, doubts=(("L1", Doubt.BUSY_GROUND),)).reasons == (("L1", Doubt.BUSY_GROUND),)


def test_a_line_that_a_person_keeps_may_stay_korean():
    """Given a line kept by a person, when the reader sees it again on the erased picture, then that is no reason."""
    text = picture(line("L1", 10))

    found = verdict(text, said("L1", action=LineAction.KEEP, text="", by_person=True), left=picture(line("L1", 11)))

    assert found.outcome is Outcome.GO
