"""New words drawn by FreeType and HarfBuzz: shaped, in a font that has them, readable, and nowhere but in their boxes."""

from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont, features

from onestop.adapters.picture_text.draw import draw_lines
from onestop.adapters.picture_text.fonts import Fonts
from onestop.domain.imaging.contrast import contrast, rgb
from onestop.domain.imaging.text_lines import Align, Box, Doubt, LineAction, LineWording, PictureText, TextLine

FONTS = Path(__file__).parents[3] / ".cache/imaging/fonts"


def page(ground: str = "#ffffff", size: tuple[int, int] = (600, 200)) -> np.ndarray:
    return np.asarray(Image.new("RGB", size, ground))


def text_of(*lines: TextLine, size: tuple[int, int] = (600, 200)) -> PictureText:
    return PictureText(source_sha256="", width_px=size[0], height_px=size[1], engine="", lines=lines)


def line(**looks: object) -> TextLine:
    style = {"box": Box(60, 60, 200, 36), "colour": "#202020", "ground_colour": "#ffffff", "ground": "flat", **looks}
    return TextLine(line_id="L1", text="무료배송", score_pct=99, **style)


def replaced(text: str) -> list[LineWording]:
    return [LineWording(line_id="L1", action=LineAction.REPLACE, text=text)]


def test_thai_marks_stand_over_their_letters():
    """Given a tone mark over a vowel, then it is lifted above it, as raqm does and Pillow's basic layout does not."""
    assert features.check("raqm")
    fonts = Fonts(FONTS, "th")
    basic = ImageFont.truetype(str(FONTS / "NotoSansThai-Regular.ttf"), 100, layout_engine=ImageFont.Layout.BASIC)

    assert fonts.measure("ที่", 100, False).above_px > fonts.measure("ที", 100, False).above_px + 5
    assert basic.getbbox("ที่", anchor="ls")[1] == min(basic.getbbox(one, anchor="ls")[1] for one in ("ที", "ท่"))


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_what_a_font_has_is_what_its_own_table_says(path: Path):
    """Given a font that ships, then its coverage file says of each character what the font's cmap says."""
    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap()
    fonts = Fonts(FONTS, "th" if "Thai" in path.stem else "en")
    bold = path.stem.endswith("Bold")
    only_here = [chr(code) for code in range(0x20, 0x3100) if (code in cmap) and chr(code) not in "\u00ad\u200b\u200c\u200d"]
    gaps = [letter for letter in "가漢م" if ord(letter) not in cmap]

    assert fonts.missing("".join(only_here), bold=bold) == ""
    assert fonts.missing("".join(gaps), bold=bold) == "".join(gaps)


def test_a_character_that_no_font_has_is_told_before_anything_is_drawn():
    """Given words with a letter of no font at hand, then the line is not drawn and the doubt says why."""
    pixels = page()

    drawn = draw_lines(pixels, text_of(line()), replaced("Free ខ shipping"), Fonts(FONTS, "en"))

    assert drawn.doubts == (("L1", Doubt.NO_GLYPH),)
    assert np.array_equal(drawn.pixels, pixels)


def test_a_letter_of_another_script_comes_from_the_next_font():
    """Given Vietnamese within Thai, then both are drawn, wider than either alone."""
    fonts = Fonts(FONTS, "th")

    assert fonts.missing("ครีม Phố cổ", bold=False) == ""
    assert fonts.measure("ครีม Phố", 40, False).width_px > fonts.measure("ครีม", 40, False).width_px + 60


@pytest.mark.parametrize("align", list(Align))
def test_nothing_changes_outside_of_the_new_words(align: Align):
    """Given a drawn line, then only its box differs, the ink touches the edge that it is held at, and twice gives the same."""
    pixels, fonts = page("#f4f0ec"), Fonts(FONTS, "vi")
    text = text_of(line(align=align, ground_colour="#f4f0ec"))

    first, second = (draw_lines(pixels, text, replaced("Miễn phí"), fonts) for _ in range(2))

    (box,) = first.boxes
    outside = np.ones(pixels.shape[:2], bool)
    outside[box.top_px : box.bottom_px, box.left_px : box.right_px] = False
    ink = np.flatnonzero((first.pixels != pixels).any(axis=(0, 2)))
    assert np.array_equal(first.pixels[outside], pixels[outside])
    assert np.array_equal(first.pixels, second.pixels)
    wanted = {Align.LEFT: (ink[0], 60), Align.RIGHT: (ink[-1] + 1, 260), Align.CENTRE: ((ink[0] + ink[-1] + 1) / 2, 160)}[align]
    assert abs(wanted[0] - wanted[1]) <= 2


@pytest.mark.parametrize(
    ("colour", "ground"), [("#bbbbbb", "#ffffff"), ("#ffffff", "#e65c1e"), ("#303030", "#202020"), ("#141414", "#fafafa")]
)
def test_words_are_readable_on_their_ground(colour: str, ground: str):
    """Given any colours, then the ink has a contrast of 4.5 at least, and a colour that shows already is kept."""
    text = text_of(line(colour=colour, ground_colour=ground))

    drawn = draw_lines(page(ground), text, replaced("FREE"), Fonts(FONTS, "en"))

    far = np.abs(drawn.pixels.astype(int) - np.array(rgb(ground))).sum(axis=-1)
    ink = tuple(int(part) for part in drawn.pixels.reshape(-1, 3)[far.argmax()])
    assert contrast(ink, rgb(ground)) >= 4.5
    assert (ink == rgb(colour)) is (contrast(rgb(colour), rgb(ground)) >= 4.5)
    assert drawn.doubts == ()


def test_ground_from_black_to_white_is_told():
    """Given words across black and white, which no colour shows on, then a person has to look."""
    pixels = page().copy()
    pixels[:, :150] = 0

    drawn = draw_lines(pixels, text_of(line()), replaced("Free shipping"), Fonts(FONTS, "en"))

    assert ("L1", Doubt.LOW_CONTRAST) in drawn.doubts


def test_bold_lines_are_drawn_bold():
    """Given the same words for a bold and a plain line, then the bold one has more ink."""
    ink = [
        int((255 - draw_lines(page(), text_of(line(bold=bold)), replaced("Free"), Fonts(FONTS, "en")).pixels.astype(int)).sum())
        for bold in (False, True)
    ]

    assert ink[1] > 1.2 * ink[0]


def test_words_do_not_run_into_what_is_beside_them():
    """Given a dark product beside a line, then longer words stop short of it, in smaller letters or more rows."""
    pixels = page().copy()
    pixels[:, 330:] = 30

    (box,) = draw_lines(pixels, text_of(line()), replaced("Long-lasting moisture cream"), Fonts(FONTS, "en")).boxes

    assert 250 < box.right_px <= 330


def test_a_tilted_line_is_drawn_at_its_tilt():
    """Given a line that rises by five degrees, then the new ink rises too."""
    text = text_of(line(box=Box(60, 60, 300, 62), tilt_deg=5.0))

    drawn = draw_lines(page(), text, replaced("Lightweight travel"), Fonts(FONTS, "en"))

    rows, columns = np.nonzero((drawn.pixels < 128).all(axis=-1))
    assert np.polyfit(columns, rows, 1)[0] == pytest.approx(-np.tan(np.radians(5)), abs=0.025)
