"""Reads figures from the formats of statistics offices as a sheet, which the import takes like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planlib.errors import InputError, refused, said
from planlib.excel.sheets.csv_book import CsvCells, rows_by_line
from planlib.excel.workbook.sheet_cells import CellValue
from planlib.excel.workbook.sheets import OfficeBook
from planlib.exchange.standards.described import read_described
from planlib.exchange.standards.figure_table import (
    POWER,
    UNIT,
    FigureTable,
    multiple,
    tidy_table,
)
from planlib.exchange.standards.json_stat import data_set, read_json, read_json_stat
from planlib.exchange.standards.packages import DESCRIBED, PACKAGE
from planlib.exchange.standards.sdmx import is_sdmx_csv, read_sdmx_csv, read_sdmx_ml
from planlib.figures.csv_text import DELIMITERS, read_csv_rows
from planlib.plan.plan import Plan

JSON, XML, CSV = ".json", ".xml", ".csv"


def open_standard(path: Path, plan: Plan, *, mapped: bool) -> OfficeBook | None:
    """The figures of a file (or of a package's folder) as a book of one sheet; None for other files.

    ``mapped`` leaves heads and names as the file has them, for a mapping to read. Raises InputError.
    """
    described = _description(path) if path.is_dir() else path
    kind = described.suffix.lower()
    if kind == CSV:
        return _sdmx(path, plan, mapped=mapped)
    if kind == XML:
        return _book(path, _ready(read_sdmx_ml(path), plan, mapped=mapped))
    if kind != JSON:
        return None
    record = read_json(described)
    if (cube := data_set(record, path)) is not None:
        return _book(path, _ready(read_json_stat(cube, path, named=mapped), plan, mapped=mapped))
    if "dataSets" in record or "dataSets" in (record.get("data") or {}):
        raise refused(said("exchange.is-sdmx-json"), described, hint=said("exchange.ask-sdmx"))
    if not {"resources", "tables", "url"} & record.keys():
        raise refused(said("exchange.json-unknown"), described)
    read = read_described(record, described, mapped=mapped)
    table = Path(read.file)
    return OfficeBook(table, [CsvCells(table.stem, rows_by_line(read))])


def _description(folder: Path) -> Path:
    """The file that says what lies in a folder: of a data package, or of CSV on the Web."""
    if (package := folder / PACKAGE).is_file():
        return package
    found = sorted(folder.glob(f"*{DESCRIBED}"))
    if len(found) != 1:
        message = said("exchange.folder-not-described", package=PACKAGE, web=f"*{DESCRIBED}")
        raise refused(message, folder, hint=said("exchange.package-name-table"))
    return found[0]


def _sdmx(path: Path, plan: Plan, *, mapped: bool) -> OfficeBook | None:
    with path.open("rb") as stream:
        first = stream.readline(10_000).decode("utf-8-sig", "replace")
    parted = ([one.strip('"\r\n ') for one in first.split(mark)] for mark in DELIMITERS)
    heads = next(filter(is_sdmx_csv, parted), None)
    if heads is None:
        return None
    read = read_csv_rows(path, heads[:2])
    if read.problems:
        raise InputError(read.problems)
    table = _ready(read_sdmx_csv(read), plan, mapped=mapped)
    read.rows = [[*table.heads], *([*row] for row in table.rows)]
    return OfficeBook(path, [CsvCells(path.stem, rows_by_line(read))])


def _ready(table: FigureTable, plan: Plan, *, mapped: bool) -> FigureTable:
    return _in_multiples(table) if mapped else tidy_table(table, plan)


def _in_multiples(table: FigureTable) -> FigureTable:
    """A table of SDMX whose numbers stand in thousands or more, with the column of units a sheet has."""
    if POWER not in table.heads or UNIT in table.heads:
        return table
    sizes = [multiple(power) for power in table.column(POWER)]
    if not any(sizes):
        return table
    rows = [(*row, size) for row, size in zip(table.rows, sizes, strict=True)]
    return replace(table, heads=(*table.heads, UNIT), rows=rows)


def _book(path: Path, table: FigureTable) -> OfficeBook:
    """A row an observation, below the heads: what messages call row 5 is the fourth of them."""
    rows: list[list[CellValue]] = [[*row] for row in (table.heads, *table.rows)]
    return OfficeBook(path, [CsvCells(path.stem, rows)])
