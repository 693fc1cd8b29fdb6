"""The figures of an evaluation as one table per locale for a person."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

AIMS = {"coverage": 0.92, "ready": 0.60, "facts_kept": 1.0, "qa_recall": 0.98, "false_alarms": 0.02, "term_accuracy": 0.99}
"""What is aimed at on titles that nothing was made for; false alarms are at most that many, the rest at least."""

_ROWS = {
    "titles": "titles", "coverage": "coverage", "ready": "ready", "needs_review": "needs review", "blocked": "blocked",
    "facts_kept": "facts kept", "term_accuracy": "curated terms present", "qa_recall": "injected defects noticed",
    "false_alarms": "false alarms on references", "chrf": "chrF, all / ready",
}  # fmt: skip


def show(console: Console, figures: Mapping[str, Any]) -> None:
    """Print a table per locale, the sets side by side, and what has to be known about their authors."""
    for locale, by_set in figures["locales"].items():
        table = Table(title=locale, title_justify="left")
        table.add_column("measure")
        for name in (*by_set, "aim"):
            table.add_column(name, justify="right")
        for key, label in _ROWS.items():
            table.add_row(label, *(_cell(key, measured[key]) for measured in by_set.values()), _aim(key))
        console.print(table)
    for name, about in figures["sets"].items():
        console.print(f"[bold]{name}[/bold] ({about['titles']} titles): {about['bias']}")


def share_noticed(recall: Mapping[str, tuple[int, int]]) -> float | None:
    """The share of all injected defects that the checks noticed, or None when none could be injected.

    Example:
        >>> share_noticed({"emptied": (4, 4), "capitals": (2, 4)})
        0.75
    """
    injected = sum(total for _, total in recall.values())
    return sum(noticed for noticed, _ in recall.values()) / injected if injected else None


def _cell(key: str, value: Any) -> str:
    if key == "titles":
        return str(value)
    if key == "chrf":
        return " / ".join("-" if score is None else f"{score:.1f}" for score in value.values())
    share = share_noticed(value) if key == "qa_recall" else value
    if share is None:
        return "-"
    colour = "" if key not in AIMS else "green" if _met(key, share) else "red"
    return f"[{colour}]{share:.1%}[/{colour}]" if colour else f"{share:.1%}"


def _met(key: str, share: float) -> bool:
    return share <= AIMS[key] if key == "false_alarms" else share >= AIMS[key]


def _aim(key: str) -> str:
    return f"{'<=' if key == 'false_alarms' else '>='} {AIMS[key]:.0%}" if key in AIMS else ""
