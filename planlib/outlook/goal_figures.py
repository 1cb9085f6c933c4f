"""A goal's figures in all areas, ready for a forecast: middles of intervals, noise, breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planlib.figures.observations import State
from planlib.outlook.constants import ESTIMATE_NOISE
from planlib.outlook.trend import Ints
from planlib.plan.areas import Area
from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Target
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import GoalFigures
from planlib.scoring.figures import own_figures
from planlib.scoring.pace import adds_up
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import Bools, Floats


@dataclass(frozen=True)
class Figured:
    """Areas × years, up to the last year looked at; NaN where unknown or before a break.

    ``value`` is what the forecast is made from: the compared figure in the goal's unit, the level
    itself for changes, the yearly amount for totals; the middle where it is an interval, whose
    ends are ``least`` and ``most``. ``noise`` is the variance of an estimate's error in yearly
    variances. ``compared`` is the figure held against the target, breaks or not, ``idle`` where the
    target does not apply. ``open_end`` marks intervals with one end only.
    """

    years: Ints
    value: Floats
    least: Floats
    most: Floats
    noise: Floats
    compared: Floats
    idle: Bools
    open_end: Bools


def goal_figures(
    panel: Panel, goal: Goal, target: Target, after: int, registry: Mapping[str, Area]
) -> Figured:
    """The figures of one goal in every area of a panel, up to the year ``after``."""
    width = panel.year_index(after) + 1
    figures = panel.figures(goal)
    made = own_figures(panel, goal, target)
    low, high = _ends(figures, target, made, panel)
    low, high = low[:, :width].copy(), high[:, :width].copy()
    years = np.asarray(panel.years[:width], np.int64)
    for row, name in enumerate(panel.areas):
        area = registry.get(name)
        if not goal.breaks and (area is None or not area.changes):
            continue
        start = break_year(area, goal, after)
        if start is not None:
            low[row, years < start] = np.nan
            high[row, years < start] = np.nan
    with np.errstate(invalid="ignore"):
        open_end = np.isinf(low) ^ np.isinf(high)
        value = np.where(np.isinf(low) | np.isinf(high), np.nan, (low + high) / 2)
    state = figures.state if figures.state.ndim == 2 else figures.state.max(axis=-1)
    estimate = state[:, :width] == State.estimate
    if target.basis is Basis.change and target.kind.figure != "yes_no":
        open_end &= False
    return Figured(
        years=years,
        value=value,
        least=np.where(np.isnan(value), np.nan, low),
        most=np.where(np.isnan(value), np.nan, high),
        noise=np.where(estimate, ESTIMATE_NOISE, 0.0),
        compared=made.point[:, :width],
        idle=made.not_applicable[:, :width],
        open_end=open_end,
    )


def _ends(
    figures: GoalFigures, target: Target, made: Compared, panel: Panel
) -> tuple[Floats, Floats]:
    """The ends of each figure a forecast is made from: levels and yearly amounts where need be."""
    if target.basis is Basis.change or adds_up(target):
        value = figures.number("value")
        low = np.where(np.isnan(value), figures.number("low"), value)
        high = np.where(np.isnan(value), figures.number("high"), value)
        return low, high
    return made.low, made.high


def break_year(area: Area | None, goal: Goal, after: int) -> int | None:
    """The first year of the newest series: that of the latest change of boundary or definition.

    Reports of a year are made at its end, under what then holds.
    """
    days = [change.date for change in (area.changes if area is not None else ())]
    days += [revision.date for revision in goal.breaks]
    changed = [day.year for day in days if day.year <= after]
    return max(changed, default=None)
