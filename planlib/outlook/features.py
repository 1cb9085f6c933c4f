"""What a window says about the years to come: its pace, its place, and how restless it is.

A series' own pace is drawn towards the middle pace of its indicator's areas, and that towards
nothing, each by how much of its variance is noise (empirical Bayes: Efron and Morris, 1973, Stein's
estimation rule and its competitors, JASA 68). Its yearly variance is measured around that pace and
drawn, as a logarithm, towards the indicator's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from planlib.outlook.constants import FLOOR, Constants
from planlib.outlook.windows import MOST, Ints, Windows
from planlib.scoring.verdict import Bools, Floats

CROWD = 10  # areas: from so few others the middle counts half
NORMAL = 1.4826  # the standard deviation of a normal in median absolute deviations
LEAST_FREEDOM = 0.5
_ROW = 0.05  # of the pooled variance: below it a first guess of a pace's noise is not trusted


@dataclass(frozen=True)
class Features:
    """Arrays of length N on the standard scale.

    ``pace`` is the pace a year after shrinkage and ``common`` the pace it is drawn towards,
    ``turn`` how much faster the last change was than the window's mean change, ``place`` the
    distance from the window's own mean, ``distance`` that from the middle of the other areas.
    ``scale`` is the size of one year's surprise, ``doubt`` the variance of the pace in yearly
    variances, ``noise`` the variance of the last figure's own error in yearly variances, ``moved``
    whether the figure ever changed.
    """

    last: Floats
    pace: Floats
    common: Floats
    turn: Floats
    place: Floats
    distance: Floats
    scale: Floats
    doubt: Floats
    noise: Floats
    moved: Bools


def features(
    windows: Windows, groups: Ints, kinds: Ints, near_others: Bools, constants: Constants
) -> Features:
    """The features of windows that all stand at the same moment.

    ``groups`` is each window's indicator (0, 1, …), ``kinds`` its kind of scale: variances are
    pooled within the indicator, and those of indicators with few series lean on all indicators of
    their kind. ``near_others`` says where the distance from other areas means anything.
    """
    values, noise = windows.values, windows.noise
    change, gap = np.diff(values, axis=1), np.diff(windows.years, axis=1)
    weight = np.where(np.isnan(change), 0.0, 1.0 / (1.0 + noise[:, 1:] + noise[:, :-1]))
    rows, count = np.arange(len(values)), windows.count
    first = MOST - count
    span = windows.years[:, -1] - windows.years[rows, first]
    own = (values[:, -1] - values[rows, first]) / span

    def squares(pace: Floats) -> Floats:
        with np.errstate(invalid="ignore"):
            return np.asarray(np.nansum(weight * (change - pace[:, None] * gap) ** 2 / gap, axis=1))

    moved = np.nansum(np.abs(change), axis=1) > 0
    freedom = weight.sum(axis=1)
    middle = group_medians(np.where(moved, own, np.nan), groups)
    middle = np.nan_to_num(middle)[groups]
    # A first idea of the noise: around the own pace where there are three points, else around the
    # middle one.
    around = squares(own)
    some = moved & (freedom > 1 + LEAST_FREEDOM)
    guess = np.where(some, around / np.maximum(freedom - 1, LEAST_FREEDOM), np.nan)
    rough = group_medians(np.where(moved, squares(middle) / freedom, np.nan), groups)
    typical = group_medians(guess, groups)
    typical = np.where(np.isnan(typical) | (typical <= 0), rough, typical)
    typical = np.maximum(np.nan_to_num(typical), FLOOR**2)[groups]
    guess = (np.where(some, around, 0.0) + 2 * typical) / (np.where(some, freedom - 1, 0.0) + 2)
    number = np.bincount(groups[moved], minlength=int(groups.max()) + 1)[groups].astype(np.float64)
    apart = group_medians(np.where(moved, np.abs(own - middle), np.nan), groups)[groups]
    seen = (NORMAL * np.nan_to_num(apart)) ** 2 - typical / span
    between = np.maximum(number * seen, 0.0) + constants.pace_weight * constants.pace * typical
    between = between / (number + constants.pace_weight)
    error = (between + typical / span) / np.maximum(number, 1) + constants.shock * typical / span
    towards = constants.common * typical / (constants.common * typical + error)
    common = middle * towards
    share = between / (between + guess / span)
    pace = common + share * (own - common)
    scale = _scale(squares(pace), freedom - share, moved, groups, kinds, constants)
    distance = _distance(np.where(moved, values[:, -1], np.nan), groups)
    return Features(
        last=values[:, -1],
        pace=pace,
        common=common,
        turn=change[:, -1] / gap[:, -1] - own,
        place=values[:, -1] - np.nanmean(values, axis=1),
        distance=np.where(near_others, distance, 0.0),
        scale=scale,
        doubt=share / span,
        noise=noise[:, -1],
        moved=moved,
    )


def _scale(
    squares: Floats, freedom: Floats, moved: Bools, groups: Ints, kinds: Ints, constants: Constants
) -> Floats:
    """The size of a year's surprise: own and pooled variance, weighed by what each can tell."""
    freedom = np.maximum(freedom, LEAST_FREEDOM)
    variance = squares / freedom
    moved = moved & (variance > 0)
    with np.errstate(divide="ignore"):
        raw = np.where(moved, np.log(np.where(moved, variance, 1.0)), np.nan)
    # The median of a mean of m squared normals: Wilson and Hilferty (1931).
    pooled = _pooled(raw - 3 * np.log1p(-2 / (9 * freedom)), groups, kinds, constants.alone)
    still = np.where(moved, variance, 0.0) + constants.quiet * np.exp(pooled)
    own = np.log(still) + np.log(freedom / 2) - scipy.special.digamma(freedom / 2)
    unsure = scipy.special.polygamma(1, freedom / 2)
    apart = group_medians(np.where(moved, np.abs(own - pooled), np.nan), groups)[groups]
    usual = group_medians(np.where(moved, unsure, np.nan), groups)[groups]
    number = np.bincount(groups[moved], minlength=int(groups.max()) + 1)[groups].astype(np.float64)
    seen = np.nan_to_num((NORMAL * apart) ** 2 - usual)
    unlike = np.maximum(number * seen, 0.0) + constants.unlike_weight * constants.unlike
    unlike = unlike / (number + constants.unlike_weight)
    share = unlike / (unlike + unsure)
    return np.asarray(np.maximum(np.exp(0.5 * (share * own + (1 - share) * pooled)), FLOOR))


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
    order = known[np.argsort(values[known])]
    order = order[np.argsort(groups[order].astype(np.min_scalar_type(size)), kind="stable")]
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
