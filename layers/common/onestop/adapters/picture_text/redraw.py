"""A picture with its Korean erased and the market's language in its place: erased once, drawn for every language."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from onestop.adapters.picture_text.card import CardError, draw_card
from onestop.adapters.picture_text.draw import draw_lines
from onestop.adapters.picture_text.erase import erase_lines
from onestop.adapters.picture_text.fonts import Fonts
from onestop.adapters.picture_text.ground import Pixels, part
from onestop.adapters.picture_text.marked import marked
from onestop.adapters.pictures import VipsPictures
from onestop.domain.imaging.plan import Encoded
from onestop.domain.imaging.text_lines import Box, Doubt, LineAction, LineWording, PictureText, Redrawn

Doubts = tuple[tuple[str, Doubt], ...]

RULES = 1
"""Raise it when erasing or drawing changes, and every picture is redrawn."""


class ErasedPicture(NamedTuple):
    """A picture without its touched lines, a lossless file; it depends on the picture and on which lines go, on no language."""

    picture: Encoded
    doubts: Doubts


class DrawnPicture(NamedTuple):
    """A picture with new words, a lossless file."""

    picture: Encoded
    doubts: Doubts


class PictureRedrawer:
    """Erases and draws; the same bytes in give the same bytes out.

    Args:
        pictures: decodes the files.
        fonts_folder: where the font files and their coverage lie, ``fonts/`` of ``local.imaging_assets``.
    """

    def __init__(self, pictures: VipsPictures, fonts_folder: Path) -> None:
        self._pictures = pictures
        self._folder = fonts_folder
        self._fonts: dict[str, Fonts] = {}

    @property
    def engine(self) -> str:
        """What draws, so that a stored picture tells whether it would be drawn otherwise now."""
        return f"redraw/{RULES}"

    def redraw(self, data: bytes, text: PictureText, wordings: Sequence[LineWording], locale: str) -> Redrawn:
        """The picture erased and drawn anew, with every doubt found on the way.

        Args:
            data: the seller's file.
            text: what was read in it.
            wordings: what becomes of each line; a line without one is kept.
            locale: BCP 47, of the new words.

        Raises:
            PermanentError: PICTURE_NOT_AN_IMAGE, PICTURE_TOO_LARGE, PICTURE_DAMAGED, as ``VipsPictures``.
        """
        erased = self.erase(data, text, wordings)
        drawn = self.draw(erased.picture, text, wordings, locale)
        return Redrawn(erased.picture, drawn.picture, (*erased.doubts, *drawn.doubts))

    def erase(self, data: bytes, text: PictureText, wordings: Sequence[LineWording]) -> ErasedPicture:
        """The picture without the lines that are replaced or removed. Raises as ``redraw``."""
        pixels = self._pictures.pixels(data)
        erased = erase_lines(pixels, text, touched(wordings))
        same = np.array_equal(pixels, np.where(erased.mask[..., None], pixels, erased.pixels))
        return ErasedPicture(_lossless(erased.pixels), (*erased.doubts, *_changed(same)))

    def draw(self, erased: Encoded, text: PictureText, wordings: Sequence[LineWording], locale: str) -> DrawnPicture:
        """The new words on an erased picture: all that one more language costs.

        Raises:
            PermanentError: as ``redraw``, when ``erased`` is no file that ``erase`` made.
        """
        fonts = self._fonts.setdefault(locale, Fonts(self._folder, locale))
        pixels = self._pictures.pixels(erased.data)
        drawn = draw_lines(pixels, text, wordings, fonts)
        outside = drawn.pixels.copy()
        for box in drawn.boxes:
            part(outside, box)[:] = part(pixels, box)
        same = np.array_equal(pixels, outside)
        return DrawnPicture(_lossless(drawn.pixels), (*drawn.doubts, *_changed(same)))

    def card(self, title: str, rows: Sequence[tuple[str, str]], locale: str) -> Encoded | None:
        """A picture of the rows; see ``draw_card``. None where a character has no glyph, or there is too much of them."""
        try:
            return draw_card(title, rows, None, locale, self._folder)
        except CardError:
            return None

    def marked(self, data: bytes, boxes: Sequence[tuple[str, Box]]) -> bytes:
        """The picture with numbered frames, a JPEG; see ``onestop.adapters.picture_text.marked``."""
        return marked(data, boxes, self._folder)


def touched(wordings: Sequence[LineWording]) -> frozenset[str]:
    """The lines that go, by their ids: pictures with the same ones share one erased picture.

    Example:
        >>> sorted(touched([LineWording(line_id="L1", action="keep"), LineWording(line_id="L2", action="remove")]))
        ['L2']
    """
    return frozenset(wording.line_id for wording in wordings if wording.action is not LineAction.KEEP)


def _changed(same: bool) -> Doubts:
    return () if same else (("", Doubt.OUTSIDE_CHANGED),)


def _lossless(pixels: Pixels) -> Encoded:
    buffer = BytesIO()
    # The picture is read again once per language and then thrown away, so speed counts for more than size.
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return Encoded(buffer.getvalue(), pixels.shape[1], pixels.shape[0])
