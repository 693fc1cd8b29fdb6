"""Where a listing goes: a country, its marketplace, its language and currency, and that marketplace's limits."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onestop.domain.catalog.product import PictureRole
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding


class TextLimits(BaseModel):
    """How long a channel lets a text be; None where the channel states no limit."""

    model_config = ConfigDict(frozen=True)

    title_max_chars: int
    title_max_bytes: int | None = None
    title_min_chars: int = 0
    description_max_chars: int | None = None


class TextRule(StrEnum):
    """Which words a channel lets a picture of some role carry."""

    FORBIDDEN = "forbidden"
    """None: they are removed, or another picture takes the place."""
    MARKET = "market"
    """Only words in the market's own language."""
    ANY = "any"
    """The channel does not mind."""


class PictureFit(StrEnum):
    """How a picture comes to the shape of its canvas; in no way is it enlarged, and in none is the subject cut."""

    PAD = "pad"
    """Whole, on a canvas of the spec's shape."""
    CROP = "crop"
    """As PAD, but first an empty border is cut where the subject fills too little of the picture."""
    KEEP = "keep"
    """Whole and in its own proportions, within the spec's size: for long pages, which a square would shrink to a stripe."""


class PictureSpec(BaseModel):
    """What a channel asks of a picture. Markets whose channels ask the same share one spec and one set of pictures.

    The fields say what is asked of a main picture; ``roles`` what is asked otherwise of the others, see ``for_role``.

    Attributes:
        spec_id: stable name, such as ``square-1600-white-jpeg``; a part of every adapted picture's key.
        width_px, height_px: of the adapted picture; with KEEP the most that it may have.
        min_width_px, min_height_px: a smaller source is refused, never enlarged and passed off as real.
        advised_px: the side that the channel advises to have at least; an empty border is not cut below it.
        max_bytes: of the adapted picture.
        max_count: pictures per listing, all roles together.
        background: colour of what is padded and of what shows through transparency.
        white_ground: whether the channel wants the photo itself to stand on white.
        min_fill_pct: how much of the longest side the subject should fill at least; 0 where the channel does not say.
        fill_pct: how much it fills after its empty border was cut.
        text: which words the picture may carry.
        dpi: dots per inch that the file declares.
        exact_size: whether the channel takes no other size; a small picture then gets a wider border.
        roles: role -> the fields that are asked otherwise, with a ``spec_id`` of their own.

    Raises:
        ValueError: a field that does not exist, also in ``roles``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    spec_id: str
    width_px: int
    height_px: int
    min_width_px: int
    min_height_px: int
    max_bytes: int
    max_count: int
    advised_px: int = 0
    background: Literal["white"] = "white"
    media_type: Literal["image/jpeg", "image/webp"] = "image/jpeg"
    white_ground: bool = False
    min_fill_pct: int = 0
    fill_pct: int = 85
    fit: PictureFit = PictureFit.PAD
    text: TextRule = TextRule.MARKET
    dpi: int = 72
    exact_size: bool = False
    roles: dict[PictureRole, dict[str, Any]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _roles_are_specs(self) -> Self:
        for role in self.roles:
            self.for_role(role)
        return self

    def for_role(self, role: PictureRole) -> "PictureSpec":
        """What is asked of a picture of this role.

        Example:
            >>> spec = PictureSpec(spec_id="square", width_px=1600, height_px=1600, min_width_px=500, min_height_px=500, max_bytes=9,
            ...                    max_count=8, roles={"detail": {"spec_id": "whole", "height_px": 5000, "fit": "keep"}})
            >>> spec.for_role(PictureRole.DETAIL).height_px, spec.for_role(PictureRole.GALLERY).height_px
            (5000, 1600)
        """
        return PictureSpec.model_validate({**self.model_dump(exclude={"roles"}), **self.roles.get(role, {})})


class Market(BaseModel):
    """One destination.

    Attributes:
        code: ISO 3166-1 alpha-2.
        channel: the marketplace, such as ``lazada``.
        locale: BCP 47, the language the listing is written in.
        currency: ISO 4217.
        listing_digits: decimals that the channel accepts in a price; not always ISO's.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    name_ko: str
    name_en: str
    channel: str
    locale: str
    currency: str
    listing_digits: int
    text: TextLimits
    pictures: PictureSpec


class Markets(BaseModel):
    """Every market that onestop knows.

    Example:
        >>> Markets(by_code={}).get("XX")
        Traceback (most recent call last):
            ...
        onestop.domain.errors.PermanentError: MARKET_UNKNOWN
    """

    model_config = ConfigDict(frozen=True)

    by_code: dict[str, Market]

    def get(self, code: str) -> Market:
        """The market of this code.

        Raises:
            PermanentError: MARKET_UNKNOWN.
        """
        if code not in self.by_code:
            raise PermanentError(Finding.of("MARKET_UNKNOWN", field="markets", market=code, known=", ".join(sorted(self.by_code))))
        return self.by_code[code]

    def require(self, codes: Iterable[str]) -> None:
        """Nothing, when all the codes are known.

        Raises:
            PermanentError: MARKET_UNKNOWN, for the first one that is not.
        """
        for code in codes:
            self.get(code)
