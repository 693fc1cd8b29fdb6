"""Glossaries in other people's formats: TMX 1.4, CSV and TSV with a column for each locale, the YAML of Shopify's taxonomy."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its types are a package of their own
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from local.termbase.candidates import Candidate
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.tables import Locale
from onestop.domain.text.termbase import TermKind

KOREAN = "ko"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_BYTES = 1000
_BLIND = ("color", "hair_color", "size")
_BLIND_PARTS = ("flavor", "wine", "beer")
"""Attributes whose values were translated without their context: grey became grey hair, red became red wine."""


LONGEST_WORD = 500
"""Characters of a word; what is longer is a text."""


def read(paths: Sequence[Path]) -> Iterator[Candidate]:
    """The terms of some files; the format is told by the file's ending.

    Raises:
        ValueError: a file cannot be read, or its format is unknown; the message names it.
    """
    for ending in sorted({path.suffix.lower() for path in paths}):
        group = [path for path in paths if path.suffix.lower() == ending]
        if ending in (".yml", ".yaml"):
            yield from taxonomy([path.read_bytes() for path in group])
        elif ending in (".csv", ".tsv"):
            for path in group:
                yield from sheet(path.name, path.read_text(encoding="utf-8-sig"), "\t" if ending == ".tsv" else ",")
        elif ending == ".tmx":
            for path in group:
                yield from tmx(path.name, path.read_bytes())
        else:
            raise ValueError(f"{group[0].name}: neither TMX, CSV, TSV nor YAML")


def tmx(name: str, data: bytes) -> Iterator[Candidate]:
    """The units of a TMX file that have Korean; of two for the same Korean the newer, else the later, counts.

    Raises:
        ValueError: it is no well-formed XML, or defines entities.
    """
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"{name}: {error}") from error
    latest: dict[str, tuple[str, dict[str, str]]] = {}
    for unit in root.iter("tu"):
        words: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            language = _language(variant.get(_LANG) or variant.get("lang") or "")
            text = _segment(variant.find("seg"))
            if language and 0 < len(text.encode()) <= _LONGEST_BYTES:
                words[language] = text
        korean, changed = words.pop(KOREAN, ""), unit.get("changedate") or ""
        if korean and words and changed >= latest.get(korean, ("", {}))[0]:
            latest[korean] = (changed, words)
    for korean, (_, words) in latest.items():
        yield Candidate(korean, words, f"TMX {name}")


def _segment(seg: Any) -> str:
    """The words of a segment; what stands inside of inline codes is formatting, but for highlighted text."""
    if seg is None:
        return ""
    inner = "".join((_segment(child) if child.tag == "hi" else "") + (child.tail or "") for child in seg)
    return " ".join(((seg.text or "") + inner).split())


def _language(tag: str) -> Locale | None:
    if tag.lower().split("-")[0] == KOREAN:
        return KOREAN
    try:
        return locale_code(tag)
    except KeyError:
        return None


def sheet(name: str, text: str, delimiter: str) -> Iterator[Candidate]:
    """The rows of a table whose header names locales: ``ko`` and others; ``class`` and ``roots`` may be told too.

    Raises:
        ValueError: no table, no Korean column, no other locale, a class that is none, or a word that is none.
    """
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(f"{name}, line {reader.line_num}: {error}") from error
    columns = {column: _language((column or "").strip()) for column in reader.fieldnames or ()}
    if KOREAN not in columns.values() or len(set(columns.values()) - {None}) == 1:
        raise ValueError(f"{name}: the header must name ko and another locale")
    for number, row in enumerate(rows, 2):
        words = {language: (row[column] or "").strip() for column, language in columns.items() if language}
        kind = (row.get("class") or TermKind.MOD.value).strip()
        if kind not in set(TermKind):
            raise ValueError(f"{name}, row {number}: {kind!r} is no class")
        if any(len(word) > LONGEST_WORD for word in words.values()):
            raise ValueError(f"{name}, row {number}: a word of over {LONGEST_WORD} characters")
        yield Candidate(words.pop(KOREAN), words, f"table {name}", kind, (row.get("roots") or "").strip())


def taxonomy(documents: Sequence[bytes]) -> Iterator[Candidate]:
    """The names of categories and values, one file for each locale, joined by their ids.

    Categories name products. Values are left out where their attribute is known for translations without context.

    Raises:
        ValueError: a document is no YAML of this shape.
    """
    names: dict[tuple[str, str], dict[str, str]] = {}
    for document in documents:
        for tag, sections in _mapping(_yaml(document)).items():
            language = _language(str(tag))
            for section in ("categories", "values") if language else ():
                for term_id, entry in _mapping(_mapping(sections).get(section) or {}).items():
                    name = _mapping(entry or {}).get("name")
                    if isinstance(name, str) and not (section == "values" and _is_blind(str(term_id))):
                        names.setdefault((section, str(term_id)), {})[language or ""] = name
    for (section, _), words in names.items():
        if korean := words.pop(KOREAN, ""):
            kind = TermKind.HEAD if section == "categories" else TermKind.MOD
            yield Candidate(korean, words, "Shopify product taxonomy (MIT)", kind.value)


def _yaml(document: bytes) -> Any:
    try:
        return yaml.safe_load(document)
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {error}") from error


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("the YAML has another shape than a taxonomy's")
    return value


def _is_blind(value_id: str) -> bool:
    attribute = value_id.partition("__")[0].rpartition("/")[2]
    return attribute in _BLIND or any(part in attribute for part in _BLIND_PARTS)
