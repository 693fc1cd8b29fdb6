"""Words from other people's glossaries, and ours for translation tools."""

import csv
import io

import pytest

from local.cli import main
from local.termbase.candidates import Candidate, merge, write
from local.termbase.reading import read, sheet, taxonomy, tmx
from local.termbase.writing import amazon_terminologies
from local.termbase.writing import tmx as as_tmx
from onestop.adapters.termbase_files import read_forms, read_terms
from onestop.adapters.translators.provider_facts import provider_facts

TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="ko"/><body>
<tu changedate="20250101T000000Z"><tuv xml:lang="ko-KR"><seg>수면안대</seg></tuv><tuv xml:lang="en-US"><seg>eye patch</seg></tuv></tu>
<tu changedate="20260101T000000Z"><tuv xml:lang="KO"><seg>수면<ph x="1">{0}</ph>안대</seg></tuv>
<tuv xml:lang="EN"><seg>sleep <hi>mask</hi></seg></tuv><tuv xml:lang="zh-TW"><seg>眼罩</seg></tuv><tuv xml:lang="xx"><seg>?</seg></tuv></tu>
<tu><tuv xml:lang="ko"><seg>빈말</seg></tuv><tuv xml:lang="en"><seg/></tuv></tu></body></tmx>"""
BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><tmx><body><tu>&c;</tu></body></tmx>'
KO = """
ko:
  categories:
    aa-1: {name: 스웻팬츠, context: "Apparel"}
    aa-2: {name: }
  values:
    fabric__fleece: {name: 플리스, context: Fabric}
    embellishment/hair_color__grey: {name: 회색빛, context: Hair color}
    flavor_family__blue: {name: 파란맛, context: Flavor}
"""
VI = "vi:\n  categories:\n    aa-1: {name: Quần nỉ}\n  values:\n    fabric__fleece: {name: Vải nỉ}\n    flavor_family__blue: {name: Vang}\n"


def test_tmx_is_read_with_its_newest_unit():
    """Given two units for one word, an inline code and unknown languages, when they are read, then the newer one's words come back."""
    assert list(tmx("a.tmx", TMX.encode())) == [Candidate("수면안대", {"en": "sleep mask", "zh-Hant": "眼罩"}, "TMX a.tmx")]


@pytest.mark.parametrize("text", [BOMB, "<tmx><body>", "", "PK\x03\x04"])
def test_hostile_or_broken_xml_is_refused(text):
    """Given XML that defines entities, or is none, when it is read, then it is refused by its name."""
    with pytest.raises(ValueError, match=r"a\.tmx"):
        list(tmx("a.tmx", text.encode()))


def test_a_table_is_read_by_its_header():
    """Given columns for locales in any order, when the table is read, then each word is under ours."""
    (found,) = sheet("a.tsv", "zh-TW\tko\tclass\tnote\n眼罩\t수면안대\thead\tx\n", "\t")

    assert found == Candidate("수면안대", {"zh-Hant": "眼罩"}, "table a.tsv", "head")


@pytest.mark.parametrize("text", ["en,th\na,b\n", "ko\n양말\n", "ko,en,class\n양말,socks,shoe\n", "", "ko,en\n양말," + "a" * 200_000])
def test_a_table_without_what_is_needed_is_refused(text):
    """Given no Korean, no other locale or a class that is none, when the table is read, then it is refused."""
    with pytest.raises(ValueError, match=r"a\.csv"):
        list(sheet("a.csv", text, ","))


