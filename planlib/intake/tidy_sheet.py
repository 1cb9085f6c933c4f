"""Reads tidy figures (area, goal, year, …) that stand in a sheet, up to a million rows of them."""

from __future__ import annotations

import contextlib
import gc
import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import Problem, said
from planlib.intake.sheet_parsing import HEADS, SheetParsing
from planlib.intake.tables import typed_frame
from planlib.model.observations import NUMBER_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from planlib.intake.workbook_sheets import OfficeBook, SheetCells


def tidy_sheet_of(book: OfficeBook) -> SheetCells | None:
    """The first visible sheet whose first row has the heads of tidy figures; None without one."""
    for sheet in book.sheets:
        if sheet.rows and not sheet.hidden:
            heads = {value.strip() for value in sheet.rows[0] if isinstance(value, str)}
            if heads >= HEADS:
                return sheet
    return None


def read_tidy_sheet(
    path: Path, book: OfficeBook | None = None, parsing: SheetParsing | None = None
) -> tuple[pd.DataFrame, list[Problem], dict[str, str]]:
    """The figures of the sheet, every problem, and where each column stands; rows count with the
    head. ``{"value": "Sheet1!E"}`` is where the column of values stands, ``""`` the first column.

    The workbook has passed the check. Raises InputError where no sheet has the heads.
    """
    with _no_collecting():
        return _read(path, book, parsing)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of cells hold no cycles; looking for some takes longer than reading them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(
    path: Path, book: OfficeBook | None, parsing: SheetParsing | None
) -> tuple[pd.DataFrame, list[Problem], dict[str, str]]:
    sheet = tidy_sheet_of(book) if book is not None else None
    if sheet is not None:
        name, rows = sheet.name, sheet.rows
        problems = _behind(path, sheet)
    else:
        name, rows = (parsing or SheetParsing(path)).rows()
        problems = []
    head = [str(value).strip() for value in rows[0]]
    where = {key: f"{name}!{xl_col_to_name(n)}" for n, key in enumerate(head)}
    where[""] = f"{name}!A"
    while head and not head[-1]:
        head.pop()
    if problems or len(set(head)) < len(head) or not all(head):
        if not problems:
            message = said("every column has a head of its own")
            problems = [Problem(message, str(path), f"{name}!A1")]
        return typed_frame(path, {})[0], problems, where
    kept, numbers = _filled(rows)
    # Calamine gives rows of one length; what stands right of the heads belongs to no column.
    cells: list[Sequence[Any]] = list(zip(*kept, strict=True)) if kept else [()] * len(head)
    ready = {key: _column(key, values) for key, values in zip(head, cells, strict=False)}
    frame, problems = typed_frame(path, ready, numbers)
    return frame, problems, where


def _behind(path: Path, sheet: SheetCells) -> list[Problem]:
    problems = []
    for at in sorted(sheet.errors):
        message, hint = said("the cell shows an error"), said("mend or empty it")
        problems.append(Problem(message, str(path), sheet.place(*at), hint=hint))
    for at in sorted(sheet.formulas):
        if sheet.cell(*at) == "":
            message = said("the formula was never calculated, or it gives nothing")
            hint = said("open the workbook in Excel or LibreOffice, save it, or type the number")
            problems.append(Problem(message, str(path), sheet.place(*at), hint=hint))
    return problems


def _filled(rows: list[list[Any]]) -> tuple[list[list[Any]], Sequence[int]]:
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


def _column(name: str, values: Sequence[Any]) -> Any:
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


def _text(value: Any) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
