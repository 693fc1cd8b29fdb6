"""The termbase files themselves: whole, clean, safe to open in a spreadsheet, one sense per spelling and category."""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

import onestop.data

_FOLDER = Path(onestop.data.__file__).parent / "termbase"
_COLUMNS = ["id", "ko", "variants", "class", "roots", "en", "th", "vi", "th_clf", "vi_clf", "status", "source"]
_CLASSES = {"head", "mod", "material", "target", "colour", "size", "brand", "promo", "use", "compat", "unit", "noise"}
_ROOTS = {"패션", "뷰티", "식품", "디지털", "주방", "유아", "반려동물", "문구", "스포츠", "홈"}
_LOCALES = ("en", "th", "vi")
_UNSHOWN = {"promo", "noise"}
_LATIN_NAMES = {"brand", "compat", "size"}
_THAI = re.compile("[\u0e00-\u0e7f]")
_KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\uffa0-\uffdc]")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]*(?:[ -][A-Z][A-Za-z]*)*")
_DIGITS = re.compile(r"\d+")

# Words that are known to be wrong: open data translated blue wine, grey hair, a sander, the media for colours, sheets and sizes.
_POLLUTED = (
    "rượu vang xanh", "vang xanh dương", "vang trắng", "tóc bạc", "ผมหงอก", "chân may", "máy chà nhám", "lubricant", "spacesuit", "lathe",
)  # fmt: skip
# Claims that a channel refuses in a title; the termbase must not bring them in.
_REFUSED = re.compile(r"\b(original|genuine|authentic|best|sale|exclusive)\b|chính hãng|quà tặng|giảm giá|ของแท้|ของแถม|แท้ 100%")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_FILES = {path.name: _read(path) for path in sorted(_FOLDER.glob("*.csv"))}
_ROWS = [row for rows in _FILES.values() for row in rows]
_SHOWN = [row for row in _ROWS if row["class"] not in _UNSHOWN]


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _spellings(row: dict[str, str]) -> set[str]:
    return {spelling.replace(" ", "").lower() for spelling in (row["ko"], *_parts(row["variants"]))}


