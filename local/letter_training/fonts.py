"""The fonts that lines are drawn in.

Those of the made pages (Nanum Gothic, Do Hyeon, Gowun Dodum) are none of them, nor is one that was cut after them: what
``make eval-images`` measures is reading in fonts that the network never saw.
"""

import random
from pathlib import Path

from PIL import ImageFont

DEBIAN = Path("/usr/share/fonts/truetype")
PACKAGES = "fonts-unfonts-core fonts-unfonts-extra fonts-baekmuk fonts-lexi-gulim fonts-lexi-saebom fonts-alee fonts-woowa-bm"
"""Debian's packages with the others."""

GROUPS = (
    (0.34, ("NotoSansKR-*.ttf", "Pretendard-*.ttf", "WantedSans-*.ttf")),
    (0.3, ("unfonts-core/UnDotum*.ttf", "unfonts-core/UnGraphic*.ttf", "unfonts-core/UnDinaru.ttf", "unfonts-core/UnDinaruBold.ttf",
           "baekmuk/dotum.ttf", "baekmuk/gulim.ttf", "baekmuk/hline.ttf", "lexi/LexiGulim.ttf")),
    (0.22, ("woowa-bm/BMHANNA*.ttf", "woowa-bm/BMJUA_ttf.ttf", "woowa-bm/BMEULJIROTTF.ttf", "woowa-bm/BMYEONSUNG_ttf.ttf",
            "woowa-bm/BMKIRANGHAERANG-TTF.ttf")),
    (0.14, ("unfonts-core/UnBatang*.ttf", "unfonts-core/UnPilgi.ttf", "unfonts-extra/UnShinmun.ttf", "unfonts-extra/UnTaza.ttf",
            "unfonts-extra/UnVada.ttf", "baekmuk/batang.ttf", "lexi/LexiSaebomR.ttf", "alee/Guseul.ttf", "alee/Eunjin.ttf")),
)  # fmt: skip
"""How often a line is drawn in a font of each group: sans serif as on the web, older sans serif, display, serif and typewriter."""
KEPT_OPEN = 400


class Fonts:
    """Fonts in any size, and what each can draw.

    Args:
        packaged: the folder with the fonts that come from npm packages.

    Raises:
        SystemExit: a font is not installed.
    """

    def __init__(self, packaged: Path, chance: random.Random) -> None:
        self._chance = chance
        self._groups = [(share, [path for name in names for path in _found(packaged, name)]) for share, names in GROUPS]
        self._open: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}
        self._known: dict[Path, set[str]] = {}

    def one(self, size_px: int) -> tuple[ImageFont.FreeTypeFont, set[str]]:
        """A font, and the letters that it has."""
        ((_, paths),) = self._chance.choices(self._groups, [share for share, _ in self._groups])
        path = self._chance.choice(paths)
        if len(self._open) > KEPT_OPEN:
            self._open.clear()
        if (path, size_px) not in self._open:
            self._open[path, size_px] = ImageFont.truetype(str(path), size_px)
        if path not in self._known:
            self._known[path] = _letters(path)
        return self._open[path, size_px], self._known[path]


def _found(packaged: Path, pattern: str) -> list[Path]:
    paths = sorted((DEBIAN if "/" in pattern else packaged).glob(pattern))
    if not paths:
        raise SystemExit(f"no {pattern}: apt install {PACKAGES}")
    return paths


def _letters(path: Path) -> set[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return set(map(chr, font.getBestCmap()))
