"""What only shows beside other rows: names in the wrong rows, products listed twice, a bracket that is a brand."""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.check_rules import check_rules
from onestop.adapters.termbase_files import termbase
from onestop.domain.catalog.checks.duplicates import name_key
from onestop.domain.catalog.checks.file_checks import FileChecks, windows
from onestop.domain.catalog.checks.misordered import REACH_ROWS, Names, misordered_blocks
from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.first_rows import FirstRows
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

Make = Callable[..., Product]
CONTEXT = CheckContext(check_rules(), termbase())

# A made-up fish shop: names that no termbase knows, so that figures alone have to do.
SHOP = [(f"[바다당]어묵{number}호 {200 + 10 * number}g", f"Badadang no. {number} {200 + 10 * number}g") for number in range(60)]


def checked(names: Sequence[tuple[str, str | None]], product: Make, context: CheckContext) -> dict[int, tuple[Finding, ...]]:
    checks = FileChecks(context)
    for row, (title, title_en) in enumerate(names, start=2):
        checks.see(row, product(title, row, title_en=title_en))
    return checks.findings()


def rows_of(code: str, findings: dict[int, tuple[Finding, ...]]) -> list[int]:
    return [row for row, found in findings.items() for finding in found if finding.code == code]


def test_names_in_their_own_rows_are_no_block(product: Make, context: CheckContext) -> None:
    """A shop with a bracket brand and an English name in each row: nothing but the brand is told."""
    findings = checked(SHOP, product, context)
    assert {finding.code for found in findings.values() for finding in found} == {"BRAND_FROM_BRACKET"}


def test_names_pasted_one_row_off_are_one_block_with_its_ends(product: Make, context: CheckContext) -> None:
    """Each row of the block says that its English is not used; none is told a second time that it contradicts."""
    english = [en for _, en in SHOP]
    english[10:20] = [*english[11:20], english[10]]
    findings = checked([(ko, en) for (ko, _), en in zip(SHOP, english, strict=True)], product, context)
    assert rows_of("NAME_EN_MISORDERED_BLOCK", findings) == list(range(12, 22))
    assert rows_of("NAME_EN_CONTRADICTS", findings) == []
    assert {finding.message_en[:40] for row in range(12, 22) for finding in findings[row] if finding.code.endswith("BLOCK")} == {
        "The English names in C12 to C21 stand in"
    }


def test_one_wrong_english_name_is_a_contradiction_and_no_block(product: Make, context: CheckContext) -> None:
    """Its figure is that of another row, but that row's own English fits: nothing was pasted in the wrong order."""
    names = [*SHOP[:5], (SHOP[5][0], SHOP[8][1]), *SHOP[6:12]]
    findings = checked(names, product, context)
    assert rows_of("NAME_EN_MISORDERED_BLOCK", findings) == []
    assert rows_of("NAME_EN_CONTRADICTS", findings) == [7]


def test_two_typing_errors_that_the_words_explain_are_no_block(product: Make, context: CheckContext) -> None:
    """Figures crossed between two rows whose words are right: the figures are wrong, the names are not misplaced."""
    names: list[tuple[str, str | None]] = [("김치 500g", "Kimchi 300g"), ("양말 300g", "Socks 500g")]
    findings = checked(names, product, context)
    assert rows_of("NAME_EN_CONTRADICTS", findings) == [2, 3]
    assert rows_of("NAME_EN_MISORDERED_BLOCK", findings) == []


def test_names_without_figures_are_found_by_their_words() -> None:
    """Two words of the other row and none of the own one are proof enough when both rows say so."""
    names = [Names("무선 이어폰", "Stainless Tumbler"), Names("스테인리스 텀블러", "Wireless Earphones"), Names("양말", "Socks")]
    assert [(block.first, block.last, block.affected) for block in misordered_blocks(names, CONTEXT)] == [(0, 1, (0, 1))]


@given(
    start=st.integers(0, 40), order=st.integers(2, REACH_ROWS).flatmap(lambda size: st.permutations(range(size))),
    step=st.sampled_from([1, 7]),
)  # fmt: skip
def test_every_name_that_was_moved_inside_a_block_is_found(start: int, order: list[int], step: int) -> None:
    """Any order within the reach, all figures different: each moved row is in a block, and no block reaches beyond the moves."""
    rows = [(f"어묵 {300 + step * number}g", f"Fish cake {300 + step * number}g") for number in range(60)]
    names = [Names(ko, en) for ko, en in rows]
    moved = [start + at for at, origin in enumerate(order) if origin != at]
    for at, origin in enumerate(order):
        names[start + at] = Names(rows[start + at][0], rows[start + origin][1])
    blocks = misordered_blocks(names, CONTEXT)
    affected = {row for block in blocks for row in block.affected}
    assert set(moved) <= affected
    assert all(moved[0] <= block.first <= block.last <= moved[-1] for block in blocks)


def test_a_block_across_two_windows_is_found_in_both(product: Make, context: CheckContext) -> None:
    """A chunk sees the names just beyond its ends, so a row's finding does not depend on where the file was cut."""
    english = [en for _, en in SHOP]
    english[26:34] = english[26:34][::-1]
    rows = [(row, ko, en) for row, ((ko, _), en) in enumerate(zip(SHOP, english, strict=True), start=2)]
    found: dict[int, tuple[Finding, ...]] = {}
    for window in windows(rows, size=30):
        checks = FileChecks(context)
        for row, ko, en in window.rows:
            checks.see(row, product(ko, row, title_en=en))
        for row, ko, en in (*window.before, *window.after):
            checks.see_neighbour(row, ko, en)
        found |= checks.findings()
    whole = checked([(ko, en) for _, ko, en in rows], product, context)
    assert rows_of("NAME_EN_MISORDERED_BLOCK", found) == list(range(28, 36))
    assert [finding for row in range(28, 36) for finding in found[row]] == [finding for row in range(28, 36) for finding in whole[row]]


