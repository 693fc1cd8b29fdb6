"""A workbook as what it is in the file: a container of parts that refer to each other."""

import posixpath
import re
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import unescape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.catalogue_files.zip_guard import refusing_damage
from onestop.adapters.returned_file.xml_text import append, attribute, children, prefix_of, root_of

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w-]+)")
_NO_RELATIONS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'


class Relation(NamedTuple):
    """A reference from one part to another: its id, the last word of its type, and the part it names."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a container; those that nobody writes to come out as they went in.

    Raises:
        PermanentError: FILE_DAMAGED, from whatever reads a part that is missing or not UTF-8.
    """

    def __init__(self, container: ZipFile) -> None:
        self._container = container
        self._written: dict[str, bytes] = {}
        self._names = {info.filename for info in container.infolist()}

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._names or name in self._written

    def read(self, name: str) -> bytes:
        """A part's bytes, as last written."""
        if name in self._written:
            return self._written[name]
        if name not in self._names:
            raise refuse("FILE_DAMAGED")
        with refusing_damage():
            return self._container.read(name)

    def text(self, name: str) -> str:
        """A part's text."""
        data = self.read(name)
        declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
        try:
            if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
                raise refuse("FILE_DAMAGED")
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise refuse("FILE_DAMAGED") from error

    def write(self, name: str, text: str) -> None:
        """Replace a part, or add one."""
        self._written[name] = text.encode("utf-8")

    def free_name(self, pattern: str) -> str:
        """A name that no part has yet; ``{}`` in the pattern becomes a number."""
        return next(name for number in range(1, len(self._names) + len(self._written) + 2) if not self.has(name := pattern.format(number)))

    def declare(self, name: str, content_type: str) -> None:
        """State what kind of content a part has."""
        self._declare(f'Override PartName="/{name}" ContentType="{content_type}"', ("Override", "PartName", f"/{name}"))

    def declare_extension(self, extension: str, content_type: str) -> None:
        """State what kind of content all parts with an extension have."""
        self._declare(f'Default Extension="{extension}" ContentType="{content_type}"', ("Default", "Extension", extension))

    def _declare(self, element: str, known: tuple[str, str, str]) -> None:
        xml, (name, key, value) = self.text(CONTENT_TYPES), known
        root = root_of(xml)
        stated = [attribute(xml[one.start : one.end], key) for one in children(xml, root.inner, root.inner_end) if one.name == name]
        if value.lower() not in [one.lower() for one in stated if one]:
            self.write(CONTENT_TYPES, append(xml, root, f"<{prefix_of(root)}{element}/>"))

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside the container."""
        name = _relations_of(part)
        if not self.has(name):
            return []
        xml = self.text(name)
        root = root_of(xml)
        tags = [xml[node.start : node.end] for node in children(xml, root.inner, root.inner_end)]
        return [_relation(tag, part) for tag in tags if attribute(tag, "TargetMode") != "External"]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; the id of the reference."""
        name = _relations_of(part)
        xml = self.text(name) if self.has(name) else _NO_RELATIONS
        number = next(number for number in range(1, len(xml)) if f'"onestop{number}"' not in xml)
        root = root_of(xml)
        element = f'<{prefix_of(root)}Relationship Id="onestop{number}" Type="{OFFICE}/{kind}" Target="/{target}"/>'
        self.write(name, append(xml, root, element))
        return f"onestop{number}"

    def forget_relations(self, part: str) -> None:
        """Let a part refer to nothing any more."""
        if self.has(_relations_of(part)):
            self.write(_relations_of(part), _NO_RELATIONS)

    def to_bytes(self) -> bytes:
        """The container; equal parts give equal bytes."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as target:
            for info in self._container.infolist():
                if not info.is_dir():
                    target.writestr(_entry(info.filename, info.date_time), self.read(info.filename))
            for name in sorted(self._written.keys() - self._names):
                target.writestr(_entry(name, _EPOCH), self._written[name])
        return out.getvalue()


def _entry(name: str, date_time: tuple[int, int, int, int, int, int]) -> ZipInfo:
    entry = ZipInfo(name, max(date_time, _EPOCH))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(tag: str, part: str) -> Relation:
    target = unescape(attribute(tag, "Target") or "")
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
    return Relation(attribute(tag, "Id") or "", (attribute(tag, "Type") or "").rpartition("/")[2], path)
