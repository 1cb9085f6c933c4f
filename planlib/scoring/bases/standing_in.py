"""Figures that stand in: the newest one in reach speaks for a period that has none.

What is compared stands in as a whole: a change of 2012 on 2011 for that of 2013. Nothing stands in
before the term (what changes are counted from is real), for a period that is not over yet, or
across a report that says why there is no figure; where the newest report in reach is of a withheld
one, the period is withheld too.

A milestone that was reported as done stays done without being in reach, until a report says otherwise,
and decides as its own report would.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.panel import Panel

Kind = TypeVar("Kind", bound=np.generic)
YES = 1
KNOWN = (State.measured, State.estimate)


def with_stand_ins(
    panel: Panel, goal: Goal, target: Target, figures: GoalFigures, made: Compared
) -> Compared:
    """The figures compared, each period without one taken from the newest in the goal's reach."""
    if goal.latest_within is None and not target.lasts:
        return made
    calendar, first = panel.plan.calendar, panel.plan.years[0]
    open_ = np.array(
        [
            year >= first and (panel.as_of is None or calendar.end(year) <= panel.as_of)
            for year in panel.years
        ]
    )
    reported = np.isin(figures.state, KNOWN)
    if reported.ndim == 3:
        reported = np.asarray(reported.any(axis=-1))
    silent = made.withheld | made.not_applicable | made.not_due
    known = ~np.isnan(made.low)
    own = np.broadcast_to(np.arange(known.shape[1]), known.shape)
    last = np.maximum.accumulate(np.where(known | silent | reported, own, -1), axis=1)
    usable = np.take_along_axis(known | made.withheld, np.maximum(last, 0), axis=1) & (last >= 0)
    at = np.where(open_ & usable & (own - last <= (goal.latest_within or 0)), last, own)
    lasting = None
    if target.lasts:
        done = np.take_along_axis(made.low == YES, np.maximum(last, 0), axis=1) & (last >= 0)
        lasting = open_ & done & (last < own)
        at = np.where(lasting, last, at)

    def moved(values: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        return np.take_along_axis(values, at, axis=1)

    low = moved(made.low)
    return replace(
        made,
        low=low,
        high=low if made.low is made.high else moved(made.high),
        missing=moved(made.missing),
        withheld=moved(made.withheld),
        not_applicable=moved(made.not_applicable),
        not_due=moved(made.not_due),
        exclusive=None if made.exclusive is None else moved(made.exclusive),
        columns=at,
        lasting=lasting,
        against=None if made.against is None else moved(made.against),
        sides=None if made.sides is None else moved(made.sides),
    )
