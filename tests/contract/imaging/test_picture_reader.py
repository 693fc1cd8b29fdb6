"""The reader finds the Korean of a picture, where it stands and how it looks; hostile files give a code and nothing else."""

import io

import numpy as np
import pytest
import pyvips
from PIL import Image

from onestop.adapters.picture_text.components import regions
from onestop.adapters.picture_text.reader import PictureReader
from onestop.domain.errors import PermanentError
from onestop.domain.imaging.text_lines import Align, Ground, PictureText
from tests.eval_images.reading import compared, reader
from tests.support.picture_pages import grounds
from tests.support.picture_pages.canvas import Canvas, Page
from tests.support.picture_pages.pages import made_page


@pytest.fixture(scope="module")
def read_by() -> PictureReader:
    """One reader for all: its engines take a moment to load."""
    return reader()


@pytest.fixture(scope="module")
def page() -> Page:
    """A small page: a headline and a feature on white, a badge, a panel with two lines, a phone number."""
    canvas = Canvas(grounds.flat(620, 400, (255, 255, 255)))
    canvas.write("매일 입고 싶은 티셔츠", 310, 24, "NanumGothic-Bold", 44, (20, 20, 20), anchor="ma")
    canvas.write("어떤 옷에도 잘 어울리는 색상", 310, 100, "NanumGothic-Regular", 26, (60, 60, 60), anchor="ma")
    canvas.shape("rounded_rectangle", (30, 160, 200, 220), radius=30, fill=(214, 40, 57))
    canvas.write("무료배송", 115, 190, "NanumGothic-Bold", 30, (255, 255, 255), anchor="mm")
    canvas.shape("rectangle", (0, 250, 620, 400), fill=(20, 42, 74))
    canvas.write("완전 방수 설계", 40, 270, "NanumGothic-Bold", 36, (255, 255, 255))
    canvas.write("고객센터 안내", 40, 340, "NanumGothic-Regular", 28, (240, 236, 220))
    canvas.write("02-1234-5678", 380, 340, "NanumGothic-Regular", 28, (240, 236, 220))
    return canvas.page("small", 0, 87)


@pytest.fixture(scope="module")
def text(read_by: PictureReader, page: Page) -> PictureText:
    """What is read on it."""
    return read_by.read(page.data)


def test_every_line_is_found_and_read(page: Page, text: PictureText):
    """In reading order, letter by letter, with boxes to a pixel or two; the phone number stays out, and is not unread either."""
    found = list(compared(page.lines, text))

    assert [line.text for line in text.lines] == [line.text for line in page.lines if line.korean]
    assert [line.line_id for line in text.lines] == ["L1", "L2", "L3", "L4", "L5"]
    assert all(line.overlap > 0.85 for line in found)
    assert text.unread == ()


def test_looks_are_those_that_the_lines_were_drawn_with(page: Page, text: PictureText):
    """Colours within what JPEG changes, weight, ground and alignment."""
    drawn = [line for line in page.lines if line.korean]

    assert all(_apart(line.colour, true.colour) <= 24 for line, true in zip(text.lines, drawn, strict=True))
    assert [line.bold for line in text.lines] == ["Bold" in line.font for line in drawn]
    assert {line.ground for line in text.lines} == {Ground.FLAT}
    assert _apart(text.lines[2].ground_colour, (214, 40, 57)) <= 8
    assert [line.align for line in text.lines[:2]] == [Align.CENTRE, Align.CENTRE]


def test_the_same_bytes_give_the_same_text(page: Page, text: PictureText):
    """By another reader, too."""
    assert reader().read(page.data) == text


def test_what_looks_like_writing_but_cannot_be_read_is_told(read_by: PictureReader):
    """A row of crossed strokes, as tall and as near to each other as letters."""
    canvas = Canvas(grounds.flat(500, 120, (255, 255, 255)))
    for at in range(9):
        x = 40 + at * 46
        canvas.shape("line", (x, 40, x + 34, 80), fill=(0, 0, 0), width=4)
        canvas.shape("line", (x, 78 - at, x + 34, 42 + at), fill=(0, 0, 0), width=4)
        canvas.shape("line", (x + 17 + at % 3, 36, x + 17, 84), fill=(0, 0, 0), width=3)
    text = read_by.read(canvas.page("scrawl", 0, 90).data)

    assert text.lines == ()
    assert len(text.unread) == 1


def test_a_product_without_text_has_none(read_by: PictureReader):
    """A bottle with its label drawn on it is neither a line nor a row that somebody should have read."""
    text = read_by.read(made_page("no_text", 1).data)

    assert (text.lines, text.unread) == ((), ())


def test_pictures_lie_upright_before_they_are_read(read_by: PictureReader, page: Page, text: PictureText):
    """A page that the camera stored on its side, as EXIF says, has its lines where a viewer sees them."""
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    page.drawn.transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", quality=90, exif=exif)
    turned = read_by.read(buffer.getvalue())

    assert (turned.width_px, turned.height_px) == page.drawn.size
    assert [line.text for line in turned.lines] == [line.text for line in text.lines]


def _apart(colour: str, expected: tuple[int, int, int]) -> int:
    return max(abs(int(colour[at : at + 2], 16) - expected[at // 2]) for at in (1, 3, 5))


HOSTILE = {
    "PICTURE_NOT_AN_IMAGE": b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'><text>x</text></svg>",
    "PICTURE_DAMAGED": made_page("no_text", 1).data[:9000],
    "PICTURE_TOO_LARGE": pyvips.Image.black(20_001, 3).pngsave_buffer(),
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_files_are_refused_with_their_code(read_by: PictureReader, code: str):
    """An SVG, a picture cut short, one with a side of 20,001 pixels."""
    with pytest.raises(PermanentError) as caught:
        read_by.read(HOSTILE[code], ref="a.jpg", cell="M2")

    assert [(finding.code, finding.cell) for finding in caught.value.findings] == [(code, "M2")]


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (7, 5), (900, 3)])
def test_tiny_pictures_have_no_text(read_by: PictureReader, size: tuple[int, int]):
    """Smaller than any letter, or than the surroundings that contrast is measured in."""
    text = read_by.read(pyvips.Image.black(*size).pngsave_buffer())

    assert (text.width_px, text.height_px, text.lines, text.unread) == (*size, (), ())


def test_regions_are_those_of_a_flood_fill():
    """On noise, a spiral and a comb: as many pieces with the same boxes and areas as found by walking from pixel to pixel."""
    comb = np.zeros((9, 21), bool)
    comb[0], comb[:, ::2] = True, True
    spiral = np.array([[1, 1, 1, 1, 1], [0, 0, 0, 0, 1], [1, 1, 1, 0, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]], bool)
    dice = np.random.default_rng(5)

    for mask in [comb, spiral, comb.T, np.zeros((4, 4), bool), *(dice.random((23, 31)) < share for share in (0.2, 0.4, 0.6))]:
        found = regions(mask)
        pieces = zip(found.left, found.top, found.right, found.bottom, found.area, strict=True)
        assert sorted(tuple(map(int, piece)) for piece in pieces) == sorted(_flooded(mask))


def _flooded(mask: np.ndarray) -> list[tuple[int, int, int, int, int]]:
    left, pieces = {tuple(map(int, place)) for place in np.argwhere(mask)}, []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            row, column = edge.pop()
            piece.add((row, column))
            near = {(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & left
            left -= near
            edge += near
        rows, columns = [row for row, _ in piece], [column for _, column in piece]
        pieces.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1, len(piece)))
    return pieces
