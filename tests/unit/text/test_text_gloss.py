"""The Korean gloss under a foreign title."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.domain.text.aligned import UNKNOWN
from onestop.domain.text.grammar import GRAMMAR


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", [("Clear", "투명"), ("Case", "케이스"), ("for", "용"), ("iPhone 15 Pro", "아이폰 15 프로"), ("2 pcs", "2개")]),
        ("th", [("เคส", "케이스"), ("ใส", "투명"), ("สำหรับ", "용"), ("iPhone 15 Pro", "아이폰 15 프로"), ("2 ชิ้น", "2개")]),
        ("zh-Hans", [("适用于", "호환"), ("iPhone 15 Pro", "아이폰 15 프로"), ("透明", "투명"), ("手机壳", "케이스"), ("2个", "2개")]),
        ("ja", [("iPhone 15 Pro", "아이폰 15 프로"), ("対応", "호환"), ("クリア", "투명"), ("ケース", "케이스"), ("2個", "2개")]),
        ("es", [("Funda", "케이스"), ("transparente", "투명"), ("para", "용"), ("iPhone 15 Pro", "아이폰 15 프로"), ("2 unidades", "2개")]),
        ("tr", [("iPhone 15 Pro", "아이폰 15 프로"), ("Uyumlu", "호환"), ("Şeffaf", "투명"), ("Kılıf", "케이스"), ("2 Adet", "2개")]),
    ],
)
def test_each_word_has_the_korean_it_came_from(adapt, locale, expected):
    """The gloss follows the title's order, whatever that order is."""
    assert list(adapt("아이폰15 프로 투명 케이스 2개", "디지털", locale).gloss) == expected


def test_inflected_words_keep_their_korean(adapt):
    """An adjective in the feminine and a noun in the possessive are still known."""
    assert adapt("경량 캠핑 의자", "", "es").gloss == (("Silla", "의자"), ("de camping", "캠핑"), ("ligera", "경량"))
    assert adapt("캠핑 의자", "", "tr").gloss == (("Kamp", "캠핑"), ("Sandalyesi", "의자"))


def test_a_word_that_nothing_explains_says_so(adapt):
    """The seller's own English title is glossed as far as the Korean one explains it."""
    text = adapt("꽃무늬 순면 양말 10켤레", "패션", title_en="Floral Pure Cotton Socks 10 Pairs")
    assert text.title == "Floral Pure Cotton Socks 10 Pairs"
    assert text.gloss == (("Floral", UNKNOWN), ("Pure Cotton", "순면"), ("Socks", "양말"), ("10 Pairs", "10켤레"))


def test_a_blocked_text_has_no_gloss(adapt):
    """Without a title there is nothing to explain."""
    assert adapt("꽃무늬", "패션", "th").gloss == ()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["여성", "코튼", "반팔", "오버핏", "접이식", "경량", "방수", "블랙", "100%", "대형", "2개", "1.5L", "아이폰"]),
        max_size=6,
    ),
    locale=st.sampled_from(sorted(GRAMMAR)),
)
def test_a_gloss_never_changes_a_title(adapt, words, locale):
    """Read in order, the stretches are parts of the title, and no letter or digit is left out."""
    text = adapt(" ".join([*words, "의자"]), "", locale)
    rest = text.title
    for stretch, korean in text.gloss:
        before, found, rest = rest.partition(stretch)
        assert found
        assert korean
        assert not any(letter.isalnum() for letter in before)
    assert not any(letter.isalnum() for letter in rest)
