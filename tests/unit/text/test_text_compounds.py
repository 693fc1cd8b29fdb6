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
