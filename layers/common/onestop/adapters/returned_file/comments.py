"""The texts of a sheet's notes: ours come and go, what others wrote on a cell stays."""

import re
from collections.abc import Iterator

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.returned_file.verdict import NOTE_MARK, Place, place_of
from onestop.adapters.returned_file.xml_text import Node, append, attribute, child, children, int_attribute, prefix_of, root_of, text_of
from onestop.domain.catalog.sheet import cell_name

AUTHOR = "onestop"
NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors></authors><commentList></commentList></comments>"
)
_TEXT = re.compile(r"<(?:[\w.-]+:)?t(?:\s[^<>]*)?>([^<]*)</")
_RUN = re.compile(r"<(?P<tag>(?:[\w.-]+:)?r)(?=[\s>]).*?</(?P=tag)\s*>", re.DOTALL)
_THREAD = "tc="
"""How the author of a discussion's stand-in begins; whoever opens the file puts the stand-in's own text back."""


class Comments:
    """The comments part of a sheet.

    Attributes:
        gone: cells that had a note of ours alone, which is taken off.

    Raises:
        PermanentError: FILE_DAMAGED when it is not one.
    """

    def __init__(self, xml: str) -> None:
        root = root_of(xml)
        authors, comments = child(xml, root, "authors"), child(xml, root, "commentList")
        if authors is None or comments is None:
            raise refuse("FILE_DAMAGED")
        self._prefix = prefix_of(root)
        self._authors = [_plain(xml[node.start : node.end]) for node in children(xml, authors.inner, authors.inner_end)]
        self._xml, self._comments = self._signed(xml, authors)
        self.gone: set[Place] = set()
        self._held = dict(self._read())

    def put(self, place: Place, text: str) -> bool:
        """Write a note; whether the cell had none, so that a box is to be drawn for it."""
        run = f'<{self._prefix}r><{self._prefix}t xml:space="preserve">{{}}</{self._prefix}t></{self._prefix}r>'
        theirs = self._held.get(place)
        if theirs is None:
            opening = f'<{self._prefix}comment ref="{cell_name(place.column, place.row)}" authorId="{self._authors.index(AUTHOR)}">'
            held = f"<{self._prefix}text>{run.format(text_of(text))}</{self._prefix}text>"
            self._held[place] = f"{opening}{held}</{self._prefix}comment>"
            return True
        author = int_attribute(theirs, "authorId")
        if author < len(self._authors) and not self._authors[author].startswith(_THREAD):
            self._held[place] = self._with_run(theirs, run.format("\n\n" + text_of(text)))
        return False

    def to_xml(self) -> str:
        """The part."""
        elements = [self._held[place] for place in sorted(self._held, key=lambda one: (one.row, one.column))]
        node = self._comments
        return self._xml[: node.start] + f"<{node.tag}>{''.join(elements)}</{node.tag}>" + self._xml[node.end :]

    def _signed(self, xml: str, authors: Node) -> tuple[str, Node]:
        if AUTHOR not in self._authors:
            self._authors.append(AUTHOR)
            xml = append(xml, authors, f"<{self._prefix}author>{AUTHOR}</{self._prefix}author>")
        comments = child(xml, root_of(xml), "commentList")
        if comments is None:
            raise refuse("FILE_DAMAGED")
        return xml, comments

    def _read(self) -> Iterator[tuple[Place, str]]:
        for node in children(self._xml, self._comments.inner, self._comments.inner_end):
            element = self._xml[node.start : node.end]
            place, theirs = place_of(attribute(element, "ref")), _without_ours(element)
            if place and theirs:
                yield place, theirs
            elif place:
                self.gone.add(place)

    def _with_run(self, element: str, run: str) -> str:
        """The comment with one more run; a text without runs becomes the first of them."""
        text = child(element, root_of(element), "text")
        if text is None:
            return element
        bare = next((node for node in children(element, text.inner, text.inner_end) if node.name == "t"), None)
        held = element[text.inner : text.inner_end]
        if bare:
            held = f"<{self._prefix}r>{element[bare.start : bare.end]}</{self._prefix}r>"
        return f"{element[: text.start]}<{text.tag}>{held}{run}</{text.tag}>{element[text.end :]}"


def _without_ours(element: str) -> str:
    """What others wrote; empty when all of it is ours."""
    ours = next((found for found in _TEXT.finditer(element) if NOTE_MARK in found[1]), None)
    if ours is None:
        return element
    cut = ours.start(1) + ours[1].index(NOTE_MARK)
    theirs = element[:cut].rstrip() + _RUN.sub("", element[ours.end(1) :])
    return theirs if "".join(_TEXT.findall(theirs)).strip() else ""


def _plain(element: str) -> str:
    return re.sub(r"<[^<>]*>", "", element)
