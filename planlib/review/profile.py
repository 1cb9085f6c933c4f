"""One goal in one area: every figure ever reported, the targets, and the verdicts by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planlib.evaluation.verdicts import GoalVerdict, clean, goal_verdicts
from planlib.figures.observations import EXCLUSIVE, Observations, State, vintage_text
from planlib.plan.areas import Area
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.scoring.figures import compared
from planlib.scoring.panel import Panel


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


@dataclass(frozen=True)
class Profile:
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
    breaks: tuple[tuple[date, str, str], ...]

    @property
    def newest(self) -> tuple[Point, ...]:
        """The newest figure of each year."""
        return tuple(point for point in self.points if point.newest)


def profile(
    plan: Plan,
    observations: Observations,
    area: str,
    goal_id: str,
    as_of: int | None = None,
    through: int | None = None,
) -> Profile:
    """Everything known of one goal in one area; raises KeyError for an unknown goal.

    ``through`` is the last year looked at, ``as_of`` a day number, which also says the plan.
    """
    plan = plan.in_force(as_of)
    goal = plan.goal(goal_id)
    last = through or plan.years[-1]
    years = [year for year in plan.years if year <= last]
    mine = observations.of_area(area)
    mine = Observations(mine.frame[mine.frame["goal"] == goal.id].reset_index(drop=True))
    verdicts = tuple(
        goal_verdicts(plan, mine, area, year, as_of=as_of, goals=[goal])[0] for year in years
    )
    place = plan.areas_by_id.get(area)
    return Profile(
        plan=plan,
        area=area,
        goal=goal,
        illustrative=mine.illustrative,
        public=observations.public,
        points=points(plan, mine, area, [goal], as_of, last)[goal.id],
        targets=tuple((year, goal.target_for(year)) for year in years),
        verdicts=verdicts,
        breaks=_breaks(place, goal),
    )


def _breaks(place: Area | None, goal: Goal) -> tuple[tuple[date, str, str], ...]:
    found = [(change.date, change.note) for change in (place.changes if place else ())]
    found += [(one.date, one.definition) for one in goal.breaks if one.definition is not None]
    return tuple(
        (day, note["vi"], note["en"]) for day, note in sorted(found, key=lambda one: one[0])
    )


def points(
    plan: Plan,
    observations: Observations,
    area: str,
    goals: Sequence[Goal],
    as_of: int | None,
    last: int,
) -> dict[str, tuple[Point, ...]]:
    """Every figure of some goals up to a year, year by year, each year's oldest report first.

    The figures are laid out once for each report date, since a change or a total depends on what
    was known of other years on that day.
    """
    frame = observations.of_area(area).frame
    known = (frame["year"] <= last) & frame["goal"].isin([goal.id for goal in goals])
    if as_of is not None:
        known &= frame["vintage"] <= as_of
    frame = frame[known].reset_index(drop=True)
    told: dict[int, dict[str, dict[int, bool]]] = {}
    for goal_id, year, day, state in zip(
        frame["goal"].astype(str), frame["year"], frame["vintage"], frame["state"], strict=True
    ):
        years = told.setdefault(int(day), {}).setdefault(goal_id, {})
        years[int(year)] = years.get(int(year), False) or state == State.estimate
    found: dict[str, dict[int, list[Point]]] = {goal.id: {} for goal in goals}
    for day in sorted(told):
        panel = Panel(plan, Observations(frame), areas=[area], as_of=day)
        for goal in goals:
            for point in _points_of(panel, goal, day, told[day].get(goal.id, {})):
                found[goal.id].setdefault(point.year, []).append(point)
    return {
        goal_id: tuple(
            replace(point, newest=point is years[year][-1])
            for year in sorted(years)
            for point in years[year]
        )
        for goal_id, years in found.items()
    }


def _points_of(panel: Panel, goal: Goal, day: int, years: dict[int, bool]) -> list[Point]:
    """The figures one report gave of a goal; ``years`` says which are estimates."""
    if not years:
        return []
    plan, target = panel.plan, goal.main_target()
    made = compared(
        panel.figures(goal), target, goal.limits_of(target), panel.years, plan.years[0],
        plan.figure_years[0],
    )  # fmt: skip
    result, bits = [], made.exclusive
    for year, estimate in sorted(years.items()):
        column = panel.year_index(year)
        low, high = clean(made.low[0, column]), clean(made.high[0, column])
        if low is None and high is None:
            continue
        exact = low is not None and low == high
        result.append(
            Point(
                year=year,
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
