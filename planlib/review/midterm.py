"""The mid-term review: the road so far against the road expected, and what the rest asks for.

A goal of every year is judged by its latest year, beside the number of years it was kept; a goal
with a deadline, a total, or one to keep throughout, is judged on the term so far.
"""

from __future__ import annotations

from dataclasses import dataclass

from planlib.evaluation.verdicts import GoalVerdict, goal_verdicts
from planlib.figures.observations import Observations, vintage_text
from planlib.plan.goal import Measure
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence
from planlib.review.profile import Point, points
from planlib.review.sections import SectionReview, by_section, rolled
from planlib.scoring.rollup import Rollup
from planlib.scoring.score import score
from planlib.scoring.verdict import JUDGED, REACHED, Verdict


@dataclass(frozen=True)
class Lag:
    """A goal behind its schedule, or missed in a year, with the measures that serve it."""

    verdict: GoalVerdict
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class MidtermReview:
    """One area, standing at the end of year ``after``.

    ``verdicts`` are those of the latest year for goals of every year, and those on the term so far
    for the others; ``yearly`` the verdict of each goal in each year up
    to ``after``; ``trends`` the figures of each goal, the baseline included.
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
    trends: dict[str, tuple[Point, ...]]
    lags: tuple[Lag, ...]

    @property
    def years_left(self) -> int:
        """How many years of the term are still to come."""
        return self.plan.years[-1] - self.after

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
        reached, judged = self.kept(goal_id)
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

    def kept(self, goal_id: str) -> tuple[int, int]:
        """In how many of the judged years a goal was reached: (reached, judged)."""
        verdicts = self.yearly[goal_id].values()
        return sum(v in REACHED for v in verdicts), sum(v in JUDGED for v in verdicts)


def midterm(
    plan: Plan,
    observations: Observations,
    area: str,
    after: int | None = None,
    as_of: int | None = None,
) -> MidtermReview:
    """Review one area after a year (the plan's mid-term year by default).

    ``as_of`` is a day number, which also says the plan in force. Raises ValueError for a year
    outside the term.
    """
    plan = plan.in_force(as_of)
    at = after or plan.midterm_after
    mine = observations.of_area(area)
    on_term = goal_verdicts(plan, observations, area, through=at, as_of=as_of)
    in_year = goal_verdicts(plan, observations, area, at, as_of=as_of)
    verdicts = tuple(
        year if _every_year(term) else term for term, year in zip(on_term, in_year, strict=True)
    )
    years = [year for year in plan.years if year <= at]
    frame = score(plan, mine, years=years, areas=[area], as_of=as_of)
    yearly: dict[str, dict[int, Verdict]] = {goal.id: {} for goal in plan.goals}
    for goal, year, verdict in zip(frame["goal"], frame["year"], frame["verdict"], strict=True):
        yearly[str(goal)][int(year)] = Verdict[str(verdict)]
    return MidtermReview(
        plan=plan,
        area=area,
        after=at,
        as_of=vintage_text(as_of) if as_of else None,
        illustrative=mine.illustrative,
        public=observations.public,
        verdicts=verdicts,
        sections=by_section(plan, verdicts),
        rollup=rolled(plan, verdicts),
        yearly=yearly,
        trends=points(plan, mine, area, plan.goals, as_of, at),
        lags=tuple(_lags(plan, verdicts)),
    )


def _every_year(verdict: GoalVerdict) -> bool:
    return verdict.target is None or verdict.target.cadence is Cadence.every_year


def _lags(plan: Plan, verdicts: tuple[GoalVerdict, ...]) -> list[Lag]:
    """Goals that lag: impossible ones first, then by schedule, then by attainment."""
    behind = [
        v
        for v in verdicts
        if v.verdict in {Verdict.not_yet, Verdict.not_met}
        and (v.impossible or v.schedule_index is None or v.schedule_index < 1)
    ]
    behind.sort(
        key=lambda v: (
            not v.impossible,
            v.schedule_index if v.schedule_index is not None else 1.0,
            v.attainment if v.attainment is not None else 0.0,
        )
    )
    return [Lag(v, plan.measures_for(v.goal.id)) for v in behind]
