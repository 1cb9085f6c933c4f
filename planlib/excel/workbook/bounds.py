"""How much comes out of a workbook's parts, whatever went in: counted before anything is built.

A part of a few kilobytes can ask for a cell wherever two merged corners enclose one, for a copy of a
long formula or text in thousands of cells, or for the same sheet under a hundred names. What is
counted here are the objects a reader would have to make. Only the standard library is imported.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from planlib.errors import Said, said

MOST_SHEETS = 60
MOST_MERGES, MOST_MERGED = 10_000, 300_000  # areas, and cells in them; a row has 16,384
MOST_STYLES = 66_000  # Excel allows 65,490 cell formats
MOST_CELLS = 500_000  # of all office sheets together
MOST_COLUMNS = 16_384  # as many as a sheet has
LONGEST_TEXT = 32_767  # characters of a cell, in Excel
MOST_TEXT = 200_000_000  # bytes of all texts as often as they are used
MOST_FORMULAS = 20_000_000  # characters of shared formulas, written out
WIDEST = 300  # columns of a sheet that hold a cell
LARGEST_DIRECTORY = 1_000_000  # bytes; two thousand parts take a fifth of that
_AREA = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*["']([^"']*)["']""")
_CORNERS = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_STYLE = re.compile(rb"<(?:\w+:)?(?:xf|font|fill|border|numFmt|dxf|cellStyle)[\s/>]")
_SHARED = re.compile(rb"""<(?:\w+:)?f\b[^>]*\bt\s*=\s*["']shared["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<")
_ITEM = re.compile(rb"<(?:\w+:)?si[\s>]")
_USE = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt\s*=\s*["']s["'][^>]*>(?:<(?:\w+:)?v>)([0-9]{1,9})<""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})([0-9]{1,9})\s*["']""")
_FULL_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\br\s*=\s*["']([0-9]{1,9})["'][^>]*(?<!/)>(?!</)""")
_CODED = re.compile(rb"""\br\s*=\s*["'][^"'<>]*&""")
_ENCODING = re.compile(rb"""^[^>]{0,100}?\bencoding\s*=\s*["']([^"']*)["']""")
_KNOWN = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}


