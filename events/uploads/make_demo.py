"""Make the sample shop's upload again: ``python events/uploads/make_demo.py``.

Writes demo-seller/: the workbook from demo_products.toml and the pictures from demo_art/. The same sources give the same files.
Pictures are drawn with the font NanumSquareRound (Debian: fonts-nanum); the sample that is committed needs no font.
"""

from pathlib import Path

import pyvips
from demo_art.pictures import PICTURES, Picture
from demo_sheet import read_products, write_sheet

SHOP = Path(__file__).with_name("demo-seller")
WORKBOOK = "봄 신상품 (1차)+재고.xlsx"
UPRIGHT_AFTER_QUARTER_TURN = 6
# What a phone writes into a photo; the position is a public square.
CAMERA_EXIF = {
    "exif-ifd0-Make": "Samplephone",
    "exif-ifd0-Model": "SP-1",
    "exif-ifd3-GPSLatitudeRef": "N",
    "exif-ifd3-GPSLatitude": "37/1 33/1 5700/100",
    "exif-ifd3-GPSLongitudeRef": "E",
    "exif-ifd3-GPSLongitude": "126/1 58/1 4100/100",
}


def main() -> None:
    """Write the workbook and every picture that it names."""
    products = read_products()
    named = {name for product in products for name in product["pictures"]}
    drawn = {picture.name for picture in PICTURES}
    if named != drawn:
        raise SystemExit(f"named and drawn pictures differ: {sorted(named ^ drawn)}")
    (SHOP / "pictures").mkdir(parents=True, exist_ok=True)
    write_sheet(products, SHOP / WORKBOOK)
    for picture in PICTURES:
        write_picture(picture, SHOP / "pictures" / picture.name)


def write_picture(picture: Picture, path: Path) -> None:
    """Render one picture in the format that its name asks for."""
    image = pyvips.Image.svgload_buffer(picture.svg().encode())
    if path.suffix == ".png":
        image.write_to_file(str(path), palette=False, compression=9)
        return
    image = image.flatten(background=[255, 255, 255])
    if path.suffix == ".webp":
        image.write_to_file(str(path), Q=86, effort=6)
        return
    if picture.camera:
        image = _with_camera_exif(image.rot270() if picture.turned else image, picture.turned)
    image.write_to_file(str(path), Q=84, optimize_coding=True)


def _with_camera_exif(image: pyvips.Image, turned: bool) -> pyvips.Image:
    image = image.copy_memory().copy()
    for field, value in CAMERA_EXIF.items():
        image.set_type(pyvips.GValue.gstr_type, field, value)
    if turned:
        image.set_type(pyvips.GValue.gint_type, "orientation", UPRIGHT_AFTER_QUARTER_TURN)
    return image


if __name__ == "__main__":
    main()
