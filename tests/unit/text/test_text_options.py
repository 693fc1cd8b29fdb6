"""Options, attributes, highlights and search words."""

from onestop.domain.catalog.product import Variant


def variants(**options):
    """One variant per value of each option name."""
    return tuple(Variant(sku=f"{name}-{i}", options={name: value}) for name, values in options.items() for i, value in enumerate(values))


def test_colours_and_sizes_are_translated(adapt):
    """Option names and values come out in the language; Latin sizes stay."""
    text = adapt("순면 양말", "패션", "vi", variants=variants(색상=["블랙", "라이트 그레이"], 사이즈=["S", "대형"]))
    assert text.option_names == {"색상": "Màu sắc", "사이즈": "Kích thước"}
    assert text.option_values == {"블랙": "Đen", "라이트 그레이": "Xám nhạt", "S": "S", "대형": "Cỡ lớn"}
    assert text.findings == ()


def test_lists_and_figures_in_options(adapt):
    """A value may be a list or hold figures."""
    text = adapt("순면 양말", "패션", variants=variants(색상=["블랙/화이트"], 수량=["10켤레", "화이트 2개"]))
    assert list(text.option_values.values()) == ["Black/White", "10 Pairs", "White 2 pcs"]


def test_an_unknown_option_is_romanised_and_told(adapt):
    """No Hangul is left in an option; what was not translated asks for a review at the seller's cell."""
    text = adapt("순면 양말", "패션", variants=variants(색상=["달빛"]), cells={"option_1_value": "K2"})
    assert text.option_values == {"달빛": "Dalbit"}
    assert [(f.code, f.cell) for f in text.findings] == [("OPTION_UNTRANSLATED", "K2")]


def test_two_values_never_become_one(adapt):
    """그레이 and 회색 are both grey; the second one is told apart and looked at."""
    text = adapt("순면 양말", "패션", variants=variants(색상=["그레이", "회색"]))
    assert text.option_values == {"그레이": "Grey", "회색": "Grey (2)"}
    assert text.state.value == "needs_review"


def test_attributes_hold_what_is_known(adapt):
    """Brand, material, measures, origin and weight; an unknown origin is left out."""
    text = adapt("어성초 진정 토너 250ml", "뷰티", brand="모아한", origin="KR", weight_g=320)
    assert text.attributes == {
        "Brand": "Moahan", "Key Ingredient": "Heartleaf", "Volume": "250ml", "Country of Origin": "South Korea", "Shipping Weight": "320 g",
    }  # fmt: skip
    assert adapt("순면 양말", "패션", origin="ZZ").attributes == {"Material": "Pure Cotton"}


def test_highlights_and_search_words_are_translated_terms(adapt):
    """Highlights are features, search words combine the product with each of them and take the seller's known words."""
    text = adapt("여성 코튼 반팔 티셔츠", "패션", keywords=("오버핏 티셔츠", "꽃무늬"))
    assert text.highlights == ("Short-Sleeve", "Cotton")
    assert text.keywords == ("t-shirt", "women's t-shirt", "cotton t-shirt", "short-sleeve t-shirt", "oversized t-shirt")
