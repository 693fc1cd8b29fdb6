"""Figures taken out of a text and put back into its translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.text.number_slots import refill, shape_of
from onestop.domain.text.termbase import Termbase


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("하림 즉석밥 210g x 24개", "하림 즉석밥 180g x 12개"),
        ("마스크팩 25ml x 10매", "마스크팩 30ml x 5매"),
        ("배변패드 60x90cm 50매", "배변패드 40x60cm 100매"),
        ("보온병 SM-S928N 500ml", "보온병 SM-S926N 350ml"),
    ],
)
def test_pack_sizes_share_a_shape(small_termbase: Termbase, one: str, other: str):
    """Given two pack sizes of one product, when their figures are taken out, then one shape is left, and each keeps its own."""
    first, second = (shape_of(text, small_termbase.scanner) for text in (one, other))

    assert first.text == second.text
    assert first.values != second.values
    assert len(first.values) == len(second.values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("즉석밥 210g x 24개", "즉석밥 210g x 24봉"),
        ("선크림 SPF30", "선크림 SPF50"),
        ("앰플 50ml 1+1", "앰플 50ml 2+1"),
        ("토너 1L", "토너 500ml"),
        ("즉석밥 210g", "백미밥 210g"),
    ],
)
def test_other_things_have_other_shapes(small_termbase: Termbase, one: str, other: str):
    """Given another unit, filter class, bundle or word, when the figures are taken out, then the shapes differ."""
    assert shape_of(one, small_termbase.scanner).text != shape_of(other, small_termbase.scanner).text


@pytest.mark.parametrize(
    ("target", "old", "new", "locale", "refilled"),
    [
        ("Rice 210g x 24 Pack", ("210", "24"), ("180", "12"), "en", "Rice 180g x 12 Pack"),
        ("Pad 60x90cm 50", ("60", "90", "50"), ("90", "60", "40"), "en", "Pad 90x60cm 40"),
        ("Bút gel 0,5mm 12 màu", ("0.5", "12"), ("0.7", "24"), "vi", "Bút gel 0,7mm 24 màu"),
        ("ข้าว 210 กรัม 24 ชิ้น", ("210", "24"), ("180", "12"), "th", "ข้าว 180 กรัม 12 ชิ้น"),
        ("Cup SM-S928N 500ml", ("SM-S928N", "500"), ("SM-S926N", "350"), "en", "Cup SM-S926N 350ml"),
        ("Rice 24 Pack", ("24", "210"), ("24", "180"), "en", None),  # the weight is not shown
        ("Rice 10g, 10 Pack", ("10", "10"), ("20", "10"), "en", None),  # one figure for two things
        ("Rice 24 x 24", ("24",), ("12",), "en", None),
        ("1 Sheet", ("1",), ("10",), "en", None),  # a plural is due
        ("12 Sheets", ("12",), ("1",), "en", None),
        ("Jeans 81 cm", ("32",), ("30",), "en", None),  # converted
        ("Kutu 12'li", ("12",), ("24",), "tr", None),  # the suffix goes with the figure
        ("Model A24", ("24",), ("12",), "en", None),
        ("Rice", ("24",), ("12", "6"), "en", None),
    ],
)
def test_figures_go_where_they_surely_belong(target: str, old: tuple[str, ...], new: tuple[str, ...], locale: str, refilled: str | None):
    """Given a translation, when it is given other figures, then each stands in its place, or there is no translation at all."""
    assert refill(target, old, new, locale) == refilled


@given(st.lists(st.integers(2, 9999).map(str), min_size=2, max_size=4, unique=True), st.data())
def test_refilling_back_gives_the_same(numbers: list[str], data: st.DataObject):
    """Given distinct figures, when they are replaced and replaced back, then the translation is as it was."""
    others = tuple(data.draw(st.lists(st.integers(2, 9999).map(str), min_size=len(numbers), max_size=len(numbers), unique=True)))
    target = "Rice " + " and ".join(f"{number}g" for number in numbers)
    there = refill(target, tuple(numbers), others, "en")

    assert there is not None
    assert refill(there, others, tuple(numbers), "en") == target
