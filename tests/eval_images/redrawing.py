"""How well lines are erased and drawn anew, and what the gate lets out: from the seller's file to the finished picture.

Twice: with what the reader found, and with the true lines as if they were read surely, which leaves erasing and drawing by
themselves. The words are the made pages' own translations of the true lines. What a gate cannot know - Korean left, the product
touched - the truth of the page tells.
"""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from onestop.adapters.phrase_files import phrasebook, removed_lines
from onestop.adapters.picture_text.chosen import gate_rules
from onestop.adapters.picture_text.erase import erase_lines
from onestop.adapters.picture_text.reader import PictureReader
from onestop.adapters.picture_text.redraw import PictureRedrawer
from onestop.adapters.pictures import VipsPictures
from onestop.domain.imaging.gate import Outcome, judge
from onestop.domain.imaging.text_lines import Box, LineWording, PictureText, TextLine
from onestop.domain.imaging.wording import removed_by
from tests.eval_images.reading import ASSETS, reader
from tests.support.picture_pages.canvas import Page
from tests.support.picture_pages.pages import CALM_KINDS, made_page
from tests.support.picture_truth import psnr_db, true_text
from tests.support.picture_wordings import wordings

FIRST, SECOND = "en", "th"
_SEEN = 40
"""A difference in steps of 0 to 255 that is seen; JPEG at quality 85 stays below around letters that were erased."""


@dataclass(frozen=True)
class RedrawResult:
    """One page: how well it was erased, what the gate said, and what the truth says of what would have gone out.

    Attributes:
        erase_db: PSNR of what was erased against the clean page, by true boxes; 99 when nothing was.
        outside_same: whether every pixel outside of the mask was the source's.
        outcome, reasons: of the gate, with the reader's own lines.
        hangul_left: true Korean lines of which a tenth of the ink or more is still there once erased.
        run_over: new words that lie on the product, on other writing or across an edge of the clean page.
        product_px: pixels of the product that differ from the source.
        erase_seconds, language_seconds: processor time, of erasing and of one more language.
    """

    kind: str
    seed: int
    erase_db: float
    outside_same: bool
    outcome: str
    reasons: tuple[str, ...]
    hangul_left: int
    run_over: int
    product_px: int
    erase_seconds: float
    language_seconds: float


def measure(kinds: Iterable[str], seeds: Sequence[int], *, truly: bool) -> list[RedrawResult]:
    """The results of many pages, with the true lines or with those that the reader found."""
    read_by, redrawer = reader(), PictureRedrawer(VipsPictures(), ASSETS / "fonts")
    pages = [made_page(kind, seed) for kind in kinds for seed in seeds]
    return [_measured(page, true_text(page, loose_px=2) if truly else read_by.read(page.data), read_by, redrawer) for page in pages]


def by_kind(results: Sequence[RedrawResult]) -> dict[str, dict[str, Any]]:
    """Figures of each kind, of the calm ones and of all; those of the truth count what went out alone."""
    kinds = dict.fromkeys(result.kind for result in results)
    groups = {kind: [one for one in results if one.kind == kind] for kind in kinds}
    groups |= {"calm": [one for one in results if one.kind in CALM_KINDS], "all": list(results)}
    return {name: _figures(group) for name, group in groups.items() if group}


def as_json(results: Sequence[RedrawResult]) -> list[dict[str, Any]]:
    """Every page, for the file of figures."""
    return [asdict(result) for result in results]


def _figures(group: Sequence[RedrawResult]) -> dict[str, Any]:
    out = [one for one in group if one.outcome == Outcome.GO]
    return {
        "pages": len(group), "erase_db": min(one.erase_db for one in group), "outside_same": all(one.outside_same for one in group),
        "published": len(out), "hangul_left": sum(one.hangul_left for one in out), "run_over": sum(one.run_over for one in out),
        "product_px": sum(one.product_px for one in out), "erase_seconds": max(one.erase_seconds for one in group),
        "language_seconds": max(one.language_seconds for one in group),
        "reasons": dict(Counter(reason for one in group for reason in set(one.reasons)).most_common()),
    }  # fmt: skip


