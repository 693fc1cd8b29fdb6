"""Hostile and broken files are refused cheaply, with one clear finding, and nothing of them gets through."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
import pyvips

from onestop.adapters.pictures import VipsPictures
from onestop.domain.errors import PermanentError
from tests.contract.imaging.made_pictures import SPEC, assert_meets_spec, noise, plain, tagged

# Makes a true bomb (a megapixel per 122 bytes) a piece at a time, so that the peak memory told is that of the refusal.
BOMB_IN_A_FRESH_PROCESS = """
import json, resource, struct, time, zlib
from onestop.adapters.pictures import VipsPictures
from onestop.domain.errors import PermanentError

def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

packer = zlib.compressobj(9)
rows = b"".join(packer.compress(bytes(1 + 20000 // 8)) for _ in range(20000)) + packer.flush()
header = struct.pack(">IIBBBBB", 20000, 20000, 1, 0, 0, 0, 0)
bomb = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
VipsPictures().inspect(SMALL)
before_kb, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
codes = []
for refuse in (VipsPictures().inspect, VipsPictures().thumb):
    try:
        refuse(bomb)
    except PermanentError as error:
        codes.append(str(error))
grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
print(json.dumps({"codes": codes, "seconds": time.perf_counter() - started, "grown_kb": grown_kb, "size_bytes": len(bomb)}))
"""


@pytest.fixture
def pictures() -> VipsPictures:
    """The adapter under test."""
    return VipsPictures()


def code_of(call, data: bytes) -> str:
    """The code of the one finding that a call is refused with; it names the seller's cell."""
    with pytest.raises(PermanentError) as caught:
        call(data, ref="front.jpg", cell="M4")
    (finding,) = caught.value.findings
    assert (finding.cell, finding.field) == ("M4", "pictures")
    return finding.code


NOT_AN_IMAGE = {
    "text file named jpg": "상품코드,상품명\n".encode(),
    "SVG named jpg": b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'><rect width='900' height='900'/></svg>",
    "PDF": b"%PDF-1.7\n%%EOF",
    "GIF": plain(9, 9).gifsave_buffer(),
    "animated GIF named jpg": tagged(plain(9, 9).join(plain(9, 9, [0, 0, 9]), "vertical"), page_height=9).gifsave_buffer(),
    "BMP": b"BM" + bytes(99),
    "TIFF": b"II*\x00" + bytes(99),
    "empty file": b"",
}


@pytest.mark.parametrize("data", NOT_AN_IMAGE.values(), ids=NOT_AN_IMAGE)
def test_what_is_not_a_picture_is_refused_whatever_its_name(pictures, data):
    """Given a file of another kind, when it is looked at, then the seller is told that it is no picture."""
    assert code_of(pictures.inspect, data) == "PICTURE_NOT_AN_IMAGE"


def test_no_other_loader_can_be_reached(pictures):
    """Given that pictures have been worked on, when libvips itself is asked for an SVG or a GIF, then it refuses."""
    pictures.inspect(plain(9, 9).pngsave_buffer())

    for data in (NOT_AN_IMAGE["SVG named jpg"], plain(9, 9).gifsave_buffer()):
        with pytest.raises(pyvips.Error):
            pyvips.Image.new_from_buffer(data, "")


DAMAGED = {
    "JPEG cut in half": lambda: noise(900).jpegsave_buffer()[:100_000],
    "progressive JPEG cut in half": lambda: noise(900).jpegsave_buffer(interlace=True)[:100_000],
    "PNG cut in half": lambda: noise(900).pngsave_buffer()[:100_000],
    "WebP cut in half": lambda: noise(900).webpsave_buffer()[:100_000],
    "JPEG header and nothing else": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "PNG header and nothing else": lambda: b"\x89PNG\r\n\x1a\n",
    "JPEG header over text": lambda: b"\xff\xd8\xff" + b"not a picture at all" * 50,
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_a_picture_that_ends_early_is_damaged_not_half_grey(pictures, make):
    """Given a file that was cut, when it is adapted, then it is refused; no half picture goes out."""
    data = make()

    assert code_of(lambda data, **where: pictures.adapt(data, SPEC, **where), data) == "PICTURE_DAMAGED"
    assert code_of(pictures.thumb, data) == "PICTURE_DAMAGED"
    assert code_of(pictures.look, data) == "PICTURE_DAMAGED"


def test_an_animation_is_refused(pictures):
    """Given a WebP of two frames, when it is looked at, then the seller is told that it is an animation."""
    frames = noise(300).join(noise(300).invert(), "vertical")
    data = tagged(frames, page_height=300).webpsave_buffer()

    assert code_of(pictures.inspect, data) == "PICTURE_TOO_LARGE"


def test_a_file_over_the_byte_limit_is_refused(pictures):
    """Given more than 20 MB, when it is looked at, then it is refused without being parsed."""
    assert code_of(pictures.inspect, b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)) == "PICTURE_TOO_LARGE"


def test_what_hides_behind_a_picture_is_dropped(pictures):
    """Given a JPEG with a ZIP behind it, when it is adapted, then the picture comes out and the ZIP does not."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("payload.txt", "payload" * 100)
    data = plain(800, 800).jpegsave_buffer() + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(data))

    encoded = pictures.adapt(data, SPEC)

    assert_meets_spec(encoded)
    assert not zipfile.is_zipfile(io.BytesIO(encoded.data))


def test_a_decompression_bomb_is_refused_fast_and_without_memory():
    """Given a 20000x20000 PNG of a few KB, when it is looked at, then it is refused in well under a second and a few MB."""
    program = BOMB_IN_A_FRESH_PROCESS.replace("SMALL", repr(plain(9, 9).pngsave_buffer()))

    told = json.loads(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)

    assert told["codes"] == ["PICTURE_TOO_LARGE", "PICTURE_TOO_LARGE"]
    assert told["size_bytes"] < 100_000
    assert told["seconds"] < 1
    assert told["grown_kb"] < 8_000


def test_a_header_that_lies_about_its_size_is_refused(pictures):
    """Given a small PNG whose header claims 60000x60000, when it is looked at, then the claim alone refuses it."""
    data = bytearray(plain(9, 9).pngsave_buffer())
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))

    for refuse in (pictures.inspect, pictures.look, pictures.thumb):
        assert code_of(refuse, bytes(data)) == "PICTURE_TOO_LARGE"
