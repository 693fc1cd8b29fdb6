"""Kitchen things and a camping chair."""

from demo_art.sketch import Sketch, darker, lighter, round_rect


def _pot(s: Sketch, width: float, height: float) -> None:
    """A steel pot with a glass lid; its floor is at y = 800, its middle at x = 500."""
    left, top = 500 - width / 2, 800 - height
    s.shadow(500, 804, width / 2, 16, 0.34)
    for side in (-1, 1):
        x = 500 + side * width / 2
        s.path(
            f"M {x} {top + 34} C {x + side * 70} {top + 22} {x + side * 70} {top + 82} {x} {top + 74}",
            "none",
            stroke=s.down("#f2f4f6", "#878f97"),
            stroke_width=17,
            stroke_linecap="round",
        )
    s.path(
        f"M {left} {top} H {left + width} V {780} Q {left + width} 804 {left + width - 28} 804 H {left + 28} Q {left} 804 {left} 780 Z",
        s.steel(),
    )
    s.rect(left, 756, width, 10, "#5f676f", opacity=0.35)
    s.path(
        f"M {left + 8} {top - 6} C {left + 20} {top - 92} {left + width - 20} {top - 92} {left + width - 8} {top - 6} Z",
        s.down("#f6fbffdd", "#b9cbd8bb"),
    )
    s.path(
        f"M {left + width * 0.2} {top - 20} "
        f"C {left + width * 0.26} {top - 62} {left + width * 0.4} {top - 66} {left + width * 0.46} {top - 66}",
        "none",
        stroke="#ffffff",
        stroke_width=10,
        opacity=0.75,
        stroke_linecap="round",
    )
    s.rect(left - 8, top - 14, width + 16, 22, s.steel(), 11)
    s.rect(488, top - 92, 24, 24, "#3b4046", 4)
    s.rect(456, top - 124, 88, 38, s.tube("#3b4046", 0.9), 18)


def pots(s: Sketch) -> None:
    """Three pots of 24, 20 and 18 cm."""
    with s.moved(0, 0, 0.94, about=(500, 800)):
        for dx, dy, width, height in ((-190, -60, 430, 300), (200, -30, 350, 220), (-30, 30, 270, 160)):
            with s.moved(dx, dy):
                _pot(s, width, height)


def pots_measured(s: Sketch) -> None:
    """The three pots in a row over their diameters."""
    for x, width, height, label in ((-332, 204, 140, "18cm"), (-32, 236, 170, "20cm"), (302, 282, 212, "24cm")):
        with s.moved(x, -120):
            _pot(s, width, height)
            half = width / 2
            s.line(f"M {500 - half} 850 H {500 + half} M {500 - half} 836 V 864 M {500 + half} 836 V 864", "#44515c", 4)
            s.text(500, 918, label, 54, "#1f4e78")


def containers(s: Sketch) -> None:
    """Five clear boxes with locking lids, stacked."""
    s.shadow(500, 890, 400, 24)
    for x, y, lid in ((90, 640, "#4aa3a2"), (510, 640, "#f0a35a"), (90, 400, "#7fb685"), (510, 400, "#e57f84"), (300, 160, "#6f9bd1")):
        s.path(
            f"M {x + 10} {y + 46} H {x + 390} L {x + 368} {y + 236} Q {x + 366} {y + 246} {x + 350} {y + 246} H {x + 50} "
            f"Q {x + 34} {y + 246} {x + 32} {y + 236} Z",
            s.across("#d7e6ee", (0.2, "#f9fdff"), (0.6, "#e3eff5"), "#bcd0db"),
            opacity=0.88,
        )
        s.path(f"M {x + 26} {y + 130} H {x + 374} L {x + 364} {y + 232} H {x + 36} Z", lighter(lid, 0.55), opacity=0.55)
        s.line(f"M {x + 52} {y + 66} L {x + 66} {y + 220}", "#ffffff", 11, opacity=0.9)
        s.rect(x, y, 400, 52, s.down(lighter(lid, 0.35), lid), 16)
        s.rect(x + 20, y + 9, 360, 10, "#ffffff", 5, opacity=0.45)
        s.rect(x + 160, y + 34, 80, 48, s.down(lighter(lid, 0.2), darker(lid, 0.15)), 10)
        s.line(f"M {x + 176} {y + 66} H {x + 224}", "#ffffff", 4, opacity=0.6)


def tumbler(s: Sketch, color: str = "#2f3236") -> None:
    """A tall vacuum tumbler."""
    s.shadow(500, 912, 140, 20)
    s.path("M 366 236 H 634 L 596 900 Q 594 914 578 914 H 422 Q 406 914 404 900 Z", s.tube(color))
    s.path("M 402 860 H 598 L 596 900 Q 594 914 578 914 H 422 Q 406 914 404 900 Z", s.steel())
    s.rect(354, 196, 292, 44, s.steel(), 10)
    s.rect(346, 132, 308, 70, s.tube(darker(color, 0.35)), 20)
    s.rect(520, 100, 84, 40, s.tube(darker(color, 0.5)), 12)
    s.path("M 394 260 L 422 260 L 444 850 L 430 850 Z", "#ffffff", opacity=0.4, filter=s.blur(6))
    ink = "#f4f1ea" if color < "#8" else "#6f6a60"
    s.path("M 500 470 C 462 500 456 560 500 590 C 544 560 538 500 500 470 Z", "none", stroke=ink, stroke_width=5)
    s.line("M 500 590 V 500", ink, 4)
    with s.moved(0, 190, 1, 0):
        s.text(500, 470, "ONSAEMI", 34, ink, spacing=7)
        s.text(500, 510, "500 ml", 24, ink, 400, spacing=2)


