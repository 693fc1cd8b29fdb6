"""Small shared value types: exact decimals, digests, the identity of a product."""

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Generic, Self, TypeVar, overload

from pydantic import BaseModel, BeforeValidator, PlainSerializer

Model = TypeVar("Model", bound=BaseModel)
Owner = TypeVar("Owner")
Value = TypeVar("Value")


def _no_float(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("a float is not exact; give a string or a Decimal")
    return value


def plain(value: Decimal) -> str:
    """A decimal as plain digits, without exponent.

    Example:
        >>> plain(Decimal("1E+3")), plain(Decimal("9.90"))
        ('1000', '9.90')
    """
    return format(value, "f")


ExactDecimal = Annotated[Decimal, BeforeValidator(_no_float), PlainSerializer(plain, return_type=str)]
"""A Decimal that refuses floats and is written as plain digits in a JSON string."""


def proven(model: type[Model], fields: Mapping[str, Any]) -> Model:
    """A model of values that whoever read them has proven already: what ``model_validate`` would give, without looking again.

    It is for the models that are made by the hundred thousand, where a test holds both ways to the same result.
    All its fields count as set. ``model_construct`` gives the same at ten times the cost, since it looks for aliases.

    Args:
        model: a model without aliases, private attributes and validators that change a value.
        fields: every field that is required or whose default is made anew each time, each of exactly the declared type.

    Example:
        >>> from onestop.domain.catalog.product import PictureRole, SourcePicture
        >>> proven(SourcePicture, {"ref": "1.jpg", "role": PictureRole.MAIN})
        SourcePicture(ref='1.jpg', role=<PictureRole.MAIN: 'main'>, cell=None)
    """
    defaults, make = _maker(model)
    made: Model = make({**defaults, **fields})
    return made


def maker(model: type[Model]) -> tuple[dict[str, Any], Callable[[dict[str, Any]], Model]]:
    """For models that are made by the million: every field with its default, and what makes a model as ``proven`` does.

    The second takes all fields, in their order, in a dict that becomes the model's own. Fields without a default, or with one
    that is made anew each time, are None in the first.

    Example:
        >>> from onestop.domain.catalog.product import PictureRole, SourcePicture
        >>> defaults, picture = maker(SourcePicture)
        >>> picture({**defaults, "ref": "1.jpg", "role": PictureRole.MAIN}) == SourcePicture(ref="1.jpg", role=PictureRole.MAIN)
        True
    """
    defaults = {name: None if field.is_required() else field.get_default() for name, field in model.model_fields.items()}
    names, new = set(defaults), object.__new__

    def make(fields: dict[str, Any]) -> Model:
        made = new(model)
        _set_values(made, fields)
        _set_names(made, names)
        _set_extra(made, None)
        _set_private(made, None)
        return made

    return defaults, make


# What every model consists of. A frozen one refuses to be set by name, and looking the names up takes longer than setting them.
_set_values, _set_names, _set_extra, _set_private = (
    BaseModel.__dict__[name].__set__ for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
_maker = cache(maker)


class once(Generic[Owner, Value]):  # noqa: N801 - it stands where ``property`` does
    """A property that is worked out when it is asked for first: ``functools.cached_property`` without its lock.

    Until Python 3.11 that takes a lock each time, at half a microsecond; later ones have none. For what is made for one title or
    one row and asked by one thread.

    Example:
        >>> class Title:
        ...     @once
        ...     def words(self) -> list[str]:
        ...         return ["여성", "티셔츠"]
        >>> title = Title()
        >>> title.words is title.words
        True
    """

    def __init__(self, work_out: Callable[[Owner], Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Owner, owner: type) -> Value: ...
    def __get__(self, instance: Owner | None, owner: type) -> Self | Value:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._work_out(instance)
        return value


def digest(*parts: object) -> str:
    """A short content address: the first 32 hex digits of SHA-256 over canonical JSON of the parts.

    Models count with their JSON form; the order of keys does not matter, the order of parts does.

    Example:
        >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
        True
        >>> digest("a", "b") == digest("ab")
        False
    """
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=_jsonable)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _jsonable(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
