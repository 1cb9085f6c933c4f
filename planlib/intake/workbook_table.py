"""Finds the table in a sheet, wherever it begins, and gives its rows cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from planlib.errors import Problem, said
from planlib.intake.goal_rows import NUMBERS, Given
from planlib.intake.office_words import head_of
from planlib.intake.workbook_sheets import OfficeBook, SheetCells

SEARCHED = 60  # rows in which a table must have begun
INPUTS = (*NUMBERS, "state", "published_verdict", "vintage", "source", "note")


@dataclass
class SheetTable:
    """A table in a sheet: the row of its heads, and the column of each thing it holds."""

    book: OfficeBook
    sheet: SheetCells
    head: int
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> range:
        """The rows below the heads."""
        return range(self.head + 1, len(self.sheet.rows))

    def place(self, row: int, column: str) -> str:
        """The address of a cell; of the row's first cell where there is no such column."""
        return self.sheet.place(row, self.columns.get(column, min(self.columns.values())))

    def text(self, row: int, column: str) -> str:
        """A cell as text; empty without such a column."""
        return self.sheet.text(row, self.columns[column]) if column in self.columns else ""

    def given(self, row: int, columns: Iterable[str] = INPUTS) -> dict[str, Given]:
        """The cells of a row that hold something; what cannot be trusted is a problem instead."""
        found: dict[str, Given] = {}
        for column in columns:
            if column not in self.columns:
                continue
            at = (row, self.columns[column])
            value = self.sheet.cell(*at)
            if isinstance(value, str):
                value = value.strip()
            if not self._trusted(at, value) or value == "":
                continue
            found[column] = Given(value, self.sheet.place(*at), at in self.sheet.percent)
        if found and row in self.sheet.hidden_rows:
            place = self.sheet.place(row, min(self.columns[column] for column in found))
            message = said("the row is hidden and holds a figure")
            self._say(message, place, said("show the row, or empty it"))
            return {}
        return found

    def _trusted(self, at: tuple[int, int], value: object) -> bool:
        sheet = self.sheet
        if at in sheet.errors:
            self._say(said("the cell shows an error"), sheet.place(*at), said("mend or empty it"))
        elif at in sheet.formulas and (self.book.stale or value == ""):
            message = said("the formula was never calculated, or it gives nothing")
            hint = said("open the workbook in Excel or LibreOffice, save it, or type the number")
            self._say(message, sheet.place(*at), hint)
        elif at in sheet.merged:
            message = said("the cells {cells} are merged", cells=sheet.merged[at])
            self._say(message, sheet.place(*at), said("unmerge them: one cell for each row"))
        else:
            return True
        return False

    def _say(self, message: str, place: str, hint: str) -> None:
        problem = Problem(message, str(self.book.path), place, hint=hint)
        if problem not in self.problems:
            self.problems.append(problem)


def find_table(book: OfficeBook, sheet: SheetCells, needed: Iterable[str]) -> SheetTable | None:
    """The table whose heads name everything ``needed``; None where no row does."""
    wanted = set(needed)
    for row in range(min(len(sheet.rows), SEARCHED)):
        heads = [head_of(value) if isinstance(value, str) else None for value in sheet.rows[row]]
        if not wanted <= set(heads):
            continue
        columns: dict[str, int] = {}
        table = SheetTable(book, sheet, row, columns)
        for index, head in enumerate(heads):
            if head is None:
                continue
            if head in columns:
                message = said("two columns hold the same: {head}", head=sheet.text(row, index))
                table._say(message, sheet.place(row, index), said("delete one of them"))
                continue
            columns[head] = index
        return table
    return None