@given(count=st.integers(0, 300), size=st.integers(1, 60), overlap=st.integers(0, 30))
def test_windows_hold_every_row_once_in_order(count: int, size: int, overlap: int) -> None:
    """Own rows are the whole file; neighbours are exactly the rows around them."""
    made = list(windows(range(count), size=size, overlap=overlap))
    assert [row for window in made for row in window.rows] == list(range(count))
    for window in made:
        first, last = window.rows[0], window.rows[-1]
        assert window.after == tuple(range(last + 1, min(count, last + 1 + overlap)))
        assert window.before == tuple(range(max(0, first - min(overlap, size)), first))


def test_asking_twice_finds_the_same(product: Make, context: CheckContext) -> None:
    """Findings are computed from what was seen, and nothing is used up."""
    checks = FileChecks(context)
    checks.see(2, product("오징어 200g", 2, title_en="Squid 250g"))
    assert checks.findings() == checks.findings() != {}


def test_a_product_listed_twice_names_the_first_cell(product: Make, context: CheckContext) -> None:
    """The same name and options under another code, however it is spaced."""
    names, checks = FirstRows(), FileChecks(context)
    for row, title in enumerate(["양말 10켤레", "장갑", "양말　１０켤레"], start=2):
        checks.see(row, product(title, row), first_row=names.first(name_key(title), row))
    [finding] = checks.findings()[4]
    assert (finding.code, finding.cell) == ("PRODUCT_DUPLICATE_NAME", "B4")
    assert "B2" in finding.message_ko


def test_other_options_make_another_product() -> None:
    """Only the same name with the same options is a duplicate."""
    names = FirstRows()
    assert names.first(name_key("양말", "색상{블랙}"), 2) is None
    assert names.first(name_key("양말", "색상{화이트}"), 3) is None
    assert names.first(name_key("양말 ", "색상{블랙}"), 4) == 2


def test_a_bigger_pack_in_another_row_may_not_cost_less(product: Make, context: CheckContext) -> None:
    """The same name and bracket in another size; another bracket is another product."""
    checks = FileChecks(context)
    prices = {"[늘봄]포기김치 5kg": "20000", "[늘봄]포기김치 10kg": "18000", "[바다당]포기김치 12kg": "9000"}
    for row, (title, price_krw) in enumerate(prices.items(), start=2):
        checks.see(row, product(title, row, price_krw=price_krw))
    assert rows_of("PACK_PRICE_INVERTED", checks.findings()) == [3]


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        (["[하루]오징어", "[하루]만두", "[하루]피자"], [2, 3, 4]),  # even an everyday word
        (["[바다당]오징어", "[바다당]만두"], []),
        (["[무료배송] 양말", "[무료배송] 장갑", "[무료배송] 모자"], []),
        (["[냉장]오징어", "[냉장]만두", "[냉장]피자"], []),
        (["[1+1] 양말", "[1+1] 장갑", "[1+1] 모자"], []),
        (["[삼성] 케이스"], [2]),  # known
    ],
)
def test_a_leading_bracket_is_a_brand_when_rows_repeat_it(titles: list[str], rows: list[int], product: Make, context: CheckContext) -> None:
    """Promotion, storage and figures in a bracket name nobody."""
    findings = checked([(title, None) for title in titles], product, context)
    assert rows_of("BRAND_FROM_BRACKET", findings) == rows


def test_a_product_with_a_brand_needs_none_from_its_bracket(product: Make, context: CheckContext) -> None:
    """The seller's own column wins."""
    checks = FileChecks(context)
    for row in range(2, 8):
        checks.see(row, product(f"[하루]만두{row}호", row, brand="늘봄"))
    assert checks.findings() == {}


def test_half_a_million_rows_take_less_than_thirty_megabytes() -> None:
    """12 bytes a slot, at most two thirds full: 12.6 MB stand, 19 MB while it last grew."""
    table = FirstRows()
    assert all(table.first(str(row), row) is None for row in range(1, 500_001))
    assert table.first("250000", 600_000) == 250_000
    assert table.size_bytes * 1.5 < 20_000_000


@given(st.lists(st.text(max_size=3)))
def test_the_first_row_is_what_a_dictionary_would_say(texts: list[str]) -> None:
    """The table forgets nothing and confuses nothing."""
    table, known = FirstRows(), dict[str, int]()
    for row, text in enumerate(texts, start=1):
        expected = known.get(text)
        known.setdefault(text, row)
        assert table.first(text, row) == expected


def test_what_is_read_of_a_hostile_name_is_bounded(product: Make, context: CheckContext) -> None:
    """Names that are nothing but figures, all contradicting: a few measures and factors of each are looked at, and still judged."""
    chance = random.Random(7)
    names = [
        (" ".join(f"{chance.randint(1, 999)}g x {chance.randint(2, 9)}" for _ in range(3000)), f"{row}kg " * 3000) for row in range(12)
    ]
    findings = checked(names, product, context)
    stated = context.stated(names[0][0])
    assert (len(stated.measures), len(stated.factors), len(stated.text) <= 1000) == (12, 4, True)
    assert len(rows_of("NAME_EN_CONTRADICTS", findings)) + len(rows_of("NAME_EN_MISORDERED_BLOCK", findings)) > 0
