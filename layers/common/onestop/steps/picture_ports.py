"""What the picture step needs done: pixels brought into a spec, pictures fetched, read, and redrawn."""

from collections.abc import Sequence
from typing import Protocol

from onestop.domain.channels.market import PictureSpec
from onestop.domain.imaging.look import PictureLook
from onestop.domain.imaging.plan import Encoded, PictureInfo
from onestop.domain.imaging.text_lines import Box, Doubt, LineWording, PictureText


class Pixels(Protocol):
    """Picture work; raises PermanentError with PICTURE_* findings."""

    def inspect(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureInfo:
        """What the header says."""

    def look(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureLook:
        """What the picture looks like."""

    def adapt(self, data: bytes, spec: PictureSpec, *, within: Box | None = None, ref: str = "", cell: str | None = None) -> Encoded:
        """The picture, or the part of it within a box, as the spec asks."""

    def thumb(self, data: bytes, side_px: int = 240, *, ref: str = "", cell: str | None = None) -> bytes:
        """A small copy for the report."""


class Fetch(Protocol):
    """Reads a picture from the web; raises PermanentError with PICTURE_* findings."""

    def __call__(self, url: str, *, cell: str | None = None) -> bytes:
        """The bytes behind a public https address; ``cell`` is the seller's cell that holds it."""


class Reader(Protocol):
    """Reads the Korean in a picture; raises PermanentError with PICTURE_* findings."""

    @property
    def engine(self) -> str:
        """Its name and version; another one reads everything anew."""

    def read(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureText:
        """The lines of a picture, and what looks like text that could not be read."""


class Layer(Protocol):
    """A picture on its way from the seller's to the market's, a lossless file, and every doubt on the way to it."""

    @property
    def picture(self) -> Encoded:
        """The file."""

    @property
    def doubts(self) -> tuple[tuple[str, Doubt], ...]:
        """(line, why); the line is empty where the whole picture is meant."""


class Redrawer(Protocol):
    """Erases lines from a picture and draws other words in their place."""

    @property
    def engine(self) -> str:
        """Its name and version; another one draws everything anew."""

    def erase(self, data: bytes, text: PictureText, wordings: Sequence[LineWording]) -> Layer:
        """The picture without the lines that are replaced or removed."""

    def draw(self, erased: Encoded, text: PictureText, wordings: Sequence[LineWording], locale: str) -> Layer:
        """The new words on the erased picture."""

    def card(self, title: str, rows: Sequence[tuple[str, str]], locale: str) -> Encoded | None:
        """A picture of (label, value) rows under a title, a lossless file; None where they cannot be drawn or do not fit."""

    def marked(self, data: bytes, boxes: Sequence[tuple[str, Box]]) -> bytes:
        """The picture with numbered frames around (number, box), a JPEG."""
