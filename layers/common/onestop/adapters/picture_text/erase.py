"""Take lines of text out of a picture: the ink is found anew to the pixel, and what lay behind it is put in its place."""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from onestop.adapters.picture_text.components import Regions, regions
from onestop.adapters.picture_text.ground import RINGING_PX, Floats, Mask, Pixels, Surface, fit_surface, inside, part
from onestop.domain.imaging.contrast import rgb
from onestop.domain.imaging.text_lines import Box, Doubt, PictureText, TextLine

_TRACE_STEPS = (2.0, 4.0)
_INK_STEPS = (8.0, 40.0)
"""Ink differs from its ground by at least the first; more than the second is never asked for."""

_INK_SHARE = 0.15
"""Of the contrast between ink and ground: an encoder's traces stay below, the letters' rims are reached by growing the mask."""

_SPECK_PX = 8
"""What is no larger is an encoder's trace."""

_BLOB_SHARE, _BLOB_FILL = 0.8, 0.93
"""A full square as high as the line is no letter; heavy ones, such as 매 in Do Hyeon, fill up to 0.87 of theirs."""


class Erased(NamedTuple):
    """A picture without some of its lines.

    Attributes:
        pixels: height x width x 3, sRGB.
        mask: True where a pixel may differ from the source; everywhere else they are the same.
        doubts: (line, why).
    """

    pixels: Pixels
    mask: Mask
    doubts: tuple[tuple[str, Doubt], ...]


class _Patch(NamedTuple):
    window: Box
    mask: Mask
    colours: Floats
    doubts: tuple[Doubt, ...] = ()


def erase_lines(pixels: Pixels, text: PictureText, line_ids: Collection[str]) -> Erased:
    """Erase the named lines.

    On calm ground the ink, its soft rim and the traces of a JPEG encoder around it are filled with the fitted ground. On busy
    ground nothing can be restored, so a plate of the ground's colour covers the line.

    Args:
        pixels: the upright picture, height x width x 3 of sRGB; not changed.
        text: what was read in it.
        line_ids: which of its lines go.

    Returns:
        The picture with PRODUCT_TOUCHED and BUSY_GROUND where the pixels gave reason.
    """
    touched = [line for line in text.lines if line.line_id in line_ids]
    result, mask = pixels.copy(), np.zeros(pixels.shape[:2], bool)
    doubts: list[tuple[str, Doubt]] = []
    for line in touched:
        patch = _patch(pixels, line)
        target, seen = part(result, patch.window), part(mask, patch.window)
        target[patch.mask] = np.clip(np.rint(patch.colours[patch.mask]), 0, 255).astype(np.uint8)
        seen |= patch.mask
        doubts += [(line.line_id, doubt) for doubt in patch.doubts]
    return Erased(result, mask, tuple(doubts))


def _patch(pixels: Pixels, line: TextLine) -> _Patch:
    height, width = pixels.shape[:2]
    margin = max(2 * RINGING_PX, round(0.5 * min(line.box.height_px, line.box.width_px)))
    window = line.box.grown(margin, width, height)
    surface = fit_surface(pixels, line, window)
    if not surface.calm:
        return _plate(line, window)
    return _filled(part(pixels, window), line, window, surface)


def _plate(line: TextLine, window: Box) -> _Patch:
    """A plate of the ground's own colour over the line, its corners rounded as far as no ink shows."""
    margin = max(4, round(0.22 * min(line.box.height_px, line.box.width_px)))
    box = line.box.grown(margin, window.right_px, window.bottom_px)
    shape = Image.new("1", (window.width_px, window.height_px))
    corner = (box.left_px - window.left_px, box.top_px - window.top_px)
    ImageDraw.Draw(shape).rounded_rectangle((*corner, corner[0] + box.width_px - 1, corner[1] + box.height_px - 1), 2 * margin, 1)
    colours = np.broadcast_to(np.array(rgb(line.ground_colour), np.float32), (window.height_px, window.width_px, 3))
    return _Patch(window, np.asarray(shape), colours, (Doubt.BUSY_GROUND,))


