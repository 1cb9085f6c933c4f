"""Writes the workbook an office fills in: a sheet for each section, one area, one period.

Everything that may be typed is a yellow cell; the rest is locked, without a password. The bytes are
the same for the same plan, figures and language.
"""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from planlib.excel.export import mark_sheet
from planlib.excel.template.asked import goals_asked, row_name
from planlib.excel.template.columns import (
    NUMBERS,
    TemplateColumn,
    columns_for,
    rows_below,
    typed_columns,
)
from planlib.excel.template.formats import (
    FORMATS,
    created,
    fixed_style,
    lines_of,
    report_days,
    sheet_name,
    typed_style,
)
from planlib.excel.template.identity import (
    DATE_NAME,
    IDENTITY_SHEET,
    SOURCE_NAME,
    identity_of,
    row_key,
)
from planlib.excel.template.notes import due_note, goal_before, goal_note, last_year
from planlib.figures.observations import Observations, State
from planlib.language.language import Language
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.goal import Goal, Section
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Member
from planlib.plan.verdicts import PUBLISHED
from planlib.report.audience_marks import audience_mark
from planlib.report.text.phrases import target_text
from planlib.report.text.units import typed_unit_text, unit_text

A4 = 9
FIRST_ROW = 5  # the row of the heads, counted from 0
LINE = 15.0  # height of a line of text, in points


def template_workbook(
    plan: Plan, figures: pd.DataFrame, area: str, year: int, lang: str = "",
    audience: str = PUBLIC,
) -> bytes:  # fmt: skip
    """The bytes of the workbook for an area and a period (its number, such as 2013).

    ``figures`` are those an ``audience`` may see, for the column of the period before; every sheet
    says whom it is for. The date inside the file is fixed, or that of ``SOURCE_DATE_EPOCH``.
    """
    held = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(held, {"in_memory": True, **plain})
    lang = lang or plan.languages[0]
    book.set_properties(
        {"title": plan.header.name.in_language(lang), "author": "planlib", "created": created()}
    )
    writer = _TemplateWriter(book, plan, figures, area, year, Language(lang))
    writer.internal = audience == INTERNAL
    if writer.internal or any(goal.sensitive for goal in plan.goals):
        writer.mark = audience_mark(writer.language, audience)
    writer.guide()
    for section in plan.sections:
        if any(goal.id in writer.asked for goal in section.goals):
            writer.section(section)
    writer.identity()
    book.close()
    return held.getvalue()


