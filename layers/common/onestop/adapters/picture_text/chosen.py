"""The engines by which the Korean in pictures is read and replaced, as the stack's parameters name them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.adapters.packs import read_pack
from onestop.adapters.pictures import VipsPictures, libvips
from onestop.domain.imaging.gate import GateRules
from onestop.domain.imaging.text_lines import PictureText

if TYPE_CHECKING:
    from onestop.adapters.picture_text.reader import PictureReader
    from onestop.adapters.picture_text.redraw import PictureRedrawer


class NoReader:
    """Finds no text in any picture, so that every one goes out as the seller made it."""

    engine = "none"

    def read(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureText:  # noqa: ARG002  # the port's names
        """No text."""
        return PictureText(source_sha256="", width_px=0, height_px=0, engine=self.engine)


@cache
def reader_named(name: str, *, assets: str) -> PictureReader | NoReader:
    """The reader of this name: ``none`` or ``tesseract``.

    Args:
        assets: the folder with ``tessdata/`` and ``fonts/``.

    Raises:
        ValueError: no such reader.

    Example:
        >>> reader_named("none", assets="").engine
        'none'
    """
    if name == "none":
        return NoReader()
    if name != "tesseract":
        raise ValueError(f"{name!r} reads no pictures")
    # Native libraries, and data of seven megabytes: loaded by the first picture that needs them.
    from onestop.adapters.picture_text.detector import ContrastDetector
    from onestop.adapters.picture_text.letter_net import WEIGHTS, LetterNet
    from onestop.adapters.picture_text.pair import PairRecognizer
    from onestop.adapters.picture_text.reader import PictureReader
    from onestop.adapters.picture_text.recogniser import Tesseract

    both = PairRecognizer(Tesseract(Path(assets) / "tessdata"), LetterNet(WEIGHTS))
    return PictureReader(VipsPictures(), ContrastDetector(libvips()), both)


@cache
def redrawer(assets: str) -> PictureRedrawer:
    """The one that erases and draws, with the fonts of ``assets``."""
    from onestop.adapters.picture_text.redraw import PictureRedrawer

    return PictureRedrawer(VipsPictures(), Path(assets) / "fonts")


@cache
def gate_rules() -> GateRules:
    """When a redrawn picture goes out by itself (``imaging/gates.json``)."""
    return GateRules.model_validate({name: value for name, value in read_pack("imaging/gates.json").items() if name != "provenance"})
