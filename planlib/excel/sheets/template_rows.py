"""Reads a filled template: every sheet with a table, every row with a key, for an area and a period."""

from __future__ import annotations

from collections.abc import Mapping

from planlib.errors import Problem, did_you_mean, said
from planlib.excel.sheets.goal_rows import figure_of, read_cells
from planlib.excel.sheets.row import Figure, GoalRow, InputCell
from planlib.excel.sheets.sheet_figures import SheetFigures
from planlib.excel.sheets.table import SheetTable, find_table
from planlib.excel.sheets.units import SheetUnits
from planlib.excel.template.asked import goals_asked, row_name
from planlib.excel.template.columns import typed_columns
from planlib.excel.template.identity import (
    DATE_NAME,
    IDENTITY_SHEET,
    SOURCE_NAME,
    Identity,
    read_key,
)
from planlib.excel.workbook.guards import cell_fault
from planlib.excel.workbook.refusals import hidden_sheet
from planlib.excel.workbook.sheet_cells import CellValue
from planlib.excel.workbook.sheets import OfficeBook
from planlib.figures.typed.office_words import words_of
from planlib.language.language import Language
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import Member
from planlib.plan.versions import goal_version

NEEDED = ("name", "value", "key")
SHARED = ("state", "vintage", "source", "published_verdict")


def read_template(
    book: OfficeBook, identity: Identity, plan: Plan, last: Mapping[str, float]
) -> SheetFigures:
    """The figures of a filled template and every problem of its cells.

    ``last`` holds the figure before of each goal, for judging doubtful numbers.
    """
    found = SheetFigures(str(book.path), area=identity.area, year=identity.year, lang=identity.lang)
    found.vintage, found.vintage_place = _shared_date(book, found)
    found.source = str(_named_cell(book, SOURCE_NAME, found)[0] or book.path.name)
    tables = 0
    seen: dict[tuple[str, str], str] = {}
    for sheet in book.sheets:
        if sheet.name == IDENTITY_SHEET:
            continue
        table = find_table(book, sheet, NEEDED)
        if table is None:
            if find_table(book, sheet, ("name", "value")) is not None:
                message = said("excel.column-keys-gone-sheet")
                hint = said("excel.copy-figures-into-new")
                found.problems.append(Problem(message, found.file, sheet.name, hint=hint))
                tables += 1
            continue
        tables += 1
        if sheet.hidden:
            found.problems += hidden_sheet(book.path, sheet.name).problems
            continue
        found.heads |= {name: table.head_of(at) for name, at in table.columns.items()}
        _read_sheet(table, plan, identity, last, found, seen)
        found.problems += table.problems
    if not tables:
        hint = said("excel.heads-name-target-figure")
        found.problems.append(Problem(said("excel.no-sheet-holds-template"), found.file, hint=hint))
    return found


def _named_cell(book: OfficeBook, name: str, found: SheetFigures) -> tuple[CellValue, str | None]:
    if name not in book.names:
        return "", None
    sheet_name, at = book.names[name]
    sheet = book.sheet(sheet_name)
    if sheet is None:
        return "", None
    if fault := cell_fault(sheet, at):
        problem = Problem(fault[0], found.file, sheet.place(*at), hint=fault[1])
        found.problems.append(problem)
        return "", None
    value = sheet.cell(*at)
    return (value.strip() if isinstance(value, str) else value), sheet.place(*at)


def _shared_date(book: OfficeBook, found: SheetFigures) -> tuple[str | None, str | None]:
    value, place = _named_cell(book, DATE_NAME, found)
    if value in {"", None}:
        return None, place
    try:
        return typed_date(value), place
    except Unreadable as error:
        found.problems.append(Problem(error.fault, found.file, place, hint=error.hint))
        return "", place  # there is one; it need not be asked for again


def _read_sheet(
    table: SheetTable, plan: Plan, identity: Identity, last: Mapping[str, float], found: SheetFigures,
    seen: dict[tuple[str, str], str],
) -> None:  # fmt: skip
    names = {folded(text): goal for goal in plan.goals for text in goal.name.values()}
    asked, language = goals_asked(plan, identity.year), Language(identity.lang)
    names |= {
        folded(row_name(plan.goal(goal), at, identity.year, language)): plan.goal(goal)
        for goal, at in asked.items()
    }
    wholes: dict[str, GoalRow] = {}
    members: dict[str, list[GoalRow]] = {}
    units = SheetUnits(table)
    keyed = [n for n in table.rows() if read_key(table.text(n, "key")) is not None]
    last_row = max(keyed, default=len(table.sheet.rows))
    for number in table.rows():
        before = len(table.problems)
        cells = table.given(number)
        below = number > last_row and folded(table.text(number, "name")) not in names
        if below and not table.holds_number(number, cells):
            del table.problems[before:]  # a signature, a remark: no longer of the table
            continue
        goal, member = _subject(table, number, plan, names, cells)
        place = table.place(number, "name")
        if goal is None:
            continue
        key = (goal.id, member.id if member else goal.group)
        if key in seen:
            message = said("excel.goal-stands-twice", place=seen[key])
            found.say(message, place, goal, said("excel.delete-rows"))
            continue
        seen[key] = place
        _check_columns(table, goal, cells, identity.lang)
        if goal.id not in asked:
            if cells:
                message = said("excel.goal-not-asked-in-period", period=period(identity.year))
                found.say(message, place, goal, said("excel.empty-row-other-template"))
            continue
        row = GoalRow(found.file, goal, member, cells, place, identity.lang,
                      None if goal.group else last.get(goal.id))  # fmt: skip
        row.period = asked[goal.id]
        units.put(row, number, cells)
        if goal.main_target().kind.figure != "members":
            found.add(row, figure_of(row))
        elif member is None:
            wholes[goal.id] = row
        else:
            members.setdefault(goal.id, []).append(row)
    for goal_id in dict.fromkeys([*wholes, *members]):
        _add_members(wholes.get(goal_id), members.get(goal_id, []), found)


