"""How unequal areas are: the gap between the first and the last fifth, and the slope index.

Source of the slope index: J. P. Mackenbach and A. E. Kunst (1997), Measuring the magnitude of
socio-economic inequalities in health, *Social Science & Medicine* 44, 757-771: areas are put in an
order, each stands at the middle of its share of all people, and a straight line through their
figures, weighted by people, tells the difference between the two ends. Of figures without a
denominator every area weighs the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.scoring.comparing.limits import Floats

FIFTH = 5


@dataclass(frozen=True)
class Inequality:
    """The figures of the first and the last fifth of areas, their gap (last less first), the slope.

    ``each`` is how many areas a fifth has.
    """

    first: float
    last: float
    gap: float
    slope: float
    each: int


def inequality(figures: Floats, order: Floats, weight: Floats) -> Inequality | None:
    """How unequal areas are along an order; None under five areas, or where all stand alike.

    Fifths are of areas, rounded down. The order areas are given in says nothing: those that stand
    alike share the place they have together, and where a fifth ends among them, each is in it by the
    part of them that is.

    >>> five = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    >>> found = inequality(five, np.arange(5.0), np.ones(5))
    >>> found.gap, round(found.slope, 6), found.each
    (40.0, 50.0, 1)
    >>> two = inequality(five, np.array([1.0, 1.0, 2.0, 3.0, 3.0]), np.ones(5))
    >>> two.first, two.last
    (15.0, 45.0)
    """
    known = np.isfinite(figures) & np.isfinite(order) & (weight > 0)
    number = int(known.sum())
    if number < FIFTH or np.ptp(order[known]) == 0:
        return None
    stands, of = np.unique(order[known], return_inverse=True)
    figure, people = figures[known], weight[known]
    share = people / people.sum()
    block = np.bincount(of, share)
    at = (np.cumsum(block) - block / 2.0)[of]
    each = number // FIFTH
    alike = np.bincount(of, minlength=len(stands))
    before = np.cumsum(alike) - alike
    part = np.clip((each - before) / alike, 0.0, 1.0)
    rest = np.clip((each - (number - before - alike)) / alike, 0.0, 1.0)
    first, last = (float(np.average(figure, weights=people * some[of])) for some in (part, rest))
    middle = float((share * at).sum())
    slope = float((share * (at - middle) * figure).sum() / (share * (at - middle) ** 2).sum())
    return Inequality(first, last, last - first, slope, each)
