"""A spec card: a clean picture of a product's facts, for when the table in the seller's own picture cannot be trusted."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from onestop.adapters.picture_text.fonts import Fonts
from onestop.domain.imaging.layout import MAX_ROWS, Extent, broken
from onestop.domain.imaging.plan import Encoded
from onestop.domain.imaging.text_lines import Doubt

SIDE_PX = 1600
_MARGIN_PX = 110
_TITLE_PX, _BODY_PX, _LEAST_PX, _STEP_PX = 64, 42, 24, 6
_LABEL_SHARE = 0.34
_INK, _LABEL, _RULE, _BAND, _ACCENT = (28, 28, 32), (96, 98, 106), (222, 224, 230), (244, 245, 248), (34, 84, 160)
_LEADING = 1.3
_PADDING = 0.5


class CardError(Exception):
    """The card cannot be drawn: NO_GLYPH when no font has a character, OVERFLOW when it holds more than a page can show."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


class SizeTable(NamedTuple):
    """A table of sizes: a heading over each column, then the rows, each as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class _Cell(NamedTuple):
    """Text in a column: where it starts, how wide the column is, how it looks."""

    text: str
    left_px: int
    width_px: int
    bold: bool
    colour: tuple[int, int, int]


class _Strip(NamedTuple):
    """A row across the card: its cells, its ground, and whether a rule closes it."""

    cells: tuple[_Cell, ...]
    ground: tuple[int, int, int] | None


def draw_card(title: str, rows: Sequence[tuple[str, str]], table: SizeTable | None, locale: str, fonts_folder: Path) -> Encoded:
    """A square white picture of 1600 pixels with the title, the (label, value) rows and the table of sizes; a lossless file.

    All of it is in the language of the market already; numbers stand as they are given. The text gets smaller until everything
    fits, down to what a buyer can still read on a telephone.

    Args:
        title: one line or two.
        rows: the product's facts, in order.
        table: sizes, if it has any.
        locale: BCP 47, which chooses the font.
        fonts_folder: where the font files and their coverage lie.

    Raises:
        CardError: NO_GLYPH, OVERFLOW.
    """
    fonts = Fonts(fonts_folder, locale)
    words = [title, *(text for row in rows for text in row), *(_words_of(table) if table else ())]
    if any(fonts.missing(text, bold=bold) for text in words for bold in (False, True)):
        raise CardError(Doubt.NO_GLYPH)
    for body_px in range(_BODY_PX, _LEAST_PX - 1, -_STEP_PX):
        image = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
        if _drawn(image, title, [*_facts(rows), *(_sizes(table) if table else ())], body_px, fonts):
            buffer = BytesIO()
            image.save(buffer, "PNG", compress_level=6)
            return Encoded(buffer.getvalue(), SIDE_PX, SIDE_PX)
    raise CardError(Doubt.OVERFLOW)


def _words_of(table: SizeTable) -> list[str]:
    return [*table.headings, *(text for row in table.rows for text in row)]


def _facts(rows: Sequence[tuple[str, str]]) -> list[_Strip | None]:
    width = SIDE_PX - 2 * _MARGIN_PX
    label = round(_LABEL_SHARE * width)
    return [
        _Strip((_Cell(name, _MARGIN_PX, label - 30, False, _LABEL), _Cell(value, _MARGIN_PX + label, width - label, False, _INK)), None)
        for name, value in rows
    ]


def _sizes(table: SizeTable) -> list[_Strip | None]:
    """A gap, the headings on a band, the rows; the first column is the name of the size."""
    each = (SIDE_PX - 2 * _MARGIN_PX) // max(1, len(table.headings))

    def strip(texts: Sequence[str], bold: bool) -> tuple[_Cell, ...]:
        return tuple(_Cell(text, _MARGIN_PX + at * each + 20, each - 40, bold or not at, _INK) for at, text in enumerate(texts))

    return [None, _Strip(strip(table.headings, True), _BAND), *(_Strip(strip(row, False), None) for row in table.rows)]


def _drawn(image: Image.Image, title: str, strips: Sequence[_Strip | None], body_px: int, fonts: Fonts) -> bool:
    """Whether everything fitted at that size."""
    pen, size = ImageDraw.Draw(image), round(_TITLE_PX * body_px / _BODY_PX)
    heading = _Strip((_Cell(title, _MARGIN_PX, SIDE_PX - 2 * _MARGIN_PX, True, _INK),), None)
    top = _strip_drawn(image, heading, _MARGIN_PX - size // 2, size, fonts)
    if top is None:
        return False
    pen.rectangle((_MARGIN_PX, top, _MARGIN_PX + 120, top + 7), fill=_ACCENT)
    top += body_px
    for strip in strips:
        if strip is None:
            top += body_px
            continue
        bottom = _strip_drawn(image, strip, top, body_px, fonts)
        if bottom is None or bottom > SIDE_PX - _MARGIN_PX:
            return False
        pen.line((_MARGIN_PX, bottom, SIDE_PX - _MARGIN_PX, bottom), fill=_RULE, width=2)
        top = bottom + 1
    return True


def _strip_drawn(image: Image.Image, strip: _Strip, top: int, size_px: int, fonts: Fonts) -> int | None:
    """Where the row ends; None when a cell's text does not fit into its column."""
    wrapped = [_wrapped(cell, size_px, fonts) for cell in strip.cells]
    if not all(wrapped):
        return None
    leading = round(_LEADING * size_px)
    height = max(len(rows) for rows in wrapped) * leading + round(2 * _PADDING * size_px)
    pen = ImageDraw.Draw(image)
    if strip.ground:
        pen.rectangle((_MARGIN_PX, top, SIDE_PX - _MARGIN_PX, top + height), fill=strip.ground)
    for cell, rows in zip(strip.cells, wrapped, strict=True):
        layer = Image.new("L", (cell.width_px + size_px, height))
        for at, row in enumerate(rows):
            fonts.draw(layer, row, 0, round(_PADDING * size_px + 0.98 * size_px) + at * leading, size_px, bold=cell.bold)
        image.paste(cell.colour, (cell.left_px, top), layer)
    return top + height


def _wrapped(cell: _Cell, size_px: int, fonts: Fonts) -> tuple[str, ...]:
    """The text in as few rows as its column allows; nothing when three are not enough."""

    def width(text: str) -> float:
        extent: Extent = fonts.measure(text, size_px, cell.bold)
        return extent.width_px

    for count in range(1, MAX_ROWS + 1):
        rows = broken(cell.text, count, width)
        if rows and max(width(row) for row in rows) <= cell.width_px:
            return rows
    return ()
