"""What is taken out of a seller's text on its way abroad: told, since it changes nothing that a seller would have to mend."""

import re
from collections.abc import Iterator

from onestop.domain.catalog.checks.rules import CheckContext
from onestop.domain.catalog.product import Product
from onestop.domain.findings import Finding

_EMOJI_SIGN = (
    "[\U0001f000-\U0001faff"
    "⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕]"
    "|[\u2600-\u27bf\u203c\u2049](?=\ufe0f)"
)
_EMOJI = re.compile(rf"(?:{_EMOJI_SIGN})\ufe0f?(?:\u200d(?:{_EMOJI_SIGN})\ufe0f?)*")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SCRIPT = re.compile(r"<\s*(script|iframe|object|embed|form)\b|\s(on[a-z]{3,20})\s*=\s*[\"'\w]|(javascript):", re.IGNORECASE)
_MOST_SHOWN = 5


def cleaned_text(product: Product, _context: CheckContext) -> Iterator[Finding]:
    """TITLE_EMOJI_LEFT_OUT, TEXT_INVISIBLE_REMOVED for the name and for the description, DESCRIPTION_SCRIPT_REMOVED; all INFO.

    Example:
        >>> from decimal import Decimal
        >>> from onestop.domain.catalog.product import Variant
        >>> socks = Product(seller_id="kim", sku="A", title="양\\u200b말 🧦", price_krw=Decimal(9000), variants=(Variant(sku="A"),))
        >>> [finding.code for finding in cleaned_text(socks, None)]
        ['TITLE_EMOJI_LEFT_OUT', 'TEXT_INVISIBLE_REMOVED']
    """
    if not product.title.isascii() and (emoji := _EMOJI.findall(product.title)):
        shown = " ".join(dict.fromkeys(emoji[:_MOST_SHOWN]))
        yield Finding.of("TITLE_EMOJI_LEFT_OUT", field="title", cell=product.cell("title"), emoji=shown)
    for field, text in (("title", product.title), ("description", product.description_html)):
        if not text.isascii() and (count := len(_INVISIBLE.findall(_EMOJI.sub("", text)))):
            yield Finding.of("TEXT_INVISIBLE_REMOVED", field=field, cell=product.cell(field), count=count)
    if found := [match[match.lastindex or 0].lower() for match in _SCRIPT.finditer(product.description_html)]:
        names = ", ".join(dict.fromkeys(found[:_MOST_SHOWN]))
        yield Finding.of("DESCRIPTION_SCRIPT_REMOVED", field="description", cell=product.cell("description"), names=names)
