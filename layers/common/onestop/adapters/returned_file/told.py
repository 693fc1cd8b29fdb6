"""What a returned workbook tells, gathered while the rows go by: words only, so that many rows take little memory."""

from collections.abc import Iterable

from onestop.adapters.returned_file.status_sheet import Line, status_lines, status_sheet
from onestop.adapters.returned_file.styles import Styles
from onestop.adapters.returned_file.verdict import Judged, Verdict
from onestop.domain.catalog.upload import Upload
from onestop.domain.channels.market import Market


class Told:
    """What is said of each row, and where each product stands in each country.

    Attributes:
        upload: how the file was read.
        said: row number -> what is said of it.

    Args:
        markets: where the seller sells.
    """

    def __init__(self, upload: Upload, markets: Iterable[Market]) -> None:
        self.upload = upload
        self.said: dict[int, Verdict] = {}
        self._markets = {market.code: market for market in markets}
        self._lines: list[Line] = []

    def see(self, judged: Judged) -> None:
        """Take in the next row of the file."""
        self.said[judged.reported.row.row] = judged.verdict
        self._lines.extend(status_lines(judged.reported, self._markets))

    def status_sheet(self, styles: Styles, catalogue_sheet: str | None) -> str:
        """The sheet that says where each product stands; see ``status_sheet``."""
        whole = frozenset(market.currency for market in self._markets.values() if not market.listing_digits)
        return status_sheet(self._lines, whole, styles, catalogue_sheet)
