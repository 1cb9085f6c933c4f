"""How fast: where the road should be by now, what the rest of the time asks for, and logic.

``secured`` and ``impossible`` are facts, not forecasts: what cannot be lost any more, and what
cannot be reached any more, whatever the coming figures are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Cadence, Target
from planlib.scoring.verdict import INSIDE, Bools, Codes, Floats, compare

Years = npt.NDArray[np.int64]


def time_share(years: Years, start: int, due: int) -> Floats:
    """The share of the time gone at the end of each year, 1 from the due year on.

    >>> time_share(np.array([2010, 2012, 2014]), 2008, 2012).tolist()
    [0.5, 1.0, 1.0]
    """
    return (
        np.clip((years - start) / (due - start), 0.0, 1.0) if due > start else np.ones(len(years))
    )


def schedule_index(road: Floats, time: Floats) -> Floats:
    """Road over time: 1 is on schedule, less is behind.

    >>> schedule_index(np.array([0.6]), np.array([0.5])).tolist()
    [1.2]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        index = road / time
    return np.where(np.isfinite(index), index, np.nan)


def required_per_year(figures: Floats, positions: Codes, years_left: Years, near: float) -> Floats:
    """What each remaining year must bring, in the goal's unit; 0 once reached.

    NaN where no year is left to bring it. For a total, figures are the running total.

    >>> required_per_year(np.array([78.0]), np.array([-1], np.int8), np.array([2]), 90.0).tolist()
    [6.0]
    >>> required_per_year(np.array([30.0]), np.array([-1], np.int8), np.array([2]), 10.0).tolist()
    [-10.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        pace = np.where(years_left > 0, (near - figures) / years_left, np.nan)
    pace = np.where(positions >= INSIDE, 0.0, pace)
    return np.where(np.isfinite(figures) & np.isfinite(pace), pace, np.nan)


def total_is_decided(
    low: Floats, target: Target, limits: Limits, tie: Codes | None = None
) -> tuple[Bools, Bools]:
    """Whether a running total of amounts that cannot be negative is (secured, impossible).

    ``low`` is what is known of the total at least; ``tie`` is 1 where it is known to be more.

    >>> target = Target(comparison="at_most", value=0, basis="count", cadence="over_term")
    >>> [part.tolist() for part in total_is_decided(np.array([0.0, 1.0]), target, Limits(low=0))]
    [[False, False], [False, True]]
    """
    none = np.zeros(low.shape, bool)
    if limits.low is None or limits.low < 0 or target.near is None or target.far is None:
        return none, none
    near, far = compare(low, target.near, tie), compare(low, target.far, tie)
    return target.kind.decided(near, far, target)


def has_ceiling(target: Target) -> bool:
    """Whether there is an end that a total must not pass, which later years can but use up."""
    return target.better == "lower" or target.kind.closed(target)


def due_year(target: Target, last: int) -> int | None:
    """The year a target is due, ``last`` being that of the term; None where every year is."""
    if target.cadence is Cadence.by:
        return target.due
    return last if target.cadence is Cadence.over_term else None


def adds_up(target: Target) -> bool:
    """Whether the figures compared are a running total of amounts."""
    return target.cadence is Cadence.over_term and target.basis in {"level", "count"}
