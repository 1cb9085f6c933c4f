"""Parses a very long sheet while the rest of planlib is still being loaded.

Calamine takes seconds over a million rows and needs no Python meanwhile, so it works in a thread
while pandas is imported and the plan is read.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from planlib.errors import InputError, Problem, said

HEADS = {"area", "goal", "year"}


class SheetParsing(threading.Thread):
    """The first sheet of a workbook whose first row has the heads of tidy figures.

    Work begins at once. The workbook has passed the check.
    """

    def __init__(self, path: Path) -> None:
        # No daemon: one that needs Python while Python ends could bring the whole process down.
        super().__init__()
        self._path = path
        self._found: tuple[str, Any] | None = None
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Parse the sheets until one has the heads."""
        try:
            from python_calamine import CalamineWorkbook

            workbook = CalamineWorkbook.from_path(self._path)
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                rows = sheet.to_python(skip_empty_area=False, nrows=1)
                if rows and {str(value).strip() for value in rows[0]} >= HEADS:
                    self._found = (name, sheet)
                    return
        except BaseException as error:  # whoever waits for the rows is told
            self._error = error

    def rows(self) -> tuple[str, list[list[Any]]]:
        """The sheet's name and its rows, all of one length, the heads first; once.

        Raises InputError for a file that is damaged or has no such sheet.
        """
        from python_calamine import CalamineError

        self.join()
        if isinstance(self._error, CalamineError | OSError | ValueError):
            message = said(
                "not a whole Excel file: {reason}", reason=str(self._error).splitlines()[0]
            )
            raise InputError([Problem(message, str(self._path), hint=said("save it again"))])
        if self._error is not None:
            raise self._error
        if self._found is None:
            message = said("no sheet has the heads area, goal and year in its first row")
            raise InputError([Problem(message, str(self._path))])
        name, sheet = self._found
        self._found = None  # the parsed cells take as much memory as the rows
        return name, sheet.to_python(skip_empty_area=False)
