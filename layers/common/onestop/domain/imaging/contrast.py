"""How well one colour shows on another, as WCAG 2.2 counts it."""

from collections.abc import Sequence

Rgb = tuple[int, int, int]
"""Red, green and blue of sRGB, 0 to 255."""

MIN_CONTRAST = 4.5
"""What WCAG 2.2 asks of text, success criterion 1.4.3."""

_STEPS = 20


def rgb(colour: str) -> Rgb:
    """The three parts of ``#rrggbb``.

    Example:
        >>> rgb("#ff8000")
        (255, 128, 0)
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def hex_colour(colour: Rgb) -> str:
    """The colour as ``#rrggbb``.

    Example:
        >>> hex_colour((255, 128, 0))
        '#ff8000'
    """
    return f"#{bytes(colour).hex()}"


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 (the same) to 21 (black on white).

    Source: WCAG 2.2, definition of contrast ratio and of relative luminance.

    Example:
        >>> contrast((0, 0, 0), (255, 255, 255)), round(contrast((119, 119, 119), (255, 255, 255)), 2)
        (21.0, 4.48)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Rgb, grounds: Sequence[Rgb], least: float = MIN_CONTRAST) -> Rgb | None:
    """The colour nearest to the wanted one that shows well on all the grounds; None where no colour does.

    It is moved towards black and towards white, so that its hue stays, and the smaller move wins.

    Args:
        colour: as wanted.
        grounds: the colours behind the text; one or more.
        least: the contrast ratio to reach on each.

    Example:
        >>> readable((40, 40, 40), [(255, 255, 255)]), readable((190, 190, 190), [(255, 255, 255)])
        ((40, 40, 40), (114, 114, 114))
        >>> readable((255, 255, 255), [(0, 0, 0), (255, 255, 255)]) is None
        True
    """
    for step in range(_STEPS + 1):
        for end in (0, 255):
            red, green, blue = (part + (end - part) * step // _STEPS for part in colour)
            if all(contrast((red, green, blue), ground) >= least for ground in grounds):
                return red, green, blue
    return None


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
