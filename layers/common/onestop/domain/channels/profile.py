"""What a channel takes and how it wants to be told: one profile per channel, read from ``channels/profiles/``."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from onestop.domain.channels.market import Market, Markets, PictureSpec, TextLimits

UNVERIFIED = "UNVERIFIED"


class Limits(BaseModel):
    """What a channel takes; None where it states no limit.

    Attributes:
        price_decimals: currency -> decimals of a price. Money in another currency is never sent.
        banned_in_values: characters that a brand or an option may not hold.
        seller_sku_pattern, product_code_pattern, barcode_pattern: regular expressions of the whole code.
        weight_required: whether every variant has to tell its weight.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title_min_chars: int = 1
    title_max_chars: int
    title_max_bytes: int | None = None
    description_max_chars: int | None = None
    min_images: int = 1
    max_images: int
    max_skus_per_call: int
    max_sale_props: int | None = None
    seller_sku_pattern: str = ".+"
    product_code_pattern: str = ".+"
    barcode_pattern: str = ".*"
    banned_in_values: str = ""
    max_weight_g: int | None = None
    weight_required: bool = False
    price_decimals: dict[str, int]


class Handling(BaseModel):
    """How a channel wants its categories or brands told, in words; ``none`` is the brand of goods without one."""

    model_config = ConfigDict(frozen=True)

    how: str
    none: str = ""
    grade: str
    source: str


class Payload(BaseModel):
    """Field of the channel's product API -> what of a listing stands in it, once for the product and once for each SKU."""

    model_config = ConfigDict(frozen=True)

    product: dict[str, str]
    sku: dict[str, str]


class CallRates(BaseModel):
    """How often the channel may be called, and how long it remembers; None where that is kept elsewhere or not known.

    Attributes:
        calls, per_s: so many calls in so many seconds.
        items_per_call: the most items of a call.
        same_body_s: so long the same request is refused.
        give_up_s: so long the result of a batch is looked for.
    """

    model_config = ConfigDict(frozen=True)

    calls: int
    per_s: int
    items_per_call: int
    same_body_s: int
    result_kept_s: int
    give_up_s: int


class ChannelProfile(BaseModel):
    """One channel.

    Attributes:
        channel: the name that a market gives, such as ``lazada``.
        name: as people write it.
        family: whose protocol it speaks: ``iop`` or ``trendyol``.
        grades: limit -> how sure it is (V, 2nd or UNVERIFIED) and why.
        push: the partner in ``channels/webhooks.json`` whose pushes it sends.
        reasons: words of a refusal -> the same in Korean and in English, and the seller's field that it is about.
        errors: the pack with its error classes; empty where its answers say what they mean.
    """

    model_config = ConfigDict(frozen=True)

    channel: str
    name: str
    family: str
    limits: Limits
    grades: dict[str, str]
    category: Handling
    brand: Handling
    push: str = ""
    errors: str = ""
    payload: Payload
    rates: CallRates | None = None
    reasons: tuple[tuple[str, str, str, str | None], ...] = Field(default=())

    def is_sure(self, limit: str) -> bool:
        """Whether a limit is more than a guess; a guess holds nothing back."""
        return not self.grades[limit].startswith(UNVERIFIED)

    def text_limits(self) -> TextLimits:
        """What a text has to be written within; a guess is kept too, since a shorter text harms nobody."""
        return TextLimits.model_validate(self.limits.model_dump(include=set(TextLimits.model_fields)))


def profiles_of(documents: Iterable[Mapping[str, Any]]) -> dict[str, ChannelProfile]:
    """Channel -> its profile.

    What a document leaves out is as in the one that it ``inherits``; what is inherited is UNVERIFIED unless it says otherwise.

    Raises:
        ValueError: a field is missing or wrong, or a limit has no grade.
        KeyError: a document inherits from one that is not there.
    """
    by_name = {document["channel"]: document for document in documents}
    return {name: _profile(document, by_name) for name, document in by_name.items()}


def _profile(document: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]]) -> ChannelProfile:
    base = by_name[document["inherits"]] if "inherits" in document else {}
    limits = {**base.get("limits", {}), **document["limits"]}
    assumed = {limit: f"{UNVERIFIED} as {base['channel']}: {grade}" for limit, grade in base.get("grades", {}).items()}
    grades = {**assumed, **document["grades"]}
    if ungraded := limits.keys() - grades.keys():
        raise ValueError(f"{document['channel']}: no grade for {', '.join(sorted(ungraded))}")
    return ChannelProfile.model_validate({**base, **document, "limits": limits, "grades": grades})


def markets_of(
    rows: Iterable[Mapping[str, Any]], profiles: Mapping[str, ChannelProfile], pictures: Mapping[str, PictureSpec]
) -> Markets:  # fmt: skip
    """Every market, each with what its channel asks of texts and pictures.

    Raises:
        ValueError: a field is missing or wrong.
        KeyError: a market names a channel that has no profile or no picture specification.
    """
    made = (Market(**row, text=profiles[row["channel"]].text_limits(), pictures=pictures[row["channel"]]) for row in rows)
    return Markets(by_code={market.code: market for market in made})
