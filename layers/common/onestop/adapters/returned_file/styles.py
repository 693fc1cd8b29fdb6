"""The styles of a workbook, and the ones that marking adds to them. A style that is there is never changed."""

from collections.abc import Callable

from onestop.adapters.catalogue_files.caps import refuse
from onestop.adapters.returned_file.verdict import Tone
from onestop.adapters.returned_file.xml_text import (
    Node,
    append,
    attribute,
    child,
    children,
    int_attribute,
    prefix_of,
    root_of,
    with_attribute,
)

MARK_COLOURS = {Tone.ERROR: "FFF7B9B3", Tone.WARN: "FFFFE08F"}
"""The ground of a cell that a finding names."""
LINE_COLOURS = {Tone.ERROR: "FFFBE0DD", Tone.WARN: "FFFFF1CC", Tone.GOOD: "FFDFF2E3", Tone.QUIET: "FFEDEFF2"}
"""The ground of what is said of a row: paler, since the cell is what is to be corrected."""
HEADER_COLOUR = "FF1F2A44"
INTEGER_FORMAT, DECIMAL_FORMAT = 3, 4
"""``#,##0`` and ``#,##0.00``, which every workbook has."""


class Styles:
    """The style part of a workbook while it grows.

    Raises:
        PermanentError: FILE_DAMAGED when it has no fonts, fills or cell formats.
    """

    def __init__(self, xml: str, *, second_colours_kept: bool = True) -> None:
        """``second_colours_kept``: whether the program that last saved the file leaves the second colour of a solid fill alone."""
        self._second_colours_kept = second_colours_kept
        self._xml = xml
        self._prefix = prefix_of(root_of(xml))
        self._formats, self._fills, self._fonts = (self._elements(section) for section in ("cellXfs", "fills", "fonts"))
        self._before = {"cellXfs": len(self._formats), "fills": len(self._fills), "fonts": len(self._fonts)}
        self._made: dict[tuple[object, ...], int] = {}
        self._marked = {at for at, fill in enumerate(self._fills) if self._first_colour(fill) in MARK_COLOURS.values()}

    @property
    def have_marks(self) -> bool:
        """Whether an earlier return marked cells."""
        return bool(self._marked)

    def marked(self, base: int, tone: Tone) -> int:
        """The style ``base`` on the ground of a mark; what the ground was is kept in the new fill's second colour."""
        return self._on_fill(self.unmarked(base), lambda fill: self._fill(MARK_COLOURS[tone], second=self._ground(fill)))

    def unmarked(self, base: int) -> int:
        """The style as it was before an earlier return marked it."""
        if self._fill_of(base) not in self._marked:
            return base
        return self._on_fill(base, self._ground_again)

    def line(self, base: int, tone: Tone) -> int:
        """The font and border of ``base``, on the ground of a row's line, to the left."""
        return self._plain(base, self._fill(LINE_COLOURS[tone]), 0, ' horizontal="left" vertical="center"')

    def header(self) -> int:
        """The header of our own sheet: white and bold on dark blue."""
        prefix = self._prefix
        look = f'<{prefix}b/><{prefix}sz val="10"/>{self._colour("color", "FFFFFFFF")}<{prefix}name val="맑은 고딕"/>'
        bold = self._add(self._fonts, f"<{prefix}font>{look}</{prefix}font>")
        return self._plain(0, self._fill(HEADER_COLOUR), 0, ' vertical="center"', font=bold)

    def cell(self, tone: Tone | None = None, *, number_format: int = 0, centred: bool = False) -> int:
        """A cell of a sheet of ours."""
        alignment = ' horizontal="center" vertical="center"' if centred else ' vertical="center"'
        return self._plain(0, self._fill(LINE_COLOURS[tone]) if tone else 0, number_format, alignment)

    def to_xml(self) -> str:
        """The part with what was added."""
        xml = self._xml
        for section, elements in (("cellXfs", self._formats), ("fills", self._fills), ("fonts", self._fonts)):
            node = self._section(xml, section)
            grown = append(xml[node.start : node.end], root_of(xml[node.start : node.end]), "".join(elements[self._before[section] :]))
            xml = xml[: node.start] + with_attribute(grown, "count", len(elements)) + xml[node.end :]
        return xml

    def _on_fill(self, base: int, changed: Callable[[int], int]) -> int:
        element = self._format(base)
        fill = changed(self._fill_of(base))
        return self._add(self._formats, with_attribute(with_attribute(element, "fillId", fill), "applyFill", 1))

    def _plain(self, base: int, fill: int, number_format: int, alignment: str, *, font: int | None = None) -> int:
        known = ("plain", base, fill, number_format, alignment, font)
        if known not in self._made:
            self._made[known] = self._new_plain(base, fill, number_format, alignment, font)
        return self._made[known]

    def _new_plain(self, base: int, fill: int, number_format: int, alignment: str, font: int | None) -> int:
        old, prefix = self._format(base), self._prefix
        font_id = attribute(old, "fontId") or 0 if font is None else font
        border = attribute(old, "borderId") or 0
        return self._add(
            self._formats,
            f'<{prefix}xf numFmtId="{number_format}" fontId="{font_id}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1"'
            f' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><{prefix}alignment{alignment}/></{prefix}xf>',
        )

    def _fill(self, colour: str, *, second: str = "") -> int:
        return self._solid(self._colour("fgColor", colour), second)

    def _solid(self, first: str, second: str = "") -> int:
        prefix, nothing = self._prefix, f'<{self._prefix}bgColor indexed="64"/>'
        pattern = f'<{prefix}patternFill patternType="solid">{first}{second or nothing}</{prefix}patternFill>'
        return self._add(self._fills, f"<{prefix}fill>{pattern}</{prefix}fill>")

    def _ground(self, fill: int) -> str:
        """The colour of a solid fill as another fill's second colour; a gradient or a hatching cannot be kept there."""
        pattern = self._pattern(self._fills[fill])
        if attribute(pattern, "patternType") != "solid":
            return ""
        colour = child(pattern, root_of(pattern), "fgColor")
        return pattern[colour.start : colour.end].replace("fgColor", "bgColor") if colour else ""

    def _ground_again(self, fill: int) -> int:
        pattern = self._pattern(self._fills[fill])
        second = child(pattern, root_of(pattern), "bgColor")
        colour = pattern[second.start : second.end] if second else ""
        if not colour or attribute(colour, "indexed") == "64" or not self._second_colours_kept:
            return 0
        return self._solid(colour.replace("bgColor", "fgColor"))

    def _colour(self, name: str, rgb: str) -> str:
        return f'<{self._prefix}{name} rgb="{rgb}"/>'

    def _first_colour(self, fill: str) -> str | None:
        pattern = self._pattern(fill)
        colour = child(pattern, root_of(pattern), "fgColor")
        return attribute(pattern[colour.start : colour.end], "rgb") if colour else None

    @staticmethod
    def _pattern(fill: str) -> str:
        """A fill's pattern, or its gradient, which has none of what is looked for."""
        inner = next(children(fill, root_of(fill).inner, root_of(fill).inner_end), None)
        return fill[inner.start : inner.end] if inner else fill

    def _fill_of(self, base: int) -> int:
        fill = int_attribute(self._format(base), "fillId")
        return fill if fill < len(self._fills) else 0

    def _format(self, base: int) -> str:
        return self._formats[base if base < len(self._formats) else 0]

    def _add(self, elements: list[str], element: str) -> int:
        key = (id(elements), element)
        if key not in self._made:
            elements.append(element)
            self._made[key] = len(elements) - 1
        return self._made[key]

    def _elements(self, section: str) -> list[str]:
        node = self._section(self._xml, section)
        found = [self._xml[one.start : one.end] for one in children(self._xml, node.inner, node.inner_end)]
        if not found:
            raise refuse("FILE_DAMAGED")
        return found

    @staticmethod
    def _section(xml: str, name: str) -> Node:
        node = child(xml, root_of(xml), name)
        if node is None:
            raise refuse("FILE_DAMAGED")
        return node
