"""Products are made of values that reading has proven, without being validated once more; validation must find nothing to change."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.domain.catalog.product import Product
from tests.support.forms import forms, read_sheet

CELLS = st.one_of(
    st.sampled_from([
        "", "  ", "0", "12", "1,200", "9,900원", "0.3", "1.2 kg", "12.50", "-3", "Y", "아니오", "KR", "국산", "면세", "2026-01-02", "33.04.99", "8801234567893",
        "https://img.example.com/a.jpg", "a.jpg|b.jpg", "블랙|화이트", "색상{블랙|화이트}", "단독형", "뷰티 > 스킨", "1+1", "품절", "#N/A", "\x00uncomputed",
        '<img src="1.jpg">', "세\n줄", "e\u0301", "\ud800",
    ]),
    st.text(max_size=6),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(forms())), data=st.data())
def test_strict_validation_finds_nothing_to_change_in_a_product_that_was_read(name: str, data: st.DataObject) -> None:
    """Every field has exactly its declared type, in the order of the fields, as if the product had been validated."""
    # Given a good sheet of any form, with anything in some of its cells
    form = forms()[name]
    changes = data.draw(st.dictionaries(st.integers(0, len(form.headers) - 1), CELLS, max_size=3))
    rows = [[changes.get(at, cell) for at, cell in enumerate(row)] for row in form.rows]
    for result in read_sheet([*form.preamble, form.headers, *rows]):
        if (product := result.product) is None:
            continue
        # When what it holds is validated
        parts = {"variants": tuple(map(vars, product.variants)), "pictures": tuple(map(vars, product.pictures))}
        validated = Product.model_validate(vars(product) | parts, strict=True)
        # Then nothing has changed
        assert validated == product
        assert [list(vars(part)) for part in (validated, *validated.variants, *validated.pictures)] == [
            list(vars(part)) for part in (product, *product.variants, *product.pictures)
        ]
        assert validated.model_dump_json() == product.model_dump_json()
