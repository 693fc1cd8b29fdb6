"""Small electronics."""

from math import cos, radians, sin

from demo_art.sketch import Sketch, darker, lighter, round_rect


def fan(s: Sketch, color: str = "#f6f7f6") -> None:
    """A hand-held fan on its stand."""
    edge = darker(color, 0.25)
    s.shadow(500, 912, 150, 20)
    s.rect(372, 868, 256, 44, s.tube(darker(color, 0.05)), 22)
    s.path("M 444 560 H 556 L 546 880 H 454 Z", s.tube(color))
    s.disc(500, 664, 27, s.glow(lighter(color), darker(color, 0.12)), stroke=edge, stroke_width=3)
    s.line("M 500 654 V 664", "#35b39a", 5)
    s.line("M 490 659 A 13 13 0 1 0 510 659", "#35b39a", 4)
    for step in range(4):
        s.disc(474 + step * 17, 724, 4.5, "#35b39a" if step < 3 else "#c9d0cf")
    s.disc(500, 350, 268, s.slant(lighter(color, 0.6), color, darker(color, 0.18)), stroke=edge, stroke_width=2)
    s.disc(500, 350, 236, s.glow("#4c565b", "#2b3236", "#1d2225"))
    for step in range(5):
        with s.moved(turn=step * 72, about=(500, 350)):
            s.path(
                "M 500 350 C 450 300 440 180 530 136 C 620 150 610 270 500 350 Z",
                s.slant(lighter(color, 0.3), darker(color, 0.3)),
                opacity=0.92,
            )
    for step in range(36):
        a = radians(step * 10)
        s.line(
            f"M {500 + 62 * cos(a):.1f} {350 + 62 * sin(a):.1f} Q {500 + 160 * cos(a + 0.16):.1f} {350 + 160 * sin(a + 0.16):.1f} "
            f"{500 + 238 * cos(a):.1f} {350 + 238 * sin(a):.1f}",
            lighter(color, 0.3),
            5,
            opacity=0.95,
        )
    for radius in (110, 174):
        s.disc(500, 350, radius, "none", stroke=lighter(color, 0.3), stroke_width=5)
    s.disc(500, 350, 64, s.glow(lighter(color, 0.7), color, darker(color, 0.16)), stroke=edge, stroke_width=2)
    s.path("M 470 358 q 15 -22 30 0 t 30 0", "none", stroke="#35b39a", stroke_width=7, stroke_linecap="round")


def cables(s: Sketch) -> None:
    """Three coiled USB-C cables."""
    for dx, dy, color in ((-215, -185, "#3a3d42"), (215, -165, "#c3383f"), (0, 150, "#e7e7e4")):
        with s.moved(dx, dy, 0.66):
            _coil(s, color)


def _coil(s: Sketch, color: str) -> None:
    s.disc(506, 516, 212, "none", stroke="#2a2320", stroke_width=70, opacity=0.2, filter=s.blur(14))
    for radius in (236, 212, 188):
        s.disc(500, 500, radius, "none", stroke=darker(color, 0.35), stroke_width=27)
        s.disc(500, 500, radius, "none", stroke=s.slant(lighter(color, 0.35), color, darker(color, 0.2)), stroke_width=22)
        s.disc(500, 500, radius, "none", stroke="#ffffff", stroke_width=20, stroke_dasharray="4 7", opacity=0.16)
    s.rect(470, 262, 60, 76, darker(color, 0.3), 10)
    for turn, (x, y) in ((20, (640, 712)), (-24, (350, 720))):
        with s.moved(x - 500, y - 500, 1, turn):
            s.line("M 500 380 V 500", darker(color, 0.35), 27)
            s.line("M 500 380 V 500", color, 21)
            s.rect(480, 486, 40, 50, darker(color, 0.15), 8)
            s.rect(464, 528, 72, 104, s.tube("#3c4046" if color != "#3a3d42" else "#565b62", 0.8), 12)
            s.rect(476, 630, 48, 50, s.steel(), 16)
            s.rect(486, 668, 28, 8, "#3a3d42", 4)


