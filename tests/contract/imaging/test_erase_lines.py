"""Lines taken out of pictures, measured against the same pictures drawn without them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from onestop.adapters.picture_text.erase import erase_lines
from onestop.domain.imaging.text_lines import Box, Doubt, PictureText, TextLine
from tests.support.picture_pages.pages import made_page
from tests.support.picture_truth import psnr_db, true_text

CALM_PAGES = [("panel", 5), ("product", 2)]


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def every_line(text: PictureText) -> set[str]:
    return {line.line_id for line in text.lines}


@pytest.mark.parametrize(("kind", "seed"), CALM_PAGES)
def test_calm_ground_comes_back_and_nothing_else_changes(kind: str, seed: int):
    """Given a page with text on calm ground, when it is erased, then it is 42 dB or closer to the clean page, same elsewhere."""
    page = made_page(kind, seed)
    pixels, text = decoded(page.data), true_text(page, loose_px=2)

    erased = erase_lines(pixels, text, every_line(text))

    assert psnr_db(erased.pixels[erased.mask], np.asarray(page.clean)[erased.mask]) >= 42
    assert np.array_equal(erased.pixels[~erased.mask], pixels[~erased.mask])
    assert erased.mask.mean() < 0.2
    assert {doubt for _, doubt in erased.doubts} <= {Doubt.BUSY_GROUND}
    if page.subject:
        assert not (erased.mask & (np.asarray(page.subject) > 0)).any()


def test_busy_ground_gets_a_plate_and_a_doubt():
    """Given text on wood, when it is erased, then every line lies under one colour and waits for a person."""
    page = made_page("wood", 1)
    text = true_text(page)

    erased = erase_lines(decoded(page.data), text, every_line(text))

    assert dict(erased.doubts) == dict.fromkeys(every_line(text), Doubt.BUSY_GROUND)
    for line in text.lines:
        covered = erased.pixels[line.box.top_px : line.box.bottom_px, line.box.left_px : line.box.right_px]
        assert np.ptp(covered.reshape(-1, 3), axis=0).max() == 0


def test_only_the_named_lines_go():
    """Given a page, when one line is named, then the pixels of all the others stay."""
    page = made_page("product", 2)
    pixels, text = decoded(page.data), true_text(page)

    erased = erase_lines(pixels, text, {"L2"})

    for line in text.lines:
        box = line.box
        inside = np.s_[box.top_px : box.bottom_px, box.left_px : box.right_px]
        assert np.array_equal(erased.pixels[inside], pixels[inside]) is (line.line_id != "L2")


def _on_white(*, product: tuple[int, int, int, int] | None, rule_y: int | None = None) -> tuple[np.ndarray, PictureText]:
    """Three bars as letters, with what else there is."""
    image = Image.new("RGB", (300, 160), "white")
    pen = ImageDraw.Draw(image)
    for left in (60, 84, 108):
        pen.rectangle((left, 60, left + 9, 89), fill=(20, 20, 20))
    if product:
        pen.rectangle(product, fill=(20, 20, 20))
    if rule_y:
        pen.line((0, rule_y, 300, rule_y), fill=(200, 200, 200), width=2)
    line = TextLine(
        line_id="L1", text="가나다", score_pct=99, box=Box(58, 58, 62, 34), colour="#141414", ground_colour="#ffffff", ground="flat"
    )
    return np.asarray(image), PictureText(source_sha256="", width_px=300, height_px=160, engine="", lines=(line,))


def test_a_product_that_touches_the_letters_is_not_erased_silently():
    """Given a dark shape that runs from the letters out of the line, then a person has to look, and the shape outside stays."""
    pixels, text = _on_white(product=(114, 84, 260, 150))

    erased = erase_lines(pixels, text, {"L1"})

    assert ("L1", Doubt.PRODUCT_TOUCHED) in erased.doubts
    assert np.array_equal(erased.pixels[:, 130:], pixels[:, 130:])


def test_a_rule_under_the_letters_stays():
    """Given a thin rule just under a line, when the line is erased, then the rule is whole and nobody need look."""
    pixels, text = _on_white(product=None, rule_y=95)

    erased = erase_lines(pixels, text, {"L1"})

    assert np.array_equal(erased.pixels[94:97], pixels[94:97])
    assert (erased.pixels[:90] == 255).all()
    assert erased.doubts == ()


def test_the_same_picture_is_erased_to_the_same_bytes():
    """Given the same input twice, then the same pixels come out, and the input is as it was."""
    page = made_page("product", 2)
    pixels, text = decoded(page.data), true_text(page)
    before = pixels.copy()

    first, second = (erase_lines(pixels, text, {"L2"}) for _ in range(2))

    assert np.array_equal(first.pixels, second.pixels)
    assert np.array_equal(pixels, before)
