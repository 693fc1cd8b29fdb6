"""Stores of an upload of any size, made up as they are asked: what is measured is the making of its report, and nothing is kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from onestop.adapters.packs import markets
from onestop.adapters.report.findings_file import findings_head, findings_lines
from onestop.adapters.report.page import report_page
from onestop.adapters.report.review_file import review_head, review_lines
from onestop.adapters.returned_file import returned_file
from onestop.domain.catalog.stored import StoredProduct
from onestop.domain.catalog.upload import Upload, UploadRow
from onestop.domain.channels.market import Market
from onestop.domain.commands import ReportUpload
from onestop.domain.demand.ranked import Ranking
from onestop.domain.demand.uplift import Uplift
from onestop.domain.findings import Finding
from onestop.domain.listing.listing import Listing
from onestop.domain.listing.report import Report
from onestop.steps.report_upload import Words, report_upload
from tests.support.report_samples import demo_report, upload

DAY = date(2026, 10, 30)
NAME = "a.csv"
ETAG = "e"
REJECTED_EVERY = 50
"""One row in so many could not be read."""

WORDS = Words(report_page, findings_head, findings_lines, review_head, review_lines, returned_file)


class ToldCatalog:
    """An upload of some rows, some of which were rejected.

    Args:
        header_row: where the file's header stands; the rows are below it.
    """

    def __init__(self, rows: int, name: str = NAME, header_row: int = 1) -> None:
        self.count = rows
        self._upload = upload(rows=rows, key=f"demo-seller/{name}", etag=ETAG, sheet="", header_row=header_row)

    def upload(self, _seller_id: str, _upload_id: str) -> Upload:
        """It is there."""
        return self._upload

    def finish_upload(self, _upload: Upload) -> None:
        """Nothing is kept."""

    def products(self, _seller_id: str, _skus: Sequence[str]) -> dict[str, StoredProduct]:
        """None: nothing is asked of a reviewer."""
        return {}

    def rows(self, _seller_id: str, _upload_id: str) -> Iterator[UploadRow]:
        """One row after the other, made as it is asked for."""
        for number in range(self.count):
            row = self._upload.header_row + 1 + number
            if number % REJECTED_EVERY:
                yield UploadRow(row=row, sku=f"BN-{number:07d}", title=f"젤펜 0.5mm 12색 세트 {number}호", outcome="product")
            else:
                found = Finding.of("PRICE_MISSING", field="price_krw", cell=f"C{row}")
                yield UploadRow(row=row, sku=f"BN-{number:07d}", title="젤펜", outcome="rejected", findings=(found,))


class ToldListings:
    """The demo shop's listings under any code, read from their stored form as from a table."""

    def __init__(self) -> None:
        """Nothing was asked for."""
        self.reads = 0
        made = [row.listings for row in demo_report().rows if row.listings]
        self._bodies = [[one.model_copy(update={"sku": "@@"}).model_dump_json() for one in listings] for listings in made]

    def of_products(self, _seller_id: str, skus: Sequence[str], _markets: Sequence[str]) -> dict[str, tuple[Listing, ...]]:
        """Each product's three listings."""
        self.reads += 1
        found = {}
        for sku in skus:
            bodies = self._bodies[int(sku.rpartition("-")[2]) % len(self._bodies)]
            found[sku] = tuple(Listing.model_validate_json(body.replace("@@", sku)) for body in bodies)
        return found


class ToldObjects:
    """A bucket that serves one object, and of what is written to it remembers the sizes, and the end of each object.

    Attributes:
        sizes: key without the upload's own prefix -> bytes.
        pieces: the same key -> in how many pieces they came.
        last: the same key -> the last bytes.
    """

    def __init__(self, data: bytes = b"") -> None:
        self.sizes: Counter[str] = Counter()
        self.pieces: Counter[str] = Counter()
        self.last: dict[str, bytes] = {}
        self._data = data

    def read(self, key: str) -> bytes | None:
        """The object; there are no thumbnails."""
        return self._data or None if key.endswith(NAME.partition(".")[0] + key[key.rfind(".") :]) else None

    def etag(self, _key: str) -> str:
        """One tag for all."""
        return ETAG

    def write(self, key: str, data: bytes, _media_type: str) -> None:
        """Remember the size."""
        name = key.split("/", 3)[3]
        self.sizes[name] += len(data)
        self.pieces[name] += 1
        self.last[name] = data

    @contextmanager
    def writing(self, key: str, media_type: str) -> Iterator[Callable[[bytes], None]]:
        """Remember the size of what comes."""
        yield lambda data: self.write(key, data, media_type)


class NoRankings:
    """Nothing is known of what buyers type."""

    def of(self, market: Market) -> Ranking | None:
        """Of no market."""

    def uplifts(self, *_: str) -> tuple[Uplift, ...]:
        """Nothing was compared."""
        return ()


def reported(catalog: ToldCatalog, listings: Any, uploads: ToldObjects, results: ToldObjects) -> Report:
    """The report of such an upload."""
    command = ReportUpload(
        event_id="e", occurred_at=datetime(2026, 10, 30, tzinfo=UTC), seller_id="demo-seller", correlation_id="c", upload_id="u"
    )
    return report_upload(
        command, catalog=catalog, listings=listings, uploads=uploads, results=results, markets=markets(), words=WORDS,
        now=datetime(2026, 10, 30, tzinfo=UTC), rankings=NoRankings(),
    )  # type: ignore[arg-type]  # fmt: skip  # the stores are as much of one as a report uses