def _compete(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two senses hold in one category with nothing to choose between them; a category's own sense beats a general one."""
    left, right = set(_parts(one["roots"])), set(_parts(other["roots"]))
    return bool(left & right) or not (left or right)


def _sense(spelling: str, root: str) -> dict[str, str]:
    fitting = [row for row in _ROWS if spelling in _spellings(row)]
    own = [row for row in fitting if root in _parts(row["roots"])]
    return (own or [row for row in fitting if not row["roots"]])[0]


@pytest.mark.parametrize("name", _FILES)
def test_a_file_has_the_agreed_shape(name):
    """Every file is UTF-8 without a byte order mark, ends its lines with LF and has the agreed header and cells."""
    raw = (_FOLDER / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert all(list(row) == _COLUMNS and None not in row.values() for row in _FILES[name])


def test_there_is_a_file_per_domain():
    """Nothing of the agreed set of files is missing."""
    domains = """auto_garden baby beauty beauty_words bedding_home brands colours_sizes electronics fashion fashion_words food food_dishes
    food_ingredients food_words general general_words idol kitchen pet promo sports_home stationery toys_hobby"""
    assert set(_FILES) >= {f"{domain}.csv" for domain in domains.split()}


def test_ids_are_stable_slugs_and_unique():
    """An id is ASCII, has a domain before the dot, and names one sense in all files."""
    ids = Counter(row["id"] for row in _ROWS)
    assert [name for name, count in ids.items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z]+\.[a-z0-9_.]+", name)] == []


def test_text_is_clean_and_safe_in_a_spreadsheet():
    """Every cell is NFC, without stray spaces or control characters, and starts with no sign that a spreadsheet runs."""
    cells = [(row["id"], cell) for row in _ROWS for cell in row.values()]
    assert [cell for cell in cells if cell[1] != unicodedata.normalize("NFC", cell[1]).strip()] == []
    assert [cell for cell in cells if cell[1].startswith(("=", "+", "-", "@")) or not (cell[1] + " ").isprintable()] == []


def test_only_agreed_words_classify_a_row():
    """Class, category roots and status come from closed lists, and every row says where it is from."""
    assert {row["class"] for row in _ROWS} <= _CLASSES
    assert {root for row in _ROWS for root in _parts(row["roots"])} <= _ROOTS
    assert {row["status"] for row in _ROWS} == {"curated", "candidate"}
    assert all(row["ko"] and row["source"] for row in _ROWS)


def test_a_shown_term_has_a_word_in_every_language():
    """A curated row that can appear in a listing has all three targets; a brand has at least its Latin spelling."""
    curated = [row for row in _SHOWN if row["status"] == "curated"]
    assert [row["id"] for row in curated if row["class"] != "brand" and not all(row[locale] for locale in _LOCALES)] == []
    assert [row["id"] for row in _ROWS if row["class"] == "brand" and not row["en"]] == []


def test_targets_are_in_their_own_script():
    """No Korean in any target; Thai words are Thai but for Latin names; English and Vietnamese hold no Thai."""
    assert [row["id"] for row in _ROWS if any(_KOREAN.search(row[key]) for key in (*_LOCALES, "th_clf", "vi_clf"))] == []
    thai = [row for row in _SHOWN if row["class"] not in _LATIN_NAMES and not _THAI.search(row["th"])]
    assert [row["id"] for row in thai if not _LATIN_NAME.fullmatch(row["th"])] == []
    assert [row["id"] for row in _ROWS if _THAI.search(row["en"] + row["vi"] + row["vi_clf"])] == []


def test_no_target_brings_in_a_figure():
    """A digit stands in a target only when the Korean has it: figures are facts, and facts come from the seller."""
    for row in _SHOWN:
        korean = set(_DIGITS.findall(row["ko"] + row["variants"]))
        assert {figure for locale in _LOCALES for figure in _DIGITS.findall(row[locale])} <= korean, row["id"]


def test_no_polluted_sense_and_no_refused_claim():
    """Known wrong senses and claims that channels refuse are in no target."""
    targets = {row["id"]: " | ".join(row[locale] for locale in _LOCALES).lower() for row in _SHOWN if row["class"] != "brand"}
    assert [name for name, text in targets.items() if any(word in text for word in _POLLUTED) or _REFUSED.search(text)] == []


def test_one_sense_per_spelling_and_category():
    """No two rows claim the same spelling in the same category; spaces and case do not tell spellings apart."""
    claims = defaultdict(list)
    for row in _ROWS:
        for spelling in _spellings(row):
            claims[spelling].append(row)
    pairs = ((spelling, *pair) for spelling, rows in claims.items() for pair in combinations(rows, 2))
    assert [(spelling, a["id"], b["id"]) for spelling, a, b in pairs if _compete(a, b)] == []


@pytest.mark.parametrize(
    ("spelling", "root", "english"),
    [
        ("무선", "디지털", "wireless"), ("무선", "문구", "unlined"), ("유선", "디지털", "wired"), ("유선", "문구", "lined"),
        ("무지", "패션", "plain"), ("매트", "뷰티", "matte"), ("매트", "스포츠", "mat"), ("패드", "뷰티", "pad"), ("패드", "반려동물", "pee pad"),
        ("팩", "뷰티", "face mask"), ("팩", "식품", "pack"), ("크림", "뷰티", "cream"), ("와인", "식품", "wine"), ("와인", "패션", "burgundy"),
        ("오렌지", "식품", "orange"), ("면", "식품", "noodles"), ("면", "패션", "cotton"), ("밤", "식품", "chestnut"), ("쿠션", "뷰티", "cushion foundation"),
        ("쿠션", "홈", "cushion"), ("캐리어", "패션", "suitcase"), ("캐리어", "반려동물", "pet carrier"), ("마스크", "뷰티", "facial mask"),
        ("마스크", "홈", "face mask"), ("국내산", "식품", "Korean-origin"), ("국내산", "유아", "made in Korea"), ("케이스", "디지털", "case"),
        ("목걸이", "패션", "necklace"), ("목걸이", "반려동물", "collar"), ("우주복", "유아", "bodysuit"), ("블랙박스", "디지털", "dashcam"),
        ("선반", "홈", "shelf"), ("감자칼", "주방", "peeler"), ("장화", "패션", "rain boots"), ("알탕", "식품", "fish roe soup"), ("감자탕", "식품", "pork bone soup"),
        ("모카", "식품", "mocha flavor"), ("모카", "패션", "mocha"), ("라이너", "문구", "fineliner pen"), ("라이너", "홈", "panty liner"),
        ("낚싯대", "스포츠", "fishing rod"), ("낚싯대", "반려동물", "cat teaser wand"), ("귀마개", "홈", "ear plugs"), ("귀마개", "패션", "ear warmer"),
        ("하우스", "반려동물", "pet house"), ("진주", "패션", "pearl"), ("원형", "주방", "round"), ("강정", "식품", "gangjeong sweet rice puff"),
    ],
)  # fmt: skip
def test_the_category_chooses_the_sense(spelling, root, english):
    """A word with several meanings has the one of its category."""
    assert _sense(spelling, root)["en"] == english


def test_colours_and_targets_read_as_the_languages_do():
    """Thai says the word for colour with every colour; a Thai target says for whom; a Vietnamese colour leaves that word to the title."""
    colours = [row for row in _ROWS if row["class"] == "colour"]
    assert [row["id"] for row in colours if "สี" not in row["th"] or row["vi"].startswith("màu ")] == []
    targets = [row for row in _ROWS if row["class"] == "target" and row["en"] != "unisex"]
    assert [row["id"] for row in targets if not row["th"].startswith("สำหรับ")] == []


def test_enough_of_the_termbase_is_curated():
    """At least 3,150 curated terms that are no brands can appear in a listing, and 320 brands have a curated Latin spelling."""
    curated = Counter(row["class"] == "brand" for row in _SHOWN if row["status"] == "curated")
    assert curated[False] >= 3150
    assert curated[True] >= 320


@pytest.mark.parametrize("name", _FILES)
def test_a_file_stays_easy_to_edit(name):
    """No file outgrows what a translator reads in a spreadsheet without losing the way."""
    assert len(_FILES[name]) <= 550


def test_the_files_say_where_they_come_from():
    """The provenance names source, date and licence, and says that native speakers have not reviewed the words."""
    document = json.loads((_FOLDER / "provenance.json").read_text(encoding="utf-8"))
    assert all(document["provenance"][key] for key in ("source_title", "source_url", "retrieved_on", "licence"))
    assert "awaiting review by native speakers" in document["review"]
