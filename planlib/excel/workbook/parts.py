"""The parts of an Excel file that its sheets lean on: relations, styles, shared texts, names.

Read by their local names, so that the strict and the transitional form of ECMA-376 are the same.
Nothing is unfolded that the file does not hold: a text used a thousand times is one text.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, ParseError, fromstring

from planlib.excel.workbook.bounds import column_number
from planlib.excel.workbook.number_formats import BUILT_IN
from planlib.excel.workbook.rich_text import RAISED, TRUE, RichText, composed, rich_text

_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_BOOK = "xl/workbook.xml"
DEEPEST = 100  # elements within elements; a workbook has some ten


class Damaged(ValueError):
    """The file is not what an Excel file must be."""


@dataclass(frozen=True)
class CellStyle:
    """How a cell looks: its number format, its font, and whether that is struck through or raised."""

    code: str = "General"
    font: str = ""
    struck: bool = False
    raised: bool = False


@dataclass
class WorkbookContents:
    """What the workbook part and those beside it say.

    ``sheets`` are name, whether hidden, and part; ``names`` single cells that have a name.
    ``stale`` says that the program which wrote the file left its formulas to be calculated.
    """

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    names: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    texts: list[RichText] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False
    stale: bool = False


def tree_of(data: bytes) -> Element:
    """The root of a part, every element and attribute by its local name; raises Damaged."""
    if b"<!DOCTYPE" in data:
        raise Damaged
    try:
        root = fromstring(data)
    except ParseError as error:
        raise Damaged from error
    level = [root]
    for _ in range(DEEPEST):
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
            for name in [name for name in element.attrib if name[0] == "{"]:
                element.set(name.rpartition("}")[2], element.attrib.pop(name))
        level = [child for element in level for child in element]
        if not level:
            return root
    raise Damaged


def read_contents(archive: zipfile.ZipFile) -> WorkbookContents:
    """Everything of a workbook but its sheets' cells; raises Damaged."""
    found = read_workbook_part(archive)
    for kind, target in _relations(archive, _BOOK).values():
        if kind == "sharedStrings":
            found.texts = read_texts(_part(archive, target))
    return found


def read_workbook_part(archive: zipfile.ZipFile) -> WorkbookContents:
    """The sheets, names and styles of a workbook, without its texts; raises Damaged."""
    links = _relations(archive, _BOOK)
    found = WorkbookContents()
    _read_workbook(_part(archive, _BOOK), links, found)
    for kind, target in links.values():
        if kind == "styles":
            found.styles = read_styles(_part(archive, target))
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        raise Damaged from None


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the part that each relation of a part leads to."""
    folder, name = posixpath.split(part)
    links: dict[str, tuple[str, str]] = {}
    for link in tree_of(_part(archive, f"{folder}/_rels/{name}.rels")).iter("Relationship"):
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, link.get("Target", "")))
            kind = link.get("Type", "").rpartition("/")[2]
            links[link.get("Id", "")] = (kind, target.lstrip("/"))
    return links


def _read_workbook(data: bytes, links: dict[str, tuple[str, str]], found: WorkbookContents) -> None:
    root = tree_of(data)
    for sheet in root.iter("sheet"):
        kind, target = links.get(sheet.get("id", ""), ("", ""))
        if kind == "worksheet":
            hidden = sheet.get("state", "visible") != "visible"
            found.sheets.append((composed(sheet.get("name", "")), hidden, target))
    found.from_1904 = any(one.get("date1904") in TRUE for one in root.iter("workbookPr"))
    found.stale = any(one.get("fullCalcOnLoad") in TRUE for one in root.iter("calcPr"))
    for named in root.iter("definedName"):
        cell = _CELL_NAME.fullmatch("".join(named.itertext()).strip())
        if cell and "localSheetId" not in named.attrib:
            on = cell[1].replace("''", "'") if cell[1] else cell[2]
            at = (on, int(cell[4]) - 1, column_number(cell[3]) - 1)
            found.names[named.get("name", "")] = at


def read_texts(data: bytes) -> list[RichText]:
    """The shared texts of a workbook."""
    root = tree_of(data)
    items = root.findall("si")
    if len(items) < sum(1 for _ in root.iter("si")):
        raise Damaged  # a text within another one
    return [rich_text(item) for item in items]


def read_styles(data: bytes) -> list[CellStyle]:
    """How the cells of each style look, by the style's number."""
    root = tree_of(data)
    codes: dict[int, str] = dict(BUILT_IN)
    for made in root.iterfind("numFmts/numFmt"):
        codes[whole_number(made.get("numFmtId"))] = made.get("formatCode", "General")
    fonts = []
    for font in root.iterfind("fonts/font"):
        name, strike, align = (font.find(part) for part in ("name", "strike", "vertAlign"))
        fonts.append(CellStyle(
            font=name.get("val", "") if name is not None else "",
            struck=strike is not None and strike.get("val", "1") in TRUE,
            raised=align is not None and align.get("val") in RAISED,
        ))  # fmt: skip
    styles = []
    for look in root.iterfind("cellXfs/xf"):
        at = whole_number(look.get("fontId"))
        code = codes.get(whole_number(look.get("numFmtId")), "General")
        styles.append(replace(fonts[at] if at < len(fonts) else CellStyle(), code=code))
    return styles


def whole_number(text: str | None, without: int = 0) -> int:
    """A whole number of an attribute; ``without`` where there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else without
