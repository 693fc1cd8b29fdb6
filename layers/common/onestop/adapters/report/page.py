"""``report.html``: one page that needs nothing but itself, in Korean with an English switch."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from onestop.adapters.report import formats, words
from onestop.adapters.report.thumbnails import Read, media_link
from onestop.adapters.report.view import grouped, page_view
from onestop.domain.listing.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = "onestop.adapters.report"


def report_page(report: Report, read: Read) -> bytes:
    """The page of an upload. The same report gives the same bytes.

    It asks nothing of any other host: pictures are inside, and its policy forbids every request as well as every script
    and style but its own, so a hostile title stays text whatever happens.

    Args:
        report: what the seller is told.
        read: key -> bytes of a thumbnail, None when it is not there.
    """
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html.j2")
    return page.render(view=page_view(report, read), style=style, script=script, policy=_policy(style, script)).encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Autoescape without exception: the templates end in .j2, which the selective mode would not recognise.
    environment = Environment(
        loader=PackageLoader(_PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "say": formats.say, "words": words, "field_name": words.field_name, "media_link": media_link, "grouped": grouped,
    }  # fmt: skip
    environment.filters |= {"won": formats.won, "rate": formats.rate, "day": formats.day, "language": formats.language}
    return environment


@cache
def _asset(name: str) -> Markup:
    """A stylesheet or script of ours, which goes into the page as it is."""
    return Markup(files(_PACKAGE).joinpath("templates", name).read_text(encoding="utf8"))  # noqa: S704 - our own file


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; img-src data:; style-src {_source(style)}; script-src {_source(script)}; base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
