"""A CSV file somebody made himself as a sheet, so that a mapping reads it as it reads Excel's."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import InputError, Problem, said
from planlib.excel.workbook.sheet_cells import CellValue, SheetCells
from planlib.excel.workbook.sheets import OfficeBook
from planlib.figures.csv_text import MOST_SAID, CsvForm, CsvRows, read_csv_rows, say_more


class CsvCells(SheetCells):
    """The rows of a CSV file by their lines; cells are texts."""

    def place(self, row: int, column: int) -> str:
        """A cell as a spreadsheet that opens the file would call it: the line is its number."""
        return f"{xl_col_to_name(column)}{row + 1}"


def open_csv_book(path: Path, encoding: str | None = None) -> OfficeBook:
    """A CSV file as a book of one sheet, named as the file; its encoding is found out where none is told.

    Raises InputError.
    """
    read = read_csv_rows(path, form=CsvForm(encoding=encoding))
    if read.problems:
        raise InputError(read.problems)
    return OfficeBook(path, [CsvCells(path.stem, rows_by_line(read))])


def refuse_wide_rows(path: Path, sheet: SheetCells, head: int) -> None:
    """Raise InputError for rows of a CSV file that have more cells than its heads: 60,5 are two.

    A sheet may hold remarks beside its table; in a file of commas every cell behind is one too many.
    """
    if path.suffix.lower() != ".csv":
        return
    most = max(len(row) for row in sheet.rows[: head + 1])
    problems = [
        Problem(said("figures.row-cell-count", n=most, found=len(row)), str(path), at + 1)
        for at, row in enumerate(sheet.rows)
        if at > head and any(str(cell).strip() for cell in row[most:])
    ]
    if problems:
        more = len(problems) - MOST_SAID
        del problems[MOST_SAID:]
        say_more(problems, more, str(path))
        raise InputError(problems)


def rows_by_line(read: CsvRows) -> list[list[CellValue]]:
    """The rows of a file at the lines they begin on; lines between them are empty rows."""
    rows: list[list[CellValue]] = [[] for _ in range(read.lines[-1])]
    for line, row in zip(read.lines, read.rows, strict=True):
        rows[line - 1] = [*row]
    return rows
