"""Verdicts gathered by section of the plan, with their roll-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.evaluation import Evaluation
from planlib.evaluation.certainty import unsure
from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.brief import Brief
from planlib.plan.goal import Section
from planlib.plan.plan import Plan
from planlib.scoring.rollup import Rollup, roll_up
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True, repr=False)
class SectionReview(Brief):
    """One section: its verdicts in the order of the text."""

    section: Section
    verdicts: tuple[GoalVerdict, ...]
    rollup: Rollup


def rolled(plan: Plan, verdicts: Sequence[GoalVerdict]) -> Rollup:
    """The roll-up of some verdicts; parts of another goal, and groups, are not counted."""
    wholes = [one for one in verdicts if one.goal.part_of is None and not one.group]
    counted = [verdict.counted for verdict in wholes]
    return roll_up(counted, plan.header.coverage_floor)


def yearly_verdicts(evaluation: Evaluation, area: str, last: int) -> dict[str, dict[int, Verdict]]:
    """The verdict of every goal in every year up to one."""
    plan, scores = evaluation.plan, evaluation.scores(area)
    years, place = [year for year in plan.years if year <= last], scores.place(area)
    return {
        goal.id: {
            year: Verdict(int(code))
            for year, code in zip(years, scores.yearly(goal).verdict[place], strict=False)
        }
        for goal in plan.goals
    }


def yearly_doubts(evaluation: Evaluation, area: str, last: int) -> dict[str, dict[int, float]]:
    """How sure the verdict of a goal in a year up to one is, where it is less than 95 %."""
    plan, scores = evaluation.plan, evaluation.scores(area)
    found: dict[str, dict[int, float]] = {}
    for goal in plan.goals:
        years = [year for year in plan.years if year <= last]
        sure = {year: scores.certainty(goal, area, year, term=False).chance for year in years}
        found[goal.id] = {
            year: chance for year, chance in sure.items() if chance is not None and unsure(chance)
        }
    return found


def by_section(plan: Plan, verdicts: Sequence[GoalVerdict]) -> tuple[SectionReview, ...]:
    """The verdicts of every section, in the order of the plan."""
    result = []
    for section in plan.sections:
        ids = {goal.id for goal in section.goals}
        mine = tuple(verdict for verdict in verdicts if verdict.goal.id in ids)
        result.append(SectionReview(section, mine, rolled(plan, mine)))
    return tuple(result)
