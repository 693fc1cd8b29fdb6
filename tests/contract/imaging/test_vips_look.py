"""Looks measured on pictures that are made here, and what cropping, long pages and other specs make of their pixels."""

import struct

import pytest
import pyvips

from onestop.adapters.packs import picture_specs
from onestop.adapters.pictures import VipsPictures
from onestop.domain.catalog.product import PictureRole
from onestop.domain.imaging.look import alike, distance, fill_pct, part_shown
from tests.contract.imaging.made_pictures import METADATA, RED, SPEC, assert_meets_spec, assert_near, colour_at, noise, plain, read, tagged

WHITE, GREY = [255, 255, 255], [200, 200, 200]
LAZADA = picture_specs()["lazada"]


@pytest.fixture
def pictures() -> VipsPictures:
    """The adapter under test."""
    return VipsPictures()


def page(side: int, subject: list[int], ground: list[int] = WHITE) -> pyvips.Image:
    """A square picture with a red subject at left, top, width, height."""
    return plain(side, side, ground).draw_rect(RED, *subject, fill=True)


def photo(side: int, seed: int) -> pyvips.Image:
    """A photo-like picture: soft shapes, another for each seed."""
    bands = [pyvips.Image.perlin(side, side, cell_size=side // 5, seed=10 * seed + band) * 100 + 128 for band in range(3)]
    return bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb")


def test_a_good_page_and_a_poor_one_measure_as_in_the_reference(pictures):
    """Reference of 2026-11, 8.1: good page after JPEG q80: ring 1.0, ground 0.992, fill 0.81; small subject on grey: 0.0, 0.0, 0.30."""
    good = pictures.look(page(1000, [100, 95, 600, 810]).jpegsave_buffer(Q=80))
    poor = pictures.look(page(1000, [350, 350, 300, 300], GREY).jpegsave_buffer(Q=80))

    # A copy of half the size softens the subject's edge, which adds a point.
    assert (good.white_ring_pct, fill_pct(good.subject, 1000, 1000)) in {(100.0, 81), (100.0, 82)}
    assert good.white_ground_pct >= 99
    assert (poor.white_ring_pct, poor.white_ground_pct) == (0.0, 0.0)


def test_white_inside_the_subject_is_not_ground(pictures):
    """Given a frame around cream and a bay that is open to the border, when its ground is measured, then only what is joined counts."""
    frame = page(1000, [200, 200, 600, 600]).draw_rect([240, 240, 240], 300, 300, 400, 400, fill=True)
    bay = frame.draw_rect([240, 240, 240], 300, 300, 400, 700, fill=True)

    assert pictures.look(frame.pngsave_buffer()).white_ground_pct > 99
    # 560,000 white pixels of 840,000 that are joined to the border.
    assert abs(pictures.look(bay.pngsave_buffer()).white_ground_pct - 66.7) < 0.5


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_small_subject_is_brought_close_whole_whatever_way_the_photo_lies(pictures, orientation):
    """Given a subject off the middle, upright or not, when the empty border is cut, then it fills 80 to 85 % and none of it is lost."""
    data = tagged(page(3000, [400, 1500, 900, 600]), orientation=orientation).jpegsave_buffer()

    seen = pictures.look(data)
    encoded = pictures.adapt(data, LAZADA, within=part_shown(seen, LAZADA))

    assert_meets_spec(encoded, LAZADA)
    again = pictures.look(encoded.data)
    assert 80 <= fill_pct(again.subject, encoded.width_px, encoded.height_px) <= 85
    shown = sorted((again.subject.width_px, again.subject.height_px))
    assert shown[1] >= 895
    assert abs(shown[1] / shown[0] - 1.5) < 0.02


def test_a_pale_shadow_is_part_of_what_a_crop_keeps(pictures):
    """Given a shadow so pale that it counts as ground, when the border is cut, then the shadow is kept whole."""
    data = page(2000, [900, 900, 400, 400]).draw_rect([247, 247, 247], 400, 1300, 1200, 30, fill=True).pngsave_buffer()

    seen = pictures.look(data)
    part = part_shown(seen, LAZADA)

    assert (seen.subject.width_px, part.width_px < 2000) == (400, True)
    assert part.left_px <= 400
    assert part.right_px >= 1600


def test_a_coloured_ground_is_never_cut(pictures):
    """Given a small subject on grey, when it is adapted, then all of the ground is still there."""
    data = page(1000, [400, 400, 100, 100], GREY).jpegsave_buffer()

    image = read(pictures.adapt(data, LAZADA, within=part_shown(pictures.look(data), LAZADA)).data)

    assert (image.width, image.height) == (1000, 1000)
    assert_near(colour_at(image, 5, 5), GREY)


COPIES = {
    "half size, q60": lambda image: image.resize(0.5).jpegsave_buffer(Q=60),
    "another file type": lambda image: image.webpsave_buffer(Q=80),
    "padded on two sides": lambda image: image.embed(150, 0, image.width + 300, image.height, extend="white").jpegsave_buffer(),
    "padded all around": lambda image: image.embed(90, 90, image.width + 180, image.height + 180, extend="white").jpegsave_buffer(),
    "turned by EXIF": lambda image: tagged(image.rot270(), orientation=6).jpegsave_buffer(),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_copies_of_a_picture_look_alike(pictures, copy):
    """Given a copy that was resized, saved anew, padded or turned, when looks are compared, then they are alike."""
    assert alike(pictures.look(photo(900, 1).jpegsave_buffer()), pictures.look(copy(photo(900, 1))))


def test_other_pictures_do_not_look_alike(pictures):
    """Given eight pictures, when each is compared with each, then none is alike, by 12 bits or more."""
    seen = [pictures.look(photo(600, seed).jpegsave_buffer()) for seed in range(8)]
    pairs = [(one, other) for at, one in enumerate(seen) for other in seen[:at]]

    assert not any(alike(*pair) for pair in pairs)
    assert min(distance(one.whole.phash, other.whole.phash) for one, other in pairs) >= 12


def test_another_colour_of_the_same_thing_does_not_look_alike(pictures):
    """Given a red and a blue one of equal brightness, when looks are compared, then only the hash is close."""
    red, blue = (
        pictures.look(plain(900, 900, WHITE).draw_rect(ink, 200, 300, 500, 400, fill=True).jpegsave_buffer())
        for ink in ([200, 60, 60], [60, 84, 242])
    )

    assert distance(red.whole.phash, blue.whole.phash) <= 8
    assert not alike(red, blue)


def test_a_blank_picture_has_no_hash(pictures):
    """Given pictures of one colour and of faint noise, when they are hashed, then there is nothing to compare."""
    assert pictures.look(plain(900, 900).jpegsave_buffer()).whole.phash == ""
    assert pictures.look((plain(900, 900, WHITE) - noise(900) * 0.005).cast("uchar").pngsave_buffer()).whole.phash == ""


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 900), (900, 2), (33, 5000)])
def test_a_picture_of_any_shape_has_a_look(pictures, width, height):
    """Given a dot or a line, when it is measured, then the boxes lie within it."""
    seen = pictures.look(plain(width, height).pngsave_buffer())

    assert (seen.subject.right_px, seen.subject.bottom_px) == (seen.content.right_px, seen.content.bottom_px) == (width, height)


