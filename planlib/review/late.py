"""Figures that should be there by a day and are not, with whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.resolved import TOGETHER
from planlib.language.text import Text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True, repr=False)
class LateFigure(Brief):
    """A figure of an area and a period that is not there; ``due`` is the day number it was due on."""

    area: str
    goal: Goal
    period: int
    due: int
    lead: Text | None


def late_figures(
    evaluation: Evaluation, day: int, areas: Sequence[str] | None = None
) -> tuple[LateFigure, ...]:
    """Every figure that was due before a day (a day number) and is in no report until then.

    A figure is due ``reported_within`` days after its period, the goal's own, has ended. It is asked
    for where a verdict needs it: not where the target does not apply, is not due yet, where
    another figure stands in or the area did not exist. In the order of the plan, of time, of areas.
    """
    known = evaluation.as_known_on(day)
    plan, within = known.plan, known.plan.header.reported_within
    places = known.areas if areas is None else tuple(areas)
    found = []
    for start in range(0, len(places), TOGETHER):
        some = places[start : start + TOGETHER]
        for goal in plan.goals:
            view = known.along(plan.frequency_of(goal))
            own = view.plan.goal(goal.id)
            view.score(some)
            years = view.plan.years
            ended = [plan.calendar.end(year) + within for year in years]
            for area in some:
                scores = view.scores(area)
                codes = scores.yearly(own).verdict[scores.place(area)]
                there = plan.areas_by_id.get(area)
                for at in np.flatnonzero(codes == Verdict.no_data).tolist():
                    year = date.fromordinal(plan.calendar.end(years[at])).year
                    if ended[at] < day and (there is None or there.covers(year)):
                        lead = plan.lead_of(goal)
                        found.append(LateFigure(area, goal, years[at], ended[at], lead))
    place = {goal.id: at for at, goal in enumerate(plan.goals)}
    rank = {area: at for at, area in enumerate(places)}
    return tuple(sorted(found, key=lambda one: (place[one.goal.id], one.due, rank[one.area])))
