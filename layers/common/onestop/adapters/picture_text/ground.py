"""What lies behind a line of text: a smooth surface over its window, fitted to the pixels that are not ink."""

import math
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from onestop.domain.imaging.contrast import rgb
from onestop.domain.imaging.text_lines import Box, TextLine

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]
_Kind = TypeVar("_Kind", bound=np.generic)

_ROUNDS = 6
_SAMPLES = 4000
_DEGREES = (0, 1, 2)
# A surface with more freedom must be better by this much, or it only follows the ink.
_BETTER = 0.8
_QUIET = 1.0
_RIM_TOLERANCE = 12.0
_CALM_SHARE = 0.8
_MOST_NOISE = 8.0
"""Wood and photographs measure 10 and more, plain grounds less than 3 (made pages); JPEG's own traces are kept out of it."""
RINGING_PX = 8
"""An encoder of JPEG spreads an edge over its block of 8 pixels: its traces reach that far from the ink."""
_FAR, _FAR_TOLERANCE = 5, 24.0


class Surface(NamedTuple):
    """The ground as it would be without the ink.

    Attributes:
        colours: of every pixel of the window, height x width x 3.
        noise: standard deviation of the ground around it, in steps of 0 to 255.
        calm: whether filling with it leaves no trace: it explains four fifths of the rim. One side of the
            four may be left out, since text often stands close to the edge of its panel.
    """

    colours: Floats
    noise: float
    calm: bool


class _Fit(NamedTuple):
    degree: int
    factors: Floats
    noise: float
    calm_share: float


class _Sample(NamedTuple):
    """Some of the pixels in and close around the line: where they are (-1 to 1), their colours, the side of the rim they are on.

    Side 1 to 4 is the rim close around the box, 0 the box itself, ``_FAR`` what no encoder's trace of the ink reaches.
    """

    across: Floats
    down: Floats
    colours: Floats
    side: NDArray[np.int8]


def fit_surface(pixels: Pixels, line: TextLine, window: Box) -> Surface:
    """The simplest surface - one colour, a plane, a bent plane - that explains the ground in and close around a line.

    Only the near surroundings count, since a badge may end a few pixels further; the ink is told off by its colour first, then
    by how far it stands from the surface.

    Args:
        pixels: the whole picture, height x width x 3.
        line: with its ink's box and the colours that the reader saw.
        window: what to describe, around the line's box.
    """
    sample = _sample(pixels, line, window)
    fits: list[_Fit] = []
    for degree in _DEGREES:
        fits.append(_fitted(sample, line, degree))
        if fits[-1].noise < _QUIET and fits[-1].calm_share >= _CALM_SHARE:
            break
    best = fits[0]
    for fit in fits[1:]:
        explains_more = fit.calm_share > best.calm_share + 0.1
        if explains_more or (fit.noise < _BETTER * best.noise and fit.calm_share >= best.calm_share - 0.02):
            best = fit
    return Surface(_evaluated(best, window), best.noise, best.calm_share >= _CALM_SHARE and best.noise <= _MOST_NOISE)


def part(pixels: NDArray[_Kind], box: Box) -> NDArray[_Kind]:
    """The pixels of a box, as a view."""
    return pixels[box.top_px : box.bottom_px, box.left_px : box.right_px]


def inside(window: Box, box: Box) -> Mask:
    """Which pixels of the window lie in the box."""
    mask = np.zeros((window.height_px, window.width_px), bool)
    top, left = max(0, box.top_px - window.top_px), max(0, box.left_px - window.left_px)
    mask[top : max(0, box.bottom_px - window.top_px), left : max(0, box.right_px - window.left_px)] = True
    return mask


def _sample(pixels: Pixels, line: TextLine, window: Box) -> _Sample:
    """Every n-th pixel of the line's near surroundings, in reading order, so that the same picture gives the same sample."""
    reach = max(4, round(0.15 * min(line.box.height_px, line.box.width_px)))
    near = inside(window, line.box.grown(reach, window.right_px, window.bottom_px))
    far = ~inside(window, line.box.grown(max(reach, RINGING_PX) + 1, window.right_px, window.bottom_px))
    down, across = np.nonzero(near | far)
    every = max(1, len(down) // _SAMPLES) | 1
    down, across = down[::every], across[::every]
    edge = line.box.grown(1, window.right_px, window.bottom_px)
    y, x = down + window.top_px, across + window.left_px
    side = np.where(far[down, across], _FAR, 0)
    side = np.select(
        [side == _FAR, y < edge.top_px, y >= edge.bottom_px, x < edge.left_px, x >= edge.right_px], [_FAR, 1, 2, 3, 4], 0
    ).astype(np.int8)
    return _Sample(
        _scaled(across, window.width_px), _scaled(down, window.height_px), part(pixels, window)[down, across].astype(np.float32), side
    )


def _scaled(places: NDArray[np.intp], length_px: int) -> Floats:
    scaled: Floats = (places * (2 / max(1, length_px - 1)) - 1).astype(np.float32)
    return scaled


def _fitted(sample: _Sample, line: TextLine, degree: int) -> _Fit:
    """Least squares on what is nearer to the ground's colour, then again on what is near the surface, until it rests."""
    ink, ground = (np.abs(sample.colours - np.array(rgb(colour), np.float32)).max(axis=-1) for colour in (line.colour, line.ground_colour))
    near = sample.side != _FAR
    kept = near & (ground < ink) if (near & (ground < ink)).sum() > 0.1 * near.sum() else near
    terms = _terms(sample.across, sample.down, degree)
    for _ in range(_ROUNDS):
        factors = (
            np.linalg.lstsq(terms[kept], sample.colours[kept], rcond=None)[0] if degree else np.median(sample.colours[kept], axis=0)[None]
        )
        off = np.abs(terms @ factors - sample.colours).max(axis=-1)
        noise = 1.4826 * float(np.median(off[kept]))
        nearer = near & (off <= max(4.0, 2.5 * noise))
        if nearer.sum() < 0.05 * near.sum() or np.array_equal(nearer, kept):
            break
        kept = nearer
    return _Fit(degree, factors.astype(np.float32), min(noise, _noise_far(off, ~near)), _calm_share(off, sample.side))


def _noise_far(off: Floats, far: Mask) -> float:
    """How rough the ground is where the ink has left no trace, of what is still the same ground there."""
    same = off[far & (off <= _FAR_TOLERANCE)]
    return 1.4826 * float(np.median(same)) if same.size > 0.3 * far.sum() > 0 else math.inf


def _calm_share(off: Floats, side: NDArray[np.int8]) -> float:
    """How much of the rim is explained, the worst of its four sides left out."""
    explained = off <= _RIM_TOLERANCE
    sides = [explained[side == one] for one in (1, 2, 3, 4) if (side == one).any()]
    if not sides:
        return 0.0
    kept = sorted(sides, key=lambda one: float(one.mean()))[1:] or sides
    return float(np.concatenate(kept).mean())


def _evaluated(fit: _Fit, window: Box) -> Floats:
    across, down = _scaled(np.arange(window.width_px), window.width_px), _scaled(np.arange(window.height_px), window.height_px)
    if not fit.degree:
        return np.broadcast_to(fit.factors[0], (window.height_px, window.width_px, 3))
    colours: Floats = _terms(across[None, :], down[:, None], fit.degree) @ fit.factors
    return colours


def _terms(across: Floats, down: Floats, degree: int) -> Floats:
    powers = [across**i * down**j for i in range(degree + 1) for j in range(degree + 1 - i)]
    terms: Floats = np.stack(np.broadcast_arrays(*powers), axis=-1)
    return terms
