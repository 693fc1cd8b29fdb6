"""A file of edits of the words in pictures: each row says which product, which picture, which line, and what it is to show."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from onestop.domain.catalog.edit_rows import EditRow, EditSheet, Places, read_rows
from onestop.domain.catalog.places import Row
from onestop.domain.catalog.variant_rows import CODE
from onestop.domain.channels.market import Markets
from onestop.domain.findings import Finding
from onestop.domain.imaging.wording import KEEP_WORDS, REMOVE_WORDS, WHOLE
from onestop.domain.text.edit import PICTURE, Edit
from onestop.domain.text.normalise import normalise
from onestop.domain.text.qa import HANGUL

EVERY_LANGUAGE = "*"
"""The scope of an edit that keeps or removes a line in every language."""

_HEADERS = {
    "sku": ("sku", "상품코드", "판매자 상품코드"), "picture": ("picture", "image", "사진"), "line": ("line", "줄", "줄 번호"),
    "locale": ("locale", "language", "market", "언어", "나라", "국가"), "value": ("text", "value", "글", "내용", "값"),
}  # fmt: skip
_LONGEST_LINE = 200
_SHOWN = 40


def read_picture_edits(rows: Iterator[Row], *, sheet: str | None, markets: Markets, at: datetime) -> EditSheet:
    """The edits of an image-edits file.

    ``keep`` and ``remove`` may stand without a language and then hold for all; words need one. A market stands for its language.
    The line ``*`` means all of the picture's lines. A blank text takes an edit back.

    Args:
        sheet: its name, when the workbook has several.
        at: when the file came in, UTC.

    Raises:
        PermanentError: FILE_NO_ROWS, FILE_HEADER_UNKNOWN or FILE_TOO_LARGE.
    """
    places = Places(markets)
    return read_rows(rows, _HEADERS, sheet, lambda number, texts, cells: _read(number, texts, cells, places, at))


def _read(number: int, texts: Mapping[str, str], cells: Mapping[str, str], places: Places, at: datetime) -> EditRow:
    texts = {field: text.strip() for field, text in texts.items()}
    findings = list(_code_findings(texts["sku"], cells["sku"]))
    value, problems = _value(texts["value"], cells["value"])
    findings += problems
    scope = _scope(texts.get("locale", ""), value, places)
    if scope is None:
        where = cells.get("locale", cells["value"])
        findings.append(Finding.of("EDIT_PLACE_UNKNOWN", field="locale", cell=where, value=texts.get("locale", ""), known=places.known))
    line = texts["line"].upper()
    if not texts["picture"] or not (line == WHOLE or line.removeprefix("L").isdecimal()):
        missing = "line" if texts["picture"] else "picture"
        findings.append(
            Finding.of("EDIT_FIELD_UNKNOWN", field=missing, cell=cells[missing], value=texts[missing][:_SHOWN], known="L1, L2 ..., *")
        )  # fmt: skip
    if findings or scope is None:
        return EditRow(number, cells, texts["sku"] if CODE.fullmatch(texts["sku"]) else "", None, tuple(findings))
    line_id = line if line == WHOLE else f"L{line.removeprefix('L')}"
    field = f"{PICTURE}{texts['picture']}#{line_id}"
    return EditRow(number, cells, texts["sku"], Edit(
        sku=texts["sku"], scope=scope, field=field, value=value, cell=cells["value"], updated_at=at,
    ), ())  # fmt: skip


def _code_findings(sku: str, cell: str) -> Iterator[Finding]:
    if not CODE.fullmatch(sku):
        yield Finding.of("SKU_INVALID" if sku else "SKU_MISSING", field="sku", cell=cell, value=sku[:_SHOWN])


def _scope(written: str, value: str, places: Places) -> str | None:
    """The language that an edit is for; every language where that makes sense; None when it is not clear."""
    if not written:
        return EVERY_LANGUAGE if value in ("", "keep", "remove") else None
    scope = places.scope(written, "") or places.scope("", written)
    return places.by_code[scope].locale if scope in places.by_code else scope


def _value(text: str, cell: str) -> tuple[str, list[Finding]]:
    """``keep``, ``remove``, the words to show, or nothing; and why it cannot be."""
    line = normalise(text)
    if line.lower() in KEEP_WORDS:
        return "keep", []
    if line.lower() in REMOVE_WORDS:
        return "remove", []
    for wrong, reason_ko, reason_en in (
        (len(line) > _LONGEST_LINE, f"{_LONGEST_LINE}자를 넘습니다", f"it is over {_LONGEST_LINE} characters"),
        ("<" in line or ">" in line, "꺾쇠괄호(<, >)", "angle brackets (<, >)"),
        (HANGUL.search(line), "한글이 들어 있습니다", "it holds Korean"),
    ):
        if wrong:
            return "", [Finding.of("EDIT_VALUE_INVALID", field="value", cell=cell, reason_ko=reason_ko, reason_en=reason_en)]
    return line, []
