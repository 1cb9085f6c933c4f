"""Reads the cells of one sheet: what Excel shows in each, and what stands against trusting it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from planlib.errors import Said, said
from planlib.excel.workbook.number_formats import section_of
from planlib.excel.workbook.parts import (
    TRUE,
    Contents,
    Damaged,
    Look,
    Rich,
    RichReader,
    column_number,
    composed,
    parsed,
)

Position = tuple[int, int]  # row and column, from 0
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")
_NOTHING: list[Any] = []  # of every row without a cell
WIDEST_SHEET, TALLEST_SHEET = 16_384, 1_048_576
MOST_MERGED = 300_000  # cells; a title across a sheet has at most 16,384


@dataclass(frozen=True)
class Area:
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
    percentage: 98 % is 98. ``raised`` are footnote marks, not part of the value; ``fonts`` those of
    before Unicode.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    doubts: dict[Position, tuple[Said, Said]] = field(default_factory=dict)
    percent: set[Position] = field(default_factory=set)
    raised: dict[Position, str] = field(default_factory=dict)
    fonts: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: dict[int, list[Area]] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Any:
        """A value; empty outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def width(self, row: int) -> int:
        """How many columns of a row hold something, those of merged cells included."""
        own = len(self.rows[row]) if row < len(self.rows) else 0
        return max([own, *(area.right + 1 for area in self.merges.get(row, ()))])

    def merge(self, row: int, column: int) -> Area | None:
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


def read_cells(data: bytes, name: str, hidden: bool, contents: Contents) -> SheetCells:
    """The cells of a sheet's part; raises Damaged."""
    reader = _Reader(SheetCells(name, [], hidden), contents)
    parsed(data, reader.start, reader.end, reader.text)
    return reader.sheet


