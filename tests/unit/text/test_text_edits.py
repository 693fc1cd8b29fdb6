"""A person's values over the machine's text."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from onestop.domain.catalog.product import Product, Variant
from onestop.domain.findings import State
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.edit import Edit, edit_field
from onestop.domain.text.edits import edits_for, source_digest_of, with_edits
from onestop.domain.text.given_title import issues_of
from onestop.domain.text.safe_html import ALLOWED, safe_html
from onestop.domain.text.termbase import Termbase
from tests.unit.text.conftest import WIDE

AT = datetime(2026, 10, 1, tzinfo=UTC)
Apply = Callable[..., AdaptedText]


def edit(field: str, value: str, scope: str = "en", source_digest: str = "") -> Edit:
    """An edit of the one product."""
    return Edit(sku="A-1", scope=scope, field=field, value=value, source_digest=source_digest, cell="E2", updated_at=AT)


def codes(text: AdaptedText) -> list[str]:
    """The text's finding codes."""
    return [finding.code for finding in text.findings]


@pytest.fixture
def product(make_product: Callable[..., Product]) -> Product:
    """A product whose title no termbase reads, with a brand and an option that none knows."""
    variants = (Variant(sku="A-1", options={"색상": "쪽빛"}),)
    return make_product("꽃무늬 두루마기 2개", "패션", brand="모란당", variants=variants)


@pytest.fixture
def machine(adapt: Callable[..., AdaptedText], product: Product) -> AdaptedText:
    """What the machine makes of it: nothing that may go out."""
    text = adapt(product.title, product.category, brand=product.brand, variants=product.variants)
    assert text.state is State.BLOCKED
    return text


@pytest.fixture
def apply(machine: AdaptedText, product: Product, small_termbase: Termbase) -> Apply:
    """The machine's text with some edits over it."""

    def issues(text: AdaptedText, title: str) -> tuple[str, ...]:
        return issues_of(title, text, product, termbase=small_termbase, limits=WIDE)

    def run(*edits: Edit) -> AdaptedText:
        return with_edits(machine, edits_for(edits, "en"), product, issues)

    return run


def test_full_edits_make_a_blocked_text_ready(apply: Apply):
    """Given a text that no machine could write, when a person writes all of it, then it is ready and says whose words it holds."""
    text = apply(
        edit("title", "Floral Durumagi Coat, 2 pcs"), edit("brand", "Morandang"), edit("option:색상", "Color"),
        edit("option:쪽빛", "Indigo"), edit("highlight_1", "Hand-sewn"), edit("description", "<p>Warm.</p>"),
    )  # fmt: skip

    assert (text.state, codes(text)) == (State.READY, [])
    assert (text.title, text.brand, text.highlights[0]) == ("Floral Durumagi Coat, 2 pcs", "Morandang", "Hand-sewn")
    assert (text.option_names["색상"], text.option_values["쪽빛"], text.description_html) == ("Color", "Indigo", "<p>Warm.</p>")
    assert set(text.edited) == {"title", "brand", "option:색상", "option:쪽빛", "highlight_1", "description"}


@pytest.mark.parametrize(
    ("title", "issue"),
    [("Durumagi Coat, 3 pcs", "빠진 숫자"), ("두루마기 2 pcs", "남은 한글"), ("A" * 300 + " 2", "너무 긴 글")],
)
def test_what_the_checks_say_is_told_and_the_title_stays(apply: Apply, title: str, issue: str):
    """Given an edited title that a check refuses, when applied, then it shows as written and waits for a person, never blocked."""
    text = apply(edit("title", title), edit("brand", "Morandang"), edit("option:쪽빛", "Indigo"), edit("option:색상", "Color"))

    assert (text.title, text.state) == (title, State.NEEDS_REVIEW)
    assert [issue in finding.message_ko for finding in text.findings if finding.code == "TEXT_EDIT_CHECK"] == [True]


def test_an_edit_older_than_the_korean_is_kept_and_told(apply: Apply, product: Product):
    """Given an edit that was written for another Korean title, when applied, then it shows, with TEXT_EDIT_OUTDATED at its cell."""
    fresh = apply(edit("title", "Coat, 2 pcs", source_digest=source_digest_of(product, "title")))
    stale = apply(edit("title", "Coat, 2 pcs", source_digest="0" * 32))

    assert "TEXT_EDIT_OUTDATED" not in codes(fresh)
    assert [finding.cell for finding in stale.findings if finding.code == "TEXT_EDIT_OUTDATED"] == ["E2"]
    assert stale.title == "Coat, 2 pcs"


def test_a_markets_edit_stands_over_its_languages():
    """Given edits for a language, for two markets and one taken back, when asked, then each place gets its own, the market's first."""
    edits = [edit("title", "All"), edit("title", "Singapore", "SG"), edit("brand", "B"), edit("title", "", "MY"), edit("title", "T", "th")]

    assert [(one.field, one.value) for one in edits_for(edits, "en")] == [("brand", "B"), ("title", "All")]
    assert [(one.field, one.value) for one in edits_for(edits, "en", "SG")] == [("brand", "B"), ("title", "Singapore")]
    assert [(one.field, one.value) for one in edits_for(edits, "en", "MY")] == [("brand", "B"), ("title", "All")]


