"""Skin care and make-up: glossy bottles, tubes and sachets."""

from demo_art.sketch import Sketch, darker, lighter, round_rect


def leaf(s: Sketch, x: float, y: float, size: float, color: str, turn: float = 0) -> None:
    """One leaf with its vein, standing on (x, y)."""
    with s.moved(x - 500, y - 500, size / 100, turn):
        s.path("M 500 500 C 450 460 455 410 500 380 C 545 410 550 460 500 500 Z", s.slant(lighter(color, 0.35), color))
        s.line("M 500 498 V 400", darker(color, 0.25), 2.5, opacity=0.7)


def _gloss(s: Sketch, x: float, y: float, w: float, h: float, opacity: float = 0.55) -> None:
    s.rect(x, y, w, h, s.down("#ffffffcc", "#ffffff22"), w / 2, opacity=opacity, filter=s.blur(2.5))


def toner(s: Sketch) -> None:
    """A green translucent bottle with a white cap."""
    s.shadow(500, 900, 150, 20)
    body = "M 440 300 H 560 C 620 312 646 350 646 410 V 860 Q 646 900 606 900 H 394 Q 354 900 354 860 V 410 C 354 350 380 312 440 300 Z"
    s.path(body, s.across("#6fa889", (0.18, "#d6efdf"), (0.45, "#a9d8bb"), (0.8, "#7fbb98"), "#5b9777"))
    with s.inside(body):
        s.rect(354, 380, 292, 520, s.down("#7dbd9900", "#3e8a63aa"))
        s.oval(500, 380, 150, 16, "#e9f8ef", opacity=0.7)
    s.rect(432, 262, 136, 46, s.tube("#dfe6e1"), 8)
    s.rect(408, 120, 184, 150, s.tube("#fbfbf8"), 16)
    s.rect(382, 470, 236, 320, s.across("#f3f7f1", "#ffffff", "#eef3ec"), 10, opacity=0.95)
    for turn, size in ((-52, 62), (52, 62), (0, 84)):
        leaf(s, 500, 606, size, "#5aa474", turn)
    s.text(500, 668, "SODAMGYEOL", 27, "#2f6b4c", spacing=4)
    s.text(500, 706, "HEARTLEAF CALMING TONER", 15, "#5a7f6a", 400, spacing=1)
    s.line("M 450 730 H 550", "#a7c9b4", 2)
    s.text(500, 764, "250 ml", 20, "#2f6b4c", 400)
    _gloss(s, 372, 420, 16, 430)
    leaf(s, 240, 892, 150, "#6fb287", -38)
    leaf(s, 262, 900, 120, "#4f9a6c", 24)
    leaf(s, 752, 900, 130, "#6fb287", 30)


def _dropper_bottle(s: Sketch, glass: str, label: str, ink: str, lines: tuple[str, str, str]) -> None:
    s.shadow(500, 900, 130, 18)
    body = (
        "M 462 380 H 538 V 410 C 610 420 628 446 628 490 V 860 Q 628 900 588 900 H 412 Q 372 900 372 860 V 490 C 372 446 390 420 462 410 Z"
    )
    s.path(body, s.tube(glass, 0.9))
    s.rect(440, 290, 120, 96, s.tube("#f5f3ee"), 10)
    for y in range(300, 380, 12):
        s.line(f"M 446 {y} H 554", "#000000", 1.5, opacity=0.08)
    s.path("M 464 290 V 190 C 464 130 536 130 536 190 V 290 Z", s.tube(darker(glass, 0.35), 0.8))
    s.rect(388, 540, 224, 270, label, 8, opacity=0.94)
    s.text(500, 612, lines[0], 27, ink, spacing=3)
    s.text(500, 650, lines[1], 17, ink, 400, spacing=1)
    s.line("M 456 680 H 544", ink, 2, opacity=0.4)
    s.text(500, 770, lines[2], 20, ink, 400)
    _gloss(s, 388, 470, 14, 380)


