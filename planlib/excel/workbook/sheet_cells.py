"""One sheet as it is shown, cell by cell, with what stands against trusting some of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import Said

CellValue = str | float | date | time | timedelta  # a truth value is a number too
Position = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True)
class CellRange:
    """A rectangle of merged cells; rows and columns from 0, the last included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = xl_col_to_name(self.left), xl_col_to_name(self.right)
        return f"{first}{self.top + 1}:{last}{self.bottom + 1}"


@dataclass
class SheetCells:
    """One sheet: its values as they are shown, and what stands against trusting some of them.

    ``doubts`` say what is wrong with a cell and how to mend it. ``percent`` are the cells shown as a
    percentage: 98 % is 98; ``around`` what formats show before numbers and behind them. ``raised`` are footnote marks, not part of the value; ``fonts`` those of
    before Unicode.
    """

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    faults: dict[Position, tuple[Said, Said]] = field(default_factory=dict)
    percent: set[Position] = field(default_factory=set)
    around: dict[Position, tuple[str, str]] = field(default_factory=dict)
    raised: dict[Position, str] = field(default_factory=dict)
    fonts: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: dict[int, list[CellRange]] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> CellValue:
        """A value; empty outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def width(self, row: int) -> int:
        """How many columns of a row hold something, those of merged cells included."""
        filled = len(self.rows[row]) if row < len(self.rows) else 0
        return max([filled, *(area.right + 1 for area in self.merges.get(row, ()))])

    def merge(self, row: int, column: int) -> CellRange | None:
        """The merged cells a cell belongs to."""
        for area in self.merges.get(row, ()):
            if area.left <= column <= area.right:
                return area
        return None

    def text(self, row: int, column: int) -> str:
        """A cell as text without spaces around it; of merged cells the one they show."""
        area = self.merge(row, column)
        value = self.cell(area.top, area.left) if area else self.cell(row, column)
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return str(value).strip()

    def place(self, row: int, column: int) -> str:
        """A cell's address as a reader finds it.

        >>> SheetCells("Kinh tế", []).place(6, 1)
        'Kinh tế!B7'
        """
        return f"{self.name}!{xl_col_to_name(column)}{row + 1}"
