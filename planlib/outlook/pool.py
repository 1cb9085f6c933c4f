"""Series of figures side by side on their standard scales: what forecasts are made and taught from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.outlook.constants import FLOOR
from planlib.outlook.features import CROWD, group_medians
from planlib.outlook.scales import Scale, Standard, standard
from planlib.outlook.windows import Ints
from planlib.scoring.verdict import Bools, Floats

# An amount is not forecast above so many times its own largest known figure, or its indicator's.
REACH, REACH_OTHERS = 100.0, 4.0
NEAR = 0.25  # of the largest figure of many areas: about there amounts go from percent to steps


@dataclass(frozen=True)
class Pool:
    """Series × years on their standard scales, with what they belong to.

    ``groups`` is each series' indicator (0 … G−1), ``noise`` the variance of each figure's own
    error in yearly variances (None where all were measured).
    """

    matrix: Floats
    years: Ints
    standard: Standard
    groups: Ints
    noise: Floats | None = None

    @property
    def near_others(self) -> Bools:
        """Where the distance from other areas means something: shares, which share their limits."""
        return np.asarray(self.standard.kind == Scale.logit)


@dataclass(frozen=True)
class Uncertainty:
    """What is not sure of figures (series × years): how far each may be from the truth.

    ``noise`` is the variance of each figure's error in yearly variances (0 for a measured one).
    ``least`` and ``most`` are the ends of figures that are intervals, in their unit, else NaN or the
    figure itself: they add the variance of an even spread between them.
    """

    noise: Floats | None = None
    least: Floats | None = None
    most: Floats | None = None


def pool(
    figures: Floats, years: Ints, kinds: Ints, groups: Ints, *, low: Floats | None = None,
    high: Floats | None = None, uncertainty: Uncertainty | None = None,
) -> Pool:  # fmt: skip
    """Put figures (series × years, NaN where unknown) on their standard scales.

    ``kinds`` are codes of ``Scale`` a series, ``low`` and ``high`` its natural limits (infinite
    where there is none). Without ``uncertainty`` all figures were measured.
    """
    size = len(figures)
    floor = np.full(size, -np.inf) if low is None else low
    ceiling = np.full(size, np.inf) if high is None else high
    with np.errstate(invalid="ignore"):
        typical = np.nan_to_num(_row_medians(np.abs(figures)), nan=1.0)
    groups = np.asarray(groups, np.int64)
    unit = _by_group(typical, groups)
    # Without a limit an amount may grow, but not past any measure: see REACH.
    endless = np.isin(kinds, (Scale.log, Scale.compound)) & np.isinf(ceiling)
    with np.errstate(invalid="ignore"):
        largest = np.fmax.reduce(figures, axis=1, initial=np.nan)
    top, knee = _largest(largest, groups)
    most = np.fmax(REACH * largest, REACH_OTHERS * top)
    knee = np.where(endless, knee, np.inf)
    ceiling = np.where(endless & (largest > 0), most, ceiling)
    made = standard(figures, np.asarray(kinds, np.int8), floor, ceiling, unit, knee)
    matrix = made.to(figures)
    uncertainty = uncertainty or Uncertainty()
    noise = uncertainty.noise
    if uncertainty.least is not None and uncertainty.most is not None:
        with np.errstate(invalid="ignore"):
            width = made.to(uncertainty.most) - made.to(uncertainty.least)
        width = np.nan_to_num(width, posinf=0.0, neginf=0.0)
        blur = width**2 / 12 / yearly_variance(matrix, groups)[:, None]
        noise = blur if noise is None else noise + blur
    return Pool(matrix, np.asarray(years, np.int64), made, groups, noise)


def yearly_variance(matrix: Floats, groups: Ints) -> Floats:
    """A first idea of one year's variance for each series: the median squared change of its group."""
    with np.errstate(invalid="ignore"):
        squares = _row_medians(np.diff(matrix, axis=1) ** 2)
    by_group = group_medians(np.where(squares > 0, squares, np.nan), groups)
    return np.asarray(np.nan_to_num(by_group, nan=FLOOR)[groups])


def _row_medians(values: Floats) -> Floats:
    """Row medians of known values; NaN for a row without any."""
    ordered = np.sort(values, axis=1)  # NaN goes last
    count = (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    high = np.minimum(high, values.shape[1] - 1)
    return np.where(count > 0, (ordered[rows, low] + ordered[rows, high]) / 2, np.nan)


def _by_group(typical: Floats, groups: Ints) -> Floats:
    """The size one plain step stands for: the mean typical size of the indicator's series."""
    if not len(groups):
        return typical
    count = np.bincount(groups)
    mean = np.bincount(groups, typical) / np.maximum(count, 1)
    return np.asarray(mean[groups])


def _largest(largest: Floats, groups: Ints) -> tuple[Floats, Floats]:
    """The largest figure of each series' indicator, and the knee of its amounts.

    From ten areas on the knee is near; of few areas nobody knows how far they can go, and one alone
    has none.
    """
    if not len(groups):
        return largest, largest
    top = np.zeros(int(groups.max()) + 1)
    np.fmax.at(top, groups, np.nan_to_num(largest))
    others = np.bincount(groups[largest > 0], minlength=len(top)) - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        knee = np.where(others > 0, NEAR * top * (1 + CROWD / others), np.inf)
    return top[groups], np.where(top > 0, knee, np.inf)[groups]
