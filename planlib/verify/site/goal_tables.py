"""The tables of a goal's page, cell by cell, against what was worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isfinite

from babel.dates import format_date
from bs4 import Tag

from planlib.errors import said
from planlib.figures.observations import vintage_text
from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.cells import figure_is
from planlib.verify.figures import figure_of
from planlib.verify.markup import attribute, classes, text_of
from planlib.verify.periods.names import period_begun
from planlib.verify.periods.rows import KNOWN
from planlib.verify.recompute import Recomputed
from planlib.verify.tables import GoalTables
from planlib.verify.targets.judged import JUDGED, RecomputedVerdict
from planlib.verify.texts import filled

Point = tuple[int, int, RecomputedVerdict, bool]  # period, day, figure, whether it is in use


@dataclass(frozen=True)
class ProvenArea:
    """An area on the page of a goal: its verdicts, made again, along the goal's own periods.

    ``illustrative`` says whether any of the goal's figures is made up, ``reviews`` are the pages of
    its reviews, ``audience`` and ``as_of`` whom and which day they are for.
    """

    area: str
    made: Recomputed
    goal: Goal
    illustrative: bool
    reviews: frozenset[str]
    audience: str
    as_of: str

    def answer(self, year: int) -> RecomputedVerdict:
        """The verdict of a period."""
        return self.made.annual(self.goal, year)

    @cached_property
    def standing(self) -> int:
        """The latest period that could be judged, else that the area has a figure of, else the first."""
        plan = self.made.plan
        judged = [year for year in plan.years if self.answer(year).verdict in JUDGED]
        if judged:
            return judged[-1]
        known = {int(row["year"]) for row in self.made.reports if int(row["state"]) in KNOWN}
        ended = {plan.calendar.within(code, plan.frequency) for code in known}
        return max(ended & {*plan.years}, default=plan.years[0])

    @cached_property
    def points(self) -> list[Point]:
        """Every figure that a report gave: period, day, the figure itself, and whether it is in use."""
        made, goal = self.made, self.made.standing(self.goal)
        plan, target = made.plan, goal.main_target().natural
        alone = goal.main_target()  # before the term nothing adds up to a total
        if alone.cadence is Cadence.over_term and alone.basis is not Basis.change:
            alone = alone.model_copy(update={"cadence": Cadence.every_year})
        mine = [
            row for row in made.reports
            if row["goal"] == goal.id and not str(row.get("group", ""))
        ]  # fmt: skip
        found: dict[int, list[tuple[int, RecomputedVerdict]]] = {}
        for day in sorted({int(row["vintage"]) for row in mine}):
            rows = made.rows_of_day(day)
            codes = {int(row["year"]) for row in mine if int(row["vintage"]) == day}
            for year in sorted({plan.calendar.within(code, plan.frequency) for code in codes}):
                held = alone if year < made.first else goal.main_target()
                at = figure_of(rows, goal, held, year, made.first, made.base)
                if at.known and year <= made.last:
                    found.setdefault(year, []).append((day, _told(at.low, at.high, target)))
        return [
            (year, day, figure, (day, figure) == found[year][-1])
            for year in sorted(found)
            for day, figure in found[year]
        ]


def _told(low: float, high: float, target: Target) -> RecomputedVerdict:
    exact = low == high
    ends = [one if isfinite(one) else None for one in (low, high)]
    return RecomputedVerdict(
        "", value=ends[0] if exact else None, low=None if exact else ends[0],
        high=None if exact else ends[1], target=target,
    )  # fmt: skip


def short_day(day: str | None, lang: str) -> str:
    """A day as a column has it; nothing where there is none.

    >>> short_day("2013-06-07", "vi"), short_day("2013-06-07", "en"), short_day(None, "en")
    ('07/6/2013', '7 Jun 2013', '')
    """
    if day is None:
        return ""
    on = date.fromisoformat(day)
    patterns = {
        "day": "date.pattern.day.first" if on.day == 1 else "date.pattern.day",
        "month": "date.pattern.short_month" + (".early" if on.month < 3 else ""),
    }
    told = {name: format_date(on, filled(key, lang), locale=lang) for name, key in patterns.items()}
    return filled("date.short", lang, year=on.year, **told)


class ProvenGoalRow(GoalTables):
    """A row that tells the verdict of one period in one area."""

    def check_row(self, row: Tag, goal: Goal, answer: RecomputedVerdict, place: str) -> None:
        """Compare its target, figure, level, verdict, published verdict and day of the report."""
        for cell in row.find_all("td"):
            key = column_of(cell)
            if key == "verdict":
                self._verdict(cell, answer.verdict, goal, place)
            elif key == "published":
                if answer.published is not None or text_of(cell):
                    self._verdict(cell, answer.published, goal, place)
            elif key == "vintage":
                self.same(cell, short_day(answer.vintage, self.lang), goal, place)
            else:
                self._number(key, cell, goal, answer, place)

    def check_reading(self, row: Tag, goal: Goal, place: str) -> None:
        """Compare the verdict under one reading."""
        self._row(row, row, goal, place)

    def check_point(self, row: Tag, goal: Goal, point: Point, place: str) -> None:
        """Compare one figure as a report gave it."""
        year, day, figure, newest = point
        told = vintage_text(day)
        right = {
            "year": period_begun(year, self.lang),
            "vintage": short_day(told, self.lang) if told else filled("undated", self.lang),
            "use": filled("point.used" if newest else "point.replaced", self.lang),
        }
        for cell in row.find_all("td"):
            key = column_of(cell)
            if key in right:
                self.same(cell, right[key], goal, place)
            elif key == "actual":
                self.compared += 1
                if not figure_is(text_of(cell), goal, figure, self.lang):
                    self._differs(cell, f"{figure.value}", goal, place)

    def same(self, cell: Tag, right: str, goal: Goal, place: str) -> None:
        """Whether a cell says just this."""
        self.compared += 1
        if text_of(cell) != right:
            self._differs(cell, right, goal, place)

    def _differs(self, cell: Tag, right: str, goal: Goal, place: str) -> None:
        found = text_of(cell)[:200]
        self.say(place, goal.id, said("verify.text-differs", right=right, found=found))


def column_of(cell: Tag) -> str:
    """The key of the column a cell or a head belongs to; periods stand in that of years."""
    key = next((name[5:] for name in classes(cell) if name.startswith("pl-c-")), "")
    return "year" if key == "period" else key


def kind_of(table: Tag) -> str:
    """What a table of the page is about; empty for none that there is."""
    keys = tuple(
        column_of(head) for head in table.find_all("th") if attribute(head, "scope") == "col"
    )
    kinds = {
        ("area", "target"): "areas", ("year", "target"): "years", ("year", "vintage"): "points",
        ("reading", "verdict"): "readings", ("group", "actual"): "groups",
        ("decided", "reason"): "history",
    }  # fmt: skip
    return next((kind for two, kind in kinds.items() if keys[:2] == two), "")
