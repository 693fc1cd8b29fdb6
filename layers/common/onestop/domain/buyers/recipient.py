"""To whom an order is shipped: the fields that a parcel's label needs, and nothing else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from onestop.domain.channels.push_fields import plain_text
from onestop.domain.values import digest

Text = Annotated[str, StringConstraints(max_length=300)]
Line = Annotated[str, StringConstraints(max_length=300)]


class OrderName(NamedTuple):
    """Which order: its id is unique within one store only."""

    partner: str
    seller_id: str
    market: str
    order_id: str

    @property
    def key(self) -> str:
        """Content address of the four: an order can be spoken of by it, and not be found by its number."""
        return digest("buyer", *self)


class Recipient(BaseModel):
    """One recipient. It is sealed before it is stored, and its text representation says nothing.

    Attributes:
        name, phone, postcode, city: as the marketplace gives them, plain text; empty when it does not.
        lines: the lines of the address.
        country: as the marketplace writes it.
    """

    model_config = ConfigDict(frozen=True)

    name: Text = ""
    phone: Text = ""
    lines: tuple[Line, ...] = Field((), max_length=5)
    postcode: Text = ""
    city: Text = ""
    country: Text = ""

    def __repr__(self) -> str:
        """Not a word of the buyer: an error or a log may show this."""
        return "Recipient(...)"

    __str__ = __repr__

    @property
    def told(self) -> tuple[str, ...]:
        """The names of the fields that are not empty, for the record of who read what.

        Example:
            >>> Recipient(name="x", lines=("y",)).told, str(Recipient(name="x"))
            (('name', 'lines'), 'Recipient(...)')
        """
        return tuple(name for name in Recipient.model_fields if getattr(self, name))


def recipient_of_package(address: Mapping[str, object]) -> Recipient:
    """The recipient in Trendyol's ``shipmentAddress``; fields that are not named here are never read.

    Source: Trendyol developers' pages, getShipmentPackages (shipmentAddress), read 2026-11-24.

    Example:
        >>> told = {"firstName": "Ayşe", "lastName": "Yılmaz", "address1": "Lale Sk. 5", "district": "Kadıköy", "city": "İstanbul",
        ...     "countryCode": "TR", "phone": "905550000000", "fullAddress": "x"}
        >>> found = recipient_of_package(told)
        >>> found.lines, found.country, found.told
        (('Lale Sk. 5', 'Kadıköy'), 'TR', ('name', 'phone', 'lines', 'city', 'country'))
    """
    names = {
        "firstName": "first_name", "lastName": "last_name", "address1": "address1", "address2": "address2", "district": "address3",
        "postalCode": "post_code", "countryCode": "country", "city": "city", "phone": "phone",
    }  # fmt: skip
    return recipient_of({name: address[told] for told, name in names.items() if told in address})


def recipient_of(address: Mapping[str, object]) -> Recipient:
    """The recipient in a marketplace's ``address_shipping``; fields that are not named here are never read.

    Source: Lazada Open Platform, GetOrder (address_shipping), read 2026-11-24.

    Example:
        >>> told = {"first_name": "Mei", "last_name": "Tan", "phone": "6581", "address1": "1 Road", "city": "SG", "email": "x"}
        >>> found = recipient_of(told)
        >>> found.name, found.lines, found.told
        ('Mei Tan', ('1 Road',), ('name', 'phone', 'lines', 'city'))
    """
    said = {name: plain_text(str(value)) for name, value in address.items() if isinstance(value, str | int)}
    name = " ".join(part for part in (said.get("first_name", ""), said.get("last_name", "")) if part)
    lines = tuple(line for number in range(1, 6) if (line := said.get(f"address{number}", "")))
    return Recipient(
        name=name[:300], phone=said.get("phone", ""), lines=lines, postcode=said.get("post_code", ""), city=said.get("city", ""),
        country=said.get("country", ""),
    )  # fmt: skip


class BuyersPolicy(BaseModel):
    """``buyers.json``.

    Attributes:
        keep_days: after which a recipient is forgotten, from when it was kept.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    keep_days: int = Field(gt=0)

    @property
    def keep(self) -> timedelta:
        """The same as a span."""
        return timedelta(days=self.keep_days)
