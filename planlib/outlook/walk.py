"""The pooled forecast: every series goes on at its own pace, drawn towards that of its kind.

Each series is put on its standard scale (``planlib.outlook.scales``). Its pace is drawn towards the
middle pace of its indicator's areas and towards nothing, and how much of it is still to come after
so many years is learned from the forecasts the pool's own past would have given
(``planlib.outlook.backtest.learning``). Errors are Student t, and their size grows as a power of the
years that is learned with it. A figure that never moved stays where it is with a chance learned
likewise. Where nothing can be pooled (fewer than three series), the walk has its own drift and its
own t.

The random walk with drift and t follows Hyndman and Athanasopoulos, Forecasting: Principles and
Practice, 3rd edition, section 5.2 and 5.5, with the estimated drift's own error added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from planlib.outlook.backtest.learning import Learned, courses, inputs, learned_from, widths
from planlib.outlook.constants import DEFAULTS, FLOOR, Constants
from planlib.outlook.features import features
from planlib.outlook.pool import Pool
from planlib.outlook.scales import Standard
from planlib.outlook.windows import LEAST, MOST, Ints, Windows, newest_windows
from planlib.scoring.verdict import Bools, Floats

POOL_LEAST = 3  # series; under that each one is alone
HERE = 1e-10  # figures nearer than this are the same


@dataclass(frozen=True)
class Walk:
    """Forecasts of N series for 1 … H years after their last figure, on the standard scale.

    ``centre``, ``scale`` and ``tails`` (degrees of freedom) are N × H; ``link`` (N × H) is the
    correlation of a year's error with that of the year before (0 for the first year); ``last`` is
    the newest figure and ``still`` (N × H) the chance that it never moves until then. ``reach`` (N)
    is the most years ahead that the pool's own past could be asked about: beyond it the model
    speaks alone, and is wider.
    """

    standard: Standard
    centre: Floats
    scale: Floats
    tails: Floats
    link: Floats
    last: Floats
    still: Floats
    reach: Ints

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
            there = place >= self.last - HERE * np.maximum(np.abs(self.last), 1.0)
        chance = scipy.special.stdtr(self.tails[:, spot], np.where(np.isfinite(x), x, 0.0))
        chance = np.where(x == np.inf, 1.0, np.where(x == -np.inf, 0.0, chance))
        chance = (1 - self.still[:, spot]) * chance + self.still[:, spot] * there
        outside = (figures < self.standard.low, figures >= self.standard.high)
        return np.where(outside[0], 0.0, np.where(outside[1], 1.0, chance))

    def holds(self, figures: Floats, rising: Bools, horizon: int) -> Floats:
        """P(figure on the good side of a value, which itself is good) so many years ahead."""
        below = self.below(figures, horizon)
        place = self.standard.to(np.asarray(figures, np.float64))
        with np.errstate(invalid="ignore"):
            here = np.abs(place - self.last) <= HERE * np.maximum(np.abs(self.last), 1.0)
        return np.where(rising, 1 - below + here * self.still[:, horizon - 1], below)

    def quantile(self, shares: Floats, horizon: int) -> Floats:
        """Quantiles (N × k) in each series' unit, inside its natural limits."""
        spot, shares = horizon - 1, np.asarray(shares, np.float64)[None, :]
        still = self.still[:, [spot]]
        tails, centre, scale = (one[:, [spot]] for one in (self.tails, self.centre, self.scale))
        if not still.any():
            return self.standard.back(centre + scale * scipy.special.stdtrit(tails, shares))
        last = self.last[:, None]
        under = (1 - still) * scipy.special.stdtr(tails, (last - centre) / scale)
        rest = np.maximum(1 - still, 1e-12)
        share = np.where(shares < under, shares / rest, (shares - still) / rest)
        moving = centre + scale * scipy.special.stdtrit(tails, np.clip(share, 1e-12, 1 - 1e-12))
        stays = (shares >= under) & (shares <= under + still)
        return self.standard.back(np.where(stays, last, moving))

    def take(self, rows: Ints) -> Walk:
        """The forecasts of some series."""
        return Walk(
            self.standard.take(rows), self.centre[rows], self.scale[rows], self.tails[rows],
            self.link[rows], self.last[rows], self.still[rows], self.reach[rows],
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
    x, course = inputs(made, constants), courses(horizons)
    expected = (x * learned.slopes[groups]) @ course.T
    expected = _steady(expected)
    ahead = np.arange(1, horizons + 1)
    reach = learned.reach[groups]
    sizes = learned.sizes(ahead) * learned.caution(ahead, constants)
    wide = widths(made, ahead, constants) * sizes[groups]
    scale = np.maximum.accumulate(made.scale[:, None] * wide, axis=1)
    tails = np.repeat(learned.tails[groups][:, None], horizons, axis=1)
    centre = made.last[:, None] + made.scale[:, None] * expected
    flat = ~made.moved & (windows.count >= LEAST)
    stay = np.where(flat, learned.stay[groups], 0.0)
    still = np.asarray(stay[:, None] ** ahead, np.float64)
    return windows, Walk(mine, centre, scale, tails, _links(scale), made.last, still, reach)


def joined(walks: Sequence[Walk]) -> Walk:
    """The forecasts of several walks of the same length, one after another."""
    first = walks[0].standard
    standard = Standard(
        **{
            name: np.concatenate([getattr(one.standard, name) for one in walks])
            for name in first.__dataclass_fields__
        }
    )

    def floats(name: str) -> Floats:
        return np.concatenate([getattr(one, name) for one in walks])

    return Walk(
        standard, floats("centre"), floats("scale"), floats("tails"), floats("link"),
        floats("last"), floats("still"), np.concatenate([one.reach for one in walks]),
    )  # fmt: skip


def _steady(expected: Floats) -> Floats:
    """A path that never turns round: from where it would, it stays."""
    sign = np.sign(expected[:, [0]])
    return np.asarray(sign * np.maximum.accumulate(np.maximum(sign * expected, 0.0), axis=1))


def _links(scale: Floats) -> Floats:
    """Correlation of each year's error with that of the year before."""
    link = np.zeros(scale.shape)
    link[:, 1:] = scale[:, :-1] / scale[:, 1:]
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
        still=np.zeros((len(count), horizons)),
        reach=np.zeros(len(count), np.int64),
    )
