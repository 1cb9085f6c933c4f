"""Opens a table of any kind as sheets of cells: CSV, a workbook, Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planlib.errors import InputError, refused, said
from planlib.excel.sheets.csv_book import rows_by_line
from planlib.excel.workbook.sheet_cells import CellValue, SheetCells
from planlib.excel.workbook.sheets import OfficeBook, open_office_book
from planlib.figures.csv_text import MOST_COLUMNS, read_csv_rows
from planlib.storage.whole_files import LARGEST_TABLE, open_file

CSV, PARQUET = ".csv", ".parquet"
TABLES = (
    CSV,
    PARQUET,
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
)  # what is no workbook of Excel's is refused
MOST_ROWS = 1_000_000


@dataclass
class LineCells(SheetCells):
    """Rows that are told by their number alone; ``first`` is the number of the first one."""

    first: int = 1

    def place(self, row: int, column: int) -> str:
        """The line of a CSV file; the row of a Parquet file, whose heads are row 0."""
        return str(row + self.first)


def open_any_table(path: Path) -> tuple[OfficeBook, bool]:
    """A table as sheets, and whether its texts may hold a decimal comma. Raises InputError."""
    kind = path.suffix.lower()
    if kind == CSV:
        read = read_csv_rows(path)
        if read.problems:
            raise InputError(read.problems)
        return OfficeBook(path, [LineCells(path.stem, rows_by_line(read))]), read.decimal_comma
    if kind == PARQUET:
        return OfficeBook(path, [LineCells(path.stem, _rows_of_parquet(path), first=0)]), False
    return open_office_book(path), False


def _rows_of_parquet(path: Path) -> list[list[CellValue]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_file(path, LARGEST_TABLE) as stream:
            file = pq.ParquetFile(stream)
            if file.metadata.num_columns > MOST_COLUMNS:
                found = file.metadata.num_columns
                raise refused(said("figures.too-many-columns", n=MOST_COLUMNS, found=found), path)
            if file.metadata.num_rows > MOST_ROWS:
                found = file.metadata.num_rows
                raise refused(said("figures.too-many-rows", n=MOST_ROWS, found=found), path)
            table = file.read()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise refused(said("figures.not-parquet-file", reason=reason), path) from None
    columns = [[_cell(value) for value in column.to_pylist()] for column in table.columns]
    return [[*table.column_names], *map(list, zip(*columns, strict=True))]


def _cell(value: object) -> CellValue:
    if value is None or value != value:  # NaN
        return ""
    return float(value) if isinstance(value, int | float) else str(value)