def test_a_taxonomy_is_joined_by_its_ids():
    """Given the YAML of two locales, when it is read, then names are joined, empty ones skipped, and values without context left out."""
    assert [(one.ko, one.words, one.kind) for one in taxonomy([KO.encode(), VI.encode()])] == [
        ("스웻팬츠", {"vi": "Quần nỉ"}, "head"), ("플리스", {"vi": "Vải nỉ"}, "mod"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["ko: [1, 2]", "- a", "ko: {categories: 5}", "a: b: c", "ko: !!python/object:os.system {}"])
def test_another_yaml_is_refused(text):
    """Given YAML of another shape, or none, when it is read, then it is refused."""
    with pytest.raises(ValueError, match=r"YAML"):
        list(taxonomy([text.encode()]))


def test_a_curated_term_is_never_overwritten(small_termbase):
    """Given words for curated terms, new ones and useless ones, when they are merged, then only the new ones become candidates."""
    merged = merge(
        [
            Candidate("양말", {"en": "Socks"}, "t"), Candidate("토너", {"en": "printer ink", "th": "โทนเนอร์"}, "t"),
            Candidate("수면안대", {"en": "sleep mask"}, "t"), Candidate("수면 안대", {"en": "eye shade", "vi": "bịt mắt"}, "t"),
            Candidate("무료배송", {"en": "free shipping"}, "t"), Candidate("3단 선반", {"en": "4-tier shelf"}, "t"),
            Candidate("선반", {"en": "=HYPERLINK(1)"}, "t"), Candidate("shelf", {"en": "shelf"}, "t"), Candidate("벽시계", {"en": "벽 clock"}, "t"),
        ],
        small_termbase,
    )  # fmt: skip

    assert [(one.ko, one.words) for one in merged.new] == [("수면안대", {"vi": "bịt mắt"})]
    assert merged.known == 1
    assert [(one.ko, one.kept) for one in merged.conflicts[:1]] == [("토너", "toner")]
    assert [one.ko for one in merged.conflicts] == ["토너", "수면 안대", "무료배송", "3단 선반", "선반", "shelf", "벽시계"]


def test_candidates_are_files_that_the_loader_takes(small_termbase, tmp_path):
    """Given new words, when they are written, then the termbase's own loader reads them, as candidates."""
    merged = merge(
        [Candidate("수면안대", {"en": "sleep mask", "es": "antifaz"}, "t"), Candidate("토너", {"en": "-1"}, "t"), Candidate("=양말", {"en": "a"}, "t"),
         Candidate("선반", {"en": "shelf"}, "t", roots="=1+1")], small_termbase
    )  # fmt: skip

    write(merged, tmp_path, "new")

    conflicts = csv.DictReader(io.StringIO((tmp_path / "conflicts.csv").read_text(encoding="utf-8")))
    assert [row["ko"] for row in conflicts] == ["토너", "'=양말", "선반"]
    (term,) = read_terms("new.csv", (tmp_path / "new.csv").read_text(encoding="utf-8"))
    forms = read_forms("es.csv", (tmp_path / "forms/es.csv").read_text(encoding="utf-8"), {term.id: term.ko})
    assert (term.ko, term.words, term.curated) == ("수면안대", {"en": "sleep mask"}, False)
    assert (forms[term.id].text, forms[term.id].curated) == ("antifaz", False)


def test_what_is_exported_comes_back_as_known(small_termbase):
    """Given the whole termbase as TMX, when it is read again, then every term is known and none contradicts."""
    merged = merge(tmx("onestop.tmx", as_tmx(small_termbase).encode()), small_termbase)

    assert merged.new == []
    assert [one for one in merged.conflicts if one.locale] == []
    assert merged.known > 60


def test_the_terminology_fits_the_service(small_termbase):
    """Given the termbase, when terminologies are made, then names come first, files and terms are within the limits, codes are Amazon's."""
    facts = provider_facts()

    files = amazon_terminologies(small_termbase, facts, words_too=True)

    for text in files.values():
        header, *rows = csv.reader(io.StringIO(text))
        assert header[0] == "ko"
        assert len(header) - 1 <= facts.amazon.targets_per_file
        assert [row[0] for row in rows[:2]] == ["삼성", "모아한"]
        assert len({row[0] for row in rows}) == len(rows)
        assert all(0 < len(cell.encode()) <= facts.amazon.term_max_bytes for row in rows for cell in row)
    assert files[2].splitlines()[0] == "ko,pt-PT,pt,tr"
    assert "무선" not in {row.partition(",")[0] for row in files[1].splitlines()}


def test_the_commands_write_their_files(tmp_path):
    """Given the command, when it exports and imports, then the files are there; a file that is none ends with status 2."""
    glossary = tmp_path / "mine.csv"
    glossary.write_text("ko,en\n꿀렁방석,wobble cushion\n", encoding="utf-8")

    assert main(["termbase", "export", "--out", str(tmp_path)]) == 0
    assert main(["termbase", "export", "--format", "tmx", "--out", str(tmp_path)]) == 0
    assert main(["termbase", "import", str(glossary), "--out", str(tmp_path / "new")]) == 0
    assert main(["termbase", "import", str(tmp_path / "none.tmx"), "--out", str(tmp_path)]) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"mine.csv", "new", "onestop-1.csv", "onestop-2.csv", "onestop.tmx"}
    assert "wobble cushion" in (tmp_path / "new/mine.csv").read_text(encoding="utf-8")


def test_an_unknown_format_is_refused(tmp_path):
    """Given a file of another kind, when it is read, then it is refused by its name."""
    with pytest.raises(ValueError, match=r"words\.docx"):
        list(read([tmp_path / "words.docx"]))
