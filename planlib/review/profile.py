"""One goal in one area: every figure ever reported, the targets, and the verdicts by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planlib.model.goal import Goal, Section
from planlib.model.observations import Observations, State, vintage_text
from planlib.model.plan import Plan
from planlib.model.target import Target
from planlib.review.verdicts import GoalVerdict, clean, goal_verdicts
from planlib.scoring.figures import compared
from planlib.scoring.panel import Panel


@dataclass(frozen=True)
class Point:
    """The figure of one year as one report gave it, in the unit of the target.

    ``value`` is None where the figure is an interval, with ``low`` or ``high`` then known.
    """

    year: int
    value: float | None
    low: float | None
    high: float | None
    vintage: str | None
    estimate: bool
    newest: bool


@dataclass(frozen=True)
class Profile:
    """One goal in one area over the years; ``breaks`` are boundary changes with their notes."""

    plan: Plan
    area: str
    goal: Goal
    illustrative: bool
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

    ``through`` is the last year looked at, ``as_of`` a day number.
    """
    goal = plan.goal(goal_id)
    last = through or plan.years[-1]
    years = [year for year in plan.years if year <= last]
    own = plan.model_copy(update={"sections": (_only(plan, goal),)})
    mine = observations.of_area(area)
    mine = Observations(mine.frame[mine.frame["goal"] == goal.id].reset_index(drop=True))
    verdicts = tuple(goal_verdicts(own, mine, area, year, as_of=as_of)[0] for year in years)
    place = plan.areas_by_id.get(area)
    return Profile(
        plan=plan,
        area=area,
        goal=goal,
        illustrative=mine.illustrative,
        points=tuple(series(plan, mine, area, goal, as_of, last)),
        targets=tuple((year, goal.target_for(year)) for year in years),
        verdicts=verdicts,
        breaks=tuple((c.date, c.note.vi, c.note.en) for c in (place.changes if place else ())),
    )


def _only(plan: Plan, goal: Goal) -> Section:
    section = plan.section_of(goal.id)
    return section.model_copy(update={"goals": (goal,)})


def series(
    plan: Plan, observations: Observations, area: str, goal: Goal, as_of: int | None, last: int
) -> list[Point]:
    """Every figure of a goal, year by year and report by report, oldest report first."""
    frame = observations.frame
    frame = frame[(frame["goal"] == goal.id) & (frame["area"] == area) & (frame["year"] <= last)]
    days = sorted({int(day) for day in frame["vintage"] if as_of is None or day <= as_of})
    mine = Observations(frame.reset_index(drop=True))
    seen: dict[int, list[Point]] = {}
    for day in days:
        panel = Panel(plan, mine, areas=[area], as_of=day)
        target = goal.main_target()
        figures = panel.figures(goal)
        made = compared(
            figures, target, goal.limits_of(target), panel.years, plan.years[0],
            plan.figure_years[0],
        )  # fmt: skip
        reported = frame[frame["vintage"] == day]
        for year in sorted({int(year) for year in reported["year"]}):
            column = panel.year_index(year)
            low, high = clean(made.low[0, column]), clean(made.high[0, column])
            if low is None and high is None:
                continue
            states = reported.loc[reported["year"] == year, "state"]
            exact = low is not None and low == high
            point = Point(
                year=year,
                value=low if exact else None,
                low=None if exact else low,
                high=None if exact else high,
                vintage=vintage_text(day),
                estimate=bool((states == State.estimate).any()),
                newest=False,
            )
            seen.setdefault(year, []).append(point)
    result = []
    for year in sorted(seen):
        *older, latest = seen[year]
        result += [*older, Point(**{**latest.__dict__, "newest": True})]
    return result
