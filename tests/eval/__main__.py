"""``make eval``: measures the titles that the text engine writes in every locale, prints tables and writes ``out/eval.json``."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console

from onestop.domain.text.grammar import GRAMMAR
from tests.eval.measure import measure
from tests.eval.show import show
from tests.eval.titles import SETS, read_set

OUT = Path("out/eval.json")


def main(wanted: list[str]) -> None:
    """Measure the wanted locales, or all."""
    locales = wanted or list(GRAMMAR)
    console = Console()
    with console.status("measuring, less than a minute ..."), ProcessPoolExecutor() as pool:
        measured = dict(zip(locales, pool.map(_measured, locales), strict=True))
    sets = {name: read_set(name) for name in SETS}
    figures = {
        "sets": {name: {"titles": len(titles.titles), "bias": titles.bias} for name, titles in sets.items()}, "locales": measured,
    }  # fmt: skip
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    show(console, figures)
    console.print(f"figures: [bold]{OUT}[/bold]")


def _measured(locale: str) -> dict[str, Any]:
    return {name: measure(read_set(name), locale) for name in SETS}


if __name__ == "__main__":
    main(sys.argv[1:])
