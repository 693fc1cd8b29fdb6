"""What a reader that never errs would say of a made page, so that erasing and drawing are measured by themselves."""

import hashlib

import numpy as np

from onestop.domain.imaging.contrast import hex_colour
from onestop.domain.imaging.text_lines import Align, Box, PictureText, TextLine
from tests.support.picture_pages.canvas import BOLD_FONTS, Page, TrueLine


def true_text(page: Page, loose_px: int = 0, score_pct: float = 99.0) -> PictureText:
    """The page's Korean lines; their boxes larger by up to ``loose_px`` on every side, as a reader's are."""
    rng = np.random.default_rng(page.seed)
    lines = sorted((line for line in page.lines if line.korean), key=lambda line: (line.box.top_px, line.box.left_px))
    return PictureText(
        source_sha256=hashlib.sha256(page.data).hexdigest(), width_px=page.clean.width, height_px=page.clean.height, engine="truth",
        lines=tuple(
            _line(page, line, f"L{at}", line.box.grown(int(rng.integers(0, loose_px + 1)), *page.clean.size), score_pct)
            for at, line in enumerate(lines, 1)
        ),
    )  # fmt: skip


def _line(page: Page, line: TrueLine, line_id: str, box: Box, score_pct: float) -> TextLine:
    behind = np.asarray(page.clean.crop((box.left_px, box.top_px, box.right_px, box.bottom_px))).reshape(-1, 3)
    ground = tuple(int(value) for value in np.median(behind, axis=0))
    return TextLine(
        line_id=line_id, text=line.text, score_pct=score_pct, box=box, colour=hex_colour(line.colour), ground_colour=hex_colour(ground),
        ground=line.ground, bold=line.font in BOLD_FONTS, align=_align(page, line), tilt_deg=line.tilt_deg, vertical=line.vertical,
    )  # fmt: skip


def _align(page: Page, line: TrueLine) -> Align:
    """As the generator drew it: around the page's middle or a badge's, else from the left."""
    if 56 <= line.box.left_px <= 84 or (page.kind == "table" and line.box.left_px < 320):
        return Align.LEFT
    middles = (page.clean.width / 2, 190, 800, 270, 740, 755, 300)
    return Align.CENTRE if any(abs(line.box.left_px + line.box.width_px / 2 - middle) < 6 for middle in middles) else Align.LEFT


def psnr_db(one: np.ndarray, other: np.ndarray) -> float:
    """How close two sets of pixels are, in dB of 8-bit values; 99 when they are the same."""
    error = float(np.mean((one.astype(float) - other.astype(float)) ** 2))
    return 99.0 if error == 0 else 10 * float(np.log10(255**2 / error))
