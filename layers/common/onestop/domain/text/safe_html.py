"""HTML that a person typed, made safe: a few plain tags without attributes, everything else refused."""

import html
import re
from html.parser import HTMLParser

ALLOWED = frozenset({
    "p", "br", "hr", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "span", "div", "blockquote", "h1", "h2", "h3", "h4", "h5",
    "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
"""Tags that a description may have."""

_TAG = re.compile(r"</?[A-Za-z!]")
_VOID = frozenset({"br", "hr"})


class _Rebuilt(HTMLParser):
    """The text written anew from what was understood of it; what is not understood is not written."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.refused: dict[str, None] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.parts += [f"</{tag}>" for tag in reversed(self._open)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or attrs:
            self.refused[tag] = None
            return
        self.parts.append(f"<{tag}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while (inner := self._open.pop()) != tag:
                self.parts.append(f"</{inner}>")
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(html.escape(data, quote=False))


def safe_html(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its plain tags, closed and in order, and the names of the tags that were refused, with or for their attributes.

    Text without any tag becomes paragraphs, one a line; a "<" that opens none is a sign like others.

    Example:
        >>> safe_html("Soft <b>cotton</b><script>x()</script>")
        ('Soft <b>cotton</b>x()', ('script',))
        >>> safe_html("Soft & light\\nMade in Korea")
        ('<p>Soft &amp; light</p><p>Made in Korea</p>', ())
        >>> safe_html("Length < 30 cm\\nI <3 it")
        ('<p>Length &lt; 30 cm</p><p>I &lt;3 it</p>', ())
    """
    if not _TAG.search(text):
        lines = (line.strip() for line in text.splitlines())
        return "".join(f"<p>{html.escape(html.unescape(line), quote=False)}</p>" for line in lines if line), ()
    rebuilt = _Rebuilt(text)
    return "".join(rebuilt.parts), tuple(rebuilt.refused)
