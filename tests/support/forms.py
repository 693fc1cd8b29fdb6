"""Every form that sellers bring, with its exact headers and a few good rows (``tests/vectors/seller_forms.json``)."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from onestop.adapters.profiles import profiles
from onestop.domain.catalog.grouping import grouped
from onestop.domain.catalog.places import Row
from onestop.domain.catalog.row import RowResult, read_group
from onestop.domain.catalog.sheet import find_products
from tests.support.sheets import CAFE24_EXPORT, CAFE24_FORM, CAFE24_ROW, csv_bytes, own_table, table


class Form(NamedTuple):
    """One form: what stands above its header, the header, and rows of products, as the seller's program writes them."""

    profile: str
    delimiter: str
    preamble: list[list[str]]
    headers: list[str]
    rows: list[list[str]]

    def sheet(self) -> list[list[str]]:
        """The whole sheet."""
        return [*self.preamble, self.headers, *self.rows]

    def csv(self) -> bytes:
        """The sheet as a text file with the delimiter that the form comes with."""
        return csv_bytes(self.sheet(), delimiter=self.delimiter)

    def with_cells(self, **changes: str) -> "Form":
        """The form with other content under some headers, in every row that has content there."""
        at = {self.headers.index(header): text for header, text in changes.items()}
        return self._replace(rows=[[at.get(index, cell) if cell else cell for index, cell in enumerate(row)] for row in self.rows])


@cache
def forms() -> dict[str, Form]:
    """Name -> form."""
    vectors = json.loads((Path(__file__).parents[1] / "vectors" / "seller_forms.json").read_text(encoding="utf-8"))
    known = {name: Form(**form) for name, form in vectors.items()}
    for name, headers in (("cafe24-86", CAFE24_EXPORT), ("cafe24-90", CAFE24_FORM)):
        known[name] = Form("cafe24", ",", [], headers, table(headers, CAFE24_ROW)[1:])
    for name, korean in (("own-english", False), ("own-korean", True)):
        known[name] = Form("onestop", ",", [], *_split(own_table({}, korean=korean)))
    return known


def _split(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return rows[0], rows[1:]


def numbered(rows: list[list[str]]) -> list[Row]:
    """The rows with their numbers, blank ones left out, as a reader gives them."""
    return [(number, cells) for number, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells)]


def read_sheet(rows: list[list[str]]) -> list[RowResult]:
    """What a sheet gives, one result for each product; rows that say nothing are left out."""
    recognition, content = find_products(iter(numbered(rows)), profiles())
    results = [read_group(group, recognition=recognition, sheet=None, seller_id="demo-seller") for group in grouped(content, recognition)]
    return [result for result in results if result.product or result.findings]