@dataclass
class Amounts:
    """What has been counted of a workbook so far; ``fault`` is the first thing that is too much."""

    cells: int = 0
    lengths: list[int] = field(default_factory=list)  # of shared texts, in bytes
    text: int = 0
    fault: Said | None = None

    def too_much(self, message: Said) -> None:
        """Remember a reason to refuse."""
        self.fault = self.fault or message

    def take_part(self, text: bytes) -> None:
        """Count what an office's part asks for."""
        if b"mergeCell" in text or b"hyperlink" in text:
            self._areas(text)
        if b"sheetData" in text:
            self.cells += len(_CELL.findall(text))
            if self.cells > MOST_CELLS:
                self.too_much(said("excel.too-many-cells", n=MOST_CELLS))
            if text.count(b"<col ") > MOST_COLUMNS:
                self.too_much(said("excel.not-whole-excel-file"))
            self._formulas(text)
            self.take_uses(text)
        elif b"cellXfs" in text and len(_STYLE.findall(text)) > MOST_STYLES:
            self.too_much(said("excel.too-many-cell-styles", n=MOST_STYLES))

    def _areas(self, text: bytes) -> None:
        found = _AREA.findall(text)
        size = 0
        for reference in found:
            corners = _CORNERS.fullmatch(reference)
            if corners is None:
                self.too_much(said("excel.not-whole-excel-file"))
            elif corners[3]:
                wide = abs(column_number(corners[3]) - column_number(corners[1])) + 1
                size += wide * (abs(int(corners[4]) - int(corners[2])) + 1)
        if len(found) > MOST_MERGES:
            self.too_much(said("excel.too-many-merged-areas", n=MOST_MERGES))
        if size > MOST_MERGED:
            self.too_much(said("excel.merged-areas-too-large", n=MOST_MERGED, found=size))

    def _formulas(self, text: bytes) -> None:
        shared = len(_SHARED.findall(text)) if b"shared" in text else 0
        if shared and shared * max(map(len, _FORMULA.findall(text)), default=0) > MOST_FORMULAS:
            self.too_much(said("excel.formulas-sheet-too-long"))

    def take_texts(self, chunks: Iterable[bytes]) -> None:
        """Count the shared texts, part by part of their list."""
        held = b""
        for chunk in chunks:
            text = held + chunk
            starts = [found.start() for found in _ITEM.finditer(text)]
            if not starts:
                held = text
            else:
                ends = [*starts[1:], len(text)]
                self.lengths += [end - at for at, end in zip(starts[:-1], ends[:-1], strict=True)]
                held = text[starts[-1] :]
            if len(held) > 16 * LONGEST_TEXT or any(
                n > 16 * LONGEST_TEXT for n in self.lengths[-5:]
            ):
                break
        self.lengths.append(len(held))
        if max(self.lengths) > 16 * LONGEST_TEXT:  # with its markup, and four bytes a letter
            self.too_much(said("excel.cell-too-long", n=LONGEST_TEXT))

    def take_uses(self, text: bytes) -> None:
        """Count how often the shared texts are used."""
        longest = max(self.lengths, default=0)
        if longest * text.count(b"v>") // 2 < MOST_TEXT // 100:
            return
        for use in _USE.findall(text):
            number = int(use)
            self.text += self.lengths[number] if number < len(self.lengths) else 0
        if self.text > MOST_TEXT:
            self.too_much(said("excel.texts-too-large", most=MOST_TEXT // 10**6))


def sheets_fault(workbook: bytes, links: bytes) -> Said | None:
    """What is wrong with a workbook's list of sheets: too many, or two of the same part."""
    sheets = _SHEET.findall(workbook)
    if len(sheets) > MOST_SHEETS:
        return said("excel.too-many-sheets", n=MOST_SHEETS)
    targets = dict[bytes, bytes]()
    for link in _LINK.findall(links):
        targets[_attribute(link, b"Id")] = _attribute(link, b"Target")
    used = [targets.get(_attribute(sheet, rb"(?:\w+:)id"), b"") for sheet in sheets]
    wrong = b"" in used or any(b"&" in target for target in used)
    parts = [target.rpartition(b"/")[2].lower() for target in used]
    wrong = wrong or len(set(parts)) < len(parts)
    sheet_folders = (b"worksheets/", b"chartsheets/", b"dialogsheets/", b"macrosheets/")
    wrong = wrong or not all(
        any(name in target.lower() for name in sheet_folders) for target in used
    )
    return said("excel.not-whole-excel-file") if wrong else None


def spread_of(text: bytes) -> tuple[int, int]:
    """The last column and the last row of a sheet that hold a cell."""
    places = _REFERENCE.findall(text)
    widest = max((column_number(letters) for letters in {p[0] for p in places}), default=1)
    rows = [int(row) for row in _FULL_ROW.findall(text)] + [int(row) for _, row in places]
    cells = len(_CELL.findall(text))
    if cells > len(places):  # cells that do not say where they stand: one after the other
        widest = max(widest, cells)
    if _CODED.search(text):
        widest = WIDEST + 1
    return widest, max([text.count(b"row"), *rows] if cells > len(places) else [1, *rows])


def odd_encoding(start: bytes) -> bool:
    """Whether a part says that it is in an encoding in which markup could hide."""
    found = _ENCODING.match(start[:200])
    return found is not None and found[1].strip().lower() not in _KNOWN


def directory_size(stream: BinaryIO) -> int:
    """The size of an archive's directory as its end says, before it is read; 0 without an end."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    stated = int(struct.unpack("<I", tail[at + 12 : at + 16])[0])
    if stated < 0xFFFFFFFF:
        return stated
    further = tail.rfind(b"PK\x06\x06")  # of an archive beyond four gigabytes
    if further < 0 or len(tail) < further + 48:
        return 0
    return int(struct.unpack("<Q", tail[further + 40 : further + 48])[0])


def overlapping(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts of an archive share bytes."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    return any(
        one.header_offset + 30 + one.compress_size > two.header_offset
        for one, two in pairwise(ordered)
    )


def format_fault(names: list[str], path: Path) -> tuple[Said, Said] | None:
    """What kind of file an archive is that is no .xlsx, and what to do; None for an .xlsx."""
    save = said("excel.save-xlsx")
    if "xl/workbook.bin" in names:
        return said("excel.is-xlsb"), save
    if "xl/workbook.xml" in names:
        return None
    if "content.xml" in names or path.suffix.lower() in {".ods", ".fods", ".ots"}:
        return said("excel.is-ods"), save
    if "index/document.iwa" in names:
        return said("excel.is-apple-numbers"), save
    if "mimetype" in names or any(name.startswith(("word/", "ppt/")) for name in names):
        return said("excel.not-excel-file"), save
    return said("excel.not-whole-excel-file"), save


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"""\s""" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else b""


@cache
def column_number(letters: str | bytes) -> int:
    """A column's number from 1.

    >>> column_number("A"), column_number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters.upper().encode() if isinstance(letters, str) else letters.upper():
        number = number * 26 + letter - 64
    return number
