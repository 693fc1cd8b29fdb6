"""How the marketplaces differ that share the IOP gateway; the facts and their grades are in ``channels/iop.json``."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

EVERYWHERE = "*"
"""The country of an address that serves all of them."""


class StoreLimits(BaseModel):
    """What a product API takes.

    Attributes:
        max_skus_per_call: more of them in one call time out.
        skus_per_call: as many as the marketplace advises when it is told of a product.
        stock_skus_per_call: as many as it advises when it is told of stock or prices alone.
    """

    model_config = ConfigDict(frozen=True)

    title_max_chars: int
    description_max_chars: int
    max_images: int
    max_skus_per_call: int
    skus_per_call: int
    stock_skus_per_call: int
    max_sale_props: int
    max_weight_g: int
    seller_sku_pattern: str
    banned_in_values: str


class Parcel(BaseModel):
    """The outside of a parcel, centimetres."""

    model_config = ConfigDict(frozen=True)

    length_cm: int = Field(gt=0)
    width_cm: int = Field(gt=0)
    height_cm: int = Field(gt=0)


class Family(BaseModel):
    """One marketplace of the IOP gateway.

    Attributes:
        endpoints: country -> address of its system API, ending in ``/rest``; ``*`` is every country.
        business_endpoints: the same of calls that are named by ``method``; AliExpress only.
        token_endpoint: where tokens are had; empty where that is the country's own address.
        token_parameter: the name under which the access token travels, and is signed.
        payload: how a product is written.
        stock_call: which call tells how much may be sold: one of its own, or the one that tells prices.
        languages: country -> the language code of its category attributes; for AliExpress our locale -> its code.
        paths: what we do -> the API that does it, where families differ.
        no_brand: the brand of goods that have none.
        calls_per_s: beginning of an API's path -> how many calls a seller may make each second; the longest that fits counts.
        limits, package: what a product may be, and the parcel of one that tells no size.
        grades: field -> how sure we are of it.
    """

    model_config = ConfigDict(frozen=True)

    endpoints: dict[str, str]
    business_endpoints: dict[str, str] = Field(default_factory=dict)
    token_endpoint: str = ""
    token_parameter: str = "access_token"  # noqa: S105  # a name, not a secret
    payload: Literal["json", "xml"] = "json"
    stock_call: Literal["sellable", "price_quantity"] = "sellable"
    languages: dict[str, str] = Field(default_factory=dict)
    paths: dict[str, str] = Field(default_factory=dict)
    no_brand: str = "No Brand"
    calls_per_s: dict[str, int]
    limits: StoreLimits
    package: Parcel
    grades: dict[str, str] = Field(default_factory=dict)

    def endpoint(self, market: str, *, business: bool = False) -> str:
        """The address for calls about a country.

        Raises:
            KeyError: the marketplace does not sell there.
        """
        known = self.business_endpoints if business else self.endpoints
        return known[market] if market in known else known[EVERYWHERE]

    def limit_of(self, name: str) -> tuple[str, int]:
        """What shares a limit, and the calls a second that a seller may make under it; an API that is not listed has one of its own.

        Example:
            >>> pace = {"/product/stock/": 50, "": 10}
            >>> family = Family.model_construct(calls_per_s=pace)
            >>> family.limit_of("/product/stock/sellable/update"), family.limit_of("/order/get")
            (('/product/stock/', 50), ('/order/get', 10))
        """
        prefix = max((begin for begin in self.calls_per_s if name.startswith(begin)), key=len)
        return prefix or name, self.calls_per_s[prefix]


def is_business(name: str) -> bool:
    """Whether an API is named by ``method`` and not by its path: its signature then has no path in front.

    Source: AliExpress open platform, signature algorithm (system and business interfaces), read 2026-11-24.

    Example:
        >>> is_business("aliexpress.solution.product.post"), is_business("/auth/token/create")
        (True, False)
    """
    return "/" not in name
