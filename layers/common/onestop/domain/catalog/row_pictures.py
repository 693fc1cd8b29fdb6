"""The pictures that a product's rows refer to: in cells of their own, and in the HTML of the description."""

import re
from collections.abc import Container, Sequence
from html import unescape
from typing import NamedTuple

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.values import proven

MAX_DETAIL_PICTURES = 100
"""Pictures taken from one description: detail pages are cut into some tens of strips."""

# One scan from left to right, so that hostile text costs no more than any other: what is left out is skipped as a whole.
_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|iframe|noscript|template)\b.*?(?:</\1\s*>|\Z)|<img\b([^<>]*)", re.IGNORECASE | re.DOTALL
)
_SRC = re.compile(r"""(?:^|[\s"'/])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


class HtmlPictures(NamedTuple):
    """What the pictures of a description refer to, in order, each once; and how many are written into it instead."""

    refs: tuple[str, ...]
    inline: int


_NONE = HtmlPictures((), 0)


def html_pictures(html: str) -> HtmlPictures:
    """The pictures that HTML shows; scripts, frames, styles and comments are left out, and so are pictures inside them.

    Example:
        >>> html_pictures('<p><img width="1" src="//img.example.com/1.jpg"><script>"<img src=2.jpg>"</script>')
        HtmlPictures(refs=('https://img.example.com/1.jpg',), inline=0)
    """
    if "<img" not in html and "<IMG" not in html and "<Img" not in html:
        return _NONE
    found = (_SRC.search(match[2]) for match in _TAGS.finditer(html) if match[2] is not None)
    sources = [unescape(src[1] or src[2] or src[3] or "").strip() for src in found if src]
    refs = [f"https:{src}" if src.startswith("//") else src for src in sources if src and not _is_inline(src)]
    return HtmlPictures(tuple(dict.fromkeys(" ".join(ref.split()) for ref in refs)), sum(map(_is_inline, sources)))


def read_pictures(rows: Sequence[SellerRow], html: str) -> tuple[SourcePicture, ...]:
    """All pictures, in the seller's order, each once.

    The first one that has a cell of its own is the main one.

    Args:
        rows: the product's rows.
        html: the description.

    Findings: PICTURE_INLINE.

    Example:
        >>> from onestop.domain.catalog.columns import Column, Kind, place
        >>> from onestop.domain.catalog.plan import Plan
        >>> names = ["image_1"]
        >>> columns = [Column(field=name, kind=Kind.PICTURE, headers=(name,)) for name in names]
        >>> placed = {column.field: place(column, [name.replace("_", "") for name in names], names) for column in columns}
        >>> row = SellerRow(["1.jpg"], Plan(placed, 1), 2, None)
        >>> [(one.ref, one.role.value) for one in read_pictures([row], '<img src="2.jpg">')]
        [('1.jpg', 'main'), ('2.jpg', 'detail')]
    """
    found: dict[str, SourcePicture] = {}
    for row in rows:
        for field in row.picture_fields():
            cell = row.cell(field)
            for ref in row.items(field):
                if ref not in found:
                    role = PictureRole.GALLERY if found else PictureRole.MAIN
                    found[ref] = proven(SourcePicture, {"ref": ref, "role": role, "cell": cell})
    own = tuple(found.values())
    return own + _detail(rows[0], html, found) if "<" in html else own


def _detail(row: SellerRow, html: str, refs: Container[str]) -> tuple[SourcePicture, ...]:
    """The pictures of the description that no cell of their own refers to."""
    detail = html_pictures(html)
    if detail.inline:
        row.report("PICTURE_INLINE", "description", count=detail.inline)
    shown = [ref for ref in detail.refs if ref not in refs][:MAX_DETAIL_PICTURES]
    cell = row.cell("description") if shown else ""
    return tuple(proven(SourcePicture, {"ref": ref, "role": PictureRole.DETAIL, "cell": cell}) for ref in shown)


def _is_inline(src: str) -> bool:
    return src[:5].lower() == "data:"
