"""What the figures of areas are made of, as far as chance can be told from it: cases and their number.

A share is taken of people counted one by one (binomial), a rate is of events in so much exposure
(Poisson). Where the two numbers are no such counts (money, weights, quotas of an amount) no limit can
be worked out, and the reason is told instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from planlib.figures.limits import half_unit
from planlib.plan.goal import Goal
from planlib.plan.target import Basis, Cadence, Target
from planlib.scoring.comparing.limits import Bools, Floats
from planlib.scoring.comparing.ranks import Merit
from planlib.scoring.figures import figures_for
from planlib.scoring.panel import Panel

Distribution = Literal["binomial", "poisson", "none"]
Silence = Literal["", "no_figures", "one_area", "no_denominators", "not_counts", "not_a_quotient",
                  "made_from_others"]  # fmt: skip
PERCENT = 100.0
WHOLE = 1e-6
NEAR = 0.02  # how far a rate may lie from its two numbers: they are often rounded
OWN = frozenset({Basis.level, Basis.share, Basis.count})  # made from no other period or goal


@dataclass(frozen=True)
class AreaCases:
    """AreaCases and what they are of, in areas; NaN where unknown. ``scale`` times the quotient is the figure.

    ``silence`` says why there is no distribution.
    """

    count: Floats
    size: Floats
    scale: float
    method: Distribution
    silence: Silence


def merit_of(target: Target, scale: float) -> Merit:
    """What is better by a target, for figures divided by a scale.

    A range that misses on both sides is a value to come near to.
    """
    if target.kind.closed(target) and target.near is not None and target.far is not None:
        low, high = sorted((target.near / scale, target.far / scale))
        return Merit(low=low, high=high)
    return Merit(more=target.better != "lower")


def cases_of(panel: Panel, goal: Goal, target: Target, column: int, value: Floats) -> AreaCases:
    """What the figures of a period are made of."""
    nothing = np.full(value.shape, np.nan)

    def silent(why: Silence, size: Floats = nothing) -> AreaCases:
        return AreaCases(nothing, size, 1.0, "none", why)

    known = np.isfinite(value)
    if not known.any():
        return silent("no_figures")
    if target.basis not in OWN or target.cadence is Cadence.over_term or target.kind.against_start:
        return silent("made_from_others")
    if target.kind.figure != "number":
        return silent("no_denominators")
    figures = figures_for(panel, goal, target)
    count, size = (figures.number(name)[:, column] for name in ("numerator", "denominator"))
    both = known & np.isfinite(count) & np.isfinite(size) & (size > 0)
    if not both.any():
        return silent("no_denominators")
    size = np.where(both, size, np.nan)
    if int(both.sum()) < 2:
        return silent("one_area", size)
    of_people = bool((count[both] <= size[both] * (1 + WHOLE)).all())
    if target.basis is Basis.share:
        if not of_people or not _whole(size[both]) or (count[both] < 0).any():
            return silent("not_counts", size)
        return AreaCases(count, size, PERCENT, "binomial", "")
    scale = _scale(value, count, size, both)
    if scale is None:
        return silent("not_a_quotient", size)
    if not _whole(count[both]) or (count[both] < 0).any():
        return silent("not_counts", size)
    return AreaCases(count, size, scale, "poisson", "")


def _whole(numbers: Floats) -> bool:
    return bool((np.abs(numbers - np.rint(numbers)) <= WHOLE * np.maximum(numbers, 1.0)).all())


def _scale(value: Floats, count: Floats, size: Floats, both: Bools) -> float | None:
    """The power of ten that makes figures of their two numbers; None where none makes all of them."""
    some = both & (count > 0) & (value > 0)
    if not some.any():
        return 1.0 if bool((value[both] == 0).all()) else None
    times = float(np.median(value[some] * size[some] / count[some]))
    scale = float(10.0 ** np.rint(np.log10(times)))
    made = scale * count[both] / size[both]
    room = np.maximum(NEAR * np.abs(made), half_unit(value[both]))
    return scale if bool((np.abs(made - value[both]) <= room).all()) else None
