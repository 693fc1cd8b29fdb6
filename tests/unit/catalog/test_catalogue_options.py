"""Options become variants: nothing is lost, nothing is sold twice."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.options import Choice, cafe24_choices, combinations_of, count_variants, share, split_values, variants_of
from onestop.domain.catalog.product import Variant

VALUE = st.text(st.characters(blacklist_characters="{}|", blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8)


def combine(choices: Sequence[Choice], *, sku: str, stock: int) -> list[Variant]:
    return list(variants_of(combinations_of(choices), sku=sku, stock=stock))


@st.composite
def choices_with_stocks(draw: st.DrawFn) -> list[Choice]:
    names = draw(st.lists(VALUE, min_size=1, max_size=3, unique=True))
    found = []
    for name in names:
        values = tuple(draw(st.lists(VALUE, min_size=1, max_size=4, unique=True)))
        stocks = draw(st.none() | st.lists(st.integers(0, 50), min_size=len(values), max_size=len(values)).map(tuple))
        found.append(Choice(name, values, (Decimal(0),) * len(values), stocks))
    return found


@given(choices_with_stocks(), st.integers(0, 1000))
def test_no_piece_is_sold_twice(choices: list[Choice], stock: int) -> None:
    """The variants together, and those of each value, hold no more than the seller said."""
    variants = combine(choices, sku="A", stock=stock)
    if all(choice.stocks is None for choice in choices):
        assert sum(variant.stock for variant in variants) == stock
    for choice in choices:
        for value, limit in zip(choice.values, choice.stocks or (), strict=choice.stocks is not None):
            assert sum(variant.stock for variant in variants if variant.options[choice.name] == value) <= limit


@given(choices_with_stocks(), st.integers(0, 1000))
def test_every_combination_is_one_variant_with_a_code_of_its_own(choices: list[Choice], stock: int) -> None:
    """The combinations are the product of the options, and the codes are stable."""
    variants = combine(choices, sku="A", stock=stock)
    assert len({tuple(variant.options.items()) for variant in variants}) == len(variants) == count_variants(choices)
    assert [variant.sku for variant in variants] == [f"A-{number:02d}" for number in range(1, len(variants) + 1)]


def test_without_options_the_product_is_its_own_variant() -> None:
    """No option, no suffix."""
    (variant,) = combine((), sku="A", stock=7)
    assert (variant.sku, variant.stock, variant.options) == ("A", 7, {})


def test_add_on_prices_of_several_options_are_added() -> None:
    """A combination costs the sum of its add-ons."""
    colour = Choice("색상", ("블랙", "골드"), (Decimal(0), Decimal(500)))
    size = Choice("크기", ("S", "L"), (Decimal(-100), Decimal(1000)))
    deltas = [variant.price_delta_krw for variant in combine((colour, size), sku="A", stock=0)]
    assert deltas == [Decimal(-100), Decimal(1000), Decimal(400), Decimal(1500)]


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_sharing_is_even_and_complete(total: int, parts: int) -> None:
    """No part differs from another by more than one."""
    shares = share(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(choices_with_stocks())
def test_the_grammar_of_cafe24_reads_back_what_was_written(choices: list[Choice]) -> None:
    """Names and values with brackets, stars and slashes come back unchanged."""
    written = "//".join(f"{choice.name.strip('/') or 'n'}{{{'|'.join(choice.values)}}}" for choice in choices)
    expected = [(choice.name.strip("/") or "n", choice.values) for choice in choices]
    found = cafe24_choices(written)
    if len({name for name, _ in expected}) < len(expected):
        assert found is None
    else:
        assert found is not None
        assert [(choice.name, choice.values) for choice in found] == expected


@pytest.mark.parametrize(
    "text", ["", "색상", "색상{블랙", "색상{}", "색상{블랙|}", "{블랙}", "색상{블랙}색상2{화이트}", "색상{S|S}", "색상{S}//색상{M}", " {S}"]
)
def test_other_text_is_not_guessed_at(text: str) -> None:
    """What is not of the grammar gives nothing."""
    assert cafe24_choices(text) is None


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    """Hostile text gives options or nothing, never an error."""
    assert cafe24_choices(text) is None or count_variants(cafe24_choices(text) or ()) >= 1
    assert split_values(text) is None or all(split_values(text) or ())
