"""Two copies of a page drawn at once, with and without its text, so that what is written where is known to the pixel."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from onestop.domain.imaging.text_lines import Box, Ground

FONT_FOLDER = Path(__file__).parents[3] / ".cache/imaging/test-fonts"
FONTS = ("NanumGothic-Regular", "NanumGothic-Bold", "NanumGothic-ExtraBold", "DoHyeon-Regular", "GowunDodum-Regular")
BOLD_FONTS = ("NanumGothic-Bold", "NanumGothic-ExtraBold", "DoHyeon-Regular")
Colour = tuple[int, int, int]


class TrueLine(NamedTuple):
    """A line as it was drawn; its box holds the ink, the outline of the letters too."""

    text: str
    box: Box
    colour: Colour
    ground: Ground
    font: str
    tilt_deg: float = 0.0
    vertical: bool = False

    @property
    def korean(self) -> bool:
        """Whether it holds Hangul, so that it has to be found."""
        return any("가" <= letter <= "힣" for letter in self.text)


class Page(NamedTuple):
    """A picture of which the truth is known.

    Attributes:
        data: the JPEG as a seller would upload it.
        clean: the same page without any text, before it went through a JPEG encoder.
        drawn: the page with its text, likewise.
        lines: everything written on it.
        subject: white where the drawn product is; None on pages without one.
    """

    kind: str
    seed: int
    data: bytes
    clean: Image.Image
    drawn: Image.Image
    lines: tuple[TrueLine, ...]
    subject: Image.Image | None = None


class Canvas:
    """A page while it is drawn."""

    def __init__(self, ground: Image.Image) -> None:
        self.clean = ground.convert("RGB")
        self.drawn = self.clean.copy()
        self.lines: list[TrueLine] = []
        self.subject: Image.Image | None = None

    def shape(self, kind: str, *args: object, **options: object) -> None:
        """Draw a shape of ``ImageDraw`` on both copies."""
        for image in (self.clean, self.drawn):
            getattr(ImageDraw.Draw(image), kind)(*args, **options)

    def paste(self, image: Image.Image, at: tuple[int, int], mask: Image.Image | None = None) -> None:
        """Lay a picture on both copies."""
        self.clean.paste(image, at, mask)
        self.drawn.paste(image, at, mask)

    def write(
        self, text: str, x_px: float, y_px: float, font: str, size_px: int, colour: Colour, *, anchor: str = "la",
        ground: Ground = Ground.FLAT, outline: tuple[int, Colour] | None = None, tilt_deg: float = 0.0, vertical: bool = False,
    ) -> Box:  # fmt: skip
        """Write a line on the copy with text; where its ink is."""
        letters = _mask(text, font, size_px, 0, vertical)
        halo = _mask(text, font, size_px, outline[0], vertical) if outline else letters
        if tilt_deg:
            letters, halo = (one.rotate(tilt_deg, Image.Resampling.BICUBIC, expand=True) for one in (letters, halo))
        left = round(x_px - (halo.width / 2 if anchor[0] == "m" else halo.width if anchor[0] == "r" else 0))
        top = round(y_px - (halo.height / 2 if anchor[1] == "m" else 0))
        if outline:
            self.drawn.paste(outline[1], (left, top), halo)
        self.drawn.paste(colour, (left, top), letters)
        ink = halo.point(lambda value: 255 if value > 96 else 0).getbbox() or (0, 0, 1, 1)
        box = Box(left + ink[0], top + ink[1], ink[2] - ink[0], ink[3] - ink[1])
        self.lines.append(TrueLine(text, box, colour, ground, font, tilt_deg, vertical))
        return box

    def page(self, kind: str, seed: int, quality: int) -> Page:
        """The finished page."""
        buffer = BytesIO()
        self.drawn.save(buffer, "JPEG", quality=quality)
        return Page(kind, seed, buffer.getvalue(), self.clean, self.drawn, tuple(self.lines), self.subject)


@cache
def font_at(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """A test font."""
    return ImageFont.truetype(str(FONT_FOLDER / f"{name}.ttf"), size_px)


def width_of(text: str, font: str, size_px: int) -> float:
    """How wide a line becomes."""
    return font_at(font, size_px).getlength(text)


def fitting_size(text: str, font: str, size_px: int, room_px: float) -> int:
    """The size at which a line fits into its room, at most the one asked for."""
    return max(14, min(size_px, int(size_px * room_px / max(1.0, width_of(text, font, size_px)))))


def _mask(text: str, name: str, size_px: int, stroke_px: int, vertical: bool) -> Image.Image:
    """The ink of a line; masks with and without an outline are of one size, so that they can be laid on each other."""
    font, pad = font_at(name, size_px), 8
    letters = list(text) if vertical else [text]
    step = round(size_px * 1.08)
    width = round(max(font.getlength(letter) for letter in letters)) + 2 * pad
    mask = Image.new("L", (width, round(step * len(letters) + size_px * 0.3) + 2 * pad))
    for at, letter in enumerate(letters):
        ImageDraw.Draw(mask).text((width / 2, pad + at * step), letter, 255, font, anchor="ma", stroke_width=stroke_px)
    return mask
