"""What a translated piece of HTML must keep: the tags of its source, in good order, and nothing that runs or loads."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_UNSAFE = frozenset({"script", "iframe", "style", "object", "embed", "form", "link", "meta", "base"})
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "background", "srcset"})


class _Tags(HTMLParser):
    """The tags of a text, and what is wrong with them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: Counter[str] = Counter()
        self.issues: list[str] = []
        self.words: list[str] = []
        self._stack: list[str] = []
        self.feed(text)
        self.close()
        self.issues += [f"unclosed:{tag}" for tag in self._stack]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened[tag] += 1
        if tag not in _VOID:
            self._stack.append(tag)
        self.issues += [f"unsafe:{tag}"] if tag in _UNSAFE else []
        self.issues += [f"unsafe:{name}" for name, value in attrs if _is_unsafe(name, value or "")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._stack and self._stack[-1] == tag:
            self._stack.pop()
        elif tag not in _VOID:
            self.issues.append(f"unbalanced:{tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _is_unsafe(name: str, value: str) -> bool:
    scheme = "".join(value.split()).lower()
    runs = scheme.startswith(("javascript:", "vbscript:", "data:text"))
    return name.startswith("on") or (name in _ADDRESSES and runs)


def html_issues(source: str, target: str) -> Iterator[str]:
    """The issues of a translated piece of HTML: ``html_tags``, ``unbalanced:<tag>``, ``unclosed:<tag>``, ``unsafe:<tag or attribute>``.

    Example:
        >>> list(html_issues("<p>순면</p>", "<p>Cotton</p><script>x</script>"))
        ['html_tags', 'unsafe:script']
    """
    tags = _Tags(target)
    if tags.opened != _Tags(source).opened:
        yield "html_tags"
    yield from dict.fromkeys(tags.issues)


def text_of_html(text: str) -> str:
    """The words of a piece of HTML, with a space where a tag stood.

    Example:
        >>> text_of_html("<p>순면 <b>100%</b></p>")
        '순면 100%'
    """
    return " ".join(" ".join(_Tags(text).words).split())
