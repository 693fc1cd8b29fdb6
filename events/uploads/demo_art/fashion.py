"""Clothes, socks and a bag."""

from demo_art.sketch import Sketch, darker, lighter

SHIRT = (
    "M 392 176 C 425 222 575 222 608 176 L 716 212 C 762 228 790 258 812 306 L 900 500 L 772 558 L 728 470 "
    "L 732 846 Q 732 872 704 873 Q 500 884 296 873 Q 268 872 268 846 L 272 470 L 228 558 L 100 500 L 188 306 C 210 258 238 228 284 212 Z"
)
SWEATER = (
    "M 360 262 C 420 330 580 330 640 262 L 720 288 C 770 306 796 340 812 392 L 878 730 L 770 760 L 722 520 "
    "L 724 800 Q 500 826 276 800 L 278 520 L 230 760 L 122 730 L 188 392 C 204 340 230 306 280 288 Z"
)


def tshirt(s: Sketch, color: str = "#2c2d31") -> None:
    """An oversized short-sleeved T-shirt, laid flat."""
    fold, edge = darker(color, 0.3), darker(color, 0.45)
    s.path(SHIRT, "#2a2320", opacity=0.3, filter=s.blur(18), transform="translate(10 22)")
    s.path("M 392 176 Q 500 140 608 176 Q 600 224 500 228 Q 400 224 392 176 Z", darker(color, 0.35))
    s.path(SHIRT, s.slant(lighter(color, 0.16), color, darker(color, 0.16)))
    with s.inside(SHIRT):
        for d in ("M 272 470 C 300 520 300 640 286 880", "M 728 470 C 700 530 705 660 716 880"):
            s.line(d, fold, 26, opacity=0.5, filter=s.blur(14))
        for d in ("M 420 330 C 400 520 430 700 390 870", "M 590 360 C 620 540 570 720 610 870", "M 330 250 C 300 330 290 400 272 470"):
            s.line(d, fold, 16, opacity=0.35, filter=s.blur(12))
        s.line("M 480 380 C 470 520 500 680 480 840", lighter(color, 0.4), 40, opacity=0.25, filter=s.blur(26))
    s.line("M 284 212 C 262 300 268 400 272 470", edge, 3, opacity=0.55)
    s.line("M 716 212 C 738 300 732 400 728 470", edge, 3, opacity=0.55)
    s.path("M 392 176 C 425 222 575 222 608 176", stroke=darker(color, 0.12), stroke_width=24)
    s.line("M 381 183 C 420 243 580 243 619 183", edge, 2.5, opacity=0.6, stroke_dasharray="6 5")
    s.line("M 274 846 Q 500 858 726 846", edge, 2.5, opacity=0.5, stroke_dasharray="6 5")
    s.line("M 112 478 L 234 532 M 888 478 L 766 532", edge, 2.5, opacity=0.5, stroke_dasharray="6 5")


def tshirt_trio(s: Sketch) -> None:
    """The three colours, overlapping."""
    for dx, color in ((-250, "#d8c3a3"), (250, "#2c2d31"), (0, "#f6f5f1")):
        with s.moved(dx, 60 if dx == 0 else 0, 0.62):
            tshirt(s, color)


def hoodie(s: Sketch, color: str = "#a9adb3") -> None:
    """A brushed-inside hooded sweatshirt, laid flat."""
    fold, edge = darker(color, 0.32), darker(color, 0.48)
    s.path(SWEATER, "#2a2320", opacity=0.3, filter=s.blur(18), transform="translate(10 22)")
    s.path(
        "M 330 290 C 320 180 400 108 500 108 C 600 108 680 180 670 290 C 620 345 380 345 330 290 Z",
        s.slant(lighter(color, 0.12), darker(color, 0.2)),
    )
    s.path(
        "M 384 268 C 388 190 430 158 500 158 C 570 158 612 190 616 268 C 580 312 420 312 384 268 Z",
        s.down(darker(color, 0.55), darker(color, 0.35)),
    )
    s.path(SWEATER, s.slant(lighter(color, 0.15), color, darker(color, 0.16)))
    with s.inside(SWEATER):
        for d in ("M 278 520 C 310 600 300 720 292 820", "M 722 520 C 690 600 700 720 708 820", "M 420 360 C 400 450 440 520 420 560"):
            s.line(d, fold, 24, opacity=0.45, filter=s.blur(13))
        s.rect(260, 762, 480, 70, darker(color, 0.12))
        for x in range(270, 740, 12):
            s.line(f"M {x} 766 V 830", fold, 2, opacity=0.5)
    s.path(
        "M 372 560 H 628 L 676 742 H 324 Z",
        s.down(lighter(color, 0.06), darker(color, 0.06)),
        stroke=edge,
        stroke_width=2.5,
        stroke_opacity=0.6,
    )
    s.line("M 380 572 L 336 740 M 620 572 L 664 740", edge, 2, opacity=0.5, stroke_dasharray="6 5")
    s.line("M 280 288 C 262 370 272 450 278 520 M 720 288 C 738 370 728 450 722 520", edge, 3, opacity=0.5)
    for dx in (-1, 1):
        s.line(f"M {500 + 52 * dx} 316 C {500 + 60 * dx} 380 {500 + 46 * dx} 420 {500 + 54 * dx} 466", "#f4f1ea", 9)
        s.disc(500 + 52 * dx, 316, 7, "#6d6f73")
        s.path(f"M {500 + 366 * dx} 672 L {500 + 378 * dx} 730 L {500 + 270 * dx} 760 L {500 + 258 * dx} 704 Z", darker(color, 0.16))
    s.line("M 360 262 C 420 330 580 330 640 262", edge, 3, opacity=0.5)


