"""The phrasebook of picture lines as it ships: whole lines in every locale, figures kept, broken rows named."""

import csv
import io
import re
import time
from decimal import Decimal
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.adapters.phrase_files import COLUMNS, LOCALES, phrasebook, read_phrases
from onestop.adapters.termbase_files import banned_words, tables
from onestop.domain.text.facts import FactReader, lost_and_added
from onestop.domain.text.grammar import GRAMMAR, decimal_comma
from onestop.domain.text.phrasebook import SLOT, Phrase, Phrasebook
from onestop.domain.text.qa import Text, check

_ALL = tuple(
    read_phrases("picture_phrases.csv", files("onestop.data").joinpath("text", "picture_phrases.csv").read_text(encoding="utf-8-sig"))
)
_PHRASES = tuple(phrase for phrase in _ALL if phrase.curated)
_SLOTTED = [phrase for phrase in _PHRASES if SLOT.search(phrase.ko)]
_READER = FactReader(tables())
_FACTS = cache(_READER.facts)
_SAMPLES = (("24", "3"), ("2.5", "37"), ("1", "2"))
# The one of "once", "one day" and "a charge": a word of Korean that other languages need no figure for.
_WORDED_ONE = re.compile(r"1(?=일 |회용|회 충전|회 사용|회$)")
_ONE = frozenset({Decimal(1)})
_AGREED = ("number_", "code_", "banned", "hangul", "punct", "space", "brackets", "contact", "wrong_script", "symbol", "dup_")


def _with_figures(line, figures):
    return SLOT.sub(lambda match: figures[int(match[1]) - 1], line)


def test_the_book_is_large_and_in_every_language():
    """Every locale that titles are composed in is there, with at least seven hundred lines of every kind."""
    assert set(LOCALES) == set(GRAMMAR)
    assert len(_PHRASES) >= 700
    kinds = {"claim", "label", "heading", "instruction", "caution", "contents", "size", "care", "promo"}
    assert {phrase.kind for phrase in _PHRASES} == kinds


@pytest.mark.parametrize(
    ("line", "english"),
    [("자외선 차단", "UV protection"), ("24시간 보습", "24-hour hydration"), ("사이즈 안내", "Size guide"), ("세탁 방법", "Washing instructions"),
     ("피부 자극 테스트 완료", "Skin irritation tested"), ("단품 구성", "Single item"), ("물세탁 가능", "Washable"),
     ("✔ 측정 방법에 따라 1~3cm 오차가 있을 수 있습니다.", "Sizes may vary by 1-3 cm"), ("(단위 : cm)", "Unit: cm"),
     ("- 하루 1회 사용", "Use once a day"), ("최대 하중 1,000kg", "Holds up to 1000 kg"), ("【 주 의 사 항 】", "Precautions")],
)  # fmt: skip
def test_a_line_is_said_as_a_whole(line, english):
    """Decoration, spaces and small signs make no difference."""
    assert phrasebook().find(line, "en") == english


@pytest.mark.parametrize(
    "line",
    [
        "자외선 차단 크림",
        "보습",
        "시간 보습",
        "24시간",
        "",
        "···",
        "★",
        "{1}시간 보습",
        "{}시간 보습",
        "｛1｝시간 보습",
        "٢٤시간 보습",
        "무료배송",
        "UV protection",
    ],
)
def test_nothing_is_guessed_from_a_part(line):
    """A longer, shorter or foreign line is not known; a slot's name is no figure."""
    assert phrasebook().find(line, "en") is None


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_keeps_its_figures(locale):
    """Each spelling finds its phrase, and the house's fact guard sees the same figures in both languages."""
    faults = []
    for phrase in _PHRASES:
        for spelling in (phrase.ko, *phrase.variants):
            for figures in _SAMPLES if spelling == phrase.ko and SLOT.search(spelling) else _SAMPLES[:1]:
                source = _with_figures(spelling, figures)
                words = (phrasebook().find(source, locale) or "").replace("\u200b", "")
                lost, added = lost_and_added(_FACTS(_WORDED_ONE.sub("", source)), _FACTS(words, locale))
                if not words or lost or {fact for fact in added if not (fact.number == 1 and _WORDED_ONE.search(source))}:
                    faults.append((phrase.id, source, words))
    assert faults == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_passes_the_checks_of_a_title(locale):
    """No word that a channel refuses, no stray sign or script, nothing said twice."""
    faults = []
    for phrase in _PHRASES:
        source = _WORDED_ONE.sub("", _with_figures(phrase.ko, _SAMPLES[0]))
        words = (phrasebook().find(_with_figures(phrase.ko, _SAMPLES[0]), locale) or "").replace("\u200b", "")
        issues = check(Text(source, words, locale, _READER, banned=banned_words("lazada", locale), free_figures=_ONE))
        faults += [(phrase.id, issue, words) for issue in issues if issue.startswith(_AGREED)]
    assert faults == []


@given(st.sampled_from(_SLOTTED), st.sampled_from(LOCALES), st.decimals("2", "9999", places=1), st.integers(2, 9999))
def test_slots_round_trip(phrase, locale, first, second):
    """Whatever the figures are, they stand in the words with the language's decimal mark, and in no other place."""
    figures = (str(first), str(second))
    words = Phrasebook([phrase]).find(_with_figures(phrase.ko, figures), locale) or ""
    shown = [figure.replace(".", ",") if decimal_comma(locale) else figure for figure in figures[: len(SLOT.findall(phrase.ko))]]
    pattern = _literal(phrase.words[locale])
    match = re.fullmatch(pattern, words)
    assert match, (pattern, words)
    assert [match[f"n{number}"] for number in range(1, len(shown) + 1)] == shown


