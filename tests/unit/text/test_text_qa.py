"""The title checks against the reference vectors."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from onestop.adapters.termbase_files import tables
from onestop.domain.channels.market import TextLimits
from onestop.domain.text.facts import FactReader
from onestop.domain.text.qa import Text, check

_VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "text_qa.json").read_text(encoding="utf-8"))["vectors"]


@pytest.fixture(scope="module")
def reader():
    """The figure reader over the shipped tables."""
    return FactReader(tables())


@pytest.mark.parametrize("vector", _VECTORS, ids=[str(vector["id"]) for vector in _VECTORS])
def test_a_vector_gives_its_issues(reader, vector):
    """Each reference pair gives exactly the issues that it was written for."""
    limits = TextLimits(title_max_chars=vector["max_len"]) if "max_len" in vector else None
    brands = tuple(map(tuple, vector.get("brands", ())))
    text = Text(vector["source"], vector["target"], vector["lang"], reader, brands, tuple(vector.get("banned", ())), limits)
    text = text._replace(is_html=vector.get("is_html", False))
    assert sorted(set(check(text))) == sorted(vector["issues"])


@pytest.mark.parametrize(
    ("source", "target", "locale", "issues"),
    [
        ("라면 120g 5개입", "Mì 120g x 5 gói", "vi", ()),
        ("텀블러 1.2L", "Bình 1,2L", "vi", ()),
        ("텀블러 1.2L", "Bình 12L", "vi", ("number_missing", "number_extra")),
        ("보조배터리 10,000mAh", "Pin 10.000mAh", "vi", ()),
        ("앰플 50ml 1+1", "Ampoule 50ml, 2 pcs (1+1)", "en", ()),
        ("앰플 50ml 1+1", "Ampoule 50ml", "en", ("number_missing",)),
        ("생수 24개", "Water 24g", "en", ("number_missing", "number_extra")),
        ("냄비 18cm 20cm", "หม้อ 18/20 ซม.", "th", ()),
        ("면 티셔츠", "Cotton\u200b T-Shirt", "en", ("zero_width",)),
        ("텀블러 1.2L", "タンブラー 1.2リットル", "ja", ()),
        ("라면 120g 5개입", "方便面 120克 x 5包", "zh-Hans", ()),
        ("라면 120g 5개입", "方便面 120克 x 6包", "zh-Hans", ("number_missing", "number_extra")),
        ("냄비 24cm", "鍋 24公分", "zh-Hant", ()),
        ("모니터 27인치", "螢幕 27吋", "zh-Hant", ()),
        ("모니터 27인치", "Monitor 27 inci", "id", ()),
        ("모니터 27인치", "Monitor de 27 pulgadas", "es", ()),
        ("텀블러 1.2L", "Garrafa térmica 1,2 litro", "pt-BR", ()),
        ("텀블러 1.2L", "Termos 1.2 L", "ms", ()),
        ("코튼 100% 티셔츠", "%100 Pamuklu Tişört", "tr", ()),
        ("코튼 100% 티셔츠", "%50 Pamuklu Tişört", "tr", ("number_missing", "number_extra")),
        ("앰플 50ml 1+1", "Ampul 50 ml 2'li Paket", "tr", ()),
        ("양말 2개 베이지", "袜子 2 米色", "zh-Hans", ()),
        ("케이블 2m", "数据线 2米", "zh-Hans", ()),
        ("면 티셔츠", "纯棉纯棉T恤", "zh-Hans", ("dup_adjacent",)),
        ("배추김치", "白菜キムチキムチ", "ja", ("dup_adjacent",)),
        ("아삭한 배추김치", "シャキシャキ 白菜キムチ", "ja", ()),
        ("강아지 간식", "狗狗零食", "zh-Hans", ()),
        ("면 티셔츠", "Cotton Tシャツ สี", "ja", ("wrong_script",)),
        ("면 티셔츠", "Camiseta para mujer para verano para deporte", "es", ()),
        ("무설탕 사탕", "Caramelos", "es", ("negation_missing",)),
        ("무설탕 사탕", "Caramelos sin azúcar", "es", ()),
        ("사탕", "Caramelos sin azúcar", "es", ("negation_extra",)),
        ("글루텐프리 과자", "グルテンフリー クッキー", "ja", ()),
        ("글루텐프리 과자", "クッキー", "ja", ("negation_missing",)),
        ("무선 이어폰", "หูฟังไร้สาย", "th", ()),
        ("뚜껑 제외 냄비", "Tencere Kapak Hariç", "tr", ()),
        ("뚜껑 제외 냄비", "Tencere Kapaklı", "tr", ("negation_missing",)),
        ("제로 콜라", "Cola", "en", ("negation_missing",)),
        ("무향 로션", "Unscented Lotion", "en", ()),
        ("로션", "Fragrance-Free Lotion", "en", ("negation_extra",)),
        ("프리사이즈 모자", "Free Size Hat", "en", ()),
        ("의자", "เก้าอี้ สำหรับเด็ก สำหรับผู้หญิง สำหรับสวน", "th", ()),
    ],
)
def test_figures_across_languages(reader, source, target, locale, issues):
    """Decimal commas, unit names and bundles are the same facts; a changed unit or a lost bundle is none."""
    assert check(Text(source, target, locale, reader)) == issues


def test_bytes_count_as_well(reader):
    """A Thai title within the characters can be over the bytes."""
    limits = TextLimits(title_max_chars=100, title_max_bytes=100)
    assert check(Text("양말", "ถุงเท้าผ้าฝ้ายข้อสั้นสำหรับผู้หญิงและผู้ชาย", "th", reader, limits=limits)) == ("too_long",)
    assert check(Text("양말", "ถุงเท้าผ้าฝ้าย", "th", reader, limits=limits)) == ()


@pytest.mark.parametrize(("title", "issues"), [("Shelf with 3 Tiers", ()), ("Three-Tier Shelf", ()), ("4-Tier Shelf", ("number_extra",))])
def test_a_figure_inside_a_word_may_be_said_with_the_word_or_the_figure(reader, title, issues):
    """3단 is a word with a figure in it: a title of a person's may show that figure, or none, but no other."""
    assert check(Text(" 선반", title, "en", reader, free_figures=frozenset({Decimal(3)}))) == issues
