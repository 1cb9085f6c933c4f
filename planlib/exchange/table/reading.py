"""Reads a table of indicators by its mapping as a plan: one row an indicator, or one a period of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planlib.errors import Problem, Said, said
from planlib.excel.sheets.csv_book import open_csv_book
from planlib.excel.sheets.heads import find_mapped
from planlib.excel.sheets.row import InputCell
from planlib.excel.sheets.table import SheetTable
from planlib.excel.workbook.sheets import OfficeBook, open_office_book
from planlib.exchange.doubts import doubts
from planlib.exchange.draft import WHOLE, BaselineDraft, GoalDraft, PlanDraft, TargetDraft, Unread
from planlib.exchange.slugs import Slugs
from planlib.exchange.table.across import tables_across
from planlib.exchange.table.mapping import GOAL, TableMapping, read_table_mapping
from planlib.exchange.table.others import Known, settle_others
from planlib.exchange.table.row import NUMBERS, IndicatorRow, Meanings, plain_actual, text_of
from planlib.exchange.table.settling import Line, StatedTarget, give_targets
from planlib.exchange.values import figure_of
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.yes_no import yes_no_unit

PERCENT = {"%", "percent", "per cent", "phần trăm", "pour cent", "pourcentage", "percentage"}
# Columns whose rows are no titles.
SAYING = ("published_verdict", "unit", "better", "due", "period", "kind", "to", "among")
SECTION, DOCUMENT, CSV = "indicators", "table", ".csv"


def open_table(path: Path) -> OfficeBook:
    """A CSV file or a workbook as sheets. Raises InputError."""
    return open_csv_book(path) if path.suffix.lower() == CSV else open_office_book(path)


def read_indicator_table(path: Path, mapping: Path, plan_id: str, lang: str) -> PlanDraft:
    """The plan a table tells, and all that could not be read.

    Raises InputError where the mapping is wrong or a column it names is not in the table.
    """
    mapped = read_table_mapping(mapping)
    table = find_mapped(open_table(path), mapped)
    names = {lang: mapped.name} if mapped.name else {}
    draft = PlanDraft(plan_id, names, mapped.calendar, path.name)
    draft.documents.append({"id": DOCUMENT, "title": {lang: path.name}})
    if mapped.tolerance is not None:
        draft.tolerance = {mapped.tolerance.measure: mapped.tolerance.size}
    reader = _TableReader(table, mapped, draft, lang, by_line=path.suffix.lower() == CSV)
    tables: list[tuple[int | None, SheetTable]] = [(None, table)]
    if mapped.across is not None:
        tables += tables_across(table, mapped.across, reader.means.periods)
    for number in table.rows():
        for reader.at, reader.table in tables:
            reader.row(number)
    draft.unread[:] = dict.fromkeys(draft.unread)
    figures = list(reader.figures.values())
    give_targets(reader.draft, reader.stated, figures, reader.keys, reader.places)
    known = Known(reader.area_of, reader.goals, reader.means.others)
    settle_others(draft, known, {key: one.place for key, one in reader.stated.items()})
    draft.doubtful += doubts(draft, reader.places)
    return draft


@dataclass
class _TableReader:
    table: SheetTable
    mapping: TableMapping
    draft: PlanDraft
    lang: str
    by_line: bool
    at: int | None = None  # the period of the table's columns, where each has its own
    goals: dict[str, GoalDraft] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # a goal's id to what the table calls it
    places: dict[str, int | str] = field(default_factory=dict)  # a goal's id to its first row
    stated: dict[tuple[str, str, int], StatedTarget] = field(default_factory=dict)
    figures: dict[tuple[object, ...], tuple[Line, int | str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.means = Meanings(self.mapping, self.lang)
        self.ids, self.sections = Slugs(), Slugs()
        self.area_ids = Slugs(set(self.mapping.areas.values()))
        self.section_ids: dict[str, str] = {}
        self.area_of = {folded(name): area for name, area in self.mapping.areas.items()}

    def place(self, number: int, column: str) -> int | str:
        """The line of a CSV file, the cell of a workbook."""
        return number + 1 if self.by_line else self.table.place(number, column)

    def unread(self, row: IndicatorRow, column: str, found: str, error: Unreadable | Said) -> None:
        """List a cell that cannot be read, by the head of its column."""
        at = self.table.columns.get(column)
        what = column if at is None else self.table.head_of(at)
        why, hint = (error, None) if isinstance(error, Said) else (error.fault, error.hint)
        place = self.place(row.number, column)
        self.draft.unread.append(Unread(place, row.key, what, found, why, hint))

    # ------------------------------------------------------------------ rows

    def row(self, number: int) -> None:
        """Read one row; rows without an indicator and without a number are titles or remarks."""
        before = len(self.table.problems)
        cells = plain_actual(self.table.given(number, self.table.columns), self.table.flags)
        problems, self.table.problems[before:] = self.table.problems[before:], []
        key = self.table.text(number, GOAL)
        self._faulty(problems, key, number)
        if not key:
            self._nameless(number, cells)
            return
        if not any(name in cells for name in (*NUMBERS, *SAYING)):
            return
        goal = self._goal(number, key, cells)
        row = IndicatorRow(number, cells, goal, key, self.means, self.at)
        try:
            vintage, area = row.vintage(), self._area(row)
        except Unreadable as error:  # a row without a place: each of its numbers is listed
            for name in (one for one in NUMBERS if one in cells):
                self.unread(row, name, row.text(name), error)
            return
        try:
            milestone = row.milestone()
        except Unreadable as error:
            self.unread(row, "kind", row.text("kind"), error)
            return
        if milestone:
            row.goal.unit = yes_no_unit(LANGUAGES)
        self._target(row, area, vintage, milestone=milestone)
        self._actual(row, area, vintage, milestone=milestone)
        self._baseline(row, area)

    def _faulty(self, problems: list[Problem], key: str, number: int) -> None:
        for one in problems:
            message, hint = one.message, one.hint if isinstance(one.hint, Said) else None
            why = message if isinstance(message, Said) else said("exchange.reason", reason=message)
            place = self.place(number, GOAL) if self.by_line or one.place is None else one.place
            self.draft.unread.append(Unread(place, key, "", "", why, hint))

    def _nameless(self, number: int, cells: dict[str, InputCell]) -> None:
        why, hint = said("exchange.no-indicator"), said("exchange.no-indicator-hint")
        for column in (name for name in NUMBERS if name in cells):
            text = text_of(cells, column)
            if any(sign.isdigit() for sign in text):
                what = self.table.head_of(self.table.columns[column])
                place = self.place(number, column)
                self.draft.unread.append(Unread(place, "", what, text, why, hint))

    def _goal(self, number: int, key: str, cells: dict[str, InputCell]) -> GoalDraft:
        name = folded(key)
        if name not in self.goals:
            unit = self.means.units.get(name) or text_of(cells, "unit")
            words = {self.lang: unit or Language(self.lang)("exchange.unit")}
            goal = GoalDraft(
                self.ids.give(key, f"indicator-{len(self.goals) + 1}"),
                self._section(text_of(cells, "section")),
                {self.lang: text_of(cells, "name") or key},
                "%" if folded(unit) in PERCENT else words,
                {"document": DOCUMENT, "section": self.table.sheet.name, "paragraph": number + 1},
            )
            if made := self.means.make_up.get(name, self.mapping.make_up):
                goal.terms["make_up"] = str(made)
            if name in self.means.to_date:
                goal.terms["year_to_date"] = True
            self.goals[name], self.keys[goal.id] = goal, key
            self.draft.goals.append(goal)
            self.places[goal.id] = self.place(number, GOAL)
        return self.goals[name]

    def _section(self, title: str) -> str:
        key = folded(title)
        if key not in self.section_ids:
            section = self.sections.give(title or SECTION, SECTION)
            self.section_ids[key] = section
            name = title or Language(self.lang)("exchange.section")
            self.draft.sections[section] = {self.lang: name}
        return self.section_ids[key]

    def _area(self, row: IndicatorRow) -> str:
        text = row.text("area")
        if "area" not in self.table.columns:
            area = self.mapping.area or WHOLE
            name = Language(self.lang)("exchange.whole") if area == WHOLE else area
            self.draft.areas.setdefault(area, {self.lang: name})
            return area
        if not text:
            raise Unreadable(said("exchange.no-area"))
        if folded(text) not in self.area_of:
            self.area_of[folded(text)] = self.area_ids.give(text, f"area-{len(self.area_of) + 1}")
        area = self.area_of[folded(text)]
        self.draft.areas.setdefault(area, {self.lang: text})
        return area

    # --------------------------------------------------------------- numbers

    def _target(self, row: IndicatorRow, area: str, vintage: str, *, milestone: bool) -> None:
        columns = [one for one in ("target", "low", "high") if one in row.cells]
        others = [one for one in ("among", "to") if one in row.cells]
        if row.at is not None and not columns:  # the period of a figure; its target is told once
            return
        found, what = " - ".join(map(row.text, columns or others)), [*columns, *others, "due"][0]
        try:
            terms = row.terms(columns, self.lang, milestone=milestone)
            if terms is None:
                return
            due = row.when("due")
            period = due if due is not None else row.when("period")
            if period is None:
                raise Unreadable(said("exchange.target-when"), said("exchange.target-when-hint"))
            words = "" if {"to", "among"} & terms.keys() else row.words(columns)
        except Unreadable as error:
            self.unread(row, what, found or row.text("due"), error)
            return
        if due is not None:
            terms["cadence"] = "by"
        if folded(row.key) in self.means.to_date:
            terms["cumulative"] = True
        source = "" if "actual" in row.cells else row.text("source")
        draft = TargetDraft(period, terms, area, source=source, words=words)
        at = self.place(row.number, what)
        new = StatedTarget(draft, vintage, at, found)
        key = (row.goal.id, area, period)
        old = self.stated.setdefault(key, new)
        if old.draft.terms == terms:
            return
        if vintage == old.vintage:
            self.unread(row, what, found, said("exchange.told-twice", line=old.place))
            return
        later, earlier = (new, old) if vintage > old.vintage else (old, new)
        self.stated[key] = later
        why = said("exchange.target-superseded", line=later.place)
        self.draft.unread.append(Unread(earlier.place, row.key, "target", earlier.found, why))

    def _actual(self, row: IndicatorRow, area: str, vintage: str, *, milestone: bool) -> None:
        if not {"actual", "published_verdict"} & row.cells.keys():
            return
        published = None
        column = "actual" if "actual" in row.cells else "published_verdict"
        found = row.text(column)
        try:
            published = row.published()
        except Unreadable as error:
            self.unread(row, "published_verdict", row.text("published_verdict"), error)
        try:
            columns: dict[str, str | float] = {}
            if milestone and (answer := row.answer()) is not None:
                columns = {"value": answer}
            elif not milestone and (number := row.number_of("actual")):
                columns = figure_of(number, percentage=row.goal.unit == "%")
            period = row.when("period") if columns or published else 0
            if period is None:
                raise Unreadable(said("exchange.figure-when"), said("exchange.figure-when-hint"))
        except Unreadable as error:
            self.unread(row, column, found, error)
            return
        if not columns and published is None:
            return
        line: Line = {"area": area, "goal": row.goal.id, "year": period, "vintage": vintage}
        line |= columns or {"state": "missing"}
        if "value" in line and row.text("state") == "estimate":
            line["state"] = "estimate"
        line["source"] = self._source(row)
        if note := row.text("note"):
            line["note"] = note
        if published is not None:
            reason = row.text("published_reason") or row.text("published_verdict")
            line |= {"published_verdict": published, "published_reason": reason}
        other = self.figures.setdefault(
            (area, row.goal.id, period, vintage), (line, self.place(row.number, "actual"))
        )
        if other[0] != line:
            self.unread(row, column, found, said("exchange.told-twice", line=other[1]))

    def _source(self, row: IndicatorRow) -> str:
        return row.text("source") or self.mapping.source or self.draft.source

    def _baseline(self, row: IndicatorRow, area: str) -> None:
        if "baseline" not in row.cells:
            return
        found = row.text("baseline")
        try:
            number, year = row.number_of("baseline"), row.when("baseline_year")
            if number is None:
                return
            if number.value is None or year is None:
                raise Unreadable(said("exchange.baseline-one-number"))
        except Unreadable as error:
            self.unread(row, "baseline", found, error)
            return
        place = self.place(row.number, "baseline")
        new = BaselineDraft(year, number.value, self._source(row), place)
        old = row.goal.baselines.setdefault(area, new)
        if (old.period, old.value) != (new.period, new.value):
            self.unread(row, "baseline", found, said("exchange.told-twice", line=old.line))
