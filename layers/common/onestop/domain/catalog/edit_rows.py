"""An overrides file as edits: each row says which product, where, what, and the words to show instead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from onestop.domain.catalog.columns import normalise_header
from onestop.domain.catalog.places import MARKS, Row, cell_name
from onestop.domain.catalog.variant_rows import CODE
from onestop.domain.channels.market import Market, Markets
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.pricing.orders import PriceMode, acceptance_of, fits_digits, order_of
from onestop.domain.text.edit import DESCRIPTION, OF_PRICES, OFF, PRICE_ACCEPTED, STEERING, Edit, edit_field
from onestop.domain.text.grammar import locale_code
from onestop.domain.text.normalise import normalise
from onestop.domain.text.safe_html import safe_html

MAX_EDITS = 5_000
"""Rows of one file: as many as one invocation can surely store."""

WHERE = {
    "sku": ("sku", "상품코드", "판매자 상품코드"), "market": ("market", "나라", "국가"), "locale": ("locale", "language", "언어"),
    "field": ("field", "항목"),
}  # fmt: skip
"""What the columns may be called that say where an edit belongs."""

_HEADERS = {**WHERE, "value": ("value", "값", "내용")}
_MAY_LACK = frozenset({"market", "locale", "source"})
WORDS = "title, description, brand, option:<한글>, highlight_1..9"
"""The fields of a text."""
_FIELDS = f"{WORDS}, price, price_accepted, title_steering"
_OFF_WORDS = frozenset({"off", "끄기", "끔"})
_LONGEST = {DESCRIPTION: 20_000}
_LONGEST_LINE = 500
_NEEDS_MARKET = ("가격은 나라마다 정합니다", "a price needs a market, not a language")
_SHOWN = 40


class EditRow(NamedTuple):
    """One row of the file.

    Attributes:
        cells: where its columns stand.
        edit: None when nothing was decided yet, or for the reasons in ``findings``.
        source: the Korean that a reviewer read; empty when the row does not say.
    """

    row: int
    cells: Mapping[str, str]
    sku: str
    edit: Edit | None
    findings: tuple[Finding, ...]
    source: str = ""


class EditSheet(NamedTuple):
    """An overrides file: where its header stands, column -> field, and its rows."""

    header_row: int
    columns: dict[str, str]
    rows: list[EditRow]


class ReadEdits(Protocol):
    """Reads the rows of one kind of edits file."""

    def __call__(self, rows: Iterator[Row], *, sheet: str | None, markets: Markets, at: datetime) -> EditSheet:
        """Every row as an edit, or why it is none; raises PermanentError when it is no such file."""


def read_edits(rows: Iterator[Row], *, sheet: str | None, markets: Markets, at: datetime) -> EditSheet:
    """The edits of an overrides file.

    A row with a market reaches that market alone, one with a language every market of it. A blank value takes an edit back.

    Args:
        sheet: its name, when the workbook has several.
        at: when the file came in, UTC.

    Raises:
        PermanentError: FILE_NO_ROWS, FILE_HEADER_UNKNOWN or FILE_TOO_LARGE.
    """
    places = Places(markets)
    return read_rows(rows, _HEADERS, sheet, lambda number, texts, cells: edit_row(number, texts, cells, places, at))


ReadRow = Callable[[int, Mapping[str, str], Mapping[str, str]], EditRow]
"""(Row number, field -> text, field -> cell) -> the row."""


def read_rows(rows: Iterator[Row], headers: Mapping[str, Sequence[str]], sheet: str | None, read_row: ReadRow) -> EditSheet:
    """The rows of a file whose columns may have these headers; of market and locale either will do, other columns must be there.

    Raises:
        PermanentError: FILE_NO_ROWS, FILE_HEADER_UNKNOWN or FILE_TOO_LARGE.
    """
    header_row, header = next(rows, (0, []))
    columns = _columns(header, headers)
    read: list[EditRow] = []
    for number, cells in rows:
        if len(read) == MAX_EDITS:
            raise PermanentError(Finding.of("FILE_TOO_LARGE", size=f"> {MAX_EDITS:,}행", limit=f"{MAX_EDITS:,}행"))
        texts = {field: cells[at_] if at_ < len(cells) else "" for field, at_ in columns.items()}
        named = {field: cell_name(at_, number, sheet) for field, at_ in columns.items()}
        read.append(read_row(number, texts, named))
    if not read:
        raise PermanentError(Finding.of("FILE_NO_ROWS"))
    return EditSheet(header_row, {" ".join(header[at_].split()): field for field, at_ in columns.items()}, read)


def _columns(header: list[str], headers: Mapping[str, Sequence[str]]) -> dict[str, int]:
    names = [normalise_header(cell) for cell in header]
    wanted = {field: [normalise_header(text) for text in texts] for field, texts in headers.items()}
    found = {field: at for field, texts in wanted.items() for at, name in reversed(list(enumerate(names))) if name in texts}
    if not set(headers) - _MAY_LACK <= set(found) or not {"market", "locale"} & set(found):
        raise PermanentError(Finding.of("FILE_HEADER_UNKNOWN"))
    return found


class Places:
    """What a cell may call a market or a language."""

    def __init__(self, markets: Markets) -> None:
        """``markets`` are all that are known."""
        self.by_code = markets.by_code
        known = markets.by_code.values()
        self._markets = {name.lower(): one.code for one in known for name in (one.code, one.name_ko, one.name_en)}
        self._locales = {locale_code(one.locale): one.locale for one in known}
        self.known = ", ".join((*sorted(markets.by_code), *sorted(self._locales)))

    def scope(self, market: str, locale: str) -> str | None:
        """The market's code, else the locale as our markets write it; None when what is written is neither."""
        if market:
            return self._markets.get(market.lower())
        try:
            return self._locales.get(locale_code(locale))
        except KeyError:
            return None


