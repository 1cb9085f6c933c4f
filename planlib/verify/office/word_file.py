"""A Word file as a reader sees it, and whatever in it a reader would not see.

Any program may have saved it since, so its XML is not compared: what stands in it is read, and all
that could show, hide or bring in something else is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from planlib.verify.markup import plain
from planlib.verify.office.items import GAP, OfficeFile, OfficeLine, OfficeTable
from planlib.verify.office.word_looks import WordLooks, of, tricks
from planlib.verify.office.word_package import W, WordPackage

PLACE = "planlib:"  # how the tag of a place to write in begins
MARK = "planlib_place_"  # how the bookmark in a place begins, which every program keeps
BY_HAND = "head"  # the style of heads and signatures, which an office fills in
_CONTENT = frozenset(
    [
        "p",
        "r",
        "t",
        "tab",
        "br",
        "cr",
        "hyperlink",
        "bookmarkStart",
        "bookmarkEnd",
        "sdt",
        "sdtContent",
        "tbl",
        "tr",
        "tc",
        "fldChar",
        "instrText",
        "fldSimple",
        "proofErr",
        "lastRenderedPageBreak",
        "noBreakHyphen",
        "softHyphen",
        "tblGrid",
        "drawing",
        "permStart",
        "permEnd",
    ]
)
_SAID = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FIELDS = re.compile(r'\s*(PAGE|NUMPAGES|TOC|SEQ (Figure|Table)|HYPERLINK|PAGEREF|FILLIN "")[^=]*')
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = re.compile(
    r"\{http://schemas\.openxmlformats\.org/drawingml/2006/(main|picture|wordprocessingDrawing)\}"
    r"|\{http://schemas\.microsoft\.com/office/(drawing|word)/20[^}]*\}(svgBlip|useLocalDpi|sizeRel[HV]|pct(Width|Height)|decorative)"
)


def read_word(data: bytes) -> OfficeFile:
    """Read a Word file. Raises UnlikeDocument where it is none."""
    package, file = WordPackage(data), OfficeFile()
    package.describe(file)
    reader = _Reader(file, WordLooks(package.styles()))
    for child in package.main:
        if child.tag == f"{W}body":
            file.items = list(reader.blocks(child, "", None))
        else:
            file.holds(f"<{child.tag.rpartition('}')[2]}>", "document.xml")
    file.items = _with_keys(file)
    file.described = tuple(reader.described)
    for name, part in package.beside():
        apart = OfficeFile()
        apart.items = list(_Reader(file, reader.looks, name).blocks(part, "", None))
        for line in apart.lines():
            if line.style == "picture" or not re.fullmatch(r"[\d\s]*", line.text):
                file.items.append(OfficeLine(line.text, "beside", name))
    return file


def _with_keys(file: OfficeFile) -> list[OfficeLine | OfficeTable]:
    """Places by the bookmarks in them, where a program has lost the places themselves.

    What is written goes on to the next place, heading, table or picture.
    """
    keys = file.told.get("description", "").split()
    held = [one for one in file.items if isinstance(one, OfficeLine) and one.key]
    tagged = any(not one.key.startswith(MARK) for one in held)
    found: list[OfficeLine | OfficeTable] = []
    inside = ""
    for one in file.items:
        if isinstance(one, OfficeTable) or one.style != "text":
            inside = ""
        elif one.key.startswith(MARK):
            number = int(one.key.removeprefix(MARK))
            inside = keys[number - 1] if 0 < number <= len(keys) and not tagged else ""
            one = replace(one, key=inside)
        elif inside and not tagged:
            one = replace(one, key=inside)
        found.append(one)
    return found


def _marked(paragraph: Element) -> str:
    """The mark of a place that begins in a paragraph; empty where none does."""
    names = (of(one, "name") for one in paragraph.iter(f"{W}bookmarkStart"))
    return next((name for name in names if re.fullmatch(MARK + r"\d{1,6}", name)), "")


class _Reader:
    """Walks a part; paragraphs and tables are counted for the places it tells."""

    def __init__(self, file: OfficeFile, looks: WordLooks, part: str = "") -> None:
        self.file, self.looks, self.part = file, looks, part
        self.described: list[str] = []
        self._paragraphs = self._tables = 0
        self._fields: list[str] = []  # what each open field does: its code, then "" for its words

    def blocks(
        self, node: Element, key: str, cell: Element | None
    ) -> Iterator[OfficeLine | OfficeTable]:
        """What stands below a node; ``key`` is that of a place to write in, around it."""
        for child in node:
            name = self._named(child)
            if name == "p":
                yield from self._paragraph(child, key, cell)
            elif name == "tbl":
                yield from self._table(child)
            elif name == "sdt":
                yield from self.blocks(child, self._place(child) or key, cell)
            elif name == "sdtContent":
                yield from self.blocks(child, key, cell)
            elif name[-2:] == "Pr":
                self._properties(child)
            elif name not in {"bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"}:
                # The notes that part footnotes from the text hold a line and nothing else.
                drawn = name in {"footnote", "endnote"} and of(child, "type") in {
                    "separator", "continuationSeparator", "continuationNotice",
                }  # fmt: skip
                if not drawn:
                    self.file.holds(f"<{name}> '{plain(''.join(child.itertext()))}'", self._where())

    def _named(self, node: Element) -> str:
        space, _, name = node.tag.rpartition("}")
        return name if f"{space}}}" == W else node.tag

    def _where(self) -> str:
        return self.part or f"paragraph {self._paragraphs}"

    def _place(self, sdt: Element) -> str:
        tag = of(sdt.find(f"{W}sdtPr/{W}tag"), "val")
        return (tag.removeprefix(PLACE) or GAP) if tag.startswith(PLACE) else ""

    def _properties(self, node: Element) -> None:
        for trick in tricks(node):
            self.file.holds(trick, self._where())

    def _paragraph(
        self, node: Element, key: str, cell: Element | None
    ) -> Iterator[OfficeLine | OfficeTable]:
        self._paragraphs += cell is None
        pictures: list[str] = []
        text = self._text(node, node, cell, pictures)
        style = self.looks.name(node)
        where = self._where()
        if style.startswith("toc "):  # a program that brings it up to date adds pages
            text, style = re.sub(r"\t\d+\s*$", "", text), "text"
        known = style.startswith("heading ") or style in {"caption", BY_HAND, "subtitle", "lead"}
        key = key or _marked(node)
        for words in pictures:
            yield OfficeLine(plain(words), "picture", where, key)
        told = "\n".join(map(plain, text.split("\n")))
        if told.strip() or style == BY_HAND:
            yield OfficeLine(told, style if known else "text", where, key, style == BY_HAND)

    def _text(
        self, node: Element, paragraph: Element, cell: Element | None, pictures: list[str]
    ) -> str:
        """The words of a paragraph or a part of it; pictures in it are collected by their words."""
        found = ""
        for child in node:
            name = self._named(child)
            if name[-2:] == "Pr":
                self._properties(child)
            elif name == "t":
                words = child.text or ""
                if words.strip() and self.looks.unseen(node, paragraph, cell):
                    self.file.hides(words, self._where())
                found += words
            elif name == "drawing":
                pictures += self._drawn(child)
            elif name == "instrText":
                if self._fields:
                    self._fields[-1] += child.text or ""
            elif name == "fldChar":
                self._field(of(child, "fldCharType"))
            elif name in _SAID:
                found += _SAID[name]
            elif name in {"r", "hyperlink", "sdt", "sdtContent", "fldSimple"}:
                if name == "fldSimple" and not _FIELDS.fullmatch(of(child, "instr")):
                    self.file.holds(f"a field '{of(child, 'instr')}'", self._where())
                found += self._text(child, paragraph, cell, pictures)
            elif name in _CONTENT and not len(child):
                continue
            elif name not in {"annotationRef", "footnoteRef", "separator", "continuationSeparator"}:
                self.file.holds(f"<{name}> '{plain(''.join(child.itertext()))}'", self._where())
        return found

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif self._fields and kind in {"separate", "end"}:
            code = self._fields[-1]
            if code and not _FIELDS.fullmatch(code):
                self.file.holds(f"a field '{plain(code)}'", self._where())
            self._fields[-1] = ""
            if kind == "end":
                self._fields.pop()

    def _drawn(self, drawing: Element) -> Iterator[str]:
        strange = {one.tag for one in drawing.iter() if not _PICTURE.match(one.tag)}
        strange -= {f"{W}drawing"}
        text = any(one.tag.endswith("}t") for one in drawing.iter())
        if strange or text or drawing.find(f"{_WP}inline") is None:
            told = plain("".join(drawing.itertext()))
            self.file.holds(f"a drawing that is no picture '{told}'", self._where())
        for one in drawing.iter(f"{_WP}docPr"):
            if one.get("hidden", "0") not in {"0", "false"}:
                self.file.hides(one.get("descr", ""), self._where())
            yield " ".join(filter(None, (one.get("title", ""), one.get("descr", ""))))

    def _table(self, node: Element) -> Iterator[OfficeLine | OfficeTable]:
        """A table; one that only parts the head of a document is told as its lines."""
        self._tables += 1
        place = f"table {self._tables}"
        rows: list[list[list[OfficeLine]]] = []
        for child in node:
            name = self._named(child)
            if name == "tr":
                rows.append(list(self._row(child)))
            elif name == "tblPr":
                self._properties(child)
                for words in ("tblCaption", "tblDescription"):
                    if said := of(child.find(f"{W}{words}"), "val"):
                        self.described.append(plain(said))
            elif name not in {"tblGrid", "bookmarkStart", "bookmarkEnd", "tblPrEx"}:
                self.file.holds(f"<{name}> '{plain(''.join(child.itertext()))}'", place)
        lines = [line for row in rows for cell in row for line in cell]
        if lines and all(line.filled_in for line in lines):
            yield from lines
            return
        told = (
            tuple(tuple(part for one in cell for part in one.text.split("\n")) for cell in row)
            for row in rows
        )
        yield OfficeTable(tuple(told), place)

    def _row(self, row: Element) -> Iterator[list[OfficeLine]]:
        for child in row:
            name = self._named(child)
            if name == "tc":
                lines: list[OfficeLine] = []
                for one in self.blocks(child, "", child):
                    if isinstance(one, OfficeTable):
                        self.file.holds("a table in a table", one.place)
                    else:
                        lines.append(one)
                yield lines
            elif name[-2:] == "Pr" or name == "tblPrEx":
                self._properties(child)
            else:
                self.file.holds(f"<{name}> '{plain(''.join(child.itertext()))}'", self._where())
