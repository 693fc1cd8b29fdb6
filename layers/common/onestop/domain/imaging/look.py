"""What a picture looks like, measured once on a small copy: where its subject is, whether it stands on white, what it resembles.

From these figures follow how it is cut, what the seller is told, and which pictures of a gallery are the same.
"""

from fractions import Fraction
from functools import partial
from math import ceil
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.catalog.product import SourcePicture
from onestop.domain.channels.market import PictureFit, PictureSpec
from onestop.domain.findings import Finding
from onestop.domain.imaging.text_lines import Box

ALIKE_BITS = 8
"""Copies of one picture that were resized or saved anew differ in at most 2 of 63 bits, brighter ones in 10, other pictures in 24 or
more: reference of 2026-11, section 8.2, ten pictures; its threshold is 8 to 10."""

ALIKE_COLOUR = 12
"""How far the colours of alike pictures may lie apart, of 255: the hash is blind to colour, buyers of a red shirt are not."""

WHITE_RING_PCT = 98.0
"""A picture stands on white when that much of its border is. JPEG leaves a good page at 100 and a grey ground at 0."""

READABLE_PCT = 60
"""A long page that would shrink below that share of its width can hardly be read; text in pictures is held to the same share."""


class Print(NamedTuple):
    """What two copies of one picture share.

    Attributes:
        phash: perceptual hash, 63 bits as 16 hexadecimal digits; empty where there is too little in the picture to tell it from others.
        colours: mean colours of its nine fields, three by three, row by row, each ``rrggbb``.
    """

    phash: str
    colours: str

    def near(self, other: "Print") -> bool:
        """Whether both hash and colours are close.

        Example:
            >>> red = Print("00000000000000ff", "c81e28" * 9)
            >>> red.near(Print("000000000000000f", "c82028" * 9)), red.near(Print("00000000000000ff", "c81e28" * 8 + "1e28c8"))
            (True, False)
        """
        apart = max(abs(a - b) for a, b in zip(bytes.fromhex(self.colours), bytes.fromhex(other.colours), strict=True))
        return apart <= ALIKE_COLOUR and distance(self.phash, other.phash) <= ALIKE_BITS


class PictureLook(BaseModel):
    """Figures of one source picture, upright. They hang on its bytes alone, so every spec and market shares them.

    Attributes:
        width_px, height_px: of the picture, as a viewer shows it.
        whole, trimmed: prints of the picture, and of the picture without its even border, which is what padding adds.
        white_ring_pct: share of the outer 2 % whose darkest channel is 250 or more.
        white_ground_pct: likewise of the near-white region that touches the border; 0 when there is none.
        subject: box around what is not that region; the whole picture where nothing is near white.
        content: box around everything that differs from an even white border at all; cutting outside of it loses nothing.
    """

    model_config = ConfigDict(frozen=True)

    width_px: int
    height_px: int
    whole: Print
    trimmed: Print
    white_ring_pct: float
    white_ground_pct: float
    subject: Box
    content: Box


def distance(phash: str, other: str) -> int:
    """In how many bits two perceptual hashes differ; 64, more than any two can, where one of them is empty.

    Example:
        >>> distance("00000000000000ff", "000000000000000f"), distance("", "")
        (4, 64)
    """
    return (int(phash, 16) ^ int(other, 16)).bit_count() if phash and other else 64


def alike(look: PictureLook, other: PictureLook) -> bool:
    """Whether two pictures may well show the same: a hint for a person, never a licence to put one in the other's place.

    A translated label, another price or another pattern can be closer than the threshold, so only equal bytes are the same picture.

    Example:
        >>> box, red = Box(0, 0, 9, 9), Print("0f" * 8, "c81e28" * 9)
        >>> one = PictureLook(width_px=9, height_px=9, whole=red, trimmed=red, white_ring_pct=0, white_ground_pct=0, subject=box,
        ...                   content=box)
        >>> alike(one, one), alike(one, one.model_copy(update={"whole": Print("f0" * 8, "c81e28" * 9)}))
        (True, True)
    """
    # Crosswise too: where a photo has an even ground of its own, the padded copy trimmed is the photo whole.
    return any(print_.near(other_) for print_ in (look.whole, look.trimmed) for other_ in (other.whole, other.trimmed))


