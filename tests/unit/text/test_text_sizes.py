"""Korean sizes of clothes and shoes."""

import pytest

from onestop.domain.catalog.product import Variant


def values(*sizes):
    """One variant per size."""
    return tuple(Variant(sku=size, options={"사이즈": size}) for size in sizes)


@pytest.mark.parametrize(
    ("title", "size", "locale", "shown"),
    [
        ("여성 티셔츠", "66", "en", "M (KR 66)"),
        ("여성 티셔츠", "77사이즈", "es", "L (KR 77)"),
        ("여성 티셔츠", "55", "ja", "S (韓国サイズ55)"),
        ("남성 티셔츠", "100", "en", "L (KR 100)"),
        ("여성 티셔츠", "100", "en", "XL (KR 100)"),
        ("남녀공용 티셔츠", "105", "zh-Hans", "XL (韩码105)"),
        ("여성 양말", "240mm", "en", "EU 37.5 / US 7 (240mm)"),
        ("남성 양말", "270", "en", "EU 42 / US 9 (270mm)"),
        ("양말", "270", "th", "EU 42 (270mm)"),
        ("양말", "245", "ja", "24.5cm"),
        ("팬츠", "32", "en", "32"),
    ],
)
def test_a_korean_size_is_shown_as_it_is_called_abroad(adapt, title, size, locale, shown):
    """The foreign size comes with the Korean one, and nothing is left to look at."""
    text = adapt(title, "패션", locale, variants=values(size))
    assert text.option_values == {size: shown}
    assert "OPTION_SIZE_UNKNOWN" not in [finding.code for finding in text.findings]


def test_children_wear_heights(adapt):
    """Among children's goods 110 is a height, 7호 a number of its own, and 150mm a foot."""
    text = adapt("아기 우주복", "유아", variants=values("110", "7호", "150mm"))
    assert list(text.option_values.values()) == ["110 cm", "110 cm (KR 7)", "150mm"]


@pytest.mark.parametrize(("title", "size"), [("여성 티셔츠", "67"), ("티셔츠", "95"), ("양말", "999mm"), ("여성 남성 티셔츠", "95")])
def test_an_unknown_size_is_told_and_never_guessed(adapt, title, size):
    """A size in no table, or in one only for a gender that is not named, stays and asks for a look at its cell."""
    text = adapt(title, "패션", variants=values(size), cells={"option_1_value": "K2"})
    assert text.option_values == {size: size}
    assert [f.cell for f in text.findings if f.code == "OPTION_SIZE_UNKNOWN"] == ["K2"]


def test_only_sizes_of_goods_that_have_them_are_read(adapt):
    """The size of a pot is no size of clothes; letters and ranges stay as they are."""
    text = adapt("스텐 냄비", "주방", variants=values("66", "26cm"))
    assert text.option_values == {"66": "66", "26cm": "26cm"}
    assert adapt("여성 티셔츠", "패션", variants=values("S", "66-77")).option_values == {"S": "S", "66-77": "66-77"}


def test_a_bare_women_size_in_a_title_is_shown_too(adapt):
    """66 in the name of clothes is a size; the figure itself stays, so no fact changes."""
    text = adapt("여성 티셔츠 66", "패션")
    assert (text.title, text.state.value) == ("Women's T-Shirt, M (KR 66)", "ready")
    assert adapt("토너 77", "뷰티").title == "Toner 77"
