"""Product pictures with Korean on them: every kind that sellers make, each drawn with and without its text.

``made_page(kind, seed)`` is the same page whenever it is asked for. Wording and pages of RESERVED_SEEDS are for measuring only.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from onestop.domain.imaging.text_lines import Ground
from tests.support.picture_pages import grounds
from tests.support.picture_pages.canvas import BOLD_FONTS, FONTS, Canvas, Colour, Page, fitting_size
from tests.support.picture_pages.phrases import RESERVED, TUNING, Phrases

TUNING_SEEDS = (1, 2, 3, 4, 5, 6)
RESERVED_SEEDS = (101, 102, 103, 104)
"""Nobody looks at these pages in order to make anything better."""

CALM_KINDS = ("detail", "table", "badges", "gradient", "panel")
WHITE: Colour = (255, 255, 255)


class Chance:
    """The dice of one page, and its wording without repetition."""

    def __init__(self, kind: str, seed: int) -> None:
        self.rng = np.random.default_rng([seed, *kind.encode()])
        self._phrases: Phrases = RESERVED if seed in RESERVED_SEEDS else TUNING
        self._used: set[object] = set()
        self.body = str(self.rng.choice(FONTS))
        self.head = str(self.rng.choice(BOLD_FONTS))

    def say(self, register: str) -> str:
        """A phrase that the page does not have yet."""
        return str(self.one(getattr(self._phrases, register)))

    def spec(self) -> tuple[str, str]:
        """A row of a table."""
        label, value = self.one(self._phrases.specs)
        return label, value

    def one(self, choices: tuple) -> object:
        """One of the choices, none twice while others are left."""
        left = [choice for choice in choices if choice not in self._used] or list(choices)
        chosen = left[int(self.rng.integers(len(left)))]
        self._used.add(chosen)
        return chosen

    def colour(self, palette: tuple[Colour, ...]) -> Colour:
        """One of a palette."""
        return palette[int(self.rng.integers(len(palette)))]

    def size(self, least: int, most: int) -> int:
        """A whole number of pixels."""
        return int(self.rng.integers(least, most + 1))


def _column(canvas: Canvas, chance: Chance, top: int, registers: tuple[str, ...], colours: tuple[Colour, Colour], **style: object) -> int:
    """Lines one under the other, the first one large; where they end."""
    width = canvas.clean.width
    anchor = str(style.pop("anchor", None) or chance.rng.choice(["la", "ma"]))
    x, room = (width / 2, width - 100) if anchor == "ma" else (60, width - 120)
    y = top
    for at, register in enumerate(registers):
        font, size = (chance.head, chance.size(46, 76)) if not at else (chance.body, chance.size(22, 40))
        text = chance.say(register)
        size = fitting_size(text, font, size, room)
        canvas.write(text, x, y, font, size, colours[min(at, 1)], anchor=anchor, **style)
        y += round(size * (1.9 if not at else 1.65))
    return y


def detail_section(canvas: Canvas, chance: Chance, top: int) -> int:
    """Headline, features, a rule, notes: the plain part of a detail page."""
    colours = (chance.colour(grounds.INK), chance.colour(grounds.INK))
    y = _column(canvas, chance, top, ("headlines", *["features"] * chance.size(3, 5)), colours)
    canvas.shape("line", (60, y + 6, canvas.clean.width - 60, y + 6), fill=(200, 200, 200), width=2)
    for _ in range(2):
        y += 34
        canvas.write(chance.say("notes"), 60, y, chance.body, chance.size(18, 22), (96, 96, 96))
    return y + 50


def table_section(canvas: Canvas, chance: Chance, top: int, rows: int) -> int:
    """A spec table with ruled cells; where it ends."""
    width, height, rule = canvas.clean.width, chance.size(54, 70), (196, 196, 200)
    shaded = chance.colour(grounds.PALE[1:])
    for at in range(rows):
        y = top + at * height
        canvas.shape("rectangle", (50, y, 50 + 230, y + height), fill=shaded, outline=rule, width=2)
        canvas.shape("rectangle", (280, y, width - 50, y + height), fill=WHITE, outline=rule, width=2)
        label, value = chance.spec()
        size = chance.size(20, 26)
        canvas.write(label, 72, y + height / 2, chance.head, size, (40, 40, 44), anchor="lm")
        canvas.write(value, 302, y + height / 2, chance.body, size, (56, 56, 60), anchor="lm")
    return top + rows * height


def badge(canvas: Canvas, chance: Chance, centre: tuple[int, int], size: int) -> None:
    """A filled badge with a short promise; round, a pill or square."""
    text, x, y = chance.say("badges"), *centre
    half = min(230, max(60, round(len(text) * size * 0.56)))
    fill, shape = chance.colour(grounds.VIVID), chance.size(0, 1)
    if shape:
        canvas.shape("rounded_rectangle", (x - half, y - size, x + half, y + size), radius=size, fill=fill)
    else:
        canvas.shape("rectangle", (x - half, y - size, x + half, y + size), fill=fill)
    canvas.write(text, x, y, chance.head, fitting_size(text, chance.head, size, 2 * half - 30), WHITE, anchor="mm")


def _detail(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.flat(860, 1200, chance.colour(grounds.PALE)))
    y = detail_section(canvas, chance, 70)
    canvas.write(chance.say("foreign"), 430, y + 10, chance.head, 34, chance.colour(grounds.VIVID), anchor="ma")
    detail_section(canvas, chance, y + 90)
    return canvas


def _table(chance: Chance) -> Canvas:
    rows = chance.size(8, 12)
    canvas = Canvas(grounds.flat(860, 300 + rows * 70, WHITE))
    canvas.write(chance.say("headlines"), 50, 50, chance.head, 44, chance.colour(grounds.INK))
    end = table_section(canvas, chance, 130, rows)
    canvas.write(chance.say("notes"), 50, end + 24, chance.body, 20, (110, 110, 110))
    return canvas


def _badges(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.flat(1000, 1000, chance.colour(grounds.PALE)))
    grounds.bottle(canvas, 500, 250, 240, 520, chance.colour(grounds.VIVID))
    for centre in ((190, 130), (800, 130), (190, 860), (800, 860)):
        badge(canvas, chance, centre, chance.size(28, 40))
    canvas.write(chance.say("headlines"), 500, 930, chance.body, 34, chance.colour(grounds.INK), anchor="ma")
    return canvas


def _gradient(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.gradient(1000, 1000, chance.rng))
    dark = sum(canvas.clean.getpixel((500, 500))) < 330
    colours = (WHITE, (228, 228, 228)) if dark else (chance.colour(grounds.INK), (60, 56, 52))
    y = _column(canvas, chance, 110, ("headlines", "features", "features", "features"), colours, ground=Ground.GRADIENT)
    _column(canvas, chance, max(560, y + 60), ("headlines", "features", "notes"), colours, ground=Ground.GRADIENT)
    return canvas


def panel_section(canvas: Canvas, chance: Chance, top: int, height: int) -> None:
    """A coloured panel from side to side, light text on it."""
    fill = chance.colour(grounds.DARK + grounds.VIVID)
    canvas.shape("rectangle", (40, top, canvas.clean.width - 40, top + height), fill=fill)
    _column(canvas, chance, top + 34, ("headlines", "features", "features"), (WHITE, (240, 236, 220)), anchor="ma")


def _panel(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.flat(1000, 1000, chance.colour(grounds.PALE)))
    panel_section(canvas, chance, 50, 280)
    panel_section(canvas, chance, 370, 280)
    for centre in ((270, 740), (740, 740)):
        badge(canvas, chance, centre, 34)
    _column(canvas, chance, 795, ("headlines", "features"), (chance.colour(grounds.INK), (70, 70, 70)))
    return canvas


def _photo(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.photo(1000, 1000, chance.rng, 0.55))
    dark = np.asarray(canvas.clean.convert("L")).mean() < 120
    colours = (WHITE, WHITE) if dark else ((10, 10, 12), (16, 14, 20))
    _column(canvas, chance, 100, ("headlines", "features", "features"), colours, ground=Ground.BUSY)
    _column(canvas, chance, 700, ("headlines", "features", "features"), colours, ground=Ground.BUSY)
    return canvas


def _outlined(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.photo(1000, 1000, chance.rng))
    light = bool(chance.size(0, 2))
    fill, edge = (WHITE, chance.colour(grounds.DARK)) if light else (chance.colour(grounds.VIVID), WHITE)
    for y in (140, 300, 460, 720, 860):
        text = chance.say(str(chance.rng.choice(["headlines", "features", "badges"])))
        size = fitting_size(text, chance.head, chance.size(46, 80), 880)
        canvas.write(text, 500, y, chance.head, size, fill, anchor="ma", ground=Ground.BUSY, outline=(max(2, size // 16), edge))
    return canvas


def _wood(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.wood(1000, 1000, chance.rng))
    ink = WHITE if np.asarray(canvas.clean.convert("L")).mean() < 125 else (30, 18, 10)
    _column(canvas, chance, 120, ("headlines", "features", "features"), (ink, ink), ground=Ground.BUSY)
    _column(canvas, chance, 640, ("headlines", "features", "notes"), (ink, ink), ground=Ground.BUSY)
    return canvas


def _tilted(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.flat(1000, 1000, chance.colour(grounds.PALE)))
    angle = float(chance.rng.choice([-5.0, -4.0, 4.0, 5.0]))
    for at in range(6):
        text = chance.say("headlines" if at % 3 == 0 else "features")
        size = fitting_size(text, chance.head, chance.size(34, 56), 800)
        canvas.write(text, 500, 90 + at * 140, chance.head, size, chance.colour(grounds.INK), anchor="ma", tilt_deg=angle)
    return canvas


def _vertical(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.flat(420, 1200, chance.colour(grounds.PALE)))
    text = chance.say("headlines").replace(" ", "")[:12]
    canvas.write(text, 110, 60, chance.head, 62, chance.colour(grounds.INK), anchor="ma", vertical=True)
    canvas.shape("rectangle", (200, 760, 400, 1120), fill=chance.colour(grounds.DARK))
    for at in range(4):
        canvas.write(chance.say("badges"), 300, 800 + at * 76, chance.body, 26, WHITE, anchor="ma")
    return canvas


def _round_badge(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.photo(1000, 1000, chance.rng, 0.4))
    fill = chance.colour(grounds.VIVID)
    canvas.shape("ellipse", (600, 90, 910, 400), fill=fill)
    for y, size, register in ((170, 56, "badges"), (262, 34, "badges")):
        text = chance.say(register)
        canvas.write(text, 755, y, chance.head, fitting_size(text, chance.head, size, 230), WHITE, anchor="ma")
    canvas.shape("rectangle", (0, 860, 1000, 1000), fill=(255, 255, 255))
    text = chance.say("features")
    canvas.write(text, 500, 905, chance.body, fitting_size(text, chance.body, 42, 900), (30, 30, 30), anchor="ma")
    return canvas


def _product(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.gradient(1200, 628, chance.rng))
    dark = sum(canvas.clean.getpixel((300, 300))) < 330
    grounds.bottle(canvas, 960, 60, 210, 500, chance.colour(grounds.VIVID))
    colours = (WHITE, (232, 228, 220)) if dark else (chance.colour(grounds.INK), (60, 56, 52))
    y = 120
    for at, register in enumerate(("headlines", "features", "features", "notes")):
        font, size = (chance.head, 66) if not at else (chance.body, chance.size(24, 36))
        text = chance.say(register)
        size = fitting_size(text, font, size, 740)
        canvas.write(text, 70, y, font, size, colours[min(at, 1)], ground=Ground.GRADIENT)
        y += round(size * 1.9)
    return canvas


def _no_text(chance: Chance) -> Canvas:
    canvas = Canvas(grounds.photo(1000, 1000, chance.rng, 0.7) if chance.size(0, 1) else grounds.flat(1000, 1000, WHITE))
    grounds.bottle(canvas, 500, 120, 320, 760, chance.colour(grounds.VIVID))
    return canvas


def long_page(seed: int, height_px: int) -> Page:
    """A detail page of 860 pixels by ``height_px``: plain parts, panels, tables, and photos without text in turn."""
    chance = Chance("long", seed)
    canvas = Canvas(grounds.flat(860, height_px, WHITE))
    y, part = 80, 0
    while y < height_px - 1150:
        if part % 4 == 0:
            y = detail_section(canvas, chance, y)
        elif part % 4 == 1:
            panel_section(canvas, chance, y, 300)
            y += 300
        elif part % 4 == 2:
            y = table_section(canvas, chance, y, chance.size(5, 8))
        else:
            canvas.paste(grounds.photo(780, 600, chance.rng, 0.6), (40, y))
            y += 600
        y, part = y + chance.size(60, 140), part + 1
    _column(canvas, chance, y, ("headlines", "features", "notes"), (chance.colour(grounds.INK), (60, 60, 60)))
    return canvas.page("long", seed, 86)


KINDS: dict[str, Callable[[Chance], Canvas]] = {
    "detail": _detail, "table": _table, "badges": _badges, "gradient": _gradient, "panel": _panel, "photo": _photo,
    "outlined": _outlined, "wood": _wood, "tilted": _tilted, "vertical": _vertical, "round_badge": _round_badge,
    "product": _product, "no_text": _no_text,
}  # fmt: skip


@cache
def made_page(kind: str, seed: int) -> Page:
    """The page of a kind and seed; ``long`` is 860x3000, ``long_page`` makes others.

    Raises:
        KeyError: no such kind.
    """
    if kind == "long":
        return long_page(seed, 3000)
    chance = Chance(kind, seed)
    return KINDS[kind](chance).page(kind, seed, chance.size(85, 88))


def with_boxes(page: Page) -> Image.Image:
    """The page with the true box of every line, to look at."""
    image = page.drawn.copy()
    for line in page.lines:
        ImageDraw.Draw(image).rectangle((line.box.left_px, line.box.top_px, line.box.right_px, line.box.bottom_px), outline=(255, 0, 0))
    return image
