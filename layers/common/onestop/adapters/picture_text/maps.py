"""Signed contrast: how much lighter, darker or otherwise coloured each pixel is than what surrounds it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onestop.domain.imaging.found_lines import Polarity

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

WINDOWS_PX = (26, 62, 122)
"""Sides of the squares that count as surroundings. Ink covers less than half of one of them, whatever the size of its letters."""

_SHRINK = {26: 2, 62: 4, 122: 4}
# Colour is coarse in a JPEG, so fine surroundings would show its blocks.
_CHROMA_WINDOWS_PX = (62, 122)
_FAINTEST, _SUREST, _USUAL = 12, 60, 30


class ContrastMap(NamedTuple):
    """Contrast against the surroundings, 0 to 255, in one direction and for one size of surroundings."""

    polarity: Polarity
    window_px: int
    values: Grey


def contrast_maps(vips: Any, rgb: Grey) -> Iterator[ContrastMap]:
    """The maps of a picture, one after the other: lighter, darker and chroma are kept apart.

    Taken together, a dark plate and the white letters on it would be one thing.

    Args:
        vips: the ``pyvips`` module.
        rgb: height x width x 3.
    """
    light, *colours = opponents(vips, rgb)
    for window in WINDOWS_PX:
        behind = _surroundings(vips, light, window)
        above, below = np.maximum(light, behind), np.minimum(light, behind)
        yield ContrastMap(Polarity.DARKER, window, above - light)
        yield ContrastMap(Polarity.LIGHTER, window, light - below)
        if window in _CHROMA_WINDOWS_PX:
            apart = [_apart(colour, _surroundings(vips, colour, window)) for colour in colours]
            yield ContrastMap(Polarity.CHROMA, window, np.maximum(*apart))


def opponents(vips: Any, rgb: Grey) -> tuple[Grey, Grey, Grey]:
    """Light, blue against yellow, red against green: JPEG's own Y, Cb and Cr (ITU-T T.871, clause 7), each height x width."""
    matrix = [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]
    turned = vips.Image.new_from_array(rgb, interpretation="multiband").recomb(matrix).linear(1, [0.5, 128.5, 128.5])
    light, blue, red = (_plane(band) for band in turned.cast("uchar").bandsplit())
    return light, blue, red


def _plane(image: Any) -> Grey:
    """A one-band picture as height x width, also where a side is one pixel."""
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width)


def _surroundings(vips: Any, plane: Grey, window_px: int) -> Grey:
    """The median of the square around each pixel; worked out on a smaller copy, which changes it little."""
    height, width = plane.shape
    shrink = _SHRINK[window_px]
    image = vips.Image.new_from_array(plane)
    small, side = image.shrink(min(shrink, width), min(shrink, height), ceil=True), window_px // shrink | 1
    if min(small.width, small.height) < side:
        small = small.embed(0, 0, max(side, small.width), max(side, small.height), extend="copy")
    small = small.median(side)
    behind = _plane(small.resize(shrink, kernel="linear"))[:height, :width]
    missing = ((0, height - behind.shape[0]), (0, width - behind.shape[1]))
    return np.pad(behind, missing, mode="edge") if any(after for _, after in missing) else behind


def _apart(one: Grey, other: Grey) -> Grey:
    return np.maximum(one, other) - np.minimum(one, other)


def thresholds(values: Grey) -> tuple[int, ...]:
    """The contrasts from which on a pixel counts as ink: Otsu's, held between 12 and 60, and 30."""
    return tuple(sorted({min(max(otsu(values), _FAINTEST), _SUREST), _USUAL}))


def otsu(values: Grey) -> int:
    """The value that parts the pixels into two classes with the largest variance between them.

    Source:
        Otsu, A threshold selection method from gray-level histograms, IEEE Trans. SMC 9 (1979), 62-66, formula (18).
    """
    counts = np.bincount(values.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    moment = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (moment[-1] * below / below[-1] - moment) ** 2 / (below * (below[-1] - below))
    return int(np.argmax(np.nan_to_num(between[:-1], posinf=0)))
