"""One edit: what a person wrote over the machine's text or price, for one field of one product, in a language or in one market.

The seller's and a reviewer's are kept side by side, so that neither ever takes the other's place.
"""

import re
import unicodedata
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from onestop.domain.text.memory import Status
from onestop.domain.text.normalise import normalise

TITLE, DESCRIPTION, BRAND, OPTION, HIGHLIGHT, PRICE, PICTURE = (
    "title", "description", "brand", "option:", "highlight_", "price", "picture:",
)  # fmt: skip
PRICE_ACCEPTED = "price_accepted"
STEERING, OFF = "title_steering", "off"
"""Whether a title follows the market's demand, and what says that it does not."""
OF_PRICES = frozenset({PRICE, PRICE_ACCEPTED})
"""The fields that reach a price and no text."""
_FIELD_NAMES = {
    "title": TITLE, "제목": TITLE, "상품명": TITLE, "description": DESCRIPTION, "설명": DESCRIPTION, "상세설명": DESCRIPTION,
    "brand": BRAND, "브랜드": BRAND, "price": PRICE, "가격": PRICE,
    "title_steering": STEERING, "검색어 맞춤": STEERING, "검색어맞춤": STEERING,
    "price_accepted": PRICE_ACCEPTED, "가격 승인": PRICE_ACCEPTED, "가격승인": PRICE_ACCEPTED,
}  # fmt: skip
_REVIEWED = "reviewed#"
_MARKET = re.compile("[A-Z]{2}")
_OPTION = re.compile(r"(?:option|옵션)\s*[:：]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_HIGHLIGHT = re.compile(r"(?:highlight|특징|강조)[\s_]*([1-9])", re.IGNORECASE)


class Edit(BaseModel):
    """One edit.

    Attributes:
        scope: a locale, or the code of the one market that it is for.
        field: ``title``, ``description``, ``brand``, ``option:<Korean>``, ``highlight_<n>``, ``title_steering``; in a market also
            ``price``, and ``price_accepted`` for a price that is odd and meant.
        value: what shows instead; empty when the edit was taken back.
        source: the Korean title that a title was written for, as it is remembered; empty for other fields.
        source_digest: of what the field said in Korean when the edit was made; empty while the product is not there yet.
        cell: the person's own cell.
        reviewer: initials of the reviewer who stands behind it; empty when it is the seller's.
        updated_at: UTC.
    """

    model_config = ConfigDict(frozen=True)

    sku: str
    scope: str
    field: str
    value: str
    source: str = ""
    source_digest: str = ""
    cell: str | None = None
    reviewer: str = ""
    updated_at: datetime

    @property
    def key(self) -> str:
        """What tells it from the product's other edits.

        Example:
            >>> at = datetime(2026, 1, 2)
            >>> Edit(sku="A-1", scope="SG", field="title", value="Rice", updated_at=at).key
            'SG#title'
        """
        return f"{_REVIEWED if self.reviewer else ''}{self.scope}#{self.field}"

    @property
    def status(self) -> Status:
        """Who stands behind it."""
        return Status.REVIEWED if self.reviewer else Status.SELLER

    @property
    def market(self) -> str | None:
        """The one market that it is for; None when it is for a language."""
        return self.scope if _MARKET.fullmatch(self.scope) else None


def is_of_text(edit: Edit) -> bool:
    """Whether an edit stands in a text; those of prices and of the words in pictures do not, nor what turns steering off.

    Example:
        >>> at = datetime(2026, 1, 2)
        >>> edits = [Edit(sku="A-1", scope="en", field=one, value="x", updated_at=at) for one in ("title", "price", "picture:a.jpg#L1")]
        >>> [is_of_text(edit) for edit in edits]
        [True, False, False]
    """
    return edit.field not in OF_PRICES and edit.field != STEERING and not edit.field.startswith(PICTURE)


def edit_field(text: str) -> str | None:
    """The field that a cell names in English or Korean, or None.

    Example:
        >>> [edit_field(name) for name in ("Title", "상품명", "옵션: 350g*3개", "highlight 2", "가격", "weight")]
        ['title', 'title', 'option:350g*3개', 'highlight_2', 'price', None]
    """
    # An option is named as the product has it, not in the spelling that texts are compared in.
    if option := _OPTION.fullmatch(" ".join(unicodedata.normalize("NFC", text).split())):
        return f"{OPTION}{option[1]}"
    name = normalise(text)
    if highlight := _HIGHLIGHT.fullmatch(name):
        return f"{HIGHLIGHT}{highlight[1]}"
    return _FIELD_NAMES.get(name.lower())
