"""Connected regions of a mask, found over its runs: the work grows with the ink, not with the picture."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onestop.adapters.picture_text.maps import Mask

Whole = NDArray[np.int64]


class Runs(NamedTuple):
    """Unbroken stretches of ink in a row, in reading order, and the region that each belongs to."""

    row: Whole
    start: Whole
    end: Whole
    region: Whole


class Regions(NamedTuple):
    """The regions of a mask, one entry each; right and bottom are the first pixels outside."""

    left: Whole
    top: Whole
    right: Whole
    bottom: Whole
    area: Whole
    runs: Runs


def regions(mask: Mask) -> Regions:
    """The 8-connected regions of a mask, numbered by their first pixel in reading order."""
    runs = _runs(mask)
    count = int(runs.region.max()) + 1 if len(runs.region) else 0
    height, width = mask.shape
    left, top = np.full(count, width), np.full(count, height)
    right, bottom, area = (np.zeros(count, np.int64) for _ in range(3))
    np.minimum.at(left, runs.region, runs.start)
    np.minimum.at(top, runs.region, runs.row)
    np.maximum.at(right, runs.region, runs.end)
    np.maximum.at(bottom, runs.region, runs.row + 1)
    np.add.at(area, runs.region, runs.end - runs.start)
    return Regions(left, top, right, bottom, area, runs)


def _runs(mask: Mask) -> Runs:
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    edges = np.flatnonzero(np.diff(padded.ravel()))
    begin, end = edges[::2], edges[1::2]
    row = begin // (width + 2)
    start, stop = begin - row * (width + 2), end - row * (width + 2)
    return Runs(row, start, stop, _joined(row, start, stop, width))


def _joined(row: Whole, start: Whole, end: Whole, width: int) -> Whole:
    """The region of each run: runs of neighbouring rows that touch, at a corner too, are of one region."""
    upper, lower = _touching(row, start, end, width)
    label = np.arange(len(row))
    while True:
        before = label
        label = label.copy()
        # The smallest number wins, from both ends of every touch; then every run takes over what its winner has by now.
        least = np.minimum(label[upper], label[lower])
        np.minimum.at(label, before[upper], least)
        np.minimum.at(label, before[lower], least)
        np.minimum.at(label, upper, least)
        np.minimum.at(label, lower, least)
        label = label[label]
        if np.array_equal(label, before):
            break
    return np.unique(label, return_inverse=True)[1].reshape(-1)


def _touching(row: Whole, start: Whole, end: Whole, width: int) -> tuple[Whole, Whole]:
    """Pairs of runs, the lower one in the row under the upper one, that touch."""
    stride = width + 3
    # For every run, the runs of the next row that end behind its start and begin before its end, by their place in one long row.
    first = np.searchsorted(row * stride + end, (row + 1) * stride + start, side="left")
    last = np.searchsorted(row * stride + start, (row + 1) * stride + end, side="right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(row)), count)
    offset = np.arange(len(upper)) - np.repeat(np.cumsum(count) - count, count)
    return upper, first[upper] + offset
