"""Rivals on the standard scale: what a careful forecaster would do without planlib.

Alone: ``own_drift``, a random walk with the series' own drift and t errors; ``log_line``, a straight
line on the standard scale (a log-line for amounts) carried on from the last figure, its drift
wandering. Leaning on the other areas of the indicator: ``pooled_drift``, drift and variance shrunk
towards them; ``pooled_line``, the line with their variance; ``theta``, exponential smoothing with
half the line's slope (Assimakopoulos and Nikolopoulos, 2000, International Journal of Forecasting
16); ``damped``, Holt's damped trend (Gardner and McKenzie, 1985, Management Science 31).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planlib.outlook.constants import FLOOR
from planlib.outlook.scales import Standard
from planlib.outlook.walk import Walk
from planlib.outlook.windows import MOST, Ints, Windows
from planlib.scoring.verdict import Floats

STANDARD_RIVALS = ("own_drift", "log_line", "pooled_drift", "pooled_line", "theta", "damped")
WANDER = 0.1  # of a year's variance: how much a wandering drift changes in a year
FADE = 0.9  # what is left of a damped trend a year later
BORROWED, TAILS = 4.0, 5.0  # years of the pool's variance; degrees of freedom of what leans on it
WEIGHTS = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class _Window:
    """Arrays of length N: the last figure, mean pace, slope of the line, span and squares around."""

    last: Floats
    pace: Floats
    slope: Floats
    span: Floats
    squares: Floats
    freedom: Floats
    variance: Floats  # own squares with BORROWED years of the indicator's
    drift: Floats  # the pace after shrinkage, and its variance in yearly variances
    doubt: Floats


def standard_rival(
    method: str, windows: Windows, mine: Standard, groups: Ints, horizons: int
) -> Walk:
    """The forecasts of one of ``STANDARD_RIVALS`` from windows on the standard scale."""
    one = _window(windows, groups)
    ahead = np.arange(1, horizons + 1, dtype=np.float64)
    own, tails = one.squares / one.freedom, np.full(len(one.last), TAILS)
    wander = ahead + ahead**2 / one.span[:, None] + WANDER * ahead**3 / 3
    centre = one.last[:, None] + one.slope[:, None] * ahead
    variance = one.variance[:, None] * wander
    if method == "own_drift":
        centre = one.last[:, None] + one.pace[:, None] * ahead
        variance = own[:, None] * (ahead + ahead**2 / one.span[:, None])
        tails = one.freedom
    elif method == "log_line":
        variance, tails = own[:, None] * wander, one.freedom
    elif method == "pooled_drift":
        centre = one.last[:, None] + one.drift[:, None] * ahead
        variance = one.variance[:, None] * (ahead + one.doubt[:, None] * ahead**2)
    elif method == "theta":
        level, weight = _smoothed(windows.values)
        centre = level[:, None] + 0.5 * one.slope[:, None] * ahead
        variance = one.variance[:, None] * (1 + (ahead - 1) * weight[:, None] ** 2)
    elif method == "damped":
        fade = np.cumsum(FADE**ahead)
        level, trend, weights = _holt(windows.values)
        centre = level[:, None] + trend[:, None] * fade
        steps = weights[0][:, None] * (1 + weights[1][:, None] * fade)
        after = np.cumsum(steps**2, axis=1) - steps**2
        variance = one.variance[:, None] * (1 + after)
    scale = np.maximum(np.sqrt(variance), FLOOR)
    return Walk(
        standard=mine, centre=centre, scale=scale,
        tails=np.repeat(tails[:, None], horizons, axis=1), link=np.zeros(scale.shape),
        last=one.last, still=np.zeros(scale.shape), reach=np.zeros(len(scale), np.int64),
    )  # fmt: skip


def _window(windows: Windows, groups: Ints) -> _Window:
    values, years, count = windows.values, windows.years, windows.count
    rows, first, last = np.arange(len(values)), MOST - count, values[:, -1]
    span = years[:, -1] - years[rows, first]
    pace = (last - values[rows, first]) / span
    change, gap = np.diff(values, axis=1), np.diff(years, axis=1)
    squares = np.nansum((change - pace[:, None] * gap) ** 2 / gap, axis=1)
    away = years - np.nanmean(years, axis=1)[:, None]
    level = values - np.nanmean(values, axis=1)[:, None]
    slope = np.nansum(away * level, axis=1) / np.nansum(away**2, axis=1)
    freedom = np.maximum(count - 2.0, 1.0)

    def mean(numbers: Floats) -> Floats:
        number = np.maximum(np.bincount(groups), 1)
        return np.asarray((np.bincount(groups, numbers) / number)[groups])

    pooled = mean(squares) / mean(freedom)
    variance = (squares + BORROWED * pooled) / (freedom + BORROWED)
    middle = mean(pace)
    between = mean((pace - middle) ** 2) - pooled * mean(1 / span)
    between = np.maximum(between, 1e-3 * pooled)
    share = between / np.maximum(between + variance / span, 1e-300)
    return _Window(
        last, pace, slope, span, squares, freedom, variance, middle + share * (pace - middle),
        share / span,
    )  # fmt: skip


def _smoothed(values: Floats) -> tuple[Floats, Floats]:
    """The level of simple exponential smoothing and its weight, that with the least squares."""
    best = np.full(len(values), np.inf)
    level, weight = values[:, -1].copy(), np.ones(len(values))
    for one in WEIGHTS:
        now, squares = np.full(len(values), np.nan), np.zeros(len(values))
        for k in range(MOST):
            new = values[:, k]
            squares += np.nan_to_num((new - now) ** 2)
            now = np.where(
                np.isnan(new), now, np.where(np.isnan(now), new, now + one * (new - now))
            )
        less = squares < best
        best, level = np.where(less, squares, best), np.where(less, now, level)
        weight = np.where(less, one, weight)
    return level, weight


def _holt(values: Floats) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
    """Level and trend of Holt's damped trend, and its two weights, those with the least squares."""
    rows, first = np.arange(len(values)), MOST - (~np.isnan(values)).sum(axis=1)
    start = values[rows, first + 1] - values[rows, first]
    best = np.full(len(values), np.inf)
    kept = [np.zeros(len(values)) for _ in range(4)]
    for one in WEIGHTS:
        for two in (0.1, 0.3, 0.6):
            level, trend = np.full(len(values), np.nan), start.copy()
            squares = np.zeros(len(values))
            for k in range(MOST):
                new, begun = values[:, k], ~np.isnan(level)
                error = np.nan_to_num(new - level - FADE * trend)
                squares += error**2
                level = np.where(begun, level + FADE * trend + one * error, new)
                trend = np.where(begun, FADE * trend + one * two * error, trend)
            less = squares < best
            best = np.where(less, squares, best)
            found = (level, trend, np.full(len(values), one), np.full(len(values), two))
            kept = [np.where(less, new, old) for new, old in zip(found, kept, strict=True)]
    return kept[0], kept[1], (kept[2], kept[3])
