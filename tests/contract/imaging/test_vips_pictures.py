"""The pixel work on pictures that are made here: what comes out meets the spec."""

from itertools import product

import pytest

from onestop.adapters.pictures import VipsPictures
from onestop.domain.errors import PermanentError
from tests.contract.imaging.made_pictures import METADATA, RED, SPEC, assert_meets_spec, assert_near, colour_at, noise, plain, read, tagged


@pytest.fixture
def pictures() -> VipsPictures:
    """The adapter under test."""
    return VipsPictures()


def test_a_large_picture_is_scaled_down_and_padded_white(pictures):
    """Given a wide picture, when it is adapted, then all of it is on a white square of the spec's size."""
    encoded = pictures.adapt(plain(3000, 1500).jpegsave_buffer(), SPEC)

    assert_meets_spec(encoded)
    assert (encoded.width_px, encoded.height_px) == (1600, 1600)
    image = read(encoded.data)
    assert_near(colour_at(image, 800, 100), [255, 255, 255])
    for x, y in ((8, 800), (1592, 800), (800, 408), (800, 1192)):
        assert_near(colour_at(image, x, y), RED)


def test_a_picture_between_minimum_and_target_is_not_enlarged(pictures):
    """Given 800x600, when it is adapted, then it keeps its pixels on an 800x800 canvas."""
    encoded = pictures.adapt(plain(800, 600).pngsave_buffer(), SPEC)

    assert_meets_spec(encoded)
    assert (encoded.width_px, encoded.height_px) == (800, 800)
    assert_near(colour_at(read(encoded.data), 400, 104), RED)
    assert_near(colour_at(read(encoded.data), 400, 92), [255, 255, 255])


def test_position_and_other_metadata_are_gone(pictures):
    """Given a photo with GPS position, XMP, IPTC and an ICC profile, when it is adapted, then none of them is left."""
    photo = tagged(
        plain(900, 900), **{"exif-ifd3-GPSLatitude": "37/1 33/1 0/1", "exif-ifd0-Artist": "Hong Gildong"},
        xmp_data=b"<x:xmpmeta>37.55N</x:xmpmeta>", iptc_data=b"Photoshop 3.0\x00secret",
    ).icc_export(output_profile="srgb")  # fmt: skip
    data = photo.jpegsave_buffer()
    assert {"exif-data", "xmp-data", "icc-profile-data"} <= set(read(data).get_fields())

    for result in (pictures.adapt(data, SPEC).data, pictures.thumb(data)):
        assert not METADATA & set(read(result).get_fields())
        assert not [mark for mark in (b"Exif", b"Gildong", b"xmpmeta", b"Photoshop", b"ICC_PROFILE") if mark in result]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(pictures, orientation):
    """Given a photo whose EXIF says how to turn it, when it is adapted, then its blue corner is where a viewer would show it."""
    photo = plain(900, 600).draw_rect([0, 0, 255], 0, 0, 300, 200, fill=True)
    data = tagged(photo, orientation=orientation).jpegsave_buffer()

    info, encoded = pictures.inspect(data), pictures.adapt(data, SPEC)

    assert (info.width_px, info.height_px) == ((900, 600) if orientation < 5 else (600, 900))
    left, top = (900 - info.width_px) // 2, (900 - info.height_px) // 2
    columns = {"left": left + 40, "right": left + info.width_px - 40}
    rows = {"top": top + 40, "bottom": top + info.height_px - 40}
    blue = {
        1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
        5: ("top", "left"), 6: ("top", "right"), 7: ("bottom", "right"), 8: ("bottom", "left"),
    }[orientation]  # fmt: skip
    for row, column in product(rows, columns):
        colour = colour_at(read(encoded.data), columns[column], rows[row])
        assert_near(colour, [0, 0, 255] if (row, column) == blue else RED)


