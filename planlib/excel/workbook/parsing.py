"""Parses a very long sheet while the rest of planlib is still being loaded.

Calamine takes seconds over a million rows and needs no Python meanwhile, so it works in a thread
while pandas is imported and the plan is read.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, refused, said, some_of
from planlib.excel.workbook.refusals import damaged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from planlib.excel.workbook.sheet_cells import CellValue

HEADS = {"area", "goal"}
PERIODS = {"year", "period"}  # and one of these


def are_heads(names: set[str]) -> bool:
    """Whether a row holds the heads of tidy figures."""
    return names >= HEADS and bool(names & PERIODS)


def two_tidy_sheets(path: Path, names: list[str]) -> Problem:
    """What is said where more than one sheet holds tidy figures."""
    message = said("excel.several-sheets-with-figures", n=len(names), names=some_of(names))
    return Problem(message, str(path), hint=said("excel.put-into-one-sheet"))


def start_parsing(path: Path) -> Future[list[CalamineSheet]]:
    """Begin to parse the sheets whose first row has the heads of tidy figures.

    The workbook has passed the check.
    """
    pool = ThreadPoolExecutor(1)
    parsing = pool.submit(_tidy_sheets, path)
    pool.shutdown(wait=False)
    return parsing


def _tidy_sheets(path: Path) -> list[CalamineSheet]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:  # the content decides, not the file's name
        workbook = CalamineWorkbook.from_filelike(stream)
        sheets = map(workbook.get_sheet_by_name, workbook.sheet_names)
        return [sheet for sheet in sheets if _has_heads(sheet)]


def _has_heads(sheet: CalamineSheet) -> bool:
    rows = sheet.to_python(skip_empty_area=False, nrows=1)
    return bool(rows) and are_heads({str(value).strip() for value in rows[0]})


def parsed_rows(
    path: Path, parsing: Future[list[CalamineSheet]]
) -> tuple[str, list[list[CellValue]]]:
    """The sheet's name and its rows, all of one length, the heads first; once.

    Raises InputError for a file that is damaged, has no such sheet, or has two.
    """
    from python_calamine import CalamineError

    try:
        sheets = parsing.result()
    except (CalamineError, OSError, ValueError):
        raise damaged(path) from None
    if not sheets:
        raise refused(said("excel.no-sheet-heads-area"), path)
    if len(sheets) > 1:
        raise InputError([two_tidy_sheets(path, [sheet.name for sheet in sheets])])
    sheet = sheets.pop()  # the parsed cells take as much memory as the rows
    return sheet.name, sheet.to_python(skip_empty_area=False)
