"""Ways in which sellers write titles: a brand in two scripts, a set that names nothing, short syllables, oil grades, counting words."""

import pytest

from onestop.adapters.termbase_files import termbase
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.text.adapt import adapt_text
from onestop.domain.text.adapted import AdaptedText


@pytest.fixture
def adapted(make_product):
    """Adapts a title with the shipped termbase."""

    def adapt(title: str, category: str, locale: str = "en") -> AdaptedText:
        return adapt_text(make_product(title, category), locale, termbase=termbase(), limits=TextLimits(title_max_chars=255))

    return adapt


@pytest.mark.parametrize(
    ("title", "category", "english"),
    [
        ("나이키 NIKE 여성 운동화", "패션", "Nike Women's Sneakers"),
        ("남성 숏가디건", "패션", "Men's Short Cardigan"),
        ("엔진오일 5W30 1L", "자동차용품", "Engine Oil 5W30 1L"),
        ("가정용 웹캠 1080P", "디지털", "Webcam for Home Use, 1080P"),
        ("여성 드로즈 3장", "패션", "Women's Boxer Briefs, 3 pcs"),
        ("전기면도기 3헤드", "디지털", "Electric Shaver, 3-Head"),
        ("방진마스크 1급 50매", "홈", "Fine-Dust Mask, Grade 1, 50 Sheets"),
    ],
)  # fmt: skip
def test_what_sellers_write_in_their_own_way_is_read(adapted, title, category, english):
    """The title goes out, nothing twice and nothing lost."""
    text = adapted(title, category)
    assert (text.state, text.title) == (State.READY, english)


@pytest.mark.parametrize("locale", ["en", "vi", "es", "ja"])
def test_a_set_that_stands_behind_no_noun_does_not_take_the_name_of_the_product(adapted, locale):
    """A guitar for beginners that is sold as a set is a guitar, in languages with the noun first too."""
    text = adapted("통기타 입문용 세트", "취미", locale)
    other = adapted("통기타 입문용", "취미", locale)
    assert text.state is State.READY
    assert text.title.startswith(other.title)


def test_a_set_right_behind_its_noun_stays_with_it(adapted):
    """A cookware set is one name."""
    assert adapted("캠핑 코펠 세트", "스포츠").title.endswith("Set")


@pytest.mark.parametrize("title", ["여성 숏트북", "남성 갤럭백"])
def test_a_syllable_is_read_only_beside_a_word_that_is_known(adapted, title):
    """What is left of a word without its short syllable must be a term; else all of it stays unknown."""
    assert adapted(title, "패션").state is not State.READY
