"""Opens a workbook of an office: every sheet with its values and with what stands against them.

Libraries give the values but not which of them count: an error and a formula that was never
calculated come out empty, 98 % comes out as 0.98, and a footnote's mark joins its number. So the
parts are read here, by what ECMA-376 says of them.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from planlib.excel.workbook.cells import read_cells
from planlib.excel.workbook.parts import Damaged, read_contents
from planlib.excel.workbook.refusals import damaged
from planlib.excel.workbook.safety import check_workbook
from planlib.excel.workbook.sheet_cells import Position, SheetCells


@dataclass
class OfficeBook:
    """A workbook's sheets in their order, and the cells that have a name of their own."""

    path: Path
    sheets: list[SheetCells]
    names: dict[str, tuple[str, Position]] = field(default_factory=dict)

    def sheet(self, name: str) -> SheetCells | None:
        """A sheet by its name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_office_book(path: Path, *, checked: bool = False) -> OfficeBook:
    """Open a workbook that is safe to open; raises InputError for one that is not.

    ``checked`` says that ``check_workbook`` has already looked at it.
    """
    if not checked:
        check_workbook(path)
    try:
        with zipfile.ZipFile(path) as archive:
            contents = read_contents(archive)
            sheets = [
                read_cells(archive.read(part), name, contents, hidden=hidden)
                for name, hidden, part in contents.sheets
            ]
    except (Damaged, KeyError, OSError, zipfile.BadZipFile, zlib.error, UnicodeError):
        raise damaged(path) from None
    names = {name: (sheet, (row, column)) for name, (sheet, row, column) in contents.names.items()}
    return OfficeBook(path, sheets, names)