def earphones(s: Sketch, color: str = "#33363b") -> None:
    """An open charging case with two buds."""
    s.shadow(500, 850, 260, 30)
    lid = "M 262 420 C 250 210 360 160 500 160 C 640 160 750 210 738 420 Z"
    s.path(lid, s.slant(lighter(color, 0.35), color, darker(color, 0.3)))
    s.path("M 292 412 C 286 244 380 200 500 200 C 620 200 714 244 708 412 Z", s.down(darker(color, 0.5), darker(color, 0.25)))
    s.rect(236, 470, 528, 380, s.across(darker(color, 0.2), (0.2, lighter(color, 0.3)), color, darker(color, 0.35)), 150)
    s.oval(500, 486, 252, 74, s.down(darker(color, 0.4), darker(color, 0.1)))
    for dx in (-1, 1):
        with s.moved(dx * 116, 0):
            s.oval(500, 488, 76, 40, "#0f1012", opacity=0.6)
            s.rect(472, 330, 56, 160, s.tube(lighter(color, 0.1)), 26)
            s.oval(500 - dx * 10, 330, 76, 68, s.glow(lighter(color, 0.6), lighter(color, 0.08), darker(color, 0.3)))
            s.oval(500 - dx * 62, 352, 34, 40, s.glow(lighter("#7d838b"), "#5b6067", "#3d4147"))
            s.oval(500 + dx * 30, 308, 12, 18, "#101113", opacity=0.7)
    s.disc(500, 640, 9, "#4be0a0")
    s.disc(500, 640, 20, "#4be0a0", opacity=0.35, filter=s.blur(6))
    s.text(500, 738, "LK-200", 44, lighter(color, 0.75) if color < "#8" else "#7b8087", spacing=8)
    s.rect(280, 560, 26, 200, "#ffffff", 13, opacity=0.28, filter=s.blur(9))


def phone_case(s: Sketch) -> None:
    """A clear case around a phone, seen from behind."""
    s.rect(290, 110, 430, 800, "#2a2320", 80, opacity=0.32, filter=s.blur(20), transform="translate(12 22)")
    s.rect(280, 96, 440, 812, s.slant("#ffffff", "#dfe9f2", "#c6d4e1"), 84, stroke="#b4c3d1", stroke_width=3)
    s.rect(304, 120, 392, 764, s.slant("#5d6b7d", "#3f4a59", "#2d3541"), 64)
    s.rect(334, 152, 190, 196, s.slant("#6e7c8e", "#4a5666"), 48, stroke="#8593a4", stroke_width=4)
    for x, y in ((386, 204), (386, 296), (474, 250)):
        s.disc(x, y, 38, "#20262e", stroke="#8c99a8", stroke_width=5)
        s.disc(x, y, 22, s.glow("#5c7fa8", "#1a2430", "#0a0e13"))
        s.disc(x - 8, y - 8, 6, "#ffffff", opacity=0.8)
    s.disc(474, 184, 12, "#f5efd8")
    for cx, cy in ((304, 120), (696, 120), (304, 884), (696, 884)):
        s.disc(cx + (24 if cx < 500 else -24), cy + (24 if cy < 500 else -24), 40, "#ffffff", opacity=0.25)
    s.path(
        round_rect(280, 96, 440, 812, 84), s.slant("#ffffff88", (0.35, "#ffffff10"), (0.5, "#ffffff44"), (0.56, "#ffffff08"), "#ffffff22")
    )
    s.rect(264, 300, 18, 90, "#cfdae5", 8)
    s.rect(718, 260, 18, 130, "#cfdae5", 8)
    s.rect(300, 116, 400, 772, "none", 66, stroke="#ffffff", stroke_width=5, opacity=0.6)