class _Reader:
    """Takes a sheet in element by element."""

    def __init__(self, sheet: SheetCells, contents: Contents) -> None:
        self.sheet, self.contents = sheet, contents
        self.row = -1
        self.column = -1
        self.inside = ""  # of a cell: its value "v", its own text "is", or nothing that counts
        self.kind, self.style = "n", 0
        self.value: list[str] | None = None
        self.formula = False
        self.own = RichReader()
        self.rich: Rich | None = None
        self.in_cell = self.in_data = False
        self.merged = 0

    def start(self, name: str, facts: dict[str, str]) -> None:
        if self.in_cell:
            if name == "v":
                self.inside, self.value = "v", []
            elif name == "f":
                self.formula = True
            elif name == "is":
                self.inside = "is"
                self.own.begin()
            elif self.inside == "is":
                self.own.start(name, facts)
        elif name == "c" and self.in_data:
            self._begin(facts)
        elif name == "row" and self.in_data:
            row = _number(facts.get("r"), self.row + 2) - 1
            if not self.row < row < TALLEST_SHEET:
                raise Damaged
            self.row, self.column = row, -1
            if facts.get("hidden") in TRUE or facts.get("ht") in {"0", "0.0"}:
                self.sheet.hidden_rows.add(self.row)
        elif name == "sheetData":
            self.in_data = True
        elif name == "col" and (facts.get("hidden") in TRUE or facts.get("width") in {"0", "0.0"}):
            last = min(_number(facts.get("max"), 1), 1_000)
            self.sheet.hidden_columns.update(range(_number(facts.get("min"), 1) - 1, last))
        elif name == "mergeCell":
            self._merge(facts.get("ref", ""))

    def text(self, text: str) -> None:
        if self.inside == "v" and self.value is not None:
            self.value.append(text)
        elif self.inside == "is":
            self.own.text(text)

    def end(self, name: str) -> None:
        if name == "c" and self.in_cell:
            self.in_cell, self.inside = False, ""
            self._take()
        elif name == "v":
            self.inside = ""
        elif name == "is":
            self.inside, self.rich = "", self.own.made()
        elif name == "sheetData":
            self.in_data = False
        elif self.inside == "is":
            self.own.end(name)

    def _begin(self, facts: dict[str, str]) -> None:
        self.in_cell, self.inside = True, ""
        if reference := facts.get("r"):
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise Damaged
            column, row = column_number(found[1]) - 1, int(found[2]) - 1
            if row != self.row or column <= self.column or column >= WIDEST_SHEET:
                raise Damaged  # two cells in one place, or a cell in another's row
            self.column = column
        else:
            self.column += 1
        self.kind, self.style = facts.get("t", "n"), _number(facts.get("s"), 0)
        self.value, self.formula, self.rich = None, False, None

    def _merge(self, reference: str) -> None:
        ends = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return
        (left, top), (right, bottom) = (
            (column_number(end[1]) - 1, int(end[2]) - 1) for end in ends if end
        )
        if right < left or bottom < top:
            return
        self.merged += (right - left + 1) * (bottom - top + 1)
        if self.merged > MOST_MERGED:
            raise Damaged
        area = Area(top, left, bottom, right)
        for row in range(top, bottom + 1):
            self.sheet.merges.setdefault(row, []).append(area)

    def _take(self) -> None:
        looks = self.contents.looks
        look = looks[self.style] if self.style < len(looks) else Look()
        at = (self.row, self.column)
        value = self._value(look, at)
        left_out = self.rich is not None and (self.rich.struck or self.rich.raised)
        if value == "" and not left_out and at not in self.sheet.doubts:
            return
        rows = self.sheet.rows
        if len(rows) <= self.row:
            rows += [_NOTHING] * (self.row - len(rows))
            rows.append([])
        rows[self.row] += [""] * (self.column - len(rows[self.row]))
        rows[self.row].append(value)
        struck = look.struck or (self.rich is not None and self.rich.struck != "")
        if struck:
            self._doubt(at, said("excel.cell-struck-through"),
                        said("excel.delete-no-longer-counts"))  # fmt: skip
        raised = self.rich.raised if self.rich is not None else ""
        if look.raised or raised:
            self.sheet.raised[at] = raised or self.sheet.text(*at)
        if look.font[:3].lower() in {".vn", "vni"} or (self.rich and self.rich.font):
            self.sheet.fonts[at] = (self.rich.font if self.rich else "") or look.font

    def _doubt(self, at: Position, message: Said, hint: Said) -> None:
        self.sheet.doubts.setdefault(at, (message, hint))

    def _value(self, look: Look, at: Position) -> Any:
        told = "".join(self.value) if self.value is not None else None
        if self.kind == "e":
            self._doubt(at, said("excel.cell-error", error=told or "?"), said("excel.mend-empty"))
            return ""
        if self.formula and (self.contents.stale or self._uncalculated(told)):
            hint = said("excel.open-workbook-excel-libreoffice")
            self._doubt(at, said("excel.formula-never-calculated"), hint)
        if self.kind == "s":
            if told is None:
                return ""
            number = _number(told.strip(), -1)
            if not 0 <= number < len(self.contents.texts):
                raise Damaged
            self.rich = self.contents.texts[number]
            return self.rich.text
        if self.kind == "inlineStr":
            return self.rich.text if self.rich is not None else ""
        self.rich = None
        if told is None or not told.strip():
            return composed(told) if told and self.kind == "str" else ""
        if self.kind == "str":
            return composed(told)
        if self.kind == "b":
            return told.strip() in TRUE
        if self.kind == "d":
            return _iso(told.strip())
        if _NUMBER.fullmatch(told) is None or not math.isfinite(float(told)):
            raise Damaged
        return self._shown(float(told), look, at)

    def _uncalculated(self, told: str | None) -> bool:
        """A formula without a result; one that gives an empty text says that it is a text."""
        return told is None or (not told and self.kind != "str")

    def _shown(self, number: float, look: Look, at: Position) -> Any:
        """A number as its format shows it."""
        if look.code == "General":
            return number
        section = section_of(look.code, number)
        shown: Any = None
        if section is not None and section.moment:
            shown = self._moment(number, elapsed=section.moment == "elapsed")
        elif section is not None and not section.resized and not section.hides(number):
            shown = number
        if section is None or shown is None:
            message = said("excel.number-format-shows-another",
                           format=repr(look.code[:60]), held=number)  # fmt: skip
            self._doubt(at, message, said("excel.give-cell-plain-number"))
            return number
        if section.moment:
            return shown
        if section.percent:
            self.sheet.percent.add(at)
        # Excel keeps 98 % as 0.98; twelve digits undo what binary fractions add.
        return float(f"{number * 100:.12g}") if section.hundreds else number

    def _moment(self, number: float, *, elapsed: bool) -> Any:
        """A date, a time or a span; None where Excel shows ``####``."""
        try:
            span = timedelta(seconds=round(number * 86_400))
            if elapsed:
                return span
            if number < 0:
                return None
            if number < 1:
                return (datetime(1900, 1, 1) + span).time() if span.days == 0 else time()  # noqa: DTZ001
            first = datetime(1904, 1, 1) if self.contents.from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
            if number < 60 and not self.contents.from_1904:
                span += timedelta(days=1)  # Excel's year 1900 has a 29 February
            moment = first + span
        except OverflowError:
            return None
        return moment if moment.time() != time() else moment.date()


def _number(text: str | None, without: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else without


def _iso(text: str) -> datetime | date | time:
    """A date as the strict form of the format keeps it."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            found = read(text)
        except ValueError:
            continue
        if isinstance(found, datetime) and found.time() == time():
            return found.date()
        return found
    raise Damaged
