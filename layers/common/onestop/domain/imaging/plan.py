"""What becomes of a picture, decided without touching a pixel: which ones go out, at what size, on what canvas, under what key."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.channels.market import PictureFit, PictureSpec
from onestop.domain.findings import Finding
from onestop.domain.values import digest

MAX_SOURCE_BYTES = 20 * 1024 * 1024
MAX_SOURCE_PIXELS = 50_000_000
MAX_SOURCE_SIDE_PX = 20_000

# From 90 on, libvips keeps the full resolution of colour and the file grows by a quarter for nothing that a buyer sees;
# below 60 the blocks of a JPEG show, so pixels are given up instead.
QUALITIES = range(60, 90)

# A part of every key: raise it when the pixel work changes, and every picture is made anew under a new key.
PIXEL_RULES = 2

_SUFFIXES = {"image/jpeg": "jpg", "image/webp": "webp"}
_NOT_OF_PIXELS = {"max_count", "roles", "text", "white_ground", "min_fill_pct"}


class PictureInfo(NamedTuple):
    """What a picture's header says: its size as a viewer shows it (after rotation), and its media type."""

    width_px: int
    height_px: int
    media_type: str


class Encoded(NamedTuple):
    """A finished picture: the bytes of its file, and its size."""

    data: bytes
    width_px: int
    height_px: int


class Fit(NamedTuple):
    """Where the whole picture goes: scaled to ``width_px`` x ``height_px``, laid on a canvas at ``left_px``, ``top_px``."""

    width_px: int
    height_px: int
    canvas_width_px: int
    canvas_height_px: int
    left_px: int
    top_px: int


