"""Opens a workbook of an office: python-calamine for the values, openpyxl for what lies behind.

Calamine reads fast and gives what Excel last showed, but an error and a formula that was never
calculated both come out empty, and 98 % comes out as 0.98. Openpyxl tells which cells those are,
which rows are hidden and which cells are merged.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import InputError, Problem, said
from planlib.intake.legacy_fonts import legacy_encoding
from planlib.intake.workbook_safety import check_workbook

MOST_SHEETS = 60
MOST_LEGACY = 20
Position = tuple[int, int]  # row and column, from 0


@dataclass
class SheetCells:
    """One sheet: its values, and the positions of cells that are not what they look like."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    formulas: set[Position] = field(default_factory=set)
    errors: set[Position] = field(default_factory=set)
    percent: set[Position] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merged: dict[Position, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Any:
        """A value; empty outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """A cell as text without spaces around it."""
        value = self.cell(row, column)
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return str(value).strip()

    def place(self, row: int, column: int) -> str:
        """A cell's address as a reader finds it.

        >>> SheetCells("Kinh tế", []).place(6, 1)
        'Kinh tế!B7'
        """
        return f"{self.name}!{xl_col_to_name(column)}{row + 1}"


@dataclass
class OfficeBook:
    """A workbook's sheets in their order, and the cells that have a name of their own.

    ``stale`` says that the program which wrote the file left its formulas to be calculated.
    """

    path: Path
    sheets: list[SheetCells]
    names: dict[str, tuple[str, str]]
    stale: bool = False
    problems: list[Problem] = field(default_factory=list)

    def sheet(self, name: str) -> SheetCells | None:
        """A sheet by its name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_office_book(path: Path, *, checked: bool = False) -> OfficeBook:
    """Open a workbook that is safe to open; raises InputError for one that is not.

    ``checked`` says that ``check_workbook`` has already looked at it. Text in fonts of before
    Unicode is among the ``problems``.
    """
    if not checked:
        check_workbook(path)
    from openpyxl import load_workbook
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        values = CalamineWorkbook.from_path(path)
        if len(values.sheet_names) > MOST_SHEETS:
            message = said("a workbook has at most {most} sheets", most=MOST_SHEETS)
            raise InputError([Problem(message, str(path))])
        with warnings.catch_warnings():
            # What openpyxl does not know (a slicer, an extension) it says so of, and leaves out.
            warnings.simplefilter("ignore")
            # Opened here, since openpyxl leaves a file open that it cannot read.
            with path.open("rb") as stream:
                behind = load_workbook(stream, keep_links=False)
        book = OfficeBook(path, [], {}, stale=_left_to_calculate(path))
        for name in values.sheet_names:
            rows = values.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheet = SheetCells(name, [[_composed(value) for value in row] for row in rows])
            if name in behind.sheetnames and hasattr(behind[name], "iter_rows"):
                _look_behind(sheet, behind[name], book)
            book.sheets.append(sheet)
        for name, defined in behind.defined_names.items():
            if destinations := list(defined.destinations):
                book.names[name] = destinations[0]
    except InputError:
        raise
    except (CalamineError, MemoryError, OSError) as error:
        raise _broken(path, str(error)) from None
    except Exception as error:
        # A hostile file can make openpyxl raise anything, from KeyError to RecursionError; none of
        # it is ours, and all of it means the same to whoever sent the file.
        raise _broken(path, type(error).__name__) from None
    return book


def _left_to_calculate(path: Path) -> bool:
    """Whether a program wrote the formulas and left the calculation to Excel.

    Openpyxl says so of every file, since that is its own default; so the file itself is asked.
    """
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/workbook.xml")
    return re.search(rb"""fullCalcOnLoad\s*=\s*["'](1|true)""", text) is not None


def _broken(path: Path, reason: str) -> InputError:
    message = said(
        "not a whole Excel file: {reason}", reason=reason.splitlines()[0] if reason else ""
    )
    return InputError([Problem(message, str(path), hint=said("save it again"))])


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _look_behind(sheet: SheetCells, behind: Any, book: OfficeBook) -> None:
    sheet.hidden = behind.sheet_state != "visible"
    for number, dimension in behind.row_dimensions.items():
        if dimension.hidden:
            sheet.hidden_rows.add(number - 1)
    for area in behind.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, len(sheet.rows) + 1) + 1):
            for column in range(area.min_col, min(area.max_col, 100) + 1):
                sheet.merged[row - 1, column - 1] = area.coord
    legacy = 0
    for (row, column), cell in behind._cells.items():
        at = (row - 1, column - 1)
        if cell.data_type == "f":
            sheet.formulas.add(at)
        elif cell.data_type == "e":
            sheet.errors.add(at)
        elif cell.data_type == "n" and cell.value is not None:
            if "%" in cell.number_format:
                sheet.percent.add(at)
        elif cell.data_type == "s" and not sheet.hidden and not str(cell.value).isascii():
            found = legacy_encoding(str(cell.value), cell.font.name if cell.font else None)
            legacy += found is not None
            if found and legacy <= MOST_LEGACY:
                message = said("the text is in the old font encoding {encoding}", encoding=found)
                hint = said("convert the sheet to Unicode, for instance with UniKey's toolkit")
                place = sheet.place(*at)
                book.problems.append(Problem(message, str(book.path), place, hint=hint))
    for at in sheet.formulas:
        # Formulas keep their format too: 0.98 shown as 98 %.
        if "%" in behind._cells[at[0] + 1, at[1] + 1].number_format:
            sheet.percent.add(at)
