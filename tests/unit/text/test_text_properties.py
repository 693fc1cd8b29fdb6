"""What must hold for every title, whatever the seller wrote."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.domain.catalog.product import Variant
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.facts import lost_and_added
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.normalise import normalise, strip_promo
from onestop.domain.text.qa import HANGUL

_WORDS = st.sampled_from(
    ["여성", "오버핏", "코튼", "반팔", "티셔츠", "양말", "토너", "앰플", "미니", "선풍기", "블랙", "대형", "꽃무늬", "특가", "무선", "USB", "LK-200", "의자",
     "라면", "100%", "순면", "포함", "뚜껑", "전자레인지용", "아이폰", "[모아한]", "1+1", "/", "★", "SPF50+", "C타입", "x"]
)  # fmt: skip
_NUMBER = st.one_of(st.integers(1, 20000).map(str), st.decimals("0.1", "99.9", places=1).map(str))
_FIGURES = st.builds(
    "{}{}".format,
    _NUMBER,
    st.sampled_from(["ml", "L", "g", "kg", "cm", "mm", "개", "매", "켤레", "팩", "종 세트", "색", "mAh", "", "인치", "개월"]),
)
_TITLES = st.lists(st.one_of(_WORDS, _FIGURES), min_size=1, max_size=10).map(" ".join)
_CATEGORIES = st.sampled_from(["패션", "뷰티", "식품", "디지털>소형", "주방", "문구", "기타", ""])
_LOCALES = st.sampled_from(sorted(GRAMMAR))
_BUDGET = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_BUDGET
@given(title=_TITLES, category=_CATEGORIES, locale=_LOCALES)
def test_no_fact_is_lost_or_added(adapt, small_termbase, title, category, locale):
    """A title that comes out states exactly the figures and codes of its source."""
    text = adapt(title, category, locale)
    if text.title:
        reader = small_termbase.facts
        assert lost_and_added(reader.facts(text.source_title), reader.facts(text.title, locale)) == (frozenset(), frozenset())
        assert reader.codes(text.source_title) <= reader.codes(text.title)


@_BUDGET
@given(title=st.one_of(_TITLES, st.text(max_size=60)), category=_CATEGORIES, locale=_LOCALES)
def test_no_hangul_and_no_title_when_blocked(adapt, title, category, locale):
    """No Hangul reaches a title, and a blocked text has none."""
    text = adapt(title, category, locale)
    assert not HANGUL.search(text.title)
    assert bool(text.title) == (text.state.value != "blocked")


_SELLER_TEXT = st.one_of(st.text(max_size=20), st.text(alphabet="가나달빛ㅋ블랙/ 12ml", min_size=1, max_size=12))


@_BUDGET
@given(words=st.lists(_SELLER_TEXT, min_size=4, max_size=4), locale=_LOCALES)
def test_no_hangul_in_anything_a_buyer_reads(adapt, words, locale):
    """Options, brand, search words and description hold no Hangul and no tag of the seller's, whatever the seller wrote."""
    name, value, brand, keyword = words
    variants = (Variant(sku="A-1", options={name: value}),)
    text = adapt("순면 양말", "패션", locale, variants=variants, brand=brand, keywords=(keyword,))
    read = [*text.option_names.values(), *text.option_values.values(), *text.attributes.values(), *text.keywords, text.description_html]
    assert not any(HANGUL.search(part) for part in read)
    assert set(re.findall(r"<[^>]*>", text.description_html)) <= {"<ul>", "</ul>", "<li>", "</li>"}


@_BUDGET
@given(title=_TITLES, category=_CATEGORIES, locale=_LOCALES, chars=st.integers(5, 90), size=st.one_of(st.none(), st.integers(5, 200)))
def test_a_title_never_exceeds_its_limits(adapt, title, category, locale, chars, size):
    """Characters and bytes stay within the limit, and no cut leaves a mark without its letter."""
    text = adapt(title, category, locale, limits=TextLimits(title_max_chars=chars, title_max_bytes=size))
    assert len(text.title) <= chars
    assert size is None or len(text.title.encode()) <= size
    assert not text.title or unicodedata.category(text.title[0])[0] != "M"
    assert text.title == text.title.strip()


@_BUDGET
@given(title=_TITLES, category=_CATEGORIES, locale=_LOCALES)
def test_the_same_input_gives_the_same_text(adapt, title, category, locale):
    """Adapting twice gives equal results."""
    assert adapt(title, category, locale) == adapt(title, category, locale)


@_BUDGET
@given(text=st.text(max_size=80))
def test_normalising_twice_changes_nothing(text):
    """A normalised text is in NFC and stays as it is."""
    once = normalise(text)
    assert normalise(once) == once == unicodedata.normalize("NFC", once)


@_BUDGET
@given(title=_TITLES)
def test_stripping_keeps_every_word_that_is_no_promotion(title):
    """Only promotion goes: all other words are still there."""
    stripped = strip_promo(normalise(title), {"특가"}.__contains__)
    expected = normalise(title).replace("★", " ").replace("[모아한]", "모아한")
    assert stripped.text.split() == [word for word in expected.split() if word != "특가"]


@pytest.mark.parametrize("title", ["[" * 3000, "a." * 3000, "1" * 5000, "가" * 3000, "1,111" * 1000, "x 1 " * 1000, "순면" * 1500])
def test_hostile_titles_end_quickly(adapt, title):
    """A title made to make patterns run away is answered like any other."""
    assert adapt(title, "패션").state.value in ("blocked", "needs_review")
