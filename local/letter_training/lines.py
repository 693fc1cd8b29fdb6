"""Drawn lines as the network takes them, with what each place of its output should say."""

import io
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from local.letter_training.fonts import Fonts
from local.letter_training.wording import Wording
from onestop.adapters.picture_text.letter_net import HEIGHT_PX, STRIDE_PX, Floats, spread
from onestop.domain.imaging.letters import STARTS, parts

WIDTH_PX = 320
PLACES = WIDTH_PX // STRIDE_PX
_SIZES_PX = (15, 76)
_BLUR = 0.64
"""How far the heat of a letter's middle reaches, in places."""
_NEAR = 1.3
"""Places so far from a letter's middle learn which letter it is."""


class Spot(NamedTuple):
    """A letter and where its middle is, in pixels."""

    letter: str
    centre_px: float


class Target(NamedTuple):
    """What each place should say: its heat, the three parts of its letter, and how much the first and the others count."""

    heat: Floats
    start: npt.NDArray[np.int32]
    jung: npt.NDArray[np.int32]
    jong: npt.NDArray[np.int32]
    counts: Floats
    counts_as_syllable: Floats


class Lines:
    """Draws lines; the same seed gives the same ones."""

    def __init__(self, packaged_fonts: Path, seed: int) -> None:
        self._chance, self._noise = random.Random(seed), np.random.default_rng(seed)  # noqa: S311  # drawings, no secrets
        self._fonts, self._wording = Fonts(packaged_fonts, self._chance), Wording(self._chance)

    def batch(self, size: int) -> tuple[npt.NDArray[np.float16], Target]:
        """So many lines in one array, the ground of short ones carried on, and their targets."""
        inks, targets = np.zeros((size, HEIGHT_PX, WIDTH_PX, 1), np.float16), []
        for at in range(size):
            ink, spots = next(line for line in iter(self._line, object()) if line is not None)
            inks[at, :, :, 0] = np.pad(ink, ((0, 0), (0, WIDTH_PX - ink.shape[1])), mode="edge")
            targets.append(target([spot for spot in spots if spot.centre_px < ink.shape[1]]))
        return inks, Target(*(np.stack(column) for column in zip(*targets, strict=True)))

    def _line(self) -> tuple[Floats, list[Spot]] | None:
        chance = self._chance
        size = round(math.exp(chance.uniform(*map(math.log, _SIZES_PX))))
        font, known = self._fonts.one(size)
        text = "".join(letter for letter in self._wording.line() if letter in known)
        drawn, halo, spots, end = self._drawn(text, font, size)
        outer = (halo or drawn).getbbox()
        if outer is None or not spots:
            return None
        height = outer[3] - outer[1]
        # A detector's box is off by a little now and then, and crops are padded by more than the network keeps.
        above, below = (height * (chance.uniform(0.02, 0.16) - (0.07 if chance.random() < 0.06 else 0)) for _ in range(2))
        left = max(0, outer[0] - int(height * chance.uniform(0.05, 0.4)))
        right = int(min(drawn.width, end + height * chance.uniform(0.05, 0.4)))
        ink = self._laid_on_ground(drawn, halo)[int(max(0, outer[1] - above)) : int(min(drawn.height, outer[3] + below + 1)), left:right]
        image = self._photographed(ink, size)
        width = round(image.width * HEIGHT_PX / image.height * chance.uniform(0.94, 1.06))
        if not 2 * STRIDE_PX <= width <= WIDTH_PX:
            return None
        way = Image.Resampling.BICUBIC if image.height < HEIGHT_PX else Image.Resampling.LANCZOS
        values = spread(np.asarray(image.resize((width, HEIGHT_PX), way)))
        if chance.random() < 0.12:
            values = _thinned(values, chance.uniform(0, 0.3), chance.uniform(1, 2))
        return values, [Spot(spot.letter, (spot.centre_px - left) * width / image.width) for spot in spots]

    def _drawn(
        self, text: str, font: ImageFont.FreeTypeFont, size: int
    ) -> tuple[Image.Image, Image.Image | None, list[Spot], float]:  # fmt: skip
        """The letters, the outline around them if there is one, where each is and where the last ends; cut to what fits."""
        chance = self._chance
        spacing = chance.uniform(-0.05, 0.09) * size if chance.random() < 0.4 else 0.0
        outline = max(2, size // 16) if chance.random() < 0.11 else 0
        places, at = [], float(size)
        for letter in text:
            advance = font.getlength(letter)
            places.append((letter, at, advance))
            at += advance + spacing
            if (at - size) * 0.85 * HEIGHT_PX / size > WIDTH_PX - 16:
                break
        drawn = Image.new("L", (int(at + size), int(size * 2.4)))
        halo = Image.new("L", drawn.size) if outline else None
        for letter, x, _ in places:
            ImageDraw.Draw(drawn).text((x, size * 0.6), letter, 255, font)
            if halo:
                ImageDraw.Draw(halo).text((x, size * 0.6), letter, 255, font, stroke_width=outline)
        if chance.random() < 0.3:
            angle = chance.uniform(-1.2, 1.2)
            drawn = drawn.rotate(angle, Image.Resampling.BICUBIC)
            halo = halo and halo.rotate(angle, Image.Resampling.BICUBIC)
        return drawn, halo, [Spot(letter, x + advance / 2) for letter, x, advance in places if letter != " "], at

    def _laid_on_ground(self, drawn: Image.Image, halo: Image.Image | None) -> Floats:
        """Ink near 1 on ground near 0: plain, sloping, blotched, or with an outline of the other sign on specks."""
        chance, (width, height) = self._chance, drawn.size
        ground = np.zeros((height, width), np.float32)
        kind = chance.random()
        if kind > 0.8:
            grain = chance.choice((4, 8, 16))
            small = self._noise.normal(0, 1, (height // grain + 2, width // (grain * chance.choice((1, 1, 4))) + 2)).astype(np.float32)
            ground += np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)) * chance.uniform(0.03, 0.16)
        elif kind > 0.55:
            ground += np.linspace(0, chance.uniform(-0.35, 0.35), width, dtype=np.float32)
            ground += np.linspace(0, chance.uniform(-0.2, 0.2), height, dtype=np.float32)[:, None]
        if halo:
            around = np.asarray(halo, np.float32) / 255
            specks = self._noise.normal(0, 0.15, (height // 8 + 1, width // 8 + 1)).repeat(8, 0).repeat(8, 1)[:height, :width]
            ground = ((ground + specks) * (1 - around) + around * chance.uniform(-0.9, 0.0)).astype(np.float32)
        letters = np.asarray(drawn, np.float32) / 255
        contrast = chance.choice((1.0, 1.0, chance.uniform(0.25, 1.0)))
        laid: Floats = (ground * (1 - letters) + letters * contrast).astype(np.float32)
        return laid

    def _photographed(self, ink: Floats, size: int) -> Image.Image:
        """With the noise, the blur and the JPEG blocks that pictures have, in some range of greys."""
        chance = self._chance
        if chance.random() < 0.25:
            ink = (ink + self._noise.normal(0, chance.uniform(0.01, 0.06), ink.shape)).astype(np.float32)
        darkest, lightest = chance.randint(0, 90), chance.randint(140, 255)
        greys = darkest + (lightest - darkest) * (1 - (ink + 0.2) / 1.4)
        image = Image.fromarray(np.clip(greys, 0, 255).astype(np.uint8))
        if chance.random() < 0.35:
            image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.035 * size)))
        if chance.random() < 0.7:
            stored = io.BytesIO()
            image.save(stored, "JPEG", quality=chance.randint(45, 95))
            image = Image.open(stored)
        return image


