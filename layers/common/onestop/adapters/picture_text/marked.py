"""A picture with its doubtful places numbered, for the report."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from onestop.adapters.pictures import VipsPictures
from onestop.domain.imaging.text_lines import Box

_LONGEST_PX = 1200
_MARK, _PAPER = (214, 0, 50), (255, 255, 255)
_FONT = "NotoSans-Bold.ttf"


def marked(data: bytes, boxes: Sequence[tuple[str, Box]], fonts_folder: Path) -> bytes:
    """The picture as a JPEG of 1200 pixels at most, each box framed with its number in a flag above it.

    Args:
        data: a JPEG, PNG or WebP file.
        boxes: (number to show, where), such as ``("3", line.box)`` for the line L3; boxes are in pixels of the upright picture.
        fonts_folder: where the font files lie.

    Raises:
        PermanentError: PICTURE_NOT_AN_IMAGE, PICTURE_TOO_LARGE, PICTURE_DAMAGED, as ``VipsPictures``.
    """
    image = Image.fromarray(VipsPictures().pixels(data))
    scale = min(1.0, _LONGEST_PX / max(image.size))
    image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS)
    stroke = max(2, round(max(image.size) / 500))
    font = ImageFont.truetype(str(fonts_folder / _FONT), 8 * stroke)
    pen = ImageDraw.Draw(image)
    for number, box in boxes:
        _framed(pen, number, [round(edge * scale) for edge in (box.left_px, box.top_px, box.right_px, box.bottom_px)], stroke, font)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()


def _framed(pen: ImageDraw.ImageDraw, number: str, edges: Sequence[int], stroke: int, font: ImageFont.FreeTypeFont) -> None:
    left, top, right, bottom = edges
    pen.rectangle((left - stroke, top - stroke, right + stroke, bottom + stroke), outline=_MARK, width=stroke)
    width, height = round(font.getlength(number)) + 4 * stroke, round(font.size) + 2 * stroke
    flag_top = top - stroke - height if top - stroke >= height else bottom + stroke
    pen.rectangle((left - stroke, flag_top, left - stroke + width, flag_top + height), fill=_MARK)
    pen.text((left - stroke + width / 2, flag_top + height / 2), number, _PAPER, font, anchor="mm")
