"""The parts of an Excel file that its sheets lean on: relations, styles, shared texts, names.

Read by their local names, so that the strict and the transitional form of ECMA-376 are the same.
Nothing is unfolded that the file does not hold: a text used a thousand times is one text.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from planlib.excel.workbook.bounds import column_number
from planlib.excel.workbook.number_formats import BUILT_IN
from planlib.excel.workbook.rich_text import TRUE, RichText, RichTextReader, composed

_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_BOOK = "xl/workbook.xml"
DEEPEST = 100  # elements within elements; a workbook has some ten
Start = Callable[[str, dict[str, str]], None]


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


def parsed(
    data: bytes, start: Start, end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:  # fmt: skip
    """Walk through a part, by the local names of its elements; raises Damaged."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(name: str, facts: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Damaged
        start(name.rpartition(":")[2], facts)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    def declared(*_: object) -> None:
        raise Damaged

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = declared
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Damaged from error


def attribute(facts: dict[str, str], name: str) -> str | None:
    """An attribute by its local name, such as ``r:id``."""
    return next((v for key, v in facts.items() if key.rpartition(":")[2] == name), None)


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

    def start(element: str, facts: dict[str, str]) -> None:
        if element == "Relationship" and facts.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, facts.get("Target", "")))
            kind = facts.get("Type", "").rpartition("/")[2]
            links[facts.get("Id", "")] = (kind, target.lstrip("/"))

    parsed(_part(archive, f"{folder}/_rels/{name}.rels"), start)
    return links


def _read_workbook(data: bytes, links: dict[str, tuple[str, str]], found: WorkbookContents) -> None:
    named: list[str] = []
    named_as: str | None = None

    def start(name: str, facts: dict[str, str]) -> None:
        nonlocal named_as
        if name == "sheet":
            kind, target = links.get(attribute(facts, "id") or "", ("", ""))
            if kind == "worksheet":
                hidden = facts.get("state", "visible") != "visible"
                found.sheets.append((composed(facts.get("name", "")), hidden, target))
        elif name == "workbookPr":
            found.from_1904 = facts.get("date1904") in TRUE
        elif name == "calcPr":
            found.stale = facts.get("fullCalcOnLoad") in TRUE
        elif name == "definedName" and "localSheetId" not in facts:
            named_as = facts.get("name", "")
            named.clear()

    def end(name: str) -> None:
        nonlocal named_as
        if name == "definedName" and named_as is not None:
            if cell := _CELL_NAME.fullmatch("".join(named).strip()):
                sheet = cell[1].replace("''", "'") if cell[1] else cell[2]
                found.names[named_as] = (sheet, int(cell[4]) - 1, column_number(cell[3]) - 1)
            named_as = None

    def text(part: str) -> None:
        if named_as is not None:
            named.append(part)

    parsed(data, start, end, text)


def read_texts(data: bytes) -> list[RichText]:
    """The shared texts of a workbook."""
    texts: list[RichText] = []
    reader = RichTextReader()

    def start(name: str, facts: dict[str, str]) -> None:
        if name == "si":
            reader.begin()
        else:
            reader.start(name, facts)

    def end(name: str) -> None:
        if name == "si":
            texts.append(reader.made())
        else:
            reader.end(name)

    parsed(data, start, end, reader.text)
    return texts


def read_styles(data: bytes) -> list[CellStyle]:
    """How the cells of each style look, by the style's number."""
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[CellStyle] = []
    styles: list[CellStyle] = []
    path: list[str] = []

    def start(name: str, facts: dict[str, str]) -> None:
        path.append(name)
        if name == "numFmt" and "dxfs" not in path:
            codes[_whole(facts.get("numFmtId"))] = facts.get("formatCode", "General")
        elif name == "font" and path[-2:-1] == ["fonts"]:
            fonts.append(CellStyle())
        elif path[-3:-1] == ["fonts", "font"]:
            if name == "name":
                fonts[-1] = replace(fonts[-1], font=facts.get("val", ""))
            elif name == "strike":
                fonts[-1] = replace(fonts[-1], struck=facts.get("val", "1") in TRUE)
            elif name == "vertAlign":
                raised = facts.get("val") in {"superscript", "subscript"}
                fonts[-1] = replace(fonts[-1], raised=raised)
        elif name == "xf" and path[-2:-1] == ["cellXfs"]:
            font = _whole(facts.get("fontId"))
            code = codes.get(_whole(facts.get("numFmtId")), "General")
            styles.append(replace(fonts[font] if font < len(fonts) else CellStyle(), code=code))

    def end(_: str) -> None:
        path.pop()

    parsed(data, start, end)
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