def _thinned(ink: Floats, by: float, times: float) -> Floats:
    """Ink without its faint edges, as a crop of contrast alone has it."""
    thinned: Floats = np.clip((ink - by) * times, 0, 1).astype(np.float32)
    return thinned


def target(spots: list[Spot]) -> Target:
    """What each place should say of a line.

    Example:
        >>> said = target([Spot("한", 42.0)])
        >>> int(said.heat.argmax()), STARTS[said.start[10]], int(said.jong[10]), float(said.counts[30])
        (10, 'ㅎ', 4, 0.0)
    """
    heat, counts, syllable = (np.zeros(PLACES, np.float32) for _ in range(3))
    start, jung, jong = (np.zeros(PLACES, np.int32) for _ in range(3))
    for spot in spots:
        triple = parts(spot.letter) or (STARTS.index(spot.letter), 0, 0)
        for at, reach in _near(spot.centre_px / STRIDE_PX - 0.5):
            if reach > heat[at]:
                heat[at] = reach
                if reach >= math.exp(-(_NEAR**2) / (2 * _BLUR**2)):
                    start[at], jung[at], jong[at] = triple
                    counts[at], syllable[at] = reach, reach if parts(spot.letter) else 0.0
    return Target(heat, start, jung, jong, counts, syllable)


def _near(middle: float) -> Iterator[tuple[int, float]]:
    for at in range(max(0, int(middle) - 2), min(PLACES, int(middle) + 4)):
        yield at, math.exp(-((at - middle) ** 2) / (2 * _BLUR**2))