class _TemplateWriter:
    """One workbook being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, plan: Plan, figures: pd.DataFrame, area: str, year: int,
        language: Language,
    ) -> None:  # fmt: skip
        self.book, self.plan, self.area, self.year = book, plan, area, year
        self.language, self.lang = language, language.code
        self.plan_name = plan.header.name.in_language(self.lang)
        self.area_name = plan.area_name(area).in_language(self.lang)
        self.asked = goals_asked(plan, year)
        self.before = last_year(plan, figures, area, year, language)
        past = figures[figures["area"] == area]
        self.illustrative = bool(self.before) and Observations(past).illustrative
        self.mark, self.internal = "", False
        self.report_days = report_days(plan.calendar, year)
        self.sheet_names: set[str] = set()
        self.order = 0
        self.formats = {key: book.add_format(value) for key, value in FORMATS.items()}

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(sheet_name(name, self.sheet_names))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        footer = self.language("template.footer", area=self.area_name, year=self.year)
        sheet.set_footer(f"&L&9{footer.replace('&', '&&')}&R&9&P/&N")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        if self.internal:
            mark_sheet(sheet, self.mark)
        return sheet

    def _write_of(self, sheet: Worksheet, row: int) -> None:
        of = self.language("template.of", area=self.area_name, year=self.year)
        sheet.write_string(row, 0, of, self.formats["label"])

    def _marked(self, sheet: Worksheet, row: int) -> None:
        """Say on a sheet whom it is for."""
        if self.mark:
            style = "internal" if self.internal else "plain"
            sheet.write_string(row, 0, self.mark, self.formats[style])

    def guide(self) -> None:
        """The first sheet: what this is, the report's date and source, how to fill in."""
        language, formats = self.language, self.formats
        sheet = self._sheet(language("template.guide"))
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 26, formats["plain"])
        sheet.set_column(1, 1, 90, formats["plain"])
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, self.plan_name, formats["title"])
        self._write_of(sheet, 1)
        self._marked(sheet, 2)
        sheet.write_string(3, 0, language("template.date"), formats["label"])
        sheet.write_blank(3, 1, None, formats["shared_date"])
        self._dates(sheet, 3, 1, 3)
        sheet.write_string(4, 0, language("template.source"), formats["label"])
        sheet.write_blank(4, 1, None, formats["typed"])
        quoted = sheet.get_name().replace("'", "''")
        self.book.define_name(DATE_NAME, f"='{quoted}'!$B$4")
        self.book.define_name(SOURCE_NAME, f"='{quoted}'!$B$5")
        for row, number in enumerate(range(1, 9), 6):
            text = language(f"template.how.{number}", year=self.year)
            sheet.merge_range(row, 0, row, 1, text, formats["wrap"])
            sheet.set_row(row, LINE * lines_of(text, 118))

    def _dates(self, sheet: Worksheet, first: int, column: int, last: int) -> None:
        sheet.data_validation(first, column, last, column, {
            "validate": "list", "source": f"={IDENTITY_SHEET}!$D$1:$D${len(self.report_days)}",
            "show_error": False, "input_title": self.language("template.date"),
            "input_message": self.language("template.date.prompt"),
        })  # fmt: skip

    def _list(self, sheet: Worksheet, first: int, column: int, last: int, words: list[str]) -> None:
        sheet.data_validation(first, column, last, column, {
            "validate": "list", "source": words,
            "error_title": self.language("template.list.title"),
            "error_message": self.language("template.list.message"),
        })  # fmt: skip

    def section(self, section: Section) -> None:
        """A sheet with the goals of a section."""
        language, formats = self.language, self.formats
        title = section.name.in_language(self.lang)
        sheet = self._sheet(title)
        columns = columns_for(tuple(goal for goal in section.goals if goal.id in self.asked))
        sheet.write_string(0, 0, title, formats["title"])
        sheet.write_string(1, 0, self.plan_name, formats["plain"])
        self._write_of(sheet, 2)
        legend = language("template.legend")
        if self.illustrative:
            legend += " " + language("template.illustrative", year=self.year)
        sheet.write_string(3, 0, legend, formats["plain"])
        self._marked(sheet, 4)
        heads = []
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, None, {"hidden": column.key == "key"})
            head = language(f"template.head.{column.key}", year=self.year, before=self.year - 1)
            sheet.write_string(FIRST_ROW, index, head, formats["head"])
            heads.append(lines_of(head, column.width))
        sheet.set_row(FIRST_ROW, LINE * max(heads))
        row = FIRST_ROW + 1
        previous: Goal | None = None
        for goal in section.goals:
            self.order += goal.part_of is None
            if goal.id not in self.asked:
                continue
            first_part = goal.part_of is not None and (previous is None or previous.part_of is None)
            row = self._goal(sheet, row, columns, goal, first_part=first_part)
            previous = goal
        self._finish(sheet, columns, row - 1)

    def _finish(self, sheet: Worksheet, columns: tuple[TemplateColumn, ...], last: int) -> None:
        first = FIRST_ROW + 1
        keys = [column.key for column in columns]
        sheet.freeze_panes(first, keys.index("name") + 1)
        sheet.repeat_rows(FIRST_ROW)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, last, len(columns) - 1)
        states = [self.language(f"template.state.{state.name}") for state in State]
        known = (one for one in self.plan.header.rule.verdicts if one in PUBLISHED)
        verdicts = [self.language.verdict(one) for one in known]
        for key, words in (("state", states), ("published_verdict", verdicts)):
            self._list(sheet, first, keys.index(key), last, words)
        self._dates(sheet, first, keys.index("vintage"), last)
        for key in keys:
            if key in NUMBERS:
                cell = f"{xl_col_to_name(keys.index(key))}{first + 1}"
                sheet.conditional_format(first, keys.index(key), last, keys.index(key), {
                    "type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))",
                    "format": self.formats["whole"],
                })  # fmt: skip

    def _goal(
        self, sheet: Worksheet, row: int, columns: tuple[TemplateColumn, ...], goal: Goal, *,
        first_part: bool,
    ) -> int:  # fmt: skip
        """Write the rows of a goal, its members and its groups; returns the row after them."""
        language, asked = self.language, self.asked[goal.id]
        plan = self.plan.along(frequency_of(asked))
        goal = plan.goal(goal.id).in_area(self.area)
        target = goal.target_for(asked)
        name = row_name(goal, asked, self.year, language)
        due = due_note(target, asked, language)
        unit = typed_unit_text(goal, language)
        apart = target is not None and unit != unit_text(goal, target.natural, language)
        planned = target_text(goal, target, language, unit=apart)
        fixed = {
            "order": str(self.order) if goal.part_of is None else "",
            "name": language("part.first", name=name) if first_part else name,
            "unit": unit,
            "plan": f"{planned}\n{due}" if due else planned,
            "before": goal_before(goal, self.before, language),
            "key": row_key(goal),
        }
        self._row(sheet, row, columns, fixed, goal, None)
        note, keys = goal_note(plan, goal, asked, language), [column.key for column in columns]
        sheet.write_comment(row, keys.index("name"), note, {
            "author": "planlib", "width": 420, "height": 18 * lines_of(note, 62) + 14,
            "font_size": 9,
        })  # fmt: skip
        row += 1
        for number, (text, one, member) in enumerate(rows_below(plan, goal, self.lang)):
            aim = "" if member else target_text(one, one.target_for(asked), language, unit=apart)
            last = self.before.get((goal.id, member.id if member else one.group), "")
            fixed = {
                "order": "", "name": language("part.first", name=text) if number == 0 else text,
                "unit": "", "plan": aim, "before": last, "key": row_key(goal, member, one.group),
            }  # fmt: skip
            self._row(sheet, row, columns, fixed, one, member)
            row += 1
        return row

    def _row(
        self, sheet: Worksheet, row: int, columns: tuple[TemplateColumn, ...], fixed: dict[str, str],
        goal: Goal, member: Member | None,
    ) -> None:  # fmt: skip
        typed = typed_columns(goal, member)
        kind = goal.main_target().kind
        lines = 1
        for index, column in enumerate(columns):
            if column.key in fixed:
                inside = member is not None or bool(goal.group) or goal.part_of is not None
                part = column.key == "name" and inside
                style = fixed_style(column.key, part=part)
                sheet.write_string(row, index, fixed[column.key], self.formats[style])
                if column.key != "key":
                    lines = max(lines, lines_of(fixed[column.key], column.width - part))
            elif column.key not in typed:
                sheet.write_blank(row, index, None, self.formats["locked"])
            else:
                style = typed_style(column.key, kind, member)
                sheet.write_blank(row, index, None, self.formats[style])
                if column.key == "value" and (kind.figure == "yes_no" or member is not None):
                    answers = [self.language("figure.done"), self.language("figure.undone")]
                    self._list(sheet, row, index, row, answers)
        sheet.set_row(row, LINE * lines + 3)

    def identity(self) -> None:
        """The hidden sheet: what the workbook is, and the dates of the list."""
        sheet = self.book.add_worksheet(IDENTITY_SHEET)
        identity = identity_of(self.plan, self.area, self.year, self.lang)
        for row, (key, value) in enumerate(identity.pairs()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        sheet.set_column(3, 3, 12)
        for row, day in enumerate(self.report_days):
            sheet.write_datetime(row, 3, day, self.formats["day"])
        if self.internal:
            mark_sheet(sheet, self.mark)
        sheet.protect()
        sheet.hide()
