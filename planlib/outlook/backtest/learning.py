"""What a pool of series teaches: the forecasts its own past would have given, held to the outcome.

For every earlier year the windows as they stood then are forecast again and compared with what
came; nothing later than the pool's last year is used. From the one-year outcomes the three
coefficients are fitted (ridge, towards the beliefs in ``Constants``); from the errors of each
horizon follow their size, the tails, the drift most areas share (shrunk to zero), and how much a
series' own variance is worth. The whole pool
is fitted first, and the belief each indicator starts from is moved a part of the way towards it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaln

from planlib.outlook.backtest.lessons import Lessons, lessons_of
from planlib.outlook.constants import OWN_SHARES, TAILS, Constants
from planlib.outlook.pool import Pool
from planlib.outlook.windows import Ints
from planlib.scoring.verdict import Floats

NEAR, LEAST_NEAR = 0.3, 0.2
ROUNDS = 4  # of the fixed-point iteration for the size of errors; converges to 1e-3


@dataclass(frozen=True)
class Learned:
    """Arrays by group (G) or by group and horizon (G × H).

    ``slopes`` (G × 3) are momentum, pull and catch-up; ``spread`` the size of errors in yearly
    scales times the walk's own growth; ``drift`` the pool's drift, in yearly scales; ``own_share`` and ``tails`` as in ``Constants``;
    ``lessons`` (G) counts the past forecasts behind them.
    """

    slopes: Floats
    spread: Floats
    own_share: Floats
    tails: Floats
    drift: Floats
    lessons: Floats

    @classmethod
    def beliefs(cls, horizons: int, constants: Constants) -> Learned:
        """What is believed of one group before any figure is seen."""
        one = np.ones((1, horizons))
        return cls(
            slopes=np.array([[constants.momentum, constants.pull, constants.catch_up]]),
            spread=one * constants.spread,
            own_share=one * constants.own_share,
            tails=one * constants.tails,
            drift=0 * one,
            lessons=np.zeros(1),
        )

    def leaning(self, other: Learned, part: float) -> Learned:
        """These numbers, moved a part of the way towards others (the positive ones as ratios)."""

        def between(near: Floats, far: Floats) -> Floats:
            return np.asarray(near ** (1 - part) * far**part)

        return Learned(
            slopes=(1 - part) * self.slopes + part * other.slopes,
            spread=between(self.spread, other.spread),
            own_share=between(self.own_share, other.own_share),
            tails=between(self.tails, other.tails),
            drift=self.drift,  # each indicator has its own direction
            lessons=other.lessons,
        )

    def of(self, groups: Ints) -> Learned:
        """The rows of some groups."""
        return Learned(
            self.slopes[groups], self.spread[groups], self.own_share[groups], self.tails[groups],
            self.drift[groups], self.lessons[groups],
        )  # fmt: skip


def learned_from(pooled: Pool, horizons: int, constants: Constants) -> Learned:
    """What its own past teaches each indicator of a pool."""
    groups = int(pooled.groups.max()) + 1 if len(pooled.groups) else 1
    return learn(lessons_of(pooled, horizons, constants), groups, horizons, constants)


def learn(lessons: Lessons | None, groups: int, horizons: int, constants: Constants) -> Learned:
    """What each of ``groups`` indicators has learned; the beliefs where there is no past."""
    belief = Learned.beliefs(horizons, constants)
    if lessons is not None and len(lessons.groups):
        whole = replace(lessons, groups=np.zeros(len(lessons.groups), np.int64))
        start = belief.leaning(_fit(whole, belief, constants), constants.kinship)
        start = start.of(np.zeros(groups, np.int64))
        return _fit(lessons, start, constants)
    return belief.of(np.zeros(groups, np.int64))


def _fit(lessons: Lessons, belief: Learned, constants: Constants) -> Learned:
    """The fit of every group at once; ``belief`` has a row a group."""
    size, horizons = belief.spread.shape
    group, made = lessons.groups, lessons.features
    grid = [(share, tails) for share in OWN_SHARES for tails in TAILS]
    support = np.empty((len(grid), size, horizons))
    spreads = np.empty((len(grid), size, horizons))
    slopes = np.empty((len(OWN_SHARES), size, 3))
    drifts = np.zeros((len(OWN_SHARES), size, horizons))
    for at, share in enumerate(OWN_SHARES):
        scale = made.scale(share)
        inputs = made.inputs(scale, constants.outlier)
        slopes[at] = _slopes(inputs, lessons.outcome[:, 0] / scale, group, belief, constants)
        expected, growth = path(inputs, slopes[at], group, horizons, constants)
        for h in range(horizons):
            known = np.flatnonzero(~np.isnan(lessons.outcome[:, h]))
            unsure = growth[group[known], h] ** 2 + made.noise[known]
            error = lessons.outcome[known, h] / scale[known] - expected[known, h]
            drifts[at, :, h] = _drift(error, group[known], lessons.moment[known], size, constants)
            error = (error - drifts[at, group[known], h]) ** 2 / unsure
            offset = np.bincount(group[known], 0.5 * np.log(unsure) + np.log(scale[known]), size)
            for k, tails in enumerate(TAILS):
                cell = at * len(TAILS) + k
                size2, like = _spread(error, group[known], tails, belief.spread[:, h], constants)
                spreads[cell, :, h] = np.sqrt(size2)
                support[cell, :, h] = constants.evidence * (like - offset)
    prior = np.array(grid)
    own_gap = (prior[:, 0, None, None] - belief.own_share) / constants.own_share_spread
    tail_gap = np.log(prior[:, 1, None, None] / belief.tails) / constants.tails_spread
    support -= 0.5 * (own_gap**2 + tail_gap**2)
    weight = np.exp(support - support.max(axis=0))
    weight /= weight.sum(axis=0)
    # The slopes hardly depend on the share: those of the first horizon's weights serve all.
    by_share = weight.reshape(len(OWN_SHARES), len(TAILS), size, horizons).sum(axis=1)
    return Learned(
        slopes=np.einsum("sg,sgk->gk", by_share[:, :, 0], slopes),
        spread=np.exp((weight * np.log(spreads)).sum(axis=0)),
        own_share=(weight * prior[:, 0, None, None]).sum(axis=0),
        tails=np.exp((weight * np.log(prior[:, 1, None, None])).sum(axis=0)),
        drift=(by_share * drifts).sum(axis=0),
        lessons=np.bincount(group, minlength=size).astype(np.float64),
    )


def _slopes(
    inputs: Floats, change: Floats, group: Ints, belief: Learned, constants: Constants
) -> Floats:
    """Ridge regression of the next year's change in every group, towards its belief."""
    size = len(belief.slopes)
    known = ~np.isnan(change)
    x, g = inputs[known], group[known]
    y = np.clip(change[known], -constants.outlier, constants.outlier)
    ridge = np.array([constants.momentum_weight, constants.pull_weight, constants.catch_up_weight])
    squares = np.zeros((size, 3, 3))
    products = ridge * belief.slopes
    for i in range(3):
        products[:, i] += np.bincount(g, x[:, i] * y, size)
        squares[:, i, i] += ridge[i]
        for j in range(i + 1):
            cross = np.bincount(g, x[:, i] * x[:, j], size)
            squares[:, i, j] += cross
            if i != j:
                squares[:, j, i] += cross
    return np.asarray(np.linalg.solve(squares, products[..., None])[..., 0])


