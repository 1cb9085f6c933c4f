"""Reads figures from whatever an office sends: a template, its own sheet with a mapping, a table.

The kind is known from the file itself: a template has a hidden sheet that says so, tidy figures
have the heads area, goal and year; anything else needs a mapping.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, refused, said
from planlib.excel.workbook.parsing import start_parsing
from planlib.excel.workbook.safety import LARGEST_OFFICE_SHEET, check_workbook, largest_sheet
from planlib.storage.whole_files import LARGEST_TABLE, open_file

if TYPE_CHECKING:
    import pandas as pd
    from python_calamine import CalamineSheet

    from planlib.excel.sheets.mapping import SheetMapping
    from planlib.excel.sheets.sheet_figures import SheetFigures
    from planlib.excel.sheets.tidy import TidyFigures
    from planlib.excel.template.identity import Identity
    from planlib.excel.workbook.sheets import OfficeBook
    from planlib.language.text import Text
    from planlib.plan.plan import Plan

TABLES = (".csv", ".parquet")
# The figures before, for judging doubtful numbers: of an area, for the period after.
Before = Callable[[str | None, int | None], dict[str, float]]


@dataclass
class OpenedFile:
    """A file that was opened: an office's workbook, or tidy figures still to be read."""

    path: Path
    book: OfficeBook | None = None
    identity: Identity | None = None
    parsing: Future[list[CalamineSheet]] | None = None


@dataclass
class FileFigures:
    """The figures of a file, not yet checked against each other, and what is wrong with them.

    ``frame`` is as ``load_observations`` gives it; ``found`` knows the cell of every number of an
    office's sheet. ``empty`` are the goals of a template that nothing was typed for.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    found: SheetFigures | None = None
    columns: dict[str, str] | None = None
    empty: tuple[Text, ...] = ()

    def placed(self, problem: Problem) -> Problem:
        """A problem of a row of the frame, at the cell of the file it came from."""
        if self.found is not None:
            return self.found.placed(problem)
        if self.columns is not None and isinstance(problem.place, int):
            column = self.columns.get(problem.column or "", self.columns[""])
            return replace(problem, place=f"{column}{problem.place}")
        return problem


def open_figures(path: Path, *, checked: bool = False) -> OpenedFile:
    """Open a file; raises InputError for one that is not there, of no known kind or not safe.

    ``checked`` says that ``check_workbook`` has already looked at it.
    """
    if path.suffix.lower() in TABLES:
        open_file(path, LARGEST_TABLE).close()
        return OpenedFile(path)
    if not checked:
        check_workbook(path)
    if largest_sheet(path) > LARGEST_OFFICE_SHEET:
        from planlib.excel.workbook.long_sheets import check_long_sheets

        parsing = start_parsing(path)  # which needs no Python while the bytes are searched
        try:
            check_long_sheets(path)
        except InputError:
            wait([parsing])
            raise
        return OpenedFile(path, parsing=parsing)
    from planlib.excel.template.identity import read_identity
    from planlib.excel.workbook.sheets import open_office_book

    book = open_office_book(path, checked=True)
    return OpenedFile(path, book, read_identity(book))


def read_figures_of(
    sent: OpenedFile, plan: Plan, mapping: SheetMapping | None, before: Before
) -> FileFigures:
    """Read the figures for a plan; every problem of the file is in the result.

    Raises InputError for a file that cannot be read at all, or not without a mapping.
    """
    from planlib.figures.groups import name_groups
    from planlib.figures.reading import read_table
    from planlib.figures.tables.units import to_plan_units

    if sent.path.suffix.lower() in TABLES and mapping is None and sent.book is None:
        frame, problems = read_table(sent.path)
        name_groups(frame, plan)
        return FileFigures(frame, problems or to_plan_units(frame, plan))
    book = sent.book
    if book is None:
        return _tidy(sent, plan)
    if sent.identity is not None:
        from planlib.excel.sheets.template_rows import read_template
        from planlib.excel.template.identity import check_identity

        stops = check_identity(book, sent.identity, plan)
        if any(not problem.warning for problem in stops):
            raise InputError(stops)
        last = before(sent.identity.area, sent.identity.year)
        found = read_template(book, sent.identity, plan, last)
        found.problems[:0] = stops
        return _finished(found)
    if mapping is not None:
        from planlib.excel.sheets.mapped import read_mapped

        found = read_mapped(book, mapping, plan, before(mapping.area, mapping.when))
        return _finished(found)
    check_known(sent)
    return _tidy(sent, plan)


def check_known(sent: OpenedFile) -> None:
    """Refuse an office's workbook that cannot be read without a mapping, before its plan is asked for."""
    from planlib.excel.sheets.tidy import tidy_sheet_of

    if sent.book is None or sent.identity is not None or tidy_sheet_of(sent.book) is not None:
        return
    from planlib.excel.sheets.table import find_table
    from planlib.excel.sheets.template_rows import NEEDED

    if any(find_table(sent.book, sheet, NEEDED) for sheet in sent.book.sheets):
        message = said("excel.hidden-sheet-template-gone")
        hint = said("excel.write-new-template-planlib")
    else:
        message = said("excel.workbook-no-template")
        hint = said("excel.name-plan-plan-say")  # fmt: skip
    raise refused(message, sent.path, hint=hint)


def _finished(found: SheetFigures) -> FileFigures:
    frame, problems = found.frame()
    return FileFigures(frame, [*found.problems, *problems], found, empty=tuple(found.empty))


def _tidy(sent: OpenedFile, plan: Plan) -> FileFigures:
    from planlib.excel.sheets.tidy import read_tidy_sheet
    from planlib.figures.groups import name_groups
    from planlib.figures.tables.units import to_plan_units

    tidy = read_tidy_sheet(sent.path, sent.book, sent.parsing)
    name_groups(tidy.frame, plan)
    problems = tidy.problems or _formats(sent.path, tidy, plan)
    problems = problems or to_plan_units(tidy.frame, plan)
    reading = FileFigures(tidy.frame, [], columns=tidy.columns)
    reading.problems += [reading.placed(problem) for problem in problems]
    return reading


def _formats(path: Path, tidy: TidyFigures, plan: Plan) -> list[Problem]:
    """What is shown as a percentage, or with words around it, though its goal is in another unit."""
    from planlib.excel.sheets.goal_rows import number_style
    from planlib.excel.sheets.row import GoalRow, InputCell
    from planlib.excel.sheets.shown import shown_number
    from planlib.figures.observations import NUMBER_COLUMNS

    frame = tidy.frame
    if not (tidy.percent or tidy.around) or "row" not in frame:
        return []
    at = {int(row): number for number, row in enumerate(frame["row"])}
    wrong = []
    for row, column in sorted({*tidy.percent, *tidy.around}):
        goal = str(frame["goal"].iloc[at[row]]) if row in at else ""
        if column not in NUMBER_COLUMNS or goal not in plan.goal_ids:
            continue
        number = float(frame[column].iloc[at[row]])
        given = InputCell(number, "", around=tidy.around.get((row, column)))
        subject = GoalRow(str(path), plan.goal(goal), None, {column: given}, "", plan.languages[0])
        style = number_style(subject, column)
        if (row, column) in tidy.percent and style.kind not in {"share", "percent"}:
            subject.say(said("excel.number-wanted-not-percentage"), column,
                        said("excel.type-amount-itself"))  # fmt: skip
        else:
            shown_number(subject, column, number, style)
        of = said("figures.goal-subject", goal=goal)
        wrong += [
            Problem(one.message, str(path), row, of, one.hint, column) for one in subject.problems
        ]
    return wrong
