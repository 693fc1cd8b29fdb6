"""Baby and pet things."""

from demo_art.sketch import Sketch, darker, lighter, round_rect

BIB = (
    "M 330 210 C 300 300 330 400 400 420 C 460 436 540 436 600 420 "
    "C 670 400 700 300 670 210 C 650 170 690 150 724 190 C 800 300 820 480 780 640 C 740 800 620 860 500 860 "
    "C 380 860 260 800 220 640 C 180 480 200 300 276 190 C 310 150 350 170 330 210 Z"
)
SUIT = (
    "M 400 130 C 440 170 560 170 600 130 L 690 164 C 730 182 752 220 772 270 L 850 470 L 760 512 L 700 396 L 712 640 "
    "C 716 740 706 820 700 896 "
    "Q 640 930 566 900 L 530 700 Q 500 684 470 700 L 434 900 Q 360 930 300 896 C 294 820 284 740 288 640 L 300 396 L 240 512 "
    "L 150 470 L 228 270 C 248 220 270 182 310 164 Z"
)


def _bib(s: Sketch, color: str, print_shape: int) -> None:
    s.path(BIB, "#2a2320", opacity=0.28, filter=s.blur(16), transform="translate(8 18)")
    s.path(BIB, s.slant(lighter(color, 0.4), color))
    with s.inside(BIB):
        for step in range(24):
            x, y = 240 + (step % 6) * 106 + (step // 6 % 2) * 50, 480 + (step // 6) * 104
            _motif(s, x, y, darker(color, 0.28), print_shape)
    s.path(BIB, "none", stroke=darker(color, 0.22), stroke_width=14)
    s.path(BIB, "none", stroke="#ffffff", stroke_width=3, stroke_dasharray="12 9", opacity=0.9)
    s.disc(302, 196, 15, "#fbfaf6", stroke=darker(color, 0.3), stroke_width=3)


def _motif(s: Sketch, x: float, y: float, color: str, kind: int) -> None:
    with s.moved(x - 500, y - 500):
        if kind == 0:
            s.path("M 500 470 L 509 490 L 531 492 L 514 507 L 519 529 L 500 517 L 481 529 L 486 507 L 469 492 L 491 490 Z", color)
        elif kind == 1:
            s.path("M 466 516 Q 462 494 484 492 Q 492 468 514 482 Q 538 478 534 502 Q 540 516 524 518 Z", color)
        else:
            s.disc(500, 508, 19, color)
            s.disc(484, 488, 9, color)
            s.disc(516, 488, 9, color)


def bibs(s: Sketch) -> None:
    """Three bibs with stars, clouds and bears."""
    for kind, (dx, dy, color) in enumerate(((-220, -150, "#f3c9a8"), (220, -150, "#b9d9e8"), (0, 150, "#cfe3c2"))):
        with s.moved(dx, dy, 0.62):
            _bib(s, color, kind)


def baby_suit(s: Sketch, color: str = "#f3ead8") -> None:
    """A one-piece suit for a new-born."""
    fold, edge = darker(color, 0.22), darker(color, 0.4)
    s.path(SUIT, "#2a2320", opacity=0.26, filter=s.blur(18), transform="translate(10 20)")
    s.path("M 400 130 Q 500 96 600 130 Q 590 176 500 178 Q 410 176 400 130 Z", darker(color, 0.22))
    s.path(SUIT, s.slant(lighter(color, 0.5), color, darker(color, 0.08)))
    with s.inside(SUIT):
        for step in range(44):
            x, y = 180 + (step * 131) % 660, 220 + (step * 83) % 680
            with s.moved(x - 500, y - 500, 0.5):
                _motif(s, 500, 500, darker(color, 0.16), 2 if step % 2 else 0)
        for d in ("M 300 396 C 330 500 320 600 300 720", "M 700 396 C 670 500 680 600 700 720", "M 470 700 C 440 760 430 840 434 900"):
            s.line(d, fold, 20, opacity=0.5, filter=s.blur(12))
    s.line("M 400 130 C 440 170 560 170 600 130", darker(color, 0.12), 20)
    s.line("M 500 164 V 600 C 500 690 460 780 446 880", edge, 3, opacity=0.6)
    for y in range(210, 620, 82):
        s.disc(500, y, 13, s.glow("#ffffff", lighter(color, 0.3), darker(color, 0.3)), stroke=edge, stroke_width=2)
    for side in (-1, 1):
        s.line(f"M {500 + side * 332} 440 L {500 + side * 250} 480", edge, 3, opacity=0.5, stroke_dasharray="7 5")
        s.line(f"M {500 + side * 200} 820 Q {500 + side * 130} 836 {500 + side * 74} 818", edge, 3, opacity=0.5, stroke_dasharray="7 5")


def _wipes_pack(s: Sketch) -> None:
    body = "M 200 420 Q 500 388 800 420 Q 824 520 800 640 Q 500 670 200 640 Q 176 520 200 420 Z"
    s.path(body, "#2a2320", opacity=0.25, filter=s.blur(10), transform="translate(6 12)")
    s.path(body, s.down("#ffffff", "#dff0f6", "#a9d4e4"))
    for x in (196, 772):
        s.path(f"M {x} 424 h 32 v 214 h -32 Z", "#8fc4d8", opacity=0.55)
    s.path(round_rect(370, 436, 260, 130, 40), s.down("#ffffff", "#cfe6f0"), stroke="#8fc4d8", stroke_width=4)
    s.line("M 470 550 H 530", "#8fc4d8", 8)
    s.text(500, 620, "AGASUP", 42, "#3d88a6", spacing=8)


def wet_wipes(s: Sketch) -> None:
    """Ten packs with lids, stacked in two towers."""
    s.shadow(500, 892, 420, 24)
    for column, x in enumerate((-212, 212)):
        for level in range(5):
            with s.moved(x + (level % 2) * 8, 300 - level * 134, 0.68, (column - 0.5) * (level % 2) * 2):
                _wipes_pack(s)


def paw(s: Sketch, x: float, y: float, size: float, color: str) -> None:
    """A dog's paw print."""
    with s.moved(x - 500, y - 500, size / 100):
        s.path("M 500 496 C 530 496 548 524 540 544 C 532 560 516 552 500 552 C 484 552 468 560 460 544 C 452 524 470 496 500 496 Z", color)
        for dx, dy in ((-42, -18), (-16, -38), (16, -38), (42, -18)):
            s.oval(500 + dx, 500 + dy, 13, 17, color)


def pee_pads(s: Sketch) -> None:
    """A pack of pads and one pad unfolded."""
    s.shadow(480, 880, 380, 26)
    pad = "M 120 640 L 620 560 L 900 800 L 330 900 Z"
    s.path(pad, s.slant("#ffffff", "#eef6fb"), stroke="#8ebbd8", stroke_width=12, stroke_linejoin="round")
    with s.inside(pad):
        for step in range(-6, 16):
            s.line(f"M {60 + step * 70} 540 L {330 + step * 70} 920", "#cfe3ef", 4)
            s.line(f"M {step * 90} {900 - step * 8} L {400 + step * 90} {520 + step * 6}", "#cfe3ef", 4)
    s.rect(230, 130, 500, 500, s.slant("#6fb2dc", "#3f89bd", "#2e6f9f"), 30)
    s.rect(262, 162, 436, 300, "#ffffff", 24, opacity=0.94)
    dog_face(s, 480, 316, 1.0)
    s.text(480, 536, "MUNGDAY", 58, "#ffffff", spacing=6)
    s.text(480, 590, "60 x 90 cm   50 pads", 31, "#e3f2fb", 400)
    s.rect(246, 150, 22, 440, "#ffffff", 11, opacity=0.35, filter=s.blur(6))


def dog_face(s: Sketch, x: float, y: float, scale: float) -> None:
    """A friendly dog."""
    with s.moved(x - 500, y - 500, scale):
        s.disc(500, 500, 104, s.glow("#f8e0bd", "#e9c48f", "#d9ab6c"))
        for side in (-1, 1):
            s.path(
                f"M {500 + side * 66} 420 C {500 + side * 130} 400 {500 + side * 150} 500 {500 + side * 118} 560 "
                f"C {500 + side * 90} 540 {500 + side * 80} 470 {500 + side * 66} 420 Z",
                "#8a5a33",
            )
            s.disc(500 + side * 38, 488, 12, "#2c211b")
            s.disc(500 + side * 38 - 4, 484, 4, "#ffffff")
            s.disc(500 + side * 62, 530, 16, "#f2a58e", opacity=0.7)
        s.oval(500, 536, 44, 34, "#fff6e8")
        s.oval(500, 520, 18, 13, "#2c211b")
        s.line("M 500 532 V 544 M 478 546 Q 490 560 500 546 Q 510 560 522 546", "#2c211b", 4)


def pad_measured(s: Sketch) -> None:
    """One pad from above between its measures."""
    s.rect(300, 120, 420, 630, "#2a2320", 20, opacity=0.2, filter=s.blur(16), transform="translate(6 14)")
    s.rect(300, 120, 420, 630, "#8ebbd8", 20)
    s.rect(324, 144, 372, 582, s.slant("#ffffff", "#f1f8fc"), 10)
    for row in range(8):
        for column in range(5):
            s.path(f"M {361 + column * 74} {164 + row * 72} l 26 26 l -26 26 l -26 -26 Z", "none", stroke="#cfe3ef", stroke_width=4)
    paw(s, 510, 440, 190, "#8ebbd8")
    s.line("M 300 800 H 720 M 300 784 V 816 M 720 784 V 816", "#2e5f80", 5)
    s.text(510, 872, "60cm", 58, "#2e5f80")
    s.line("M 240 120 V 750 M 224 120 H 256 M 224 750 H 256", "#2e5f80", 5)
    s.text(130, 455, "90cm", 58, "#2e5f80")


def _cat(s: Sketch, x: float, y: float, scale: float) -> None:
    with s.moved(x - 500, y - 500, scale):
        s.path(
            "M 404 500 L 404 388 L 462 424 Q 500 414 538 424 L 596 388 L 596 500 C 596 570 550 604 500 604 C 450 604 404 570 404 500 Z",
            s.glow("#f9f6f1", "#e6dfd5", "#cfc6b8"),
        )
        for side in (-1, 1):
            s.path(f"M {500 + side * 84} 410 L {500 + side * 84} 452 L {500 + side * 56} 430 Z", "#f2b3a6")
            s.oval(500 + side * 42, 500, 14, 18, "#5c8f58")
            s.oval(500 + side * 42, 500, 5, 16, "#1d2419")
            for dy in (-8, 8):
                s.line(f"M {500 + side * 60} {540 + dy * 0.4} L {500 + side * 124} {536 + dy * 1.6}", "#b7ac9c", 3)
        s.path("M 490 532 H 510 L 500 544 Z", "#e58f83")
        s.line("M 500 544 V 554 M 480 556 Q 490 570 500 556 Q 510 570 520 556", "#7b6f62", 4)


def _litter_bag(s: Sketch) -> None:
    bag = "M 300 180 H 700 C 716 360 730 640 716 850 Q 500 880 284 850 C 270 640 284 360 300 180 Z"
    s.path(bag, "#2a2320", opacity=0.28, filter=s.blur(14), transform="translate(8 14)")
    s.path(bag, s.across("#d9e7c8", (0.25, "#fbfff4"), (0.6, "#e5f0d6"), "#b5cba0"))
    s.rect(300, 160, 400, 52, s.down("#8fb06e", "#7a9c5a"), 6)
    s.oval(500, 184, 64, 11, "#51703a")
    with s.inside(bag):
        s.path("M 240 640 Q 500 560 760 640 V 900 H 240 Z", "#8fb06e")
    _cat(s, 500, 450, 1.15)
    s.text(500, 730, "TOFU", 70, "#ffffff", 800, spacing=8)
    s.text(500, 786, "CAT LITTER  7 L", 32, "#f3f9ea", spacing=2)


def cat_litter(s: Sketch) -> None:
    """Four bags of tofu litter and some pellets."""
    s.shadow(500, 880, 430, 24)
    for dx, dy in ((-300, -8), (300, -8), (-105, 28), (105, 28)):
        with s.moved(dx, dy, 0.8, about=(500, 850)):
            _litter_bag(s)
    for step in range(34):
        with s.moved(-330 + (step * 97) % 660, 392 + (step * 29) % 46, 1, step * 53):
            s.rect(488, 494, 28, 13, s.down("#fdf6dc", "#d8c58e"), 6)