def ampoules(s: Sketch) -> None:
    """Two blue dropper bottles and drops: buy one, get one."""
    for dx, dy, scale in ((-165, 6, 0.94), (150, 26, 1.0)):
        with s.moved(dx, dy, scale, about=(500, 900)):
            _dropper_bottle(s, "#5b9bd0", "#f4faff", "#1d557f", ("SODAMGYEOL", "HYALURONIC AMPOULE", "50 ml"))
    for x, y, r in ((500, 470, 26), (470, 560, 16), (520, 612, 11)):
        s.path(
            f"M {x} {y - r * 1.9} C {x + r * 1.5} {y - 0.2 * r} {x + r} {y + r} {x} {y + r} "
            f"C {x - r} {y + r} {x - r * 1.5} {y - 0.2 * r} {x} {y - r * 1.9} Z",
            s.glow("#e9f7ff", "#8cc9ee", "#4f9bd0"),
        )


def _sachet(s: Sketch) -> None:
    s.rect(330, 190, 340, 640, "#2a2320", 10, opacity=0.28, filter=s.blur(14), transform="translate(8 14)")
    s.rect(330, 190, 340, 640, s.slant("#f7fbf5", "#dcefdc", "#bfe0c6"), 8)
    for y in (190, 792):
        s.rect(330, y, 340, 38, s.down("#c5dccb", "#e6f2e6"), 4)
        for x in range(336, 668, 9):
            s.line(f"M {x} {y + 5} V {y + 33}", "#8fb79b", 1.5, opacity=0.6)
    face = "M 392 440 C 392 330 608 330 608 440 C 608 560 560 650 500 650 C 440 650 392 560 392 440 Z"
    s.path(face, s.glow("#ffffff", "#f3f6f1", "#d9e4d8"), stroke="#a9c8b1", stroke_width=2)
    for x in (452, 548):
        s.oval(x, 462, 30, 14, "#cfe5d3")
    s.path("M 494 480 Q 482 540 500 546 Q 518 540 506 480 Z", "#cfe5d3")
    s.oval(500, 594, 34, 12, "#cfe5d3")
    s.text(500, 290, "CICA", 58, "#2f7a4f", spacing=10)
    s.text(500, 326, "CALMING MASK", 20, "#4f8f69", 400, spacing=3)
    for turn in (-40, 40, 0):
        leaf(s, 500, 744, 66, "#58a878", turn)
    s.text(500, 778, "25 ml", 19, "#2f7a4f", 400)
    s.path("M 350 228 L 400 228 L 372 792 L 350 792 Z", "#ffffff", opacity=0.35)


def mask_packs(s: Sketch) -> None:
    """A fan of sheet mask sachets."""
    for turn, dx in ((-24, -168), (24, 168), (-12, -86), (12, 86), (0, 0)):
        with s.moved(dx, abs(dx) * 0.22 - 10, 0.98, turn):
            _sachet(s)


def sunscreen(s: Sketch) -> None:
    """A tube standing on its cap."""
    s.shadow(500, 906, 130, 18)
    tube = "M 352 130 Q 500 116 648 130 L 618 760 H 382 Z"
    s.path(tube, s.across("#e7b24c", (0.2, "#fff3cf"), (0.45, "#fbd77a"), (0.8, "#efb84b"), "#cf9530"))
    s.path("M 352 130 Q 500 116 648 130 L 645 176 Q 500 166 355 176 Z", s.down("#e9b95a", "#f8dd94"))
    for x in range(360, 648, 9):
        s.line(f"M {x} 132 V 170", "#b9842a", 1.5, opacity=0.35)
    s.rect(386, 756, 228, 148, s.tube("#fffaf0"), 14)
    s.line("M 388 782 H 612", "#d9cdb5", 2)
    s.disc(500, 330, 58, s.glow("#ffffff", "#fff1c2"))
    for step in range(12):
        with s.moved(0, -170, 1, step * 30):
            s.line("M 500 418 V 394", "#ffffff", 9)
    s.text(500, 470, "SODAMGYEOL", 25, "#7a5312", spacing=3)
    s.text(500, 545, "SPF50+", 64, "#7a4a06")
    s.text(500, 596, "PA++++", 40, "#8f5c10")
    s.text(500, 650, "MINERAL SUN CREAM", 19, "#7a5312", 400, spacing=2)
    s.text(500, 714, "50 ml", 20, "#7a5312", 400)
    s.path("M 384 190 L 404 190 L 420 740 L 408 740 Z", "#ffffff", opacity=0.55, filter=s.blur(4))