def _filled(patch: Pixels, line: TextLine, window: Box, surface: Surface) -> _Patch:
    off = np.abs(patch.astype(np.float32) - surface.colours).max(axis=-1)
    contrast = max(abs(one - other) for one, other in zip(rgb(line.colour), rgb(line.ground_colour), strict=True))
    step = float(np.clip(max(4 * surface.noise, _INK_SHARE * contrast), *_INK_STEPS))
    ink, others, doubts = _told_apart(off > step, patch, line, window)
    rim_px = max(2, round(0.06 * line.box.height_px))
    traces = _dilated(ink, RINGING_PX) & (off > np.clip(1.5 * surface.noise, *_TRACE_STEPS))
    mask = (_dilated(ink, rim_px) | traces) & ~_dilated(others, 1)
    return _Patch(window, mask | ink, surface.colours, doubts)


def _told_apart(marks: Mask, patch: Pixels, line: TextLine, window: Box) -> tuple[Mask, Mask, tuple[Doubt, ...]]:
    """The line's ink, and marks that belong to something else: a rule, a panel's edge, the product.

    What leaves the line's band is not of the line. Where it has the ink's colour inside the box it may have merged with letters:
    then only what is inside the box goes, and a person has to look.
    """
    found = regions(marks)
    labels, count = _labelled(found, marks.shape), len(found.area) + 1
    slack = max(3, round(0.25 * min(line.box.height_px, line.box.width_px)))
    band = line.box.grown(slack, window.right_px, window.bottom_px)
    core = inside(window, line.box)
    like_ink = np.bincount(labels[core & _nearer_ink(patch, line)], minlength=count)
    own, other, blob = (np.zeros(count, bool) for _ in range(3))
    for label, (left, top, right, bottom, area) in enumerate(zip(*(one.tolist() for one in found[:5]), strict=True)):
        at = Box(window.left_px + left, window.top_px + top, right - left, bottom - top)
        own[label] = at.overlap(band) == at.width_px * at.height_px
        other[label] = not own[label] and area > _SPECK_PX
        blob[label] = own[label] and _is_blob(at, area, line)
    merged = other & (like_ink > _SPECK_PX)
    ink = own[labels] | (merged[labels] & core)
    return ink, other[labels] & ~ink, (Doubt.PRODUCT_TOUCHED,) if merged.any() or blob.any() else ()


def _is_blob(at: Box, area_px: int, line: TextLine) -> bool:
    """Whether it is as high as the line, about as wide, and full: no letter is."""
    side = min(at.width_px, at.height_px)
    return side > _BLOB_SHARE * min(line.box.height_px, line.box.width_px) and area_px > _BLOB_FILL * at.width_px * at.height_px


def _nearer_ink(patch: Pixels, line: TextLine) -> Mask:
    ink, ground = (
        np.abs(patch.astype(np.int16) - np.array(rgb(colour), np.int16)).sum(axis=-1) for colour in (line.colour, line.ground_colour)
    )
    nearer: Mask = ink < ground
    return nearer


def _dilated(mask: Mask, radius_px: int) -> Mask:
    """The mask grown by a square, by sums along each axis: as cheap at any radius."""
    for axis in (0, 1):
        margins = [(0, 0), (0, 0)]
        margins[axis] = (radius_px + 1, radius_px)
        sums = np.cumsum(np.pad(mask, margins), axis=axis, dtype=np.int32)
        reach = 2 * radius_px + 1
        mask = (sums[reach:] > sums[:-reach]) if axis == 0 else (sums[:, reach:] > sums[:, :-reach])
    return mask


def _labelled(found: Regions, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The number of each pixel's region; one more than there are where there is none."""
    labels = np.full(shape, len(found.area))
    runs = found.runs
    for row, start, end, region in zip(*(one.tolist() for one in runs), strict=True):
        labels[row, start:end] = region
    return labels
