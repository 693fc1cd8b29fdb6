"""How fast files become products, against readers that merely iterate over the same cells, and how much memory large files take."""

import csv
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

import onestop.runtime  # noqa: F401 - as in every function, garbage is looked for seldom, ours and the floor's
from events.uploads.demo_sheet import COLUMNS
from onestop.adapters.catalogue_files import open_catalogue
from onestop.adapters.profiles import profiles
from onestop.domain.catalog.grouping import grouped
from onestop.domain.catalog.row import read_group
from onestop.domain.catalog.sheet import find_products
from tests.bench.catalogue import COLOURS, rows
from tests.bench.imports import ROOT
from tests.bench.memory import MOST_GROWTH_MIB, peak_mib
from tests.support.sheets import CAFE24_EXPORT, CAFE24_ROW

ROWS = 5_000
ROUNDS = 3
CSV_MOST_TIMES_DICT_READER = 6.0
XLSX_LEAST_TIMES_OPENPYXL = 4.0
FEW_ROWS, MANY_ROWS = 10_000, 500_000
OWN_COLUMNS = tuple(
    (key, header) for key, header, *_ in COLUMNS
    if not key.startswith(("image", "option")) or key in ("image_1", "image_2", "image_3") or key.startswith("option_1")
    or key in ("option_2_name", "option_2_value")
)  # fmt: skip
"""The 24 columns of our own sheet that a seller fills who has options and three pictures."""

Sheet = list[list[str]]


def measure_readers() -> list[dict[str, Any]]:
    """For each kind of file: rows validated per second, the same for the floor, and how the one stands to the other.

    The best of some rounds of processor time counts, ours and the floor in turn, so that a busy machine slows both.
    """
    options, plain, cafe24 = own_sheet(ROWS), own_sheet(ROWS, with_options=False), cafe24_sheet(ROWS)
    return [
        _csv_case("CSV, our sheet, 24 columns, 1 to 4 variants", options),
        _csv_case("CSV, our sheet, 24 columns, no options", plain),
        _csv_case("CSV, Cafe24's export, 86 columns", cafe24),
        _xlsx_case("XLSX, our sheet, 24 columns, 1 to 4 variants", options),
        _xlsx_case("XLSX, our sheet, 24 columns, no options", plain),
        _xlsx_case("XLSX, Cafe24's export, 86 columns", cafe24),
    ]


def measure_memory() -> dict[str, Any]:
    """Peak memory, MiB, of reading a small and a large CSV file to its last product, each in a process of its own.

    It is what the process takes beyond the bytes of the file, which the function is given as a whole: the peak after all
    products were read, less the peak after the file's bytes were read.
    """
    runs = {rows: _in_process(rows) for rows in (FEW_ROWS, MANY_ROWS)}
    growth = runs[MANY_ROWS]["reading_mib"] - runs[FEW_ROWS]["reading_mib"]
    return {"few": runs[FEW_ROWS], "many": runs[MANY_ROWS], "growth_mib": growth, "target_mib": MOST_GROWTH_MIB}


def own_sheet(products: int, *, with_options: bool = True) -> Sheet:
    """Our own sheet, Korean headers above varied products; equal each time."""
    chance = random.Random(20_261_124)
    cells = [{**row, **(_options(chance) if with_options else {})} for row in _without_options(products)]
    return [[header for _, header in OWN_COLUMNS], *([_text(row.get(key)) for key, _ in OWN_COLUMNS] for row in cells)]


def cafe24_sheet(products: int) -> Sheet:
    """A Cafe24 export of varied products, with that form's own options."""
    chance = random.Random(20_261_124)
    found = [CAFE24_EXPORT]
    for row in _without_options(products):
        colours = chance.sample(COLOURS, chance.randint(2, 4))
        cells = {**CAFE24_ROW, "상품코드": row["sku"], "상품명": row["title"], "상품 간략설명": row.get("description") or "",
                 "판매가": f"{row['price_krw']}.00", "공급가": f"{row['cost_krw']}.00", "소비자가": "0.00",
                 "옵션입력": f"색상{{{'|'.join(colours)}}}", "상품 전체중량(kg)": f"{row['weight_g'] / 1000:.2f}"}  # fmt: skip
        found.append([cells.get(header, "") for header in CAFE24_EXPORT])
    return found


