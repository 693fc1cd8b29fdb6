"""The decisions about pictures: size, canvas, order, key."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.channels.market import PictureSpec
from onestop.domain.imaging.plan import (
    MAX_SOURCE_BYTES,
    QUALITIES,
    best_quality,
    check_bounds,
    check_source,
    choose,
    fit,
    picture_key,
    roles_in_order,
    smaller_specs,
    sniff,
    thumb_key,
)

SQUARE = PictureSpec(
    spec_id="square-1600", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500, max_bytes=1_048_576, max_count=3
)
sides = st.integers(1, 20_000)
specs = st.builds(
    lambda width, height: SQUARE.model_copy(update={"width_px": width, "height_px": height}), st.integers(100, 4000), st.integers(100, 4000)
)


def source(ref: str, role: PictureRole = PictureRole.GALLERY) -> SourcePicture:
    """A picture as a seller names it."""
    return SourcePicture(ref=ref, role=role)


@given(sides, sides, specs)
def test_fit_shows_the_whole_picture_without_enlarging_it(width, height, spec):
    """Given any picture and spec, when it is fitted, then nothing is cut and no side grows."""
    box = fit(width, height, spec)

    assert 1 <= box.width_px <= width
    assert 1 <= box.height_px <= height
    assert 0 <= box.left_px <= box.canvas_width_px - box.width_px
    assert 0 <= box.top_px <= box.canvas_height_px - box.height_px


@given(sides, sides, specs)
def test_fit_stays_within_the_spec_and_touches_its_canvas(width, height, spec):
    """Given any picture and spec, when it is fitted, then the canvas is no larger than the spec's and no wider or higher than needed."""
    box = fit(width, height, spec)

    assert box.canvas_width_px <= spec.width_px
    assert box.canvas_height_px <= spec.height_px
    assert box.width_px == box.canvas_width_px or box.height_px == box.canvas_height_px


@given(sides, sides, specs)
def test_fit_keeps_proportions_and_the_shape_of_the_canvas(width, height, spec):
    """Given any picture and spec, when it is fitted, then both shapes are kept to within one pixel."""
    box = fit(width, height, spec)

    assert abs(box.width_px * height - box.height_px * width) <= max(width, height)
    assert abs(box.canvas_width_px * spec.height_px - box.canvas_height_px * spec.width_px) <= max(spec.width_px, spec.height_px)


@given(st.integers(500, 1600), st.integers(500, 1600))
def test_a_picture_smaller_than_the_spec_keeps_its_pixels(width, height):
    """Given a picture between the minimum and the target, when it is fitted, then it is not resized at all."""
    box = fit(width, height, SQUARE)

    assert (box.width_px, box.height_px) == (width, height)
    assert box.canvas_width_px == box.canvas_height_px == max(width, height)


@pytest.mark.parametrize(("width", "height", "small"), [(320, 320, True), (499, 2000, True), (2000, 499, True), (500, 500, False)])
def test_a_small_source_is_refused_with_both_sizes_and_the_cell(width, height, small):
    """Given a picture and a minimum, when it is checked, then the finding tells its size, the minimum and the seller's cell."""
    findings = check_source(width, height, SQUARE, cell="M31")

    assert bool(findings) == small
    for finding in findings:
        assert (finding.code, finding.cell, finding.field) == ("PICTURE_TOO_SMALL", "M31", "pictures")
        assert f"{width}x{height}" in finding.message_ko
        assert "500x500" in finding.message_ko


