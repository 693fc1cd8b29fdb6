"""Tesseract reads one line at a time, in several attempts.

It gets raw pixels only: the decoders bundled with it are old, so no file ever reaches them.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
from PIL import Image

from onestop.domain.imaging.reading import Crop, Word
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.voting import Attempt

LANGUAGES = ("kor+eng", "kor")
"""The first reads mixed lines, the second does not take Hangul for Latin."""


SIZES = ((48, 1.0), (40, 1.3), (56, 1.3))
"""Height of a crop in pixels, and how much wider it is made: attempts in different sizes err in different places."""
BORDER_PX = 12


class Tesseract:
    """Reads crops that hold one line.

    Args:
        tessdata: the folder with ``kor.traineddata`` and ``eng.traineddata``.
    """

    def __init__(self, tessdata: Path) -> None:
        self._tessdata = tessdata
        self._threads = threading.local()

    @property
    def engine(self) -> str:
        """What reads, with its version."""
        return f"tesseract-{_tesserocr().PyTessBaseAPI.Version()}/{LANGUAGES[0]}"

    def attempts(self, views: Sequence[Crop]) -> Iterator[list[Attempt]]:
        """What is read in the crops of one line, a few attempts at a time, so that nobody waits for more of them than are needed."""
        for wave in _waves(views):
            yield [self._attempt(crop, languages) for crop in wave for languages in LANGUAGES]

    def _attempt(self, crop: Crop, languages: str) -> Attempt:
        api = self._api(languages)
        api.SetImageBytes(crop.grey, crop.width_px, crop.height_px, 1, crop.width_px)
        api.Recognize()
        words = tuple(_words(api, crop))
        api.Clear()
        return words

    def _api(self, languages: str) -> Any:
        """One engine a thread and language: engines hold the picture that they read."""
        engines = self._threads.__dict__.setdefault("engines", {})
        if languages not in engines:
            library = _tesserocr()
            engine = library.PyTessBaseAPI(
                path=str(self._tessdata), lang=languages, psm=library.PSM.SINGLE_LINE, oem=library.OEM.LSTM_ONLY
            )  # fmt: skip
            # Crops come with dark ink; trying them the other way round too would double the time of every unsure one.
            engine.SetVariable("invert_threshold", "0")
            engines[languages] = engine
        return engines[languages]


def _tesserocr() -> Any:
    """The library, on one thread: more of them take longer on lines this short."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    return tesserocr


def _words(api: Any, crop: Crop) -> Iterator[Word]:
    """The words in pieces, as the recogniser took them apart; only the text as a whole tells where the spaces are."""
    tokens = normalize("NFC", api.GetUTF8Text()).split()
    starts = set(accumulate((len(token) for token in tokens), initial=0))
    level, at = _tesserocr().RIL.WORD, 0
    for piece in _tesserocr().iterate_level(api.GetIterator(), level):
        text = "" if piece.Empty(level) else "".join(normalize("NFC", piece.GetUTF8Text(level)).split())
        if text:
            yield Word(text, piece.Confidence(level), _in_picture(piece.BoundingBox(level), crop), glued=at not in starts)
            at += len(text)


def _in_picture(corners: tuple[int, int, int, int], crop: Crop) -> Box:
    """A word's place in the picture, from its corners in the crop; these may lie in the crop's border, which shows nothing."""
    place = crop.place
    across, down = place.width_px / (crop.width_px - 2 * BORDER_PX), place.height_px / (crop.height_px - 2 * BORDER_PX)
    inside = (crop.width_px - 2 * BORDER_PX, crop.height_px - 2 * BORDER_PX) * 2
    left, top, right, bottom = (min(max(edge - BORDER_PX, 0), end) for edge, end in zip(corners, inside, strict=True))
    box = Box(round(left * across), round(top * down), max(1, round((right - left) * across)), max(1, round((bottom - top) * down)))
    return Box(place.left_px + box.left_px, place.top_px + box.top_px, box.width_px, box.height_px)


def _waves(views: Sequence[Crop]) -> Iterator[list[Crop]]:
    """Crops to try together: the first view in two sizes, then the others in both, then the first once more a size larger."""
    yield [_sized(views[0], *SIZES[0])]
    yield [_sized(views[0], *SIZES[1])]
    if len(views) > 1:
        yield [_sized(view, *size) for view in views[1:] for size in SIZES[:2]]
    yield [_sized(views[0], *SIZES[2])]


def _sized(crop: Crop, height_px: int, stretch: float) -> Crop:
    """The crop in a line height that the recogniser was trained on, with a border that carries its edge on."""
    image = Image.frombytes("L", (crop.width_px, crop.height_px), crop.grey)
    scale = height_px / crop.height_px
    size = (max(1, round(crop.width_px * scale * stretch)), height_px)
    image = image.resize(size, Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.LANCZOS)
    grey = np.pad(np.asarray(image), BORDER_PX, mode="edge")
    return Crop(grey.shape[1], grey.shape[0], grey.tobytes(), crop.place)
