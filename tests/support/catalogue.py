"""The smallest catalogue of our own sheet that is listed everywhere: one set of gel pens of one seller."""

from tests.conftest import DEMO

SELLER = "kim-shop"
HEAD = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1"
PENS = "A-2,젤펜 0.5mm 12색 세트,9900,3900,310,160,문구>젤펜,a.jpg"
PICTURES = sorted((DEMO / "pictures").glob("*.jpg"))
"""Product pictures of the demo shop, each good enough for every channel."""


def catalogue(*rows: str, head: str = HEAD) -> bytes:
    """A CSV file of these rows."""
    return "\n".join([head, *rows]).encode()
