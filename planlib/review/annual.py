"""The yearly review: what was promised for the year, what came of it, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.evaluation.flips import flipped, standing
from planlib.evaluation.verdicts import GoalVerdict, goal_verdicts
from planlib.figures.observations import Observations, vintage_text
from planlib.plan.plan import Plan
from planlib.review.sections import SectionReview, by_section, rolled
from planlib.scoring.counts import GAPS
from planlib.scoring.rollup import Rollup


@dataclass(frozen=True)
class Revision:
    """A figure of the year that a later report changed: as the report before it told, and now.

    ``before`` is judged by the same plan and on the same day as ``verdict``; only the figures known
    differ.
    """

    verdict: GoalVerdict
    before: GoalVerdict

    @property
    def flipped(self) -> bool:
        """Whether the revision turned a verdict that stood (``planlib.evaluation.flips``)."""
        return flipped(self.before, self.verdict)

    @property
    def moved(self) -> bool:
        """Whether the verdict is another, be it that none stood before or that none stands now."""
        return self.before.verdict != self.verdict.verdict


@dataclass(frozen=True)
class AnnualReview:
    """One area in one year."""

    plan: Plan
    area: str
    year: int
    as_of: str | None
    illustrative: bool
    public: bool
    verdicts: tuple[GoalVerdict, ...]
    sections: tuple[SectionReview, ...]
    rollup: Rollup
    revisions: tuple[Revision, ...]

    @property
    def missing(self) -> tuple[GoalVerdict, ...]:
        """Goals, and parts of goals, that should have a figure and have none that can be used."""
        return tuple(v for v in self.verdicts if v.verdict in GAPS)

    @property
    def disagreements(self) -> tuple[GoalVerdict, ...]:
        """Goals whose published verdict is another than the computed one."""
        return tuple(v for v in self.verdicts if v.disagrees)

    @property
    def unsettled(self) -> tuple[GoalVerdict, ...]:
        """Goals whose verdict depends on how the text is read."""
        return tuple(v for v in self.verdicts if v.reading_matters)


def annual(
    plan: Plan, observations: Observations, area: str, year: int, as_of: int | None = None
) -> AnnualReview:
    """Review one area in one year, by the plan in force on the as-of day (a day number).

    Raises ValueError for a year outside the term.
    """
    plan = plan.in_force(as_of)
    verdicts = goal_verdicts(plan, observations, area, year, as_of=as_of)
    return AnnualReview(
        plan=plan,
        area=area,
        year=year,
        as_of=vintage_text(as_of) if as_of else None,
        illustrative=observations.of_area(area).illustrative,
        public=observations.public,
        verdicts=verdicts,
        sections=by_section(plan, verdicts),
        rollup=rolled(plan, verdicts),
        revisions=tuple(_revisions(plan, observations, area, year, as_of, verdicts)),
    )


def _revisions(
    plan: Plan, observations: Observations, area: str, year: int, as_of: int | None,
    verdicts: tuple[GoalVerdict, ...],
) -> list[Revision]:  # fmt: skip
    """For every figure of the year with an earlier report: what that report said."""
    everything = observations.of_area(area).frame
    mine = everything[everything["year"] == year]
    if as_of is not None:
        mine = mine[mine["vintage"] <= as_of]
    found = []
    by_goal = {verdict.goal.id: verdict for verdict in verdicts}
    cutoffs: dict[int, list[str]] = {}
    for goal, vintages in mine.groupby("goal", observed=True)["vintage"]:
        days = np.unique(vintages.to_numpy())
        if len(days) > 1 and str(goal) in by_goal:
            cutoffs.setdefault(int(days[-2]), []).append(str(goal))
    for known_by, goals in cutoffs.items():
        known = Observations(everything[everything["vintage"] <= known_by])
        old = goal_verdicts(
            plan, known, area, year, as_of=as_of, goals=[plan.goal(goal) for goal in goals]
        )
        revisions = [Revision(by_goal[before.goal.id], before) for before in old]
        found += [one for one in revisions if _told(one.before) != _told(one.verdict)]
    order = {goal: index for index, goal in enumerate(plan.goal_ids)}
    return sorted(found, key=lambda r: (not r.flipped, not r.moved, order[r.verdict.goal.id]))


def _told(verdict: GoalVerdict) -> tuple[object, ...]:
    """What a report said of a goal; a figure told again, now final, is no change."""
    return (verdict.value, verdict.low, verdict.high, verdict.verdict, standing(verdict))