def edit_row(number: int, texts: Mapping[str, str], cells: Mapping[str, str], places: Places, at: datetime) -> EditRow:
    """One row as an edit, or why it is none."""
    sku = texts["sku"].strip()
    if marked := [(field, MARKS[text]) for field, text in texts.items() if text in MARKS]:
        return EditRow(number, cells, "", None, tuple(Finding.of(code, field=field, cell=cells[field]) for field, code in marked))
    if not CODE.fullmatch(sku):
        code = "SKU_INVALID" if sku else "SKU_MISSING"
        return EditRow(number, cells, "", None, (Finding.of(code, field="sku", cell=cells["sku"], value=sku[:_SHOWN]),))
    market, locale = texts.get("market", "").strip(), texts.get("locale", "").strip()
    place = "market" if market or "locale" not in cells else "locale"
    scope, field = places.scope(market, locale), edit_field(texts["field"])
    findings: list[Finding] = []
    if scope is None:
        written = (market or locale)[:_SHOWN]
        findings.append(Finding.of("EDIT_PLACE_UNKNOWN", field=place, cell=cells[place], value=written, known=places.known))
    if field is None:
        written = texts["field"].strip()[:_SHOWN]
        findings.append(Finding.of("EDIT_FIELD_UNKNOWN", field="field", cell=cells["field"], value=written, known=_FIELDS))
    market_named = places.by_code.get(scope or "")
    if field in OF_PRICES and scope:
        read = _accepted if field == PRICE_ACCEPTED else _price
        value, problems = read(texts["value"], market_named, cells["value"], at)
    else:
        value, problems = _value(texts["value"], field or "", cells["value"])
    findings += problems
    if scope is None or field is None or problems:
        return EditRow(number, cells, sku, None, tuple(findings))
    edit = Edit(sku=sku, scope=scope, field=field, value=value, cell=cells["value"], updated_at=at)
    return EditRow(number, cells, sku, edit, ())


def _refused(cell: str, reason_ko: str, reason_en: str) -> tuple[str, list[Finding]]:
    return "", [Finding.of("EDIT_VALUE_INVALID", field="value", cell=cell, reason_ko=reason_ko, reason_en=reason_en)]


def _accepted(text: str, market: Market | None, cell: str, at: datetime) -> tuple[str, list[Finding]]:
    """Which prices are accepted, as it is kept, and why it cannot be."""
    if market is None:
        return _refused(cell, *_NEEDS_MARKET)
    words = text.strip().lower()
    try:
        if words:
            acceptance_of(words, until=at.date())
        return words, []
    except ValueError:
        return _refused(
            cell, "승인은 12.90 또는 10~15, 뒤에 2026-12-31 같은 날짜, 또는 빈 칸",
            "what is accepted is 12.90 or 10~15, then maybe a day such as 2026-12-31, or blank",
        )  # fmt: skip


def _price(text: str, market: Market | None, cell: str, _: datetime) -> tuple[str, list[Finding]]:
    """What is ordered of a price, as it is kept, and why it cannot be."""
    if market is None:
        return _refused(cell, *_NEEDS_MARKET)
    try:
        order = order_of(text)
    except ValueError:
        return _refused(cell, "가격은 12.90 같은 수, pin 또는 빈 칸", "a price is a number such as 12.90, pin, or blank")
    if order.amount is not None and not fits_digits(order.amount, market.listing_digits):
        digits = market.listing_digits
        return _refused(
            cell, f"{market.currency} 가격의 소수는 {digits}자리까지", f"a {market.currency} price has at most {digits} decimals"
        )
    return ("", []) if order.mode is PriceMode.FOLLOW else (text.strip().lower(), [])


def _value(text: str, field: str, cell: str) -> tuple[str, list[Finding]]:
    """The words as they are kept, and why they cannot be."""
    limit = _LONGEST.get(field, _LONGEST_LINE)
    if len(text) > limit:
        return _refused(cell, f"{limit:,}자를 넘습니다", f"it is over {limit:,} characters")
    if field == STEERING:
        word = normalise(text).lower()
        return (OFF if word else "", []) if not word or word in _OFF_WORDS else _refused(cell, "off 또는 빈 칸", "off, or blank")
    if field == DESCRIPTION:
        safe, tags = safe_html("\n".join(normalise(line) for line in text.splitlines()))
        names = ", ".join(tags)[:_SHOWN]
        return _refused(cell, f"쓸 수 없는 태그 {names}", f"tags that cannot be used: {names}") if tags else (safe, [])
    line = normalise(text)
    return _refused(cell, "꺾쇠괄호(<, >)", "angle brackets (<, >)") if "<" in line or ">" in line else (line, [])


def check_option(row: EditRow, options: frozenset[str]) -> EditRow:
    """The row, refused with EDIT_OPTION_UNKNOWN when it edits an option that its product does not have.

    Example:
        >>> edit = Edit(sku="A-1", scope="en", field="option:블랙", value="Black", updated_at=datetime(2026, 1, 2))
        >>> row = EditRow(2, {"field": "C2"}, "A-1", edit, ())
        >>> check_option(row, frozenset({"블랙"})) == row, [one.cell for one in check_option(row, frozenset({"화이트"})).findings]
        (True, ['C2'])
    """
    if row.edit is None or not row.edit.field.startswith("option:") or not row.edit.value:
        return row
    korean = row.edit.field.removeprefix("option:")
    if korean in options:
        return row
    finding = Finding.of("EDIT_OPTION_UNKNOWN", field="field", cell=row.cells["field"], value=korean[:_SHOWN])
    return row._replace(edit=None, findings=(*row.findings, finding))
