"""A small SVG pen: shapes, gradients, soft shadows and Korean text on a 1000 x 1000 board."""
# ruff: noqa: PLR0917 - a pen is told x, y, width, height in a row

from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape

FONT = "NanumSquareRound, NanumGothic"
Stops = tuple[str | tuple[float, str], ...]


def mix(color: str, other: str, share: float) -> str:
    """``color`` with ``share`` of ``other`` stirred in.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighter(color: str, share: float = 0.3) -> str:
    """``color`` towards white."""
    return mix(color, "#ffffff", share)


def darker(color: str, share: float = 0.2) -> str:
    """``color`` towards a warm black."""
    return mix(color, "#1a1512", share)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


class Sketch:
    """Collects SVG elements and the gradients, clips and blurs that they use."""

    def __init__(self) -> None:
        self._defs: list[str] = []
        self._body: list[str] = []

    def markup(self) -> str:
        """Everything drawn so far."""
        return f"<defs>{''.join(self._defs)}</defs>{''.join(self._body)}"

    # ---- paints

    def down(self, *stops: str | tuple[float, str]) -> str:
        """A gradient from top to bottom."""
        return self._gradient("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', stops)

    def across(self, *stops: str | tuple[float, str]) -> str:
        """A gradient from left to right."""
        return self._gradient("linearGradient", 'x1="0" y1="0" x2="1" y2="0"', stops)

    def slant(self, *stops: str | tuple[float, str]) -> str:
        """A gradient from the upper left to the lower right."""
        return self._gradient("linearGradient", 'x1="0" y1="0" x2="1" y2="1"', stops)

    def glow(self, *stops: str | tuple[float, str], at: tuple[float, float] = (0.4, 0.35)) -> str:
        """A gradient from a bright spot outwards."""
        return self._gradient("radialGradient", f'cx="{at[0]}" cy="{at[1]}" r="0.75"', stops)

    def tube(self, color: str, contrast: float = 1.0) -> str:
        """The shading of an upright cylinder lit from the left."""
        dark, light = darker(color, 0.28 * contrast), lighter(color, 0.55 * contrast)
        return self.across(darker(color, 0.18 * contrast), (0.22, light), (0.38, color), (0.8, darker(color, 0.12 * contrast)), dark)

    def steel(self) -> str:
        """Polished metal across."""
        return self.across(
            "#8b939b", (0.12, "#e9edf0"), (0.25, "#ffffff"), (0.4, "#b4bcc4"), (0.62, "#dfe4e8"), (0.82, "#9aa3ac"), "#747c85"
        )

    def _gradient(self, element: str, geometry: str, stops: Stops) -> str:
        last = len(stops) - 1
        placed = [stop if isinstance(stop, tuple) else (at / last, stop) for at, stop in enumerate(stops)]
        colors = "".join(f'<stop offset="{offset}" {_color(color)}/>' for offset, color in placed)
        return self._define(f"<{element} {geometry} %s>{colors}</{element}>")

    def _define(self, template: str) -> str:
        name = f"d{len(self._defs)}"
        self._defs.append(template.replace("%s", f'id="{name}"', 1))
        return f"url(#{name})"

    # ---- shapes

    def path(self, d: str, fill: str = "none", **look: object) -> None:
        """A free shape."""
        self._shape("path", fill, look, d=d)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, r: float = 0, **look: object) -> None:
        """A rectangle with round corners."""
        self._shape("rect", fill, look, x=x, y=y, width=w, height=h, rx=r)

    def oval(self, cx: float, cy: float, rx: float, ry: float, fill: str = "none", **look: object) -> None:
        """An ellipse."""
        self._shape("ellipse", fill, look, cx=cx, cy=cy, rx=rx, ry=ry)

    def disc(self, cx: float, cy: float, r: float, fill: str = "none", **look: object) -> None:
        """A circle."""
        self.oval(cx, cy, r, r, fill, **look)

    def line(self, d: str, color: str, width: float, **look: object) -> None:
        """An open stroke with round ends."""
        self.path(d, stroke=color, stroke_width=width, stroke_linecap="round", stroke_linejoin="round", **look)

    def text(
        self, x: float, y: float, words: str, size: float, color: str, weight: int = 700, anchor: str = "middle", spacing: float = 0
    ) -> None:
        """A line of text whose base line is at ``y``."""
        self._body.append(
            f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{color}" '
            f'text-anchor="{anchor}" letter-spacing="{spacing}">{escape(words)}</text>'
        )

    def shadow(self, cx: float, cy: float, rx: float, ry: float, opacity: float = 0.28) -> None:
        """What the thing throws on the floor: a wide soft one and a tight dark one."""
        self.oval(cx, cy, rx * 1.06, ry * 1.5, "#2a2320", opacity=opacity * 0.6, filter=self.blur(26))
        self.oval(cx, cy - ry * 0.2, rx * 0.9, ry * 0.7, "#2a2320", opacity=opacity, filter=self.blur(9))

    def blur(self, deviation: float) -> str:
        """A filter that softens what it is given."""
        box = 'x="-80%" y="-80%" width="260%" height="260%"'
        return self._define(f'<filter %s {box}><feGaussianBlur stdDeviation="{deviation}"/></filter>')

    def _shape(self, element: str, fill: str, look: dict[str, object], **geometry: object) -> None:
        attributes = {**geometry, "fill": fill, **look}.items()
        self._body.append(f"<{element} {' '.join(key.replace('_', '-') + '=' + _quoted(value) for key, value in attributes)}/>")

    # ---- groups

    @contextmanager
    def moved(
        self, dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0, about: tuple[float, float] = (500, 500)
    ) -> Iterator[None]:
        """Draw everything inside shifted, scaled and turned about a point."""
        x, y = about
        steps = f"translate({dx + x} {dy + y}) rotate({turn}) scale({scale}) translate({-x} {-y})"
        self._body.append(f'<g transform="{steps}">')
        yield
        self._body.append("</g>")

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        """Draw everything inside only where the shape ``d`` is."""
        clip = self._define(f'<clipPath %s><path d="{d}"/></clipPath>')
        self._body.append(f'<g clip-path="{clip}">')
        yield
        self._body.append("</g>")


def _color(color: str) -> str:
    """Stop attributes of ``#rrggbb`` or ``#rrggbbaa``."""
    opacity = int(color[7:9], 16) / 255 if len(color) == 9 else 1
    return f'stop-color="{color[:7]}" stop-opacity="{opacity:.3f}"'


def _quoted(value: object) -> str:
    return f'"{escape(str(value), {chr(34): "&quot;"})}"'


def round_rect(x: float, y: float, w: float, h: float, r: float) -> str:
    """The outline of a rectangle with round corners, as path data."""
    return (
        f"M {x + r} {y} H {x + w - r} Q {x + w} {y} {x + w} {y + r} V {y + h - r} Q {x + w} {y + h} {x + w - r} {y + h} "
        f"H {x + r} Q {x} {y + h} {x} {y + h - r} V {y + r} Q {x} {y} {x + r} {y} Z"
    )
