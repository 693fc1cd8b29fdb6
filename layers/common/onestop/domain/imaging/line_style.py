"""How a line looks, decided from what was measured on its pixels."""

from collections.abc import Sequence

from onestop.domain.imaging.text_lines import Ground

CALM_SHARE = 0.80
"""Of the pixels around a line; as many of one colour, or of one even change, make its ground calm."""

MIN_RISE = 3.0
"""Less change along a line is one colour."""

BOLD_STROKE = 0.107
"""Width of the strokes in line heights from which on they are heavy."""


def ground_of(flat_share: float, even_share: float, rise: float) -> Ground:
    """What lies behind a line.

    Args:
        flat_share: how much of the rim around it has the rim's commonest colour, 0 to 1.
        even_share: how much of it lies on the plane that fits its colours best, 0 to 1.
        rise: how far that plane's colour changes along the line, in steps of 255.

    Example:
        >>> ground_of(0.95, 0.97, 1).value, ground_of(0.4, 0.97, 30).value, ground_of(0.4, 0.5, 30).value
        ('flat', 'gradient', 'busy')
    """
    if flat_share > CALM_SHARE and (rise < MIN_RISE or even_share < flat_share):
        return Ground.FLAT
    return Ground.GRADIENT if even_share > CALM_SHARE else Ground.BUSY


def is_bold(area_px: float, edge_px: float, height_px: float) -> bool:
    """Whether strokes are heavy: a stroke is as wide as twice its area over the length of its edge, both of its sides counted.

    Example:
        >>> is_bold(2000, 1000, 30), is_bold(2000, 1000, 50)
        (True, False)
    """
    return 2 * area_px / max(1.0, edge_px) > BOLD_STROKE * height_px


def hex_colour(rgb: Sequence[float]) -> str:
    """Red, green and blue from 0 to 255 as ``#rrggbb``.

    Example:
        >>> hex_colour((255, 127.6, 0))
        '#ff8000'
    """
    return "#" + "".join(f"{min(255, max(0, round(value))):02x}" for value in rgb)