def sniff(data: bytes) -> str | None:
    r"""The media type that the first bytes tell, of the three that are accepted; None for anything else, whatever its name.

    Example:
        >>> sniff(b"\xff\xd8\xff\xe0"), sniff(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        ('image/jpeg', None)
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def check_bounds(
    width_px: int, height_px: int, *, frames: int = 1, size_bytes: int = 0, ref: str = "", cell: str | None = None
) -> tuple[Finding, ...]:
    """Whether a picture is small enough to be decoded at all; judged by its header, before any pixel exists.

    Returns:
        Nothing, or PICTURE_TOO_LARGE with the figure that is over its limit.

    Example:
        >>> check_bounds(20_000, 20_000, ref="a.png")[0].message_en
        "The picture 'a.png' is too large (20000x20000)."
    """
    reason = ""
    if size_bytes > MAX_SOURCE_BYTES:
        reason = f"> {MAX_SOURCE_BYTES // 1024 // 1024} MB"
    elif width_px * height_px > MAX_SOURCE_PIXELS or max(width_px, height_px) > MAX_SOURCE_SIDE_PX:
        reason = f"{width_px}x{height_px}"
    elif frames > 1:
        reason = f"GIF/WebP animation, {frames} frames"
    return (Finding.of("PICTURE_TOO_LARGE", field="pictures", cell=cell, ref=ref, reason=reason),) if reason else ()


def check_source(width_px: int, height_px: int, spec: PictureSpec, *, cell: str | None = None) -> tuple[Finding, ...]:
    """Whether a picture has the pixels that a channel asks for; a small one is refused, never enlarged and passed off as real.

    Args:
        width_px: of the seller's picture, as a viewer shows it.
        height_px: likewise.
        spec: what the channel asks for.
        cell: the seller's cell that names the picture.

    Returns:
        Nothing, or PICTURE_TOO_SMALL with both sizes.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500,
        ...                    max_bytes=1048576, max_count=8)
        >>> check_source(320, 320, spec, cell="M31")[0].message_en
        'The picture is 320x320, smaller than 500x500.'
    """
    if width_px >= spec.min_width_px and height_px >= spec.min_height_px:
        return ()
    return (
        Finding.of(
            "PICTURE_TOO_SMALL", field="pictures", cell=cell, width=width_px, height=height_px,
            min_width=spec.min_width_px, min_height=spec.min_height_px,
        ),
    )  # fmt: skip


def fit(width_px: int, height_px: int, spec: PictureSpec) -> Fit:
    """The whole picture centred on its canvas: never cut, never enlarged.

    A picture larger than the spec is scaled down to touch the spec's canvas. A smaller one keeps its pixels, on the smallest
    canvas of the same shape that holds it: 800x600 goes on 800x800, not on 1600x1600 with a wide white border - unless the
    channel takes one exact size only. With KEEP the canvas is the picture's own shape, though never below the spec's minimum.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500,
        ...                    max_bytes=1048576, max_count=8)
        >>> fit(3000, 1500, spec)
        Fit(width_px=1600, height_px=800, canvas_width_px=1600, canvas_height_px=1600, left_px=0, top_px=400)
        >>> fit(800, 600, spec)
        Fit(width_px=800, height_px=600, canvas_width_px=800, canvas_height_px=800, left_px=0, top_px=100)
        >>> fit(860, 12000, spec.model_copy(update={"fit": PictureFit.KEEP, "height_px": 5000, "min_width_px": 330}))
        Fit(width_px=358, height_px=5000, canvas_width_px=358, canvas_height_px=5000, left_px=0, top_px=0)
    """
    # Whole-number arithmetic throughout: the same picture gets the same box on every machine.
    if width_px * spec.height_px >= height_px * spec.width_px:
        scaled_width = min(width_px, spec.width_px)
        scaled_height = _round_div(height_px * scaled_width, width_px)
    else:
        scaled_height = min(height_px, spec.height_px)
        scaled_width = _round_div(width_px * scaled_height, height_px)
    canvas_width, canvas_height = _canvas(scaled_width, scaled_height, spec)
    return Fit(
        scaled_width, scaled_height, canvas_width, canvas_height, (canvas_width - scaled_width) // 2, (canvas_height - scaled_height) // 2
    )


def _canvas(width_px: int, height_px: int, spec: PictureSpec) -> tuple[int, int]:
    if spec.exact_size:
        return spec.width_px, spec.height_px
    if spec.fit is PictureFit.KEEP:
        return max(width_px, spec.min_width_px), max(height_px, spec.min_height_px)
    if width_px * spec.height_px >= height_px * spec.width_px:
        return width_px, _ceil_div(width_px * spec.height_px, spec.width_px)
    return _ceil_div(height_px * spec.width_px, spec.height_px), height_px


def _ceil_div(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _round_div(numerator: int, denominator: int) -> int:
    """Rounded half up, at least 1: a picture may get thin, it may not vanish."""
    return max(1, (2 * numerator + denominator) // (2 * denominator))


def smaller_specs(spec: PictureSpec) -> Iterator[PictureSpec]:
    """The spec itself, then with ever smaller canvases, down to its minimum: what to try when no quality meets the byte cap.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=1000, height_px=1000, min_width_px=600, min_height_px=600,
        ...                    max_bytes=9, max_count=8)
        >>> [step.width_px for step in smaller_specs(spec)]
        [1000, 800, 640]
    """
    width_px, height_px = spec.width_px, spec.height_px
    while width_px >= max(spec.min_width_px, 1) and height_px >= max(spec.min_height_px, 1):
        yield spec.model_copy(update={"width_px": width_px, "height_px": height_px})
        if spec.exact_size:
            return
        width_px, height_px = width_px * 4 // 5, height_px * 4 // 5


def best_quality(encode: Callable[[int], bytes], max_bytes: int) -> bytes | None:
    """The encoding of the highest quality that fits a byte cap; None when not even the lowest does.

    The highest quality is tried first, as most pictures fit it; only then the rest is halved, about five encodings.

    Args:
        encode: the picture's bytes at a quality of ``QUALITIES``.
        max_bytes: the cap, 1 or more.

    Example:
        >>> len(best_quality(lambda quality: b"x" * quality, 75)), best_quality(lambda quality: b"x" * quality, 10)
        (75, None)
    """
    data = encode(QUALITIES[-1])
    if len(data) <= max_bytes:
        return data
    best, low, high = None, QUALITIES[0], QUALITIES[-2]
    while low <= high:
        quality = (low + high) // 2
        data = encode(quality)
        if len(data) <= max_bytes:
            best, low = data, quality + 1
        else:
            high = quality - 1
    return best


def roles_in_order(pictures: Sequence[SourcePicture]) -> tuple[SourcePicture, ...]:
    """The pictures as a buyer meets them: main, gallery, size charts, detail; each reference once, and the first of all is the main one.

    Example:
        >>> front = SourcePicture(ref="front.jpg", role=PictureRole.GALLERY)
        >>> [(picture.ref, picture.role.value) for picture in roles_in_order([front, front])]
        [('front.jpg', 'main')]
    """
    shown_first = list(PictureRole).index
    by_ref: dict[str, SourcePicture] = {}
    for picture in sorted(pictures, key=lambda picture: shown_first(picture.role)):
        by_ref.setdefault(picture.ref, picture)
    # A seller may call several pictures the main one; a listing has one.
    others = (PictureRole.GALLERY if picture.role is PictureRole.MAIN else picture.role for picture in list(by_ref.values())[1:])
    roles = (PictureRole.MAIN, *others)
    return tuple(picture.model_copy(update={"role": role}) for picture, role in zip(by_ref.values(), roles, strict=False))


def choose(pictures: Sequence[SourcePicture], spec: PictureSpec) -> tuple[tuple[SourcePicture, ...], tuple[Finding, ...]]:
    """The pictures that a channel takes, in order, and what to tell the seller about the rest.

    Returns:
        At most ``spec.max_count`` pictures, with PICTURE_SKIPPED when some were left out, PICTURE_MISSING when there is none.

    Example:
        >>> spec = PictureSpec(spec_id="s", width_px=9, height_px=9, min_width_px=1, min_height_px=1, max_bytes=9, max_count=1)
        >>> taken, findings = choose([SourcePicture(ref=ref, role=PictureRole.GALLERY) for ref in ("a.jpg", "b.jpg")], spec)
        >>> [picture.ref for picture in taken], [finding.code for finding in findings]
        (['a.jpg'], ['PICTURE_SKIPPED'])
    """
    ordered = roles_in_order(pictures)
    if not ordered:
        return (), (Finding.of("PICTURE_MISSING", field="pictures"),)
    left_out = len(ordered) - spec.max_count
    skipped = (Finding.of("PICTURE_SKIPPED", field="pictures", count=left_out, limit=spec.max_count),) if left_out > 0 else ()
    return ordered[: spec.max_count], skipped


def picture_key(source_sha256: str, spec: PictureSpec) -> str:
    """The object key of a picture in a spec: same bytes, same rules, same key, whichever market asks.

    How many pictures a listing may hold, and what is only told to the seller, changes no pixel and does not count.

    Example:
        >>> spec = PictureSpec(spec_id="square", width_px=9, height_px=9, min_width_px=1, min_height_px=1, max_bytes=9, max_count=1)
        >>> picture_key("ab" * 32, spec) == picture_key("ab" * 32, spec.model_copy(update={"max_count": 8}))
        True
    """
    name = digest(source_sha256, spec.model_dump(mode="json", exclude=_NOT_OF_PIXELS), PIXEL_RULES)[:24]
    return f"media/{spec.spec_id}/{name}.{_SUFFIXES[spec.media_type]}"


def thumb_key(key_or_sha256: str) -> str:
    """The object key of the small copy, of an adapted picture (by its key) or of the seller's own (by its SHA-256).

    Example:
        >>> thumb_key("ab" * 32).startswith("media/thumbs/")
        True
    """
    return f"media/thumbs/{digest(key_or_sha256, PIXEL_RULES)[:24]}.jpg"


def marked_key(sha256: str) -> str:
    """The object key of a picture with its lines numbered for a person, by the SHA-256 of its own bytes.

    Example:
        >>> marked_key("ab" * 32)
        'media/marked/abababababababababababab.jpg'
    """
    return f"media/marked/{sha256[:24]}.jpg"