def _drift(error: Floats, group: Ints, moment: Ints, size: int, constants: Constants) -> Floats:
    """By how much most areas moved more than expected, in yearly scales: the drift of the pool.

    Areas rise and fall together, so what counts is how many years agree: the mean of the yearly
    means, shrunk to zero by the share of its own variance between years (as James and Stein do,
    with ``drift_doubt`` standing for the rest of the doubt). An error counts by little more than
    its sign (cut at ``NEAR``, Huber's estimator in one step): a leap says no more than a step.
    """
    if not len(error):
        return np.zeros(size)
    columns = int(moment.max()) + 1
    key = group * columns + moment

    def by_year(numbers: Floats | None) -> Floats:
        summed = np.bincount(key, numbers, size * columns)
        return np.asarray(summed.reshape(size, columns), np.float64)

    count = by_year(None)
    total = np.maximum(count.sum(axis=1), 1.0)
    near = by_year((np.abs(error) < NEAR).astype(np.float64)).sum(axis=1) / total
    yearly = by_year(np.clip(error, -NEAR, NEAR)) / np.maximum(count, 1.0)
    yearly /= np.maximum(near, LEAST_NEAR)[:, None]
    weight = count / total[:, None]
    mean = (weight * yearly).sum(axis=1)
    years = 1 / np.maximum((weight**2).sum(axis=1), 1e-9)
    between = (weight * (yearly - mean[:, None]) ** 2).sum(axis=1) / np.maximum(years - 1, 0.5)
    uncertainty = constants.drift_doubt * (between + 1 / total)
    trust = mean**2 / (mean**2 + uncertainty) * total / (total + constants.drift_weight)
    return np.where(years > 1.5, mean * trust, 0.0)


def _spread(
    error: Floats, group: Ints, tails: float, belief: Floats, constants: Constants
) -> tuple[Floats, Floats]:
    """The squared size of t-distributed errors in every group, and their log likelihood."""
    size = len(belief)
    count = np.bincount(group, minlength=size)
    start = constants.spread_weight * belief**2
    result = belief**2
    for _ in range(ROUNDS):
        pull = (tails + 1) * error / (tails + error / result[group])
        result = (start + np.bincount(group, pull, size)) / (constants.spread_weight + count)
    each = -0.5 * (tails + 1) * np.log1p(error / result[group] / tails)
    constant = gammaln((tails + 1) / 2) - gammaln(tails / 2) - 0.5 * np.log(tails)
    like = np.bincount(group, each, size) + count * (constant - 0.5 * np.log(result))
    return result, like


def path(
    inputs: Floats, slopes: Floats, group: Ints, horizons: int, constants: Constants
) -> tuple[Floats, Floats]:
    """Where the walk is expected after 1 … H years (N × H), and its growth (G × H).

    Both in yearly scales. A year repeats a part of the last change and gives back parts of the
    distances from the own mean and from the others; errors are carried on the same way.
    """
    momentum, pull, catch_up = (slopes[group, k] for k in range(3))
    now, before = np.zeros(len(inputs)), -inputs[:, 0]
    expected = np.empty((len(inputs), horizons))
    for h in range(horizons):
        step = np.clip(now - before, -constants.outlier, constants.outlier)
        step = momentum * step + pull * (inputs[:, 1] + now) + catch_up * (inputs[:, 2] + now)
        before, now = now, now + step
        expected[:, h] = now
    answer = responses(slopes, horizons)
    ahead = np.arange(1, horizons + 1)
    return expected, np.sqrt(np.cumsum(answer**2, axis=1) + (constants.drift * ahead) ** 2)


def responses(slopes: Floats, horizons: int) -> Floats:
    """What is left of one year's surprise after 0 … H−1 more years, by group."""
    answer = np.empty((len(slopes), horizons))
    now, before = np.ones(len(slopes)), np.zeros(len(slopes))
    for h in range(horizons):
        answer[:, h] = now
        before, now = now, now + slopes[:, 0] * (now - before) + (slopes[:, 1] + slopes[:, 2]) * now
    return answer
