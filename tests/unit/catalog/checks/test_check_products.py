"""What the checks find in one product, and at which of the seller's cells."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.check_rules import check_rules
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.checks.packs import inverted, packs_of, sized
from onestop.domain.catalog.checks.registry import check_product
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Certification, Product, Variant

Make = Callable[..., Product]
CONTEXT = CheckContext(check_rules(), termbase())


def found(product: Product, context: CheckContext) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.cell) for finding in check_product(product, context)]


@pytest.mark.parametrize(
    ("title", "weight_g"),
    [
        ("부대찌개643g", 640),  # a form that rounds kilograms to two digits
        ("사각피자 페퍼로니255g", 260),
        ("오징어 200g", 450),  # a glass jar
        ("촉촉한 립틴트 4g", 40),
        ("치즈돈까스230g*10ea", 9000),  # multiplied: only the seller knows what is in the parcel
        ("김치 라면 120g 5개입", 700),
        ("만두 500g+100g", 5000),
        ("고추어묵바8kg(800g(80g*10ea)*10pk)", 800),
        ("강아지 하네스 체중 5kg", 150),
        ("벽선반 20kg 하중", 900),
        ("프로틴바 단백질 20g", 60),
        ("양말", 5000),
    ],
)
def test_a_weight_that_packaging_or_rounding_explains_is_no_finding(
    title: str, weight_g: int, product: Make, context: CheckContext
) -> None:
    """Declared weights are parcels; names state contents, and some figures of mass are neither."""
    assert found(product(title, weight_g=weight_g), context) == []


@pytest.mark.parametrize(
    ("title", "weight_g", "named"),
    [("조미오징어입200g", 1000, "200g"), ("크랩바오징어[냉장]80g", 800, "80g"), ("쌀 10kg", 1000, "10kg"), ("두부 1 kg", 100, "1 kg")],
)
def test_a_weight_that_contradicts_the_name_is_told_with_both_figures(
    title: str, weight_g: int, named: str, product: Make, context: CheckContext
) -> None:
    """The first two rows are of a kind that a real food shop's export has: a decimal point slipped."""
    [finding] = check_product(product(title, weight_g=weight_g), context)
    assert (finding.code, finding.cell, finding.severity) == ("WEIGHT_CONTRADICTS_NAME", "E2", "warn")
    assert str(weight_g) in finding.message_ko
    assert named in finding.message_ko


@pytest.mark.parametrize("weight_g", [0, 100_001, 999_999])
def test_a_weight_that_no_parcel_has_is_told(weight_g: int, product: Make, context: CheckContext) -> None:
    """Kilograms typed as tonnes, and nothing at all."""
    assert found(product("양말", weight_g=weight_g), context) == [("WEIGHT_ABSURD", "E2")]


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ({"parallel_import": True}, ["H2"]),
        ({"purchase_agency": True}, ["I2"]),
        ({"importer": "구매대행"}, ["G2"]),
        ({"importer": "병행수입"}, ["G2"]),
        ({"title": "[해외직구] 비타민C 90정"}, ["B2"]),
        ({"title": "병행수입 손목시계", "parallel_import": True}, ["H2", "B2"]),
        ({"importer": "(주)늘봄무역"}, []),
        ({"title": "정식수입 손목시계 (병행수입 아님)"}, []),
        ({"title": "구매대행 상품이 아닙니다 손목시계"}, []),
    ],
)
def test_goods_bought_abroad_are_held_with_the_cell_that_says_so(
    fields: dict[str, object], cells: list[str], product: Make, context: CheckContext
) -> None:
    """A flag, the importer and the name may each say it; a denial right behind the word says the opposite."""
    findings = check_product(product(**fields), context)
    assert [(finding.code, finding.cell, finding.severity) for finding in findings] == [
        ("NOT_OURS_TO_EXPORT", cell, "error") for cell in cells
    ]


@pytest.mark.parametrize(
    ("fields", "cell"),
    [
        ({"expires_on": date(2026, 12, 20)}, "J2"),
        ({"title": "요거트 (소비기한 임박) 특가"}, "B2"),
        ({"description_html": "<th>소비기한</th><td>제조일로부터 30일</td>"}, "F2"),
        ({"description_html": "<p>유통기한: 2026.12.01 까지</p>"}, "F2"),
        ({"expires_on": date(2027, 6, 1)}, None),
        ({"description_html": "소비기한 제조일로부터 12개월"}, None),
        ({"description_html": "유통기한: 2027-12-01"}, None),
        ({"description_html": "소비기한 별도 표기. 주문 후 5일 발송"}, None),
        ({"description_html": "소비기한은 수령 후 7일 이내 교환 가능"}, None),
        ({"description_html": "유통기한: 2026.13.45"}, None),
    ],
)
def test_a_shelf_life_shorter_than_the_way_is_told(
    fields: dict[str, object], cell: str | None, product: Make, context: CheckContext
) -> None:
    """Dates count from the day of the upload; a promise about delivery is no shelf life."""
    assert found(product(**fields), context) == ([("EXPIRY_SHORT", cell)] if cell else [])


