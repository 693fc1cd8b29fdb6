"""What the picture step gives for one product in one picture spec."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.findings import Finding, State
from onestop.domain.imaging.look import PictureLook, alike
from onestop.domain.imaging.text_lines import LineAction

CARD_REF = "spec-card"
"""What a picture is called that was not the seller's, but drawn from the product's facts."""


class ShownLine(BaseModel):
    """One line of a picture's text, and what became of it in a language.

    Attributes:
        line_id: the name a person edits it by.
        text: as read.
        action: replaced, removed or kept; of a line in doubt, what is proposed.
        shown: the words in the market's language; empty unless replaced.
        doubts: why a person should look; see ``Doubt``.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    text: str
    action: LineAction
    shown: str = ""
    doubts: tuple[str, ...] = ()


class AdaptedPicture(BaseModel):
    """One picture that meets one spec.

    Attributes:
        key: object key in the results bucket.
        width_px, height_px, size_bytes, media_type: of the adapted picture.
        role: main, gallery, size_chart or detail.
        source_ref: the seller's reference.
        source_sha256: of the seller's bytes.
        source_width_px, source_height_px: before adaptation.
        thumb_key, source_thumb_key: small copies for the report, after and before.
        look: of the seller's picture; None where it was adapted before looks were kept.
        text_lines_replaced: how many lines of text in the picture were replaced or removed.
        lines: the Korean lines of the seller's picture; empty when there were none.
        erased_thumb_key: a small copy without the lines; empty when nothing was erased.
        drawn_thumb_key: a small copy as it is proposed, where it waits for a person; empty otherwise.
        marked_key: the seller's picture with its lines numbered, where a person is asked; empty otherwise.
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
    look: PictureLook | None = None
    text_lines_replaced: int = 0
    lines: tuple[ShownLine, ...] = ()
    erased_thumb_key: str = ""
    drawn_thumb_key: str = ""
    marked_key: str = ""


class PictureSet(BaseModel):
    """All pictures of one product in one spec and one language.

    Attributes:
        spec_id: the picture spec they meet.
        locale: BCP 47, of the words in them; markets with the same spec and language share the set.
        pictures: in the order a buyer sees them; the first is the main picture.
        waiting: extra pictures that are not shown while a person is asked about their lines; the last of ``pictures`` is then a card
            with the product's facts, referred to as ``CARD_REF``.
        state, findings: whether they may go out, and why not.
    """

    model_config = ConfigDict(frozen=True)

    spec_id: str
    locale: str
    pictures: tuple[AdaptedPicture, ...] = ()
    waiting: tuple[AdaptedPicture, ...] = ()
    state: State
    findings: tuple[Finding, ...] = Field(default=())


def set_name(spec_id: str, locale: str) -> str:
    """What a picture set is kept under.

    Example:
        >>> set_name("square-1600-white-jpeg", "th")
        'square-1600-white-jpeg@th'
    """
    return f"{spec_id}@{locale}"


def without_repeats(pictures: Sequence[tuple[SourcePicture, AdaptedPicture]]) -> tuple[tuple[AdaptedPicture, ...], tuple[Finding, ...]]:
    """A product's pictures, each file once, and what to tell about the ones that came again or look alike.

    Only equal bytes are one picture: the first of them stays. Pictures that merely look alike all go out, as a label in another
    language or another price hardly moves a perceptual hash.

    Returns:
        (the pictures that stay, in their order; PICTURE_DUPLICATE for each left out, PICTURE_ALIKE for each that resembles an earlier one)

    Example:
        >>> without_repeats([])
        ((), ())
    """
    kept: list[tuple[SourcePicture, AdaptedPicture]] = []
    findings = []
    for source, done in pictures:
        same = next((first for first, one in kept if one.source_sha256 == done.source_sha256), None)
        twin = next((first for first, one in kept if one.look and done.look and alike(one.look, done.look)), None)
        if first := same or twin:
            code = "PICTURE_DUPLICATE" if same else "PICTURE_ALIKE"
            findings.append(Finding.of(code, field="pictures", cell=source.cell, ref=source.ref, first=first.ref))
        if same is None:
            kept.append((source, done))
    return tuple(done for _, done in kept), tuple(findings)
