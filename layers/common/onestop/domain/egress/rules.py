"""Which fields may go to whom and what for: a field that no rule names is not sent."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

_STEP = re.compile(r"[.\s]")
_ELEMENT = re.compile(r"<(/?)([A-Za-z_]\w*)[^<>]*?(/?)>")
_DOCUMENTS = ("<?xml", "<Request")


class EgressRule(BaseModel):
    """What one partner gets for one purpose.

    Attributes:
        why: what the partner needs it for, one sentence.
        fields: names as ``names_of`` gives them; a ``*`` stands for any one name between two dots.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    why: str
    fields: tuple[str, ...] = ()


class EgressPartner(BaseModel):
    """One partner.

    Attributes:
        like: another partner whose purposes hold here too.
        product_ids: under what name it learns of a product. ``pseudonym``: one that no other partner hears; ``seller_sku``: its
            variants' codes alone; ``none``: it learns no name of it.
        product_ids_why: why it cannot do without the seller's own codes.
        common: fields that come with every purpose, such as keys and times.
        purposes: what is asked of it -> the rule.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    like: str | None = None
    product_ids: Literal["pseudonym", "seller_sku", "none"]
    product_ids_why: str = ""
    common: tuple[str, ...] = ()
    purposes: dict[str, EgressRule] = {}


class EgressRules(BaseModel):
    """``egress.json``.

    Attributes:
        version: content address of the file; every row of the ledger says by which one it was allowed.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    version: str
    partners: dict[str, EgressPartner]

    def refused(self, partner: str, purpose: str, fields: Iterable[str]) -> tuple[str, ...]:
        """The fields that this partner may not get for this purpose, in their order; all, when nobody agreed on the purpose.

        Example:
            >>> shop = EgressPartner(product_ids="none", common=("key",), purposes={"list": EgressRule(why="x", fields=("item.*",))})
            >>> rules = EgressRules(version="1", partners={"shop": shop, "twin": EgressPartner(like="shop", product_ids="none")})
            >>> rules.refused("twin", "list", ["key", "item.title", "item.title.en", "buyer"])
            ('buyer', 'item.title.en')
            >>> rules.refused("shop", "delist", ["key"]), rules.refused("stranger", "list", [])
            (('key',), ('stranger',))
        """
        told = sorted(set(fields))
        allowed = self._allowed(partner, purpose)
        if allowed is None:
            return tuple(told) or (partner,)
        return tuple(name for name in told if not any(_fits(pattern, name) for pattern in allowed))

    def _allowed(self, partner: str, purpose: str) -> Sequence[str] | None:
        found = self.partners.get(partner)
        if found is None:
            return None
        rule = found.purposes.get(purpose)
        if rule is not None:
            return (*found.common, *rule.fields)
        above = self._allowed(found.like, purpose) if found.like else None
        return None if above is None else (*found.common, *above)


def _fits(pattern: str, name: str) -> bool:
    wanted, given = pattern.split("."), name.split(".")
    return len(wanted) == len(given) and all(step in ("*", own) for step, own in zip(wanted, given, strict=True))


def names_of(sent: Mapping[str, object]) -> frozenset[str]:
    """The names of all fields in what is sent, without their values: lists count as what they hold, a form's JSON or XML is opened.

    Example:
        >>> payload = '{"Product":{"Images":{"Image":["a","b"]},"Skus":[{"SellerSku":"A"},{"SellerSku":"B","price":"1"}]}}'
        >>> sorted(names_of({"app_key": "k", "payload": payload}))
        ['app_key', 'payload.Product.Images.Image', 'payload.Product.Skus.SellerSku', 'payload.Product.Skus.price']
        >>> sorted(names_of({"payload": "<Request><Sku><Id>1</Id></Sku><Sku><Id>2</Id><Note/></Sku></Request>", "title": "[1+1] <b>"}))
        ['payload.Request.Sku.Id', 'payload.Request.Sku.Note', 'title']
    """
    found: set[str] = set()
    for name, value in sent.items():
        found |= set(_under(_named(name), _opened(value)))
    return frozenset(found)


def _opened(value: object) -> object:
    """A form's field may hold a whole document; a text that only looks like one stays a text."""
    if not isinstance(value, str):
        return value
    if value.startswith(_DOCUMENTS):
        return _elements(value)
    try:
        document = json.loads(value) if value.startswith(("{", "[")) else value
    except ValueError:
        return value
    return document if isinstance(document, dict | list) else value


def _under(place: str, value: object) -> Iterable[str]:
    if isinstance(value, Mapping) and value:
        for name, one in value.items():
            yield from _under(f"{place}.{_named(str(name))}", one)
    elif isinstance(value, list | tuple) and value:
        for one in value:
            yield from _under(place, one)
    else:
        yield place


def _elements(text: str) -> dict[str, object]:
    """An XML document of ours as its innermost elements, each a path of dictionaries: what it says stays behind."""
    root: dict[str, object] = {}
    path = [root]
    for closes, name, empty in _ELEMENT.findall(text.partition("?>")[2] if text.startswith("<?xml") else text):
        if closes:
            path = path[:-1] or [root]
            continue
        inner = path[-1].setdefault(name, {})
        if not empty and isinstance(inner, dict):
            path.append(inner)
    return root


def _named(name: str) -> str:
    return _STEP.sub("_", name)
