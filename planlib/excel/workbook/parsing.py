"""Parses a very long sheet while the rest of planlib is still being loaded.

Calamine takes seconds over a million rows and needs no Python meanwhile, so it works in a thread
while pandas is imported and the plan is read.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, refused, said
from planlib.excel.workbook.refusals import damaged

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from planlib.excel.workbook.sheet_cells import CellValue

HEADS = {"area", "goal", "year"}


def two_tidy_sheets(path: Path, names: list[str]) -> Problem:
    """What is said where more than one sheet holds tidy figures."""
    message = said("excel.several-sheets-with-figures", count=len(names), names=", ".join(names))
    return Problem(message, str(path), hint=said("excel.put-into-one-sheet"))


class SheetParsing(threading.Thread):
    """The sheet of a workbook whose first row has the heads of tidy figures.

    Work begins at once. The workbook has passed the check.
    """

    def __init__(self, path: Path) -> None:
        # No daemon: one that needs Python while Python ends could bring the whole process down.
        super().__init__()
        self._path = path
        self._found: tuple[str, CalamineSheet] | None = None
        self._names: list[str] = []
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Parse the sheets and keep the one that has the heads."""
        try:
            from python_calamine import CalamineWorkbook

            with self._path.open("rb") as stream:  # the content decides, not the file's name
                workbook = CalamineWorkbook.from_filelike(stream)
                for name in workbook.sheet_names:
                    sheet = workbook.get_sheet_by_name(name)
                    rows = sheet.to_python(skip_empty_area=False, nrows=1)
                    if rows and {str(value).strip() for value in rows[0]} >= HEADS:
                        self._names.append(name)
                        self._found = self._found or (name, sheet)
        except BaseException as error:  # whoever waits for the rows is told
            self._error = error

    def rows(self) -> tuple[str, list[list[CellValue]]]:
        """The sheet's name and its rows, all of one length, the heads first; once.

        Raises InputError for a file that is damaged or has no such sheet.
        """
        from python_calamine import CalamineError

        self.join()
        if isinstance(self._error, CalamineError | OSError | ValueError):
            raise damaged(self._path)
        if self._error is not None:
            raise self._error
        if self._found is None:
            raise refused(said("excel.no-sheet-heads-area"), self._path)
        if len(self._names) > 1:
            raise InputError([two_tidy_sheets(self._path, self._names)])
        name, sheet = self._found
        self._found = None  # the parsed cells take as much memory as the rows
        return name, sheet.to_python(skip_empty_area=False)
