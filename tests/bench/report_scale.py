"""Reports of very large uploads: seconds and peak memory, with stores that make rows up and keep nothing but counts.

``python -m tests.bench.report_scale FILE ROWS`` measures one file of ``tests.bench.scale`` in this process, whose peak is then that
report's.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.imports import ROOT
from tests.bench.scale import MAKERS, peak_mib
from tests.support.told_rows import ToldCatalog, ToldListings, ToldObjects, reported

SIZES = (("csv", 2_000), ("csv", 20_000), ("csv", 200_000), ("xlsx", 20_000))


def measure_reports(sizes: tuple[tuple[str, int], ...] = SIZES) -> list[dict[str, Any]]:
    """A report of each of the sizes, in a process of its own."""
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, count in sizes:
            path = Path(folder) / f"{count}" / f"a.{kind}"
            path.parent.mkdir(exist_ok=True)
            MAKERS[kind](count, path)
            command = [sys.executable, "-m", "tests.bench.report_scale", str(path), str(count)]
            measured.append(json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout))
    return measured


def measure(path: Path, rows: int) -> dict[str, Any]:
    """One report: every row in three markets, one in fifty rejected."""
    listings, results = ToldListings(), ToldObjects()
    uploads = ToldObjects(path.read_bytes())
    reported(ToldCatalog(100, path.name), listings, ToldObjects(), ToldObjects())  # loads what is loaded on first use
    before_mib, started, used = peak_mib(), time.perf_counter(), time.process_time()
    report = reported(ToldCatalog(rows, path.name), listings, uploads, results)
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - used
    mib = {name: round(size / 2**20, 1) for name, size in sorted(results.sizes.items())}
    return {
        "file": path.suffix, "rows": report.tally.rows, "seconds": round(seconds, 1), "cpu_s": round(cpu_s, 1),
        "cpu_ms_per_row": round(cpu_s / rows * 1000, 2), "peak_mib": round(peak_mib()), "peak_before_mib": round(before_mib),
        "marked": report.marked, "written_mib": mib,
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
