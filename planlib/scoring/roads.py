"""The road of a goal: how far it has come from where it started, against the time gone."""

from __future__ import annotations

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.target import SINCE, Basis, Cadence, Target
from planlib.scoring import attainment, pace
from planlib.scoring.compared import Compared
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Codes, Floats

ROAD_BASES = SINCE | {Basis.level, Basis.share, Basis.count, Basis.growth}


def put_road(
    result: GoalScores, panel: Panel, goal: Goal, target: Target, made: Compared,
    positions: Codes, years: pace.Years,
) -> None:  # fmt: skip
    """Set the road, the schedule and the yearly steps of some years whose figures are set.

    A total goes from nothing to its target over the term; anything else from its baseline.
    """
    near = target.near
    if near is None:
        return
    plan, point = panel.plan, result.value
    a_year = plan.frequency.in_year  # steps are told a year, however long the periods are
    if pace.adds_up(target) and target.better != "lower":
        with np.errstate(divide="ignore", invalid="ignore"):
            result.road = np.where(np.greater(near, 0), point / near, np.nan)
        start = plan.years[0] - 1
        _schedule(result, pace.time_share(years, start, plan.years[-1]))
        left = plan.years[-1] - years
        result.required_per_year = a_year * pace.required_per_year(point, positions, left, near)
        result.seen_per_year = a_year * point / (years - start)
        return
    if target.basis not in ROAD_BASES or target.cadence is Cadence.over_term:
        return
    base_year = goal.baseline.year if goal.baseline else plan.base_period
    base = _baseline(panel, goal, target, made, base_year)
    if target.basis in SINCE or target.kind.against_start:
        base = np.zeros(len(panel.areas))  # nothing has changed yet
    result.road = attainment.road(point, base[:, None], target)
    due = pace.due_year(target, plan.years[-1])
    if due is None:
        return
    _schedule(result, pace.time_share(years, base_year, due))
    result.required_per_year = a_year * pace.required_per_year(point, positions, due - years, near)
    gone = np.maximum(years - base_year, 1)
    result.seen_per_year = a_year * (point - base[:, None]) / gone


def _schedule(result: GoalScores, time: Floats) -> None:
    """Road against time; the time gone is told only where there is a road to hold against it."""
    result.time_share = np.where(np.isnan(result.road), np.nan, time)
    result.schedule_index = pace.schedule_index(result.road, time)


def _baseline(panel: Panel, goal: Goal, target: Target, made: Compared, base_year: int) -> Floats:
    """The figure the road starts from: one a document states, else that of the baseline year."""
    if goal.baseline is not None and not target.kind.of_others:
        return np.full(len(panel.areas), np.ravel(goal.baseline.value))
    return made.point[:, panel.year_index(base_year)]