SAME_RED = {
    "16-bit PNG": lambda: (plain(800, 800).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16").pngsave_buffer(),
    "CMYK JPEG": lambda: plain(800, 800).icc_export(output_profile="cmyk").jpegsave_buffer(),
    "CMYK JPEG without profile": lambda: plain(800, 800).icc_export(output_profile="cmyk").jpegsave_buffer(keep="none"),
    "Display P3 JPEG": lambda: plain(800, 800).icc_import(input_profile="srgb").icc_export(output_profile="p3").jpegsave_buffer(),
    "broken ICC profile": lambda: tagged(plain(800, 800), icc_profile_data=b"junk" * 99).jpegsave_buffer(),
    "palette PNG": lambda: plain(800, 800).pngsave_buffer(palette=True),
    "interlaced PNG": lambda: plain(800, 800).pngsave_buffer(interlace=True),
    "progressive JPEG": lambda: plain(800, 800).jpegsave_buffer(interlace=True),
    "WebP": lambda: plain(800, 800).webpsave_buffer(),
    "opaque RGBA PNG": lambda: plain(800, 800).bandjoin(255).pngsave_buffer(),
}


@pytest.mark.parametrize("make", SAME_RED.values(), ids=SAME_RED)
def test_every_colour_space_becomes_srgb_of_the_same_look(pictures, make):
    """Given the same red in some colour space, when it is adapted, then it is that red in 8-bit sRGB."""
    encoded = pictures.adapt(make(), SPEC)

    assert_meets_spec(encoded)
    assert_near(colour_at(read(encoded.data), 400, 400), RED)


CLEAR = {
    "RGBA PNG": lambda: plain(800, 800).bandjoin(0).pngsave_buffer(),
    "grey PNG with alpha": lambda: plain(800, 800, [9]).copy(interpretation="b-w").bandjoin(0).pngsave_buffer(),
    "16-bit RGBA PNG": lambda: (
        (plain(800, 800).bandjoin(0).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16").pngsave_buffer()
    ),
    "WebP with alpha": lambda: plain(800, 800).bandjoin(0).webpsave_buffer(lossless=True),
}


@pytest.mark.parametrize("make", CLEAR.values(), ids=CLEAR)
def test_transparency_becomes_white(pictures, make):
    """Given a transparent picture, when it is adapted, then a viewer sees white, not black."""
    encoded = pictures.adapt(make(), SPEC)

    assert_meets_spec(encoded)
    assert_near(colour_at(read(encoded.data), 400, 400), [255, 255, 255], tolerance=2)


def test_a_grey_picture_gets_three_bands(pictures):
    """Given a grey JPEG, when it is adapted, then it is sRGB of the same grey."""
    encoded = pictures.adapt(plain(800, 800, [90]).copy(interpretation="b-w").jpegsave_buffer(), SPEC)

    assert_meets_spec(encoded)
    assert_near(colour_at(read(encoded.data), 400, 400), [90, 90, 90])


def test_a_tall_detail_page_is_shown_whole(pictures):
    """Given a long page with a blue foot, when it is adapted, then head and foot are both in the picture."""
    page = plain(860, 6000).draw_rect([0, 0, 255], 0, 5400, 860, 600, fill=True)

    image = read(pictures.adapt(page.jpegsave_buffer(), SPEC).data)

    assert (image.width, image.height) == (1600, 1600)
    assert_near(colour_at(image, 800, 20), RED)
    assert_near(colour_at(image, 800, 1580), [0, 0, 255])
    assert_near(colour_at(image, 400, 800), [255, 255, 255])


def test_noise_is_brought_under_the_byte_cap_by_quality(pictures):
    """Given noise that no high quality fits, when it is adapted, then quality gives way and the size stays."""
    data = noise(1700).jpegsave_buffer(Q=95)

    encoded = pictures.adapt(data, SPEC)

    assert_meets_spec(encoded)
    assert encoded.width_px == 1600
    assert len(encoded.data) > SPEC.max_bytes * 0.9


def test_noise_is_brought_under_a_tight_byte_cap_by_pixels(pictures):
    """Given a cap that no quality meets, when it is adapted, then the canvas shrinks, but not below the minimum."""
    tight = SPEC.model_copy(update={"width_px": 800, "height_px": 800, "max_bytes": 150_000})

    encoded = pictures.adapt(noise(900).jpegsave_buffer(Q=95), tight)

    assert_meets_spec(encoded, tight)
    assert tight.min_width_px <= encoded.width_px < tight.width_px


def test_a_cap_that_cannot_be_met_is_told(pictures):
    """Given a cap below what the smallest canvas needs, when noise is adapted, then it is refused with that cap."""
    hopeless = SPEC.model_copy(update={"width_px": 600, "height_px": 600, "max_bytes": 1_000})

    with pytest.raises(PermanentError) as caught:
        pictures.adapt(noise(600).jpegsave_buffer(), hopeless)

    assert caught.value.findings[0].code == "PICTURE_TOO_LARGE"
    assert "1000 bytes" in caught.value.findings[0].message_en


def test_the_same_picture_gives_the_same_bytes(pictures):
    """Given one picture, when it is adapted and thumbed twice, then the bytes are the same."""
    data = noise(1200).jpegsave_buffer()

    assert pictures.adapt(data, SPEC) == pictures.adapt(data, SPEC)
    assert pictures.thumb(data) == pictures.thumb(data)


@pytest.mark.parametrize(("width", "height", "size"), [(1600, 1600, (240, 240)), (3000, 1500, (240, 120)), (100, 50, (100, 50))])
def test_a_thumb_is_small_and_whole(pictures, width, height, size):
    """Given a picture, when it is thumbed, then it is within 240 px and 12 KB, whole, and never enlarged."""
    thumb = pictures.thumb(plain(width, height).jpegsave_buffer())

    assert (read(thumb).width, read(thumb).height) == size
    assert len(thumb) <= 12 * 1024


def test_even_noise_gives_a_thumb_of_bearable_size(pictures):
    """Given pure noise, when it is thumbed, then it stays within 24 KB."""
    assert len(pictures.thumb(noise(240).pngsave_buffer())) <= 24 * 1024
