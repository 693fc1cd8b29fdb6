"""Small pictures inside the page: each one once, however many listings show it."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import quote

from onestop.domain.listing.listing import ListedImage
from onestop.domain.listing.reported import ReportedRow

MOST_EMBEDDED = 800
"""A main picture before and after for 400 products. At up to 12 KiB each, more would make the page slow to open."""

Read = Callable[[str], bytes | None]


class Thumbnail(NamedTuple):
    """One picture in the page: the name it is used by, and its bytes as a data URI."""

    name: str
    uri: str


class Thumbnails(NamedTuple):
    """The pictures in the page by their key, and whether some were left out to keep it light."""

    by_key: dict[str, Thumbnail]
    cut: bool


def thumbnails(rows: Iterable[ReportedRow], read: Read, most: int = MOST_EMBEDDED) -> Thumbnails:
    """The thumbnails that the page carries: main pictures first, in the order of the file, before the others."""
    wanted = _wanted(list(rows))
    found = ((key, read(key)) for key in wanted[:most])
    there = [(key, data) for key, data in found if data]
    embedded = {
        key: Thumbnail(f"t{number}", f"data:image/jpeg;base64,{b64encode(data).decode()}") for number, (key, data) in enumerate(there)
    }
    return Thumbnails(embedded, len(wanted) > most)


def media_link(key: str) -> str:
    """Where a picture lies beside the page: its key below the seller's prefix.

    Example:
        >>> media_link("demo-seller/media/square 1600/ab.jpg")
        'media/square%201600/ab.jpg'
    """
    _, found, below = key.partition("/media/")
    return quote(f"media/{below}" if found else key)


def _wanted(rows: list[ReportedRow]) -> list[str]:
    listings = [listing for row in rows for listing in row.listings]
    mains = [key for listing in listings for image in listing.images[:1] for key in _keys(image)]
    others = [key for listing in listings for image in listing.images[1:] for key in _keys(image)]
    steps = [
        key for listing in listings for image in (*listing.images, *listing.images_waiting)
        for key in (image.source_thumb_key, image.erased_thumb_key, image.drawn_thumb_key)
    ]  # fmt: skip
    return list(dict.fromkeys(key for key in (*mains, *others, *steps) if key))


def _keys(image: ListedImage) -> tuple[str, str]:
    return image.source_thumb_key, image.thumb_key
