"""What a window says about the next year: its last change, its place, and how restless it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma

from planlib.outlook.constants import FLOOR, Constants
from planlib.outlook.windows import Ints, Windows
from planlib.scoring.verdict import Bools, Floats

CROWD = 10  # areas: from so few others the middle counts half
FAR = 20.0  # a distance from the other areas counts up to this many yearly scales


@dataclass(frozen=True)
class Features:
    """Arrays of length N on the standard scale.

    ``step`` is the last change a year, ``place`` the distance from the window's own mean,
    ``distance`` that from the middle of the other areas, ``variance`` the logarithm of the series' own
    yearly variance and ``pooled`` that of the pool it is drawn towards, ``noise`` the variance of
    the last figure's own error in yearly variances, ``moved`` whether the figure ever changed.
    """

    last: Floats
    step: Floats
    place: Floats
    distance: Floats
    variance: Floats
    pooled: Floats
    noise: Floats
    moved: Bools

    def scale(self, own_share: Floats | float) -> Floats:
        """One year's scale: the geometric mean of the own and the pooled variance, its root."""
        blend = own_share * self.variance + (1.0 - own_share) * self.pooled
        return np.maximum(np.exp(0.5 * blend), FLOOR)

    def inputs(self, scale: Floats, outlier: float) -> Floats:
        """The three inputs of the regression (N × 3), in yearly scales, cut where they are wild."""
        return np.stack(
            [
                np.clip(self.step / scale, -outlier, outlier),
                np.clip(self.place / scale, -outlier, outlier),
                np.clip(self.distance / scale, -FAR, FAR),
            ],
            axis=1,
        )


def features(
    windows: Windows, groups: Ints, kinds: Ints, near_others: Bools, constants: Constants
) -> Features:
    """The features of windows that all stand at the same moment.

    ``groups`` is each window's indicator (0, 1, …), ``kinds`` its kind of scale: variances are
    pooled within the indicator, and those of indicators with few series lean on all indicators of
    their kind. ``near_others`` says where the distance from other areas means anything.
    """
    values, noise = windows.values, windows.noise
    change = np.diff(values, axis=1)
    gap = np.diff(windows.years, axis=1)
    unsure = 1.0 + noise[:, 1:] + noise[:, :-1]
    weight = np.where(np.isnan(change), 0.0, 1.0 / unsure)
    squares = np.nansum(weight * change**2 / (gap * unsure), axis=1)
    worth = np.maximum(weight.sum(axis=1), 0.5)
    variance = squares / worth
    # E log of a mean of m squared normals is log s2 + digamma(m/2) - log(m/2).
    bias = np.log(worth / 2) - digamma(worth / 2)
    moved = squares > 0
    with np.errstate(divide="ignore"):
        raw = np.where(moved, np.log(np.where(moved, variance, 1.0)) + bias, np.nan)
    pooled = _pooled(raw, groups, kinds, constants.alone)
    still = np.where(moved, variance, 0.0) + constants.quiet * np.exp(pooled)
    distance = _distance(np.where(moved, values[:, -1], np.nan), groups)
    return Features(
        last=values[:, -1],
        step=change[:, -1] / gap[:, -1],
        place=values[:, -1] - np.nanmean(values, axis=1),
        distance=np.where(near_others, distance, 0.0),
        variance=np.log(still) + bias,
        pooled=pooled,
        noise=noise[:, -1],
        moved=moved,
    )


def _distance(last: Floats, groups: Ints) -> Floats:
    """How far from the middle of the areas that ever moved; less where these are few."""
    middle = group_medians(last, groups)
    count = np.bincount(groups[~np.isnan(last)], minlength=len(middle))
    apart = (last - middle[groups]) * (count / (count + CROWD))[groups]
    return np.nan_to_num(apart)


def _pooled(raw: Floats, groups: Ints, kinds: Ints, alone: float) -> Floats:
    """The log variance each series is drawn towards: its indicator's, leaning on its kind's."""
    by_group = group_medians(raw, groups)
    known = ~np.isnan(raw)
    count = np.bincount(groups[known], minlength=len(by_group)).astype(np.float64)
    kind_of_group = np.zeros(len(by_group), np.int64)
    kind_of_group[groups] = kinds
    by_kind = group_medians(by_group, kind_of_group)
    middle = np.nanmedian(by_group) if known.any() else 2 * np.log(FLOOR)
    by_kind = np.where(np.isnan(by_kind), middle, by_kind)[kind_of_group]
    variance = np.where(np.isnan(by_group), 0.0, by_group)
    return ((count * variance + alone * by_kind) / (count + alone))[groups]


def group_medians(values: Floats, groups: Ints) -> Floats:
    """The median of each group, NaN where nothing is known.

    >>> group_medians(np.array([1.0, 5.0, np.nan, 2.0]), np.array([0, 0, 0, 2])).tolist()
    [3.0, nan, 2.0]
    """
    size = int(groups.max()) + 1 if len(groups) else 0
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.lexsort((values[known], groups[known]))]
    count = np.bincount(groups[known], minlength=size)
    start = np.cumsum(count) - count
    result = np.full(size, np.nan)
    some = count > 0
    low = order[start[some] + (count[some] - 1) // 2]
    high = order[start[some] + count[some] // 2]
    result[some] = (values[low] + values[high]) / 2
    return result


def stacked(parts: list[Features]) -> Features:
    """Several sets of features one after another."""
    names = Features.__dataclass_fields__
    return Features(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})
