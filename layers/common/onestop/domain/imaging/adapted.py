"""What the picture step gives for one product in one picture spec."""

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import PictureRole
from onestop.domain.findings import Finding, State


class AdaptedPicture(BaseModel):
    """One picture that meets one spec.

    Attributes:
        key: object key in the results bucket.
        width_px, height_px, size_bytes, media_type: of the adapted picture.
        role: main, gallery or detail.
        source_ref: the seller's reference.
        source_sha256: of the seller's bytes.
        source_width_px, source_height_px: before adaptation.
        thumb_key, source_thumb_key: small copies for the report, after and before.
        text_lines_replaced: how many lines of text in the picture were replaced.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    width_px: int
    height_px: int
    size_bytes: int
    media_type: str
    role: PictureRole
    source_ref: str
    source_sha256: str
    source_width_px: int
    source_height_px: int
    thumb_key: str
    source_thumb_key: str
    text_lines_replaced: int = 0


class PictureSet(BaseModel):
    """All pictures of one product in one spec.

    Attributes:
        spec_id: the picture spec they meet; markets with the same spec share the set.
        pictures: in the order a buyer sees them; the first is the main picture.
        state, findings: whether they may go out, and why not.
    """

    model_config = ConfigDict(frozen=True)

    spec_id: str
    pictures: tuple[AdaptedPicture, ...] = ()
    state: State
    findings: tuple[Finding, ...] = Field(default=())
