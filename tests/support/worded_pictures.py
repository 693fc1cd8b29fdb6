"""Small pictures with and without Korean on them, made anew for each run."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).parents[2] / ".cache/imaging"
LINES = {"물세탁 가능": 60, "면 100%": 140, "무료배송": 220}
"""What stands on the page, and how far down: a phrase, a known word with a figure, and a promise that holds at home only."""


def page(lines: Mapping[str, int] = LINES) -> bytes:
    """A calm page with lines of Korean."""
    image = Image.new("RGB", (800, 800), "#f4f1ea")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(ASSETS / "test-fonts/NanumGothic-Bold.ttf"), 52)
    for words, top in lines.items():
        draw.text((80, top), words, font=font, fill="#2b2b2b")
    draw.rectangle((250, 420, 550, 720), fill="#b9cde0")
    return encoded(image)


def plain() -> bytes:
    """A photo without words."""
    image = Image.new("RGB", (800, 800), "white")
    ImageDraw.Draw(image).ellipse((150, 150, 650, 650), fill="#88aa99")
    return encoded(image)


def encoded(image: Image.Image) -> bytes:
    """As a JPEG file."""
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