def fill_pct(subject: Box, width_px: int, height_px: int) -> int:
    """How much of a picture its subject fills, along the axis that it fills most, %.

    Example:
        >>> fill_pct(Box(100, 100, 400, 810), 1000, 1000)
        81
    """
    return max(100 * subject.width_px // width_px, 100 * subject.height_px // height_px)


def part_shown(look: PictureLook, spec: PictureSpec) -> Box:
    """The part of a picture that goes on the spec's canvas: all of it, or less of an empty border around a small subject.

    Cut is only what is as even and white as the border itself, evenly on all sides as far as there is any, until the content
    fills ``spec.fill_pct``; and never so far that the canvas would have fewer pixels than the channel advises or demands.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500, max_bytes=9,
        ...                    max_count=8, fit="crop")
        >>> mug = PictureLook(width_px=3000, height_px=3000, whole=Print("", ""), trimmed=Print("", ""), white_ring_pct=100,
        ...                   white_ground_pct=100, subject=Box(1000, 1000, 1020, 850), content=Box(1000, 1000, 1020, 850))
        >>> part_shown(mug, spec)
        Box(left_px=910, top_px=825, width_px=1200, height_px=1200)
    """
    whole, content = Box(0, 0, look.width_px, look.height_px), look.content
    full_enough = fill_pct(content, look.width_px, look.height_px) >= spec.fill_pct
    if spec.fit is not PictureFit.CROP or look.white_ring_pct < WHITE_RING_PCT or full_enough:
        return whole
    # The canvas that holds the content at the wished fill, in the picture's own pixels.
    aspect = Fraction(spec.width_px, spec.height_px)
    width = ceil(max(Fraction(content.width_px), content.height_px * aspect) * Fraction(100, spec.fill_pct))
    width = max(width, spec.min_width_px, spec.advised_px)
    height = max(ceil(width / aspect), spec.min_height_px)
    left, kept_width = _span(content.left_px, content.width_px, width, look.width_px)
    top, kept_height = _span(content.top_px, content.height_px, height, look.height_px)
    return Box(left, top, kept_width, kept_height)


def _span(start: int, length: int, wanted: int, limit: int) -> tuple[int, int]:
    """Where a stretch of the wanted length lies that has the given one in its middle, within the limit: its start and its length."""
    wanted = min(wanted, limit)
    middle = start + (length - wanted) // 2
    return min(max(0, middle), limit - wanted), wanted


def advice(look: PictureLook, spec: PictureSpec, picture: SourcePicture) -> tuple[Finding, ...]:
    """What to tell the seller about a picture that goes out: its ground, how small its subject is, how small a long page comes out.

    Returns:
        Any of PICTURE_GROUND, PICTURE_SUBJECT_SMALL and PICTURE_LONG, each with the figure and the seller's cell. They hold
        nothing up: what channels say about grounds is second-hand, and they make exceptions for fashion and home.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500, max_bytes=9,
        ...                    max_count=8, fit="crop", min_fill_pct=80, white_ground=True)
        >>> box = Box(400, 400, 300, 300)
        >>> grey = PictureLook(width_px=1000, height_px=1000, whole=Print("", ""), trimmed=Print("", ""), white_ring_pct=3.5,
        ...                    white_ground_pct=0, subject=box, content=Box(0, 0, 1000, 1000))
        >>> advice(grey, spec, SourcePicture(ref="a.jpg", role="main", cell="P4"))[0].message_en
        "The main picture 'a.jpg' does not stand on white: 3.5 % of its border is white, the channel asks for all."
    """
    tell, found = partial(Finding.of, field="pictures", cell=picture.cell, ref=picture.ref), []
    if spec.white_ground and look.white_ring_pct < WHITE_RING_PCT:
        found.append(tell("PICTURE_GROUND", white_pct=f"{look.white_ring_pct:.1f}"))
    shown = part_shown(look, spec)
    if (filled := fill_pct(look.subject, shown.width_px, shown.height_px)) < spec.min_fill_pct:
        found.append(tell("PICTURE_SUBJECT_SMALL", fill_pct=filled, min_fill_pct=spec.min_fill_pct))
    shown_px = look.width_px * spec.height_px // look.height_px
    if spec.fit is PictureFit.KEEP and 100 * shown_px < READABLE_PCT * min(look.width_px, spec.width_px):
        found.append(tell("PICTURE_LONG", width=look.width_px, height=look.height_px, shown=shown_px, limit=spec.height_px))
    return tuple(found)
