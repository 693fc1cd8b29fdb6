"""What is uncertain says so: states and findings of adapted texts."""

from decimal import Decimal

import pytest

from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.text.gate import Gate, gate


def codes(text):
    """The finding codes of a text."""
    return [finding.code for finding in text.findings]


@pytest.mark.parametrize(
    ("coverage", "has_head", "wanted"),
    [("1", True, Gate.AUTO), ("0.95", True, Gate.AUTO), ("0.9499", True, Gate.REVIEW), ("0.80", True, Gate.REVIEW),
     ("0.7999", True, Gate.BLOCK), ("1", False, Gate.BLOCK)],
)  # fmt: skip
def test_the_gate_opens_at_its_bounds(coverage, has_head, wanted):
    """0.95 and a head publish, 0.80 asks for a review, less blocks."""
    assert gate(Decimal(coverage), has_head=has_head) is wanted


def test_promotion_is_taken_out_and_told(adapt):
    """Promotion in brackets or as words goes, with a finding on the seller's cell; the title stays ready."""
    text = adapt("[무료배송] 여성 티셔츠 MD 추천 특가!", "패션")
    assert text.title == "Women's T-Shirt"
    assert text.state is State.READY
    assert text.removed_promo == ("[무료배송]", "MD 추천", "특가")
    assert (text.findings[0].code, text.findings[0].cell) == ("PROMO_REMOVED", "B2")


def test_nothing_but_promotion_is_blocked(adapt):
    """A title that names no product has no head and no title."""
    text = adapt("사은품 증정 이벤트 상품", "기타")
    assert (text.title, text.state) == ("", State.BLOCKED)
    assert "TEXT_HEAD_UNKNOWN" in codes(text)


def test_part_unknown_asks_for_a_review(adapt):
    """Between 80 and 95 percent coverage the known part is composed and the unknown words are named."""
    text = adapt("여성 오버핏 코튼 반팔 티셔츠 꽃", "패션")
    assert text.state is State.NEEDS_REVIEW
    assert text.title == "Women's Oversized Cotton Short-Sleeve T-Shirt"
    assert "꽃" in text.findings[0].message_ko


def test_mostly_unknown_is_blocked(adapt):
    """Below 80 percent there is no title."""
    text = adapt("꽃무늬나염 티셔츠", "패션")
    assert (text.title, codes(text)) == ("", ["TEXT_COVERAGE_LOW"])


def test_a_candidate_term_counts_half_and_is_looked_at(adapt):
    """A term that no one confirmed never publishes by itself."""
    text = adapt("수분 진정 저자극 힐링 앰플", "뷰티")
    assert text.coverage == Decimal("0.9091")
    assert text.state is State.NEEDS_REVIEW


def test_a_brand_without_latin_form_is_romanised_and_told(adapt):
    """A brand that the termbase does not know is written by its sound, with a warning on the brand's cell."""
    text = adapt("순면 양말", "패션", brand="종로", cells={"title": "B2", "brand": "F2"})
    assert text.attributes["Brand"] == "Jongno"
    assert [(f.code, f.cell) for f in text.findings] == [("TEXT_BRAND_ROMANISED", "F2")]
    assert text.state is State.NEEDS_REVIEW


def test_a_known_brand_is_spelled_as_registered(adapt):
    """A brand in the termbase, written in Hangul or Latin, gets its own spelling and no warning."""
    for spelling in ("모아한", "MOAHAN"):
        text = adapt("순면 양말", "패션", brand=spelling)
        assert (text.attributes["Brand"], text.findings) == ("Moahan", ())


def test_a_banned_word_blocks(adapt):
    """A word that the channel refuses blocks the title, with the word named."""
    text = adapt("미니 선풍기", "디지털", banned=("mini",))
    assert (text.title, codes(text)) == ("", ["TEXT_WORD_BANNED"])


def test_an_address_in_a_title_blocks(adapt):
    """A web address never reaches a title."""
    text = adapt("순면 양말 www.shop.com", "패션")
    assert (text.title, codes(text)) == ("", ["TEXT_WORD_BANNED"])


def test_a_long_title_loses_features_never_facts(adapt):
    """Descriptions go from the right until the title fits; what went is told, figures and head stay."""
    text = adapt("여성 오버핏 코튼 반팔 티셔츠 5개", "패션", limits=TextLimits(title_max_chars=30))
    assert text.title == "Women's Cotton T-Shirt, 5 pcs"
    assert codes(text) == ["TEXT_SHORTENED"]
    assert "반팔, 오버핏" in text.findings[0].message_ko


