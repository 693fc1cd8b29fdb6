"""A call of an IOP gateway, what answers it, and what refuses it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import FileStorage

Reply = dict[str, Any]


class Ask(NamedTuple):
    """A call that came through the gate: text parameters, files, and whose token it brought."""

    params: Mapping[str, str]
    files: Mapping[str, FileStorage]
    seller_id: str = ""


Api = Callable[[Ask], Reply]


class RefusedError(Exception):
    """A reply that is not 0."""

    def __init__(self, code: str, message: str = "", *, kind: str = "ISV", detail: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.reply: Reply = {"type": kind, "code": code, "message": message, **({"detail": detail} if detail else {})}
