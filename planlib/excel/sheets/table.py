"""Finds the table in a sheet, wherever it begins, and gives its rows cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planlib.errors import Problem, said
from planlib.excel.sheets.row import InputCell
from planlib.excel.template.columns import NUMBERS
from planlib.excel.workbook.guards import (
    CellFault,
    cell_fault,
    hidden_column_fault,
    hidden_row_fault,
    merged_fault,
    seen_in_merge,
)
from planlib.excel.workbook.sheet_cells import CellValue, Position, SheetCells
from planlib.excel.workbook.sheets import OfficeBook
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.figures.typed.office_words import head_of
from planlib.language.typed.unreadable import Unreadable

SEARCHED = 60  # rows in which a table must have begun
INPUTS = (*NUMBERS, "state", "published_verdict", "vintage", "source", "note")
SHARED = ("vintage", "source", "note")  # may be merged over the rows they are for
NAMES = ("goal", "name")
LABELS = ("goal", "area", "year", "group")


@dataclass
class SheetTable:
    """A table in a sheet: the row of its heads, and the column of each thing it holds.

    ``top`` is the first row of heads that stand in two rows, ``head`` the last; ``flags`` are those
    of the period whose column holds the figures.
    """

    book: OfficeBook
    sheet: SheetCells
    head: int
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    top: int | None = None
    flags: str = ""

    def head_of(self, index: int) -> str:
        """The head of a column by its number; of two rows both, the upper one first."""
        rows = range(self.head if self.top is None else self.top, self.head + 1)
        return " ".join(dict.fromkeys(t for row in rows if (t := self.sheet.text(row, index))))

    def rows(self) -> range:
        """The rows below the heads."""
        return range(self.head + 1, len(self.sheet.rows))

    def holds_digits(self, index: int) -> bool:
        """Whether a column holds anything that may be a number below its head."""
        texts = (self.sheet.text(row, index) for row in self.rows())
        return any(any(map(str.isdigit, text)) for text in texts)

    def place(self, row: int, column: str) -> str:
        """The address of a cell; of the row's first cell where there is no such column."""
        return self.sheet.place(row, self.columns.get(column, min(self.columns.values())))

    def text(self, row: int, column: str) -> str:
        """A cell as text; empty without such a column."""
        return self.sheet.text(row, self.columns[column]) if column in self.columns else ""

    def given(self, row: int, columns: Iterable[str] = INPUTS) -> dict[str, InputCell]:
        """The cells of a row that hold something; what cannot be trusted is a problem instead."""
        found: dict[str, InputCell] = {}
        if not self.sheet.rows[row] and row not in self.sheet.merges:
            return found
        for column in columns:
            if column not in self.columns:
                continue
            at = (row, self.columns[column])
            value = self._value(at, column)
            if isinstance(value, str):
                value = value.strip()
            if value is None or value == "":
                continue
            shown = self.sheet.percent, self.sheet.around
            found[column] = InputCell(
                value, self.sheet.place(*at), at in shown[0], shown[1].get(at)
            )
            if at[1] in self.sheet.hidden_columns:
                self._say(hidden_column_fault(), self.sheet.place(self.head, at[1]))
        if found and row in self.sheet.hidden_rows:
            place = self.sheet.place(row, min(self.columns[column] for column in found))
            self._say(hidden_row_fault(), place)
            return {}
        if found:
            for label in LABELS:
                at = (row, self.columns.get(label, -1))
                if fault := self.sheet.faults.get(at):
                    self._say(fault, self.sheet.place(*at))
        return found

    def holds_number(self, row: int, cells: Mapping[str, InputCell]) -> bool:
        """Whether a figure's cell of a row is a number, or reads as one; a signature is none."""
        for column in NUMBERS:
            if column not in self.columns:
                continue
            area = self.sheet.merge(row, self.columns[column])
            value = self.sheet.cell(
                *((area.top, area.left) if area else (row, self.columns[column]))
            )
            if isinstance(value, float | int):
                return True
            text = str(cells[column].value) if column in cells else ""
            if text[:1].isdigit():
                return True  # in doubt perhaps, or with words behind it
            try:
                typed_number(text, NumberStyle("amount"))
            except Unreadable:
                continue
            return True
        return False

    def _value(self, at: Position, column: str) -> CellValue | None:
        """What a cell holds; None where a problem was told instead."""
        sheet = self.sheet
        if fault := cell_fault(sheet, at, words=column in SHARED):
            self._say(fault, sheet.place(*at))
            return None
        area = sheet.merge(*at)
        if area is None:
            return sheet.cell(*at)
        if column in SHARED:
            first = area.left == at[1]
            return sheet.cell(area.top, area.left) if first else ""
        name = next((self.columns[key] for key in NAMES if key in self.columns), -1)
        used = {at for key, at in self.columns.items() if key not in SHARED}
        value = seen_in_merge(sheet, at, name, used)
        if value is None:
            self._say(merged_fault(area), sheet.place(*at))
        return value

    def _say(self, fault: CellFault, place: str) -> None:
        problem = Problem(fault[0], str(self.book.path), place, hint=fault[1])
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
                message = said("excel.two-columns-same-head", head=sheet.text(row, index))
                table._say((message, said("excel.delete-one-of-them")), sheet.place(row, index))
                continue
            columns[head] = index
        return table
    return None
