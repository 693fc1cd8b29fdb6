"""The pixel side of ``domain.imaging.look``: figures from a small copy of a picture, by numpy."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onestop.domain.imaging.look import PictureLook, Print
from onestop.domain.imaging.text_lines import Box

COPY_SIDE_PX = 500
"""Large enough for the figures, small enough for 20 ms; reference of 2026-11, section 8.1."""

_RING_SHARE = 0.02
_WHITE = 250
_NEAR_WHITE, _NEAR_GREY = 235, 10
# A JPEG leaves an even ground exactly even away from the subject; 3 of 255 is what scaling and colour conversion may add.
_NOTHING_THERE = 3
# An even border may be grainy where only a hash hangs on it, and no crop.
_EVEN_BORDER = 16
_MOST_ROUNDS = 40
_HASH_SIDE = 32
# The 63 figures behind a hash reach hundreds for a photo; below 4 of 255 grey levels, noise alone would decide the bits.
_FAINT = 4.0

# Rows x columns, and three of them for a picture.
Plane = NDArray[np.uint8]
Marks = NDArray[np.bool_]


def measure(copy: Plane, width_px: int, height_px: int) -> PictureLook:
    """The look of a picture of this size, from a smaller copy of it.

    Args:
        copy: rows x columns x 3, sRGB.
        width_px, height_px: of the upright picture itself, in whose pixels the boxes are given.

    Example:
        >>> page = np.full((100, 100, 3), 255, np.uint8)
        >>> page[30:70, 20:80] = 90
        >>> look = measure(page, 1000, 1000)
        >>> look.white_ring_pct, look.subject
        (100.0, Box(left_px=200, top_px=300, width_px=600, height_px=400))
    """
    red, green, blue = planes = tuple(np.ascontiguousarray(copy[:, :, channel]) for channel in range(3))
    darkest, lightest = np.minimum(np.minimum(red, green), blue), np.maximum(np.maximum(red, green), blue)
    ring = _ring(*darkest.shape)
    ground = _ground((darkest >= _NEAR_WHITE) & (lightest - darkest < _NEAR_GREY))
    corner = np.zeros_like(ring)
    corner[:3, :3] = True
    # By the corner, not the ring: a picture may have been padded on two sides only.
    trim = _box(_differs(planes, corner, _EVEN_BORDER))
    scale = width_px / copy.shape[1], height_px / copy.shape[0]
    return PictureLook(
        width_px=width_px, height_px=height_px, whole=_print(planes), trimmed=_print(tuple(_cut(plane, trim) for plane in planes)),
        white_ring_pct=_pct(darkest[ring] >= _WHITE), white_ground_pct=_pct(darkest[ground] >= _WHITE),
        subject=_in_source(_box(~ground), *scale, 0, width_px, height_px),
        content=_in_source(_box(_differs(planes, ring, _NOTHING_THERE)), *scale, 1, width_px, height_px),
    )  # fmt: skip


def _pct(marks: Marks) -> float:
    return round(100 * float(marks.mean()), 1) if marks.size else 0.0


def _ring(rows: int, columns: int) -> Marks:
    """The outer 2 % of a picture, at least a pixel."""
    ring = np.ones((rows, columns), bool)
    deep = max(1, round(_RING_SHARE * max(rows, columns)))
    ring[deep:-deep, deep:-deep] = False
    return ring


def _ground(near_white: Marks) -> Marks:
    """Of the near-white pixels those that are joined to the border, side by side, by nothing but near-white ones."""
    reached = np.zeros_like(near_white)
    reached[[0, -1], :] = near_white[[0, -1], :]
    reached[:, [0, -1]] = near_white[:, [0, -1]]
    size = -1
    # Each round runs along whole rows and columns in both directions, so a few are enough for any product's outline; only a maze
    # takes more, and of a maze the figures mean nothing.
    for _ in range(_MOST_ROUNDS):
        if size == (size := int(reached.sum())):
            break
        for axis in (0, 1):
            reached = _run(reached, near_white, axis)
    return reached


def _run(reached: Marks, free: Marks, axis: int) -> Marks:
    """Every free pixel whose stretch of free pixels along the axis holds a reached one."""
    free_lines, reached_lines = np.moveaxis(free, axis, 1), np.moveaxis(reached, axis, 1)
    edges = np.diff(free_lines, axis=1, prepend=False)
    # Stretches are numbered through all lines; each line begins a new one.
    edges[:, 0] = True
    stretch = edges.cumsum().reshape(edges.shape)
    touched = np.zeros(int(stretch[-1, -1]) + 1, bool)
    touched[stretch[reached_lines]] = True
    return np.moveaxis(touched[stretch] & free_lines, 1, axis)


def _differs(planes: tuple[Plane, ...], there: Marks, tolerance: int) -> Marks:
    """What differs from the middle colour of the pixels that are marked by more than the tolerance in any channel."""
    marks = np.zeros(there.shape, bool)
    for plane in planes:
        middle = int(np.median(plane[there]))
        marks |= (plane < middle - tolerance) | (plane > middle + tolerance)
    return marks


def _box(marks: Marks) -> Box:
    """Around all marked pixels; the whole picture where none is."""
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    if not rows.size:
        return Box(0, 0, marks.shape[1], marks.shape[0])
    top, left = int(rows[0]), int(columns[0])
    return Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def _cut(plane: NDArray[Any], box: Box) -> NDArray[Any]:
    return plane[box.top_px : box.bottom_px, box.left_px : box.right_px]


def _in_source(box: Box, across: float, down: float, margin: int, width_px: int, height_px: int) -> Box:
    """A box of the copy in the picture's own pixels, with a margin of so many pixels of the copy."""
    left, top = max(0, int((box.left_px - margin) * across)), max(0, int((box.top_px - margin) * down))
    right = min(width_px, -int(-(box.right_px + margin) * across // 1))
    bottom = min(height_px, -int(-(box.bottom_px + margin) * down // 1))
    return Box(left, top, right - left, bottom - top)


def _print(planes: tuple[Plane, ...]) -> Print:
    red, green, blue = small = [_averaged(_averaged(plane, _HASH_SIDE).T, _HASH_SIDE).T for plane in planes]
    fields = np.stack([_averaged(_averaged(plane, 3).T, 3).T for plane in small], axis=-1)
    return Print(_phash(0.299 * red + 0.587 * green + 0.114 * blue), np.rint(fields).astype(np.uint8).tobytes().hex())


def _phash(grey: NDArray[np.float64]) -> str:
    """63-bit perceptual hash of 32x32 grey levels: the low 8x8 of their 2-D DCT without the first, each above the median or not.

    Source: the DCT hash of Zauner 2010 (pHash), as measured in the reference of 2026-11, section 8.2.

    Returns:
        16 hexadecimal digits; empty where the figures are so faint that noise would decide them.
    """
    low = (_cosines() @ grey @ _cosines().T).ravel()[1:]
    if np.abs(low).max() < _FAINT * _HASH_SIDE / 2:
        return ""
    bits = "".join("01"[bit] for bit in (low > np.median(low)).astype(int))
    return f"{int(bits, 2):016x}"


def _averaged(rows: NDArray[Any], count: int) -> NDArray[np.float64]:
    """The rows averaged to so many of them, one on a bound counting for both sides by its share.

    By running sums, as a product of matrices this large would start a thread on each processor for a millisecond's work.
    """
    # Whole numbers where there are only those: four times faster, and 500 rows of 255 fit.
    number = np.uint32 if rows.dtype == np.uint8 else np.float64
    sums = np.vstack([np.zeros((1, rows.shape[1]), number), rows.cumsum(axis=0, dtype=number)])
    bounds = np.linspace(0, len(rows), count + 1)
    below = np.minimum(bounds.astype(int), len(rows) - 1)
    at_bounds = sums[below] + (bounds - below)[:, None] * rows[below]
    averages: NDArray[np.float64] = np.diff(at_bounds, axis=0) * count / len(rows)
    return averages


@cache
def _cosines() -> NDArray[np.float64]:
    """The first 8 rows of the orthonormal DCT-II of 32 points."""
    waves = np.cos(np.pi * np.outer(np.arange(8), 2 * np.arange(_HASH_SIDE) + 1) / (2 * _HASH_SIDE)) * np.sqrt(2 / _HASH_SIDE)
    waves[0] /= np.sqrt(2)
    cosines: NDArray[np.float64] = waves
    return cosines
