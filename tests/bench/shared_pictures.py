"""How much picture work is saved because the same bytes are worked on once, on a shop whose products share pictures."""

import hashlib
import time
from typing import Any

from onestop.adapters.fetch import fetch_picture
from onestop.adapters.packs import picture_specs
from onestop.adapters.picture_text.chosen import NoReader, gate_rules, redrawer
from onestop.adapters.pictures import VipsPictures
from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.steps.picture_shop import PictureShop, Place
from tests.bench.pictures import source_picture

PRODUCTS, GROUP = 40, 5
SIDE_PX = 1000


class _Memory:
    """A bucket of sources, a bucket of results and the table of adaptations, without AWS."""

    def __init__(self, files: dict[str, bytes], *, forgets: bool) -> None:
        self.files, self._forgets = files, forgets
        self.done: dict[tuple[str, str, str], str] = {}

    def read(self, key: str) -> bytes | None:
        return self.files.get(key)

    def write(self, key: str, data: bytes, content_type: str) -> None:
        """Where results go is not what is measured."""

    def picture(self, seller_id: str, source_sha256: str, spec_id: str) -> str | None:
        return None if self._forgets else self.done.get((seller_id, source_sha256, spec_id))

    def save_picture(self, seller_id: str, source_sha256: str, spec_id: str, body: Any) -> None:
        self.done[seller_id, source_sha256, spec_id] = body.model_dump_json()


def measure_shared() -> dict[str, Any]:
    """Pictures named, pictures worked on and processor seconds of a first upload and of the same again, with and without the hashes.

    Each product names a front and a back of its own, a size chart that five products share and a notice that all do; every
    picture is a file of its own name, as shops copy them. A seventh of the fronts is a neighbour's back.
    """
    files = _shop()
    remembering, forgetting = (_Memory(files, forgets=forgets) for forgets in (False, True))
    first, again = _upload(remembering), _upload(remembering)
    without = _upload(forgetting)
    worked = sum(not name.startswith("text@") for *_, name in remembering.done)
    return {
        "products": PRODUCTS, "named": len(files), "worked": worked, "share_saved": 1 - worked / len(files),
        "without_s": without, "first_s": first, "again_s": again,
        "cpu_saved_first": 1 - first / without, "cpu_saved_again": 1 - again / without,
    }  # fmt: skip


def _shop() -> dict[str, bytes]:
    """File name -> bytes."""
    base = source_picture(SIDE_PX)
    files = {}
    for at in range(PRODUCTS):
        front = f"back {at - 1}" if at % 7 == 6 else f"front {at}"
        for name, what in {"front": front, "back": f"back {at}", "chart": f"chart {at // GROUP}", "notice": "notice"}.items():
            # A comment segment makes the bytes differ as pictures do, at the cost of one.
            mark = hashlib.sha256(what.encode()).digest()
            files[f"{at}-{name}.jpg"] = base[:2] + b"\xff\xfe\x00\x22" + mark + base[2:]
    return files


def _upload(memory: _Memory) -> float:
    """Processor seconds of adapting every picture for Lazada, each by a shop of its own, as products come one by one."""
    spec = picture_specs()["lazada"].for_role(PictureRole.GALLERY)
    started = time.process_time()
    for name in memory.files:
        shop = PictureShop(
            sources={"uploads": memory}, results=memory, adaptations=memory, pixels=VipsPictures(), fetch=fetch_picture,
            reader=NoReader(), redrawer=redrawer(""), rules=gate_rules(),
        )  # fmt: skip
        picture = SourcePicture(ref=name, role=PictureRole.GALLERY)
        shop.adapted(shop.source(picture, Place("uploads", name, "etag"), "bench-shop"), spec, "bench-shop")
    return time.process_time() - started