# What is typed together, and what every goal's row may hold.
TOGETHER = {"numerator": "denominator", "denominator": "numerator", "assigned": "value"}


def _check_columns(
    table: SheetTable, goal: Goal, cells: Mapping[str, InputCell], lang: str
) -> None:
    """Tell of a column that the template had and that is gone.

    One whose counterpart was typed is a problem, any other a warning.
    """
    for column in sorted(typed_columns(goal) - table.columns.keys()):
        message = said("excel.column-gone-sheet", head=words_of({}, lang)[column])
        hint = said("excel.copy-figures-into-new")
        warning = TOGETHER.get(column) not in cells
        problem = Problem(
            message, str(table.book.path), table.sheet.name, hint=hint, warning=warning
        )
        others = [one for one in table.problems if one.message != message or one.warning < warning]
        if not any(one.message == message for one in others):
            table.problems[:] = [*others, problem]


def _subject(
    table: SheetTable, number: int, plan: Plan, names: Mapping[str, Goal],
    cells: Mapping[str, InputCell],
) -> tuple[Goal | None, Member | None]:  # fmt: skip
    """The goal and the member a row is about; a row that is about none is no row of figures."""
    file, place, name = (
        str(table.book.path),
        table.place(number, "name"),
        table.text(number, "name"),
    )
    key = read_key(table.text(number, "key"))
    if key is None:
        goal = names.get(folded(name))
        if goal is None and any(column not in {"note", "source"} for column in cells):
            message = said("excel.row-figures-names-no", name=repr(name))
            table.problems.append(Problem(message, file, place, hint=did_you_mean(name, names)))
        return goal, None
    try:
        goal = plan.goal(key.goal)
    except KeyError:
        if cells:
            message = said("review.goal-not-in-plan", plan=plan.id, goal=key.goal)
            hint = did_you_mean(key.goal, plan.goal_ids)
            table.problems.append(Problem(message, file, place, hint=hint))
        return None, None
    if key.mark != goal_version(goal) or (key.group and key.group not in plan.groups_of(goal)):
        if cells:
            message = said("excel.goal-measured-differently-since")
            hint = said("excel.write-new-template-planlib")
            table.problems.append(Problem(message, file, place, hint=hint))
        return None, None
    member = next((m for m in goal.main_target().members if m.id == key.member), None)
    return goal.in_group(key.group) if key.group else goal, member


def _add_members(whole: GoalRow | None, rows: list[GoalRow], found: SheetFigures) -> None:
    """Members share the state, date and source of their goal's row; a total must be theirs."""
    shared = read_cells(whole) if whole is not None else {}
    figures: list[tuple[GoalRow, Figure]] = []
    for row in rows:
        figure = figure_of(row)
        found.problems += row.problems
        if figure is None and "state" in shared and "value" not in shared:
            figure = {}
        if figure is not None:
            figures.append((row, {k: shared[k] for k in SHARED if k in shared} | figure))
    total = shared.get("value")
    if whole is not None and total is not None:
        of = whole.typed["value"].of if "value" in whole.typed else None
        _check_total(whole, total, of, [f.get("value") for _, f in figures], len(rows))
    found.problems += whole.problems if whole is not None else []
    found.empty += [] if figures else [(whole or rows[0]).goal.name]
    for row, figure in figures:
        found.put(row, figure)


def _check_total(
    whole: GoalRow,
    total: float,
    of: tuple[float, float] | None,
    values: list[float | None],
    count: int,
) -> None:
    if of is not None and of[1] != count:
        whole.say(said("excel.goal-names-members", n=count, total=of[0], of=of[1]), "value")
    known = [value for value in values if value is not None]
    if len(known) < count:
        whole.say(said("excel.total-given-but-not"), "value", said("excel.answer-yes-no-each"))
    elif sum(known) != total:
        message = said("excel.total-not-that-of-members", total=total, found=float(sum(known)))
        whole.say(message, "value", said("excel.correct-empty-total"))
