"""Reads the cells of one sheet: what Excel shows in each, and what stands against trusting it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

from planlib.errors import Said, said
from planlib.excel.workbook.bounds import column_number
from planlib.excel.workbook.number_formats import section_of
from planlib.excel.workbook.parts import CellStyle, Damaged, WorkbookContents, tree_of, whole_number
from planlib.excel.workbook.rich_text import TRUE, RichText, composed, rich_text
from planlib.excel.workbook.sheet_cells import CellRange, CellValue, Position, SheetCells

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?\s*")
_NOTHING: list[CellValue] = []  # of every row without a cell
WIDEST_SHEET, TALLEST_SHEET = 16_384, 1_048_576
MOST_MERGED = 300_000  # cells; a title across a sheet has at most 16,384


def read_cells(data: bytes, name: str, contents: WorkbookContents, *, hidden: bool) -> SheetCells:
    """The cells of a sheet's part; raises Damaged."""
    sheet = SheetCells(name, [], hidden)
    root = tree_of(data)
    for columns in root.iter("col"):
        if columns.get("hidden") in TRUE or columns.get("width") in {"0", "0.0"}:
            last = min(whole_number(columns.get("max"), 1), 1_000)
            sheet.hidden_columns.update(range(whole_number(columns.get("min"), 1) - 1, last))
    reader = _CellReader(sheet, contents)
    for table in root.iterfind("sheetData"):
        rows = table.findall("row")
        cells = sum(len(row.findall("c")) for row in rows)
        if (len(rows), cells) != tuple(sum(1 for _ in table.iter(tag)) for tag in ("row", "c")):
            raise Damaged  # a row or a cell within another one
        for row in rows:
            reader.take_row(row)
    for area in root.iter("mergeCell"):
        reader.merge(area.get("ref", ""))
    return sheet


class _CellReader:
    """Takes a sheet in row by row."""

    def __init__(self, sheet: SheetCells, contents: WorkbookContents) -> None:
        self.sheet, self.contents = sheet, contents
        self.row = self.column = -1
        self.rich: RichText | None = None  # the text of the cell at hand
        self.merged = 0

    def take_row(self, row: Element) -> None:
        """The cells of a row."""
        number = whole_number(row.get("r"), self.row + 2) - 1
        if not self.row < number < TALLEST_SHEET:
            raise Damaged
        self.row, self.column = number, -1
        if row.get("hidden") in TRUE or row.get("ht") in {"0", "0.0"}:
            self.sheet.hidden_rows.add(self.row)
        for cell in row:
            if cell.tag == "c":
                self._step(cell.get("r"))
                self._take(cell)

    def _step(self, reference: str | None) -> None:
        """On to the column of the next cell."""
        if not reference:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise Damaged
        column, row = column_number(found[1]) - 1, int(found[2]) - 1
        if row != self.row or column <= self.column or column >= WIDEST_SHEET:
            raise Damaged  # two cells in one place, or a cell in another's row
        self.column = column

    def merge(self, reference: str) -> None:
        """Merged cells, by their corners."""
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

    def _take(self, cell: Element) -> None:
        styles, number = self.contents.styles, whole_number(cell.get("s"))
        style = styles[number] if number < len(styles) else CellStyle()
        at = (self.row, self.column)
        value = self._value(cell, style, at)
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

    def _value(self, cell: Element, style: CellStyle, at: Position) -> CellValue:
        values = cell.findall("v")
        if len(values) > 1 or any(map(len, values)):
            raise Damaged  # two values, or elements within one
        kind, raw = cell.get("t", "n"), (values[0].text or "") if values else None
        inline = cell.find("is")
        self.rich = None if inline is None else rich_text(inline)
        if kind == "e":
            self._fault(at, said("excel.cell-error", error=raw or "?"), said("excel.mend-empty"))
            return ""
        # A formula without a result; one that gives an empty text says that it is a text.
        uncalculated = raw is None or (not raw and kind != "str")
        if next(cell.iter("f"), None) is not None and (self.contents.stale or uncalculated):
            hint = said("excel.open-workbook-excel-libreoffice")
            self._fault(at, said("excel.formula-never-calculated"), hint)
        if kind == "s":
            if raw is None:
                return ""
            number = whole_number(raw.strip(), -1)
            if not 0 <= number < len(self.contents.texts):
                raise Damaged
            self.rich = self.contents.texts[number]
            return self.rich.text
        if kind == "inlineStr":
            return self.rich.text if self.rich is not None else ""
        self.rich = None
        if raw is None or not raw.strip():
            return composed(raw) if raw and kind == "str" else ""
        if kind == "str":
            return composed(raw)
        if kind == "b":
            return raw.strip() in TRUE
        if kind == "d":
            return _iso(raw.strip())
        if _NUMBER.fullmatch(raw) is None or not math.isfinite(float(raw)):
            raise Damaged
        return self._shown(float(raw), style, at)

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
        around = section.around
        if number < 0:  # the section of negative numbers shows their sign itself
            around = (around[0].strip("-\N{MINUS SIGN}( "), around[1].strip(")- "))
        if "".join(around).strip("% "):
            self.sheet.around[at] = around
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