def read_products(data: bytes, name: str) -> int:
    """How many products a file holds, each of its rows read and validated as an upload's are.

    Raises:
        RuntimeError: a row gave no product, so that the figures would say nothing.
    """
    opened = open_catalogue(data, name)
    recognition, found = find_products(opened.rows(), profiles())
    count = 0
    for group in grouped(found, recognition):
        result = read_group(group, recognition=recognition, sheet=opened.sheet, seller_id="bench-shop")
        if result.product is None:
            raise RuntimeError(f"row {group.rows[0][0]}: {[finding.message_en for finding in result.findings]}")
        count += 1
    return count


def csv_bytes(sheet: Iterable[list[str]]) -> bytes:
    """A sheet as CSV, as spreadsheet programs write it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(sheet)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet: Sheet) -> bytes:
    """A sheet as a workbook, numbers as numbers."""
    book, out = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet("상품")
    for row in sheet:
        page.append([_number(cell) if cell.isascii() and cell.replace(".", "", 1).isdecimal() else cell or None for cell in row])
    book.save(out)
    return out.getvalue()


def _csv_case(name: str, sheet: Sheet) -> dict[str, Any]:
    data = csv_bytes(sheet)

    def bare() -> int:
        return sum(1 for _ in csv.DictReader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")))

    ours_s, floor_s = _timed(lambda: read_products(data, "bench.csv"), bare)
    return _figures(name, "csv.DictReader", ours_s, floor_s, ratio=ours_s / floor_s, target=CSV_MOST_TIMES_DICT_READER, at_most=True)


def _xlsx_case(name: str, sheet: Sheet) -> dict[str, Any]:
    data = xlsx_bytes(sheet)

    def bare() -> int:
        book = load_workbook(io.BytesIO(data), read_only=True)
        return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))

    ours_s, floor_s = _timed(lambda: read_products(data, "bench.xlsx"), bare)
    return _figures(name, "openpyxl, read-only", ours_s, floor_s, ratio=floor_s / ours_s, target=XLSX_LEAST_TIMES_OPENPYXL, at_most=False)


def _figures(name: str, floor: str, ours_s: float, floor_s: float, **judged: float | bool) -> dict[str, Any]:
    speeds = {"rows_per_s": ROWS / ours_s, "us_per_row": ours_s / ROWS * 1e6, "floor_rows_per_s": ROWS / floor_s}
    return {"file": name, "floor": floor, **speeds, **judged}


def _timed(ours: Callable[[], int], floor: Callable[[], int]) -> tuple[float, float]:
    ours(), floor()  # once for nothing: what is loaded on first use is no part of a row
    times = [(_seconds(ours), _seconds(floor)) for _ in range(ROUNDS)]
    return min(ours_s for ours_s, _ in times), min(floor_s for _, floor_s in times)


def _seconds(work: Callable[[], int]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _without_options(products: int) -> Iterator[dict[str, Any]]:
    for row in rows(products):
        pictures = {f"image_{number}": f"pictures/{row['sku']}-{number}.jpg" for number in (1, 2, 3)}
        yield {key: value for key, value in row.items() if not key.startswith("option")} | pictures


def _options(chance: random.Random) -> dict[str, str]:
    """One to four colours, some of them dearer; one alone is no choice."""
    colours = chance.sample(COLOURS, chance.randint(1, 4))
    if len(colours) == 1:
        return {}
    prices = {"option_1_price": "|".join(["0", *["500"] * (len(colours) - 1)])} if chance.random() < 1 / 2 else {}
    return {"option_1_name": "색상", "option_1_value": "|".join(colours), **prices}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _in_process(products: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalogue.csv")
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_large(products))
        command = [sys.executable, "-m", "tests.bench.readers", str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return {"rows": products, "file_mib": path.stat().st_size / 1024**2, **json.loads(done.stdout)}


def _large(products: int) -> Iterator[list[str]]:
    """The same few thousand products again and again, under codes of their own; no descriptions: a file has at most 200 MiB."""
    header, *some = own_sheet(ROWS)
    at = header.index(dict(OWN_COLUMNS)["description"])
    yield header
    for number in range(products):
        cells = some[number % len(some)]
        yield [f"{number:07d}", *cells[1:at], "", *cells[at + 1 :]]


def _read_and_tell(path: Path) -> dict[str, float]:
    read_products(csv_bytes(own_sheet(100)), "warm-up.csv")
    data = path.read_bytes()
    before_mib, started = peak_mib(), time.process_time()
    read_products(data, path.name)
    cpu_s = time.process_time() - started
    return {"peak_mib": peak_mib(), "reading_mib": peak_mib() - before_mib, "cpu_s": cpu_s}


if __name__ == "__main__":
    json.dump(_read_and_tell(Path(sys.argv[1])), sys.stdout)
