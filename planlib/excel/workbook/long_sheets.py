"""The guards of a sheet too long to be looked at cell by cell: it must be plain throughout.

A table of a million figures is parsed by columns. Hidden or merged cells, errors, formulas without a
result, percentages and raised or struck letters would all be lost on the way, so that the bytes of
the sheet are searched for them; the first one found refuses it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from unicodedata import category

from planlib.errors import Said, refused, said
from planlib.excel.workbook.number_formats import FormatSection, section_of
from planlib.excel.workbook.parts import CellStyle, Damaged, WorkbookContents, read_workbook_part
from planlib.excel.workbook.refusals import damaged, hidden_sheet
from planlib.excel.workbook.safety import LARGEST_OFFICE_SHEET

_CHUNK, _HELD = 1 << 20, 4_096
_CELL_AT = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_ROW_AT = re.compile(rb'<row [^>]*?r="([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row [^>]*?(?:hidden="(?:1|true)"|\sht="0(?:\.0)?")')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*?(?:hidden="(?:1|true)"|\swidth="0(?:\.0)?")')
_NO_RESULT = re.compile(
    rb'<c (?![^>]*t="str")[^>]*><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v/>|<v></v>)?</c>'
)
# What must be there at all, which is quick to see; then where; what is said, and how to mend it.
Fault = tuple[tuple[bytes, ...], re.Pattern[bytes], Said, Said]


def check_long_sheets(path: Path) -> None:
    """Refuse a long sheet that is not plain; raises InputError with the first cell that is not."""
    try:
        with zipfile.ZipFile(path) as archive:
            contents = read_workbook_part(archive)
            for name, hidden, part in contents.sheets:
                if archive.getinfo(part).file_size > LARGEST_OFFICE_SHEET:
                    if hidden:
                        raise hidden_sheet(path, name)
                    with archive.open(part) as stream:
                        _check(path, name, stream, _faults(contents))
            _check_texts(path, archive)
    except (Damaged, KeyError, OSError, zipfile.BadZipFile, zlib.error):
        raise damaged(path) from None


def _faults(contents: WorkbookContents) -> list[Fault]:
    """What must not stand in the sheet, and what is said of it."""
    plain = said("excel.give-cells-plain-number")
    faults: list[Fault] = [
        ((b't="e"',), re.compile(rb'<c [^>]*?t="e"'), said("excel.cell-error-unnamed"),
         said("excel.mend-empty")),
        ((b"<f",), re.compile(rb"<f[ >/]") if contents.stale else _NO_RESULT,
         said("excel.formula-never-calculated"), said("excel.open-workbook-excel-libreoffice")),
        ((b"hidden=", b'ht="0'), _HIDDEN_ROW, said("excel.row-hidden-holds-figure"),
         said("excel.show-row-empty")),
        ((b"hidden=", b'width="0'), _HIDDEN_COLUMN, said("excel.column-hidden-holds-figures"),
         said("excel.show-column-empty")),
        ((b"<mergeCell ",), re.compile(rb"<mergeCell "), said("excel.cells-sheet-merged"),
         said("excel.unmerge-cells"))]  # fmt: skip
    odd = [str(n).encode() for n, style in enumerate(contents.styles) if _odd(style)]
    if odd:
        styled = re.compile(rb'<c [^>]*?s="(?:' + b"|".join(odd) + rb')"[^>]*>\s*<[vf]')
        message = said("excel.long-sheet-cell-format")  # fmt: skip
        faults.append((tuple(b' s="' + n + b'"' for n in odd), styled, message, plain))
    return faults


def _odd(style: CellStyle) -> bool:
    sections = [section_of(style.code, number) for number in (0.5, 5.0, -5.0, 0.0)]
    strange = any(
        s is None or s.percent or s.resized or s.hides(1.0) or _says_words(s) for s in sections
    )
    return strange or style.struck or style.raised


def _says_words(section: FormatSection) -> bool:
    """Whether letters or signs of money stand around a number: it may be in another unit."""
    return any(sign.isalpha() or category(sign) == "Sc" for sign in "".join(section.around))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part, each piece with the end of the one before."""
    held = b""
    while chunk := stream.read(_CHUNK):
        yield held + chunk
        held = chunk[-_HELD:]


def _check(path: Path, name: str, stream: IO[bytes], faults: list[Fault]) -> None:
    for text in _chunks(stream):
        for marks, pattern, message, hint in faults:
            if any(mark in text for mark in marks) and (found := pattern.search(text)):
                raise refused(message, path, _place(name, text, found), hint=hint)


def _place(name: str, text: bytes, found: re.Match[bytes]) -> str:
    """The cell that was found, or the row; the sheet alone for what stands beside the cells."""
    near = text[max(0, found.start() - 300) : found.end()]
    if b"<row " in found[0] and (row := _ROW_AT.search(found[0])):
        return f"{name}!A{row[1].decode()}"
    cells = _CELL_AT.findall(near)
    outside = found[0].startswith((b"<col ", b"<mergeCell "))
    return f"{name}!{cells[-1].decode()}" if cells and not outside else name


def _check_texts(path: Path, archive: zipfile.ZipFile) -> None:
    name = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    if name is None:
        return
    marks = re.compile(rb'<(?:strike|vertAlign)\b(?![^>]*val="(?:0|false|baseline)")')
    with archive.open(name) as stream:
        for text in _chunks(stream):
            if found := marks.search(text):
                near = re.sub(rb"<[^>]*>", b"", text[found.start() : found.start() + 400])
                message = said("excel.raised-struck-letters-long",
                               text=repr(near.decode("utf-8", "replace").strip()[:40]))  # fmt: skip
                raise refused(message, path, hint=said("excel.delete-no-longer-counts"))
