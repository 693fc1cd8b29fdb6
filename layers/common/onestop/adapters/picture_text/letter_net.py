"""A small convolutional network that sees each letter of a line by its strokes; it knows no words, so it errs elsewhere than Tesseract.

It is trained on lines drawn in fonts (``local/letter_training``) and runs on numpy alone: its arithmetic is a dozen matrix products, for
which a runtime of its own would be fifty times as large as the network.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from onestop.domain.imaging.letters import JUNG, OTHERS, STARTS, composed
from onestop.domain.imaging.reading import Crop
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.witness import Glyph

Floats = npt.NDArray[np.float32]
Weights = tuple[Floats, Floats]

WEIGHTS = Path(str(resources.files("onestop"))) / "data/imaging/letter_net.npz"
"""The weights that ship; ``letter_net.json`` beside them tells what they were made from."""

HEIGHT_PX = 40
"""The height of a line as the network takes it."""
STRIDE_PX = 4
"""One place of its output, in its input's pixels."""
DARKEST_PCT, LIGHTEST_PCT = 3, 90
"""The grey values between which a line is spread, in percent of its pixels."""

_PADDING, _PADDING_PX, _KEPT = 0.2, 2, 0.09
"""What a crop has around the ink in heights and in pixels, and how much of that the network was trained with."""
_AFTER_PX = 24
"""Ground after the last letter, so that its place is not the last one."""
_LEAST_HEAT = 0.3
"""A place less hot than this is the middle of no letter."""
_MOST_RIVALS, _LEAST_CHANCE = 4, 0.001