SOCK = "M 420 150 H 560 V 470 C 560 520 590 548 640 566 L 740 604 C 800 628 800 716 724 724 L 560 728 C 470 728 412 676 416 590 Z"


def sock(s: Sketch, color: str) -> None:
    """One ankle sock."""
    s.path(SOCK, "#2a2320", opacity=0.3, filter=s.blur(12), transform="translate(8 16)")
    s.path(SOCK, s.slant(lighter(color, 0.2), color, darker(color, 0.16)))
    with s.inside(SOCK):
        s.rect(400, 140, 180, 116, darker(color, 0.08))
        for x in range(424, 560, 11):
            s.line(f"M {x} 152 V 254", darker(color, 0.3), 2, opacity=0.5)
        s.path("M 680 560 C 730 620 740 680 690 740 H 860 V 540 Z", darker(color, 0.14), opacity=0.8)
        s.path("M 380 560 C 460 560 500 640 500 760 H 380 Z", darker(color, 0.14), opacity=0.8)
        s.line("M 470 290 C 470 420 480 520 560 600", lighter(color, 0.5), 26, opacity=0.35, filter=s.blur(14))


def socks(s: Sketch) -> None:
    """Ten pairs, fanned as two rows of five."""
    colors = ("#f7f6f2", "#2f3033", "#cfd2d6", "#e9e2d4", "#8a8f96")
    for row in range(2):
        for column, color in enumerate(colors[row:] + colors[:row]):
            for pair in (0, 1):
                with s.moved(-448 + column * 172 + pair * 20, -162 + row * 390 + pair * 16, 0.5, about=(600, 440)):
                    sock(s, color)


def wide_pants(s: Sketch, color: str = "#cdb795") -> None:
    """Wide linen trousers with an elastic waist."""
    outline = "M 330 130 H 670 L 712 420 L 772 900 Q 660 922 548 904 L 502 430 L 452 904 Q 340 922 228 900 L 288 420 Z"
    fold, edge = darker(color, 0.3), darker(color, 0.45)
    s.path(outline, "#2a2320", opacity=0.3, filter=s.blur(18), transform="translate(10 20)")
    s.path(
        outline,
        s.across(
            darker(color, 0.1), (0.25, lighter(color, 0.2)), (0.5, darker(color, 0.14)), (0.72, lighter(color, 0.12)), darker(color, 0.14)
        ),
    )
    with s.inside(outline):
        for d in (
            "M 400 220 C 380 420 350 700 320 910",
            "M 600 220 C 620 420 650 700 680 910",
            "M 470 260 C 450 500 420 760 410 910",
            "M 540 300 C 555 520 585 760 600 910",
        ):
            s.line(d, fold, 20, opacity=0.4, filter=s.blur(10))
        for x in range(334, 680, 17):
            s.line(f"M {x} 196 Q {x + 6} 230 {x - 4} 262", fold, 6, opacity=0.35, filter=s.blur(3))
        s.rect(320, 126, 360, 68, darker(color, 0.06))
        for x in range(338, 670, 13):
            s.line(f"M {x} 134 V 190", fold, 2.5, opacity=0.55)
    s.line("M 326 194 H 674", edge, 2.5, opacity=0.6)
    s.line("M 318 214 C 330 280 322 320 300 350 M 682 214 C 670 280 678 320 700 350", edge, 3, opacity=0.6)
    s.line("M 478 178 C 440 240 470 280 446 310 M 520 178 C 560 240 530 270 552 318", lighter(color, 0.6), 8)
    s.line("M 500 200 V 430", edge, 2.5, opacity=0.5)


def tote(s: Sketch, color: str = "#efe6d2") -> None:
    """A large canvas bag with a zip."""
    fold, edge = darker(color, 0.28), darker(color, 0.42)
    s.shadow(500, 890, 330, 26)
    s.line("M 350 360 C 340 40 660 40 650 360", darker(color, 0.18), 34)
    s.line("M 350 360 C 340 40 660 40 650 360", lighter(color, 0.2), 18, opacity=0.5)
    body = "M 196 350 Q 500 330 804 350 L 838 860 Q 838 886 806 888 Q 500 900 194 888 Q 162 886 162 860 Z"
    s.path(body, s.slant(lighter(color, 0.35), color, darker(color, 0.1)))
    with s.inside(body):
        for d in ("M 280 360 C 250 560 290 720 230 890", "M 730 360 C 770 560 710 740 780 890", "M 480 760 C 560 800 640 790 760 860"):
            s.line(d, fold, 24, opacity=0.35, filter=s.blur(16))
    s.line("M 204 374 Q 500 354 796 374", edge, 9, opacity=0.75, stroke_dasharray="5 4")
    s.rect(742, 366, 16, 52, "#b08d57", 8)
    for x in (350, 650):
        s.rect(x - 26, 330, 52, 96, darker(color, 0.06), 6, stroke=edge, stroke_width=2, stroke_dasharray="6 5")
        s.line(f"M {x - 18} 340 L {x + 18} 416 M {x + 18} 340 L {x - 18} 416", edge, 2, opacity=0.6)
    s.disc(500, 600, 92, "none", stroke=edge, stroke_width=5)
    s.path("M 448 630 Q 474 560 500 610 Q 526 540 556 630 Z", edge)
    s.disc(528, 562, 12, edge)
    s.text(500, 752, "DAMSO", 44, edge, spacing=14)
