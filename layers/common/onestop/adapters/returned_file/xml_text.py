"""XML as text that is cut open where something is put in, so that all the rest stays as it was, character for character."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.report.findings_file import inert

_TOKEN = re.compile(
    r"<(?:!--.*?--|\?.*?\?|!\[CDATA\[.*?\]\]"
    r"|(?P<close>/)?(?P<tag>[\w.:-]+)(?P<rest>(?:[^<>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*)(?P<empty>/)?)>",
    re.DOTALL,
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(NamedTuple):
    """One element in a text: its whole span, and the span of what it holds, which is empty at its end when it holds nothing."""

    tag: str
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def name(self) -> str:
        """The tag without its prefix."""
        return self.tag.rpartition(":")[2]


def children(xml: str, start: int = 0, end: int | None = None) -> Iterator[Node]:
    """The elements that stand beside each other in a part of a text.

    Raises:
        PermanentError: FILE_DAMAGED when one does not close.

    Example:
        >>> [(node.name, node.inner_end - node.inner) for node in children("<a><b/></a><x:c/>")]
        [('a', 4), ('c', 0)]
    """
    open_tags: list[re.Match[str]] = []
    for token in _TOKEN.finditer(xml, start, len(xml) if end is None else end):
        if token["tag"] is None or (token["empty"] and open_tags):
            continue
        if token["empty"]:
            yield Node(token["tag"], token.start(), token.end(), token.end(), token.end())
        elif not token["close"]:
            open_tags.append(token)
        elif not open_tags or open_tags[-1]["tag"] != token["tag"]:
            raise refuse("FILE_DAMAGED")
        else:
            opening = open_tags.pop()
            if not open_tags:
                yield Node(token["tag"], opening.start(), opening.end(), token.start(), token.end())
    if open_tags:
        raise refuse("FILE_DAMAGED")


def root_of(xml: str) -> Node:
    """The outermost element.

    Raises:
        PermanentError: FILE_DAMAGED when there is none, or when it does not close.
    """
    root = next(children(xml), None)
    if root is None:
        raise refuse("FILE_DAMAGED")
    return root


def child(xml: str, parent: Node, name: str) -> Node | None:
    """The first element of a name directly inside another."""
    return next((node for node in children(xml, parent.inner, parent.inner_end) if node.name == name), None)


def prefix_of(root: Node) -> str:
    """The prefix of a part's own elements with its colon, or nothing.

    Example:
        >>> prefix_of(root_of("<x:styleSheet/>"))
        'x:'
    """
    return root.tag[: -len(root.name)]


def append(xml: str, node: Node, content: str) -> str:
    """The text with something more at the end of an element; an empty element is opened for it.

    Example:
        >>> append("<a><b/></a>", root_of("<a><b/></a>"), "<c/>"), append("<a k='1'/>", root_of("<a k='1'/>"), "<c/>")
        ('<a><b/><c/></a>', "<a k='1'><c/></a>")
    """
    if node.inner < node.end:
        return xml[: node.inner_end] + content + xml[node.inner_end :]
    opening = xml[node.start : node.end].removesuffix(">").removesuffix("/").rstrip()
    return f"{xml[: node.start]}{opening}>{content}</{node.tag}>{xml[node.end :]}"


def attribute(tag: str, name: str) -> str | None:
    """The value of an attribute in an opening tag, as it stands there.

    Example:
        >>> attribute('<c r="A1" s="3">', "s"), attribute('<c r="A1">', "s")
        ('3', None)
    """
    found = re.search(rf"\s{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag[: _end_of_opening(tag)])
    return None if found is None else found[1] if found[1] is not None else found[2]


def with_attribute(element: str, name: str, value: str | int) -> str:
    """The element with an attribute in its opening tag set.

    Example:
        >>> with_attribute('<c r="A1" s="3"/>', "s", 7), with_attribute('<c r="A1"><v>1</v></c>', "s", 7)
        ('<c r="A1" s="7"/>', '<c r="A1" s="7"><v>1</v></c>')
    """
    end = _end_of_opening(element)
    opening = re.sub(rf"\s{re.escape(name)}\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", element[:end])
    closing = "/>" if opening.endswith("/>") else ">"
    return f'{opening.removesuffix(closing).rstrip()} {name}="{value}"{closing}{element[end:]}'


def int_attribute(tag: str, name: str, default: int = 0) -> int:
    """The whole number in an attribute of an opening tag.

    Raises:
        PermanentError: FILE_DAMAGED when it is none.

    Example:
        >>> int_attribute('<c r="A1" s="3">', "s"), int_attribute("<c>", "s")
        (3, 0)
    """
    text = attribute(tag, name) or str(default)
    if not text.isdecimal():
        raise refuse("FILE_DAMAGED")
    return int(text)


def text_of(value: str) -> str:
    """A text as XML holds it, without what XML cannot hold, and without what a spreadsheet would run if it were typed in.

    Example:
        >>> text_of("a < b\\x01"), text_of("=1+1")
        ('a &lt; b', "'=1+1")
    """
    return escape(inert(_NOT_XML.sub("", value)), {'"': "&quot;"})


def _end_of_opening(element: str) -> int:
    token = _TOKEN.match(element)
    if token is None:
        raise refuse("FILE_DAMAGED")
    return token.end()
