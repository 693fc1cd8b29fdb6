"""Measures how a line looks: its colours, what lies behind it, the weight of its strokes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onestop.adapters.picture_text.maps import Grey, Mask
from onestop.domain.imaging.line_style import ground_of, hex_colour, is_bold
from onestop.domain.imaging.text_lines import Box, Ground

_SAME_COLOUR = 6
"""Steps in each channel within which pixels count as one colour: what JPEG adds beside letters stays below, the grain of wood does not."""

Colours = NDArray[np.floating[Any]]


class Style(NamedTuple):
    """A line's looks; see ``TextLine``."""

    colour: str
    ground_colour: str
    ground: Ground
    bold: bool


def measured(rgb: Grey, box: Box) -> Style:
    """The looks of the line in a box.

    Args:
        rgb: the picture, height x width x 3.
        box: around the line's ink.
    """
    height, width = rgb.shape[:2]
    wide = box.grown(max(4, min(box.height_px, box.width_px) // 4), width, height)
    colours = rgb[wide.top_px : wide.bottom_px, wide.left_px : wide.right_px].astype(np.float32)
    rim = np.ones(colours.shape[:2], bool)
    rim[box.top_px - wide.top_px : box.bottom_px - wide.top_px, box.left_px - wide.left_px : box.right_px - wide.left_px] = False
    if rim.sum() < 20:
        rim[:] = True
    ground = _even_ground(colours, rim)
    contrast = np.abs(colours - ground).max(axis=-1)
    contrast[rim] = 0
    strongest = float(np.percentile(contrast[~rim], 95)) if not rim.all() else 0.0
    ink, core = (contrast >= max(8.0, share * strongest) for share in (0.5, 0.85))
    mode = _mode(colours[rim])
    flat, even = _share_near(colours[rim], mode), _share_near(colours[rim], ground[rim])
    rise = float(np.ptp(ground[~rim], axis=0).max()) if not rim.all() else 0.0
    colour = np.median(colours[core], axis=0) if core.any() else mode
    return Style(
        hex_colour(colour.tolist()),
        hex_colour(mode.tolist()),
        ground_of(flat, even, rise),
        is_bold(float(ink.sum()), _edge(ink), box.height_px),
    )


# Light, and half of blue and red against it (ITU-T T.871): JPEG smears colour over sixteen pixels, light over eight.
_SEEN = np.array([[0.299, -0.084, 0.25], [0.587, -0.166, -0.209], [0.114, 0.25, -0.041]], np.float32)


def _share_near(colours: Colours, expected: Colours) -> float:
    return float((np.abs((colours - expected) @ _SEEN).max(axis=-1) <= _SAME_COLOUR).mean())


def _mode(colours: Colours) -> Colours:
    """The commonest colour: the middle of all that is like the fullest cell of a coarse colour cube."""
    cells = (colours // 16).astype(np.int64) @ np.array([256, 16, 1])
    centre = colours[cells == np.bincount(cells).argmax()].mean(axis=0)
    near: Colours = np.median(colours[np.abs(colours - centre).max(axis=-1) <= _SAME_COLOUR], axis=0)
    return near


def _even_ground(colours: Colours, rim: Mask) -> Colours:
    """The plane that fits the rim's colours best, channel by channel, over the whole part; fitted again without outliers."""
    down, across = np.indices(rim.shape)
    spots = np.stack([down, across, np.ones(rim.shape)], axis=-1)
    places, seen = spots[rim], colours[rim].astype(np.float64)
    used = np.abs(seen - np.median(seen, axis=0)).max(axis=-1) <= 3 * _SAME_COLOUR
    for _ in range(2):
        if used.sum() < 20:
            used[:] = True
        plane = np.linalg.lstsq(places[used], seen[used], rcond=None)[0]
        used = np.abs(seen - places @ plane).max(axis=-1) <= _SAME_COLOUR
    ground: Colours = spots @ plane
    return ground


def _edge(ink: Mask) -> float:
    """The length of the ink's edge: steps between neighbours, less what they count too long on slanting edges."""
    steps = int((ink[1:] != ink[:-1]).sum() + (ink[:, 1:] != ink[:, :-1]).sum())
    return steps * np.pi / 4
