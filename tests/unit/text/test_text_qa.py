"""The title checks against the reference vectors."""

import json
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
