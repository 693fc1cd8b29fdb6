"""Which Korean phrases count as naming a kind of goods, and which only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.screening.matching import names_goods, normalised

HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("text", "term", "named"),
    [
        ("칼", "칼", True),
        ("칼 세트", "칼", True),
        ("칼라 티셔츠", "칼", False),
        ("식칼", "칼", False),
        ("담배 한 보루", "담배", True),
        ("수입담배", "담배", True),
        ("소담배송", "담배", False),
        ("충전식전자담배액상", "전자 담배", True),
        ("전자-담배", "전자 담배", True),
        ("4000mah", "mah", True),
        ("mahogany", "mah", False),
        ("18650 셀", "18650", True),
    ],
)
def test_term_must_be_a_word_as_far_as_its_length_asks(text: str, term: str, named: bool) -> None:
    """One syllable stands alone, two touch the edge of a word, three and more may stand anywhere."""
    assert names_goods(text, [term]) is named


def test_exclusion_uses_up_only_what_it_matches() -> None:
    """Given an excluded phrase and the goods themselves, when both are in the title, then the goods are still seen."""
    assert not names_goods("맥주잔 세트", ["맥주"], ["맥주 잔"])
    assert names_goods("맥주 6캔 맥주잔 증정", ["맥주"], ["맥주 잔"])


def test_no_phrase_spans_two_fields() -> None:
    """Given a title that ends and a category that begins like a term, when matched, then the line between them holds."""
    assert not names_goods("전자\n담배 냄새 제거", ["전자 담배"])


@pytest.mark.parametrize("hidden", ["전자\u200b담배", "전\u00ad자담배", "ｖａｐｅ", "VAPE"])
def test_invisible_and_wide_characters_hide_nothing(hidden: str) -> None:
    """Given a word written with characters that look like nothing or like others, when normalised, then it is seen."""
    assert names_goods(normalised(hidden), ["전자 담배", "vape"])


def test_no_terms_name_nothing() -> None:
    """Given no terms, when any text is matched, then nothing is named."""
    assert not names_goods("칼", [])


@given(st.text(HANGUL, max_size=8), st.text(HANGUL, max_size=8))
def test_long_term_is_found_wherever_it_stands(before: str, after: str) -> None:
    """Given any Hangul around it, when a term of four syllables is in the text, then it is found."""
    assert names_goods(normalised(f"{before}전자담배{after}"), ["전자 담배"])


@given(st.text(max_size=60))
def test_any_text_can_be_matched(text: str) -> None:
    """Given any text at all, when it is matched, then the answer is yes or no and comes without an error."""
    assert names_goods(normalised(text), ["칼", "담배", "vape"], ["칼 라"]) in (True, False)
