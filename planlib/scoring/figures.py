"""From observations to the figure a target is held against, by basis and cadence.

Every figure is an interval ``low``-``high``; the two are the same array where nothing was reported
as an interval. Years without a figure make a running total an interval too: what is unknown is
not zero.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import SINCE, Basis, Cadence, Target
from planlib.scoring.arithmetic import percent
from planlib.scoring.bases.changes import change, of_columns, since_baseline
from planlib.scoring.bases.rank import ranked
from planlib.scoring.bases.relative import relative_to
from planlib.scoring.bases.standing_in import with_stand_ins
from planlib.scoring.bases.totals import PARTS, ratio_of_totals, total
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import NO_ROW, Floats, GoalFigures
from planlib.scoring.panel import Panel


def compared(panel: Panel, goal: Goal, target: Target) -> Compared:
    """The figures a target is held against, the newest in reach where a period has none."""
    made = reported(panel, goal, target)
    return with_stand_ins(panel, goal, target, figures_for(panel, goal, target), made)


def reported(panel: Panel, goal: Goal, target: Target) -> Compared:
    """The figures of every area and period, held against those of others where a target says so."""
    made = own_figures(panel, goal, target)
    if target.to is not None:
        return relative_to(panel, goal, target, made, own_figures)
    return made if target.among is None else ranked(panel, goal, target, made, own_figures)


def own_figures(panel: Panel, goal: Goal, target: Target) -> Compared:
    """The figures of every area and period of a panel, as a target is held against them.

    A target of every year is held against the year so far, a cumulative one too. A percentage of
    nothing is no percentage: where there is nothing to take a share of, or nothing was assigned
    (zero), the target is not applicable; no assigned figure is missing. For changes see
    ``planlib.scoring.bases.changes``.
    """
    so_far = within_year(panel.plan, target)
    figures = figures_for(panel, goal, target)
    years = panel.years
    if target.kind.figure == "members":
        return _members(figures, target)
    plain = _plain(figures)
    if target.basis in {Basis.level, Basis.count}:
        result = plain
    elif target.basis in {Basis.share, Basis.growth}:
        result = _ratio(plain, figures.number("numerator"), figures.number("denominator"))
    elif target.basis is Basis.quota:
        result = _quota(plain, figures.number("assigned"))
    elif target.basis in SINCE:
        return since_baseline(panel, goal, target, plain)
    elif target.cadence is Cadence.over_term:
        base = np.full(len(years), panel.year_index(panel.plan.base_period))
        return change(plain, of_columns(plain, base), target)
    else:
        apart = panel.plan.frequency.in_year if so_far else 1
        before = np.maximum(np.arange(len(years)) - apart, -1)
        return change(plain, of_columns(plain, before), target)
    if target.kind.against_start:
        return since_baseline(panel, goal, target, result)
    if target.cadence is not Cadence.over_term:
        return result
    start = panel.year_index(panel.plan.years[0])
    if target.basis in PARTS:
        return ratio_of_totals(result, plain, figures, target.basis, start)
    return total(result, goal.limits_of(target), start)


def figures_for(panel: Panel, goal: Goal, target: Target | None) -> GoalFigures:
    """The figures that speak for a target: those of the year so far, or of single periods."""
    if target is not None and (target.cumulative or within_year(panel.plan, target)):
        return panel.to_date(goal)
    return panel.figures(goal)


def within_year(plan: Plan, target: Target) -> bool:
    """Whether periods are looked at that are parts of the year a target holds in."""
    return target.cadence is Cadence.every_year and plan.frequency.in_year > 1


def _plain(figures: GoalFigures) -> Compared:
    value, state = figures.number("value"), figures.state
    low = high = value
    if figures.has("low") or figures.has("high"):
        ends = figures.number("low"), figures.number("high")
        interval = np.isnan(value) & ~(np.isnan(ends[0]) & np.isnan(ends[1]))
        low = np.where(interval, np.where(np.isnan(ends[0]), -np.inf, ends[0]), value)
        high = np.where(interval, np.where(np.isnan(ends[1]), np.inf, ends[1]), value)
    exclusive = None
    if low is not high and figures.has("exclusive"):
        exclusive = np.nan_to_num(np.where(interval, figures.number("exclusive"), 0)).astype(
            np.int8
        )
    nowhere = np.zeros(state.shape, bool)
    silent = state > State.missing
    return Compared(
        low=low,
        high=high,
        missing=np.isnan(low) & ~silent,
        withheld=state == State.suppressed if silent.any() else nowhere,
        not_applicable=state == State.not_applicable if silent.any() else nowhere,
        not_due=state == State.not_due if silent.any() else nowhere,
        gaps=nowhere,
        hidden=nowhere,
        exclusive=exclusive,
    )


def _ratio(plain: Compared, above: Floats, below: Floats) -> Compared:
    """100 · numerator / denominator where both are given, else the stated percentage."""
    given = ~np.isnan(above) & ~np.isnan(below)
    nothing = given & (below <= 0)
    made = np.where(nothing, np.nan, percent(above, below))
    low = np.where(given, made, plain.low)
    return replace(
        plain,
        low=low,
        high=low if plain.low is plain.high else np.where(given, low, plain.high),
        missing=plain.missing & ~given,
        not_applicable=plain.not_applicable | nothing,
    )


def _quota(plain: Compared, assigned: Floats) -> Compared:
    nothing = assigned <= 0
    low = np.where(nothing, np.nan, percent(plain.low, assigned))
    high = low
    if plain.low is not plain.high:
        high = np.where(nothing, np.nan, percent(plain.high, assigned))
    silent = plain.withheld | plain.not_applicable | plain.not_due
    return replace(
        plain,
        low=low,
        high=high,
        missing=(plain.missing | np.isnan(assigned)) & ~silent,
        not_applicable=plain.not_applicable | (nothing & ~plain.missing),
    )


def _members(figures: GoalFigures, target: Target) -> Compared:
    """How many of the named members have it; undecided while one is unknown and none lacks it."""
    value, state = figures.number("value"), figures.state
    columns = [figures.members.index(member.id) for member in target.members]
    value, state = value[..., columns], state[..., columns]
    unknown = np.isnan(value)
    count = np.where(unknown, 0.0, value).sum(axis=-1)
    lacking = (value == 0).any(axis=-1)
    undecided = unknown.any(axis=-1) & ~lacking
    count = np.where(undecided | unknown.all(axis=-1), np.nan, count)
    silent = (state > State.missing).any(axis=-1)
    return Compared(
        low=count,
        high=count,
        missing=np.isnan(count) & ~silent,
        withheld=(state == State.suppressed).any(axis=-1) & np.isnan(count),
        not_applicable=(state == State.not_applicable).all(axis=-1),
        not_due=(state == State.not_due).any(axis=-1) & np.isnan(count),
        gaps=np.zeros(count.shape, bool),
        hidden=np.zeros(count.shape, bool),
    )


def newest(figures: GoalFigures) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Report date and row of the year's own figure; of the newest member where there are many."""
    if figures.row.ndim == 2:
        return figures.vintage, figures.row
    latest = np.argmax(figures.vintage, axis=-1)[..., None]
    vintage = np.take_along_axis(figures.vintage, latest, axis=-1)[..., 0]
    row = np.take_along_axis(figures.row, latest, axis=-1)[..., 0]
    return vintage, np.where((figures.row == NO_ROW).all(axis=-1), NO_ROW, row)
