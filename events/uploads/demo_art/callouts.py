"""What sellers write on pictures: badges, banners and call-outs, in Korean. The frame is 1000 units wide."""

from demo_art.sketch import Sketch, darker, lighter

INK = "#22303c"


def badge(s: Sketch, x: float, y: float, radius: float, lines: tuple[str, ...], color: str) -> None:
    """A round sticker with one or two lines."""
    s.disc(x + 4, y + 10, radius, "#2a2320", opacity=0.28, filter=s.blur(9))
    s.disc(x, y, radius, s.slant(lighter(color, 0.2), color, darker(color, 0.12)))
    s.disc(x, y, radius - 10, "none", stroke="#ffffff", stroke_width=3, opacity=0.85)
    size = radius * (0.62 if len(lines) == 1 and len(lines[0]) <= 3 else 0.42)
    first = y + size * 0.36 - (len(lines) - 1) * size * 0.58
    for number, line in enumerate(lines):
        s.text(x, first + number * size * 1.16, line, size, "#ffffff", 800)


def ribbon(s: Sketch, x: float, y: float, words: str, color: str) -> None:
    """A flag at the upper left."""
    width = 66 + 62 * len(words)
    s.path(f"M {x} {y} H {x + width} L {x + width - 30} {y + 48} L {x + width} {y + 96} H {x} Z", s.down(lighter(color, 0.12), color))
    s.text(x + (width - 20) / 2, y + 68, words, 58, "#ffffff", 800)


def headline(s: Sketch, x: float, y: float, title: str, words: str, color: str = INK) -> None:
    """Two centred lines: a big one and a small one above it."""
    s.text(x, y, words, 34, color, 400)
    s.text(x, y + 76, title, 70, color, 800)
    s.line(f"M {x - 40} {y + 112} H {x + 40}", color, 5, opacity=0.5)


def banner(s: Sketch, y: float, words: str, color: str) -> None:
    """A band across the picture."""
    s.rect(0, y, 1000, 120, color)
    s.text(500, y + 82, words, 64, "#ffffff", 800)


def specifications(s: Sketch, x: float, y: float, rows: tuple[tuple[str, str], ...], color: str) -> None:
    """Rows of a name and a value on white cards."""
    for number, (name, value) in enumerate(rows):
        top = y + number * 122
        s.rect(x, top, 800, 102, "#ffffff", 22, opacity=0.92)
        s.rect(x, top, 12, 102, color, 6)
        s.text(x + 52, top + 66, name, 38, "#5c6b77", 400, "start")
        s.text(x + 760, top + 68, value, 46, INK, 800, "end")
