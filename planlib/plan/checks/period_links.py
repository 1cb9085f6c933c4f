"""The checks of what a goal says of its periods against the calendar of the plan."""

from __future__ import annotations

from planlib.errors import Problem, Said, said
from planlib.plan.checks.own_targets import inside_its_year
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MADE_UP, MakeUp
from planlib.plan.header import PlanHeader
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan_files import Location
from planlib.plan.target import PERCENT_BASES, Basis, Cadence
from planlib.plan.yaml_text import YamlFile


def period_faults(goal: Goal, header: PlanHeader, file: YamlFile, place: Location) -> list[Problem]:
    """Every problem, at its line."""
    own = goal.period or header.periods
    found: list[tuple[str, Said]] = []
    told: list[Problem] = []
    if own.in_year > header.periods.in_year:
        message = said("plan.period-longer-than-plans", frequency=header.periods, found=own)
        found.append(("period", message))
    shorter = own is not Frequency.year
    if shorter and goal.made_up_by is None:
        found.append(("id", said("plan.make-up-needed")))
    if not shorter and (goal.make_up is not None or goal.year_to_date):
        key = "make_up" if goal.make_up is not None else "year_to_date"
        found.append((key, said("plan.make-up-shorter-periods-only", key=key)))
    bases = {target.basis for target in goal.all_targets()}
    if goal.make_up is MakeUp.ratio and not any(MADE_UP.get(b) is MakeUp.ratio for b in bases):
        found.append(("make_up", said("plan.make-up-ratio-needs-parts")))
    if goal.year_to_date and goal.made_up_by not in {MakeUp.sum, MakeUp.ratio}:
        found.append(("year_to_date", said("plan.year-to-date-needs-sum")))
    for target in goal.all_targets():
        adds_up = goal.made_up_by in {MakeUp.sum, MakeUp.ratio}
        if target.cumulative and not (
            shorter and adds_up and target.cadence is Cadence.every_period
        ):
            found.append(("id", said("plan.cumulative-needs-sum")))
            break
    for index, step in enumerate(goal.yearly):
        if inside_its_year(step.year, step):
            message = said("plan.period-inside-its-year", period=str(step.year))
            path = (*place, "yearly", index, "year")
            subject = said("plan.goal-subject", name=goal.id)
            hint = said("plan.steps-of-a-year")
            told.append(Problem(message, str(file.path), file.line(path), subject, hint))
    asked = goal.main_target().kind.figure != "number"
    if asked and goal.make_up in {MakeUp.sum, MakeUp.mean}:
        found.append(("make_up", said("plan.answers-make-no-sum")))
    elif goal.make_up is MakeUp.sum and bases & (PERCENT_BASES - {Basis.change}):
        found.append(("make_up", said("plan.percentages-make-no-sum")))
    if goal.latest_within is not None and (fault := _stands_in(goal, shorter=shorter)):
        found.append(("latest_within", fault))
    subject = said("plan.goal-subject", name=goal.id)
    return told + [
        Problem(message, str(file.path), file.line((*place, key)), subject=subject)
        for key, message in found
    ]


def _stands_in(goal: Goal, *, shorter: bool) -> Said | None:
    """Why no figure of an earlier period may speak for a later one."""
    for target in goal.all_targets():
        if target.cadence is Cadence.over_term:
            return said("plan.latest-within-not-in-total")
        if target.cumulative or (shorter and target.cadence is Cadence.every_year):
            return said("plan.latest-within-not-of-year-so-far")
    return None
