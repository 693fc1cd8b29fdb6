"""What becomes of each line of a picture: said, taken away, or left for a person."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.imaging.text_lines import Box, Doubt, Ground, LineAction, TextLine
from onestop.domain.imaging.wording import RemovedRule, Speaker, edit_of, saying, wording_of

SHIPPING = RemovedRule(kind="shipping", pattern="무료배송", why_ko="국내 배송", why_en="domestic shipping")
BOOK = {"수분 크림": "Moisturizing Cream", "용량 50ml": "Volume 50ml"}


def line(text: str, line_id: str = "L1") -> TextLine:
    """A line as a reader gives it."""
    return TextLine(
        line_id=line_id, text=text, score_pct=98.0, box=Box(0, 0, 100, 20), colour="#000000", ground_colour="#ffffff", ground=Ground.FLAT
    )  # fmt: skip


def speaker(known: frozenset[object] = frozenset(), figures: Callable[[str], frozenset[object]] = lambda _: frozenset()) -> Speaker:
    """English out of a small book."""
    return Speaker(BOOK.get, figures, known)


def digits(text: str) -> frozenset[object]:
    """The digits of a text."""
    return frozenset(one for one in text if one.isdigit())


def test_a_known_line_is_replaced():
    """Given a line that the language can say, when it is worded, then it is replaced without any doubt."""
    done = wording_of(line("수분 크림"), speaker(), [SHIPPING])

    assert (done.action, done.text, done.doubts) == (LineAction.REPLACE, "Moisturizing Cream", ())


def test_an_unknown_line_is_kept_for_a_person():
    """Given a line that nobody can say, when it is worded, then nothing is made up and a person is asked."""
    done = wording_of(line("피부 속까지 촉촉"), speaker(), [SHIPPING])

    assert (done.action, done.text, done.doubts) == (LineAction.KEEP, "", (Doubt.WORDS,))


def test_a_promise_that_holds_at_home_only_is_taken_away():
    """Given free domestic shipping in any spacing, when it is worded, then it is removed without a question."""
    done = wording_of(line("★ 무료 배송 ★"), speaker(), [SHIPPING])

    assert (done.action, done.doubts) == (LineAction.REMOVE, ())


@pytest.mark.parametrize(("known", "doubts"), [("5 0", ()), ("5", (Doubt.DIGITS,)), ("", (Doubt.DIGITS,))])
def test_figures_are_believed_only_from_the_catalogue(known, doubts):
    """Given a line with a figure, when the product's fields do not state it, then a person is asked, however sure the reading."""
    done = wording_of(line("용량 50ml"), speaker(digits(known), digits), [])

    assert done.doubts == doubts


def test_no_words_may_show():
    """Given a channel that wants no text, when a line may belong to the goods, then its removal is a person's to allow."""
    removed = wording_of(line("수분 크림"), speaker(), [SHIPPING], may_show_text=False)
    promo = wording_of(line("무료배송"), speaker(), [SHIPPING], may_show_text=False)

    assert (removed.action, removed.doubts) == (LineAction.REMOVE, (Doubt.ON_PRODUCT,))
    assert (promo.action, promo.doubts) == (LineAction.REMOVE, ())


@given(st.sampled_from(["수분 크림", "무료배송", "피부 속까지", "용량 50ml"]), st.booleans())
def test_a_persons_word_stands_over_all(text, may_show_text):
    """Given any line, when a person said what to do, then that is done and nothing is asked."""
    for edit, action in {"keep": LineAction.KEEP, "삭제": LineAction.REMOVE, "Rich cream": LineAction.REPLACE}.items():
        done = wording_of(line(text), speaker(figures=digits), [SHIPPING], edit=edit, may_show_text=may_show_text)

        assert (done.action, done.by_person, done.doubts) == (action, True, ())


def test_a_label_and_its_value_are_said_apart():
    """Given a label with a value, when both are known, then they are said around a colon, else not at all."""
    say = saying([{"소재": "Material", "면": "Cotton"}.get])

    assert [say("소재: 면"), say("소재 : 면"), say("소재: 마"), say(": 면")] == ["Material: Cotton", "Material: Cotton", None, None]


def test_a_lines_own_edit_stands_over_the_pictures():
    """Given an edit of one line and one of the whole picture, when both are there, then each line takes its own."""
    assert [edit_of(one, {"*": "keep", "L2": "Rice"}) for one in ("L1", "L2")] == ["keep", "Rice"]
