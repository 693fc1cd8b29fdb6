"""A reviewer's file: what the machine wrote and was not sure of, each row accepted as it stands or put right.

It is the ``review.csv`` of a report, filled in and dropped beside the seller's files.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from onestop.domain.catalog.edit_rows import WHERE, WORDS, EditRow, EditSheet, Places, edit_row, read_rows
from onestop.domain.catalog.places import Row
from onestop.domain.catalog.variant_rows import CODE
from onestop.domain.channels.market import Markets
from onestop.domain.findings import Finding
from onestop.domain.text.edit import OF_PRICES
from onestop.domain.text.normalise import normalise

_HEADERS = {
    **WHERE, "source": ("source", "원문"), "value": ("target", "번역"), "decision": ("decision", "판정"),
    "reviewer": ("reviewer", "검수자"),
}  # fmt: skip
_ACCEPT, _REPLACE = "accept", "replace"
_DECISIONS = {"accept": _ACCEPT, "승인": _ACCEPT, "replace": _REPLACE, "수정": _REPLACE}
_REVIEWER = re.compile(r"[\w.-]{1,20}")
_GUARDED = re.compile("'(?=[=+@＝＋－＠-])")
"""How ``review.csv`` begins a cell that a spreadsheet would run."""


def read_reviews(rows: Iterator[Row], *, sheet: str | None, markets: Markets, at: datetime) -> EditSheet:
    """The decisions of a reviewer's file; a row without one is left as it is.

    ``accept`` stands behind the target as it is written, ``replace`` too once it was put right; ``replace`` by nothing takes a
    review back.

    Args:
        sheet: its name, when the workbook has several.
        at: when the file came in, UTC.

    Raises:
        PermanentError: FILE_NO_ROWS, FILE_HEADER_UNKNOWN or FILE_TOO_LARGE.
    """
    places = Places(markets)
    return read_rows(rows, _HEADERS, sheet, lambda number, texts, cells: _read(number, texts, cells, places, at))


def check_source(row: EditRow, said: Mapping[str, str]) -> EditRow:
    """The row, refused with REVIEW_SOURCE_CHANGED when its reviewer read another Korean than there is.

    Args:
        said: field -> what it says in Korean, normalised.

    Example:
        >>> from onestop.domain.text.edit import Edit
        >>> edit = Edit(sku="A-1", scope="en", field="title", value="Rice", reviewer="km", updated_at=datetime(2026, 1, 2))
        >>> row = EditRow(2, {"source": "E2"}, "A-1", edit, (), source="쌀")
        >>> check_source(row, {"title": "쌀"}) == row, [one.code for one in check_source(row, {"title": "찹쌀"}).findings]
        (True, ['REVIEW_SOURCE_CHANGED'])
    """
    if row.edit is None or not row.edit.value or not row.source or row.source == said.get(row.edit.field, row.source):
        return row
    finding = Finding.of("REVIEW_SOURCE_CHANGED", field="source", cell=row.cells["source"], now=said[row.edit.field])
    return row._replace(edit=None, findings=(*row.findings, finding))


def _read(number: int, texts: Mapping[str, str], cells: Mapping[str, str], places: Places, at: datetime) -> EditRow:
    texts = {field: _GUARDED.sub("", text, count=1) if text.startswith("'") else text for field, text in texts.items()}
    sku, written = texts["sku"].strip(), texts["decision"].strip().lower()
    if not written:
        return EditRow(number, cells, sku if CODE.fullmatch(sku) else "", None, ())
    row = edit_row(number, texts, cells, places, at)
    findings = (*row.findings, *_refusals(row, written, texts["reviewer"].strip(), cells))
    if row.edit is None or findings:
        return row._replace(edit=None, findings=findings)
    edit = row.edit.model_copy(update={"reviewer": texts["reviewer"].strip()})
    return row._replace(edit=edit, source=normalise(texts.get("source", "")))


def _refusals(row: EditRow, written: str, reviewer: str, cells: Mapping[str, str]) -> Iterator[Finding]:
    """Why a row that reads as an edit is no review."""

    def no(field: str, reason_ko: str, reason_en: str) -> Finding:
        return Finding.of("EDIT_VALUE_INVALID", field=field, cell=cells[field], reason_ko=reason_ko, reason_en=reason_en)

    if written not in _DECISIONS:
        yield no("decision", "accept나 replace가 아닙니다", "it is neither accept nor replace")
    if not _REVIEWER.fullmatch(reviewer):
        yield no("reviewer", "검수자 이니셜이 없습니다", "the reviewer's initials are missing")
    if row.edit and row.edit.field in OF_PRICES:
        yield Finding.of("EDIT_FIELD_UNKNOWN", field="field", cell=cells["field"], value=row.edit.field, known=WORDS)
    if row.edit and _DECISIONS.get(written) == _ACCEPT and not row.edit.value:
        yield no("value", "승인할 번역이 없습니다", "there is nothing to accept")
