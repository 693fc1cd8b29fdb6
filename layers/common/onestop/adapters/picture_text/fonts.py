"""The faces that draw a locale's text, by Pillow with raqm: which characters they have, how large a text gets, its ink."""

import json
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import ImageDraw, ImageFont, features
from PIL.Image import Image
from PIL.ImageFont import FreeTypeFont

from onestop.adapters.packs import read_pack
from onestop.domain.imaging.layout import WORD_BOUND, Extent

_WHITES_PX = 64
_UNSEEN = {WORD_BOUND, "\u200c", "\u200d", "\u00ad", "\n"}


class _Run(NamedTuple):
    """Text in one face, the white before its first letter and after its last, and how far it moves the pen."""

    text: str
    font: FreeTypeFont
    before_px: float
    after_px: float
    advance_px: float


class Fonts:
    """The fonts of one locale.

    Args:
        folder: where the files and their ``NAME.cover.json`` lie.
        locale: BCP 47, such as ``zh-Hans``.

    Raises:
        RuntimeError: Pillow has no raqm, without which Thai comes out wrong; a fault of the build.
    """

    def __init__(self, folder: Path, locale: str) -> None:
        if not features.check("raqm"):
            raise RuntimeError("Pillow was built without raqm: text would be shaped wrongly")
        pack = read_pack("imaging/fonts.json")
        families = [pack["families"][name] for name in pack["locales"].get(locale, pack["locales"]["*"])]
        self._locale = locale
        self._faces = {
            bold: [path for family in families if (path := folder / family["bold" if bold else "regular"]).exists()]
            for bold in (False, True)
        }
        self.measure = lru_cache(maxsize=4096)(self._measure)

    def missing(self, text: str, *, bold: bool) -> str:
        """The characters that no face has, each once; to be asked before anything is drawn."""
        return "".join(dict.fromkeys(letter for letter in text if letter not in _UNSEEN and not self._face_of(letter, bold)))

    def draw(self, mask: Image, text: str, left_px: float, baseline_px: float, size_px: int, *, bold: bool) -> None:
        """Draw a row on a mask of mode L, its ink starting at ``left_px``."""
        pen, at = ImageDraw.Draw(mask), float(left_px)
        for run in self._runs(text, size_px, bold):
            at -= run.before_px
            pen.text((at, baseline_px), run.text, 255, run.font, anchor="ls", language=self._locale)
            at += run.advance_px

    def _measure(self, text: str, size_px: int, bold: bool) -> Extent:
        at = right = above = below = 0.0
        for run in self._runs(text, size_px, bold):
            at -= run.before_px
            ink = run.font.getbbox(run.text, anchor="ls", language=self._locale)
            right, above, below = at + run.advance_px - run.after_px, max(above, -ink[1]), max(below, ink[3])
            at += run.advance_px
        return Extent(right, above, below)

    def _runs(self, text: str, size_px: int, bold: bool) -> list[_Run]:
        """The text in pieces of one face each; the first one starts at its ink."""
        pieces: list[tuple[Path, str]] = []
        for letter in text:
            if letter in _UNSEEN:
                continue
            face = self._face_of(letter, bold) or self._faces[bold][0]
            if pieces and (pieces[-1][0] == face or (letter == " " and _has(pieces[-1][0], letter))):
                pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
            else:
                pieces.append((face, letter))
        return [_run(face, piece, size_px, self._locale, first=not at) for at, (face, piece) in enumerate(pieces)]

    def _face_of(self, letter: str, bold: bool) -> Path | None:
        return next((face for face in self._faces[bold] if _has(face, letter)), None)


def _run(face: Path, text: str, size_px: int, locale: str, *, first: bool) -> _Run:
    font = _font(face, size_px)
    scale = size_px / _WHITES_PX
    before = scale * _whites(face, text[0])[0] if first else 0.0
    # A mark stands over the letter before it, so its own white says nothing.
    after = 0.0 if unicodedata.category(text[-1]) == "Mn" else scale * _whites(face, text[-1])[1]
    return _Run(text, font, before, after, font.getlength(text, language=locale))


@lru_cache(maxsize=4096)
def _whites(face: Path, letter: str) -> tuple[float, float]:
    """The white left and right of a letter's ink within its width; Pillow's own box of a text starts at the pen, not at the ink."""
    font = _font(face, _WHITES_PX)
    mask, offset = font.getmask2(letter, mode="L", anchor="ls")
    ink = mask.getbbox()
    if not ink:
        return 0.0, 0.0
    return float(offset[0] + ink[0]), font.getlength(letter) - offset[0] - ink[2]


@lru_cache(maxsize=256)
def _font(face: Path, size_px: int) -> FreeTypeFont:
    return ImageFont.truetype(str(face), size_px, layout_engine=ImageFont.Layout.RAQM)


@cache
def _starts_and_ends(face: Path) -> tuple[list[int], list[int]]:
    ranges = json.loads(face.with_suffix(".cover.json").read_text("utf-8"))
    return [first for first, _ in ranges], [last for _, last in ranges]


def _has(face: Path, letter: str) -> bool:
    starts, ends = _starts_and_ends(face)
    at = bisect_right(starts, ord(letter)) - 1
    return at >= 0 and ord(letter) <= ends[at]
