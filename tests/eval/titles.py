"""The sets of titles that are measured: one to learn from, two that no term and no rule was made for."""

import json
from dataclasses import dataclass, field
from pathlib import Path

VECTORS = Path(__file__).parents[1] / "vectors"
SETS = {"development": "titles_development.json", "held out": "titles_heldout.json", "unseen": "titles_unseen.json"}
"""Name of a set -> its file, in the order in which they are shown."""


@dataclass(frozen=True, eq=False)
class Title:
    """A seller's title with its category path and, where somebody wrote one, its reference in a locale."""

    text: str
    category: str
    references: dict[str, str] = field(default_factory=dict)
    noise: str = ""


@dataclass(frozen=True)
class TitleSet:
    """Titles, and what has to be known about who wrote them."""

    titles: tuple[Title, ...]
    bias: str


def read_set(name: str) -> TitleSet:
    """One of :data:`SETS`."""
    document = json.loads((VECTORS / SETS[name]).read_text(encoding="utf-8"))
    titles = (Title(row["title"], row["category"], row.get("refs", {}), row.get("noise", "")) for row in document["titles"])
    return TitleSet(tuple(titles), document["bias"])
