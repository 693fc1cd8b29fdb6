"""Where a listing goes: a country, its marketplace, its language and currency, and that marketplace's limits."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding


class TextLimits(BaseModel):
    """How long a channel lets a text be; None where the channel states no limit."""

    model_config = ConfigDict(frozen=True)

    title_max_chars: int
    title_max_bytes: int | None = None
    title_min_chars: int = 0
    description_max_chars: int | None = None


class PictureSpec(BaseModel):
    """What a channel asks of a picture. Markets whose channels ask the same share one spec and one set of pictures.

    Attributes:
        spec_id: stable name, such as ``square-1600-white-jpeg``; a part of every adapted picture's key.
        width_px, height_px: of the adapted picture.
        min_width_px, min_height_px: a smaller source is refused, never enlarged and passed off as real.
        max_bytes: of the adapted picture.
        max_count: pictures per listing.
    """

    model_config = ConfigDict(frozen=True)

    spec_id: str
    width_px: int
    height_px: int
    min_width_px: int
    min_height_px: int
    max_bytes: int
    max_count: int
    background: str = "white"
    media_type: str = "image/jpeg"


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
