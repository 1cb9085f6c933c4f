"""One goal in one area: every figure ever reported, the targets, and the verdicts by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_group
from planlib.evaluation.verdicts import GoalVerdict, clean
from planlib.figures.observations import (
    EXCLUSIVE,
    FIGURE_COLUMNS,
    PART_COLUMNS,
    Observations,
    State,
    vintage_text,
    whole_rows,
)
from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.scoring.figures import own_figures
from planlib.scoring.panel import Panel

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Point:
    """The figure of one year as one report gave it, in the unit of the target.

    ``value`` is None where the figure is an interval, with ``low`` or ``high`` then known;
    ``exclusive`` names the end that is not part of it: low, high, both or nothing.
    """

    year: int
    value: float | None
    low: float | None
    high: float | None
    exclusive: str
    vintage: str | None
    estimate: bool
    newest: bool


@dataclass(frozen=True, repr=False)
class Profile(Brief):
    """One goal in one area over the years.

    ``breaks`` are changes of boundary or of what the figure counts, with their notes.
    """

    plan: Plan
    area: str
    goal: Goal
    illustrative: bool
    public: bool
    points: tuple[Point, ...]
    targets: tuple[tuple[int, Target | None], ...]
    verdicts: tuple[GoalVerdict, ...]
    breaks: tuple[tuple[date, Text], ...]

    @property
    def newest(self) -> tuple[Point, ...]:
        """The newest figure of each year."""
        return tuple(point for point in self.points if point.newest)


def profile(evaluation: Evaluation, area: str, goal_id: str, group: str = "") -> Profile:
    """Everything known of one goal in one area, of everybody or one group such as ``sex=women``.

    Raises InputError for what is unknown.
    A goal that is reported by longer periods than the plan is looked at along those.
    """
    own = evaluation.plan.frequency_of(evaluation.goal(goal_id))
    if own.in_year < evaluation.plan.frequency.in_year:
        evaluation = evaluation.along(own)
    area, plan = evaluation.area(area), evaluation.plan
    whole = evaluation.goal(goal_id)
    seen = whole.in_group(known_group(plan, whole, group)) if group else whole
    goal = seen.in_area(area)
    figures = of_group(evaluation.figures.of_area(area).frame, goal.group)
    mine = Observations(figures[figures["goal"] == goal.id])
    return Profile(
        plan=plan,
        area=area,
        goal=goal,
        illustrative=mine.illustrative,
        public=evaluation.public,
        points=points(evaluation, area, [goal], plan.years[-1])[goal.id],
        targets=tuple((year, goal.target_for(year)) for year in plan.years),
        verdicts=tuple(evaluation.verdict_of(seen, area, year) for year in plan.years),
        breaks=_breaks(plan.areas_by_id.get(area), goal),
    )


def _breaks(place: Area | None, goal: Goal) -> tuple[tuple[date, Text], ...]:
    found = [(change.date, change.note) for change in (place.changes if place else ())]
    found += [(one.date, one.definition) for one in goal.breaks if one.definition is not None]
    return tuple(sorted(found, key=lambda one: one[0]))


def points(
    evaluation: Evaluation, area: str, goals: Sequence[Goal], last: int, number: str = "value"
) -> dict[str, tuple[Point, ...]]:
    """Every figure of some goals up to a year, year by year, each year's oldest report first.

    The goals are all of everybody, or all of one group; ``number`` is the column looked at.
    The figures are laid out once for each report date, since a change or a total depends on what
    was known of other years on that day.
    """
    group = next((goal.group for goal in goals), "")
    frame = of_group(evaluation.figures.of_area(area).frame, group)
    plan = evaluation.plan
    # A shorter period belongs to the one it ends in; what is longer stands at its end.
    at = {
        int(code): plan.calendar.within(int(code), plan.frequency)
        for code in frame["year"].unique()
    }
    known = frame["year"].map(at).le(last) & frame["goal"].isin([goal.id for goal in goals])
    if evaluation.as_of is not None:
        known &= frame["vintage"] <= evaluation.as_of
    frame = frame[known].reset_index(drop=True)
    if number != "value":
        looked_at = frame[number]
        frame = frame.assign(**dict.fromkeys((*FIGURE_COLUMNS, *PART_COLUMNS), np.nan))
        frame["value"] = looked_at
    by_day: dict[int, dict[str, dict[int, bool]]] = {}
    for goal_id, year, day, state in zip(
        frame["goal"].astype(str), frame["year"], frame["vintage"], frame["state"], strict=True
    ):
        years = by_day.setdefault(int(day), {}).setdefault(goal_id, {})
        years[at[year]] = years.get(at[year], False) or state == State.estimate
    found: dict[str, dict[int, list[Point]]] = {goal.id: {} for goal in goals}
    every_day = Panel(evaluation.plan, Observations(frame), areas=[area])
    for day in sorted(by_day):
        panel = every_day.known_on(day)
        for goal in goals:
            for point in _points_of(panel, goal, day, by_day[day].get(goal.id, {})):
                found[goal.id].setdefault(point.year, []).append(point)
    return {
        goal_id: tuple(
            replace(point, newest=point is years[year][-1])
            for year in sorted(years)
            for point in years[year]
        )
        for goal_id, years in found.items()
    }


def of_group(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of a group; of everybody without one."""
    return frame[frame["group"] == group] if group and "group" in frame else whole_rows(frame)


def _points_of(panel: Panel, goal: Goal, day: int, years: dict[int, bool]) -> list[Point]:
    """The figures one report gave of a goal; ``years`` says which are estimates."""
    if not years:
        return []
    goal = goal.in_area(panel.areas[0])
    target = goal.main_target()
    made = own_figures(panel, goal, target)
    result, bits = [], made.exclusive
    for year, estimate in sorted(years.items()):
        column = panel.year_index(year)
        low, high = clean(made.low[0, column]), clean(made.high[0, column])
        if low is None and high is None:
            continue
        exact = low is not None and low == high
        result.append(
            Point(
                year=period(year),
                value=low if exact else None,
                low=None if exact else low,
                high=None if exact else high,
                exclusive="" if exact or bits is None else EXCLUSIVE[bits[0, column]],
                vintage=vintage_text(day),
                estimate=estimate,
                newest=False,
            )
        )
    return result
