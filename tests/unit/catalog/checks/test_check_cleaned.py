"""What is taken out of a seller's text is told, with its cell, and changes no status."""

from decimal import Decimal

import pytest

from onestop.domain.catalog.checks.cleaned import cleaned_text
from onestop.domain.catalog.product import Product, Variant
from onestop.domain.findings import Finding, State, state_of


def found(title: str = "순면 양말", description: str = "") -> list[Finding]:
    """What is told of a product with this name and description."""
    product = Product(
        seller_id="kim", sku="A", title=title, description_html=description, price_krw=Decimal(9000), variants=(Variant(sku="A"),),
        cells={"title": "B4", "description": "D4"},
    )  # fmt: skip
    return list(cleaned_text(product, None))


@pytest.mark.parametrize("emoji", ["🧦", "✨", "❤️", "👨‍👩‍👧", "🇰🇷"])
def test_an_emoji_in_a_name_is_told_with_its_cell(emoji: str):
    """Given an emoji, be it made of several signs, when the name is checked, then it is named once and nothing is called invisible."""
    (finding,) = found(f"순면 {emoji} 양말")

    assert (finding.code, finding.cell) == ("TITLE_EMOJI_LEFT_OUT", "B4")
    assert emoji in finding.message_ko.replace(" ", "")


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\ufeff", "\u202e", "\u2060"])
def test_an_invisible_character_is_told_with_its_cell(sign: str):
    """Given a zero-width character or a mark of direction, when name and description are checked, then each is told."""
    told = found(f"순면 양{sign}말", f"부드{sign}러운{sign} 양말")

    assert [(one.code, one.field, one.cell) for one in told] == [
        ("TEXT_INVISIBLE_REMOVED", "title", "B4"),
        ("TEXT_INVISIBLE_REMOVED", "description", "D4"),
    ]
    assert "2 invisible characters" in told[1].message_en


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p>양말</p><script>alert(1)</script>", "script"),
        ("< IFRAME src='x'>", "iframe"),
        ("<img src=x onerror='alert(1)'>", "onerror"),
        ("<a href='javascript:alert(1)'>x</a>", "javascript"),
    ],
)
def test_what_runs_in_a_description_is_told_with_its_cell(html: str, name: str):
    """Given a script, a frame, a handler or an address that runs, when the description is checked, then it is named."""
    (finding,) = found(description=html)

    assert (finding.code, finding.cell) == ("DESCRIPTION_SCRIPT_REMOVED", "D4")
    assert f"({name})" in finding.message_en


@pytest.mark.parametrize("title", ["순면 양말 5켤레", "★인기★ 양말 50% ♥", "볼펜 ①호 ㎜ ™ ® ©", "Cotton Socks"])
def test_ordinary_text_has_nothing_to_tell(title: str):
    """Decoration that shops write, unit signs, and HTML as editors write it."""
    assert found(title, "<p style='color:red'>온라인 = 한정</p><br>description of <b>form</b>") == []


def test_being_told_changes_no_status():
    """Given all of it at once, when the status is asked for, then the product is as ready as without."""
    assert state_of(found("🧦 양\u200b말", "<script>x</script>")) is State.READY