def test_without_a_day_no_printed_date_is_judged(product: Make) -> None:
    """Whether a date is near is not a guess."""
    assert found(product(expires_on=date(2020, 1, 1)), CONTEXT) == []


@pytest.mark.parametrize(
    ("fields", "cell"),
    [
        ({"title": "KC인증 멀티탭"}, "B2"),
        ({"description_html": "전파인증 완료"}, "F2"),
        ({"certifications": (Certification(kind="어린이제품 안전인증", code="CB061R000-0000"),)}, "K2"),
        ({"description_html": "KC인증, CE 인증 완료"}, None),
        ({"title": "멀티탭"}, None),
    ],
)
def test_a_certificate_that_only_korea_knows_is_told(
    fields: dict[str, object], cell: str | None, product: Make, context: CheckContext
) -> None:
    """One that holds abroad beside it is enough."""
    assert found(product(**fields), context) == ([("CERTIFICATE_KOREA_ONLY", cell)] if cell else [])


def with_options(product: Make, prices: dict[str, int], name: str = "용량") -> Product:
    variants = tuple(
        Variant(sku=f"A-{number}", options={name: value}, price_delta_krw=Decimal(price - 10_000), stock=1)
        for number, (value, price) in enumerate(prices.items())
    )
    return product("김치", variants=variants)


@pytest.mark.parametrize(
    ("prices", "dear"),
    [
        ({"1kg": 10_000, "2kg": 18_000}, []),  # cheaper per gram is what packs are for
        ({"1kg": 10_000, "2kg": 10_000}, []),
        ({"1kg": 10_000, "2kg": 9_000}, ["2kg"]),
        ({"350g*1개": 5_000, "350g*3개": 4_000, "10kg[업소용]": 3_000}, ["350g*3개", "10kg[업소용]"]),
        ({"순한맛 500g": 9_000, "매운맛 1kg": 8_000}, []),  # another thing
        ({"3개": 9_000, "10개": 2_000}, ["10개"]),
        ({"블랙": 9_000, "화이트": 2_000}, []),
        ({"2m": 9_000, "1m": 12_000}, []),  # a length is no pack
        ({"500ml": 9_000, "1L": 8_000}, ["1L"]),
        ({"0.5kg": 9_000, "500g": 8_000}, []),
    ],
)
def test_a_bigger_pack_may_not_cost_less_than_a_smaller_one(
    prices: dict[str, int], dear: list[str], product: Make, context: CheckContext
) -> None:
    """Only packs of the same thing are compared, by what is in them."""
    findings = check_product(with_options(product, prices), context)
    assert [finding.code for finding in findings] == ["PACK_PRICE_INVERTED"] * len(dear)
    assert all(f"'{name}'" in finding.message_ko and finding.cell == "N2" for name, finding in zip(dear, findings, strict=True))


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 50)), min_size=2, max_size=6, unique_by=lambda pack: pack[0]))
def test_a_rising_price_list_is_never_inverted(packs: list[tuple[int, int]]) -> None:
    """Sorted by size with prices that never fall, in any unit, nothing is found."""
    price, read = 0, []
    for number, (grams, step) in enumerate(sorted(packs)):
        price += step
        name = f"{grams}g" if number % 2 else f"{Decimal(grams) / 1000}kg"
        read += packs_of(name, Decimal(price), CONTEXT, field="options", cell="N2")
    assert len(read) == len(packs)
    assert inverted(read) == {}


@pytest.mark.parametrize(
    ("prices", "sizes"),
    [
        ({"500g": 9_000, "1kg": 16_000}, [500_000, 1_000_000]),
        ({"1개": 5_000, "3개": 13_000, "선물세트": 20_000}, [1, 3, None]),
        ({"500g": 9_000, "3개": 16_000}, [None, None]),
        ({"500g": 9_000}, [None]),
        ({"블랙": 9_000, "화이트": 9_000}, [None, None]),
    ],
)
def test_options_that_are_packs_carry_their_size(
    prices: dict[str, int], sizes: list[int | None], product: Make, context: CheckContext
) -> None:
    """Given options, when they are sizes of one thing, then each variant says how much it holds; else none does."""
    assert [variant.pack for variant in sized(with_options(product, prices), context).variants] == sizes


def test_checking_twice_finds_the_same(product: Make, context: CheckContext) -> None:
    """No check remembers anything."""
    one = product("[해외직구] 오징어 200g", title_en="Squid 250g", weight_g=5000)
    assert check_product(one, context) == check_product(one, context)
    assert [code for code, _ in found(one, context)] == ["NOT_OURS_TO_EXPORT", "WEIGHT_CONTRADICTS_NAME", "NAME_EN_CONTRADICTS"]
