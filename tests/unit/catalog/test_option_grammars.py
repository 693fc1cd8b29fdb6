"""The option tables of ESM PLUS and Smartstore: what they say, and what is not guessed at."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.option_grammars import ESM_TYPES, esm_combinations, naver_combinations
from tests.support.forms import Form, forms, read_sheet
from tests.support.sheets import codes_and_cells

VALUE = st.text("가나다abc‚*+[]/ ", min_size=1, max_size=6).map(lambda text: " ".join(text.split())).filter(bool)
ANY = st.text(st.sampled_from("가a,\n|0-정상노출 "), max_size=40)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names = draw(st.lists(VALUE, min_size=1, max_size=3, unique=True))
    return names, [draw(st.lists(VALUE, min_size=1, max_size=3, unique=True)) for _ in names]


@given(tables(), st.data())
def test_what_smartstore_writes_is_read_back(table: tuple[list[str], list[list[str]]], data: st.DataObject) -> None:
    """Each combination has its own add-on price and stock, the last option turning fastest."""
    names, values = table
    count = 1
    for row in values:
        count *= len(row)
    prices = data.draw(st.lists(st.integers(-5000, 5000), min_size=count, max_size=count))
    stocks = data.draw(st.lists(st.integers(0, 99), min_size=count, max_size=count))
    found = naver_combinations(
        "조합형", "\n".join(names), "\n".join(map(",".join, values)), ",".join(map(str, prices)), ",".join(map(str, stocks))
    )
    assert found is not None
    assert [(one.price_delta_krw, one.stock) for one in found] == [
        (Decimal(price), stock) for price, stock in zip(prices, stocks, strict=True)
    ]
    assert list(found[0].options.values()) == [row[0] for row in values]
    assert list(found[-1].options.values()) == [row[-1] for row in values]


@given(tables())
def test_what_esm_plus_writes_is_read_back(table: tuple[list[str], list[list[str]]]) -> None:
    """One line for each option; what is sold out or hidden has no stock."""
    names, values = table
    kind = {count: name for name, count in ESM_TYPES.items()}[len(names)]
    picked = [[row[0] for row in values], [row[-1] for row in values]]
    lines = [",".join([*picked[0], "정상", "노출", "7", "5"])] + (
        [",".join([*picked[1], "정상", "비노출", "7", "5"])] if picked[1] != picked[0] else []
    )
    found = esm_combinations(kind, ",".join(names), "\n".join(lines))
    assert found is not None
    assert [list(one.options.values()) for one in found] == picked[: len(lines)]
    assert [one.stock for one in found] == [7, 0][: len(lines)]


@given(st.sampled_from([*ESM_TYPES, "미사용", ""]), ANY, ANY, ANY, ANY)
def test_any_text_is_options_or_nothing(kind: str, names: str, values: str, prices: str, stocks: str) -> None:
    """Hostile cells never raise, and never give two combinations alike."""
    for found in (esm_combinations(kind, names, values), naver_combinations("조합형", names, values, prices, stocks)):
        assert found is None or len({tuple(one.options.items()) for one in found}) == len(found) > 0


@pytest.mark.parametrize("changes", [
    {"옵션값": "아이보리,차콜"}, {"옵션값": "아이보리,,차콜\nS,M"}, {"옵션가": "0,0"}, {"옵션 재고수량": "5,4,3"}, {"옵션명": "색상"}, {"옵션형태": "이상한형"},
])  # fmt: skip
def test_a_table_that_does_not_add_up_rejects_the_product(changes: dict[str, str]) -> None:
    """One finding, at the options."""
    assert_unreadable(forms()["naver-93"].with_cells(**changes), "O3")


@pytest.mark.parametrize("changes", [
    {"옵션\n입력값": "블랙,정상,노출,1,1"}, {"옵션\n입력값": "블랙,대형,정상,노출,많음,1"}, {"옵션명": "색상"}, {"옵션\n타입": "단독형"}, {"옵션\n타입": "5개조합형"},
    {"옵션\n입력값": "블랙,대형,정상,노출,1,1\n블랙,대형,정상,노출,1,1"},
])  # fmt: skip
def test_lines_that_do_not_fit_their_type_reject_the_product(changes: dict[str, str]) -> None:
    """One finding, at the options."""
    form = forms()["esm-plus"]
    assert_unreadable(form._replace(rows=[*form.rows[:3], form.with_cells(**changes).rows[3]]), "Y8")


def assert_unreadable(form: Form, cell: str) -> None:
    (result,) = read_sheet(form.sheet())
    assert result.product is None
    assert codes_and_cells(result) == [("OPTION_UNREADABLE", cell), ("WEIGHT_MISSING", result.findings[-1].cell)]


def test_options_without_a_type_are_ignored_as_the_form_does_and_told() -> None:
    """미사용 is what a blank type means."""
    form = forms()["esm-plus"]
    (result,) = read_sheet(form.with_cells(**{"옵션\n타입": ""}).sheet())
    assert result.product is not None
    assert len(result.product.variants) == 1
    assert "VALUE_IGNORED" in [code for code, _ in codes_and_cells(result)]


def test_the_low_quotation_mark_does_not_cut_a_value() -> None:
    """Smartstore shows it where a comma would cut."""
    found = naver_combinations("단독형", "구성", "빨강‚ 파랑,노랑", "", "")
    assert found is not None
    assert [one.options["구성"] for one in found] == ["빨강‚ 파랑", "노랑"]
