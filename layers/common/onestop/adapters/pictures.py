"""The pixel work, by libvips: look at a picture without decoding it, adapt it to a spec, make a small copy of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from onestop.domain.channels.market import PictureSpec
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
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

_COLOURS = {"white": [255.0, 255.0, 255.0]}
_THUMB_BYTES = 12 * 1024
# EXIF orientations that turn a picture by a quarter, so that its sides swap.
_QUARTER_TURNS = range(5, 9)


@cache
def _vips() -> Any:
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
    vips = _vips()
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

    def adapt(self, data: bytes, spec: PictureSpec, *, ref: str = "", cell: str | None = None) -> Encoded:
        """The picture as the spec asks: whole, upright, sRGB, on the spec's background, without metadata, within its byte cap.

        Whether the source has enough pixels is for ``plan.check_source`` to say; nothing is enlarged here.

        Raises:
            PermanentError: as ``inspect``; PICTURE_TOO_LARGE also when not even the smallest canvas meets the byte cap.
        """
        info = self.inspect(data, ref=ref, cell=cell)
        for step in smaller_specs(spec):
            box = fit(info.width_px, info.height_px, step)
            with _decoding(ref, cell):
                canvas = _on_canvas(_upright_srgb(data, box, spec.background), box, spec.background)
                if encoded := best_quality(partial(_jpeg, canvas), spec.max_bytes):
                    return Encoded(encoded, box.canvas_width_px, box.canvas_height_px)
        reason = f"> {spec.max_bytes} bytes"
        raise PermanentError(Finding.of("PICTURE_TOO_LARGE", field="pictures", cell=cell, ref=ref, reason=reason))

    def thumb(self, data: bytes, side_px: int = 240, *, ref: str = "", cell: str | None = None) -> bytes:
        """A small JPEG of the whole picture, at most ``side_px`` wide and high, for the report: 12 KB unless it is mere noise.

        Raises:
            PermanentError: as ``inspect``.
        """
        info = self.inspect(data, ref=ref, cell=cell)
        box = fit(info.width_px, info.height_px, _thumb_spec(side_px))
        with _decoding(ref, cell):
            image = _upright_srgb(data, box, "white").copy_memory()
            return best_quality(partial(_jpeg, image), _THUMB_BYTES) or _jpeg(image, QUALITIES[0])


def _upright_srgb(data: bytes, box: Fit, background: str) -> Any:
    """Exactly the planned size, rotated as EXIF says, three 8-bit sRGB bands, transparency filled with the background."""
    vips = _vips()
    header = vips.Image.new_from_buffer(data, "", access="sequential")
    # Asked for only where the colours need it: without a profile in the file the conversion costs five times the rest.
    needs_profile = header.get_typeof("icc-profile-data") or header.interpretation == "cmyk"
    # "force" gives the planned size to the pixel; the plan has kept the proportions. What is broken is told to the loader,
    # because thumbnail_buffer ignores its own fail_on: https://github.com/libvips/libvips/issues/5195
    image = vips.Image.thumbnail_buffer(
        data, box.width_px, height=box.height_px, size="force", option_string="[fail_on=error]",
        **({"output_profile": "srgb"} if needs_profile else {}),
    )  # fmt: skip
    upright = image.colourspace("srgb")
    return (upright.flatten(background=_COLOURS[background]) if upright.hasalpha() else upright).cast("uchar")


def _thumb_spec(side_px: int) -> PictureSpec:
    return PictureSpec(
        spec_id="thumb", width_px=side_px, height_px=side_px, min_width_px=1, min_height_px=1, max_bytes=_THUMB_BYTES, max_count=1
    )


def _on_canvas(image: Any, box: Fit, background: str) -> Any:
    """The picture laid on its canvas, in memory, so that several qualities can be tried without decoding again."""
    placed = image.embed(
        box.left_px, box.top_px, box.canvas_width_px, box.canvas_height_px, extend="background", background=_COLOURS[background]
    )  # fmt: skip
    return placed.copy_memory()


def _jpeg(image: Any, quality: int) -> bytes:
    data: bytes = image.jpegsave_buffer(Q=quality, optimize_coding=True, keep="none")
    return data