def test_a_new_brand_spelling_reaches_the_composed_title(adapt: Callable[..., AdaptedText], make_product: Callable[..., Product]):
    """Given a brand that was romanised, when a person spells it, then the composed title and the attributes spell it so."""
    product = make_product("모란당 코튼 티셔츠", "패션", brand="모란당")
    machine = adapt(product.title, product.category, brand=product.brand)
    text = with_edits(machine, [edit("brand", "MRD")], product, lambda *_: ())

    assert machine.title == "Morandang Cotton T-Shirt"
    assert (text.title, text.brand) == ("MRD Cotton T-Shirt", "MRD")
    assert machine.brand not in text.attributes.values()
    assert "<li>Brand: MRD</li>" in text.description_html
    assert "TEXT_BRAND_ROMANISED" not in [finding.code for finding in text.findings if finding.field == "brand"]


def test_a_brand_is_spelled_anew_only_where_it_is_a_word(machine: AdaptedText, product: Product):
    """Given a brand whose letters other words hold too, when a person spells it, then those words stay, and a bad title is told."""
    text = machine.model_copy(update={"title": "Mor Morning Coat, 2 pcs", "brand": "Mor"})

    found = with_edits(text, [edit("brand", "모란")], product, lambda _, title: ("hangul_left",) if "모란" in title else ())

    assert found.title == "모란 Morning Coat, 2 pcs"
    assert codes(found).count("TEXT_EDIT_CHECK") == 1


def test_two_options_with_the_same_words_are_told(
    adapt: Callable[..., AdaptedText], make_product: Callable[..., Product], small_termbase: Termbase
):
    """Given two options that a person gave one name, when applied, then the second is told: a buyer could not tell them apart."""
    variants = (Variant(sku="A-1", options={"색상": "블랙"}), Variant(sku="A-2", options={"색상": "쪽빛"}))
    product = make_product("코튼 티셔츠", "패션", variants=variants)
    machine = adapt(product.title, product.category, variants=variants)

    one = with_edits(machine, [edit("option:쪽빛", "Indigo")], product, lambda *_: ())
    same = with_edits(machine, [edit("option:쪽빛", machine.option_values["블랙"])], product, lambda *_: ())

    assert (one.state, same.state) == (State.READY, State.NEEDS_REVIEW)
    assert f"<li>Color: {machine.option_values['블랙']}, Indigo</li>" in one.description_html
    assert machine.option_values["쪽빛"] not in one.description_html
    assert ["옵션 '쪽빛'" in finding.message_ko for finding in same.findings if finding.code == "TEXT_EDIT_CHECK"] == [True]


def test_the_list_of_a_description_keeps_what_follows_it_and_the_limit(apply: Apply, machine: AdaptedText, product: Product):
    """Given sentences after the facts, when an option is renamed, then they stay; the list gives way to the limit, whole facts at a time."""
    text = machine.model_copy(update={"description_html": machine.description_html + "<p>Warm.</p>"})
    renamed = [edit("option:쪽빛", "Indigo " * 20)]

    wide = with_edits(text, renamed, product, lambda *_: ())
    narrow = with_edits(text, renamed, product, lambda *_: (), len(text.description_html))

    assert wide.description_html.count("Indigo") == 20
    assert wide.description_html.endswith("<p>Warm.</p>")
    assert narrow.description_html.endswith("</li></ul><p>Warm.</p>")
    assert "Indigo" not in narrow.description_html
    assert apply(edit("description", "<p>Mine.</p>"), *renamed).description_html == "<p>Mine.</p>"


@pytest.mark.parametrize("korean", ["350g*3개", "S~XL", "２색 세트", "화이트   &  블랙"])
def test_an_option_is_named_as_the_product_has_it(korean: str):
    """Given an option with signs that a title would be rid of, when its edit names it, then it is that option."""
    assert edit_field(f"옵션:{korean}") == "option:" + " ".join(korean.split())


@pytest.mark.parametrize("name", ["", "weight", "highlight_0", "option:", "titles"])
def test_other_fields_cannot_be_edited(name: str):
    """Given a name that is no field of a text, when read, then there is none."""
    assert edit_field(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<p onclick=x>a</p>", "<svg/onload=x>", "<a href='javascript:x'>a</a>",
        "<<b>script>x</b>", "<p><style>x</style></p>", "<!--><img src=x onerror=x>-->", "<math><mi xlink:href=x>", "</p><iframe>",
    ],
)  # fmt: skip
def test_hostile_html_leaves_only_plain_tags(text: str):
    """Given HTML that would run or load something, when made safe, then only plain tags without attributes are left in it."""
    safe, _ = safe_html(text)
    plain = safe
    for tag in ALLOWED:
        plain = plain.replace(f"<{tag}>", "").replace(f"</{tag}>", "")

    assert "<" not in plain
    assert ">" not in plain.replace("&gt;", "")
