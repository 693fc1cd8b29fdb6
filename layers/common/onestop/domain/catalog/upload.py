"""An upload: one file that a seller dropped, and what became of each of its rows."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.code_lists import ListedCode
from onestop.domain.catalog.settings import SellerSettings
from onestop.domain.findings import Finding


class UploadState(StrEnum):
    """RECEIVING until every chunk is on its way, WORKING until every product is through, then DONE; or REJECTED as a whole."""

    RECEIVING = "receiving"
    WORKING = "working"
    DONE = "done"
    REJECTED = "rejected"


class Upload(BaseModel):
    """One file of one seller.

    Attributes:
        upload_id: content address of seller, key and content.
        key: the object's key, decoded.
        received_at: when it came in, UTC.
        profile: which form it was recognised as; empty when it was rejected.
        sheet, header_row: where the table was found.
        columns: header -> field, for the columns that were read.
        ignored: headers that were not read.
        confidence: 0 to 1, how sure the recognition is, two digits.
        rows: data rows found so far.
        last_row: the last row of the file that is on its way.
        chunks_sent: chunks that are on their way; reading goes on after them when it was interrupted.
        pictures_unpacked: pictures of an archive that are unpacked.
        settings: the seller's settings that it goes by, its markets filled in.
        settings_given: whether the seller gave any; if not, the operator's defaults hold.
        members: content address of an archive that brought its own pictures; empty when there are none.
        withdraw, restore: codes that the file lists to be taken off every market, or brought back.
        findings: about the file as a whole.
    """

    model_config = ConfigDict(frozen=True)

    seller_id: str
    upload_id: str
    key: str
    etag: str
    received_at: datetime
    settings: SellerSettings
    settings_given: bool = False
    state: UploadState = UploadState.RECEIVING
    profile: str = ""
    sheet: str = ""
    header_row: int = 0
    columns: dict[str, str] = {}
    ignored: tuple[str, ...] = ()
    confidence: str = "0"
    rows: int = 0
    last_row: int = 0
    chunks_sent: int = 0
    pictures_unpacked: int = 0
    members: str = ""
    withdraw: tuple[ListedCode, ...] = ()
    restore: tuple[ListedCode, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the file is itself a list of codes, so that its rows are the listed ones."""
        return self.profile in ("withdraw", "restore")


class UploadRow(BaseModel):
    """What became of one row: the product it made or did not change, or why there is none."""

    model_config = ConfigDict(frozen=True)

    row: int
    sku: str | None
    title: str
    outcome: str  # "product", "unchanged", "superseded" or "rejected"
    findings: tuple[Finding, ...] = ()
