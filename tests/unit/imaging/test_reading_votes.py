"""Several attempts at a line become one reading with a score."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.imaging.reading import Reading, Word, is_foreign, is_line, score, without_repeats
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.voting import elect

PLACE = Box(10, 10, 100, 20)
TEXTS = st.text("가나다라마 abc123|", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


def attempt(text: str, confidence_pct: float = 90.0) -> tuple[Word, ...]:
    """What a recogniser gives for a line of a few words."""
    return tuple(Word(word, confidence_pct, PLACE) for word in text.split())


def test_letters_are_elected_one_by_one():
    """Each attempt errs in another place; none is right as a whole, the vote is."""
    attempts = [attempt("상품 정보 고사", 91.0), attempt("상풍 정보 고시", 90.0), attempt("상품 장보 고시", 90.0)]

    assert elect(attempts).text == "상품 정보 고시"


def test_a_letter_that_most_attempts_lack_is_left_out():
    """A speck that one attempt takes for a letter."""
    assert elect([attempt("ㅣ무료배송", 92.0), attempt("무료배송", 91.0), attempt("무료배송", 91.0)]).text == "무료배송"


def test_pieces_that_no_space_parts_stay_together():
    """Recognisers take words apart that they do not know."""
    pieces = (Word("촉", 90.0, PLACE), Word("촉한", 90.0, PLACE, glued=True), Word("크림", 90.0, PLACE))

    assert elect([pieces]).text == "촉촉한 크림"


def test_dissent_lowers_the_score():
    """The same text is surer when every attempt has it."""
    agreed = elect([attempt("선착순 100명")] * 4)
    disputed = elect([attempt("선착순 100명")] * 2 + [attempt("섭착순 100명")] * 2)

    assert agreed.score_pct - disputed.score_pct > 5


@given(st.lists(st.tuples(TEXTS, st.floats(0, 100)), max_size=5))
def test_any_attempts_give_a_reading_within_bounds(attempts: list[tuple[str, float]]):
    """None when there are none; otherwise a score from 0 to 100, the same each time."""
    found = elect([attempt(*one) for one in attempts])

    assert (found is None) == (not attempts)
    assert found is None or (0 <= found.score_pct <= 100 and found.text == found.text.strip())
    assert found == elect([attempt(*one) for one in attempts])


def test_the_score_is_that_of_the_published_definition():
    """Length bonus, odd symbols, lone jamo and mixed words, each by itself; https is no part of it."""
    assert score("가나다라", 90.0) == 91.2
    assert score("가" * 30, 90.0) == 93.6
    assert score("가나다|", 90.0) == round(91.2 - 25 / 4, 2)
    assert score("가나다ㄱ", 90.0) == round(91.2 - 30 / 4, 2)
    assert score("가AB나 다라", 80.0) == round(81.8 - 24 / 2, 2)
    assert score("하루 500ml로", 90.0) == round(90 + 0.3 * 8, 2)
    assert score("", 90.0) == 0.0


def test_only_lines_with_korean_count_and_short_ones_must_be_sure():
    """A phone number stays in the picture as it is; a bottle's shoulder is no syllable."""
    assert is_line(Reading("정가 39,000원", 70.0, PLACE))
    assert not is_line(Reading("02-1234-5678", 99.0, PLACE))
    assert not is_line(Reading("고 1", 88.0, PLACE))
    assert is_foreign(Reading("02-1234-5678", 99.0, PLACE))
    assert not is_foreign(Reading("정가", 99.0, PLACE))


def test_of_two_readings_in_one_place_the_longer_sure_one_stays():
    """A line and a part of it that was found once more."""
    line, part, other = (
        Reading("오늘 출발", 94.0, Box(0, 0, 120, 24)), Reading("출발", 96.0, Box(70, 0, 50, 24)), Reading("신상품", 90.0, Box(0, 60, 90, 24)),
    )  # fmt: skip

    assert without_repeats([part, other, line]) == [line, other]
