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

    Fifths are of areas, rounded down; areas that stand alike keep the order they are given in.

    >>> five = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    >>> found = inequality(five, np.arange(5.0), np.ones(5))
    >>> found.gap, round(found.slope, 6), found.each
    (40.0, 50.0, 1)
    """
    known = np.isfinite(figures) & np.isfinite(order) & (weight > 0)
    number = int(known.sum())
    if number < FIFTH or np.ptp(order[known]) == 0:
        return None
    ordered = np.argsort(order[known], kind="stable")
    figure, people = figures[known][ordered], weight[known][ordered]
    share = people / people.sum()
    at = np.cumsum(share) - share / 2.0
    each = number // FIFTH
    first, last = (
        float(np.average(figure[some], weights=people[some]))
        for some in (slice(None, each), slice(-each, None))
    )
    middle = float((share * at).sum())
    slope = float((share * (at - middle) * figure).sum() / (share * (at - middle) ** 2).sum())
    return Inequality(first, last, last - first, slope, each)
