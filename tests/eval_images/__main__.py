"""``make eval-images``: how well the Korean in pictures is found, read, erased and replaced, on pages that were tuned on and not.

``python -m tests.eval_images [tuning|reserved] [reading|redrawing] [kind ...]`` narrows it.
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console

from onestop.adapters.picture_text.chosen import gate_rules
from tests.eval_images import redrawing
from tests.eval_images.reading import MEASURED_KINDS, PageResult, as_json, by_kind, calibration, measure
from tests.eval_images.show import show_calibration, show_reading, show_redrawing
from tests.support.picture_pages.pages import RESERVED_SEEDS, TUNING_SEEDS

OUT = Path("out/eval_images.json")
SEEDS = {"tuning": TUNING_SEEDS, "reserved": RESERVED_SEEDS}


def main(arguments: list[str]) -> None:
    """Measure on both sets of seeds, print, and write every figure to ``out/eval_images.json``."""
    sets = [name for name in SEEDS if name in arguments] or list(SEEDS)
    kinds = [kind for kind in MEASURED_KINDS if kind in arguments] or list(MEASURED_KINDS)
    console = Console(width=150)
    parts = [part for part in ("reading", "redrawing") if part in arguments] or ["reading", "redrawing"]
    found: dict[str, Any] = {part: {} for part in parts}
    with ProcessPoolExecutor(max_workers=int(os.environ.get("JOBS", "2")), initializer=_one_core) as pool:
        for name in sets:
            if "reading" in parts:
                found["reading"][name] = _read(console, pool, name, kinds)
            if "redrawing" in parts:
                found["redrawing"][name] = _redrawn(console, pool, name, kinds)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"figures: [bold]{OUT}[/bold]")


def _read(console: Console, pool: ProcessPoolExecutor, name: str, kinds: list[str]) -> dict[str, Any]:
    pages = [page for part in pool.map(_of_kind, kinds, [SEEDS[name]] * len(kinds)) for page in part]
    gate_pct = gate_rules().min_score_pct
    figures = by_kind(pages, gate_pct)
    show_reading(console, name, figures, gate_pct)
    show_calibration(console, name, calibration(pages))
    return {"figures": figures, "calibration": calibration(pages), "pages": as_json(pages)}


def _redrawn(console: Console, pool: ProcessPoolExecutor, name: str, kinds: list[str]) -> dict[str, Any]:
    told = {}
    for lines, truly in (("as read", False), ("as they are", True)):
        parts = pool.map(_redrawn_kind, kinds, [SEEDS[name]] * len(kinds), [truly] * len(kinds))
        pages = [page for part in parts for page in part]
        told[lines] = {"figures": redrawing.by_kind(pages), "pages": redrawing.as_json(pages)}
        show_redrawing(console, f"{name} seeds, lines {lines}", told[lines]["figures"])
    return told


def _redrawn_kind(kind: str, seeds: tuple[int, ...], truly: bool) -> list[redrawing.RedrawResult]:
    return redrawing.measure([kind], seeds, truly=truly)


def _one_core() -> None:
    """Seconds mean those of one core."""
    os.environ |= {"OMP_THREAD_LIMIT": "1", "VIPS_CONCURRENCY": "1"}


def _of_kind(kind: str, seeds: tuple[int, ...]) -> list[PageResult]:
    return measure([kind], seeds)


if __name__ == "__main__":
    main(sys.argv[1:])