class LetterNet:
    """Sees letters in crops.

    Args:
        weights: the file that ``python -m local.letter_training`` writes: ``w0``, ``b0``, ... in half precision.

    Attributes:
        version: changes with the weights.
    """

    def __init__(self, weights: Path) -> None:
        data = weights.read_bytes()
        self.version = f"letters-{hashlib.sha256(data).hexdigest()[:8]}"
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            single = {name: stored[name].astype(np.float32) for name in stored.files}
        self._layers: list[Weights] = [(single[f"w{at}"], single[f"b{at}"]) for at in range(len(single) // 2)]

    def glyphs(self, crop: Crop) -> list[Glyph]:
        """The letters of a crop that holds one line, from left to right, each with what else it could be."""
        ink, across = prepared(crop)
        told = self._told(np.pad(ink, ((0, 0), (0, _AFTER_PX + -ink.shape[1] % STRIDE_PX)), mode="edge"))
        heat = (1 / (1 + np.exp(-told[:, 0]))).astype(np.float32)
        start, jung, jong = (_chances(part) for part in np.split(told[:, 1:], (len(STARTS), len(STARTS) + len(JUNG)), axis=1))
        places = [at for at in _peaks(heat) if at * STRIDE_PX < ink.shape[1]]
        found = [(at, _letter(start[at], jung[at], jong[at])) for at in places]
        return [Glyph(chances, _around(crop.place, (at + 0.5) * STRIDE_PX * across)) for at, chances in found]

    def _told(self, ink: Floats) -> Floats:
        """For each place of a line its heat, and the logits of what a letter starts with, of its vowel and of its final."""
        first, second, third, fourth, column, wide, near, last = self._layers
        seen = _pooled(_convolved(ink[..., None], *first), 2, 2)
        seen = _pooled(_convolved(seen, *second), 2, 2)
        seen = _pooled(_convolved(seen, *third), 2, 1)
        seen = _convolved(seen, *fourth)
        columns = seen.transpose(1, 0, 2).reshape(1, seen.shape[1], -1)
        row = _rectified(columns @ column[0].reshape(-1, column[0].shape[-1]) + column[1])
        row = _convolved(_convolved(row, *wide), *near)
        told: Floats = row[0] @ last[0][0, 0] + last[1]
        return told


def prepared(crop: Crop) -> tuple[Floats, float]:
    """A crop as the network takes it: ink near 1 on ground near 0; and how many of the picture's pixels one of its pixels is wide."""
    grey = np.frombuffer(crop.grey, np.uint8).reshape(crop.height_px, crop.width_px)
    ink_px = (crop.height_px - 2 * _PADDING_PX) / (1 + 2 * _PADDING)
    spare = max(0, round((_PADDING - _KEPT) * ink_px + _PADDING_PX))
    kept = grey[spare : crop.height_px - spare] if crop.height_px - 2 * spare >= 2 * STRIDE_PX else grey
    width = max(2 * STRIDE_PX, round(crop.width_px * HEIGHT_PX / kept.shape[0]))
    way = Image.Resampling.BICUBIC if kept.shape[0] < HEIGHT_PX else Image.Resampling.LANCZOS
    return spread(np.asarray(Image.fromarray(kept).resize((width, HEIGHT_PX), way))), crop.place.width_px / width


def spread(grey: npt.NDArray[np.uint8]) -> Floats:
    """Grey values with the darkest at 1 and the ground at 0, whatever the contrast was.

    Example:
        >>> (100 * spread(np.array([[200, 200, 60, 200]], np.uint8))).astype(int).tolist()
        [[0, 0, 109, 0]]
    """
    values = grey.astype(np.float32)
    darkest, lightest = np.percentile(values, (DARKEST_PCT, LIGHTEST_PCT))
    ink: Floats = np.clip((lightest - values) / max(lightest - darkest, 12.0), 0.0, 1.2).astype(np.float32)
    return ink


def _letter(start: Floats, jung: Floats, jong: Floats) -> Mapping[str, float]:
    """What a place can be: the product of the chances of a syllable's parts, or the chance of another letter."""
    found: dict[str, float] = {}
    for first in np.argsort(-start)[:_MOST_RIVALS]:
        if STARTS[first] in OTHERS:
            found[STARTS[first]] = float(start[first])
            continue
        for second in np.argsort(-jung)[:_MOST_RIVALS]:
            for third in np.argsort(-jong)[:_MOST_RIVALS]:
                found[composed(int(first), int(second), int(third))] = float(start[first] * jung[second] * jong[third])
    best = max(found.values())
    return {letter: chance for letter, chance in found.items() if chance >= min(best, _LEAST_CHANCE)}


def _peaks(heat: Floats) -> Iterator[int]:
    """The places that are hotter than their neighbours."""
    walled = np.pad(heat, 1)
    yield from np.flatnonzero((heat >= _LEAST_HEAT) & (heat >= walled[:-2]) & (heat > walled[2:])).tolist()


def _around(place: Box, centre_px: float) -> Box:
    """About where a letter stands; the row as a whole tells how high it is."""
    side = place.height_px / (1 + 2 * _PADDING)
    left = min(max(0.0, centre_px - side / 2), max(0.0, place.width_px - side))
    return Box(place.left_px + round(left), place.top_px + round((place.height_px - side) / 2), max(1, round(side)), max(1, round(side)))


def _chances(logits: Floats) -> Floats:
    grown = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares


def _convolved(rows: Floats, kernel: Floats, bias: Floats) -> Floats:
    """The rows under a kernel of odd sides, ground beyond their edges, as one product of matrices; negative sums become 0."""
    (high, wide, _, kinds), (height, width, _) = kernel.shape, rows.shape
    padded = np.pad(rows, ((high // 2, high // 2), (wide // 2, wide // 2), (0, 0)))
    seen = np.concatenate([padded[y : y + height, x : x + width] for y in range(high) for x in range(wide)], axis=2)
    return _rectified(seen.reshape(height * width, -1) @ kernel.reshape(-1, kinds) + bias).reshape(height, width, kinds)


def _rectified(values: Floats) -> Floats:
    kept: Floats = np.maximum(values, 0, out=values)
    return kept


def _pooled(rows: Floats, high: int, wide: int) -> Floats:
    """The largest value of each block."""
    height, width, kinds = rows.shape
    blocks = rows[: height // high * high, : width // wide * wide].reshape(height // high, high, width // wide, wide, kinds)
    largest: Floats = blocks.max(axis=(1, 3))
    return largest
