"""The yearly review: what was promised for the year, what came of it, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.evaluation import Evaluation
from planlib.evaluation.flips import flipped, standing
from planlib.evaluation.verdicts import GoalVerdict, year_verdict
from planlib.plan.brief import Brief
from planlib.plan.plan import Plan
from planlib.review.groups import GoalGroups, goal_groups
from planlib.review.sections import (
    SectionReview,
    by_section,
    rolled,
    yearly_doubts,
    yearly_verdicts,
)
from planlib.scoring.counts import GAPS
from planlib.scoring.rollup import Rollup
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True, repr=False)
class Revision(Brief):
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


@dataclass(frozen=True, repr=False)
class AnnualReview(Brief):
    """One area in one year; ``yearly`` is the verdict of each goal in each year up to it.

    ``doubts`` says how sure those of them are that are less than 95 % sure.
    """

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
    yearly: dict[str, dict[int, Verdict]]
    doubts: dict[str, dict[int, float]]
    groups: tuple[GoalGroups, ...] = ()

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


def annual(evaluation: Evaluation, area: str, year: int | str) -> AnnualReview:
    """Review one area in one year, or another period of the plan; raises InputError for any other."""
    evaluation, year = evaluation.at(year)
    area, plan = evaluation.area(area), evaluation.plan
    verdicts = evaluation.year_verdicts(area, year)
    return AnnualReview(
        plan=plan,
        area=area,
        year=year,
        as_of=evaluation.as_of_text,
        illustrative=evaluation.illustrative(area),
        public=evaluation.public,
        verdicts=verdicts,
        sections=by_section(plan, verdicts),
        rollup=rolled(plan, verdicts),
        revisions=tuple(_revisions(evaluation, area, year, verdicts)),
        yearly=yearly_verdicts(evaluation, area, year),
        doubts=yearly_doubts(evaluation, area, year),
        groups=goal_groups(evaluation, area, year),
    )


def _revisions(
    evaluation: Evaluation, area: str, year: int, verdicts: tuple[GoalVerdict, ...]
) -> list[Revision]:
    """For every figure of the year with an earlier report: what that report said."""
    frame = evaluation.figures.of_area(area).of_whole().frame
    mine = frame[frame["year"] == year]
    if evaluation.as_of is not None:
        mine = mine[mine["vintage"] <= evaluation.as_of]
    found = []
    by_goal = {verdict.goal.id: verdict for verdict in verdicts}
    goals, vintages = mine["goal"].cat, mine["vintage"].to_numpy()
    codes = goals.codes.to_numpy()
    for code in np.unique(codes):
        days = np.unique(vintages[codes == code])
        if len(days) > 1 and (now := by_goal.get(str(goals.categories[code]))):
            earlier = evaluation.scores_known_by(area, int(days[-2]))
            found.append(Revision(now, year_verdict(earlier, now.goal, area, year)))
    changed = [one for one in found if _as_reported(one.before) != _as_reported(one.verdict)]
    order = {goal: index for index, goal in enumerate(evaluation.plan.goal_ids)}
    return sorted(changed, key=lambda r: (not r.flipped, not r.moved, order[r.verdict.goal.id]))


def _as_reported(verdict: GoalVerdict) -> tuple[object, ...]:
    """What a report said of a goal; a figure told again, now final, is no change."""
    return (verdict.value, verdict.low, verdict.high, verdict.verdict, standing(verdict))
