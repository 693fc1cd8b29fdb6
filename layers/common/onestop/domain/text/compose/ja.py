"""Japanese: keywords in Korean order with spaces between, for what it fits in front, figures and colours last."""

from onestop.domain.text.compose.words import joined
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_DESCRIBING = (Role.MOD, Role.MATERIAL, Role.LATIN)
_FITS = "対応"


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The Japanese title: brand, device, for whom, what stood before the noun, noun, what stood behind it, use, figures, colours."""
    if parsed.head is None:
        return ""
    return joined([
        *(item.text for item in parsed.of(Role.BRAND)), *map(_fitting, parsed.of(Role.COMPAT)),
        *(item.text for item in (*parsed.of(Role.TARGET), *parsed.before_head(*_DESCRIBING), parsed.head)),
        *(item.text for item in (*parsed.after_head(*_DESCRIBING), *parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE))),
        *(figure.text for figure in figures), joined((item.text for item in parsed.of(Role.COLOUR)), "/"),
    ])  # fmt: skip


def _fitting(item: Item) -> str:
    return item.text if item.text.endswith((_FITS, "用")) else item.text + _FITS
