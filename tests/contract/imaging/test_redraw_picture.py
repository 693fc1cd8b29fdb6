"""A seller's file in, two finished files out: erased once, drawn for each language; and cards and marks for people."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from onestop.adapters.picture_text.card import CardError, SizeTable, draw_card
from onestop.adapters.picture_text.marked import marked
from onestop.adapters.picture_text.redraw import PictureRedrawer, touched
from onestop.adapters.pictures import VipsPictures
from onestop.domain.errors import PermanentError
from onestop.domain.imaging.text_lines import Box, Doubt, LineAction, LineWording
from tests.support.picture_pages.pages import made_page
from tests.support.picture_truth import true_text
from tests.support.picture_wordings import wordings

FONTS = Path(__file__).parents[3] / ".cache/imaging/fonts"


def redrawer() -> PictureRedrawer:
    return PictureRedrawer(VipsPictures(), FONTS)


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def test_a_picture_is_erased_once_and_drawn_in_every_language():
    """Given a calm page, when it is redrawn twice and in another language, then the erased file is the same, the drawn one not."""
    page = made_page("product", 2)
    text = true_text(page, loose_px=2)
    english, again = (redrawer().redraw(page.data, text, wordings(text, "en"), "en") for _ in range(2))
    thai = redrawer().draw(english.erased, text, wordings(text, "th"), "th")

    assert english == again
    assert touched(wordings(text, "en")) == touched(wordings(text, "th"))
    assert english.drawn != thai.picture
    assert english.doubts == thai.doubts == ()
    assert pixels(english.drawn.data).shape == (text.height_px, text.width_px, 3)


def test_lines_that_are_kept_stay_and_lines_that_are_removed_go():
    """Given one line kept and one removed, then the kept one's pixels are the seller's, and nothing is drawn for the other."""
    page = made_page("product", 2)
    text = true_text(page)
    kept, removed, *_ = text.lines
    done = redrawer().redraw(page.data, text, [LineWording(line_id=removed.line_id, action=LineAction.REMOVE)], "en")

    assert done.erased.data == done.drawn.data
    for line, same in ((kept, True), (removed, False)):
        inside = np.s_[line.box.top_px : line.box.bottom_px, line.box.left_px : line.box.right_px]
        assert np.array_equal(pixels(done.drawn.data)[inside], pixels(page.data)[inside]) is same


def test_a_broken_file_is_told_as_everywhere():
    """Given bytes that are no picture, then the finding is the one of every other door."""
    page = made_page("product", 2)
    with pytest.raises(PermanentError) as told:
        redrawer().redraw(b"<svg/>", true_text(page), [], "en")

    assert told.value.findings[0].code == "PICTURE_NOT_AN_IMAGE"


def test_doubtful_places_are_framed_and_numbered():
    """Given a box, then the marked picture is a JPEG of at most 1200 pixels that differs around the box and little elsewhere."""
    page = made_page("product", 2)
    shown = Image.open(BytesIO(marked(page.data, [("3", Box(300, 300, 200, 60))], FONTS)))
    plain = Image.open(BytesIO(marked(page.data, [], FONTS)))

    changed = np.abs(np.asarray(shown, int) - np.asarray(plain, int)).max(axis=-1) > 60
    rows, columns = np.nonzero(changed)
    assert shown.format == "JPEG"
    assert shown.size == (1200, 628)
    assert (columns.min(), columns.max()) == (pytest.approx(300, abs=8), pytest.approx(500, abs=8))
    assert rows.min() > 260


SIZES = SizeTable(("Size", "Chest (cm)"), (("S", "100"), ("M", "104")))


def test_a_card_is_a_white_square_with_its_margins_free():
    """Given facts and sizes, then the card is 1600 pixels square, white at its borders, the same every time."""
    first, second = (draw_card("T-shirt", [("Material", "100% cotton")], SIZES, "en", FONTS) for _ in range(2))

    card = pixels(first.data)
    assert first == second
    assert card.shape == (1600, 1600, 3)
    assert (card[:60] == 255).all()
    assert (card[:, :100] == 255).all()
    assert (card[:, 1500:] == 255).all()
    assert (card < 60).all(axis=-1).sum() > 2000


def test_a_card_makes_its_text_smaller_before_it_gives_up():
    """Given ever more rows, then they still fit for a while, and at last the card says that it cannot hold them."""
    rows = [("Country of origin", "South Korea")] * 20

    assert draw_card("T-shirt", rows, None, "en", FONTS).height_px == 1600
    with pytest.raises(CardError) as told:
        draw_card("T-shirt", rows * 3, None, "en", FONTS)
    assert told.value.doubt is Doubt.OVERFLOW


def test_a_card_says_when_no_font_has_a_letter():
    """Given a letter of a script without a font, then no card is drawn."""
    with pytest.raises(CardError) as told:
        draw_card("T-shirt", [("Material", "ខ្មែរ")], None, "en", FONTS)
    assert told.value.doubt is Doubt.NO_GLYPH
