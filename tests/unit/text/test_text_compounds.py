"""Words that sellers build themselves, from one syllable and a known word, and what a noun says about the one that it begins with."""

import pytest

from onestop.domain.findings import State


@pytest.mark.parametrize(
    ("title", "category", "english"),
    [
        ("왕떡갈비 1kg", "식품", "Extra-Large Tteokgalbi Grilled Patties 1kg"), ("찰고추장 3kg", "식품", "Glutinous Gochujang 3kg"),
        ("두유면 150g", "식품", "Soy Milk Noodles 150g"), ("살구청 500g", "식품", "Apricot Fruit Preserve 500g"),
    ],
)  # fmt: skip
def test_a_syllable_that_begins_or_ends_words_is_read(adapt_shipped, title, category, english):
    """In its category it is a word of its own, in front of, or behind, a word that is known."""
    text = adapt_shipped(title, category)
    assert (text.title, text.state) == (english, State.READY)


@pytest.mark.parametrize(
    ("title", "category"), [("왕양말 1켤레", "패션"), ("무라면 120g", "식품"), ("왕후추누리 1kg", "식품"), ("왕떡 1kg", "식품")]
)
def test_a_syllable_is_no_word_elsewhere(adapt_shipped, title, category):
    """Not in another category, not a syllable that the table does not name (무 may say that something is not in), not beside a rest."""
    assert adapt_shipped(title, category).state is not State.READY


@pytest.mark.parametrize(
    ("title", "category", "english"),
    [("오미자청 문경 오미자 1kg", "식품", "Mungyeong Omija Syrup 1kg"), ("치즈케이크 수제 치즈 500g", "식품", "Handmade Cheesecake 500g")],
)
def test_a_compound_is_what_is_sold_and_not_the_noun_it_begins_with(adapt_shipped, title, category, english):
    """Korean compounds end with the thing: an omija syrup is a syrup, and the omija behind it is what it is made of."""
    text = adapt_shipped(title, category)
    assert (text.title, text.state) == (english, State.READY)


def test_what_a_compound_is_of_is_doubted_when_it_has_figures_of_its_own(adapt_shipped):
    """A kilogram of cheesecake and half a kilogram of cheese may be two things."""
    assert adapt_shipped("치즈케이크 1kg 치즈 500g", "식품").state is not State.READY


def test_the_nouns_before_a_bare_set_are_in_it(adapt_shipped):
    """Face roller, massager and gua sha tool make the set; a set of its own name says nothing of other nouns."""
    assert adapt_shipped("페이스롤러 리프팅 괄사 세트", "뷰티").title == "Face Roller Firming Gua Sha Tool Set"
    assert adapt_shipped("페이스롤러 리프팅 괄사 세트", "뷰티").state is State.READY
    assert adapt_shipped("냄비 대용량 소꿉놀이세트", "유아").state is not State.READY


@pytest.mark.parametrize(
    ("title", "category", "english"),
    [
        ("홍삼 6년근 100g", "식품", "6-Year-Root Red Ginseng 100g"), ("묵은지 3년 숙성 5kg", "식품", "Aged Kimchi, 3-Year, 5kg"),
        ("2026년 현미 10kg", "식품", "Brown Rice 2026 10kg"), ("유산균 60포 3통", "식품", "Probiotics, 60 Sachets x 3 pcs"),
        ("오징어 10마리", "식품", "Squid, 10 pcs"), ("곶감 30구", "식품", "Dried Persimmon, 30 pcs"), ("양념통 12구", "주방", "Spice Jar, 12-Compartment"),
        ("사과식초 2배 1.8L", "식품", "Apple Vinegar, 2-Fold, 1.8L"), ("컵 6.5온스 100개", "주방", "Cup, 6.5oz, 100 pcs"),
    ],
)  # fmt: skip
def test_further_counting_words(adapt_shipped, title, category, english):
    """Years that something took are no year of harvest; what a box has holes for depends on what is in it."""
    text = adapt_shipped(title, category)
    assert (text.title, text.state) == (english, State.READY)


@pytest.mark.parametrize(
    ("title", "locale", "written"),
    [
        ("찜기 스텐 만두", "en", "Stainless Steel Dumplings Steamer Pot"), ("치즈 나이프 우드", "en", "Wooden Cheese Table Knife"),
        ("피자 접시 대형", "es", "Plato de pizza, grande"), ("김치 보관 용기 밀폐", "ja", "キムチ 保存容器 漏れ防止"),
    ],
)  # fmt: skip
def test_food_among_kitchenware_says_what_it_is_for(adapt_shipped, title, locale, written):
    """Nobody sells the dumplings of a steamer among pots: wherever the seller put them, they describe."""
    text = adapt_shipped(title, "주방", locale)
    assert (text.title, text.state) == (written, State.READY)


def test_food_among_food_is_a_product(adapt_shipped):
    """In its own category, and where the seller names none, it stays the thing that is sold."""
    assert adapt_shipped("왕만두 1kg", "식품").title == "King-Size Dumplings 1kg"
    assert adapt_shipped("고기 만두 1kg", "").state is State.READY


def test_a_set_behind_its_nouns_is_what_is_sold(adapt_shipped):
    """A broom and dustpan set stays a set when the broom is named again."""
    text = adapt_shipped("빗자루 쓰레받기 세트 접이식 미니 빗자루", "홈")
    assert (text.title, text.state) == ("Foldable Mini Broom Dustpan Set", State.READY)


def test_what_fits_behind_the_product_is_doubted(adapt_shipped):
    """Is it a filter that fits an air purifier, or an air purifier for some filter? A person says."""
    assert adapt_shipped("공기청정기 필터 호환 정품형", "홈").state is State.NEEDS_REVIEW
