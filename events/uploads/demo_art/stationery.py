"""Pens, notebooks and stickers."""

from demo_art.care import dog_face
from demo_art.sketch import Sketch, darker, lighter

INKS = ("#1f2328", "#d5303e", "#f0723c", "#f4b62c", "#a8c93a", "#3f9f58", "#2fb0a6", "#3a8fd6", "#3553b5", "#7a4fc0", "#c650a8", "#8a5a3c")


def _pen(s: Sketch, ink: str) -> None:
    s.rect(484, 130, 36, 760, "#2a2320", 14, opacity=0.3, filter=s.blur(7))
    s.rect(480, 300, 40, 480, s.across("#e9eef2", (0.3, "#ffffff"), "#d3dbe1", "#b9c4cc"), 6)
    s.rect(493, 310, 14, 440, ink, 7)
    s.rect(480, 640, 40, 150, s.tube(ink, 0.8), 6)
    for y in range(664, 780, 16):
        s.line(f"M 482 {y} H 518", "#ffffff", 3, opacity=0.35)
    s.path("M 482 786 H 518 L 508 846 H 492 Z", s.steel())
    s.path("M 494 844 H 506 L 501 876 H 499 Z", darker(ink, 0.2))
    s.rect(478, 130, 44, 180, s.tube(ink, 0.8), 12)
    s.rect(510, 150, 13, 140, darker(ink, 0.25), 6)


def gel_pens(s: Sketch) -> None:
    """Twelve pens side by side over their strokes."""
    for step, ink in enumerate(INKS):
        with s.moved(-407 + step * 74, -60 + abs(step - 5.5) * 7, 0.98):
            _pen(s, ink)
    for step, ink in enumerate(INKS):
        x = 66 + step * 74
        s.line(f"M {x} {912} q 14 -34 27 0 t 27 0", ink, 9)


def _notebook(s: Sketch, cover: str, mark: int) -> None:
    s.rect(280, 150, 450, 640, "#2a2320", 12, opacity=0.32, filter=s.blur(16), transform="translate(10 16)")
    s.rect(294, 160, 444, 636, "#e9e2d0", 8)
    for step in range(4):
        s.line(f"M 300 {792 - step * 3} H 734", "#cfc6b0", 1.5)
    s.rect(280, 150, 450, 636, s.slant(lighter(cover, 0.22), cover, darker(cover, 0.12)), 14)
    s.rect(280, 150, 54, 636, darker(cover, 0.22), 10, opacity=0.8)
    s.rect(400, 250, 260, 150, "#fbf7ec", 6)
    s.line("M 430 296 H 630 M 430 330 H 630 M 430 364 H 560", "#c9bfa8", 3)
    ink = lighter(cover, 0.55)
    if mark == 0:
        s.path("M 430 640 L 520 520 L 580 600 L 620 560 L 680 640 Z", ink)
    elif mark == 1:
        for r in (84, 58, 32):
            s.disc(530, 590, r, "none", stroke=ink, stroke_width=8)
    else:
        s.path("M 430 600 q 30 -44 60 0 t 60 0 t 60 0 t 60 0", "none", stroke=ink, stroke_width=10)
        s.path("M 430 644 q 30 -44 60 0 t 60 0 t 60 0 t 60 0", "none", stroke=ink, stroke_width=10)
    s.text(530, 744, "A5", 38, ink, spacing=3)


def notebooks(s: Sketch) -> None:
    """Three A5 notebooks, fanned."""
    for mark, (turn, dx, cover) in enumerate(((-13, -130, "#3f6f7d"), (0, 0, "#d98f5c"), (13, 130, "#8a9a5b"))):
        with s.moved(dx, abs(dx) * 0.25 + 20, 0.94, turn):
            _notebook(s, cover, mark)


def sticker_sheet(s: Sketch) -> None:
    """A sheet of animal and sweet stickers with white rims."""
    s.rect(140, 90, 720, 820, "#2a2320", 24, opacity=0.3, filter=s.blur(16), transform="translate(8 14)")
    s.rect(140, 90, 720, 820, s.slant("#fff6f0", "#f7e6ee"), 24)
    s.text(500, 168, "GEULSON FRIENDS", 38, "#c06a86", spacing=4)
    for x, y in ((320, 320), (680, 320), (320, 560), (680, 560), (320, 780), (680, 780)):
        s.disc(x, y, 108, "#2a2320", opacity=0.18, filter=s.blur(6))
        s.disc(x, y, 104, "#ffffff")
    dog_face(s, 320, 318, 0.82)
    for dx, dy, color in (
        (180, -182, "#f3a7b8"),
        (-180, 60, "#a6cdee"),
        (180, 60, "#f6cf6a"),
        (-180, 280, "#b5dca0"),
        (180, 280, "#cbb3ea"),
    ):
        with s.moved(dx, dy):
            _friend(s, color)


def _friend(s: Sketch, color: str) -> None:
    s.disc(500, 500, 82, s.glow(lighter(color, 0.5), color, darker(color, 0.12)))
    for side in (-1, 1):
        s.oval(500 + side * 46, 432, 20, 30, color)
        s.disc(500 + side * 28, 494, 9, "#3a2c2c")
        s.disc(500 + side * 46, 522, 13, "#f47d8c", opacity=0.55)
    s.line("M 488 518 Q 500 532 512 518", "#3a2c2c", 5)