def _literal(words):
    parts, at = [], 0
    for match in SLOT.finditer(words):
        parts.append(re.escape(words[at : match.start()]))
        parts.append(rf"(?P<n{match[1]}>[\d.,]+)" if match[2] is None else re.escape(match[3]))
        at = match.end()
    return "".join([*parts, re.escape(words[at:])]).replace(re.escape("|"), "\u200b")


def test_one_asks_for_its_own_form_of_a_word():
    """One month, two months; Turkish and Thai have one form."""
    found = [phrasebook().find(f"개봉 후 {count}개월", locale) for locale in ("en", "es", "tr") for count in (1, 12)]
    assert found == [
        "1 month after opening", "12 months after opening", "1 mes tras la apertura", "12 meses tras la apertura",
        "Açıldıktan sonra 1 ay", "Açıldıktan sonra 12 ay",
    ]  # fmt: skip


def test_a_line_that_names_its_figure_is_known_better():
    """The line 1회용 as such comes before a line with any figure there."""
    words = {"en": "Single use"}, {"en": "For {1} uses"}
    book = Phrasebook([
        Phrase(id="any", ko="{1}회용", kind="label", words=words[1], source="test"),
        Phrase(id="one", ko="1회용", kind="label", words=words[0], source="test"),
    ])  # fmt: skip
    assert [book.find(line, "en") for line in ("1회용", "3회용")] == ["Single use", "For 3 uses"]


def test_a_candidate_is_not_shown():
    """A phrase that its author is not sure of waits for somebody to confirm it."""
    candidates = [phrase for phrase in _ALL if not phrase.curated]
    assert candidates
    assert {phrasebook().find(phrase.ko, locale) for phrase in candidates for locale in LOCALES} == {None}


def test_thai_breaks_only_between_words():
    """The marks become U+200B, and no other language has one."""
    assert phrasebook().find("24시간 보습", "th") == "ชุ่มชื้น\u200b24 ชม."
    assert not any("|" in words for phrase in _PHRASES for locale, words in phrase.words.items() if locale != "th")


_HEADER = ",".join(COLUMNS)
_ROW = dict(zip(COLUMNS, ["demo.hours", "{1}시간 보습", "{1}시간 촉촉", "claim", *["{1} h"] * 12, "curated", "test"], strict=True))


def _file(*rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([COLUMNS, *([row[name] for name in COLUMNS] for row in rows)])
    return out.getvalue()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"vi": ""}, "missing: vi"), ({"es": "unas horas"}, "es: the slots"), ({"es": "{1} h {1}"}, "es: the slots"),
        ({"variants": "하루 보습"}, "ko: the slots"), ({"ko": "{2}시간"}, "in order"), ({"tr": "{1} 시간"}, "tr: Hangul"),
        ({"en": "{1}|h"}, r"en: only Thai"), ({"en": "={1}"}, "formula"), ({"kind": "slogan"}, "kind"), ({"status": "sure"}, "status"),
        ({"en": "{1} {h"}, "a slot is broken"), ({"phrase_id": "demo.first"}, "twice"), ({"ko": "· {1} 개 입"}, "'· {1} 개 입' is '{1}개입'"),
        ({"source": ""}, "source"), ({"en": "{1} caf\u0065\u0301"}, "NFC"),
    ],
)  # fmt: skip
def test_a_broken_row_is_named(cells, reason):
    """The error names the file, the row and what is wrong with it."""
    first = {**_ROW, "phrase_id": "demo.first", "ko": "{1}개입", "variants": ""}
    with pytest.raises(ValueError, match=rf"(?s)demo\.csv, row 3 \(demo\.\w+\): .*{re.escape(reason) if '{' in reason else reason}"):
        list(read_phrases("demo.csv", _file(first, {**_ROW, **cells})))


def test_a_short_row_and_a_wrong_header_are_named():
    """A row of other length and a file with other columns are refused."""
    with pytest.raises(ValueError, match=r"demo\.csv, row 2 \(demo\): 18 cells"):
        list(read_phrases("demo.csv", f"{_HEADER}\ndemo,보습\n"))
    with pytest.raises(ValueError, match=r"demo\.csv: the header"):
        list(read_phrases("demo.csv", "id,ko\ndemo,보습\n"))


def test_a_look_up_does_not_depend_on_how_many_phrases_there_are():
    """A line is found in a dictionary: the whole book takes at most a few times what a book of one phrase takes."""

    def seconds(book):
        book.find("24시간 보습", "en")
        start = time.process_time()
        for _ in range(3000):
            book.find("24시간 보습", "en")
        return time.process_time() - start

    one = Phrasebook([next(phrase for phrase in _PHRASES if phrase.ko == "{1}시간 보습")])
    assert min(seconds(phrasebook()) for _ in range(3)) < 5 * min(seconds(one) for _ in range(3))


def test_figures_are_shown_plain():
    """A thousand separator is dropped, as in titles; a decimal mark is the language's own."""
    shown = [phrasebook().find("배터리 용량 10,000mAh", locale) for locale in ("en", "es")]
    assert shown == ["10000 mAh battery", "Batería de 10000 mAh"]
    assert phrasebook().find("두께 1.5mm", "tr") == "1,5 mm kalınlık"
    assert Decimal("1.5") in {fact.number for fact in _READER.facts("1,5 mm kalınlık", "tr")}
