"""Text in a picture: the lines that were read, what each of them is to become, and what came of drawing it."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from onestop.domain.imaging.plan import Encoded


class Box(NamedTuple):
    """A rectangle in pixels of the upright picture; ``left_px`` and ``top_px`` are inside it, right and bottom are not.

    Example:
        >>> Box(10, 20, 30, 40).right_px, Box(10, 20, 30, 40).bottom_px
        (40, 60)
    """

    left_px: int
    top_px: int
    width_px: int
    height_px: int

    @property
    def right_px(self) -> int:
        """The first column right of the box."""
        return self.left_px + self.width_px

    @property
    def bottom_px(self) -> int:
        """The first row under the box."""
        return self.top_px + self.height_px

    def grown(self, margin_px: int, width_px: int, height_px: int) -> "Box":
        """The box with a margin around it, cut to a picture of that size.

        Example:
            >>> Box(2, 20, 30, 40).grown(5, 100, 100)
            Box(left_px=0, top_px=15, width_px=37, height_px=50)
        """
        left, top = max(0, self.left_px - margin_px), max(0, self.top_px - margin_px)
        right, bottom = min(width_px, self.right_px + margin_px), min(height_px, self.bottom_px + margin_px)
        return Box(left, top, max(0, right - left), max(0, bottom - top))

    def overlap(self, other: "Box") -> int:
        """How many pixels both boxes hold.

        Example:
            >>> Box(0, 0, 10, 10).overlap(Box(5, 5, 10, 10))
            25
        """
        width = min(self.right_px, other.right_px) - max(self.left_px, other.left_px)
        height = min(self.bottom_px, other.bottom_px) - max(self.top_px, other.top_px)
        return max(0, width) * max(0, height)


class Ground(StrEnum):
    """What lies behind a line: one colour, an even change of colour, or a picture."""

    FLAT = "flat"
    GRADIENT = "gradient"
    BUSY = "busy"


class Align(StrEnum):
    """Where a line's text is held when its width changes."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class TextLine(BaseModel):
    """One line of text that was found in a picture.

    Attributes:
        line_id: ``L1``, ``L2`` ... from top to bottom, then left to right; the name a person edits it by.
        text: as read, NFC.
        score_pct: how sure the reading is, 0 to 100; how it is made stands with the reader.
        box: around the ink.
        colour, ground_colour: of the ink and of what lies behind it, ``#rrggbb``.
        ground: what lies behind it.
        bold: whether the strokes are heavy.
        align: where the text is held.
        tilt_deg: counter-clockwise; 0 unless neighbouring lines agree.
        vertical: the syllables stand one under the other.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    text: str
    score_pct: float
    box: Box
    colour: str
    ground_colour: str
    ground: Ground
    bold: bool = False
    align: Align = Align.LEFT
    tilt_deg: float = 0.0
    vertical: bool = False


class PictureText(BaseModel):
    """All the text of one picture, found once and used for every market and language.

    Attributes:
        source_sha256: of the seller's bytes.
        width_px, height_px: of the upright picture; boxes are in its pixels.
        engine: what read it, with its version and data, such as ``tesseract-5.5.4/kor+eng/1``.
        lines: that hold Korean, in reading order. Text in other scripts stays as it is and is not listed.
        unread: boxes of rows that look like text and that nobody could read.
    """

    model_config = ConfigDict(frozen=True)

    source_sha256: str
    width_px: int
    height_px: int
    engine: str
    lines: tuple[TextLine, ...] = ()
    unread: tuple[Box, ...] = ()


class LineAction(StrEnum):
    """What becomes of a line."""

    REPLACE = "replace"
    REMOVE = "remove"
    KEEP = "keep"


class LineWording(BaseModel):
    """What one line is to say in one language.

    Attributes:
        line_id: of the ``TextLine``.
        action: replace it by ``text``, remove it, or keep the picture's own.
        text: the new words, NFC, in the language of the picture's market; empty unless replaced. Thai words are divided by
            U+200B where the text engine knows their bounds.
        doubts: reasons why a person should look, as stable codes; empty when sure.
        known: every word of the line as read is one that we know; a misreading hardly ever is.
        by_person: a person wrote it; doubts about the words do not hold it up.
    """

    model_config = ConfigDict(frozen=True)

    line_id: str
    action: LineAction
    text: str = ""
    doubts: tuple[str, ...] = ()
    known: bool = False
    by_person: bool = False


class Doubt(StrEnum):
    """Why a redrawn picture does not go out by itself."""

    LOW_SCORE = "low_score"
    """The line was not read surely."""
    DIGITS = "digits"
    """A number in the line is not the catalogue's."""
    WORDS = "words"
    """The translation is unsure."""
    ON_PRODUCT = "on_product"
    """The words may be printed on the goods themselves."""
    BUSY_GROUND = "busy_ground"
    """The line stands on a picture: what is behind it cannot be restored."""
    VERTICAL = "vertical"
    """The syllables stand one under the other."""
    TILTED = "tilted"
    """The line is not level."""
    KOREAN_LEFT = "korean_left"
    """Korean was found after erasing."""
    UNREAD_TEXT = "unread_text"
    """Something looks like text that nobody could read."""
    OVERFLOW = "overflow"
    """The new words do not fit."""
    TOO_SMALL = "too_small"
    """The new words fit only at less than 60 % of the old size."""
    COLLISION = "collision"
    """The new words would cover something else."""
    LOW_CONTRAST = "low_contrast"
    """The new words would be hard to see."""
    NO_GLYPH = "no_glyph"
    """No font at hand has a character of the new words."""
    PRODUCT_TOUCHED = "product_touched"
    """Erasing would take away more than ink."""
    OUTSIDE_CHANGED = "outside_changed"
    """Something changed outside of the lines."""


class Redrawn(NamedTuple):
    """A picture with its lines erased and drawn anew.

    Attributes:
        erased: the picture without the touched lines, a lossless file.
        drawn: the picture with the new words, a lossless file.
        doubts: (line, why) of every doubt; the line is empty where the whole picture is meant. Nothing: it may go out.
    """

    erased: Encoded
    drawn: Encoded
    doubts: tuple[tuple[str, Doubt], ...]
