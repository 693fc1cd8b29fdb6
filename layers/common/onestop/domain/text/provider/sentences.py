"""The sentences of a description, out of HTML or plain text, in their paragraphs."""

import re
from html.parser import HTMLParser

from onestop.domain.text.normalise import normalise

_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "br", "hr", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "center", "dt",
    "dd",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "title", "iframe", "object", "noscript", "template"})
# Comments, declarations and processing instructions say nothing, and the parser stumbles over odd ones.
_UNSAID = re.compile(r"<!--.*?(?:-->|$)|<[!?][^>]*>?", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")


class _Paragraphs(HTMLParser):
    """Collects the words between block tags; what a browser does not show is passed over."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._words: list[str] = []
        self._silent = 0
        self.feed(_UNSAID.sub(" ", text))
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base class names it
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def _end(self) -> None:
        lines = "".join(self._words).splitlines()
        self.found.extend(line for line in map(normalise, lines) if line)
        self._words = []


def sentences(description: str) -> list[list[str]]:
    """The paragraphs of a description, each as its sentences, in plain normalised text.

    Example:
        >>> sentences("<p>부드럽습니다. 가볍습니다.</p><script>x</script><p>순면 100%</p>")
        [['부드럽습니다.', '가볍습니다.'], ['순면 100%']]
    """
    return [_SENTENCE_END.split(paragraph) for paragraph in _Paragraphs(description).found]
