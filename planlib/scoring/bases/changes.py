"""Changes: on the period before, or on the baseline, in percent or as a difference."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planlib.plan.comparisons.base import Bools, Codes
from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Target
from planlib.scoring.arithmetic import difference, percent
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import Floats
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import INSIDE, SHORT, position


@dataclass(frozen=True)
class Start:
    """The figure that a change starts from, for every area and period; NaN where there is none."""

    low: Floats
    high: Floats
    withheld: Bools
    exclusive: Codes | None


def of_columns(plain: Compared, before: npt.NDArray[np.int64]) -> Start:
    """The figures of other periods, given as their columns; −1 where there is none."""
    known = before >= 0
    exclusive = None
    if plain.exclusive is not None:
        exclusive = np.where(known, plain.exclusive[:, before], 0).astype(np.int8)
    return Start(
        np.where(known, plain.low[:, before], np.nan),
        np.where(known, plain.high[:, before], np.nan),
        known & plain.withheld[:, before],
        exclusive,
    )


def since_baseline(panel: Panel, goal: Goal, target: Target, plain: Compared) -> Compared:
    """The change on the goal's stated baseline, or on the figure of the plan's baseline year.

    ``maintain`` may name another period to be held against.
    """
    if goal.baseline is not None and target.since is None:
        stated = np.full(plain.low.shape, goal.baseline.value)
        none = None if plain.exclusive is None else np.zeros(plain.low.shape, np.int8)
        start = Start(stated, stated, np.zeros(plain.low.shape, bool), none)
    else:
        column = max(panel.year_index(target.since or panel.plan.base_period), -1)
        start = of_columns(plain, np.full(plain.low.shape[1], column))
    if target.basis is Basis.change_since:
        return change(plain, start, target)
    low = difference(plain.low, start.high)
    high = low if plain.low is plain.high else difference(plain.high, start.low)
    return _told(plain, start, low, high, np.zeros(low.shape, bool))


def change(plain: Compared, start: Start, target: Target) -> Compared:
    """Percent change on another figure.

    There is no percentage of nothing, and none through zero or below it. After zero only what needs
    none is judged: zero again is no change, which meets a target that asks for none, and any rise
    misses a target that bounds it. Whatever else starts from zero or is negative is not applicable.
    """
    was_low, was_high = start.low, start.high
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
    return _told(plain, start, low, high, undefined)


def _told(plain: Compared, start: Start, low: Floats, high: Floats, undefined: Bools) -> Compared:
    # Unknown for no other reason than that the figure it starts from is withheld.
    hidden = start.withheld & ~np.isnan(plain.low)
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
        exclusive=_exclusive_change(plain, start),
    )


def _exclusive_change(plain: Compared, start: Start) -> Codes | None:
    """The lower end of a change is made from the upper end of the figure before."""
    if plain.exclusive is None or start.exclusive is None:
        return None
    was = start.exclusive
    return (plain.exclusive | (was & 1) << 1 | (was & 2) >> 1).astype(np.int8)


def _moved(now: Floats, was: Floats) -> Floats:
    """The change in percent; none after zero where it is zero again, infinite where it is more."""
    with np.errstate(invalid="ignore"):
        change = percent(difference(now, was), np.abs(was))
        return np.where(was == 0, np.where(now > 0, np.inf, np.where(now <= 0, 0.0, now)), change)
