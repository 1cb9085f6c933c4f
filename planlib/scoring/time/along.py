"""One goal in all areas along periods of any length: those it is reported in, longer or shorter ones.

A longer period is judged by its parts: where each of them is held to the target all must reach it,
else the verdict stands that stood when it ended. A figure that is known for the whole only is
judged as it is. Along shorter periods a verdict stands in the one in which its own ended.
"""

from __future__ import annotations

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.target import Cadence, of_whole_year
from planlib.scoring.every_year import all_years
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.goal_scores import score_reported, score_reported_term
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Verdict


def score_goal(
    panel: Panel, goal: Goal, years: tuple[int, ...], as_of: int | None, reading: str | None = None
) -> GoalScores:
    """The verdicts of one goal in some periods of the panel, in every area."""
    own, seen = panel.plan.frequency_of(goal), panel.plan.frequency
    if own is seen:
        return score_reported(panel, goal, years, as_of, reading)
    if own.in_year > seen.in_year:
        return _from_parts(panel, goal, years, as_of, reading)
    calendar, other = panel.plan.calendar, panel.along(own)
    ends = {calendar.end(year): column for column, year in enumerate(years)}
    whole = [one for one in other.plan.years if calendar.end(one) in ends]
    result = GoalScores.empty(len(panel.areas), len(years), certainty=panel.with_certainty)
    result.verdict[:] = Verdict.not_due
    result.decided[:] = years
    if whole:
        found = score_reported(other, other.version(goal), tuple(whole), as_of, reading)
        for of, one in enumerate(whole):
            result.put(ends[calendar.end(one)], found, of)
    return result


def score_goal_term(
    panel: Panel, goal: Goal, year: int, as_of: int | None, reading: str | None = None,
    yearly: GoalScores | None = None,
) -> GoalScores:  # fmt: skip
    """The verdict on the term of one goal, standing at the end of a period, in every area.

    ``yearly`` are its verdicts of every period of the term, where they are known already: a goal
    that is held to its target in each is then not scored again.
    """
    plan = panel.plan
    own = plan.frequency_of(goal)
    if own is plan.frequency:
        return score_reported_term(panel, goal, year, as_of, reading, yearly)
    other = panel.along(own)
    at = plan.calendar.within(year, own)
    if plan.calendar.end(at) > plan.calendar.end(year):
        at -= 1  # the one it lies in is not over
    if at >= other.plan.years[0]:
        return score_reported_term(other, other.version(goal), at, as_of, reading)
    result = GoalScores.empty(len(panel.areas), 1, certainty=panel.with_certainty)
    result.verdict[:] = Verdict.not_due
    result.decided[:] = year
    return result


def _from_parts(
    panel: Panel, goal: Goal, years: tuple[int, ...], as_of: int | None, reading: str | None
) -> GoalScores:
    calendar, other = panel.plan.calendar, panel.along(panel.plan.frequency_of(goal))
    own, version = other.plan.frequency, other.version(goal)
    result = GoalScores.empty(len(panel.areas), len(years), certainty=panel.with_certainty)
    whole: GoalScores | None = None
    for column, year in enumerate(years):
        parts = calendar.parts(year, own)
        found = score_reported(other, version, parts, as_of, reading)
        target = version.target_for(parts[-1], reading)
        if target is None:  # nothing to reach: the figure of the whole is shown
            whole = whole or score_reported(panel, goal, years, as_of, reading)
            result.put(column, whole, column)
            continue
        each = target.cadence in {Cadence.every_period, Cadence.keep}
        if not each or target.cumulative:
            result.put(column, found, len(parts) - 1)
            if of_whole_year(target):
                result.decided[:, column] = year
            continue
        over = as_of is None or calendar.end(year) <= as_of
        result.put(column, all_years(found, time_up=over, ended=over), 0)
        if goal.made_up_by is MakeUp.sum:
            continue  # what a part should come to says nothing of the whole
        alone = (found.row == NO_ROW).all(axis=1)
        if alone.any():
            whole = whole or score_reported(panel, goal, years, as_of, reading)
            # What stands in is counted in the goal's own periods, of which none was in reach.
            own_figure = (whole.row[:, column] != NO_ROW) & ~whole.stood_in[:, column]
            heard = alone & own_figure
            result.put_rows(np.flatnonzero(heard).astype(np.int32), column, whole)
    return result