def tumbler_trio(s: Sketch) -> None:
    """Black, ivory and mint."""
    for dx, color in ((-270, "#2f3236"), (270, "#a5d8c8"), (0, "#efe7d6")):
        with s.moved(dx, 0 if dx else 18, 0.9, about=(500, 912)):
            tumbler(s, color)


def utensils(s: Sketch) -> None:
    """Five silicone tools with beech handles."""
    color, wood = "#6d8b8a", s.across("#b98653", "#e0b483", "#a8733f")
    for step, head in enumerate((_ladle, _turner, _spoon, _spatula, _whisk)):
        with s.moved(-360 + step * 180, 0):
            s.rect(486, 520, 40, 360, "#2a2320", 18, opacity=0.3, filter=s.blur(9))
            s.rect(480, 500, 40, 370, wood, 18)
            s.disc(500, 842, 8, "#6d4a2a")
            s.rect(488, 380, 24, 130, s.tube("#5b7675"), 8)
            s.rect(477, 482, 46, 46, s.tube("#8d9a9f"), 8)
            head(s, color)


def _ladle(s: Sketch, color: str) -> None:
    s.path("M 412 250 H 588 C 588 352 552 396 500 396 C 448 396 412 352 412 250 Z", s.glow(lighter(color, 0.4), color, darker(color, 0.25)))
    s.oval(500, 250, 88, 30, s.down(darker(color, 0.35), darker(color, 0.1)))


def _turner(s: Sketch, color: str) -> None:
    s.path("M 424 130 H 576 L 560 350 Q 556 392 500 394 Q 444 392 440 350 Z", s.slant(lighter(color, 0.4), color, darker(color, 0.2)))
    for x in (462, 500, 538):
        s.rect(x - 8, 190, 16, 130, darker(color, 0.45), 8, opacity=0.75)


def _spoon(s: Sketch, color: str) -> None:
    s.oval(500, 260, 76, 128, s.glow(lighter(color, 0.4), color, darker(color, 0.25)))
    s.oval(500, 254, 54, 98, s.down(darker(color, 0.3), color), opacity=0.8)


def _spatula(s: Sketch, color: str) -> None:
    s.path(
        "M 436 150 Q 440 120 480 122 L 548 128 Q 566 130 566 152 L 562 360 Q 556 394 500 394 Q 444 394 440 360 Z",
        s.slant(lighter(color, 0.4), color, darker(color, 0.2)),
    )
    s.line("M 462 166 V 340", "#ffffff", 10, opacity=0.3)


def _whisk(s: Sketch, color: str) -> None:
    for reach in (82, 50, 18):
        for d in (
            f"M 496 396 C {500 - reach * 1.5} 260 {500 - reach} 130 500 126",
            f"M 504 396 C {500 + reach * 1.5} 260 {500 + reach} 130 500 126",
        ):
            s.line(d, darker(color, 0.25), 11)
            s.line(d, lighter(color, 0.25), 6)
    s.rect(478, 372, 44, 40, s.tube("#5b7675"), 8)


def camping_chair(s: Sketch, color: str = "#6b7150") -> None:
    """A light folding chair: a fabric seat on an aluminium frame."""
    s.shadow(500, 884, 330, 24)
    pole = "#5a6068"
    for d in ("M 330 640 L 706 866", "M 670 640 L 294 866", "M 300 600 L 214 866", "M 700 600 L 786 866"):
        s.line(d, darker(pole, 0.3), 21)
        s.line(d, pole, 15)
        s.line(d, "#c6ccd3", 5, opacity=0.8, transform="translate(-2 -2)")
    for x, y in ((706, 866), (294, 866), (214, 866), (786, 866)):
        s.rect(x - 17, y - 8, 34, 26, "#24272b", 8)
    s.disc(500, 744, 25, "#24272b")
    back = "M 262 120 Q 300 96 340 118 Q 500 160 660 118 Q 700 96 738 120 L 700 530 Q 500 600 300 530 Z"
    s.path(back, s.slant(lighter(color, 0.28), color, darker(color, 0.2)))
    with s.inside(back):
        s.path("M 330 250 Q 500 290 670 250 L 652 420 Q 500 460 348 420 Z", darker(color, 0.35), opacity=0.65)
        for step in range(18):
            s.line(f"M 336 {256 + step * 10} Q 500 {296 + step * 10} 664 {256 + step * 10}", lighter(color, 0.15), 1.5, opacity=0.4)
    seat = "M 232 540 Q 270 500 320 520 Q 500 590 680 520 Q 730 500 768 540 L 742 640 Q 500 760 258 640 Z"
    s.path(seat, s.down(lighter(color, 0.22), color, darker(color, 0.32)))
    s.line("M 262 624 Q 500 740 738 624", darker(color, 0.45), 5, opacity=0.8, stroke_dasharray="10 8")
    for x, y in ((278, 128), (722, 128), (258, 556), (742, 556)):
        s.rect(x - 30, y - 22, 60, 48, darker(color, 0.4), 12)
    s.path(round_rect(446, 470, 108, 40, 8), "#f1ece0")
    s.text(500, 498, "ONSAEMI", 20, "#44483a", spacing=1)


def camping_chairs(s: Sketch) -> None:
    """Black, beige and khaki."""
    for dx, dy, color in ((-240, -40, "#33363a"), (240, -40, "#cbb68f"), (0, 110, "#6b7150")):
        with s.moved(dx, dy, 0.6):
            camping_chair(s, color)