@pytest.mark.parametrize(
    ("width", "height", "frames", "size_bytes", "reason"),
    [
        (7_071, 7_071, 1, MAX_SOURCE_BYTES, None),
        (20_000, 20_000, 1, 49_000, "20000x20000"),
        (20_001, 10, 1, 1, "20001x10"),
        (10, 10, 1, MAX_SOURCE_BYTES + 1, "> 20 MB"),
        (10, 10, 2, 1, "2 frames"),
    ],
)
def test_what_cannot_be_decoded_safely_is_refused_by_its_header(width, height, frames, size_bytes, reason):
    """Given the figures of a header, when one is over its limit, then the finding names that figure."""
    findings = check_bounds(width, height, frames=frames, size_bytes=size_bytes, ref="a.png", cell="N4")

    assert [finding.code for finding in findings] == (["PICTURE_TOO_LARGE"] if reason else [])
    assert all(reason in finding.message_en and finding.cell == "N4" for finding in findings)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\xff\xd8\xff\xe1....", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"GIF89a", None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"%PDF-1.7", None),
        (b"sku,title\n", None),
        (b"\xff\xd8", None),
        (b"", None),
    ],
)
def test_the_type_is_what_the_first_bytes_say(data, media_type):
    """Given the start of a file, when it is sniffed, then only JPEG, PNG and WebP are known."""
    assert sniff(data) == media_type


@given(st.integers(1, 200))
def test_quality_search_finds_the_highest_quality_under_the_cap(max_bytes):
    """Given an encoder whose size grows with quality, when a cap is set, then the best quality under it is found in few tries."""
    tried = []

    def encode(quality: int) -> bytes:
        tried.append(quality)
        return bytes(quality)

    best = best_quality(encode, max_bytes)

    fitting = [quality for quality in QUALITIES if quality <= max_bytes]
    assert (len(best) if best is not None else None) == max(fitting, default=None)
    assert len(tried) <= 6
    assert set(tried) <= set(QUALITIES)


def test_smaller_canvases_never_go_below_the_minimum():
    """Given a spec, when its canvas is made smaller step by step, then it starts as asked and stops at the minimum."""
    steps = list(smaller_specs(SQUARE))

    assert steps[0] == SQUARE
    assert all(later.width_px < earlier.width_px for earlier, later in pairwise(steps))
    assert all(step.width_px >= SQUARE.min_width_px for step in steps)


def test_smaller_canvases_end_where_a_channel_states_no_minimum():
    """Given a spec without a minimum, when its canvas is made smaller, then it ends before it vanishes."""
    assert all(step.width_px >= 1 for step in smaller_specs(SQUARE.model_copy(update={"min_width_px": 0, "min_height_px": 0})))


def test_pictures_come_main_first_once_each_with_one_main():
    """Given pictures in a seller's order, when they are put in a buyer's order, then main leads, repeats go, and one is main."""
    pictures = [
        source("long.jpg", PictureRole.DETAIL), source("side.jpg"), source("front.jpg", PictureRole.MAIN),
        source("back.jpg", PictureRole.MAIN), source("front.jpg"),
    ]  # fmt: skip

    ordered = roles_in_order(pictures)

    assert [(picture.ref, picture.role.value) for picture in ordered] == [
        ("front.jpg", "main"), ("back.jpg", "gallery"), ("side.jpg", "gallery"), ("long.jpg", "detail"),
    ]  # fmt: skip


def test_pictures_over_the_channels_limit_are_told():
    """Given more pictures than the channel takes, when they are chosen, then the first ones are kept and the rest counted."""
    chosen, findings = choose([source(f"{n}.jpg") for n in range(5)], SQUARE)

    assert [picture.ref for picture in chosen] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [finding.code for finding in findings] == ["PICTURE_SKIPPED"]
    assert "2" in findings[0].message_en


def test_no_picture_at_all_is_an_error():
    """Given a product without pictures, when they are chosen, then the seller is told so."""
    assert [finding.code for finding in choose([], SQUARE)[1]] == ["PICTURE_MISSING"]


def test_keys_follow_content_and_rules():
    """Given source bytes and a spec, when a key is made, then it changes with either and with nothing else."""
    key = picture_key("ab" * 32, SQUARE)

    assert key.startswith("media/square-1600/")
    assert key.endswith(".jpg")
    assert len(key.split("/")[-1]) == 24 + len(".jpg")
    assert key == picture_key("ab" * 32, SQUARE.model_copy(update={"max_count": 9}))
    assert len({key, picture_key("cd" * 32, SQUARE), picture_key("ab" * 32, SQUARE.model_copy(update={"max_bytes": 9}))}) == 3
    assert thumb_key(key) != thumb_key("ab" * 32)
