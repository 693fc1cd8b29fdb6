"""The network that sees letters, with the weights that ship, in fonts that it was not trained on."""

import hashlib

import numpy as np
import pytest
from PIL import Image, ImageDraw

from onestop.adapters.packs import read_pack
from onestop.adapters.picture_text.letter_net import WEIGHTS, LetterNet
from onestop.domain.imaging.reading import Crop
from onestop.domain.imaging.text_lines import Box
from tests.support.picture_pages.canvas import font_at


@pytest.fixture(scope="module")
def net() -> LetterNet:
    """As the function has it."""
    return LetterNet(WEIGHTS)


def crop(text: str, font: str, size_px: int, ink: int = 20, ground: int = 240) -> Crop:
    """A line as the detector cuts it out, somewhere in a picture."""
    letters = font_at(font, size_px)
    image = Image.new("L", (round(letters.getlength(text)) + 2 * size_px, 3 * size_px), ground)
    ImageDraw.Draw(image).text((size_px, size_px), text, ink, letters)
    left, top, right, bottom = letters.getbbox(text)
    around = round(0.2 * (bottom - top)) + 2
    cut = (size_px + left - around, size_px + top - around, size_px + right + around, size_px + bottom + around)
    piece = image.crop(tuple(map(int, cut)))
    return Crop(piece.width, piece.height, piece.tobytes(), Box(100, 50, piece.width, piece.height))


def test_the_weights_are_those_that_their_provenance_tells_of():
    """By their SHA-256."""
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == read_pack("imaging/letter_net.json")["sha256"]


@pytest.mark.parametrize("size_px", [18, 30, 64])
@pytest.mark.parametrize("text", ["어떤 옷에도 잘 어울리는 색상", "강력한 흡입력 무선 청소기", "수분 크림 50ml"])
def test_letters_are_seen_from_left_to_right(net: LetterNet, text: str, size_px: int):
    """In small and large print, dark or pale; each stands where it was drawn, to a third of its width."""
    font = "NanumGothic-Bold"
    glyphs = net.glyphs(crop(text, font, size_px))
    pale = net.glyphs(crop(text, font, size_px, ink=170))

    bare = "".join(text.split())
    assert "".join(glyph.text for glyph in glyphs) == "".join(glyph.text for glyph in pale) == bare
    drawn = [font_at(font, size_px).getlength(text[: at + 1]) for at, letter in enumerate(text) if letter != " "]
    seen = [glyph.box.left_px + glyph.box.width_px / 2 for glyph in glyphs]
    offsets = [middle - end for middle, end in zip(seen[1:-1], drawn[1:-1], strict=True)]
    assert max(offsets) - min(offsets) < 0.7 * size_px


def test_chances_are_shares(net: LetterNet):
    """None above 1, and together no more than all, for each letter of a line."""
    for glyph in net.glyphs(crop("끓는 물에 3분이면 완성", "DoHyeon-Regular", 28)):
        assert 0 < sum(glyph.chances.values()) <= 1.0001
        assert glyph.chances[glyph.text] == max(glyph.chances.values())


@pytest.mark.parametrize("size", [(1, 1), (2, 90), (90, 2), (9, 9), (3000, 12)])
def test_crops_of_any_size_are_looked_at(net: LetterNet, size: tuple[int, int]):
    """Smaller than a letter, or longer than any line; plain ground has no letters."""
    blank = Crop(*size, np.full(size, 200, np.uint8).tobytes(), Box(0, 0, *size))

    assert net.glyphs(blank) == []


def test_the_same_crop_gives_the_same_letters(net: LetterNet):
    """By another copy of the network, too."""
    line = crop("매일 입고 싶은 티셔츠", "GowunDodum-Regular", 24)

    assert net.glyphs(line) == LetterNet(WEIGHTS).glyphs(line)
    assert net.version == LetterNet(WEIGHTS).version
