"""The default rule on one figure: short of its target, inside, or beyond it.

Better than the target, or beyond the better end of a range, is beyond; equal, or inside, is inside;
anything less is short. Inside ``above`` and ``below`` is inside. At its natural limit, or against a
target of zero, a figure cannot be beyond.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from math import copysign, isfinite

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Target
from planlib.verify.comparisons import RecomputedComparison

SHORT, INSIDE, BEYOND = -1, 0, 1
SAME = 2.0**-50  # four units in the last place: the figures compared are rounded once


def compare(figure: float, value: float, tie: int = 0) -> int:
    """−1, 0 or 1 for a figure less than, equal to or greater than a value; ``tie`` where equal.

    >>> compare(100 * 45 / 50, 90), compare(float("inf"), 90)
    (0, 1)
    """
    size = max(abs(figure) if isfinite(figure) else 0.0, abs(value))
    if abs(figure - value) <= SAME * size:
        return tie
    return 1 if figure > value else -1


def side(figure: float, target: Target, limits: Limits, tie: int = 0) -> int:
    """Where one number lies; ``tie`` is −1 for "under" the number, 1 for "over" it.

    >>> fall = Target(
    ...     comparison="between",
    ...     low=-7,
    ...     high=-5,
    ...     better="lower",
    ...     basis="change",
    ...     cadence="every_year",
    ... )
    >>> [side(figure, fall, Limits()) for figure in (-4.3, -6, -8.9)]
    [-1, 0, 1]
    """
    kind = target.comparison
    if kind == RecomputedComparison.done:
        return SHORT if compare(figure, 1.0) < 0 else INSIDE
    near, far = ends(target)
    sign = -1 if target.better == "lower" else 1
    if kind in {RecomputedComparison.above, RecomputedComparison.below} or target.strict:
        return INSIDE if sign * compare(figure, near, tie) > 0 else SHORT
    if sign * compare(figure, far, tie) > 0:
        return _past_the_far_end(target, far, limits)
    return SHORT if sign * compare(figure, near, tie) < 0 else INSIDE


def _past_the_far_end(target: Target, far: float, limits: Limits) -> int:
    if target.comparison == RecomputedComparison.all_of:
        return INSIDE
    if target.comparison == RecomputedComparison.between and target.beyond != "good":
        return INSIDE if target.beyond == "neutral" else SHORT
    if target.comparison == RecomputedComparison.relative:
        return BEYOND  # whoever is held against others has no end of his own
    limit = limits.low if target.better == "lower" else limits.high
    at_limit = limit is not None and abs(far - limit) <= SAME * max(abs(far), 1.0)
    return INSIDE if far == 0 or at_limit else BEYOND


def ends(target: Target) -> tuple[float, float]:
    """The end that must be reached first, and the other; twice the same for a single value."""
    if target.comparison == RecomputedComparison.all_of:
        return float(len(target.members)), float(len(target.members))
    if target.comparison == RecomputedComparison.between:
        assert target.low is not None and target.high is not None  # the model sees to it
        if target.better == "lower":
            return target.high, target.low
        return target.low, target.high
    assert target.value is not None
    return target.value, target.value


# Arithmetic in fractions of the decimals that were typed, rounded once at the end.
def exact(number: float) -> Fraction:
    """The decimal that was typed, as a fraction.

    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    return Fraction(repr(float(number)))


def rounded(number: Fraction) -> float:
    """The nearest double; the largest there is for what lies beyond it."""
    try:
        return float(number)
    except OverflowError:
        return copysign(sys.float_info.max, number)


def percent(part: float, whole: float) -> float:
    """100 · part / whole, rounded once."""
    if isfinite(part) and isfinite(whole):
        return rounded(100 * exact(part) / exact(whole))
    return 100.0 * part / whole


def added(numbers: Sequence[float]) -> float:
    """The sum, rounded once; infinite or NaN where one of them is."""
    if all(isfinite(one) for one in numbers):
        return rounded(sum(map(exact, numbers), Fraction(0)))
    return sum(numbers)
