"""Reads the cells of one sheet: what Excel shows in each, and what stands against trusting it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from planlib.errors import Said, said
from planlib.excel.workbook.bounds import column_number
from planlib.excel.workbook.number_formats import section_of
from planlib.excel.workbook.parts import CellStyle, Damaged, WorkbookContents, parsed
from planlib.excel.workbook.rich_text import TRUE, RichText, RichTextReader, composed
from planlib.excel.workbook.sheet_cells import CellRange, CellValue, Position, SheetCells

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")
_NOTHING: list[CellValue] = []  # of every row without a cell
WIDEST_SHEET, TALLEST_SHEET = 16_384, 1_048_576
MOST_MERGED = 300_000  # cells; a title across a sheet has at most 16,384


def read_cells(data: bytes, name: str, contents: WorkbookContents, *, hidden: bool) -> SheetCells:
    """The cells of a sheet's part; raises Damaged."""
    reader = _CellReader(SheetCells(name, [], hidden), contents)
    parsed(data, reader.start, reader.end, reader.text)
    return reader.sheet


class _CellReader:
    """Takes a sheet in element by element."""

    def __init__(self, sheet: SheetCells, contents: WorkbookContents) -> None:
        self.sheet, self.contents = sheet, contents
        self.row = -1
        self.column = -1
        self.inside = ""  # of a cell: its value "v", its own text "is", or nothing that counts
        self.kind, self.style = "n", 0
        self.value: list[str] | None = None
        self.formula = False
        self.inline = RichTextReader()
        self.rich: RichText | None = None
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
                self.inline.begin()
            elif self.inside == "is":
                self.inline.start(name, facts)
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
            self.inline.text(text)

    def end(self, name: str) -> None:
        if name == "c" and self.in_cell:
            self.in_cell, self.inside = False, ""
            self._take()
        elif name == "v":
            self.inside = ""
        elif name == "is":
            self.inside, self.rich = "", self.inline.made()
        elif name == "sheetData":
            self.in_data = False
        elif self.inside == "is":
            self.inline.end(name)

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
        area = CellRange(top, left, bottom, right)
        for row in range(top, bottom + 1):
            self.sheet.merges.setdefault(row, []).append(area)

    def _take(self) -> None:
        styles = self.contents.styles
        style = styles[self.style] if self.style < len(styles) else CellStyle()
        at = (self.row, self.column)
        value = self._value(style, at)
        left_out = self.rich is not None and (self.rich.struck or self.rich.raised)
        if value == "" and not left_out and at not in self.sheet.faults:
            return
        rows = self.sheet.rows
        if len(rows) <= self.row:
            rows += [_NOTHING] * (self.row - len(rows))
            rows.append([])
        rows[self.row] += [""] * (self.column - len(rows[self.row]))
        rows[self.row].append(value)
        struck = style.struck or (self.rich is not None and self.rich.struck != "")
        if struck:
            self._fault(at, said("excel.cell-struck-through"),
                        said("excel.delete-no-longer-counts"))  # fmt: skip
        raised = self.rich.raised if self.rich is not None else ""
        if style.raised or raised:
            self.sheet.raised[at] = raised or self.sheet.text(*at)
        if style.font[:3].lower() in {".vn", "vni"} or (self.rich and self.rich.font):
            self.sheet.fonts[at] = (self.rich.font if self.rich else "") or style.font

    def _fault(self, at: Position, message: Said, hint: Said) -> None:
        self.sheet.faults.setdefault(at, (message, hint))

    def _value(self, style: CellStyle, at: Position) -> CellValue:
        raw = "".join(self.value) if self.value is not None else None
        if self.kind == "e":
            self._fault(at, said("excel.cell-error", error=raw or "?"), said("excel.mend-empty"))
            return ""
        if self.formula and (self.contents.stale or self._uncalculated(raw)):
            hint = said("excel.open-workbook-excel-libreoffice")
            self._fault(at, said("excel.formula-never-calculated"), hint)
        if self.kind == "s":
            if raw is None:
                return ""
            number = _number(raw.strip(), -1)
            if not 0 <= number < len(self.contents.texts):
                raise Damaged
            self.rich = self.contents.texts[number]
            return self.rich.text
        if self.kind == "inlineStr":
            return self.rich.text if self.rich is not None else ""
        self.rich = None
        if raw is None or not raw.strip():
            return composed(raw) if raw and self.kind == "str" else ""
        if self.kind == "str":
            return composed(raw)
        if self.kind == "b":
            return raw.strip() in TRUE
        if self.kind == "d":
            return _iso(raw.strip())
        if _NUMBER.fullmatch(raw) is None or not math.isfinite(float(raw)):
            raise Damaged
        return self._shown(float(raw), style, at)

    def _uncalculated(self, raw: str | None) -> bool:
        """A formula without a result; one that gives an empty text says that it is a text."""
        return raw is None or (not raw and self.kind != "str")

    def _shown(self, number: float, style: CellStyle, at: Position) -> CellValue:
        """A number as its format shows it."""
        if style.code == "General":
            return number
        section = section_of(style.code, number)
        shown: CellValue | None = None
        if section is not None and section.moment:
            shown = self._moment(number, elapsed=section.moment == "elapsed")
        elif section is not None and not section.resized and not section.hides(number):
            shown = number
        if section is None or shown is None:
            message = said("excel.number-format-shows-another",
                           format=repr(style.code[:60]), held=number)  # fmt: skip
            self._fault(at, message, said("excel.give-cell-plain-number"))
            return number
        if section.moment:
            return shown
        if section.percent:
            self.sheet.percent.add(at)
        # Excel keeps 98 % as 0.98; twelve digits undo what binary fractions add.
        return float(f"{number * 100:.12g}") if section.hundreds else number

    def _moment(self, number: float, *, elapsed: bool) -> CellValue | None:
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
