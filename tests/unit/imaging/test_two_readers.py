"""Two engines' word on a line: what both see passes the gate, what only one sees does not, however sure it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.imaging.letters import composed, parts
from onestop.domain.imaging.reading import Word
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.voting import elect
from onestop.domain.imaging.witness import CONTESTED_PCT, VOUCHED_PCT, Glyph, weighed

PLACE = Box(10, 10, 200, 20)
TEXTS = st.text("가나다라마 abc123|", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


def attempt(text: str, confidence_pct: float = 90.0) -> tuple[Word, ...]:
    """What Tesseract gives for a line of a few words."""
    return tuple(Word(word, confidence_pct, PLACE) for word in text.split())


def seen(text: str, chance: float = 0.99, **instead: str) -> list[Glyph]:
    """What the network sees; ``instead`` gives letters that it holds for the rest of the chance."""
    return [
        Glyph({letter: chance, **({instead[letter]: 1 - chance} if letter in instead else {})}, Box(10 + 20 * at, 10, 20, 20))
        for at, letter in enumerate("".join(text.split()))
    ]


def test_a_line_that_both_see_alike_is_sure_whatever_tesseract_says_of_itself():
    """A pale line, of which Tesseract is unsure; spaces are Tesseract's."""
    assert elect([attempt("수분 크림 50ml", 75.0)]).score_pct < 80

    reading = weighed([attempt("수분 크림 50ml", 75.0)], seen("수분 크림 50ml"))

    assert (reading.text, reading.box) == ("수분 크림 50ml", PLACE)
    assert reading.score_pct >= VOUCHED_PCT


def test_a_letter_that_tesseract_has_in_one_attempt_only_stands_when_the_network_sees_it():
    """Its systematic confusions: a final taken for another in most attempts."""
    attempts = [attempt("감력한 흡입력", 95.0), attempt("감력한 흡입력", 95.0), attempt("강력한 흡입력", 92.0)]

    reading = weighed(attempts, seen("강력한 흡입력"))

    assert reading.text == "강력한 흡입력"
    assert reading.score_pct >= VOUCHED_PCT


@pytest.mark.parametrize(
    ("tesseract", "network"),
    [
        pytest.param("닿는 곳", "당는 곳", id="each sees another letter"),
        pytest.param("세탁7| 가능", "세탁기 가능", id="a letter in two pieces"),
        pytest.param("사용법 안내", "사용법안", id="a letter less"),
        pytest.param("Al 6개월", "시 6개월", id="Latin for Hangul"),
    ],
)
def test_a_line_that_they_read_apart_is_not_sure(tesseract: str, network: str):
    """However sure of itself Tesseract is."""
    assert weighed([attempt(tesseract, 99.0)] * 4, seen(network, 0.97)).score_pct <= CONTESTED_PCT


def test_a_syllable_that_tesseract_never_reads_stands_when_the_network_is_certain():
    """It knows some only from training, and leaves them out; it still has to see most of the line."""
    certain = weighed([attempt("제주 감글 그대로 착했어요", 80.0)] * 4, seen("제주 감귤 그대로 착즙했어요", 0.99))
    alone = weighed([attempt("제주 Ate 그대로 SUA요", 80.0)] * 4, seen("제주 감귤 그대로 착즙했어요", 0.99))

    assert certain.text == "제주 감귤 그대로 착즙했어요"
    assert certain.score_pct >= VOUCHED_PCT > alone.score_pct


def test_neither_talks_the_other_round():
    """Where all attempts agree and the network holds their letter for the less likely one, the line waits."""
    unlikely = weighed([attempt("감력한", 97.0)] * 6, seen("강력한", 0.8, 강="감"))

    assert unlikely.score_pct <= CONTESTED_PCT


def test_what_the_network_alone_is_sure_of_is_the_reading_but_not_sure():
    """It counts as a line; the gate lets it through only when every word of it is known."""
    reading = weighed([attempt("완전 밤수 섣계", 60.0)], seen("완전 방수 설계", 0.97))

    assert reading.text == "완전 방수 설계"
    assert reading.score_pct == 91.0


def test_without_letters_tesseract_stands_and_is_not_sure():
    """The network sees nothing in a crop, or nothing it is sure of."""
    alone = weighed([attempt("무료배송", 99.0)], [])
    unsure = weighed([attempt("무료배송", 99.0)], seen("무료배승", 0.5))

    assert (alone.text, unsure.text) == ("무료배송", "무료배송")
    assert alone.score_pct == unsure.score_pct == CONTESTED_PCT
    assert weighed([], []) is None


@given(st.lists(st.tuples(TEXTS, st.floats(0, 100)), max_size=4), TEXTS | st.just(""), st.floats(0.01, 1))
def test_any_word_of_both_gives_a_reading_within_bounds(attempts: list[tuple[str, float]], network: str, chance: float):
    """Whatever they see, the same each time; a reading that passes is what the network saw."""
    heard = [attempt(*one) for one in attempts]
    found = weighed(heard, seen(network, chance))

    assert found == weighed(heard, seen(network, chance))
    assert found is None or (0 <= found.score_pct <= 100 and found.text == " ".join(found.text.split()))
    if found and found.score_pct >= VOUCHED_PCT:
        assert "".join(found.text.split()) == "".join(network.split())


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_a_syllable_is_its_parts(syllable: str):
    """Taken apart and put together again."""
    assert composed(*parts(syllable)) == syllable
