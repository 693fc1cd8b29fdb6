"""Draw new words on a picture whose old ones are erased."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from onestop.adapters.picture_text.fonts import Fonts
from onestop.adapters.picture_text.ground import Floats, Pixels, part
from onestop.domain.imaging.contrast import Rgb, readable, rgb
from onestop.domain.imaging.layout import Layout, Placement, Wanted, lay_out
from onestop.domain.imaging.rooms import bounds, grow, upright
from onestop.domain.imaging.text_lines import Box, Doubt, LineAction, LineWording, PictureText, TextLine

_EDGE_STEP = 10
"""A step between near pixels that is an edge to the eye; JPEG at quality 85 leaves less than this on blurred plain ground."""

_EDGE_SHARE = 0.004


class Drawn(NamedTuple):
    """A picture with new words, where they are, and every doubt about them."""

    pixels: Pixels
    boxes: tuple[Box, ...]
    doubts: tuple[tuple[str, Doubt], ...]


class CalmMap:
    """Where a picture holds nothing that text could run into."""

    def __init__(self, pixels: Pixels) -> None:
        # An encoder's traces come and go from pixel to pixel and vanish in a blur; a real edge is still there two pixels on.
        blurred = np.asarray(Image.fromarray(pixels).filter(ImageFilter.BoxBlur(1)))
        edges = np.zeros(pixels.shape[:2], bool)
        for plane in np.ascontiguousarray(blurred.transpose(2, 0, 1)).astype(np.int16):
            edges[:, 2:-2] |= np.abs(plane[:, 4:] - plane[:, :-4]) > _EDGE_STEP
            edges[2:-2] |= np.abs(plane[4:] - plane[:-4]) > _EDGE_STEP
        self._sums = np.pad(edges.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32), ((1, 0), (1, 0)))

    def __call__(self, box: Box) -> bool:
        """Whether the box is calm."""
        sums, left, top, right, bottom = self._sums, box.left_px, box.top_px, box.right_px, box.bottom_px
        edges = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return bool(edges <= _EDGE_SHARE * box.width_px * box.height_px)


def draw_lines(pixels: Pixels, text: PictureText, wordings: Sequence[LineWording], fonts: Fonts) -> Drawn:
    """Draw the new words of every replaced line.

    Args:
        pixels: the picture without the touched lines; not changed.
        text: what was read in the picture, with the place and looks of every line.
        wordings: what becomes of each line.
        fonts: of the locale.

    Returns:
        The picture, with NO_GLYPH and LOW_CONTRAST besides the doubts of ``lay_out``. A line with a character that no font has is
        not drawn.
    """
    wording_of = {wording.line_id: wording for wording in wordings}
    replaced = [line for line in text.lines if line.line_id in wording_of and wording_of[line.line_id].action is LineAction.REPLACE]
    unable = [line for line in replaced if fonts.missing(wording_of[line.line_id].text, bold=line.bold)]
    removed = {wording.line_id for wording in wordings if wording.action is LineAction.REMOVE}
    present = [line for line in text.lines if line.line_id not in removed]
    calm = CalmMap(pixels)
    own = dict(zip([line.line_id for line in present], bounds(present, text.width_px, text.height_px), strict=True))
    able = [line for line in replaced if line not in unable]
    wanted = [Wanted(upright(line), wording_of[line.line_id].text, _rooms(line, own[line.line_id], calm)) for line in able]
    layout = lay_out(wanted, fonts.measure, [line for line in present if line not in replaced])
    result, doubts = pixels.copy(), [(line.line_id, Doubt.NO_GLYPH) for line in unable]
    boxes, pale = _placements_drawn(result, layout, {line.line_id: line for line in replaced}, fonts)
    return Drawn(result, tuple(boxes), (*doubts, *layout.doubts, *pale))


def _rooms(line: TextLine, limits: Box, calm: CalmMap) -> tuple[Box, ...]:
    """A tilted line keeps to its own box: the strips beside it would not be level."""
    return (upright(line).box,) if line.tilt_deg else grow(line, limits, calm)


def _placements_drawn(
    result: Pixels, layout: Layout, lines: dict[str, TextLine], fonts: Fonts
) -> tuple[list[Box], list[tuple[str, Doubt]]]:
    boxes, doubts = [], []
    for placement in layout.placements:
        line = lines[placement.line_id]
        share, corner = _ink(placement, line.tilt_deg, fonts)
        box = Box(*corner, share.shape[1], share.shape[0]).grown(0, result.shape[1], result.shape[0])
        share = share[box.top_px - corner[1] :, box.left_px - corner[0] :][: box.height_px, : box.width_px]
        target = part(result, box)
        wanted = rgb(line.colour)
        colour = readable(wanted, _grounds(target))
        if colour is None:
            doubts.append((line.line_id, Doubt.LOW_CONTRAST))
        target[:] = np.rint(target * (1 - share) + np.array(colour or wanted, np.float32) * share).astype(np.uint8)
        boxes.append(box)
    return boxes, doubts


def _grounds(target: Pixels) -> list[Rgb]:
    """The colours behind a text: its darkest and its lightest, stray pixels left out, and the one in the middle."""
    flat = target.reshape(-1, 3)
    light = flat @ np.array([0.2126, 0.7152, 0.0722])
    order = np.argsort(light, kind="stable")
    return [tuple(int(part) for part in flat[order[int(share * (len(order) - 1))]]) for share in (0.03, 0.5, 0.97)]  # type: ignore[misc]


def _ink(placement: Placement, tilt_deg: float, fonts: Fonts) -> tuple[Floats, tuple[int, int]]:
    """How much of each pixel is ink, 0 to 1, and where its first pixel lies; a layer of the whole page would cost ten times as much."""
    box = placement.box
    layer = Image.new("L", (box.width_px, box.height_px))
    for row in placement.rows:
        left, baseline = row.left_px - box.left_px, row.baseline_px - box.top_px
        fonts.draw(layer, row.text, left, baseline, placement.size_px, bold=placement.bold)
    if tilt_deg:
        layer = layer.rotate(tilt_deg, Image.Resampling.BICUBIC, expand=True)
    corner = (box.left_px - (layer.width - box.width_px) // 2, box.top_px - (layer.height - box.height_px) // 2)
    return np.asarray(layer, np.float32)[..., None] / np.float32(255), corner
