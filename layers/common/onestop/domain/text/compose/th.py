"""Thai: the noun first, its modifiers behind it in reverse order, no spaces inside a phrase, spaces between groups."""

import re

from onestop.domain.text.compose.words import glued, joined
from onestop.domain.text.parts import Item, ParsedTitle, Role
from onestop.domain.text.quantity import Figure

_FOR = "สำหรับ"
_SAYS_FOR_WHOM = (_FOR, "ใช้", "ใส่", "ยูนิเซ็กส์")
_NAMES = (Role.MOD, Role.LATIN)
_GLUED = 2
"""How many modifiers read well as one unbroken phrase with the noun."""
_OPENS_GROUP = ("ทรง", "แบบ", "สำหรับ", "ขนาด", "พร้อม", "ใช้", "น้ำหนัก", "ความจุ", "ไม่", "กัน", "มี", "เก็บ", "ลด", "เสียง", "ตัด", "รองรับ")
_THAI_SEAM = re.compile(r"(?<=[ก-๛])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[ก-๛])")


def compose(parsed: ParsedTitle, figures: list[Figure]) -> str:
    """The Thai title: brand, noun with material and nearest modifiers, further modifiers, for whom, with what, figures, colours."""
    if parsed.head is None:
        return ""
    described = [*parsed.of(Role.MATERIAL), *reversed(parsed.before_head(*_NAMES))]
    near = [item.text for item in described]
    bound = 0
    while bound < min(_GLUED, len(near)) and not near[bound].startswith(_OPENS_GROUP):
        bound += 1
    noun = glued([parsed.head.text, *near[:bound]])
    later = [item.text for item in parsed.after_head(*_NAMES)]
    groups = [
        *(item.text for item in parsed.of(Role.BRAND)), noun, *near[bound:], *later,
        *(_for(item) for item in parsed.of(Role.TARGET, Role.COMPAT)),
        *(item.text for item in parsed.of(Role.USE, Role.INCLUDE, Role.EXCLUDE)),
        *(figure.text for figure in figures), *(item.text for item in parsed.of(Role.COLOUR)),
    ]  # fmt: skip
    return _THAI_SEAM.sub(" ", joined(groups)).strip()


def _for(item: Item) -> str:
    return item.text if item.text.startswith(_SAYS_FOR_WHOM) else _FOR + item.text
