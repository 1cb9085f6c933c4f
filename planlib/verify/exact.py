"""Arithmetic in fractions of the decimals that were typed, rounded once at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from math import copysign, isfinite


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
