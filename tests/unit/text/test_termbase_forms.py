"""The termbase's forms files, one per further locale: every row of a known term, in the right script, with what its grammar asks for."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import onestop.data

_FOLDER = Path(onestop.data.__file__).parent / "termbase"
_COLUMNS = [
    "id", "ko", "en", "form", "plural", "gender", "feminine", "feminine_plural", "counter", "possessed", "status", "source",
]  # fmt: skip
_WORDS = ("form", "plural", "feminine", "feminine_plural", "counter", "possessed")
_UNSHOWN = {"promo", "noise"}

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f"
_PUNCTUATION = r"0-9 .,:;&+%()/'’×~\-"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_SCRIPTS = {
    "ja": f"{_LATIN}{_HAN}\u3041-\u3096\u30a1-\u30fc",
    "zh": f"{_LATIN}{_HAN}",
    "other": _LATIN,
}
_CJK_PUNCTUATION = "・·、（）～"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_CORE = {row["id"]: row for path in sorted(_FOLDER.glob("*.csv")) for row in _read(path)}
_FORMS = {path.stem: path for path in sorted((_FOLDER / "forms").glob("*.csv"))}
_each_locale = pytest.mark.parametrize("locale", list(_FORMS))


def _rows(locale: str) -> list[dict[str, str]]:
    return _read(_FORMS[locale])


def _heads(locale: str) -> list[dict[str, str]]:
    return [row for row in _rows(locale) if row["id"] in _CORE and _CORE[row["id"]]["class"] == "head"]


def _language(locale: str) -> str:
    return locale.split("-", maxsplit=1)[0]


def _in_languages(*languages: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("locale", [locale for locale in _FORMS if _language(locale) in languages])


def _foreign(locale: str, text: str) -> set[str]:
    """The characters of a word that its locale's script and the usual punctuation do not hold."""
    language = _language(locale)
    script = _SCRIPTS.get(language, _SCRIPTS["other"])
    extra = _CJK_PUNCTUATION if language in _SCRIPTS else ""
    return set(re.sub(f"[{script}{_PUNCTUATION}{extra}]", "", text))


def test_forms_ship_with_the_package() -> None:
    """The package carries at least one forms file, so that the checks below look at something."""
    assert _FORMS


@_each_locale
def test_forms_file_has_the_agreed_columns(locale: str) -> None:
    """Every forms file has exactly the agreed header and as many cells in each row."""
    with _FORMS[locale].open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == _COLUMNS
    assert [row for row in rows if len(row) != len(_COLUMNS)] == []


@_each_locale
def test_forms_belong_to_known_terms_once_each(locale: str) -> None:
    """Every row names one term of the core files, none twice, and none that never appears in a listing."""
    ids = [row["id"] for row in _rows(locale)]
    assert [name for name in ids if name not in _CORE] == []
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if _CORE[name]["class"] in _UNSHOWN] == []


@_each_locale
def test_forms_repeat_the_korean_of_their_term(locale: str) -> None:
    """The Korean beside each form is the core row's, so that a translator saw the right word."""
    assert [(row["id"], row["ko"]) for row in _rows(locale) if row["id"] in _CORE and row["ko"] != _CORE[row["id"]]["ko"]] == []


@_each_locale
def test_forms_are_filled_and_graded(locale: str) -> None:
    """Every row has a form, a source and a status of the two agreed."""
    assert [row["id"] for row in _rows(locale) if not (row["form"] and row["source"])] == []
    assert {row["status"] for row in _rows(locale)} <= {"curated", "candidate"}


@_each_locale
def test_forms_are_normalised_and_trimmed(locale: str) -> None:
    """Every cell is NFC with no space at its ends nor two in a row."""
    cells = [(row["id"], cell) for row in _rows(locale) for cell in row.values()]
    assert [(name, cell) for name, cell in cells if unicodedata.normalize("NFC", cell) != cell or " ".join(cell.split()) != cell] == []


@_each_locale
def test_forms_are_safe_to_open_in_a_spreadsheet(locale: str) -> None:
    """No cell starts with a sign that a spreadsheet reads as a formula."""
    assert [(row["id"], cell) for row in _rows(locale) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


@_each_locale
def test_forms_hold_no_korean_script(locale: str) -> None:
    """No word meant for a buyer holds Hangul."""
    assert [(row["id"], row[name]) for row in _rows(locale) for name in _WORDS if _HANGUL.search(row[name])] == []


@_each_locale
def test_forms_are_written_in_the_script_of_their_locale(locale: str) -> None:
    """Every word has only letters of its locale's script, and at least one letter."""
    words = [(row["id"], row[name]) for row in _rows(locale) for name in _WORDS if row[name]]
    assert [(name, word, sorted(_foreign(locale, word))) for name, word in words if _foreign(locale, word)] == []
    assert [(name, word) for name, word in words if not any(char.isalpha() for char in word)] == []


@_in_languages("ja", "zh")
def test_japanese_and_chinese_heads_have_a_counter(locale: str) -> None:
    """A noun that is counted in Japanese or Chinese brings its counter, and only nouns bring one."""
    heads = {row["id"] for row in _heads(locale)}
    assert [row["id"] for row in _rows(locale) if (row["id"] in heads) != bool(row["counter"])] == []


@_in_languages("es", "pt")
def test_spanish_and_portuguese_heads_have_a_gender(locale: str) -> None:
    """A noun with which adjectives agree says its gender, and a gender is m or f."""
    assert [row["id"] for row in _heads(locale) if row["gender"] not in ("m", "f")] == []
    assert {row["gender"] for row in _rows(locale)} <= {"m", "f", ""}


@_in_languages("tr")
def test_turkish_heads_have_a_possessed_form(locale: str) -> None:
    """A Turkish noun brings the form it takes after another noun."""
    assert [row["id"] for row in _heads(locale) if not row["possessed"]] == []
