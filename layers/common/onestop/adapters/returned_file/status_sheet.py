"""The sheet of a returned workbook that says where each product stands in each country."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from onestop.adapters.catalogue_files.caps import MAX_ROWS
from onestop.adapters.returned_file.plain_sheet import Value, page_xml, row_xml
from onestop.adapters.returned_file.styles import DECIMAL_FORMAT, INTEGER_FORMAT, Styles
from onestop.adapters.returned_file.verdict import STATUS_WORDS, TONES, Tone, behind, current_place
from onestop.adapters.returned_file.xml_text import text_of
from onestop.domain.catalog.sheet import cell_name
from onestop.domain.channels.market import Market
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.occurrences import of_row
from onestop.domain.listing.reported import ReportedRow

HEADERS = ("행", "상품코드", "상품명", "나라", "상태", "판매가", "통화", "현지 제목", "먼저 볼 이유", "고칠 칸")
NOTICE = "onestop가 붙인 시트입니다. 고친 파일을 그대로 다시 올리세요. 이 시트와 '결과' 열은 읽지 않고, 바뀐 상품만 다시 처리합니다."

_WIDTHS = (6, 13, 38, 15, 11, 12, 7, 56, 70, 9)
_NO_PRICE = "–"
_MAX_LINKS = 20_000
"""A spreadsheet takes some 65,000 links in a sheet, and gets slow before; a cell beyond is named without one."""


Line = tuple[tuple[Value, ...], Tone]
"""What one line of the sheet says, and its colour."""


def status_sheet(lines: Iterable[Line], whole: frozenset[str], styles: Styles, catalogue_sheet: str | None) -> str:
    """The whole part: a notice, a header, and a line for each product and country, the cell to correct linked.

    Args:
        lines: what is told of each row; see ``status_lines``.
        whole: currencies that have no fractions.
        styles: the workbook's, which grow by what the sheet needs.
        catalogue_sheet: the name of the sheet that the links lead to; None when they lead nowhere.
    """
    rows = [row_xml(1, (NOTICE,), [styles.cell()]), row_xml(2, HEADERS, [styles.header()] * len(HEADERS))]
    links: list[str] = []
    for number, (values, tone) in enumerate(islice(lines, MAX_ROWS - 2), start=3):
        words, price = styles.cell(), styles.cell(number_format=INTEGER_FORMAT if values[6] in whole else DECIMAL_FORMAT)
        middle = styles.cell(centred=True)
        grounds = [middle, *[words] * 3, styles.cell(tone, centred=True), price, middle, *[words] * 3]
        rows.append(row_xml(number, values, grounds))
        if catalogue_sheet and values[-1] and len(links) < _MAX_LINKS:
            target = text_of("'{}'!{}".format(catalogue_sheet.replace("'", "''"), values[-1]))
            links.append(f'<hyperlink ref="{cell_name(len(HEADERS) - 1, number)}" location="{target}"/>')
    return page_xml(rows, _WIDTHS, header_row=2, frozen=3, links=links)


def status_lines(reported: ReportedRow, markets: Mapping[str, Market]) -> Iterator[Line]:
    """A line for each country that a row's product is in; one for a row without a product.

    Args:
        markets: by their codes; a country that is not among them is told by its code.
    """
    row = reported.row
    if row.outcome == "rejected" or not reported.listings:
        found = [one.finding for one in of_row(reported)] if row.outcome == "rejected" else []
        word, tone = ("보류", Tone.ERROR) if row.outcome == "rejected" else ("", Tone.QUIET)
        yield (row.row, row.sku or "", row.title, "", word, _NO_PRICE, "", "", *_reason(reported, found)), tone
        return
    for listing in reported.listings:
        market = markets.get(listing.market)
        yield _line(reported, listing, f"{market.name_ko} {market.code}" if market else listing.market), TONES[listing.status]


def _line(reported: ReportedRow, listing: Listing, country: str) -> tuple[Value, ...]:
    price: Value = listing.price.amount if listing.price else _NO_PRICE
    reasons = behind(of_row(reported), listing.status, listing.market)
    return (
        reported.row.row, listing.sku, reported.row.title, country, STATUS_WORDS[listing.status], price,
        listing.currency if listing.price else "", listing.title, *_reason(reported, reasons),
    )  # fmt: skip


def _reason(reported: ReportedRow, reasons: Sequence[Finding]) -> tuple[str, str]:
    """The first reason, and the cell that it names."""
    if not reasons:
        return "", ""
    place = current_place(reasons[0].cell, reported.row)
    return " ".join(reasons[0].message_ko.split()), cell_name(*place) if place else ""
