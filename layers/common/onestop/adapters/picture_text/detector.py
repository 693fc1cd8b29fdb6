"""Finds rows of ink that look like text, by signed contrast and connected regions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image

from onestop.adapters.picture_text.components import Regions, regions
from onestop.adapters.picture_text.maps import ContrastMap, Grey, Mask, contrast_maps, opponents, thresholds
from onestop.domain.imaging.column import agreed_tilt, level_height_px, slope_deg
from onestop.domain.imaging.found_lines import FoundLine, Polarity, clusters, join, looks_like_text, merged, union
from onestop.domain.imaging.reading import Crop, Spot
from onestop.domain.imaging.text_lines import Box
from onestop.domain.imaging.vertical import looks_stacked, stacks, syllables

PADDING = 0.2
"""Around a row in its crop, in heights of the row."""

_MOST_PARTS = 2500
"""A map with more bits than this shows texture, not text."""


FULL_INK = 1.25
"""The contrast that is drawn in full black, in mean contrasts of the row: its strokes fade towards their edges."""


class ContrastDetector:
    """Finds text by how it stands out from what surrounds it, whatever its colour."""

    def __init__(self, vips: Any) -> None:
        self._vips = vips

    def find(self, rgb: Grey) -> list[Spot]:
        """Rows that look like text, each with crops that show it; in no particular order."""
        light = opponents(self._vips, rgb)[0]
        maps = list(contrast_maps(self._vips, rgb))
        lines = [line for seen_in in maps for line in _lines_of(seen_in)]
        by_kind = {(one.polarity, one.window_px): one.values for one in maps}
        rows = list(clusters(lines))
        slopes = [slope_deg(cluster[0].parts) for cluster in rows]
        tilts = [agreed_tilt(slope, slopes[:at] + slopes[at + 1 :]) for at, slope in enumerate(slopes)]
        return [Spot(cluster[0], tuple(_views(cluster, tilt, light, by_kind)), tilt) for cluster, tilt in zip(rows, tilts, strict=True)]


def _lines_of(seen_in: ContrastMap) -> Iterator[FoundLine]:
    for threshold in thresholds(seen_in.values):
        found = regions(seen_in.values >= threshold)
        kept = np.flatnonzero(_like_letters(found))
        if len(kept) > _MOST_PARTS:
            continue
        parts = _boxes(found, kept)
        rows, left = join(parts), set(range(len(parts)))
        for numbers in merged([union(parts[at] for at in row) for row in rows]):
            members = [at for number in numbers for at in rows[number]]
            line = _line([parts[at] for at in members], seen_in, threshold, int(found.area[kept[members]].sum()))
            if looks_like_text(line):
                # A row about as wide as high may as well be one syllable of a column.
                left -= set(members) if line.box.width_px > 1.8 * line.box.height_px else set()
                yield line
        # Syllables that stand one under the other are looked for among what is no part of a row.
        others = sorted(left)
        for numbers in stacks([parts[at] for at in others]):
            members = [others[at] for at in numbers]
            line = _line([parts[at] for at in members], seen_in, threshold, int(found.area[kept[members]].sum()))
            if looks_stacked(line):
                yield line._replace(vertical=True)


def _like_letters(found: Regions) -> Mask:
    """Regions that could be strokes or letters: not specks, not plates, not rules."""
    width, height = found.right - found.left, found.bottom - found.top
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    plate = (found.area > 0.8 * width * height) & (shorter > 0.5 * longer) & (longer > 10)
    rule = ((shorter <= 4) & (longer > 80)) | ((shorter <= 6) & (longer >= 20 * shorter))
    kept: Mask = (longer >= 5) & (height <= 260) & (width <= 900) & ~plate & ~rule
    return kept


def _boxes(found: Regions, numbers: Any) -> list[Box]:
    sides = (found.left, found.top, found.right - found.left, found.bottom - found.top)
    return [Box(*place) for place in zip(*(side[numbers].tolist() for side in sides), strict=True)]


def _line(parts: Sequence[Box], seen_in: ContrastMap, threshold: int, area_px: int) -> FoundLine:
    box = union(parts)
    values = seen_in.values[box.top_px : box.bottom_px, box.left_px : box.right_px]
    contrast = float(values[values >= threshold].mean())
    return FoundLine(box, tuple(parts), contrast, seen_in.polarity, seen_in.window_px, area_px / (box.width_px * box.height_px))


def _views(cluster: Sequence[FoundLine], tilt_deg: float, light: Grey, maps: Mapping[tuple[Polarity, int], Grey]) -> Iterator[Crop]:
    """Crops of a row, the most promising first: as it is, then by its contrast alone, in each direction that showed it."""
    head = cluster[0]
    if head.vertical:
        yield from _column_views(head, maps)
        return
    if head.polarity is not Polarity.CHROMA:
        grey = _cut(light, head.box, tilt_deg)
        yield _crop(grey if head.polarity is Polarity.DARKER else 255 - grey, head.box, light.shape)
    seen: list[Polarity] = []
    for line in cluster:
        if line.polarity not in seen:
            seen.append(line.polarity)
            contrast = _cut(maps[line.polarity, line.window_px], head.box, tilt_deg).astype(np.float32)
            grey = (255 - np.minimum(contrast * (255 / (FULL_INK * line.contrast)), 255)).astype(np.uint8)
            yield _crop(grey, head.box, light.shape)


def _column_views(head: FoundLine, maps: Mapping[tuple[Polarity, int], Grey]) -> Iterator[Crop]:
    """A column's syllables side by side, as its contrast shows them: recognisers read rows."""
    contrast = maps[head.polarity, head.window_px]
    blank = np.zeros((round(1.4 * head.box.width_px), head.box.width_px // 5), np.uint8)
    row = [blank]
    for piece in syllables(head.box, head.parts):
        cut = contrast[piece.top_px : piece.bottom_px, piece.left_px : piece.right_px]
        above = max(0, blank.shape[0] - cut.shape[0]) // 2
        below = max(0, blank.shape[0] - cut.shape[0] - above)
        row += [np.pad(cut[: blank.shape[0]], ((above, below), (0, 0))), blank]
    ink = np.concatenate(row, axis=1).astype(np.float32) * (255 / (FULL_INK * head.contrast))
    grey = (255 - np.minimum(ink, 255)).astype(np.uint8)
    yield Crop(grey.shape[1], grey.shape[0], np.ascontiguousarray(grey).tobytes(), head.box)


def _padded(box: Box, shape: tuple[int, ...]) -> Box:
    return box.grown(round(PADDING * box.height_px) + 2, shape[1], shape[0])


def _cut(plane: Grey, box: Box, tilt_deg: float) -> Grey:
    """The part of a plane around a row, turned level."""
    place = _padded(box, plane.shape)
    part = plane[place.top_px : place.bottom_px, place.left_px : place.right_px]
    if not tilt_deg:
        return part
    level = np.asarray(Image.fromarray(part).rotate(-tilt_deg, Image.Resampling.BICUBIC, fillcolor=int(np.median(part))))
    spare = int(max(0.0, place.height_px - (1 + 2 * PADDING) * level_height_px(box, tilt_deg))) // 2
    return level[spare : place.height_px - spare]


def _crop(grey: Grey, box: Box, shape: tuple[int, ...]) -> Crop:
    return Crop(grey.shape[1], grey.shape[0], np.ascontiguousarray(grey).tobytes(), _padded(box, shape))
