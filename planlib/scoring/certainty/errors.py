"""The errors of every row of figures, as columns that ride along with its numbers.

``rounding``, ``below`` and ``above`` are variances: of a figure printed with ``d`` decimals the
square of half a digit over three, of one told as an interval that of half the interval, and of an
interval beside a figure the square of the way to its lower and its upper end over the normal
quantile of its level. ``quiet`` is the logarithm of the chance that the figure is not revised any more, ``shift`` and ``wide`` the shift and the squared
mean size of a revision times the chance of one, ``heavy`` the part of that in long tails, in the
unit of the figure compared. So errors of sums are sums: of ten figures that one in five are
revised, what is to be expected is two revisions, not ten.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import WHAT_IF
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.scoring.certainty.layout import MOST_DECIMALS, Floats, decimals
from planlib.scoring.certainty.lessons import (
    Lessons,
    RevisionHabits,
    ages,
    numbered,
    period_figures,
)

ERRORS = ("rounding", "below", "above", "quiet", "shift", "wide", "heavy")


def error_columns(plan: Plan, frame: pd.DataFrame, lessons: Lessons) -> dict[str, Floats]:
    """The errors of every row; NaN for what is supposed and not reported."""
    goals = numbered(plan)
    names = list(map(str, frame["goal"].cat.categories))
    code = frame["goal"].cat.codes.to_numpy()
    learned = [lessons.get(name) for name in names]
    found = dict(zip(ERRORS[:3], _printed(plan, frame, code, learned, goals, names), strict=True))
    found |= dict(zip(ERRORS[3:], _revised(plan, frame, code, learned), strict=True))
    if "file" in frame and WHAT_IF in (files := frame["file"].cat).categories:
        supposed = files.codes.to_numpy() == list(files.categories).index(WHAT_IF)
        found = {name: np.where(supposed, np.nan, column) for name, column in found.items()}
    return found


def _printed(
    plan: Plan, frame: pd.DataFrame, code: npt.NDArray[np.integer],
    learned: list[RevisionHabits | None], goals: dict[str, Goal], names: list[str],
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Rounding, and what an interval beside the figure says."""
    value, low, high = (frame[name].to_numpy(float) for name in ("value", "low", "high"))
    usual = np.array([0 if one is None else one.decimals for one in learned] or [0])
    different, place = np.unique(value, return_inverse=True)
    own = decimals(different)[place] if len(value) else np.empty(0, np.int64)
    digits = np.maximum(own, usual[code]) if len(value) else own
    half = np.where((digits == 0) | (digits > MOST_DECIMALS), 0.0, 0.5 * 10.0**-digits)
    wide = np.isnan(value) & np.isfinite(low) & np.isfinite(high)
    half = np.where(wide, (high - low) / 2, half)
    levels = [interval_level(plan, goals.get(name)) for name in names] or [95.0]
    to_end = np.array([normal_quantile(level) for level in levels])
    reach = to_end[code] if len(value) else np.ones(0)
    inside = (low <= value) & (value <= high)
    below = np.where(inside, (value - low) / reach, 0.0) ** 2
    above = np.where(inside, (high - value) / reach, 0.0) ** 2
    return half**2 / 3, below, above


def interval_level(plan: Plan, goal: Goal | None) -> float:
    """The level of the intervals beside a goal's figures, in percent: its own, else the plan's."""
    own = None if goal is None else goal.interval_level
    return plan.header.interval_level if own is None else own


def normal_quantile(level: float) -> float:
    """How many standard deviations an interval of a level reaches to each side.

    >>> round(normal_quantile(95), 4)
    1.96
    """
    return NormalDist().inv_cdf(0.5 + level / 200)


def _revised(
    plan: Plan,
    frame: pd.DataFrame,
    code: npt.NDArray[np.integer],
    learned: list[RevisionHabits | None],
) -> tuple[Floats, Floats, Floats, Floats]:
    """What is to be expected of later reports; nothing where nothing was learned."""
    nothing = RevisionHabits(points=True, decimals=0)
    habits = np.array([(one or nothing).habits for one in learned] or [nothing.habits])
    habits = np.where(np.isnan(habits), 0.0, habits)
    points = np.array([(one or nothing).points for one in learned] or [True])
    if not len(frame):
        return (np.empty(0),) * 4
    chance, shift, size, tail = np.moveaxis(habits[code, ages(plan, frame)], -1, 0)
    figures = period_figures(plan, frame)
    unit = np.where(points[code], 1.0, np.abs(figures))
    moves = unit * size > 0  # a share of zero is zero
    with np.errstate(divide="ignore"):
        quiet = np.where(moves, np.log1p(-chance), 0.0)
    wide = np.where(moves, chance * (unit * size) ** 2, 0.0)
    return quiet, np.where(moves, chance * unit * shift, 0.0), wide, tail * wide
