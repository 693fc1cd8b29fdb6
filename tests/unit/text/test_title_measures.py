"""What ``make eval`` measures with: chrF against published values, the second reader of facts, the injected defects, the sets."""

import hashlib
from pathlib import Path
from random import Random

import pytest

from onestop.adapters.termbase_files import tables
from tests.eval.chrf import chrf
from tests.eval.defects import DEFECTS, Good
from tests.eval.measure import measure
from tests.eval.preservation import lost_facts
from tests.eval.show import AIMS, share_noticed
from tests.eval.titles import SETS, VECTORS, Title, TitleSet, read_set

HELD_OUT = "79f50a3a961c76551e165694ce60e63f0666f78cd1093210b2ac6b4a7af038ea"
"""Of the held-out titles as they were before anything was measured."""


@pytest.mark.parametrize(
    ("hypothesis", "reference", "score"),
    [("Cotton T-Shirt", "Cotton Short-Sleeve T-Shirt", 38.6530), ("abc", "abd", 38.8889), ("女士纯棉T恤", "女士棉T恤", 39.7763),
     ("Women's Cotton Tee", "Women's Cotton Short-Sleeve T-Shirt, 2-Pack", 34.6921), ("a", "b", 0), ("same words", "same words", 100)],
)  # fmt: skip
def test_chrf_gives_the_published_values(hypothesis, reference, score):
    """The scores of sacrebleu 2.6.0, to four decimals."""
    assert chrf([(hypothesis, reference)]) == pytest.approx(score, abs=5e-5)


def test_chrf_of_several_texts_is_that_of_one():
    """Counts are summed before they are scored."""
    pairs = [("Cotton T-Shirt", "Cotton Short-Sleeve T-Shirt"), ("abc", "abd")]
    assert chrf(pairs) == pytest.approx(38.5099, abs=5e-5)


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [("생수 2L 6병", "Mineral Water 2000ml x 6", "en"), ("프라이팬 26cm", "กระทะ 26 ซม.", "th"), ("텀블러 1.2L", "Vaso térmico 1,2 L", "es"),
     ("배변패드 60x90cm 50매", "Pee Pads 60 x 90 cm, 50 Sheets", "en"), ("스티커 30pcs", "Sticker, 30 pcs", "en"), ("앰플 50ml 1+1", "Ampoule 50ml x 2", "en"),
     ("면 100% 수건", "%100 Pamuk Havlu", "tr"), ("무설탕 사탕 50g", "50g 无糖糖果", "zh-Hans"), ("7부 바지", "3/4-Length Pants", "en"),
     ("보조배터리 10,000mAh", "Power bank 10.000 mAh", "id")],
)  # fmt: skip
def test_kept_facts_are_recognised(source, target, locale):
    """Other units, other decimal marks and other words for the same fact are no loss."""
    assert lost_facts(source, target, locale) == ()


@pytest.mark.parametrize(
    ("source", "target", "brands", "lost"),
    [("즉석밥 210g 24개", "Instant Rice 210g x 12", (), ("lost 24", "added 12")), ("프라이팬 26cm", "Frying Pan 26mm", (), ("lost 26cm", "added 26mm")),
     ("삼성 SM-S928N 케이스", "Three-Star Case", ("Samsung",), ("code SM-S928N", "brand Samsung")), ("무방부제 육포", "Jerky", (), ("negation",))],
)  # fmt: skip
def test_lost_facts_are_named(source, target, brands, lost):
    """A changed figure, unit, code, brand or negation is told."""
    assert lost_facts(source, target, "en", brands) == lost


def test_each_defect_makes_another_title():
    """On a title that has a place for all of them, each of the nine kinds gives something else."""
    good = Good("Harim Instant White Rice 210g x 24", "en", ("Harim",), tables(), Random(1))
    made = {kind: make(good) for kind, make in DEFECTS.items()}
    assert len(made) == 9
    assert all(bad is not None and bad != good.target for bad in made.values())


def test_a_defect_without_a_place_is_none():
    """A title without figures and brand offers no place for a wrong figure or brand, a Thai one none for capitals."""
    good = Good("หูฟัง", "th", (), tables(), Random(1))
    assert [kind for kind, make in DEFECTS.items() if make(good) is None] == [
        "number changed", "quantity dropped", "unit changed", "brand mistranslated", "capitals",
    ]  # fmt: skip


def test_the_sets_are_as_told():
    """At least 300 development titles over 14 categories with a tenth of noise, English references for all, four more for 60; no title twice."""
    sets = {name: read_set(name).titles for name in SETS}
    development = sets["development"]
    assert len(development) >= 300
    assert len({title.category for title in development}) >= 14
    assert sum(bool(title.noise) for title in development) >= len(development) / 10
    assert all("en" in title.references for title in development)
    assert sum({"th", "vi", "ja", "zh-Hans"} <= title.references.keys() for title in development) >= 60
    texts = [title.text for titles in sets.values() for title in titles]
    assert len(texts) == len(set(texts))


def test_the_held_out_titles_are_untouched():
    """The file is the one from before the first measurement: whoever changes it has to say so here."""
    assert hashlib.sha256(Path(VECTORS, SETS["held out"]).read_bytes()).hexdigest() == HELD_OUT


def test_a_set_is_measured():
    """Of one readable and one unreadable title: shares, kept facts, noticed defects and likeness to the reference."""
    titles = (Title("순면 양말 10켤레", "패션>잡화", {"en": "Pure Cotton Socks, 10 Pairs"}), Title("가갸거겨 고교구규", "패션>잡화"))
    measured = measure(TitleSet(titles, "two"), "en")
    assert (measured["ready"], measured["blocked"], measured["coverage"]) == (0.5, 0.5, 0.5)
    assert (measured["facts_kept"], measured["term_accuracy"], measured["false_alarms"]) == (1, 1, 0)
    assert share_noticed(measured["qa_recall"]) == 1
    assert measured["chrf"]["ready"] == 100


def test_a_turkish_capital_is_the_letter_that_it_is_written_for():
    """Of a title whose words begin with ı and i, which Turkish writes I and İ, no term counts as missing."""
    titles = (Title("내열유리 티포트 600ml", "주방>컵"), Title("실크 스카프 이중직", "패션>잡화"))
    measured = measure(TitleSet(titles, "two"), "tr")
    assert measured["term_accuracy"] == 1


@pytest.mark.parametrize("locale", ["en", "th", "tr"])
def test_facts_are_kept_and_defects_noticed(locale):
    """On the development titles: every fact kept by the second reader's count, and at least 98 % of injected defects noticed."""
    measured = measure(read_set("development"), locale)
    assert measured["facts_lost_in"] == []
    assert share_noticed(measured["qa_recall"]) >= AIMS["qa_recall"]