def test_the_same_bytes_have_the_same_look(pictures):
    """Given one picture, when it is measured twice, then every figure is the same."""
    assert pictures.look(photo(700, 3).jpegsave_buffer()) == pictures.look(photo(700, 3).jpegsave_buffer())


def test_a_detail_page_keeps_its_shape(pictures):
    """Given a long page, when it is adapted for Lazada's detail role, then it is as wide and as high as it was."""
    spec = LAZADA.for_role(PictureRole.DETAIL)

    encoded = pictures.adapt(plain(860, 2500).jpegsave_buffer(), spec)

    assert_meets_spec(encoded, spec)
    assert (encoded.width_px, encoded.height_px) == (860, 2500)


def test_trendyol_gets_its_one_size_and_its_dots_per_inch(pictures):
    """Given a square, when it is adapted for Trendyol, then it is whole on 1200x1800, and the file says 96 dots per inch."""
    spec = picture_specs()["trendyol"]

    encoded = pictures.adapt(plain(1500, 1500).jpegsave_buffer(), spec)

    assert_meets_spec(encoded, spec)
    assert (encoded.width_px, encoded.height_px) == (1200, 1800)
    # JFIF: after the marker's length and name stand version, unit (1: per inch) and the density across and down.
    assert struct.unpack(">BHH", encoded.data[13:18]) == (1, 96, 96)
    assert_near(colour_at(read(encoded.data), 600, 100), WHITE)
    assert_near(colour_at(read(encoded.data), 600, 900), RED)


def test_a_spec_may_ask_for_webp(pictures):
    """Given a spec of WebP, when a photo with metadata is adapted, then it is a WebP of that size without any, twice the same."""
    spec = SPEC.model_copy(update={"media_type": "image/webp"})
    data = (
        tagged(photo(900, 2), xmp_data=b"<x:xmpmeta/>", **{"exif-ifd0-Artist": "Hong"}).icc_export(output_profile="srgb").webpsave_buffer()
    )

    encoded = pictures.adapt(data, spec)

    image = read(encoded.data)
    assert (encoded.data[:4], encoded.data[8:12], image.width, image.height) == (b"RIFF", b"WEBP", 900, 900)
    assert not METADATA & set(image.get_fields())
    assert encoded == pictures.adapt(data, spec)
