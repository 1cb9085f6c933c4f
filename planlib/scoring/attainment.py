"""How far: the figure against its target, and the share of the road from the baseline."""

from __future__ import annotations

import numpy as np

from planlib.plan.target import Target
from planlib.scoring.verdict import INSIDE, Codes, Floats


def level(figures: Floats, positions: Codes, target: Target) -> Floats:
    """The figure over its target, as offices print it: 0.92 is "92 % of plan".

    A range is held against its nearer end while short, gives 1 inside, and against its far end
    beyond. For a target that must not be passed, more than 1 means too much. A target of zero, one
    below zero that more is better than (of at least -5, -10 would be 200 %) and a yes/no target have
    no ratio (NaN).

    >>> band = Target(comparison="between", low=12, high=15, cadence="every_year")
    >>> level(np.array([11.0, 13.0, 18.0]), np.array([-1, 0, 1], np.int8), band).round(6).tolist()
    [0.916667, 1.0, 1.2]
    """
    if not target.has_ratio:
        return np.full(figures.shape, np.nan)
    near, far = target.near, target.far
    assert near is not None and far is not None
    against = np.where(_past_far(figures, target), far, near)
    with np.errstate(divide="ignore", invalid="ignore"):
        none = against <= 0 if target.better == "higher" else against == 0
        ratio = np.where(none, np.nan, figures / against)
    if "low" in target.kind.keys:  # a range
        low, high = np.minimum(near, far), np.maximum(near, far)
        inside = (figures >= low) & (figures <= high) & (positions == INSIDE)
        ratio = np.where(inside, 1.0, ratio)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def _past_far(figures: Floats, target: Target) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    sign, far = -1 if target.better == "lower" else 1, target.far
    with np.errstate(invalid="ignore"):
        return sign * figures > sign * (0.0 if far is None else far)


def attained(figures: Floats, positions: Codes, target: Target) -> Floats:
    """Attainment between 0 and 1 for means: 1 once reached, else how near, whichever way is better.

    Short of "at least" it is figure over target, short of "at most" target over figure; figures
    on the wrong side of zero, and any figure above a target of zero, give 0. A yes/no target is
    never a percentage (NaN).

    >>> most = Target(comparison="at_most", value=10, cadence="every_year")
    >>> attained(np.array([8.0, 12.5]), np.array([1, -1], np.int8), most).tolist()
    [1.0, 0.8]
    """
    if not target.has_ratio:
        return np.full(figures.shape, np.nan)
    ratio = target.kind.nearness(figures, target)
    ratio = np.clip(np.where(np.isfinite(ratio), ratio, 0.0), 0.0, 1.0)
    return np.where(np.isnan(figures), np.nan, np.where(positions >= INSIDE, 1.0, ratio))


def road(figures: Floats, base: Floats, target: Target) -> Floats:
    """The share of the way from the baseline to the target.

    0 at the baseline, 1 at the target, negative when moved away. There is no road (NaN) without a
    baseline, for a yes/no target, and where the baseline already stood at or past the target.

    >>> target = Target(comparison="at_least", value=90, cadence="by", due=2012)
    >>> road(np.array([78.0]), np.array([60.0]), target).tolist()
    [0.6]
    """
    near = target.near
    if near is None:
        return np.full(figures.shape, np.nan)
    sign = -1 if target.better == "lower" else 1
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (figures - base) / (near - base)
        apart = sign * (near - base) > 0
    return np.where(apart & np.isfinite(share), share, np.nan)
