"""Long pages in pieces, cut where nothing is printed, so that neither time nor memory grows faster than the page."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from onestop.adapters.picture_text.maps import Grey
from onestop.domain.imaging.tiling import cuts

_STEP = 8


def tiles(rgb: Grey) -> Iterator[tuple[int, Grey]]:
    """(first row, pixels) of each piece, from top to bottom."""
    edges = cuts([int(step) for step in _row_steps(rgb)])
    for top, bottom in pairwise(edges):
        yield top, np.ascontiguousarray(rgb[top:bottom])


def _row_steps(rgb: Grey) -> Grey:
    """The largest step between neighbouring pixels of each row: small where a row is blank or of one colour."""
    green = rgb[..., 1]
    steps = np.zeros(len(green), np.uint8)
    for at in range(_STEP, green.shape[1], _STEP):
        left, right = green[:, at - _STEP], green[:, at]
        np.maximum(steps, np.maximum(left, right) - np.minimum(left, right), out=steps)
    return steps
