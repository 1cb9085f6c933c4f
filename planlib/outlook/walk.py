"""The pooled random walk: drift shrunk to zero, variance shared between areas and goals.

Each series is put on its standard scale (``planlib.outlook.scales``). Its yearly scale is drawn
towards that of the pool; momentum, return to its own mean and, for shares, to the other areas are
learned from the pool's own past and shrunk to near zero; the errors are Student t. Where nothing
can be pooled (fewer than three series), the walk has its own drift and its own t.

The random walk with drift and t follows Hyndman and Athanasopoulos, Forecasting: Principles and
Practice, 3rd edition, section 5.2 and 5.5, with the estimated drift's own error added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from planlib.outlook.backtest.learning import Learned, learned_from, path, responses
from planlib.outlook.constants import DEFAULTS, FLOOR, Constants
from planlib.outlook.features import features
from planlib.outlook.pool import Pool
from planlib.outlook.scales import Standard
from planlib.outlook.windows import MOST, Ints, Windows, newest_windows
from planlib.scoring.verdict import Floats

POOL_LEAST = 3  # series; under that each one is alone


@dataclass(frozen=True)
class Walk:
    """Forecasts of N series for 1 … H years after their last figure, on the standard scale.

        ``centre``, ``scale`` and ``tails`` (degrees of freedom) are N × H; ``link`` (N × H) is the
    correlation of a year's error with that of the year before (0 for the first year); ``last``
        is the newest figure.
    """

    standard: Standard
    centre: Floats
    scale: Floats
    tails: Floats
    link: Floats
    last: Floats

    @property
    def horizons(self) -> int:
        """How many years ahead."""
        return int(self.centre.shape[1])

    def below(self, figures: Floats, horizon: int) -> Floats:
        """P(figure ≤ value) of each series ``horizon`` years ahead; ``figures`` in its unit.

        At or beyond a natural limit the answer is 0 or 1.
        """
        spot = horizon - 1
        place = self.standard.to(np.asarray(figures, np.float64))
        with np.errstate(invalid="ignore"):
            x = (place - self.centre[:, spot]) / self.scale[:, spot]
        chance = stdtr(self.tails[:, spot], np.where(np.isfinite(x), x, 0.0))
        chance = np.where(x == np.inf, 1.0, np.where(x == -np.inf, 0.0, chance))
        outside = (figures < self.standard.low, figures >= self.standard.high)
        return np.where(outside[0], 0.0, np.where(outside[1], 1.0, chance))

    def quantile(self, shares: Floats, horizon: int) -> Floats:
        """Quantiles (N × k) in each series' unit, inside its natural limits."""
        spot = horizon - 1
        z = stdtrit(self.tails[:, [spot]], np.asarray(shares, np.float64)[None, :])
        return self.standard.back(self.centre[:, [spot]] + self.scale[:, [spot]] * z)

    def take(self, rows: Ints) -> Walk:
        """The forecasts of some series."""
        return Walk(
            self.standard.take(rows), self.centre[rows], self.scale[rows], self.tails[rows],
            self.link[rows], self.last[rows],
        )  # fmt: skip


def walk(
    pooled: Pool, horizons: int, *, constants: Constants = DEFAULTS,
    windows: Windows | None = None, learned: Learned | None = None,
) -> tuple[Windows, Walk]:  # fmt: skip
    """Forecast every series of a pool that has three points or more, 1 … ``horizons`` years ahead.

    Returns the windows used (which say the series and their last years) and the forecasts, row by
    row. ``windows`` and ``learned`` are made from the pool where they are not given.
    """
    if windows is None:
        windows = newest_windows(pooled.matrix, pooled.years, pooled.noise)
    rows = windows.series
    mine = pooled.standard.take(rows)
    if len(rows) < POOL_LEAST:
        return windows, alone(windows, mine, horizons)
    if learned is None:
        learned = learned_from(pooled, horizons, constants)
    groups = pooled.groups[rows]
    kinds = mine.kind.astype(np.int64)
    made = features(windows, groups, kinds, pooled.near_others[rows], constants)
    answer = responses(learned.slopes, horizons)
    centre = np.empty((len(rows), horizons))
    scale = np.empty((len(rows), horizons))
    for h in range(horizons):
        yearly = made.scale(learned.own_share[groups, h])
        inputs = made.inputs(yearly, constants.outlier)
        expected, growth = path(inputs, learned.slopes, groups, h + 1, constants)
        centre[:, h] = made.last + yearly * (expected[:, h] + learned.drift[groups, h])
        wide = np.sqrt(growth[groups, h] ** 2 + made.noise)
        scale[:, h] = yearly * learned.spread[groups, h] * wide
    # An error never shrinks as the years go by.
    scale = np.maximum.accumulate(scale, axis=1)
    link = _links(answer, constants.drift)[groups]
    return windows, Walk(mine, centre, scale, learned.tails[groups], link, made.last)


def _links(answer: Floats, drift: float) -> Floats:
    """Correlation of each year's error with the year before, from what is left of surprises."""
    groups, horizons = answer.shape
    link = np.zeros((groups, horizons))
    for h in range(1, horizons):
        early, late = answer[:, :h], answer[:, 1 : h + 1]
        shared = (early * late).sum(axis=1) + drift**2 * h * (h + 1)
        before = (early**2).sum(axis=1) + (drift * h) ** 2
        after = (answer[:, : h + 1] ** 2).sum(axis=1) + (drift * (h + 1)) ** 2
        link[:, h] = shared / np.sqrt(before * after)
    return np.clip(link, 0.0, 0.999)


def alone(windows: Windows, mine: Standard, horizons: int) -> Walk:
    """Random walk with its own drift and t errors, for series that have nothing to lean on.

    Centre: last + h · mean change a year. Scale: s · √(h + h² / span), with n − 2 degrees of
    freedom, where n is the number of points and span the years they cover.
    """
    count = windows.count
    rows = np.arange(len(count))
    first = windows.values[rows, MOST - count]
    span = windows.years[:, -1] - windows.years[rows, MOST - count]
    drift = (windows.values[:, -1] - first) / span
    change, gap = np.diff(windows.values, axis=1), np.diff(windows.years, axis=1)
    unsure = 1.0 + windows.noise[:, 1:] + windows.noise[:, :-1]
    squares = np.nansum((change - drift[:, None] * gap) ** 2 / (gap * unsure), axis=1)
    freedom = np.maximum(count - 2, 1).astype(np.float64)
    spread = np.maximum(np.sqrt(squares / freedom), FLOOR)
    ahead = np.arange(1, horizons + 1)
    wide = np.sqrt(ahead + ahead**2 / span[:, None] + windows.noise[:, [-1]])
    before = np.maximum(ahead - 1, 0)
    variance = ahead + ahead**2 / span[:, None]
    shared = before + before * ahead / span[:, None]
    earlier = np.where(before > 0, before + before**2 / span[:, None], 1.0)
    return Walk(
        standard=mine,
        centre=windows.values[:, [-1]] + drift[:, None] * ahead,
        scale=spread[:, None] * wide,
        tails=np.repeat(freedom[:, None], horizons, axis=1),
        link=shared / np.sqrt(earlier * variance),
        last=windows.values[:, -1],
    )
