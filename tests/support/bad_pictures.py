"""Pictures that are broken, hostile or merely unusual, and a catalogue that names them among good ones."""

import struct
import zlib

from openpyxl.utils import get_column_letter

from local.stack import Stack
from tests.conftest import DEMO
from tests.contract.imaging.made_pictures import noise, plain, tagged
from tests.support.sheets import csv_bytes, own_table, zip_bytes

SELLER = "picture-shop"
SETS = {"FINE": 6, "BAD-1": 8, "BAD-2": 10, "DOT": 12}
"""SKU -> how many pens, so that no two are the same product."""

PLAIN = {
    "title_en": "", "description": "", "category": "문구>젤펜", "brand": "", "keywords": "", "price_krw": "9900",
    "cost_krw": "3900", "weight_g": "160", "image_1": "front.jpg", "image_2": "", "option_1_name": "", "option_1_value": "",
    "option_1_price": "", "option_2_name": "", "option_2_value": "",
}  # fmt: skip


def huge_png() -> bytes:
    """A picture of 9 pixels whose header claims 60000x60000, with the checksum of that claim."""
    data = bytearray(plain(9, 9).pngsave_buffer())
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


BAD = {
    "cut.jpg": (lambda: noise(700).jpegsave_buffer()[:50_000], "damaged"),
    "zero.jpg": (lambda: b"", "not a JPEG, PNG or WebP"),
    "text.jpg": ("상품코드,상품명\n".encode, "not a JPEG, PNG or WebP"),
    "drawing.jpg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'/>", "not a JPEG, PNG or WebP"),
    "moving.gif": (lambda: tagged(plain(9, 18), page_height=9).gifsave_buffer(), "not a JPEG, PNG or WebP"),
    "moving.webp": (lambda: tagged(noise(300).join(noise(300).invert(), "vertical"), page_height=300).webpsave_buffer(), "2 frames"),
    "huge.png": (huge_png, "60000x60000"),
    "dot.png": (lambda: plain(1, 1).pngsave_buffer(), "1x1, smaller than 500x500"),
}
"""File name -> its bytes, and what its finding says."""

UNUSUAL = {
    "print.jpg": lambda: plain(700, 700).icc_export(output_profile="cmyk").jpegsave_buffer(),
    "deep.png": lambda: (plain(700, 700).cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16").pngsave_buffer(),
    "wide.jpg": lambda: plain(700, 701).icc_import(input_profile="srgb").icc_export(output_profile="p3").jpegsave_buffer(),
    "gradual.jpg": lambda: plain(702, 700).jpegsave_buffer(interlace=True),
    "turned.jpg": lambda: tagged(plain(703, 600), orientation=6, **{"exif-ifd3-GPSLatitude": "37/1 33/1 0/1"}).jpegsave_buffer(),
    "carrier.jpg": lambda: plain(704, 700).jpegsave_buffer() + zip_bytes({"payload.txt": b"payload" * 99}),
}
"""File name -> bytes of a picture that is as good as any other."""


def column(number: int) -> str:
    """The letter of the column of a picture: two stand in our sheet, the others are put behind."""
    headers = own_table()[0]
    return get_column_letter(headers.index(f"image_{number}") + 1 if number < 3 else len(headers) + number - 2)


def drop_pictures(stack: Stack) -> None:
    """One product with good pictures of every kind and one of them twice, two with bad ones among them, one with nothing but a dot."""
    headers, *rows = own_table(*({**PLAIN, "sku": sku, "title": f"젤펜 0.5mm {sets}색 세트"} for sku, sets in SETS.items()))
    bad = list(BAD)
    extras = [[*UNUSUAL, "copy of front.jpg"], bad[:5], bad[5:], []]
    rows[3][headers.index("image_1")] = "dot.png"
    for cells, names in zip(rows, extras, strict=True):
        cells[headers.index("image_2")] = names[0] if names else ""
        cells.extend([*names[1:], *[""] * 6][:6])
    files = dict.fromkeys(("front.jpg", "copy of front.jpg"), min((DEMO / "pictures").glob("*.jpg")).read_bytes())
    files |= {name: make() for name, (make, _) in BAD.items()} | {name: make() for name, make in UNUSUAL.items()}
    stack.upload(f"{SELLER}/settings.json", b'{"markets": ["SG"]}')
    for name, data in files.items():
        stack.upload(f"{SELLER}/{name}", data)
    stack.upload(f"{SELLER}/a.csv", csv_bytes([headers + [f"image_{number}" for number in range(3, 9)], *rows]))
