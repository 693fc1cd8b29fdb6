"""The pixel work, by libvips: look at a picture without decoding it, adapt it to a spec, make a small copy of it."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from itertools import chain, product
from typing import Any

from onestop.domain.channels.market import PictureSpec
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.domain.imaging.look import PictureLook
from onestop.domain.imaging.plan import (
    QUALITIES,
    Encoded,
    Fit,
    PictureInfo,
    best_quality,
    check_bounds,
    fit,
    smaller_specs,
    sniff,
)
from onestop.domain.imaging.text_lines import Box

_COLOURS = {"white": [255.0, 255.0, 255.0]}
_THUMB_BYTES = 12 * 1024
# EXIF orientations that turn a picture by a quarter, so that its sides swap.
_QUARTER_TURNS = range(5, 9)


@cache
def libvips() -> Any:
    """libvips, able to load JPEG, PNG and WebP and nothing else; imported on first use, as it loads a large native library."""
    import pyvips

    pyvips.block_untrusted_set(True)
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in ("VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"):
        pyvips.operation_block_set(loader, False)
    # No picture is worked on twice, so remembering operations would only hold memory.
    pyvips.cache_set_max(0)
    return pyvips


@contextmanager
def _decoding(ref: str, cell: str | None) -> Iterator[Any]:
    """libvips, its complaints about a file told as PICTURE_DAMAGED."""
    vips = libvips()
    try:
        yield vips
    except vips.Error as exc:
        raise PermanentError(Finding.of("PICTURE_DAMAGED", field="pictures", cell=cell, ref=ref)) from exc


class VipsPictures:
    """Pictures in memory, in and out; the same bytes in give the same bytes out.

    Every method takes the seller's ``ref`` and ``cell`` for its findings, and raises ``PermanentError`` with

    * PICTURE_NOT_AN_IMAGE: not a JPEG, PNG or WebP file, whatever its name;
    * PICTURE_TOO_LARGE: too many bytes, pixels or frames; refused by the header, before any pixel is decoded;
    * PICTURE_DAMAGED: cut short or broken.
    """

    def inspect(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureInfo:
        """What the header says. A picture that is broken further down passes here and fails in ``adapt``.

        Raises:
            PermanentError: PICTURE_NOT_AN_IMAGE, PICTURE_TOO_LARGE, PICTURE_DAMAGED.
        """
        media_type = sniff(data)
        if media_type is None:
            raise PermanentError(Finding.of("PICTURE_NOT_AN_IMAGE", field="pictures", cell=cell, ref=ref))
        if findings := check_bounds(0, 0, size_bytes=len(data), ref=ref, cell=cell):
            raise PermanentError(*findings)
        with _decoding(ref, cell) as vips:
            header = vips.Image.new_from_buffer(data, "", access="sequential")
            turned = header.get_typeof("orientation") and header.get("orientation") in _QUARTER_TURNS
            frames = header.get_n_pages()
        width_px, height_px = (header.height, header.width) if turned else (header.width, header.height)
        if findings := check_bounds(width_px, height_px, frames=frames, ref=ref, cell=cell):
            raise PermanentError(*findings)
        return PictureInfo(width_px, height_px, media_type)

    def adapt(self, data: bytes, spec: PictureSpec, *, within: Box | None = None, ref: str = "", cell: str | None = None) -> Encoded:
        """The picture as the spec asks: upright, sRGB, on the spec's background, without metadata, within its byte cap.

        Whether the source has enough pixels is for ``plan.check_source`` to say; nothing is enlarged here.

        Args:
            data: the source's bytes.
            spec: what to make of it.
            within: the part to show, in upright pixels, such as ``look.part_shown`` gives; all of it when None.

        Raises:
            PermanentError: as ``inspect``; PICTURE_TOO_LARGE also when not even the smallest canvas meets the byte cap.
        """
        info = self.inspect(data, ref=ref, cell=cell)
        part = within or Box(0, 0, info.width_px, info.height_px)
        encode = partial(_ENCODERS[spec.media_type], dpi=spec.dpi)
        for step in smaller_specs(spec):
            box = fit(part.width_px, part.height_px, step)
            with _decoding(ref, cell):
                shown = _part(_upright_srgb(data, info, *_scaled_whole(info, part, box), spec.background), info, part, box)
                canvas = _on_canvas(shown, box, spec)
                if encoded := best_quality(partial(encode, canvas), spec.max_bytes):
                    return Encoded(encoded, box.canvas_width_px, box.canvas_height_px)
        reason = f"> {spec.max_bytes} bytes"
        raise PermanentError(Finding.of("PICTURE_TOO_LARGE", field="pictures", cell=cell, ref=ref, reason=reason))

    def look(self, data: bytes, *, ref: str = "", cell: str | None = None) -> PictureLook:
        """What the picture looks like, measured on a copy of at most 500 px: subject, ground, perceptual hashes.

        Raises:
            PermanentError: as ``inspect``.
        """
        from onestop.adapters.picture_look import COPY_SIDE_PX, measure

        info = self.inspect(data, ref=ref, cell=cell)
        box = fit(info.width_px, info.height_px, _thumb_spec(COPY_SIDE_PX))
        with _decoding(ref, cell):
            copy = _upright_srgb(data, info, box.width_px, box.height_px, "white", sharp=True).numpy()
        return measure(copy, info.width_px, info.height_px)

    def thumb(self, data: bytes, side_px: int = 240, *, ref: str = "", cell: str | None = None) -> bytes:
        """A small JPEG of the whole picture, at most ``side_px`` wide and high, for the report: 12 KB unless it is mere noise.

        Raises:
            PermanentError: as ``inspect``.
        """
        info = self.inspect(data, ref=ref, cell=cell)
        box = fit(info.width_px, info.height_px, _thumb_spec(side_px))
        with _decoding(ref, cell):
            image = _upright_srgb(data, info, box.width_px, box.height_px, "white").copy_memory()
            return best_quality(partial(_jpeg, image), _THUMB_BYTES) or _jpeg(image, QUALITIES[0])

    def pixels(self, data: bytes, *, ref: str = "", cell: str | None = None) -> Any:
        """The whole picture upright in 8-bit sRGB on white, as a NumPy array of height x width x 3.

        Raises:
            PermanentError: as ``inspect``.
        """
        info = self.inspect(data, ref=ref, cell=cell)
        with _decoding(ref, cell):
            return _upright_srgb(data, info, info.width_px, info.height_px, "white").numpy()


def _upright_srgb(data: bytes, info: PictureInfo, width_px: int, height_px: int, background: str, *, sharp: bool = False) -> Any:
    """The whole picture in exactly this size, rotated as EXIF says, three 8-bit sRGB bands, transparency filled with the background.

    ``sharp`` leaves more of the work to the slower filter, for whoever measures edges.
    """
    vips = libvips()
    header = vips.Image.new_from_buffer(data, "", access="sequential")
    # Asked for only where the colours need it: without a profile in the file the conversion costs five times the rest.
    profile = header.get("icc-profile-data") if header.get_typeof("icc-profile-data") else None
    needs_profile = header.interpretation == "cmyk" or (profile and not (header.interpretation == "srgb" and _says_srgb(profile)))
    # "force" gives the planned size to the pixel; the plan has kept the proportions.
    asked = {"height": height_px, "size": "force", **({"output_profile": "srgb"} if needs_profile else {})}
    if info.media_type == "image/jpeg":
        shrink = _shrink(info, width_px * (1 + sharp), height_px * (1 + sharp))
        reduced = vips.Image.new_from_buffer(data, "", access="sequential", fail_on="error", shrink=shrink)
        image = reduced.thumbnail_image(width_px, **asked)
    else:
        # What is broken is told to the loader, as thumbnail_buffer ignores its own fail_on:
        # https://github.com/libvips/libvips/issues/5195
        image = vips.Image.thumbnail_buffer(data, width_px, option_string="[fail_on=error]", **asked)
    upright = image.colourspace("srgb")
    return (upright.flatten(background=_COLOURS[background]) if upright.hasalpha() else upright).cast("uchar")


@lru_cache(maxsize=16)
def _says_srgb(profile: bytes) -> bool:
    """Whether a colour profile changes no colour by more than 1 of 255, as the sRGB that most cameras write: nothing to convert then.

    Asked of the profile itself, on 9x9x9 colours, as its name can say anything.
    """
    vips = libvips()
    levels = (*range(0, 256, 32), 255)
    colours = vips.Image.new_from_memory(bytes(chain.from_iterable(product(levels, repeat=3))), 27, 27, 3, "uchar")
    tagged = colours.copy(interpretation="srgb")
    tagged.set_type(vips.GValue.blob_type, "icc-profile-data", profile)
    try:
        return bool((tagged.icc_transform("srgb", embedded=True) - colours).abs().max() <= 1)
    except vips.Error:
        return False


def _shrink(info: PictureInfo, width_px: int, height_px: int) -> int:
    """How much smaller the JPEG decoder itself makes the picture: as far as it stays at least as large as what is asked for.

    libvips alone would stop a factor of two earlier, which costs a third more time for nothing that is seen (51 dB).
    """
    largest = min(info.width_px // width_px, info.height_px // height_px)
    return next((factor for factor in (8, 4, 2) if factor <= largest), 1)


def _thumb_spec(side_px: int) -> PictureSpec:
    return PictureSpec(
        spec_id="thumb", width_px=side_px, height_px=side_px, min_width_px=1, min_height_px=1, max_bytes=_THUMB_BYTES, max_count=1
    )


def _scaled_whole(info: PictureInfo, part: Box, box: Fit) -> tuple[int, int]:
    """The size of the whole picture at which the part has the planned size: decoders scale whole pictures while they read."""
    return (
        max(box.width_px, round(info.width_px * box.width_px / part.width_px)),
        max(box.height_px, round(info.height_px * box.height_px / part.height_px)),
    )


def _part(image: Any, info: PictureInfo, part: Box, box: Fit) -> Any:
    """The part, out of the scaled whole."""
    if (image.width, image.height) == (box.width_px, box.height_px):
        return image
    left = min(round(part.left_px * image.width / info.width_px), image.width - box.width_px)
    top = min(round(part.top_px * image.height / info.height_px), image.height - box.height_px)
    return image.crop(left, top, box.width_px, box.height_px)


def _on_canvas(image: Any, box: Fit, spec: PictureSpec) -> Any:
    """The picture laid on its canvas, in memory, so that several qualities can be tried without decoding again."""
    placed = image.embed(
        box.left_px, box.top_px, box.canvas_width_px, box.canvas_height_px, extend="background", background=_COLOURS[spec.background]
    )  # fmt: skip
    return placed.copy_memory()


def _jpeg(image: Any, quality: int, dpi: int = 72) -> bytes:
    data: bytes = image.jpegsave_buffer(Q=quality, optimize_coding=True, keep="none")
    # libvips leaves the JFIF segment out with the metadata, and with it the dots per inch: version 1.1, unit 1, both densities.
    return data[:2] + b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01" + struct.pack(">HH", dpi, dpi) + b"\x00\x00" + data[2:]


def _webp(image: Any, quality: int, dpi: int = 72) -> bytes:  # noqa: ARG001  # a WebP without metadata has no place for it
    data: bytes = image.webpsave_buffer(Q=quality, keep="none")
    return data


_ENCODERS = {"image/jpeg": _jpeg, "image/webp": _webp}
