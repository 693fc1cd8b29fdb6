"""What two listings of one product have in common."""

from onestop.domain.text.normalise import normalise


def name_key(title: str, options: str = "") -> str:
    """What two listings of one product share: the name in one spelling, with the options as they stand in their cells.

    Example:
        >>> name_key("볼펜 ３색 700g×2", "색상{블랙}") == name_key("볼펜3색  700G x 2", "색상{블랙}")
        True
    """
    return "\x1f".join(normalise(part).replace(" ", "").casefold() for part in (title, options))
