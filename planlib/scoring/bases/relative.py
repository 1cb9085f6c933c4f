"""Figures held against those of another goal, area or group, or of a series, of the same period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from planlib.plan.comparisons.base import LEVELS
from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Target
from planlib.plan.targets.others import Reference
from planlib.scoring.arithmetic import difference, percent
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import Floats
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Bools, Codes

Figures = Callable[[Panel, Goal, Target], Compared]


def other_goal(panel: Panel, goal: Goal, to: Reference) -> Goal:
    """The goal, of everybody or of a group, whose figures a goal is held against."""
    other = panel.plan.goal(to.goal or goal.id)
    group = goal.group if to.group is None else to.group
    return other.in_group(group) if group else other


def basis_of(target: Target, goal: Goal, other: Goal) -> Basis:
    """What is compared of the other goal: what is of this one, or what its own target is about."""
    if other.id == goal.id:
        return target.basis
    basis = other.main_target().basis
    return basis if basis in LEVELS else Basis.level


def relative_to(
    panel: Panel, goal: Goal, target: Target, made: Compared, figures: Figures
) -> Compared:
    """What a figure is more than another, or in percent of it.

    Nothing is held against itself, and there is no percentage of nothing, or of what is negative:
    not applicable. A figure that is withheld takes its comparison with it.
    """
    to = target.to
    assert to is not None  # the caller sees to it
    itself = np.zeros((len(panel.areas), 1), bool)
    if to.series:
        against = _series(panel, to)
    else:
        other = other_goal(panel, goal, to)
        where = panel if to.area is None else panel.elsewhere((to.area,))
        basis = basis_of(target, goal, other)
        against = figures(where, other, target.model_copy(update={"basis": basis}))
        if (other.id, other.group) == (goal.id, goal.group):
            itself[:, 0] = [to.area in {None, area} for area in panel.areas]
    none = itself & np.ones(made.low.shape, bool)
    if target.measure == "percent":
        low, high, undefined = _percent(made, against)
        none |= undefined
    else:
        low = difference(made.low, against.high)
        exact = made.low is made.high and against.low is against.high
        high = low if exact else difference(made.high, against.low)
    return _told(made, against, low, high, none)


def _series(panel: Panel, to: Reference) -> Compared:
    """The figures of a series; one of a whole year stands where the year ends."""
    calendar = panel.plan.calendar
    ends = {calendar.end(one.year): one.value for one in to.series}
    row = np.array([[ends.get(calendar.end(year), np.nan) for year in panel.years]])
    no = np.zeros(row.shape, bool)
    return Compared(row, row, np.isnan(row), no, no, no, no, no)


def _percent(made: Compared, against: Compared) -> tuple[Floats, Floats, Bools]:
    known = ~np.isnan(made.low) & ~np.isnan(against.low)
    undefined = known & ((against.high <= 0) | (against.low < 0) | (made.low < 0))
    low = percent(made.low, against.high)
    high = low
    if made.low is not made.high or against.low is not against.high:
        high = np.where(against.low == 0, np.inf, percent(made.high, against.low))
        high = np.where(np.isnan(low), np.nan, high)
    return low, high, undefined


def _told(
    made: Compared, against: Compared, low: Floats, high: Floats, none: Bools
) -> Compared:  # fmt: skip
    own = ~np.isnan(made.low)
    withheld = made.withheld | (own & against.withheld & ~none)
    not_applicable = made.not_applicable | (own & against.not_applicable) | none
    not_due = made.not_due | (own & against.not_due)
    silent = withheld | not_applicable | not_due
    told = np.where(silent, np.nan, low)
    return replace(
        made,
        low=told,
        high=told if high is low else np.where(silent, np.nan, high),
        missing=np.isnan(told) & ~silent,
        withheld=withheld,
        not_applicable=not_applicable,
        not_due=not_due,
        exclusive=_open_ends(made, against),
        against=np.broadcast_to(against.point, made.low.shape),
    )


def _open_ends(made: Compared, against: Compared) -> Codes | None:
    """The lower end is made from the upper end of the other."""
    if made.exclusive is None and against.exclusive is None:
        return None
    own = np.zeros(made.low.shape, np.int8) if made.exclusive is None else made.exclusive
    other = 0 if against.exclusive is None else against.exclusive
    swapped = (other & 1) << 1 | (other & 2) >> 1
    return np.asarray(own | swapped, np.int8)
