"""The table of results as a workbook that everybody can read, with the ears too.

It keeps every essential point of the checklist "Making spreadsheets accessible" of the United
Kingdom's Government Analysis Function (analysisfunction.civilservice.gov.uk/policy-store/
making-spreadsheets-accessible-a-brief-checklist-of-the-basics), which the libraries gptables and
aftables are made for: one marked table a sheet with one row of heads, from column A on; no merged,
split or hidden cells; no blank rows or columns, and blank cells explained above the table; text
wrapped; notes by their number, on a sheet of their own; a cover; a descriptive title in A1, marked
as a heading; sheets of unique names, none of them empty; no headers, footers, boxes or macros;
links in words; colour never alone, and black on pale; title, author and language of the document;
the cursor in A1 of the first sheet. ``tests/excel/test_results_workbook.py`` holds each of them.
Filters and a frozen head, which the checklist would rather not have, are there: offices sort.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from planlib.errors import refused, said
from planlib.excel.export import LONGEST, MOST_ROWS
from planlib.excel.finished import finished
from planlib.excel.sheet_looks import LINE, high, number_locale, number_pattern
from planlib.excel.template.formats import created, sheet_name
from planlib.figures.spreadsheet_text import risky
from planlib.language.language import Language
from planlib.plan.audience import INTERNAL
from planlib.plan.periods.calendar import frequency_of, period_name
from planlib.report.results.about import ResultsAbout
from planlib.report.results.shown import tint
from planlib.report.results.table import ResultsCell, ResultsTable
from planlib.report.vocabulary import SERIES

WIDTHS = {"area": 18, "section": 22, "indicator": 44, "group": 18, "unit": 14, "period": 12,
          "target": 18, "when": 16, "actual": 14, "level": 12, "verdict": 18, "source": 34,
          "note": 40, "goal_code": 22, "area_code": 16, "group_code": 16}  # fmt: skip
NOTED = {"level": 1, "verdict": 2, "actual": 3}  # the number of the note that a head points to
ROOM = 20  # rows above a table
LONGEST_LINK = 2_000  # letters; Excel takes no longer address
FONT: dict[str, Any] = {"font_name": "Arial", "font_size": 11}
IN_TABLE = FONT | {"text_wrap": True, "valign": "top"}
Name = tuple[str, str, str]


def results_workbook(table: ResultsTable, about: ResultsAbout, language: Language) -> bytes:
    """The bytes of the workbook: cover, notes, results, the same by period, rules and sources.

    The date inside is fixed, or that of ``SOURCE_DATE_EPOCH``. Raises InputError for more rows than
    a sheet has, or more text than a cell has.
    """
    longest = max((len(cell.text) for row in table.rows for cell in row), default=0)
    if len(table.rows) > MOST_ROWS - ROOM:
        fault = said("excel.too-many-rows", n=MOST_ROWS - ROOM, found=len(table.rows))
        raise refused(fault, hint=said("excel.write-csv-file"))
    if longest >= LONGEST:
        raise refused(said("excel.cell-too-long", n=LONGEST), hint=said("excel.write-csv-file"))
    held = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(held, {"in_memory": True, **plain})
    book.set_properties({
        "title": about.title, "author": "planlib", "created": created(),
        "subject": language("results.caption"),
        "keywords": " ".join(f"{key}={text}" for key, text in about.codes.items()),
    })  # fmt: skip
    writer = _ResultsWriter(book, table, about, language)
    writer.cover()
    writer.notes()
    writer.results()
    writer.by_period()
    writer.sources()
    title = writer.format(**TITLE)
    book.close()
    return finished(held.getvalue(), language.code, title.xf_index)


TITLE: dict[str, Any] = {"bold": True, "font_size": 15, "text_wrap": False}


class _ResultsWriter:
    """One workbook being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, table: ResultsTable, about: ResultsAbout,
        language: Language,
    ) -> None:  # fmt: skip
        self.book, self.table, self.about, self.language = book, table, about, language
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._locale = number_locale(language.code)
        taken: set[str] = set()
        kinds = ["cover", "notes", "results", "by_period", "sources"]
        if not self._periods():
            kinds.remove("by_period")
        self.names = {kind: sheet_name(language(f"results.sheet.{kind}"), taken) for kind in kinds}

    def format(self, **more: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(IN_TABLE | more)
        return self._formats[key]

    def _sheet(self, kind: str, title: str, lines: Sequence[str]) -> tuple[Worksheet, int]:
        """A sheet with its title and what is said above its table; and the row after them."""
        sheet = self.book.add_worksheet(self.names[kind])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if self.about.codes["audience"] == INTERNAL:
            sheet.set_tab_color("#C00000")
        sheet.write_string(0, 0, title, self.format(**TITLE))
        sheet.set_row(0, 1.4 * LINE)
        above = [*self.about.warnings, *lines]
        for row, line in enumerate(above, 1):
            bold = row <= len(self.about.warnings)
            self._text(sheet, row, 0, line, text_wrap=False, bold=bold)
        return sheet, 1 + len(above)

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, **more: Any) -> None:
        if text:
            style = self.format(**more, **({"quote_prefix": True} if risky(text) else {}))
            sheet.write_string(row, column, text, style)

    def _table(
        self, sheet: Worksheet, head: int, rows: int, titles: Sequence[str], name: str
    ) -> None:
        """Mark a table with its heads; its cells are written apart."""
        style = self.format(bold=True, bottom=1)
        sheet.add_table(head, 0, head + max(rows, 1), len(titles) - 1, {
            "name": name, "style": None, "autofilter": rows > 0,
            "columns": [{"header": title, "header_format": style} for title in titles],
        })  # fmt: skip
        sheet.set_row(head, 2 * LINE)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)

    def cover(self) -> None:
        """The first sheet: what this is, and what stands on the others."""
        language = self.language
        lines = [language.labelled(one.label, one.text) for one in self.about.facts]
        sheet, row = self._sheet("cover", self.about.title, [*lines, language("results.contents")])
        sheet.set_column(0, 0, 100)
        for kind, name in self.names.items():
            if kind != "cover":
                quoted = name.replace("'", "''")
                told = language("results.contents.line", sheet=name,
                                what=language(f"results.about.{kind}"))  # fmt: skip
                sheet.write_url(row, 0, f"internal:'{quoted}'!A1", self._link(), told)
                row += 1

    def _link(self) -> Format:
        return self.format(font_color="#0B3D91", underline=1)

    def notes(self) -> None:
        """The notes that heads point to, and those on the whole table."""
        titles = [self.language("results.note_number"), self.language("results.note_text")]
        sheet, head = self._sheet("notes", self.language("results.about.notes"), self._one_table())
        self._table(sheet, head, len(self.about.notes), titles, "notes")
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 110)
        for number, note in enumerate(self.about.notes, 1):
            high(sheet, head + number, [note], [110])
            self._text(sheet, head + number, 0, self._note(number))
            self._text(sheet, head + number, 1, note)

    def _one_table(self, blank: str = "") -> list[str]:
        told = self.language("results.one_table")
        return [told, self.language(blank)] if blank else [told]

    def _note(self, number: int) -> str:
        return f"[{self.language('results.note_word')} {number}]"

    def results(self) -> None:
        """The results themselves."""
        table, language = self.table, self.language
        lines = [*self._one_table("results.blank"), language("results.see_notes")]
        sheet, head = self._sheet("results", language("results.about.results"), lines)
        titles = [
            f"{one.title} {self._note(NOTED[one.key])}" if one.key in NOTED else one.title
            for one in table.columns
        ]
        self._table(sheet, head, len(table.rows), titles, "results")
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, WIDTHS[column.key])
        for number, row in enumerate(table.rows, head + 1):
            for at, cell in enumerate(row):
                self._cell(sheet, number, at, cell, figure=table.columns[at].kind != "text")
            texts = (cell.text for cell in row)
            high(sheet, number, texts, (WIDTHS[one.key] for one in table.columns))

    def _cell(
        self, sheet: Worksheet, row: int, column: int, cell: ResultsCell, *, figure: bool
    ) -> None:
        if cell.number is not None:
            pattern = number_pattern(cell.digits, self._locale)
            sheet.write_number(row, column, cell.number, self.format(num_format=pattern))
        elif cell.look is not None:
            text = f"{cell.look.glyph} {cell.text}"
            self._text(sheet, row, column, text, bg_color=tint(cell.look), font_color="#000000")
        else:
            self._text(sheet, row, column, cell.text, **({"align": "right"} if figure else {}))

    def _periods(self) -> list[int]:
        """The periods of the table, where they are a course: two or more, all of one length."""
        found = sorted({one.year for one in self.table.verdicts if not one.term})
        return found if len(found) > 1 and len({*map(frequency_of, found)}) == 1 else []

    def by_period(self) -> None:
        """The figures with a column a period, and a small picture of their course."""
        language, periods = self.language, self._periods()
        if not periods:
            return
        keys = [
            one.key for one in self.table.columns
            if one.key in {"area", "section", "indicator", "group", "unit"}
        ]  # fmt: skip
        rows: dict[Name, tuple[list[ResultsCell], dict[int, ResultsCell]]] = {}
        for row, verdict in zip(self.table.rows, self.table.verdicts, strict=True):
            if verdict.term:
                continue
            cells = {one.key: cell for one, cell in zip(self.table.columns, row, strict=True)}
            name = (verdict.area, verdict.goal.id, verdict.group)
            of = rows.setdefault(name, ([cells[key] for key in keys], {}))
            known = verdict.value is not None or verdict.low is not None or verdict.high is not None
            if known or verdict.words:
                of[1][verdict.year] = cells["actual"]
        lines = self._one_table("results.blank.by_period")
        sheet, head = self._sheet("by_period", language("results.about.by_period"), lines)
        titles = [language(f"results.{key}") for key in keys]
        titles += [
            language("results.actual_of", period=period_name(one, language)) for one in periods
        ]
        self._table(sheet, head, len(rows), [*titles, language("results.course")], "by_period")
        first = len(keys)
        for at, key in enumerate(keys):
            sheet.set_column(at, at, WIDTHS[key])
        sheet.set_column(first, first + len(periods) - 1, 15)
        sheet.set_column(first + len(periods), first + len(periods), 26)
        quoted = self.names["by_period"].replace("'", "''")
        for number, (fixed, figures) in enumerate(rows.values(), head + 1):
            for at, cell in enumerate(fixed):
                self._cell(sheet, number, at, cell, figure=False)
            high(sheet, number, (cell.text for cell in fixed), (WIDTHS[key] for key in keys))
            for at, year in enumerate(periods, first):
                self._cell(sheet, number, at, figures.get(year, ResultsCell()), figure=True)
            # Words would be drawn as zero; two points make a course.
            if len(figures) > 1 and all(one.number is not None for one in figures.values()):
                where = xl_range(number, first, number, first + len(periods) - 1)
                sheet.add_sparkline(number, first + len(periods), {
                    "range": f"'{quoted}'!{where}", "markers": True, "empty_cells": "gaps",
                    "series_color": SERIES, "weight": 1.5,
                })  # fmt: skip

    def sources(self) -> None:
        """The rule, the documents and the reports behind the figures."""
        language = self.language
        titles = [language("results.source_text"), language("results.address")]
        sheet, head = self._sheet("sources", language("results.about.sources"), self._one_table())
        self._table(sheet, head, len(self.about.sources), titles, "sources")
        sheet.set_column(0, 0, 80)
        sheet.set_column(1, 1, 60)
        for row, one in enumerate(self.about.sources, head + 1):
            if one.link and one.link.isascii() and len(one.link) < LONGEST_LINK:
                sheet.write_url(row, 0, one.link, self._link(), one.text[:LONGEST])
            else:
                self._text(sheet, row, 0, one.text)
            high(sheet, row, [one.text, one.link], [80, 60])
            self._text(sheet, row, 1, one.link or language("results.no_address"))
