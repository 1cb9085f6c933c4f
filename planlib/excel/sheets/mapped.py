"""Reads a sheet somebody made himself, by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planlib.errors import Faults, Problem, did_you_mean, said
from planlib.excel.sheets.flags import in_own_words, parted_head, without_flags
from planlib.excel.sheets.goal_rows import figure_of
from planlib.excel.sheets.heads import find_mapped
from planlib.excel.sheets.mapping import SheetMapping
from planlib.excel.sheets.row import Figure, GoalRow
from planlib.excel.sheets.sheet_figures import SheetFigures
from planlib.excel.sheets.table import INPUTS, LABELS, SheetTable
from planlib.excel.sheets.units import SheetUnits
from planlib.excel.sheets.years import year_tables
from planlib.excel.workbook.guards import legacy_fault
from planlib.excel.workbook.sheets import OfficeBook
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.base import check_id
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, member_names, read_group
from planlib.plan.periods.calendar import CALENDAR_YEARS
from planlib.plan.periods.typed import TypedPeriods
from planlib.plan.plan import Plan
from planlib.plan.target import Member

_BULLET = re.compile(r"^[-–+•*\s]+|^[0-9]+[.)]\s+")
_COUNTED = re.compile(r"\(?([A-Z]|[IVX]+|[0-9]{1,2})\)?(\s*=.*)?")  # 3=2/1 says how it is made
_HALF = re.compile(r"6 tháng|sáu tháng|9 tháng|quý|h1|h2|half|quarter|six months", re.IGNORECASE)


def read_mapped(
    book: OfficeBook, mapping: SheetMapping, plan: Plan, last: Mapping[str, float]
) -> SheetFigures:
    """The figures of the mapped sheet and every problem of its cells.

    Raises InputError where the sheet or a column the mapping names is not there.
    """
    table, lang = find_mapped(book, mapping), mapping.language or plan.languages[0]
    found = SheetFigures(str(book.path), mapping.area, mapping.when, lang=lang)
    found.heads = {name: table.head_of(at) for name, at in table.columns.items()}
    found.source = mapping.source or book.path.name
    if mapping.vintage is not None:
        try:
            found.vintage = typed_date(mapping.vintage)
        except Unreadable as error:
            found.vintage = ""
            found.problems.append(Problem(error.fault, found.file, hint=error.hint))
    years: list[tuple[int | None, SheetTable]] = [(None, table)]
    told = plan.languages if mapping.language is None else (mapping.language,)
    periods = TypedPeriods(plan.calendar, told)
    if mapping.heads is not None:
        years = [*year_tables(table, mapping, plan, periods)]
    reader = _MappedReader(years[0][1], mapping, plan, last, found, periods)
    for number in table.rows():
        for reader.year, reader.table in years:
            reader.row(number)
    found.problems += table.problems
    return found


@dataclass
class _MappedReader:
    """Reads row after row; a member's row follows its goal's."""

    table: SheetTable
    mapping: SheetMapping
    plan: Plan
    last: Mapping[str, float]
    found: SheetFigures
    periods: TypedPeriods
    goal: Goal | None = None
    year: int | None = None
    seen: dict[tuple[object, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {
            folded(text): goal.id
            for goal in self.plan.goals
            for text in (goal.id, *goal.name.values())
        } | {folded(name): goal for name, goal in self.mapping.goals.items()}
        self.units: dict[int | None, SheetUnits] = {}  # of each period's column
        self.skipped = {folded(name) for name in self.mapping.skip}
        members = [m for goal in self.plan.goals for m in goal.main_target().members]
        words = {folded(text) for m in members for text in (m.id, *m.name.values())}
        self.known = words | self.names.keys() | self.skipped
        named = [row for row in self.table.rows() if self._names(row) & self.known]
        self.last_row = max(named, default=len(self.table.sheet.rows))
        self.places = {folded(key): area for key, area in self.mapping.areas.items()}
        for area in self.plan.registry:
            for text in (area.id, *area.name.values()):
                self.places.setdefault(folded(text), area.id)
        self.states = {folded(word): state for word, state in self.mapping.states.items()}
        alone = {} if self.mapping.goal is None else {"goal": self.mapping.goal}
        for name, goal in (alone | self.mapping.goals).items():
            if goal not in self.plan.goal_ids:
                message = said("review.goal-not-in-plan", plan=self.plan.id, goal=goal)
                hint = did_you_mean(goal, self.plan.goal_ids)
                self.found.problems.append(Problem(message, self.found.file, None, name, hint))

    def row(self, number: int) -> None:
        """Read one row; a row without figures is a heading or a signature."""
        name = self.table.text(number, "goal")
        unknown = self.mapping.goal is not None and self.mapping.goal not in self.plan.goal_ids
        if unknown or self._is_skipped(number) or self._is_head(number):
            return
        before = len(self.table.problems)
        cells = self.table.given(number, [c for c in INPUTS if c in self.table.columns])
        above = self.table.flags or parted_head(self.table.text(number, "year"))[1]
        cells = without_flags(in_own_words(cells, self.states), above)
        goal, member = self._subject(name)
        if goal is not None:
            self.goal = goal
        elif number > self.last_row and not self.table.holds_number(number, cells):
            del self.table.problems[before:]  # a signature, a remark: no longer of the table
            return
        if not any(column not in {"note", "source", "vintage"} for column in cells):
            return
        place = self.table.place(number, "goal")
        if goal is None:
            if fault := legacy_fault(self.table.sheet, (number, self.table.columns["goal"])):
                problem = Problem(fault[0], self.found.file, place, hint=fault[1])
                self.found.problems.append(problem)
                return
            message = said("excel.row-figures-names-no", name=repr(name))
            hint = did_you_mean(folded(name), self.names) or said("excel.name-under-goals-skip")
            self.found.problems.append(Problem(message, self.found.file, place, hint=hint))
            return
        of = self._group(number, goal)
        if of is None:
            return
        row = GoalRow(self.found.file, of, member, cells, place, self.found.lang,
                      None if of.group else self.last.get(goal.id))  # fmt: skip
        row.period = self.mapping.when if self.year is None else self.year
        if self.year not in self.units:
            self.units[self.year] = SheetUnits(self.table, self.mapping)
        self.units[self.year].put(row, number, cells)
        if goal.main_target().kind.figure == "members" and member is None:
            hint = said("excel.give-row-for-each-member")
            row.say(said("excel.goal-answered-member-member"), "value", hint)
        figure = figure_of(row)
        row.problems = [_with_states(one) for one in row.problems]
        if figure is not None:
            context = self._where_and_when(number, goal)
            if context is None:  # a problem is told; no other year or area may stand in
                self.found.problems += row.problems
                return
            figure |= context
            when = (figure.get("area"), figure.get("year"), figure.get("vintage"))
            key = (goal.id, of.group, member, *when)
            if key in self.seen:
                row.say(said("excel.goal-stands-twice", place=self.seen[key]), "value")
                figure = None  # told already
            self.seen.setdefault(key, place)
        self.found.add(row, figure)

    def _names(self, number: int) -> set[str]:
        """The name in a row, as it stands and without what may stand before it."""
        name = self.table.text(number, "goal")
        return {folded(name), folded(_BULLET.sub("", name))}

    def _is_skipped(self, number: int) -> bool:
        """Whether the mapping leaves out a row: by what it says of its goal, area, period or group."""
        names = [name for name in LABELS if name in self.table.columns]
        return any(folded(self.table.text(number, name)) in self.skipped for name in names)

    def _is_head(self, number: int) -> bool:
        """Whether a row numbers the columns, (1) (2) (3), or repeats their heads on a new page."""
        sheet, head = self.table.sheet, self.table.head
        texts = [sheet.text(number, column) for column in range(len(sheet.rows[number]))]
        filled = [text for text in texts if text]
        if number == head + 1 and len(filled) > 1 and all(map(_COUNTED.fullmatch, filled)):
            counts = [int(digits[0]) for text in filled if (digits := re.findall("[0-9]+", text))]
            named = self._names(number) & self.known or self._area_named(number) is not None
            from_one = len(counts) > 1 and counts == list(range(counts[0], counts[0] + len(counts)))
            return from_one and counts[0] <= 1 and not named  # 90, 91 are figures of two years
        heads = {sheet.text(head, column) for column in self.table.columns.values()}
        return heads == {self.table.text(number, name) for name in self.table.columns}

    def _subject(self, name: str) -> tuple[Goal | None, Member | None]:
        if self.mapping.goal in self.plan.goal_ids:
            return self.plan.goal(str(self.mapping.goal)), None
        plain = folded(_BULLET.sub("", name))
        known = self.names.get(folded(name)) or self.names.get(plain)
        if known in self.plan.goal_ids:
            return self.plan.goal(str(known)), None
        for member in self.goal.main_target().members if self.goal else ():
            if plain in {folded(word) for word in (member.id, *member.name.values())}:
                return self.goal, member
        return None, None

    def _where_and_when(self, number: int, goal: Goal) -> Figure | None:
        """The row's year and area where it tells them; None where one cannot be read."""
        context: Figure = {} if self.year is None else {"year": self.year}
        if "year" in self.table.columns:
            text = self.table.text(number, "year")
            place = self.table.place(number, "year")
            code, why = None, None
            try:
                code = self.periods.read(parted_head(text)[0])
            except Faults as fault:
                why = fault.found[0]
            if code is None:
                hint = None
                if self.plan.calendar == CALENDAR_YEARS:
                    if _HALF.search(text) or getattr(why, "key", "") == "plan.period-too-short":
                        why = said("excel.part-of-a-year", text=repr(text))
                        hint = said("excel.leave-row-out-give")
                    why = why or said("excel.not-a-year", text=repr(text))
                self.found.say(
                    why or said("excel.not-a-period", text=repr(text)), place, goal, hint
                )
                return None
            context["year"] = code
        if "area" in self.table.columns:
            area = self._area(number, goal)
            if area is None:
                return None
            context["area"] = area
        return context

    def _group(self, number: int, goal: Goal) -> Goal | None:
        """The goal in the row's group: by the sheet's own word, a member's name, or as it is written."""
        text = self.table.text(number, "group")
        names = member_names(self.plan.header.dimensions, goal.by)
        names |= {folded(word): group for word, group in self.mapping.groups.items()}
        group = read_group(names.get(folded(text), text), self.plan.header.dimensions, goal.by)
        if isinstance(group, GroupFault):
            hint = did_you_mean(folded(text), names) or group.hint
            self.found.say(group.message, self.table.place(number, "group"), goal, hint)
            return None
        return goal.in_group(group) if group else goal

    def _area_named(self, number: int) -> str | None:
        """The area whose name or id stands in a row."""
        return self.places.get(folded(self.table.text(number, "area")))

    def _area(self, number: int, goal: Goal) -> str | None:
        text, names = self.table.text(number, "area"), self.places
        known = self._area_named(number)
        if known is None:
            try:
                known = check_id(text)
            except ValueError:
                if text:
                    message = said("excel.unknown-area", text=repr(text))
                    listed = said("excel.name-under-areas-mapping")
                    hint = did_you_mean(folded(text), names) or listed
                else:
                    message, hint = said("excel.area-missing"), said("excel.area-in-every-row")
                self.found.say(message, self.table.place(number, "area"), goal, hint)
                return None
        return known


def _with_states(problem: Problem) -> Problem:
    """A word that may mean two states is said in the mapping, not in five thousand cells."""
    if getattr(problem.message, "key", "") != "excel.state-ambiguous":
        return problem
    return replace(problem, hint=said("excel.name-under-states"))
