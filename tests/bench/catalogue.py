"""A shop of any size to measure with: products varied from the sample shop's, as a sheet of our own and small pictures."""

import csv
import io
import random
import re
from collections.abc import Iterator
from typing import Any

import pyvips

from events.uploads.demo_sheet import COLUMNS, read_products

PRODUCTS_PER_PICTURE = 5
"""Shops reuse pictures; the share is the same at every size, so that sizes can be compared."""

SIDE_PX = 600
MISTAKES = ("XX-902", "XX-903")
BRANDS = ("모아한", "소담결", "한누리식품", "링크온", "온새미", "아가숲", "멍데이", "글손", "포근담", "담소")
QUANTITY = re.compile(r"(?<![\d.+~x-])\d{1,4}(?=(?:ml|g|매|개|켤레|종|색|포|봉|팩|권|mAh|cm)(?![\d+]))")
COLOURS = ("블랙", "화이트", "베이지", "네이비", "민트")


def sheet(products: int) -> bytes:
    """A catalogue of this many products under the Korean headers of our own sheet, as CSV; equal bytes each time."""
    keys = [key for key, *_ in COLUMNS]
    out = io.StringIO()
    writer = csv.DictWriter(out, keys, lineterminator="\r\n")
    writer.writerow({key: header for key, header, *_ in COLUMNS})
    writer.writerows(rows(products))
    return out.getvalue().encode("utf-8-sig")


def rows(products: int) -> Iterator[dict[str, Any]]:
    """One dict of cells per product."""
    chance = random.Random(20_261_030)
    models = [product for product in read_products() if product["sku"] not in MISTAKES]
    for number in range(products):
        yield _varied(models[number % len(models)], number, chance)


def pictures(products: int) -> Iterator[tuple[str, bytes]]:
    """(name, JPEG) of every picture that ``sheet`` of this size refers to, no two alike."""
    for number in range(-(-products // PRODUCTS_PER_PICTURE)):
        shapes = pyvips.Image.perlin(SIDE_PX, SIDE_PX, cell_size=120, seed=number) * 90 + 140
        image = shapes.bandjoin([shapes.rot90(), shapes.rot180()]).cast("uchar").copy(interpretation="srgb")
        yield picture_name(number), image.jpegsave_buffer(Q=85)


def picture_name(number: int) -> str:
    """Where the n-th picture lies, below the seller's prefix."""
    return f"pictures/bench-{number:05d}.jpg"


def _varied(model: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    cells = {key: value for key, value in model.items() if key not in ("pictures", "options", "adult_only")}
    brand = chance.choice(BRANDS)
    title = QUANTITY.sub(lambda found: str(max(2, round(int(found.group()) * chance.choice((0.5, 1, 2, 3))))), model["title"])
    price_krw = max(5900, model["price_krw"] + 100 * chance.randint(-20, 60))
    colours = chance.sample(COLOURS, chance.randint(1, 3))
    return cells | {
        "sku": f"{model['sku'][:2]}-{number:06d}", "title": f"{title} {brand} {model['sku'][:2]}{number:05d}", "brand": brand,
        "price_krw": price_krw, "cost_krw": price_krw * 45 // 100, "stock": chance.randint(5, 300),
        "weight_g": model.get("weight_g") or 400, "image_1": picture_name(number // PRODUCTS_PER_PICTURE),
        "option_1_name": "색상" if len(colours) > 1 else None, "option_1_value": "|".join(colours) if len(colours) > 1 else None,
    }  # fmt: skip