def _measured(page: Page, text: PictureText, read_by: PictureReader, redrawer: PictureRedrawer) -> RedrawResult:
    words = _wordings(page, text, FIRST)
    started = time.process_time()
    erased = redrawer.erase(page.data, text, words)
    erase_seconds = time.process_time() - started
    drawn = redrawer.draw(erased.picture, text, words, FIRST)
    started = time.process_time()
    redrawer.draw(erased.picture, text, _wordings(page, text, SECOND), SECOND)
    language_seconds = time.process_time() - started
    verdict = judge(text, words, (*erased.doubts, *drawn.doubts), lambda: read_by.read(erased.picture.data), gate_rules())
    source, without, final = (_pixels(data) for data in (page.data, erased.picture.data, drawn.picture.data))
    erase_db, same = _erased_by_truth(page, source)
    return RedrawResult(
        page.kind, page.seed, erase_db, same, verdict.outcome, tuple(reason for _, reason in verdict.reasons),
        _hangul_left(page, without), _run_over(page, without, final), _product_px(page, source, final), erase_seconds, language_seconds,
    )  # fmt: skip


def _wordings(page: Page, text: PictureText, locale: str) -> tuple[LineWording, ...]:
    """The words of the true line under each line that was read; a line that lies on none says what it was read as."""
    words = wordings(text.model_copy(update={"lines": tuple(_truly(page, line) for line in text.lines)}), locale)
    return tuple(
        one.model_copy(update={"known": bool(removed_by(line.text, removed_lines()) or phrasebook().find(line.text, locale))})
        for one, line in zip(words, text.lines, strict=True)
    )


def _truly(page: Page, line: TextLine) -> TextLine:
    true = max(page.lines, key=lambda one: one.box.overlap(line.box), default=None)
    return line.model_copy(update={"text": true.text}) if true and true.box.overlap(line.box) else line


def _pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(np.int16)


def _erased_by_truth(page: Page, source: np.ndarray) -> tuple[float, bool]:
    text = true_text(page, loose_px=2)
    pixels = source.astype(np.uint8)
    erased = erase_lines(pixels, text, {line.line_id for line in text.lines})
    same = bool(np.array_equal(erased.pixels[~erased.mask], pixels[~erased.mask]))
    return psnr_db(erased.pixels[erased.mask], np.asarray(page.clean)[erased.mask]) if erased.mask.any() else 99.0, same


def _hangul_left(page: Page, without: np.ndarray) -> int:
    clean, drawn = (np.asarray(image).astype(np.int16) for image in (page.clean, page.drawn))
    left = 0
    for line in page.lines:
        here = _slice(line.box)
        ink = np.abs(drawn[here] - clean[here]).max(axis=-1) > _SEEN
        # A plate covers the ink as well as what was behind it, so ink is left only where the picture still is as it was drawn.
        kept = ink & (np.abs(without[here] - clean[here]).max(axis=-1) > _SEEN) & (np.abs(without[here] - drawn[here]).max(axis=-1) < _SEEN)
        left += int(line.korean and kept.sum() > 0.1 * max(1, ink.sum()))
    return left


def _run_over(page: Page, without: np.ndarray, final: np.ndarray) -> int:
    """How many pixels of new ink lie where nothing should be written."""
    ink = np.abs(final - without).max(axis=-1) > _SEEN
    clean = np.asarray(page.clean).astype(np.int16)
    closed = np.zeros(ink.shape, bool)
    closed[:, 1:] |= np.abs(np.diff(clean, axis=1)).max(axis=-1) > _SEEN
    closed[1:] |= np.abs(np.diff(clean, axis=0)).max(axis=-1) > _SEEN
    if page.subject:
        closed |= np.asarray(page.subject) > 0
    for line in page.lines:
        if not line.korean:
            closed[_slice(line.box)] = True
    return int((ink & closed).sum())


def _product_px(page: Page, source: np.ndarray, final: np.ndarray) -> int:
    return int(((np.abs(source - final).max(axis=-1) > 0) & (np.asarray(page.subject) > 0)).sum()) if page.subject else 0


def _slice(box: Box) -> tuple[slice, slice]:
    return slice(box.top_px, box.bottom_px), slice(box.left_px, box.right_px)
