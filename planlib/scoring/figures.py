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
from planlib.plan.comparisons.base import Codes
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.scoring.arithmetic import difference, percent
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import NO_ROW, Floats, GoalFigures
from planlib.scoring.panel import Panel
from planlib.scoring.totals import PARTS, ratio_of_totals, total
from planlib.scoring.verdict import INSIDE, SHORT, position


def compared(panel: Panel, goal: Goal, target: Target) -> Compared:
    """The figures a target is held against, for every area and period of a panel.

    A target of every year is held against the year so far, a cumulative one too. A percentage of
    nothing is no percentage: where there is nothing to take a share of, or nothing was assigned
    (zero), the target is not applicable; no assigned figure is missing. For changes see
    ``_change``.
    """
    so_far = within_year(panel.plan, target)
    figures = panel.to_date(goal) if so_far or target.cumulative else panel.figures(goal)
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
    elif target.cadence is Cadence.over_term:
        return _change(plain, np.full(len(years), panel.year_index(panel.plan.base_period)), target)
    else:
        apart = panel.plan.frequency.in_year if so_far else 1
        return _change(plain, np.maximum(np.arange(len(years)) - apart, -1), target)
    if target.cadence is not Cadence.over_term:
        return result
    start = panel.year_index(panel.plan.years[0])
    if target.basis in PARTS:
        return ratio_of_totals(result, plain, figures, target.basis, start)
    return total(result, goal.limits_of(target), start)


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


def _change(plain: Compared, before: npt.NDArray[np.int64], target: Target) -> Compared:
    """Percent change on another year, given as its column; −1 where there is none.

    There is no percentage of nothing, and none through zero or below it. After zero only what needs
    none is judged: zero again is no change, which meets a target that asks for none, and any rise
    misses a target that bounds it. Whatever else starts from zero or is negative is not applicable.
    """
    known = before >= 0
    was_low = np.where(known, plain.low[:, before], np.nan)
    was_high = np.where(known, plain.high[:, before], np.nan)
    low = _moved(plain.low, was_high)
    high = low
    if plain.low is not plain.high:
        high = _moved(plain.high, was_low)
        # After a figure told only by its upper end the change may have been any rise.
        high = np.where(np.isnan(high) & ~np.isnan(low), np.inf, high)
    after_zero = (was_high == 0) & ~np.isnan(low)
    fits = np.where(high > 0, position(high, target) == SHORT, position(high, target) >= INSIDE)
    negative = np.zeros(low.shape, bool)
    for end in (plain.low, plain.high, was_low, was_high):
        negative |= np.isfinite(end) & (end < 0)
    undefined = (negative & ~np.isnan(low)) | (after_zero & ~fits)
    # Unknown for no other reason than that the figure it starts from is withheld.
    hidden = known & plain.withheld[:, before] & ~np.isnan(plain.low)
    withheld = plain.withheld | hidden
    silent = withheld | plain.not_applicable | plain.not_due
    settled = np.where(undefined, np.nan, low)
    return replace(
        plain,
        withheld=withheld,
        low=settled,
        high=settled if high is low else np.where(undefined, np.nan, high),
        missing=(plain.missing | np.isnan(low)) & ~silent & ~undefined,
        not_applicable=plain.not_applicable | undefined,
        exclusive=_exclusive_change(plain, before),
    )


def _exclusive_change(plain: Compared, before: npt.NDArray[np.int64]) -> Codes | None:
    """The lower end of a change is made from the upper end of the year before."""
    if plain.exclusive is None:
        return None
    was = np.where(before >= 0, plain.exclusive[:, before], 0)
    return (plain.exclusive | (was & 1) << 1 | (was & 2) >> 1).astype(np.int8)


def _moved(now: Floats, was: Floats) -> Floats:
    """The change in percent; none after zero where it is zero again, infinite where it is more."""
    with np.errstate(invalid="ignore"):
        change = percent(difference(now, was), np.abs(was))
        return np.where(was == 0, np.where(now > 0, np.inf, np.where(now <= 0, 0.0, now)), change)


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