def cream_swatch(s: Sketch) -> None:
    """A swirl of cream beside a lying tube."""
    with s.moved(-60, -190, 0.72, -64):
        sunscreen(s)
    s.shadow(640, 790, 240, 34, 0.16)
    s.path(
        "M 420 760 C 380 640 520 560 640 590 C 790 560 900 660 868 760 C 840 860 480 870 420 760 Z", s.glow("#ffffff", "#fff6e2", "#f0d9ae")
    )
    for d in ("M 470 740 C 470 640 720 600 800 700", "M 520 780 C 560 690 740 680 820 760", "M 560 660 C 640 620 720 640 740 680"):
        s.line(d, "#dfc48f", 12, opacity=0.55, filter=s.blur(4))
        s.line(d, "#ffffff", 7, opacity=0.9, transform="translate(-4 -10)")


def _tint(s: Sketch, color: str) -> None:
    s.shadow(500, 880, 70, 12)
    s.rect(442, 480, 116, 400, s.tube(color, 0.9), 22)
    s.rect(434, 470, 132, 412, s.across("#ffffff66", "#ffffffcc", (0.3, "#ffffff22"), (0.8, "#ffffff11"), "#ffffff55"), 26)
    s.rect(454, 446, 92, 34, s.tube("#e8c9a0"), 4)
    s.rect(440, 150, 120, 300, s.tube(darker(color, 0.25), 0.9), 20)
    s.rect(458, 168, 12, 250, "#ffffff", 6, opacity=0.5, filter=s.blur(3))
    with s.moved(0, 175, 1, -90):
        s.text(500, 508, "RUBIDAM", 40, "#ffffff", spacing=8)


def lip_tints(s: Sketch) -> None:
    """Three tints: red, pink and coral."""
    for dx, color in ((-200, "#e2607f"), (200, "#f0795c"), (0, "#c41f33")):
        with s.moved(dx, 20 if dx else 0):
            _tint(s, color)


def tint_swatches(s: Sketch) -> None:
    """Three smears of colour and one open tint."""
    for y, color in ((240, "#c41f33"), (480, "#e2607f"), (720, "#f0795c")):
        smear = (
            f"M 120 {y} C 220 {y - 90} 470 {y - 76} 610 {y - 40} C 700 {y - 24} 690 {y + 30} 600 {y + 44} "
            f"C 420 {y + 88} 200 {y + 90} 120 {y} Z"
        )
        s.path(smear, "#2a2320", opacity=0.2, filter=s.blur(10), transform="translate(4 12)")
        s.path(smear, s.slant(lighter(color, 0.25), color, darker(color, 0.12)))
        s.line(f"M 190 {y - 20} C 300 {y - 60} 460 {y - 46} 580 {y - 20}", "#ffffff", 12, opacity=0.5, filter=s.blur(4))
    with s.moved(320, 0, 0.92, 8):
        _tint(s, "#c41f33")


def vape_liquid(s: Sketch) -> None:
    """A small dropper bottle with its box."""
    with s.moved(-150, 20):
        s.shadow(500, 880, 150, 18)
        s.rect(380, 330, 240, 550, s.across("#4b3a78", "#7a5fb4", "#4a3a76"), 6)
        s.path("M 620 330 L 664 310 V 856 L 620 880 Z", "#372a5c")
        s.path("M 380 330 L 424 310 H 664 L 620 330 Z", "#8f76c6")
        s.path(round_rect(404, 430, 192, 250, 8), "#ffffff", opacity=0.12)
        s.text(500, 545, "CLOUD", 46, "#ffffff", spacing=3)
        s.text(500, 600, "NINE", 46, "#d9ccff", spacing=3)
        s.text(500, 820, "30 ml", 28, "#ffffff", 400)
    with s.moved(190, 10, 0.9, about=(500, 890)):
        _dropper_bottle(s, "#7d5bbf", "#f7f3ff", "#4b3a78", ("CLOUD NINE", "E-LIQUID  FRUIT", "30 ml"))
