"""How well the Korean in pictures is found and read, against pages of which every letter is known."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyvips

from onestop.adapters.picture_text.detector import ContrastDetector
from onestop.adapters.picture_text.letter_net import WEIGHTS, LetterNet
from onestop.adapters.picture_text.pair import PairRecognizer
from onestop.adapters.picture_text.reader import PictureReader
from onestop.adapters.picture_text.recogniser import Tesseract
from onestop.adapters.pictures import VipsPictures
from onestop.domain.imaging.text_lines import Box, PictureText, TextLine
from tests.support.picture_pages.canvas import Page, TrueLine
from tests.support.picture_pages.pages import CALM_KINDS, KINDS, made_page

ASSETS = Path(__file__).parents[2] / ".cache/imaging"
MEASURED_KINDS = (
    "detail",
    "table",
    "badges",
    "gradient",
    "panel",
    "product",
    "round_badge",
    "photo",
    "wood",
    "outlined",
    "tilted",
    "vertical",
    "no_text",
)
GATES = (85, 88, 90, 91, 92, 93, 94, 95, 96, 97, 98)


@dataclass(frozen=True)
class LineResult:
    """What became of a true line, or of a line that was read where none is (``truth`` is empty then)."""

    truth: str
    read: str
    score_pct: float
    font: str = ""
    overlap: float = 0.0
    style: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Letters to change, spaces left out; at most as many as the line has, so that junk in a line counts once."""
        bare = "".join(self.truth.split())
        return min(edits(bare, "".join(self.read.split())), len(bare)) if bare else 0

    @property
    def exact(self) -> bool:
        """Every letter and every space."""
        return self.truth == self.read


@dataclass(frozen=True)
class PageResult:
    """A page's lines, the rows that stayed unread, and the processor time it took."""

    kind: str
    seed: int
    lines: tuple[LineResult, ...]
    unread: int
    seconds: float


def reader(tessdata: Path = ASSETS / "tessdata") -> PictureReader:
    """The reader as the function has it."""
    return PictureReader(VipsPictures(), ContrastDetector(pyvips), PairRecognizer(Tesseract(tessdata), LetterNet(WEIGHTS)))


def measure_page(page: Page, read_by: PictureReader) -> PageResult:
    """What the reader makes of a page."""
    started = time.process_time()
    text = read_by.read(page.data)
    return PageResult(page.kind, page.seed, tuple(compared(page.lines, text)), len(text.unread), time.process_time() - started)


def measure(kinds: Iterable[str], seeds: Sequence[int]) -> list[PageResult]:
    """The results of many pages."""
    read_by = reader()
    return [measure_page(made_page(kind, seed), read_by) for kind in kinds for seed in seeds]


def compared(truth: Sequence[TrueLine], text: PictureText) -> Iterable[LineResult]:
    """Each true line of Korean with what was read in its place, and what was read where there is none."""
    used: set[str] = set()
    for true in truth:
        if true.korean:
            inside = sorted((line for line in text.lines if _lies_in(line.box, true.box)), key=lambda line: line.box.left_px)
            used |= {line.line_id for line in inside}
            yield _result(true, inside)
    yield from (LineResult("", line.text, line.score_pct) for line in text.lines if line.line_id not in used)


def _result(true: TrueLine, found: Sequence[TextLine]) -> LineResult:
    # A scrap of a line is not the line.
    if not found or sum(line.box.overlap(true.box) for line in found) < 0.5 * true.box.width_px * true.box.height_px:
        return LineResult(true.text, "", 0.0, true.font)
    style = {
        "ground": found[0].ground == true.ground, "bold": found[0].bold == (true.font not in ("NanumGothic-Regular", "GowunDodum-Regular")),
        "colour": max(abs(int(found[0].colour[at : at + 2], 16) - true.colour[at // 2]) for at in (1, 3, 5)),
    }  # fmt: skip
    overlap = max(_iou(line.box, true.box) for line in found)
    return LineResult(true.text, " ".join(line.text for line in found), min(line.score_pct for line in found), true.font, overlap, style)


def _lies_in(box: Box, truth: Box) -> bool:
    return box.overlap(truth) > 0.5 * min(box.width_px * box.height_px, truth.width_px * truth.height_px)


def _iou(one: Box, other: Box) -> float:
    shared = one.overlap(other)
    return shared / (one.width_px * one.height_px + other.width_px * other.height_px - shared)


def edits(one: str, other: str) -> int:
    """The fewest letters to change, add or take out that make one text the other.

    Example:
        >>> edits("무료배송", "무표배"), edits("", "무")
        (2, 1)
    """
    costs = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for to, against in enumerate(other):
            row.append(min(costs[to] + (letter != against), costs[to + 1] + 1, row[-1] + 1))
        costs = row
    return costs[-1]


def figures(pages: Sequence[PageResult], gate_pct: float) -> dict[str, Any]:
    """Recall, CER, gate and time of some pages; None where there is nothing to measure on."""
    lines = [line for page in pages for line in page.lines]
    true = [line for line in lines if line.truth]
    clearing = [line for line in lines if line.read and line.score_pct >= gate_pct]
    letters = sum(len("".join(line.truth.split())) for line in true)
    return {
        "pages": len(pages), "lines": len(true), "recall": _share(line.read != "" for line in true),
        "cer": sum(line.errors for line in true) / letters if letters else None, "exact": _share(line.exact for line in true),
        "clearing": _share(line.score_pct >= gate_pct for line in true), "exact_of_clearing": _share(line.exact for line in clearing),
        "extra_lines": len(lines) - len(true), "unread": sum(page.unread for page in pages),
        "box_iou": sum(line.overlap for line in true) / len(true) if true else None,
        "seconds_per_page": sum(page.seconds for page in pages) / len(pages), "slowest_page_seconds": max(page.seconds for page in pages),
    }  # fmt: skip


def calibration(pages: Sequence[PageResult]) -> list[dict[str, Any]]:
    """For each possible gate: how many lines clear it, and how many of them are exact."""
    lines = [line for page in pages for line in page.lines if line.read]
    rows = []
    for gate in GATES:
        clearing = [line for line in lines if line.score_pct >= gate]
        rows.append(
            {
                "gate_pct": gate,
                "lines": len(clearing),
                "share": len(clearing) / max(1, len(lines)),
                "exact": _share(line.exact for line in clearing),
            }
        )
    return rows


def by_kind(pages: Sequence[PageResult], gate_pct: float) -> dict[str, Any]:
    """Figures of each kind, of the calm ones and of all."""
    kinds = {kind: [page for page in pages if page.kind == kind] for kind in (*KINDS, "long")}
    found = {kind: figures(of_kind, gate_pct) for kind, of_kind in kinds.items() if of_kind}
    calm = [page for page in pages if page.kind in CALM_KINDS]
    return {**found, **({"calm": figures(calm, gate_pct)} if calm else {}), "all": figures(pages, gate_pct)}


def _share(answers: Iterable[bool]) -> float | None:
    listed = list(answers)
    return sum(listed) / len(listed) if listed else None


def as_json(pages: Sequence[PageResult]) -> list[dict[str, Any]]:
    """Every page with its lines, for the figures' file."""
    return [asdict(page) for page in pages]
