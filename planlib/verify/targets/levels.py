"""How far a figure is of its target, and what a total cannot take back."""

from __future__ import annotations

from math import isfinite

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Target
from planlib.verify.bounds import INSIDE, compare, ends
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.targets.interval import Figure

NO_DISTANCE = frozenset({RecomputedComparison.done, RecomputedComparison.rank})


def has_ceiling(target: Target) -> bool:
    """Whether there is an end that a total must not pass."""
    bad = target.comparison == RecomputedComparison.between and target.beyond == "bad"
    return target.better == "lower" or bad


def lost_for_good(figure: Figure, target: Target, limits: Limits) -> bool:
    """Whether a running total of amounts has passed an end that it must not pass: amounts only add to it."""
    if not (figure.known and has_ceiling(target)):
        return False
    if limits.low is None or limits.low < 0:
        return False
    against = compare(figure.low, max(ends(target)), int(figure.over))
    return against > 0 or (target.comparison == RecomputedComparison.below and against == 0)


def level_of(figure: float, lies: int, target: Target) -> float | None:
    """The figure over its target: the near end while short, the far end beyond, 1 inside a range.

    Of a floor at or below zero there is none: less than it would be more of it.
    """
    if target.comparison in NO_DISTANCE or target.measure == "difference" or not isfinite(figure):
        return None
    near, far = ends(target)
    low, high = min(near, far), max(near, far)
    if (
        target.comparison == RecomputedComparison.between
        and lies == INSIDE
        and low <= figure <= high
    ):
        return 1.0
    past = figure < far if target.better == "lower" else figure > far
    against = far if past else near
    if against == 0 or (target.better == "higher" and against < 0):
        return None
    return figure / against
