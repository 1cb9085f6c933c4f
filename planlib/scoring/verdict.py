"""The verdict: which side of its target a figure lies on, and what that means at the time.

The rule is read off published national tables: better than the target, or beyond the better end
of a range, is exceeded; equal, or inside, is met; short by anything is not met, and "about" has no
tolerance. Inside ``above`` and ``below`` is met. A figure at its natural limit, or a target of
zero, cannot be exceeded. Under a rule that tolerates something, a figure short of its target by no
more than that is nearly met once the time is up; it is short all the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.plan.comparisons.base import INSIDE as INSIDE
from planlib.plan.comparisons.base import SHORT as SHORT
from planlib.plan.comparisons.base import Bools as Bools
from planlib.plan.comparisons.base import Codes as Codes
from planlib.plan.comparisons.base import Floats as Floats
from planlib.plan.goal_parts import Limits
from planlib.plan.target import Target
from planlib.plan.targets.tolerance import Tolerance
from planlib.plan.verdicts import JUDGED as JUDGED
from planlib.plan.verdicts import MISSED as MISSED
from planlib.plan.verdicts import REACHED as REACHED
from planlib.plan.verdicts import Verdict as Verdict

# Four units in the last place of a double: what the arithmetic of a figure can be off by.
SAME = 2.0**-50


def compare(figures: Floats, value: float | Floats, tie: Codes | None = None) -> Codes:
    """−1, 0 or 1 for figures less than, equal to or greater than a value; 0 where unknown.

    Areas may have values of their own, one a row. ``tie`` is the answer where they are equal: −1 for "under 5", which is less than 5.

    >>> compare(np.array([89.9, 100 * 45 / 50, 91.0]), 90.0).tolist()
    [-1, 0, 1]
    >>> compare(np.array([1e9, 0.1 + 0.2]), 1e9 + 1).tolist(), compare(np.array([0.1 + 0.2]), 0.3)
    ([-1, -1], array([0], dtype=int8))
    """
    with np.errstate(invalid="ignore"):
        finite = np.where(np.isfinite(figures), figures, 0.0)
        near = SAME * np.maximum(np.abs(finite), np.abs(value))
        result = (figures > value + near).astype(np.int8) - (figures < value - near).astype(np.int8)
    return (result if tie is None else np.where(result == 0, tie, result)).astype(np.int8)


def position(
    figures: Floats, target: Target, limits: Limits | None = None, tie: Codes | None = None
) -> Codes:
    """Where figures lie: −1 short of the target, 0 met, 1 beyond it.

    ``figures`` are in the unit of the target, of any shape; unknown ones (NaN) come out as 0 and
    are for the caller to leave out. ``tie`` is as in ``compare``.

    >>> band = Target(comparison="between", low=12, high=15, cadence="every_year")
    >>> position(np.array([11.0, 13.0, 18.0]), band).tolist()
    [-1, 0, 1]
    >>> fall = Target(
    ...     comparison="between",
    ...     low=-7,
    ...     high=-5,
    ...     better="lower",
    ...     basis="change",
    ...     cadence="every_year",
    ... )
    >>> position(np.array([-6.0, -4.2553, -8.8889]), fall).tolist()
    [0, -1, 1]
    >>> position(
    ...     np.array([0.0, 1.0]), Target(comparison="at_most", value=0, cadence="keep")
    ... ).tolist()
    [0, -1]
    """
    return _capped(target.kind.position(_against(figures, target, tie), target), target, limits)


def _against(figures: Floats, target: Target, tie: Codes | None) -> tuple[Codes, Codes]:
    """The figures against both bounds of a target: −1 worse, 0 equal, 1 better."""
    near, far = target.kind.bounds(target)
    sign = -1 if target.better == "lower" else 1
    first = (sign * compare(figures, near, tie)).astype(np.int8)
    if np.array_equal(near, far):
        return first, first
    return first, (sign * compare(figures, far, tie)).astype(np.int8)


def _capped(positions: Codes, target: Target, limits: Limits | None) -> Codes:
    """What lies at its natural limit, or at a target of zero, cannot be exceeded."""
    far = target.kind.bounds(target)[1]
    capped = np.equal(far, 0) & (not target.kind.of_others) | _is_limit(far, target, limits)
    if not capped.any():
        return positions
    return np.where(capped, np.minimum(positions, np.int8(INSIDE)), positions)


def _is_limit(far: float | Floats, target: Target, limits: Limits | None) -> Bools:
    limit = None
    if limits is not None:
        limit = limits.low if target.better == "lower" else limits.high
    if limit is None:
        return np.zeros(np.shape(far), bool)
    return np.asarray(np.abs(far - limit) <= SAME * np.maximum(np.abs(far), 1.0))


def cautious_position(
    low: Floats, high: Floats, target: Target, limits: Limits | None = None,
    exclusive: npt.NDArray[np.int8] | None = None,
) -> Codes:  # fmt: skip
    """The side of an interval: that of its less favourable end.

    ``exclusive`` tells by its bits which ends are not part of it: 1 the lower, 2 the upper.

    >>> band = Target(comparison="between", low=60, high=62, cadence="every_year")
    >>> cautious_position(np.array([61.0]), np.array([62.0]), band).tolist()
    [0]
    >>> least = Target(comparison="at_least", value=4, cadence="every_year")
    >>> cautious_position(np.array([4.0]), np.array([np.inf]), least).tolist()
    [0]
    >>> under = Target(comparison="below", value=5, cadence="every_year")
    >>> any_less = np.array([-np.inf])
    >>> cautious_position(
    ...     any_less, np.array([5.0]), under, exclusive=np.array([2], np.int8)
    ... ).tolist()
    [0]
    """
    if low is high:
        return position(low, target, limits)
    above = below = None
    if exclusive is not None:
        above, below = (exclusive & 1).astype(np.int8), -((exclusive & 2) // 2).astype(np.int8)
    ends = _against(low, target, above), _against(high, target, below)
    return _capped(target.kind.interval_position(*ends, target), target, limits)


def within(low: Floats, high: Floats, target: Target, tolerance: Tolerance) -> Bools:
    """Which figures short of a target are short by no more than a tolerance.

    Of an interval the less favourable end is; what a target must not pass may be passed by as much.

    >>> least = Target(comparison="at_least", value=90, cadence="every_year")
    >>> figures = np.array([85.4, 85.5, 89.0])
    >>> within(figures, figures, least, Tolerance(percent=5)).tolist()
    [False, True, True]
    """
    near, far = target.kind.bounds(target)
    sign = -1 if target.better == "lower" else 1
    worse, better = (high, low) if sign < 0 else (low, high)
    found = sign * compare(worse, moved(tolerance, near, -sign)) >= 0
    if target.kind.closed(target):
        found &= sign * compare(better, moved(tolerance, far, sign)) <= 0
    return np.asarray(found, bool)


def moved(tolerance: Tolerance, bound: float | Floats, sign: int) -> float | Floats:
    """A bound moved by a tolerance; of areas with bounds of their own each.

    >>> moved(Tolerance(percent=5), np.array([[90.0], [60.0]]), -1).tolist()
    [[85.5], [57.0]]
    """
    if np.ndim(bound) == 0:
        return tolerance.moved(float(bound), sign)
    different, places = np.unique(bound, return_inverse=True)
    found = np.array([tolerance.moved(float(one), sign) for one in different])
    return found[places].reshape(np.shape(bound))


def among(codes: Codes, verdicts: tuple[Verdict, ...]) -> Bools:
    """Which codes are of one of a few verdicts.

    >>> among(np.array([0, 3, 6], np.int8), MISSED).tolist()
    [False, True, False]
    """
    found: Bools = codes == verdicts[0]
    for verdict in verdicts[1:]:
        found |= codes == verdict
    return found


def judge(positions: Codes, over: bool | Bools, tolerated: bool | Bools = False) -> Codes:
    """Verdicts of known figures; ``over`` says whether the time to reach the target is up.

    ``tolerated`` says which of those short of it are so by no more than the rule tolerates.

    >>> [Verdict(code).name for code in judge(np.array([-1, 0, 1], np.int8), over=False)]
    ['not_yet', 'met', 'exceeded']
    """
    missed: Any = Verdict.not_met
    if tolerated is not False:
        missed = np.where(tolerated, Verdict.nearly_met, Verdict.not_met)
    short = np.where(over, missed, Verdict.not_yet)
    result = np.where(positions > 0, Verdict.exceeded, np.where(positions == 0, Verdict.met, short))
    return result.astype(np.int8)


def names_of(codes: Any) -> list[str]:
    """The names of verdict codes.

    >>> names_of([0, 6])
    ['exceeded', 'no_data']
    """
    return [Verdict(int(code)).name for code in codes]
