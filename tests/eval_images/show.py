"""The figures of the pictures as tables for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

_COLUMNS = {
    "lines": "lines", "recall": "recall", "cer": "CER", "exact": "exact", "clearing": "clear the gate", "exact_of_clearing": "exact of those",
    "box_iou": "box overlap", "extra_lines": "extra lines", "unread": "unread rows", "seconds_per_page": "s a page",
}  # fmt: skip
_REDRAWN = {
    "pages": "pages", "erase_db": "erased, dB", "outside_same": "outside same", "published": "published", "hangul_left": "Hangul left",
    "run_over": "run over, px", "product_px": "product, px", "erase_seconds": "s to erase", "language_seconds": "s a language",
}  # fmt: skip
_SHARES = {"recall", "exact", "clearing", "exact_of_clearing", "box_iou"}


def show_reading(console: Console, name: str, by_kind: Mapping[str, Mapping[str, Any]], gate_pct: float) -> None:
    """One row a kind of page."""
    table = Table(title=f"Reading, {name} seeds, gate at {gate_pct:g}", title_justify="left")
    table.add_column("kind")
    for label in _COLUMNS.values():
        table.add_column(label, justify="right")
    for kind, figures in by_kind.items():
        style = "bold" if kind in ("calm", "all") else None
        table.add_row(kind, *(_cell(key, figures[key]) for key in _COLUMNS), style=style)
    console.print(table)


def show_redrawing(console: Console, name: str, by_kind: Mapping[str, Mapping[str, Any]]) -> None:
    """One row a kind of page: the worst erasing and the longest times; Hangul, overrun and product count what was published."""
    table = Table(title=f"Redrawing, {name}", title_justify="left")
    table.add_column("kind")
    for label in _REDRAWN.values():
        table.add_column(label, justify="right")
    table.add_column("held up by")
    for kind, figures in by_kind.items():
        reasons = ", ".join(f"{count} {reason}" for reason, count in figures["reasons"].items())
        table.add_row(kind, *(_cell(key, figures[key]) for key in _REDRAWN), reasons, style="bold" if kind in ("calm", "all") else None)
    console.print(table)


def show_calibration(console: Console, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """How many lines a gate lets through, and how many of them are right."""
    table = Table(title=f"Gate, {name} seeds", title_justify="left")
    for label in ("score at least", "lines", "of all", "exact"):
        table.add_column(label, justify="right")
    for row in rows:
        table.add_row(f"{row['gate_pct']}", f"{row['lines']}", _cell("exact", row["share"]), _cell("exact", row["exact"]))
    console.print(table)


def _cell(key: str, value: Any) -> str:
    if value is None:
        return "-"
    if key in _SHARES:
        return f"{value:.1%}"
    return f"{value:.3f}" if key == "cer" else f"{value:.2f}" if isinstance(value, float) else str(value)
