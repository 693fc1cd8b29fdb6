"""The pictures that a product's rows refer to: in cells of their own, and in the HTML of the description."""

import re
from collections.abc import Container, Iterable, Sequence
from html import unescape
from itertools import chain, repeat
from typing import NamedTuple

from onestop.domain.catalog.product import PictureRole, SourcePicture
from onestop.domain.catalog.seller_row import SellerRow
from onestop.domain.values import maker

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


NO_PICTURES = HtmlPictures((), 0)
"""What a description without pictures holds."""

_, _picture = maker(SourcePicture)
_MAIN, _GALLERY, _DETAIL = PictureRole.MAIN, PictureRole.GALLERY, PictureRole.DETAIL


def html_pictures(html: str) -> HtmlPictures:
    """The pictures that HTML shows; scripts, frames, styles and comments are left out, and so are pictures inside them.

    Example:
        >>> html_pictures('<p><img width="1" src="//img.example.com/1.jpg"><script>"<img src=2.jpg>"</script>')
        HtmlPictures(refs=('https://img.example.com/1.jpg',), inline=0)
    """
    if "<img" not in html and "<IMG" not in html and "<Img" not in html:
        return NO_PICTURES
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
    own: dict[str, str] = {}
    for row in rows:
        for cell, refs in row.pictures():
            for ref in refs:
                own.setdefault(ref, cell)
    found = pictures_in(own.values(), own)
    if "<" not in html:
        return found
    head, detail = rows[0], html_pictures(html)
    if detail.inline:
        head.report("PICTURE_INLINE", "description", count=detail.inline)
    return found + detail_pictures(detail, head.cell("description"), own)


def pictures_in(cells: Iterable[str], refs: Iterable[str]) -> tuple[SourcePicture, ...]:
    """The pictures that have cells of their own, where no two are the same; the first is the main one.

    Args:
        cells: the seller's cell of each.
        refs: what each refers to.

    Example:
        >>> [(one.role.value, one.cell) for one in pictures_in(["F2", "G2"], ["1.jpg", "2.jpg"])]
        [('main', 'F2'), ('gallery', 'G2')]
    """
    return tuple(
        [
            _picture({"ref": ref, "role": role, "cell": cell})
            for cell, ref, role in zip(cells, refs, chain((_MAIN,), repeat(_GALLERY)), strict=False)
        ]
    )


def detail_pictures(detail: HtmlPictures, cell: str, own: Container[str]) -> tuple[SourcePicture, ...]:
    """The pictures of a description that no cell of their own refers to.

    Args:
        detail: what the description shows.
        cell: the seller's cell of the description.
        own: what cells of their own refer to.

    Example:
        >>> [(one.ref, one.role.value) for one in detail_pictures(HtmlPictures(("1.jpg", "2.jpg"), 0), "D2", {"1.jpg"})]
        [('2.jpg', 'detail')]
    """
    shown = [ref for ref in detail.refs if ref not in own][:MAX_DETAIL_PICTURES]
    return tuple([_picture({"ref": ref, "role": _DETAIL, "cell": cell}) for ref in shown])


def _is_inline(src: str) -> bool:
    return src[:5].lower() == "data:"
