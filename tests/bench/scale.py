"""Very large files through receive_upload: seconds, rows per second and peak memory, with stores that keep nothing but counts.

``python -m tests.bench.scale FILE`` measures one file in this process, whose peak memory is then that file's.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.bench.imports import ROOT
from tests.bench.memory import MOST_GROWTH_MIB, peak_mib
from tests.support.counting import CountingCatalog, CountingObjects, CountingSender, received

SIZES = (("csv", 10_000), ("csv", 500_000), ("xlsx", 200_000))
HEADER = ("상품코드", "상품명", "판매가", "원가", "재고", "무게(g)", "카테고리", "브랜드", "이미지1", "옵션1이름", "옵션1값")
NOUNS = ("젤펜 0.5mm 12색 세트", "여성 린넨 와이드 팬츠", "스테인리스 텀블러 500ml", "순면 양말 5켤레", "극세사 담요", "머그컵 350ml")


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """The header and this many different products."""
    yield HEADER
    for n in range(count):
        price = 9_900 + n % 500 * 100
        title, weight_g, picture = f"{NOUNS[n % 6]} {n}호", 150 + n % 700, f"p{n % 1000}.jpg"
        yield (
            f"BN-{n:07d}", title, price, price * 4 // 10, n % 90 + 1, weight_g, "문구>젤펜", "글손", picture, "색상", "블랙|화이트",
        )  # fmt: skip


def csv_file(count: int, path: Path) -> None:
    """A CSV of this many products."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows(count))


def xlsx_file(count: int, path: Path) -> None:
    """A workbook of this many products."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("상품")
    for row in rows(count):
        sheet.append(row)
    book.save(path)


MAKERS: dict[str, Callable[[int, Path], None]] = {"csv": csv_file, "xlsx": xlsx_file}


def measure_scale() -> dict[str, Any]:
    """Each of the sizes, in a process of its own; and how much more memory the large CSV takes than the small one."""
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, count in SIZES:
            path = Path(folder) / f"{count}.{kind}"
            MAKERS[kind](count, path)
            command = [sys.executable, "-m", "tests.bench.scale", str(path)]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            measured.append(json.loads(done.stdout))
    few, many = (one["peak_mib"] for one in measured if one["file"] == ".csv")
    return {"files": measured, "growth_mib": many - few, "target_mib": MOST_GROWTH_MIB}


def measure(path: Path) -> dict[str, Any]:
    """One file through ``receive_object``."""
    before_mib = peak_mib()
    uploads, work, catalog, send = CountingObjects(), CountingObjects(), CountingCatalog(), CountingSender()
    uploads.keep(f"bench-shop/{path.name}", path)
    started, used = time.perf_counter(), time.process_time()
    upload = received(f"bench-shop/{path.name}", uploads=uploads, work=work, catalog=catalog, send=send)
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - used
    return {
        "file": path.suffix, "file_mib": round(path.stat().st_size / 2**20, 1), "rows": upload.rows, "chunks": len(work.sizes),
        "largest_chunk_kib": max(work.sizes.values()) // 1024, "seconds": round(seconds, 1), "cpu_s": round(cpu_s, 1),
        "rows_per_s": round(upload.rows / cpu_s), "peak_mib": round(peak_mib()), "peak_before_mib": round(before_mib),
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1])), sys.stdout)
