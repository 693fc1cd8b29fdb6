"""Packed food and what is in the packs."""

from math import cos, radians, sin

from demo_art.sketch import Sketch, darker, lighter, round_rect


def _pillow_pack(s: Sketch, x: float, y: float, w: float, h: float, colors: tuple[str, str, str]) -> str:
    """A sealed bag with crimped ends; gives its outline for what is printed on it."""
    body = (
        f"M {x} {y + 30} Q {x + w / 2} {y + 14} {x + w} {y + 30} Q {x + w + 14} {y + h / 2} {x + w} {y + h - 30} "
        f"Q {x + w / 2} {y + h - 14} {x} {y + h - 30} Q {x - 14} {y + h / 2} {x} {y + 30} Z"
    )
    s.rect(x, y, w, h, "#2a2320", 14, opacity=0.3, filter=s.blur(16), transform="translate(8 16)")
    for top in (y, y + h - 42):
        s.rect(x + 4, top, w - 8, 42, s.across(darker(colors[2], 0.1), colors[0], darker(colors[2], 0.15)), 4)
        for step in range(int(w // 10) - 1):
            s.line(f"M {x + 12 + step * 10} {top + 5} V {top + 37}", "#000000", 2, opacity=0.14)
    s.path(body, s.slant(*colors))
    return body


def _wrinkles(s: Sketch, x: float, y: float, w: float, h: float) -> None:
    for dx, sign in ((0.05, 1), (0.95, -1)):
        for step in range(4):
            top = y + h * (0.16 + step * 0.19)
            s.line(f"M {x + w * dx} {top} q {sign * 40} 24 {sign * 20} 84", "#ffffff", 7, opacity=0.22, filter=s.blur(4))
            s.line(f"M {x + w * dx} {top + 26} q {sign * 34} 24 {sign * 14} 70", "#000000", 7, opacity=0.14, filter=s.blur(4))


def noodle_bowl(s: Sketch) -> None:
    """A bowl of red kimchi noodles seen from above and in front."""
    s.shadow(500, 800, 330, 40)
    s.path(
        "M 130 430 C 140 700 300 830 500 830 C 700 830 860 700 870 430 Z",
        s.across("#22262b", (0.25, "#5a626b"), (0.5, "#343a41"), "#15181b"),
    )
    s.oval(500, 430, 372, 150, s.down("#4a5159", "#23272c"))
    s.oval(500, 436, 340, 130, s.glow("#f26b3a", "#cc3416", "#97200d"))
    for row in range(7):
        y = 376 + row * 18
        reach = 250 - abs(row - 3) * 34
        wave = " ".join(f"q 20 {-15 if step % 2 else 15} 40 0" for step in range(int(reach * 2 // 40)))
        s.line(f"M {500 - reach + (row % 2) * 14} {y} {wave}", "#c98a2b", 15)
        s.line(f"M {500 - reach + (row % 2) * 14} {y - 3} {wave}", "#ffd978", 9)
    s.oval(610, 416, 84, 46, "#fffdf5")
    s.oval(612, 414, 42, 25, s.glow("#ffd24d", "#f59a12"))
    for x, y, turn in ((330, 400, -20), (380, 494, 15), (540, 520, -8)):
        with s.moved(x - 500, y - 500, 1, turn):
            s.path("M 430 500 C 440 462 540 450 575 486 C 600 520 470 545 430 500 Z", s.slant("#f7e2b0", "#e6552b", "#b92f12"))
            s.line("M 448 500 Q 500 486 566 494", "#fff3d0", 5, opacity=0.8)
    for step in range(16):
        s.oval(360 + (step * 67) % 300, 380 + (step * 41) % 130, 9, 6, "#4f9a3c" if step % 3 else "#7cc05a")
    for x in (400, 500, 600):
        s.line(f"M {x} 250 q -26 -40 0 -80 q 26 -40 0 -80", "#ffffff", 16, opacity=0.65, filter=s.blur(8))
    s.line("M 900 250 L 640 420 M 930 290 L 660 440", "#8a5a33", 14)


def ramen(s: Sketch) -> None:
    """A bag of kimchi noodles; the name on it is Korean, as it is on a real one."""
    body = _pillow_pack(s, 190, 100, 620, 800, ("#f4532f", "#d62718", "#a81510"))
    with s.inside(body):
        s.path("M 170 560 Q 500 440 830 560 V 920 H 170 Z", s.down("#ffb43c", "#f28a1c"))
        with s.moved(0, 200, 0.74):
            noodle_bowl(s)
        s.path("M 170 90 H 830 V 150 Q 500 210 170 150 Z", "#7d0d0a", opacity=0.35)
    s.text(500, 236, "HANNURI", 34, "#ffe2a8", spacing=12)
    s.text(503, 385, "김치라면", 144, "#5e0906", 800)
    s.text(500, 380, "김치라면", 144, "#ffffff", 800)
    s.text(500, 440, "120 g", 34, "#ffe2a8", 400)
    _wrinkles(s, 190, 100, 620, 800)
    s.path("M 236 150 L 300 150 L 262 850 L 224 850 Z", "#ffffff", opacity=0.2, filter=s.blur(10))


def seaweed_snack(s: Sketch) -> None:
    """A pack of roasted seaweed with sheets in front."""
    with s.moved(-60, -40, 0.88):
        body = _pillow_pack(s, 240, 100, 560, 800, ("#2f7d55", "#175a3a", "#0d3f28"))
        with s.inside(body):
            for y, color in ((600, "#3f9a68"), (660, "#57b37d"), (724, "#74c795")):
                s.path(f"M 200 {y} q 75 -60 150 0 t 150 0 t 150 0 t 150 0 t 150 0 V 920 H 200 Z", color, opacity=0.8)
        s.disc(520, 360, 150, s.glow("#fffdf2", "#f4edd0"))
        s.text(520, 350, "GIM", 96, "#175a3a", 800, spacing=6)
        s.text(520, 402, "SNACK", 44, "#2f7d55", spacing=8)
        s.text(520, 560, "HANNURI  20 g x 12", 30, "#e7f5ec", spacing=2)
        _wrinkles(s, 240, 100, 560, 800)
    for dx, dy, turn in ((600, 640, 16), (500, 700, -10), (680, 720, 30)):
        with s.moved(dx - 400, dy - 400, 1, turn, about=(400, 400)):
            s.rect(300, 310, 220, 150, "#2a2320", 6, opacity=0.35, filter=s.blur(8), transform="translate(5 10)")
            s.path(
                "M 300 312 L 340 308 L 400 314 L 470 308 L 520 314 L 516 400 L 522 458 L 440 462 L 360 456 L 302 462 L 306 380 Z",
                s.slant("#2f4a33", "#16291b", "#24402a"),
            )
            for step in range(26):
                s.disc(312 + (step * 53) % 196, 322 + (step * 37) % 128, 3, "#6f8f62" if step % 2 else "#0c170f", opacity=0.7)


def _ginseng_root(s: Sketch, color: str) -> None:
    s.path(
        "M 462 250 C 410 310 418 420 458 500 C 466 540 482 560 500 560 C 518 560 534 540 542 500 C 582 420 590 310 538 250 "
        "C 520 230 480 230 462 250 Z",
        color,
    )
    for d, width in (
        ("M 480 530 C 460 620 400 690 340 740", 30),
        ("M 520 530 C 548 620 600 680 668 722", 28),
        ("M 500 540 C 496 640 508 720 494 820", 34),
    ):
        s.line(d, color, width)
    for d in (
        "M 440 640 C 400 640 370 660 330 650",
        "M 470 610 C 440 700 430 740 420 800",
        "M 540 600 C 580 690 590 740 600 800",
        "M 500 700 C 530 750 540 790 560 840",
        "M 560 640 C 610 640 640 650 690 640",
        "M 430 360 C 400 380 380 380 350 370",
    ):
        s.line(d, color, 10)
    for d in ("M 500 244 V 170", "M 500 190 C 460 150 430 150 400 176", "M 500 190 C 540 150 570 150 600 176"):
        s.line(d, color, 11)
    for y in (320, 360, 410):
        s.line(f"M 466 {y} q 34 14 68 0", "#8a5f1f", 5, opacity=0.5)


def ginseng_sticks(s: Sketch) -> None:
    """A red and gold box with stick sachets fanned in front."""
    with s.moved(-70, 0, 0.9):
        _ginseng_box(s)
        for turn, dx in ((6, 0), (18, 70), (30, 140)):
            with s.moved(dx + 190, 70 + dx * 0.2, 1, turn, about=(500, 880)):
                _stick(s)


def _ginseng_box(s: Sketch) -> None:
    s.shadow(480, 860, 330, 26)
    s.rect(170, 200, 520, 650, s.slant("#a31622", "#7a0d18", "#560710"), 8)
    s.path("M 690 204 L 760 176 V 800 L 690 848 Z", "#430510")
    s.path("M 172 200 L 250 172 H 760 L 690 202 Z", "#b8323c")
    s.rect(196, 226, 468, 598, "none", 4, stroke=s.slant("#f6dd96", "#b98a33", "#f2d98e"), stroke_width=6)
    with s.moved(-70, -90, 0.52):
        _ginseng_root(s, s.down("#f9e7b2", "#c99a45"))
    s.text(430, 690, "SAMIRANG", 50, "#f3d78c", spacing=8)
    s.text(430, 740, "RED GINSENG STICK", 25, "#f3d78c", 400, spacing=3)
    s.text(430, 786, "10 ml x 30", 25, "#f3d78c", 400, spacing=2)


def _stick(s: Sketch) -> None:
    s.rect(462, 380, 76, 470, "#2a2320", 6, opacity=0.35, filter=s.blur(9), transform="translate(6 8)")
    s.rect(462, 380, 76, 470, s.across("#b8862f", (0.3, "#fbe9b4"), "#d9ac54", "#a37425"), 6)
    s.rect(462, 430, 76, 250, s.across("#7a0d18", (0.3, "#c52b38"), "#7a0d18"))
    with s.moved(14, 0, 1, -90, about=(500, 555)):
        s.text(500, 552, "SAMIRANG", 32, "#f3d78c", spacing=4)


def jerky(s: Sketch) -> None:
    """A kraft pouch with a window and strips of beef beside it."""
    s.shadow(450, 880, 290, 26)
    pouch = "M 210 120 H 680 C 664 340 672 600 720 850 Q 450 896 170 850 C 218 600 226 340 210 120 Z"
    s.path(pouch, s.across("#a9825a", (0.2, "#dcb98f"), (0.5, "#c9a273"), "#94693f"))
    s.rect(212, 120, 466, 44, "#8f6840", 2, opacity=0.65)
    s.line("M 216 190 H 674", "#7a5630", 4, opacity=0.5)
    s.text(446, 290, "HANNURI", 36, "#4a2f18", spacing=10)
    s.text(446, 372, "BEEF JERKY", 66, "#4a2f18", 800, spacing=2)
    window = round_rect(280, 430, 330, 270, 30)
    s.path(window, "#4a1f12")
    with s.inside(window):
        for step in range(6):
            _strip(s, 300 + (step % 3) * 120, 470 + (step // 3) * 120, -24 + step * 13, 0.7)
    s.path(window, s.slant("#ffffff77", "#ffffff00", "#ffffff22"), stroke="#6b4524", stroke_width=5)
    s.text(446, 790, "100 g", 40, "#4a2f18", 400)
    for x, y, turn in ((720, 780, -18), (800, 850, 10), (640, 870, 24)):
        _strip(s, x, y, turn, 1.0)


def _strip(s: Sketch, x: float, y: float, turn: float, scale: float) -> None:
    with s.moved(x - 500, y - 500, scale, turn):
        shape = "M 392 482 C 420 452 470 470 510 458 C 560 444 600 466 612 500 C 600 540 540 530 500 544 C 450 556 390 540 392 482 Z"
        s.path(shape, "#2a1008", opacity=0.4, filter=s.blur(6), transform="translate(4 10)")
        s.path(shape, s.slant("#a8452b", "#6f2213", "#8d3420"))
        for dy in (-16, 4, 22):
            s.line(f"M 412 {500 + dy} q 90 -24 184 -4", "#d2795a", 4, opacity=0.45)


def gift_box(s: Sketch) -> None:
    """A wrapped present with confetti."""
    for step in range(26):
        angle = radians(step * 137.5)
        reach = 150 + (step * 61) % 290
        with s.moved(cos(angle) * reach, -120 - abs(sin(angle) * reach), 1, step * 47):
            s.rect(490, 494, 26, 12, ("#f4b740", "#4fb3a5", "#e4587a", "#6a8fe0")[step % 4], 4)
    s.shadow(500, 860, 270, 26)
    s.rect(260, 450, 480, 410, s.across("#d8405f", (0.3, "#f4738d"), "#cf3656"), 12)
    s.rect(230, 370, 540, 110, s.across("#e04b69", (0.3, "#fb8ca2"), "#d43f5f"), 14)
    s.rect(232, 470, 536, 20, "#8c1d36", opacity=0.25, filter=s.blur(6))
    for y, h, x in ((370, 110, 450), (480, 380, 456)):
        s.rect(x, y, 1000 - 2 * x, h, s.across("#f2c14e", (0.35, "#ffe9a6"), "#dfa62f"))
    for dx in (-1, 1):
        s.path(
            f"M 500 372 C {500 + 60 * dx} 240 {500 + 230 * dx} 220 {500 + 220 * dx} 310 "
            f"C {500 + 214 * dx} 376 {500 + 90 * dx} 384 500 372 Z",
            s.slant("#ffe9a6", "#e3a92f"),
        )
        s.path(
            f"M 500 368 C {500 + 70 * dx} 290 {500 + 168 * dx} 270 {500 + 166 * dx} 316 "
            f"C {500 + 160 * dx} 350 {500 + 80 * dx} 366 500 368 Z",
            darker("#d39a2a", 0.1),
        )
    s.disc(500, 366, 42, s.glow(lighter("#ffe08a"), "#f2c14e", "#d79d28"))