def test_what_cannot_be_shortened_is_blocked(adapt):
    """Head and figures over the limit block: half a title would be a wrong one."""
    text = adapt("밀폐용기 1.2L 5개", "주방", limits=TextLimits(title_max_chars=10))
    assert (text.title, codes(text)) == ("", ["TEXT_TOO_LONG"])


def test_a_short_title_is_told(adapt):
    """A title below the channel's minimum is ready, with a remark."""
    text = adapt("양말", "패션", limits=TextLimits(title_max_chars=255, title_min_chars=15))
    assert (text.state, codes(text)) == (State.READY, ["TEXT_TOO_SHORT"])


def test_description_sentences_are_not_glossed(adapt):
    """A Korean description gives a list of facts, escaped, and a remark that its sentences were left out."""
    text = adapt(
        "순면 양말 10켤레", "패션", description_html="<p>정말 부드러운 양말입니다.</p>", brand='<b onclick="x">', origin="KR", weight_g=350
    )
    assert codes(text) == ["TEXT_DESCRIPTION_FACTS_ONLY"]
    assert text.description_html == (
        "<ul><li>Product: Socks</li><li>Contents: 10 Pairs</li>"
        "<li>Brand: &lt;b onclick=&quot;x&quot;&gt;</li><li>Material: Pure Cotton</li>"
        "<li>Country of Origin: South Korea</li><li>Shipping Weight: 350 g</li></ul>"
    )


def test_a_description_keeps_its_limit(adapt):
    """Facts that do not fit a channel's limit are left out from the end, whole."""
    text = adapt("순면 양말 10켤레", "패션", origin="KR", limits=TextLimits(title_max_chars=255, description_max_chars=50))
    assert text.description_html == "<ul><li>Product: Socks</li></ul>"


def test_an_english_name_that_contradicts_is_not_used(adapt):
    """Figures that only the English name states make it unusable."""
    text = adapt("꽃무늬 양말 10켤레", "패션", title_en="Flower Socks 5 pairs", cells={"title": "B2", "title_en": "C2"})
    assert codes(text) == ["TEXT_COVERAGE_LOW"]
    assert text.title == ""


def test_an_english_name_that_agrees_helps_out(adapt):
    """Where our own title may not go out by itself, the seller's English one is offered for review, in English only."""
    fields = {"title_en": "Flower Pattern Socks, 10 Pairs"}
    english = adapt("꽃무늬 양말 10켤레", "패션", **fields)
    assert (english.title, english.state, codes(english)) == (fields["title_en"], State.NEEDS_REVIEW, ["TEXT_TITLE_FROM_SELLER"])
    assert adapt("꽃무늬 양말 10켤레", "패션", "vi", **fields).state is State.BLOCKED


def test_an_english_name_that_drops_a_fact_does_not_help(adapt):
    """An English name without the Korean name's figures contradicts nothing, but cannot stand in for it."""
    text = adapt("꽃무늬 양말 10켤레", "패션", title_en="Flower Pattern Socks")
    assert (text.title, codes(text)) == ("", ["TEXT_COVERAGE_LOW"])


def test_a_good_own_title_wins_over_the_english_name(adapt):
    """The composed title goes out when it passes the gate, whatever the seller typed."""
    assert adapt("순면 양말 10켤레", "패션", title_en="Best socks 10").title == "Pure Cotton Socks, 10 Pairs"


def test_an_unknown_locale_is_a_programming_error(adapt):
    """A locale without a composer is refused at once."""
    with pytest.raises(KeyError):
        adapt("순면 양말", "패션", "ar")


def test_a_title_without_a_category_implies_it_when_all_its_words_agree(adapt):
    """Food words need no category; a word of another category leaves the doubt, and the title is not published."""
    assert adapt("구운 라면", "").state is State.READY
    assert adapt("구운 이어폰", "").state is not State.READY


def test_a_brand_spelling_that_nobody_confirmed_is_said(adapt_shipped):
    """A candidate brand of the shipped termbase asks for a look, with the spelling that was used."""
    text = adapt_shipped("[인생]김치찌개700g", "")
    assert text.state is State.NEEDS_REVIEW
    assert "TEXT_BRAND_ROMANISED" in codes(text)
