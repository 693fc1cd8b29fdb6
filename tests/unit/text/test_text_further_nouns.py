"""What a title says beside its head, what is sure of words from other categories, and figures as sellers run them together."""

import pytest

from onestop.adapters.termbase_files import tables
from onestop.domain.channels.market import TextLimits
from onestop.domain.findings import State
from onestop.domain.text.facts import FactReader
from onestop.domain.text.qa import Text, check


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en", "Stainless Steel Pot 16cm, Lid"), ("th", "หม้อสแตนเลส 16 ซม. ฝา"), ("vi", "Nồi inox 16cm, Nắp")],
)  # fmt: skip
def test_a_noun_behind_the_head_stands_last(adapt, locale, title):
    """A part that the seller names behind the product is neither lost nor taken for the product."""
    assert adapt("스텐 냄비 16cm 뚜껑", "주방", locale).title == title


def test_a_further_noun_with_figures_behind_it_is_doubted(adapt):
    """Given a count behind a second noun, when nobody can tell what it counts, then a person looks."""
    assert adapt("스텐 냄비 16cm 뚜껑 2개", "주방").state is State.NEEDS_REVIEW
    assert adapt("스텐 냄비 16cm 뚜껑", "주방").state is State.READY


def test_further_nouns_go_first_when_a_title_is_too_long(adapt):
    """A title that does not fit loses its second noun before its colour."""
    short = adapt("스텐 냄비 16cm 뚜껑 블랙", "주방", limits=TextLimits(title_max_chars=35))
    assert short.title == "Stainless Steel Pot 16cm, Black"
    assert "TEXT_SHORTENED" in {finding.code for finding in short.findings}


@pytest.mark.parametrize(
    ("word", "state"), [("블루투스", State.READY), ("와이드", State.READY), ("진정", State.BLOCKED), ("턱받이", State.BLOCKED)]
)
def test_a_word_of_another_category_is_sure_when_it_is_long_and_describes(adapt, word, state):
    """Three syllables or more that describe are taken as they are; short words, and things that are not sold there, count half."""
    assert adapt(f"{word} 노트", "문구").state is state


def test_figures_run_together_are_told_apart(adapt):
    """``150g3팩`` is a measure and a count."""
    text = adapt("라면150g3팩", "식품")
    assert (text.title, text.state) == ("Ramyeon 150g x 3 Packs", State.READY)


@pytest.mark.parametrize(
    ("korean", "english"),
    [("20인치 여행가방", "20-inch suitcase"), ("3in1 충전기", "3-in-1 charger"), ("1+1 토너", "toner, buy 1 get 1 free"), ("와인잔 2P", "wine glasses, 2 pcs")],
)  # fmt: skip
def test_english_says_the_same_figures_in_its_own_way(korean, english):
    """A hyphen before a unit or around ``in``, a bundle in words, and a count in a Latin letter change no fact."""
    reader = FactReader(tables())
    assert {fact.number for fact in reader.facts(korean)} == {fact.number for fact in reader.facts(english, "en")}
    assert reader.codes(korean) == frozenset()


@pytest.mark.parametrize(("locale", "title"), [("th", "หม้อ หม้อ สแตนเลส"), ("tr", "Çelik İnce İnce Tencere")])
def test_a_doubled_word_is_noticed_in_every_script(locale, title):
    """Thai vowel signs, and the dot of a Turkish İ, do not hide that a word stands twice."""
    assert "dup_adjacent" in check(Text("스텐 냄비", title, locale, FactReader(tables())))


@pytest.mark.parametrize(
    ("korean", "english"),
    [("라면 2인분", "Ramyeon, 2 Servings"), ("라면 3단계", "Ramyeon, Stage 3"), ("라면 딸기맛", ""), ("라면 10일분", "Ramyeon, 10-Day Supply")],
)  # fmt: skip
def test_further_counters_are_read(adapt, korean, english):
    """Servings, stages, days' supply; a flavour that nobody knows stays unknown."""
    assert adapt(korean, "식품").title == english


@pytest.mark.parametrize(("title", "shown"), [("티셔츠 S~XL", "S-XL"), ("티셔츠 S ~ 2XL", "S-2XL"), ("티셔츠 95~110", "95-110")])
def test_sizes_from_one_to_another_stay_a_range(adapt_shipped, title, shown):
    """Every size between the two is sold: a list of two, S/XL, would say something else."""
    assert shown in adapt_shipped(title, "패션의류>티셔츠").title
