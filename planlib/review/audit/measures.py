"""Measures against the goals they serve: which is without the other, who does them, by when."""

from __future__ import annotations

from collections.abc import Iterator

from planlib.plan.goal_parts import Measure, MeasureState
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence
from planlib.plan.targets.due import Day, end_of_time
from planlib.review.audit.finding import Finding
from planlib.review.audit.yaml_words import text_key


def measure_findings(plan: Plan, today: int) -> Iterator[Finding]:
    """What is to be asked of measures on a day (a day number).

    Who does a measure, and by when, is asked where other measures of the plan say so.
    """
    served = {plan.goal(name).id for measure in plan.measures for name in measure.goals}
    for goal in plan.goals:
        if goal.id not in served and goal.part_of not in served:
            yield Finding("goal-unserved", (goal,), facts={"goal": goal.name},
                          yaml=f"goals: [{goal.id}]")  # fmt: skip
    led = any(measure.lead for measure in plan.measures)
    dated = any(measure.due for measure in plan.measures)
    for measure in plan.measures:
        yield from _asked(measure, plan, today, led=led, dated=dated)


def _asked(
    measure: Measure, plan: Plan, today: int, *, led: bool, dated: bool
) -> Iterator[Finding]:
    one = (measure,)
    goals = [plan.goal(name) for name in measure.goals]
    if not goals:
        yield Finding("measure-idle", measures=one, at=("goals",), yaml="goals: […]")
    leads = {plan.lead_of(goal) for goal in goals}
    if led and goals and measure.lead is None and (len(leads) > 1 or None in leads):
        yield Finding("measure-unled", measures=one, yaml=text_key("lead", plan.languages))
    day = plan.deadline(measure)
    if measure.state == MeasureState.done and measure.evidence is None:
        yield Finding("measure-unproven", measures=one, at=("state",),
                      yaml=text_key("evidence", plan.languages))  # fmt: skip
    if not measure.open:
        return
    if day is None:
        if dated:
            yield Finding("measure-undated", measures=one, yaml='due: "…"')
        return
    shown = Day.fromordinal(day)
    if day < today:
        asked = Day.fromordinal(today)
        yield Finding("measure-late", measures=one, at=("due",),
                      facts={"day": shown, "today": asked})  # fmt: skip
    for goal in goals:
        target = goal.main_target()
        if target.cadence is Cadence.by and target.due is not None:
            end = end_of_time(target, target.due, plan.calendar)
            if end < day:
                yield Finding(
                    "measure-after-goal", measures=one, at=("due",),
                    facts={"day": shown, "goal": goal.name, "end": Day.fromordinal(end)},
                )  # fmt: skip
