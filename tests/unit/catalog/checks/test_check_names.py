"""The seller's English name contradicts the Korean one only when no reading of their figures agrees."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.check_rules import check_rules
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.checks.names import compare_names, name_en
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.values import plain

CONTEXT = CheckContext(check_rules(), termbase())

# The first rows are the equivalents that the survey of real catalogues names, with names as a food shop writes them.
EQUIVALENT = [
    ("킹 군만두1.4kg", "King Gunmandu 1400g"),
    ("킹 군만두1400g", "King Gunmandu 700g x 2"),
    ("떡갈비 5.6kg", "Tteokgalbi 2800g×2"),
    ("고추어묵바8kg(800g(80g*10ea)*10pk)", "Chili Fish Cake 8kg800g80g*10ea*10pk"),
    ("크랩바10kg(500g(50g*10ea)*20pk)", "Crab Bar 10kg 500g 50g*10ea*20pk"),
    ("하림 즉석밥 210g x 24개", "Harim Instant Rice 210 g, 24 Pack"),
    ("생수 2L 6병", "Mineral Water 2000ml x 6"),
    ("배변패드 60x90cm 50매", "Pee Pads 60 x 90 cm, 50 Sheets"),
    ("비타민C 1000mg 90정", "Vitamin C 1 g, 90 Tablets"),
    ("모니터 27인치", "Monitor 68.6cm"),
    ("김치 라면 120g 5개입", "Kimchi Ramen 600g"),
    ("앰플 50ml [1+1]", "Ampoule 50ml x 2"),
    ("식초 100ml+50ml", "Vinegar 150ml"),
    ("만두 300g(150g+150g)", "Mandu 300g"),
    ("냄비 18/20/24cm", "Pot 18cm 20cm 24cm"),
    ("물티슈 100매 10팩", "Wet Wipes 1000 Sheets"),
    ("하드 1TB", "Disk 1000GB"),
    ("３색 볼펜 ０．５㎜", "3-Color Pen 0.5mm"),
    ("이어폰 LK-200", "Earphones LK200"),
]  # fmt: skip

CONTRADICTING = [
    ("오징어 200g", "Squid 250g", "250g", "200g"),
    ("하림 즉석밥 210g x 24개", "Harim Instant Rice 210g x 12", "210g x 12", "210g x 24"),
    ("프라이팬 26cm", "Frying Pan 26mm", "26mm", "26cm"),
    ("텀블러 1.2L", "Tumbler 12L", "12L", "1.2L"),
    ("두부 700g", "Tofu 700g x 2", "700g x 2", "700g"),
    ("양말 10켤레", "Socks 12 pairs", "x 12", "x 10"),
    ("순면 100% 티셔츠", "Cotton 95% T-shirt", "95%", "100%"),
]  # fmt: skip


def codes(ko: str, en: str | None, product: Callable[..., Product], context: CheckContext) -> list[str]:
    return [finding.code for finding in name_en(product(ko, title_en=en), context)]


@pytest.mark.parametrize(("ko", "en"), EQUIVALENT)
def test_names_that_say_the_same_in_other_units_give_no_finding(
    ko: str, en: str, product: Callable[..., Product], context: CheckContext
) -> None:
    """Units are converted, multipliers multiplied out, sums added, before anything is called different."""
    assert codes(ko, en, product, context) == []


@pytest.mark.parametrize(("ko", "en", "found", "expected"), CONTRADICTING)
def test_a_different_quantity_is_a_contradiction_with_both_figures(
    ko: str, en: str, found: str, expected: str, product: Callable[..., Product], context: CheckContext
) -> None:
    """Both figures are told, at the cell of the English name."""
    [finding] = name_en(product(ko, title_en=en), context)
    assert (finding.code, finding.cell) == ("NAME_EN_CONTRADICTS", "C2")
    assert found in finding.message_en
    assert expected in finding.message_en


@pytest.mark.parametrize(
    ("ko", "en", "missing"), [("오징어 200g", "Squid", "200g"), ("김치 라면 120g 5개입", "Kimchi Ramen 120g", "x 5"), ("앰플 50ml [1+1]", "Ampoule 50ml", "x 2")],
)  # fmt: skip
def test_a_quantity_that_is_only_missing_is_told_as_information(
    ko: str, en: str, missing: str, product: Callable[..., Product], context: CheckContext
) -> None:
    """Leaving digits out contradicts nothing."""
    [finding] = name_en(product(ko, title_en=en), context)
    assert (finding.code, finding.severity) == ("NAME_EN_DROPS_QUANTITY", "info")
    assert missing in finding.message_en


def test_a_product_without_an_english_name_gives_no_finding(product: Callable[..., Product], context: CheckContext) -> None:
    """There is nothing to compare."""
    assert codes("오징어 200g", None, product, context) == []


def test_a_figure_that_only_the_english_name_adds_contradicts_nothing(product: Callable[..., Product], context: CheckContext) -> None:
    """The Korean figure is there; a further one is more detail."""
    assert codes("라면 120g", "Ramen 120g, protein 10g", product, context) == []


GRAMS = st.integers(1, 60_000)
PIECES = st.integers(2, 40)


def written(grams: int, unit: str) -> str:
    factor = {"mg": Decimal(1000), "g": Decimal(1), "kg": Decimal("0.001")}[unit]
    return plain((grams * factor).normalize()) + unit


@given(grams=GRAMS, units=st.tuples(*[st.sampled_from(["mg", "g", "kg"])] * 2), space=st.sampled_from(["", " "]))
def test_converting_a_unit_never_makes_a_finding(grams: int, units: tuple[str, str], space: str) -> None:
    """The same mass in any two units is the same mass."""
    korean, english = (CONTEXT.stated(f"name{space}{written(grams, unit)}") for unit in units)
    compared = compare_names(korean, english, CONTEXT)
    assert (compared.contradicting, compared.left_out, compared.agreeing) == ((), (), 1)


@given(grams=GRAMS, pieces=PIECES, unit=st.sampled_from(["g", "kg"]), sign=st.sampled_from(["x", " x ", "*", "×"]), swapped=st.booleans())
def test_splitting_a_quantity_into_pieces_never_makes_a_finding(grams: int, pieces: int, unit: str, sign: str, swapped: bool) -> None:
    """The whole, and so many of a part, are the same, whichever language says which."""
    names = [f"a {written(grams * pieces, unit)}", f"b {written(grams, 'g')}{sign}{pieces}"]
    korean, english = (CONTEXT.stated(name) for name in (names[::-1] if swapped else names))
    compared = compare_names(korean, english, CONTEXT)
    assert (compared.contradicting, compared.left_out) == ((), ())


@given(grams=GRAMS, other=GRAMS, unit=st.sampled_from(["g", "kg"]))
def test_two_single_masses_contradict_exactly_when_they_differ(grams: int, other: int, unit: str) -> None:
    """Neither too many nor too few alarms."""
    compared = compare_names(CONTEXT.stated(f"a {written(grams, 'g')}"), CONTEXT.stated(f"b {written(other, unit)}"), CONTEXT)
    assert bool(compared.contradicting) == (grams != other)


@given(ko=st.text(max_size=60), en=st.text(max_size=60))
def test_any_text_can_be_compared(ko: str, en: str) -> None:
    """No text raises, and a text never contradicts itself."""
    compare_names(CONTEXT.stated(ko), CONTEXT.stated(en), CONTEXT)
    assert compare_names(CONTEXT.stated(ko), CONTEXT.stated(ko), CONTEXT).contradicting == ()
