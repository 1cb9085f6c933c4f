"""Reads tidy figures (area, goal, year, …) that stand in a sheet, up to a million rows of them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import InputError, Problem, said
from planlib.excel.workbook.parsing import are_heads, parsed_rows, start_parsing, two_tidy_sheets
from planlib.excel.workbook.refusals import hidden_sheet
from planlib.figures.observations import NUMBER_COLUMNS
from planlib.figures.reading import typed_frame
from planlib.storage.collecting import no_collecting

if TYPE_CHECKING:
    import pandas as pd
    from python_calamine import CalamineSheet

    from planlib.excel.workbook.sheet_cells import CellValue, SheetCells
    from planlib.excel.workbook.sheets import OfficeBook

MOST_FAULTS = 200
WORDS = {"source", "note", "words", "published_reason"}  # a footnote's mark does no harm there


@dataclass
class TidyFigures:
    """The figures of a tidy sheet; rows count with the head.

    ``columns`` say where each column stands: ``{"value": "Sheet1!E"}``, ``""`` for the first one.
    ``percent`` are the rows and columns of the numbers that Excel shows as percentages, ``around``
    what it shows around others.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    columns: dict[str, str]
    percent: frozenset[tuple[int, str]] = frozenset()
    around: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)


def tidy_sheet_of(book: OfficeBook) -> SheetCells | None:
    """The visible sheet whose first row has the heads of tidy figures; None without one.

    Raises InputError where there are two, or the only one is hidden.
    """
    tidy = [sheet for sheet in book.sheets if sheet.rows and are_heads(_heads(sheet.rows[0]))]
    shown = [sheet for sheet in tidy if not sheet.hidden]
    if len(shown) > 1:
        raise InputError([two_tidy_sheets(book.path, [sheet.name for sheet in shown])])
    if tidy and not shown:
        raise hidden_sheet(book.path, tidy[0].name)
    return shown[0] if shown else None


def _heads(row: Sequence[CellValue]) -> set[str]:
    return {value.strip() for value in row if isinstance(value, str)}


def read_tidy_sheet(
    path: Path, book: OfficeBook | None = None, parsing: Future[list[CalamineSheet]] | None = None
) -> TidyFigures:
    """The figures of the sheet and every problem.

    The workbook has passed the check. Raises InputError where no sheet has the heads, or two have.
    """
    with no_collecting():  # millions of cells
        return _read(path, book, parsing)


def _read(
    path: Path, book: OfficeBook | None, parsing: Future[list[CalamineSheet]] | None
) -> TidyFigures:
    sheet = tidy_sheet_of(book) if book is not None else None
    if sheet is not None:
        name = sheet.name
        width = max(map(len, sheet.rows))
        rows = [row + [""] * (width - len(row)) for row in sheet.rows]
    else:
        name, rows = parsed_rows(path, parsing or start_parsing(path))
    head = [str(value).strip() for value in rows[0]]
    where = {key: f"{name}!{xl_col_to_name(n)}" for n, key in enumerate(head)}
    where[""] = f"{name}!A"
    while head and not head[-1]:
        head.pop()
    problems = _cell_faults(path, sheet, head) if sheet is not None else []
    if problems or len(set(head)) < len(head) or not all(head):
        if not problems:
            problems = [Problem(said("figures.column-heads-differ-hint"), str(path), f"{name}!A1")]
        return TidyFigures(typed_frame(path, {})[0], problems, where)
    filled, numbers = _filled(rows)
    # All rows have one length; what stands right of the heads belongs to no column.
    cells: list[Sequence[CellValue]] = (
        list(zip(*filled, strict=True)) if filled else [()] * len(head)
    )
    ready = {key: _column(key, values) for key, values in zip(head, cells, strict=False)}
    frame, problems = typed_frame(path, ready, numbers)
    if sheet is None:
        return TidyFigures(frame, problems, where)
    inside = [at for at in {*sheet.percent, *sheet.around} if at[1] < len(head)]
    named = {at: (at[0] + 1, head[at[1]]) for at in inside}
    percent = frozenset(name for at, name in named.items() if at in sheet.percent)
    around = {name: sheet.around[at] for at, name in named.items() if at in sheet.around}
    return TidyFigures(frame, problems, where, percent, around)


def _cell_faults(path: Path, sheet: SheetCells, head: list[str]) -> list[Problem]:
    """What stands against believing the cells under the heads, as in every other sheet."""
    from planlib.excel.workbook.guards import (
        cell_fault,
        hidden_column_fault,
        hidden_row_fault,
        merged_fault,
    )

    found: dict[str, Problem] = {}

    def say(fault: tuple[str, str], row: int, column: int) -> None:
        place = sheet.place(row, column)
        found.setdefault(f"{fault[0]}{place}", Problem(fault[0], str(path), place, hint=fault[1]))

    for number, row in enumerate(sheet.rows):
        if len(found) >= MOST_FAULTS:
            break
        filled = [at for at, value in enumerate(row[: len(head)]) if value != ""]
        if filled and number in sheet.hidden_rows:
            say(hidden_row_fault(), number, filled[0])
        for area in sheet.merges.get(number, ()):
            if area.left < len(head):
                say(merged_fault(area), area.top, area.left)
        for at in range(min(len(row), len(head))):
            if fault := cell_fault(sheet, (number, at), words=head[at] in WORDS):
                say(fault, number, at)
    for column in sorted(sheet.hidden_columns):
        if column < len(head) and any(
            row[column : column + 1] not in ([], [""]) for row in sheet.rows
        ):
            say(hidden_column_fault(), 0, column)
    return list(found.values())


def _filled(rows: list[list[CellValue]]) -> tuple[list[list[CellValue]], Sequence[int]]:
    """The rows below the heads that hold anything, and their numbers."""
    bare = {
        number
        for number, row in enumerate(rows)
        if row[0] == "" and not any(value != "" for value in row)
    }
    if not bare:
        return rows[1:], range(2, len(rows) + 1)
    numbers = [number for number in range(1, len(rows)) if number not in bare]
    return [rows[number] for number in numbers], [number + 1 for number in numbers]


def _column(name: str, values: Sequence[CellValue]) -> Sequence[CellValue] | pd.Categorical:
    """Cells as a CSV file would hold them; numbers stay numbers where they are all numbers."""
    kinds = set(map(type, values))
    if name in NUMBER_COLUMNS or name == "year":
        if kinds <= {float}:
            return list(values)
        if name != "year" and kinds <= {float, str} and not any(
            value for value in set(values) if isinstance(value, str)
        ):  # fmt: skip
            return [math.nan if value == "" else value for value in values]
        return [_text(value) for value in values]
    if kinds <= {str}:  # each different text once
        import numpy as np
        import pandas as pd

        places = {text: n for n, text in enumerate(dict.fromkeys(values))}
        codes = np.fromiter(map(places.__getitem__, values), np.int32, len(values))
        texts, same = np.unique([_text(text) for text in places], return_inverse=True)
        return pd.Categorical.from_codes(same[codes], pd.Index(list(texts), dtype="str"))
    return [_text(value) for value in values]


def _text(value: CellValue) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
