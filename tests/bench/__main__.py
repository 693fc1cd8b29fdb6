"""``make bench``: measures the line, its functions and its engines, prints the figures and writes them to ``out/bench.json``."""

import json
import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from onestop.adapters.packs import markets
from tests.bench.channel_tables import channels_table, pushes_table, webhook_table
from tests.bench.channels import measure_channels
from tests.bench.demand import measure_demand
from tests.bench.engines import measure_engines
from tests.bench.imports import ROOT, measure_imports
from tests.bench.pictures import measure_pictures
from tests.bench.readers import measure_memory, measure_readers
from tests.bench.report_scale import measure_reports
from tests.bench.scale import measure_scale
from tests.bench.shared_pictures import measure_shared
from tests.bench.sharp_peer import measure_sharp
from tests.bench.sweep import measure_sweep
from tests.bench.tables import show
from tests.bench.translation_cost import measure_cost
from tests.bench.webhook import measure_webhook

OUT = Path("out/bench.json")
SMALL, LARGE = 100, 1000
SMALL_ROUNDS = 3


def main() -> None:
    """Measure everything; the large upload, and after it the pushes, have a processor to themselves while the rest goes on beside."""
    console = Console()
    with console.status("measuring, about twenty minutes ...") as status, ThreadPoolExecutor(max_workers=1) as beside:
        large, pushes = beside.submit(_line, LARGE), beside.submit(_alone, "tests.bench.pushes")
        status.update(f"{LARGE} products on one processor; {SMALL} products, {SMALL_ROUNDS} rounds, on another ...")
        small = [_line(SMALL) for _ in range(SMALL_ROUNDS)]
        status.update(f"{LARGE} products on one processor; imports, engines, pictures and files on another ...")
        imports, engines = measure_imports(), measure_engines()
        pictures, readers, memory = measure_pictures(markets().get("SG").pictures), measure_readers(), measure_memory()
        scale, reports, translation = measure_scale(), measure_reports(), measure_cost()
        sharp, shared, demand = measure_sharp(), measure_shared(), measure_demand()
        webhook, channels, sweep = measure_webhook(), measure_channels(), measure_sweep()
        status.update(f"{LARGE} products, and pushes of orders ...")
        figures = {
            "machine": {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()},
            "line": _compare(small, large.result()), "imports": imports, "engines": engines, "pictures": pictures,
            "readers": readers, "memory": memory, "scale": scale, "reports": reports, "translation": translation,
            "sharp": sharp, "shared_pictures": shared, "webhook": webhook, "channels": channels, "pushes": pushes.result(),
            "demand": demand, "sweep": sweep,
        }  # fmt: skip
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    show(console, figures)
    for table in (channels_table(channels), webhook_table(webhook), pushes_table(figures["pushes"])):
        console.print(table)
    console.print(f"figures: [bold]{OUT}[/bold]")


def _line(products: int) -> dict[str, Any]:
    """One upload in a process of its own, whose peak memory is then that upload's."""
    return _alone("tests.bench.line", str(products))


def _alone(module: str, *arguments: str) -> dict[str, Any]:
    """What a module measures in a process of its own."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _compare(small: list[dict[str, Any]], large: dict[str, Any]) -> dict[str, Any]:
    """The small size's round with the median time, the large size, and the large one's time per product over the small one's."""
    times = [run["cpu_ms_per_product"] for run in small]
    typical = next(run for run in small if run["cpu_ms_per_product"] == median(times))
    return {
        "basis": "processor time", "rounds_ms_per_product": times, "ratio_per_product": large["cpu_ms_per_product"] / median(times),
        "small": typical, "large": large,
    }  # fmt: skip


if __name__ == "__main__":
    main()
