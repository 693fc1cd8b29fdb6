"""The termbase as it ships: readable, valid, and broken rows named."""

import time

import pytest

from onestop.adapters.termbase_files import COLUMNS, FORM_COLUMNS, banned_words, read_forms, read_terms, termbase, termbase_version
from onestop.domain.text.grammar import GRAMMAR
from onestop.domain.text.termbase import TermKind
from onestop.domain.text.words import Form

_HEADER = ",".join(COLUMNS)
_GOOD = "fan,선풍기,,head,디지털,fan,พัดลม,quạt,เครื่อง,chiếc,curated,test"


@pytest.mark.parametrize(
    ("row", "reason"),
    [(_GOOD.replace("head", "noun"), "kind"), (_GOOD.replace("선풍기", ""), "ko"), (_GOOD.replace("curated", "sure"), "status"),
     ("fan,선풍기", "12 cells"), (_GOOD + ",more", "12 cells")],
)  # fmt: skip
def test_a_broken_row_is_named(row, reason):
    """The error names the file, the row and what is wrong with it."""
    with pytest.raises(ValueError, match=rf"(?s)demo\.csv, row 3 \(fan\).*{reason}"):
        list(read_terms("demo.csv", f"{_HEADER}\n{_GOOD}\n{row}\n"))


def test_a_wrong_header_is_named():
    """A file with other columns is refused as a whole."""
    with pytest.raises(ValueError, match=r"demo\.csv: the header"):
        list(read_terms("demo.csv", "id,ko\nfan,선풍기\n"))


_FORMS_HEADER = ",".join(FORM_COLUMNS)
_FAN = "fan,선풍기,fan,ventilador,ventiladores,m,,,,,curated,test"


def test_a_form_is_read_with_all_that_agreement_needs():
    """A row becomes a form; a candidate says so."""
    rows = f"{_FORMS_HEADER}\n{_FAN}\nlight,경량,lightweight,ligero,ligeros,,ligera,ligeras,,,candidate,test\n"
    forms = read_forms("es.csv", rows, {"fan": "선풍기", "light": "경량"})
    assert forms["fan"] == Form("ventilador", plural="ventiladores", gender="m")
    assert forms["light"] == Form("ligero", "ligeros", feminine="ligera", feminine_plural="ligeras", curated=False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_FAN.replace("선풍기", "환풍기"), "Korean is '선풍기'"), (_FAN.replace("fan,선", "van,선"), "Korean is None"), (_FAN, "twice"),
        (_FAN.replace("ventilador,", "선풍,"), "Hangul"), (_FAN.replace("ventilador,", "=1+1,"), "formula"), (_FAN.replace(",m,", ",n,"), "gender"),
        (_FAN.replace("curated", "sure"), "status"), (_FAN.replace("ventilador,", ","), "a form"), ("fan,선풍기", "12 cells"),
    ],
)  # fmt: skip
def test_a_broken_form_is_named(row, reason):
    """The error names the file, the row and what is wrong with it; a translator's Korean must be the term's."""
    first = _FAN.replace("fan,", "pan,", 1).replace("선풍기", "팬") if "twice" not in reason else _FAN
    with pytest.raises(ValueError, match=rf"es\.csv, row 3 \(.*\): .*{reason}"):
        read_forms("es.csv", f"{_FORMS_HEADER}\n{first}\n{row}\n", {"fan": "선풍기", "pan": "팬"})


def test_a_wrong_header_of_forms_is_named():
    """A file of forms with other columns is refused as a whole."""
    with pytest.raises(ValueError, match=r"es\.csv: the header"):
        read_forms("es.csv", "id,ko,form\n", {})


@pytest.mark.parametrize("locale", sorted(GRAMMAR))
def test_every_shipped_locale_is_readable(locale):
    """Each locale's words are read without a broken row, and each has nouns."""
    assert termbase().words(locale).head_words


def test_the_shipped_termbase_is_valid():
    """Every shipped row is read; ids are unique; terms other than promotion and noise have a word in every language."""
    terms = termbase().terms
    assert len({term.id for term in terms}) == len(terms) > 0
    wordless = [t.id for t in terms if t.kind not in (TermKind.PROMO, TermKind.NOISE) and not all(map(t.word, ("en", "th", "vi")))]
    assert wordless == []
    assert termbase().version == termbase_version()


def test_banned_words_per_channel_and_locale():
    """Lazada refuses claims in each language; an unknown channel refuses nothing."""
    assert "original" in banned_words("lazada", "en")
    assert banned_words("lazada", "vi")
    assert banned_words("elsewhere", "en") == ()


def test_a_thousand_titles_a_second(adapt):
    """The engine keeps up with big catalogues: at least 1,000 titles a second in CPU time, with a margin for slow machines of four."""
    adapt("여성 오버핏 코튼 반팔 티셔츠", "패션")
    start = time.process_time()
    for _ in range(500):
        adapt("여성 오버핏 코튼 반팔 티셔츠 5개", "패션", "th")
    assert time.process_time() - start < 500 / 1000 * 4
