"""Pictures made for tests, and what every adapted one must be."""

import pyvips

from onestop.domain.channels.market import PictureSpec

SPEC = PictureSpec(
    spec_id="square-1600-white-jpeg", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500, max_bytes=1_048_576, max_count=8
)
RED = [200, 30, 40]
METADATA = {"exif-data", "icc-profile-data", "xmp-data", "iptc-data", "orientation", "photoshop-data"}


def plain(width: int, height: int, colour: list[int] = RED) -> pyvips.Image:
    """A picture of one colour."""
    return (pyvips.Image.black(width, height, bands=len(colour)) + colour).cast("uchar").copy(interpretation="srgb")


def noise(side: int) -> pyvips.Image:
    """A picture that hardly compresses, the same every time."""
    bands = [pyvips.Image.gaussnoise(side, side, mean=128, sigma=90, seed=seed).cast("uchar") for seed in (1, 2, 3)]
    return bands[0].bandjoin(bands[1:]).copy(interpretation="srgb")


def tagged(image: pyvips.Image, **fields: object) -> pyvips.Image:
    """The picture with metadata fields set."""
    image = image.copy()
    for name, value in fields.items():
        kind = {int: pyvips.GValue.gint_type, str: pyvips.GValue.gstr_type, bytes: pyvips.GValue.blob_type}[type(value)]
        image.set_type(kind, name.replace("_", "-"), value)
    return image


def read(data: bytes) -> pyvips.Image:
    """What a viewer would load."""
    return pyvips.Image.new_from_buffer(data, "")


def colour_at(image: pyvips.Image, x: int, y: int) -> list[float]:
    """The colour of one pixel."""
    return image(x, y)


def assert_meets_spec(encoded, spec=SPEC):
    """The bytes are a JPEG of 8-bit sRGB, of the size told, within the byte cap, and carry nothing but pixels."""
    image = read(encoded.data)
    assert encoded.data.startswith(b"\xff\xd8\xff")
    assert (image.width, image.height) == (encoded.width_px, encoded.height_px)
    assert (image.bands, image.format, image.interpretation) == (3, "uchar", "srgb")
    assert len(encoded.data) <= spec.max_bytes
    assert not METADATA & set(image.get_fields())


def assert_near(found, expected, tolerance=12):
    """Two colours look the same."""
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= tolerance, (found, expected)
