"""The mid-term review: the road so far against the road expected, and what the rest asks for.

A goal of every year is judged by its latest year, beside the number of years it was kept; a goal
with a deadline, a total, or one to keep throughout, is judged on the term so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planlib.evaluation import Evaluation
from planlib.evaluation.checked import whole_year
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.brief import Brief
from planlib.plan.goal_parts import Measure
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.verdicts import SHORT
from planlib.review.groups import GoalGroups, goal_groups
from planlib.review.natural import FiguresAlone, figures_alone
from planlib.review.profile import Point, points
from planlib.review.sections import (
    SectionReview,
    by_section,
    rolled,
    yearly_doubts,
    yearly_verdicts,
)
from planlib.scoring.rollup import Rollup
from planlib.scoring.verdict import JUDGED, REACHED, Verdict


@dataclass(frozen=True, repr=False)
class Lag(Brief):
    """A goal behind its schedule, or missed in a year, with the measures that serve it."""

    verdict: GoalVerdict
    measures: tuple[Measure, ...]


@dataclass(frozen=True, repr=False)
class MidtermReview(Brief):
    """One area, standing at the end of year ``after``.

    ``verdicts`` are those of the latest year for goals of every year, and those on the term so far
    for the others; ``yearly`` the verdict of each goal in each year up
    to ``after``, ``doubts`` how sure those less than 95 % sure are; ``trends`` the figures of each
    goal, the baseline included: of those in ``alone``, which are stated as a change, the figures
    themselves.
    """

    plan: Plan
    area: str
    after: int
    as_of: str | None
    illustrative: bool
    public: bool
    verdicts: tuple[GoalVerdict, ...]
    sections: tuple[SectionReview, ...]
    rollup: Rollup
    yearly: dict[str, dict[int, Verdict]]
    doubts: dict[str, dict[int, float]]
    trends: dict[str, tuple[Point, ...]]
    alone: dict[str, FiguresAlone]
    lags: tuple[Lag, ...]
    groups: tuple[GoalGroups, ...] = ()

    @property
    def years_left(self) -> int:
        """How many years of the term are still to come."""
        return self.plan.years[-1] - self.after

    @cached_property
    def first_seen(self) -> int:
        """The earliest period with a figure, or the first that figures are read of."""
        seen = (point.year for points in self.trends.values() for point in points)
        return min([self.plan.figure_years[0], *seen])

    @property
    def secured(self) -> tuple[GoalVerdict, ...]:
        """Goals of the term that cannot be lost any more."""
        return tuple(v for v in self.verdicts if v.term and v.secured)

    @property
    def impossible(self) -> tuple[GoalVerdict, ...]:
        """Goals of the term that cannot be reached any more as they were set."""
        return tuple(v for v in self.verdicts if v.term and v.impossible)

    @property
    def broken(self) -> tuple[GoalVerdict, ...]:
        """Goals of every year that were missed in one year or more, the most often missed first."""
        missed = {v.goal.id: self._missed(v.goal.id) for v in self.verdicts if not v.term}
        found = [v for v in self.verdicts if missed.get(v.goal.id)]
        return tuple(sorted(found, key=lambda v: -missed[v.goal.id]))

    def _missed(self, goal_id: str) -> int:
        reached, judged = self.years_reached(goal_id)
        return judged - reached

    @property
    def scheduled(self) -> tuple[GoalVerdict, ...]:
        """Goals with a road and a deadline, the furthest behind first."""
        found = [v for v in self.verdicts if v.schedule_index is not None]
        return tuple(sorted(found, key=lambda v: v.schedule_index or 0.0))

    @property
    def to_do(self) -> tuple[GoalVerdict, ...]:
        """Goals that need a pace from here on, in natural units a year."""
        return tuple(v for v in self.verdicts if v.required_per_year not in (None, 0.0))

    def years_reached(self, goal_id: str) -> tuple[int, int]:
        """In how many of the judged years a goal was reached: (reached, judged)."""
        verdicts = self.yearly[goal_id].values()
        return sum(v in REACHED for v in verdicts), sum(v in JUDGED for v in verdicts)


def midterm(evaluation: Evaluation, area: str, after: int | str | None = None) -> MidtermReview:
    """Review one area after a year (the plan's mid-term year by default).

    Raises InputError for another area or year than there is.
    """
    at = whole_year(evaluation.plan, after or evaluation.plan.midterm_after)
    evaluation = evaluation.along(Frequency.year)
    area, plan = evaluation.area(area), evaluation.plan
    verdicts = evaluation.midterm_verdicts(area, at)
    alone = figures_alone(evaluation, area, [verdict.goal for verdict in verdicts], at)
    seen = points(evaluation, area, [goal for goal in plan.goals if goal.id not in alone], at)
    return MidtermReview(
        plan=plan,
        area=area,
        after=at,
        as_of=evaluation.as_of_text,
        illustrative=evaluation.illustrative(area),
        public=evaluation.public,
        verdicts=verdicts,
        sections=by_section(plan, verdicts),
        rollup=rolled(plan, verdicts),
        yearly=yearly_verdicts(evaluation, area, at),
        doubts=yearly_doubts(evaluation, area, at),
        trends=seen | {goal_id: one.points for goal_id, one in alone.items()},
        alone=alone,
        lags=tuple(_lags(plan, verdicts)),
        groups=goal_groups(evaluation, area, at),
    )


def _lags(plan: Plan, verdicts: tuple[GoalVerdict, ...]) -> list[Lag]:
    """Goals that lag: impossible ones first, then by schedule, then by attainment."""
    behind = [
        v
        for v in verdicts
        if v.verdict in SHORT and (v.impossible or v.schedule_index is None or v.schedule_index < 1)
    ]
    behind.sort(
        key=lambda v: (
            not v.impossible,
            v.schedule_index if v.schedule_index is not None else 1.0,
            v.attainment if v.attainment is not None else 0.0,
        )
    )
    return [Lag(v, plan.measures_for(v.goal.id)) for v in behind]
