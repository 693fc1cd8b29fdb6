"""All the Korean in a picture: found, read and described, from the bytes of its file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onestop.adapters.picture_text.maps import Grey
from onestop.adapters.picture_text.style import measured
from onestop.adapters.picture_text.tiles import tiles
from onestop.adapters.pictures import VipsPictures
from onestop.domain.imaging.column import alignment, neighbours, reading_order
from onestop.domain.imaging.found_lines import is_text_row, same_place, snapped
from onestop.domain.imaging.reading import Reading, Spot, believed, is_foreign, without_repeats
from onestop.domain.imaging.text_lines import Box, PictureText, TextLine
from onestop.steps.ports import TextDetector, TextRecognizer

RULES = 1
"""A part of ``PictureText.engine``: raise it when detection or style changes, and every picture is read anew."""


FEW_PARTS = 4


class _Seen(NamedTuple):
    spot: Spot
    reading: Reading | None


class PictureReader:
    """Reads pictures; the same bytes give the same text.

    Args:
        pictures: decodes the files.
        detector: finds lines.
        recognizer: reads them.
    """

    def __init__(self, pictures: VipsPictures, detector: TextDetector, recognizer: TextRecognizer) -> None:
        self._pictures = pictures
        self._detector = detector
        self._recognizer = recognizer

    @property
    def engine(self) -> str:
        """What reads, so that a stored text tells whether it would be read otherwise now."""
        return f"{self._recognizer.engine}/{RULES}"

    def read(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureText:
        """The Korean lines of a picture, and what looks like text that nobody could read.

        Raises:
            PermanentError: PICTURE_NOT_AN_IMAGE, PICTURE_TOO_LARGE, PICTURE_DAMAGED, as ``VipsPictures``.
        """
        rgb = self._pictures.pixels(data, ref=ref, cell=cell)
        seen = [one for top, tile in tiles(rgb) for one in self._read_tile(tile, top)]
        kept = without_repeats(believed([one.reading for one in seen if one.reading]))
        spots = {id(one.reading): one.spot for one in seen}
        return PictureText(
            source_sha256=hashlib.sha256(data).hexdigest(), width_px=rgb.shape[1], height_px=rgb.shape[0], engine=self.engine,
            lines=_described(rgb, kept, spots), unread=_unread(seen, kept),
        )  # fmt: skip

    def _read_tile(self, tile: Grey, top_px: int) -> Iterator[_Seen]:
        for spot in self._detector.find(tile):
            # What is hardly a row of letters is looked at in one way only.
            reading = self._recognizer.read(spot.views if len(spot.line.parts) >= FEW_PARTS else spot.views[:1])
            line = spot.line
            if reading:
                box = line.box if spot.tilt_deg or line.vertical else snapped(reading.box, line.parts)
                reading = reading._replace(box=_down(box, top_px))
            yield _Seen(spot._replace(line=line._replace(box=_down(line.box, top_px)), views=()), reading)


def _down(box: Box, by_px: int) -> Box:
    return box._replace(top_px=box.top_px + by_px)


def _described(rgb: Grey, readings: Sequence[Reading], spots: Mapping[int, Spot]) -> tuple[TextLine, ...]:
    """The lines in reading order, with their looks."""
    boxes = [reading.box for reading in readings]
    lines = []
    for number, at in enumerate(reading_order(boxes), start=1):
        reading, others = readings[at], boxes[:at] + boxes[at + 1 :]
        spot = spots[id(reading)]
        lines.append(
            TextLine(
                line_id=f"L{number}", text=reading.text, score_pct=reading.score_pct, box=reading.box,
                align=alignment(reading.box, neighbours(reading.box, others)), tilt_deg=spot.tilt_deg, vertical=spot.line.vertical,
                **measured(rgb, reading.box)._asdict(),
            )
        )  # fmt: skip
    return tuple(lines)


def _unread(seen: Sequence[_Seen], lines: Sequence[Reading]) -> tuple[Box, ...]:
    """Rows like text that lie on no line, and in which no other script was read."""
    known = [line.box for line in lines] + [one.reading.box for one in seen if one.reading and is_foreign(one.reading)]
    rows = [one.spot.line.box for one in seen if is_text_row(one.spot.line)]
    left = [box for box in rows if not any(same_place(box, other) for other in known)]
    return tuple(left[at] for at in reading_order(left))
